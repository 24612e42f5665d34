//! 「新しいお知らせが届きました」 on a page that lies open. Without script the next page says how many there are.

#[cfg(feature = "hydrate")]
mod browser;

use leptos::prelude::*;

/// Id of the live region. It carries `data-events` (the event stream to listen to).
pub const REGION: &str = "notice-arrival";
/// Id of the `<template>` with what is told.
pub const WORDS: &str = "notice-arrival-words";
/// The event that says it.
pub const EVENT: &str = "notice";
/// Id of the live region for emergencies; it interrupts.
pub const URGENT_REGION: &str = "notice-arrival-urgent";
/// Id of the `<template>` with what is told then.
pub const URGENT_WORDS: &str = "notice-arrival-urgent-words";
/// The event that says it.
pub const URGENT_EVENT: &str = "emergency";

/// Listens, and fills the live region once something has arrived.
#[island]
pub fn NoticeArrival() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::listen();
}

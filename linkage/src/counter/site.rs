//! The counter's page: every demo card with its state, and a form for each thing that can happen to it (B-CRD-2). For
//! officers, so in Japanese alone. Complete without script.
//!
//! Nobody logs in here: the mock counter stands where only this machine reaches it, and whoever sits at it is an officer.

mod acts;
mod pages;
mod refused;
mod routes;

use std::sync::Arc;

use axum::Router;
use domain::OrgCode;

use super::Counter;
use crate::party::SiteAddress;

pub use acts::Act;

/// A counter's page at work.
pub struct CounterSite {
    counter: Counter,
    municipality: OrgCode,
    address: SiteAddress,
}

impl CounterSite {
    /// The page of a municipality at its address.
    pub fn new(counter: Counter, municipality: OrgCode, address: SiteAddress) -> Arc<Self> {
        Arc::new(Self { counter, municipality, address })
    }

    /// Its pages, behind the guard.
    pub fn router(self: &Arc<Self>) -> Router {
        routes::router(Arc::clone(self))
    }
}

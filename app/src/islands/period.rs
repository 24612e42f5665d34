//! 期間 of 記録の絞り込み. Without script: two days. With script: ready periods first, the two days on demand.

#[cfg(feature = "hydrate")]
mod browser;

use leptos::prelude::*;

/// Id of the part with the ready periods; hidden until it is woken.
pub const READY: &str = "period-ready";
/// Id of the choice of periods. A value is first and last day, `YYYY-MM-DD..YYYY-MM-DD`, each may be empty; or
/// [`CUSTOM`].
pub const CHOICE: &str = "period";
/// Value of the choice 「日を選ぶ」.
pub const CUSTOM: &str = "custom";
/// Id of the part with the two days.
pub const DAYS: &str = "period-days";
/// Id and name of the first day.
pub const FROM: &str = "from";
/// Id and name of the last day.
pub const UNTIL: &str = "until";

/// Shows the ready periods and hides the days until 「日を選ぶ」 is chosen. The form sends the two days in any case.
#[island]
pub fn Period() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::wake();
}

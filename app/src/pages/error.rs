//! Pages for what is not there and for what went wrong outside of the pages.

use std::sync::Arc;

use domain::Locale;
use http::StatusCode;
use jiff::Timestamp;
use leptos::prelude::*;
use portal::KnownArrivals;

use super::answer;
use crate::components::Problem;
use crate::context::{Assets, Here, PageContext, SessionTimes};

/// The address belongs to no page.
pub(crate) fn not_found() -> impl IntoView {
    answer::open(|here| answer::problem(here, StatusCode::NOT_FOUND, "not-found"))
}

/// What a page of its own about a failure needs.
#[derive(Clone, Debug)]
pub struct ErrorPageContext {
    /// The person's language.
    pub locale: Locale,
    /// Marks the stylesheet of this answer.
    pub nonce: String,
    /// Built files.
    pub assets: Arc<Assets>,
    /// HTTP status of the answer; never shown.
    pub status: u16,
    /// Which case, such as `too-many-requests`: its words are `error-<case>-…`.
    pub case: String,
    /// Names the request in the log; shown.
    pub reference: String,
}

/// A whole HTML page about a failure. Knows nobody, asks nothing, cannot fail.
pub fn error_page(context: &ErrorPageContext) -> String {
    let status = StatusCode::from_u16(context.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let page = PageContext {
        locale: context.locale,
        years: wording::Years::default(),
        now: Timestamp::UNIX_EPOCH,
        path_and_query: String::new(),
        flash: None,
        nonce: context.nonce.clone(),
        reference: context.reference.clone(),
        assets: context.assets.clone(),
        times: SessionTimes::default(),
        receipt: None,
        unread: None,
        urgent: 0,
        arrivals: KnownArrivals::until(Timestamp::UNIX_EPOCH),
        contact: None,
        session_left: None,
        demo: false,
    };
    let here = Here { context: Arc::new(page), signed_in: false };
    let case = context.case.clone();
    ui::render(|| view! { <Problem here status case/> })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(locale: Locale, status: u16, case: &str) -> String {
        error_page(&ErrorPageContext {
            locale,
            nonce: "n0nce".to_owned(),
            assets: Arc::default(),
            status,
            case: case.to_owned(),
            reference: "4F2A-91CD".to_owned(),
        })
    }

    #[test]
    fn a_failure_says_what_happened_and_gives_its_number_but_not_its_status() {
        let words = wording::error::INTERNAL.words(Locale::Ja);
        let html = page(Locale::Ja, 500, "internal");
        assert!(html.contains(&format!("<h1>{}</h1>", words.title)), "{html}");
        assert!(html.contains("4F2A-91CD"));
        assert!(!html.contains("500"));
    }

    #[test]
    fn a_page_that_is_not_there_has_no_number() {
        assert!(!page(Locale::En, 404, "not-found").contains("4F2A-91CD"));
    }

    #[test]
    fn an_error_page_is_whole_in_every_language() {
        for locale in Locale::ALL {
            for case in wording::error::ALL {
                let html = page(locale, 503, case.name());
                assert!(html.contains(&format!("<html lang=\"{}\">", locale.html_lang())), "{html}");
                assert_eq!(html.matches("<h1>").count(), 1);
                assert!(html.contains(&case.words(locale).next), "{} {html}", case.name());
            }
        }
    }

    #[test]
    fn an_error_page_runs_no_script() {
        assert!(!page(Locale::Ja, 429, "too-many-requests").contains("<script"));
    }
}

//! ログインの履歴, refused logins included (P-AUT-9).

use domain::{LoginFailure, LoginOutcome};
use leptos::prelude::*;
use portal::LoginHistory;
use ui::{Chip, Kind, Pager, Row, Table};
use wording::{Key, key};

use super::answer;
use crate::components::PortalPage;
use crate::context::Here;
use crate::paths;

pub(crate) fn history() -> impl IntoView {
    answer::personal(|here, who, portal| async move {
        match portal.login_history(&who, page_number(here.query())).await {
            Ok(history) => view! { <History here history/> }.into_any(),
            Err(error) => answer::store_failed(here, &error),
        }
    })
}

/// The first page for whatever is no number.
fn page_number(query: &str) -> u32 {
    let page = query.split('&').find_map(|pair| pair.strip_prefix("page="));
    page.and_then(|page| page.parse().ok()).unwrap_or(1).max(1)
}

#[component]
pub(super) fn History(here: Here, history: LoginHistory) -> impl IntoView {
    let text = here.texts();
    let rows = history.events.iter().map(|event| {
        let (kind, words, reason) = outcome(event.outcome);
        let reason = reason.map(|reason| view! { <p>{here.text(reason)}</p> });
        let at = event.at.to_string();
        Row {
            head: view! { <time datetime=at>{here.when(event.at)}</time> }.into_any(),
            cells: vec![view! { <Chip kind text=here.text(words)/>{reason} }.into_any()],
        }
    });
    let rows: Vec<Row> = rows.collect();
    let columns = vec![text(key::HISTORY_WHEN), text(key::HISTORY_RESULT)];
    let page = |to: u32| format!("{}?page={to}", paths::HISTORY);
    let before = (history.page > 1).then(|| (text(key::RECORDS_PAGER_BEFORE), page(history.page - 1)));
    let after = (history.page < history.pages).then(|| (text(key::RECORDS_PAGER_AFTER), page(history.page + 1)));
    let place = [("page", history.page.into()), ("pages", history.pages.into())];
    view! {
        <PortalPage here=here.clone() title=text(key::HISTORY_TITLE)>
            <h1>{text(key::HISTORY_TITLE)}</h1>
            <p class="measured">{text(key::HISTORY_LEAD)}</p>
            {if rows.is_empty() {
                view! { <p class="empty">{text(key::HISTORY_EMPTY)}</p> }.into_any()
            } else {
                view! { <Table caption=text(key::HISTORY_CAPTION) columns rows/> }.into_any()
            }}
            <Pager
                label=text(key::HISTORY_PAGER)
                place=here.format(key::RECORDS_PAGER_PLACE, &place)
                before
                after
            />
            <h2>{text(key::HISTORY_DOUBT_TITLE)}</h2>
            <p class="measured">{text(key::HISTORY_DOUBT_TEXT)}</p>
        </PortalPage>
    }
}

/// Colour, words, and of a refusal the reason.
fn outcome(outcome: LoginOutcome) -> (Kind, Key, Option<Key>) {
    let reason = match outcome {
        LoginOutcome::Succeeded => return (Kind::Success, key::HISTORY_SUCCEEDED, None),
        LoginOutcome::Failed(LoginFailure::Expired) => key::HISTORY_EXPIRED,
        LoginOutcome::Failed(LoginFailure::Revoked) => key::HISTORY_REVOKED,
        LoginOutcome::Failed(LoginFailure::ValidityUnknown) => key::HISTORY_VALIDITY_UNKNOWN,
        LoginOutcome::Failed(LoginFailure::WithoutPin) => key::HISTORY_WITHOUT_PIN,
        LoginOutcome::Failed(LoginFailure::OtherBrowser) => key::HISTORY_OTHER_BROWSER,
        LoginOutcome::Failed(LoginFailure::FolderNotOpen) => key::HISTORY_FOLDER_NOT_OPEN,
    };
    (Kind::Warning, key::HISTORY_REFUSED, Some(reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;
    use domain::Locale;
    use portal::LoginEvent;

    fn page(history: LoginHistory) -> String {
        let here = testing::here(Locale::Ja, "/history", true);
        ui::render(|| view! { <History here history/> })
    }

    fn event(outcome: LoginOutcome) -> LoginEvent {
        LoginEvent { at: "2026-11-02T05:05:00Z".parse().unwrap(), outcome }
    }

    #[test]
    fn a_refused_login_stands_beside_the_others() {
        let events = vec![event(LoginOutcome::Failed(LoginFailure::Revoked)), event(LoginOutcome::Succeeded)];
        let html = page(LoginHistory { events, page: 1, pages: 1 });
        assert!(html.contains("断りました"), "{html}");
        assert!(html.contains("<p>カードの電子証明書が失効していました。</p>"), "{html}");
        assert!(html.contains("ログインしました"));
        assert!(html.contains("2026年11月2日（月）14時5分"));
    }

    #[test]
    fn an_empty_history_says_so() {
        assert!(page(LoginHistory { events: vec![], page: 1, pages: 1 }).contains("記録はまだありません。"));
    }

    #[test]
    fn pages_lead_back_and_forth() {
        let html = page(LoginHistory { events: vec![event(LoginOutcome::Succeeded)], page: 2, pages: 3 });
        assert!(html.contains("/history?page=1"), "{html}");
        assert!(html.contains("/history?page=3"));
    }

    #[test]
    fn no_number_is_the_first_page() {
        assert_eq!([page_number(""), page_number("page=x"), page_number("page=0")], [1, 1, 1]);
        assert_eq!(page_number("lang=en&page=3"), 3);
    }
}

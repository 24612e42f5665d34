//! From page to page of a list that grows at its newer end.

use leptos::prelude::*;
use wording::key;

use crate::context::Here;

/// Nothing where everything is on one page.
#[component]
pub(in crate::pages) fn Pager(here: Here, newest: Option<String>, older: Option<String>) -> impl IntoView {
    let link = |href: Option<String>, rel: &'static str, words| {
        let text = here.text(words);
        href.map(|href| view! { <li><a class="button button-outline" rel=rel href=href>{text}</a></li> })
    };
    (newest.is_some() || older.is_some()).then(|| {
        view! {
            <nav class="letters-pager" aria-label=here.text(key::NOTICES_PAGER)>
                <ul role="list">
                    {link(newest, "first", key::NOTICES_NEWEST)}
                    {link(older, "next", key::NOTICES_OLDER)}
                </ul>
            </nav>
        }
    })
}

//! お知らせ: what waits for the person first, then the others, newest first (P-PSH-4, P-PSH-7).

mod filter_form;
mod list;
pub(in crate::pages) mod words;

use http::StatusCode;
use leptos::prelude::*;
use portal::{Inbox, InboxFault, InboxWish, NoticePlace, WishError};
use wording::key;

use self::filter_form::FilterForm;
use self::list::NoticeList;
pub(super) use self::list::marks;
use super::answer;
use crate::components::{Arrival, PortalPage};
use crate::context::Here;
use crate::paths;

pub(crate) fn notices() -> impl IntoView {
    answer::personal(|here, who, portal| async move {
        // A wish that cannot be read shows the inbox, and says at the field what is wrong.
        let (wish, wrong) = match InboxWish::parse(here.query()) {
            Ok(wish) => (wish, None),
            Err(error) => {
                answer::set_status(StatusCode::BAD_REQUEST);
                (InboxWish::default(), Some(error))
            }
        };
        match portal.inbox(&who, &wish, here.context.now).await {
            Ok(inbox) => view! { <Notices here wish wrong inbox/> }.into_any(),
            Err(InboxFault::Store(error)) => answer::store_failed(here, &error),
            Err(error @ InboxFault::Unopened(_)) => {
                answer::note(&here, &error);
                answer::problem(here, StatusCode::INTERNAL_SERVER_ERROR, "internal")
            }
        }
    })
}

#[component]
pub(super) fn Notices(here: Here, wish: InboxWish, wrong: Option<WishError>, inbox: Inbox) -> impl IntoView {
    let text = here.texts();
    let keep = [key::NOTICES_KEEP_READ, key::NOTICES_KEEP_UNREAD, key::NOTICES_KEEP_BIN]
        .map(|line| view! { <li>{text(line)}</li> });
    view! {
        <PortalPage here=here.clone() title=text(key::NOTICES_TITLE)>
            <h1>{text(key::NOTICES_TITLE)}</h1>
            <p class="lead measured">{text(key::NOTICES_LEAD)}</p>
            <Arrival here=here.clone()/>
            <Places here=here.clone() place=wish.place counts=inbox.counts/>
            <FilterForm here=here.clone() wish=wish.clone() wrong senders=inbox.senders.clone()/>
            <NoticeList here=here.clone() wish inbox/>
            <section class="notice-box measured">
                <h2>{text(key::NOTICES_KEEP)}</h2>
                <ul class="flow-tight">{keep}</ul>
            </section>
        </PortalPage>
    }
}

/// 受信, よけたもの, ごみ箱, with counts in words.
#[component]
fn Places(here: Here, place: NoticePlace, counts: portal::NoticeCounts) -> impl IntoView {
    let tab = |at: NoticePlace, words: String| {
        let wish = InboxWish { place: at, ..InboxWish::default() };
        let current = (at == place).then_some("page");
        view! { <li><a href=list::address(&wish) aria-current=current>{words}</a></li> }
    };
    let counted = |key, count: u32| here.format(key, &[("count", count.into())]);
    let inbox =
        here.format(key::NOTICES_PLACE_INBOX, &[("count", counts.inbox.into()), ("unread", counts.unopened.into())]);
    view! {
        <nav class="tabs" aria-label=here.text(key::NOTICES_PLACES)>
            <ul role="list">
                {tab(NoticePlace::Inbox, inbox)}
                {tab(NoticePlace::Archive, counted(key::NOTICES_PLACE_ARCHIVE, counts.archive))}
                {tab(NoticePlace::Bin, counted(key::NOTICES_PLACE_BIN, counts.bin))}
            </ul>
        </nav>
    }
}

/// The list itself, as it stands.
pub(super) const LIST: &str = paths::NOTICES;

#[cfg(test)]
pub(super) mod tests;

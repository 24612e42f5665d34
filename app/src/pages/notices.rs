//! お知らせ: what waits for the person first, then the others, newest first (P-PSH-4, P-PSH-7).

mod filter_form;
mod list;
mod pager;
pub(super) mod search;
pub(crate) mod words;

use http::StatusCode;
use leptos::prelude::*;
use portal::{Inbox, InboxFault, InboxWish, KeptWish, NoticePlace, ReadState, WishError};
use wording::key;

use self::filter_form::FilterForm;
use self::list::NoticeList;
pub(super) use self::list::marks;
pub(super) use self::pager::Pager;
use super::{answer, kept};
use crate::components::{Arrival, PortalPage, UrgentNotices};
use crate::context::Here;
use crate::paths;

pub(crate) fn notices() -> impl IntoView {
    answer::personal(|here, who, portal| async move {
        if KeptWish::is_meant(here.query()) {
            return kept::shown(here, who, portal).await;
        }
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
        <PortalPage here=here.clone() title=text(key::NOTICES_TITLE) tells_arrivals=true>
            <h1>{text(key::NOTICES_TITLE)}</h1>
            <UrgentNotices here=here.clone() urgent=inbox.urgent.clone()/>
            <p class="lead measured">{text(key::NOTICES_LEAD)}</p>
            <Arrival here=here.clone()/>
            <Places here=here.clone() at=Tab::Of(wish.place, wish.read) counts=inbox.counts kept=inbox.kept/>
            <FilterForm here=here.clone() wish=wish.clone() wrong senders=inbox.senders.clone()/>
            <NoticeList here=here.clone() wish inbox/>
            <section class="notice-box measured">
                <h2>{text(key::NOTICES_KEEP)}</h2>
                <ul class="flow-tight">{keep}</ul>
            </section>
        </PortalPage>
    }
}

/// Where somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    Of(NoticePlace, Option<ReadState>),
    Kept,
}

/// 受信 with 新着, 未読 and 既読, then よけたもの, 保管 and ごみ箱; counts in words.
#[component]
pub(super) fn Places(here: Here, at: Tab, counts: portal::NoticeCounts, kept: u64) -> impl IntoView {
    let link = |href: String, is_here: bool, words: String| {
        view! { <li><a href=href aria-current=is_here.then_some("page")>{words}</a></li> }
    };
    let tab = |place: NoticePlace, state: Option<ReadState>, words: String| {
        let wish = InboxWish { place, read: state, ..InboxWish::default() };
        let is_here = match at {
            Tab::Of(NoticePlace::Inbox, read) => place == NoticePlace::Inbox && state == read,
            Tab::Of(at, _) => at == place,
            Tab::Kept => false,
        };
        link(list::address(&wish), is_here, words)
    };
    let kept = link(
        format!("{LIST}?{}", KeptWish::default().to_query()),
        at == Tab::Kept,
        here.format(key::KEPT_TAB, &[("count", kept.into())]),
    );
    let of_inbox = |state, words| tab(NoticePlace::Inbox, Some(state), here.text(words));
    let counted = |key, count: u32| here.format(key, &[("count", count.into())]);
    let inbox =
        here.format(key::NOTICES_PLACE_INBOX, &[("count", counts.inbox.into()), ("unread", counts.unopened.into())]);
    view! {
        <nav class="tabs" aria-label=here.text(key::NOTICES_PLACES)>
            <ul role="list">
                {tab(NoticePlace::Inbox, None, inbox)}
                {of_inbox(ReadState::New, key::NOTICES_PLACE_NEW)}
                {of_inbox(ReadState::Unread, key::NOTICES_PLACE_UNREAD)}
                {of_inbox(ReadState::Read, key::NOTICES_PLACE_READ)}
                {tab(NoticePlace::Archive, None, counted(key::NOTICES_PLACE_ARCHIVE, counts.archive))}
                {kept}
                {tab(NoticePlace::Bin, None, counted(key::NOTICES_PLACE_BIN, counts.bin))}
            </ul>
        </nav>
    }
}

/// The list itself, as it stands.
pub(super) const LIST: &str = paths::NOTICES;

#[cfg(test)]
pub(super) mod tests;

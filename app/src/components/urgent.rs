//! 緊急のお知らせ: before everything else of a page, until they are read.

use leptos::prelude::*;
use portal::{InboxNotice, InboxWish, ReadState, Urgent};
use ui::{Kind, KindIcon};
use wording::key;

use crate::context::Here;
use crate::pages::notices::words;
use crate::paths;

/// Nothing where there are none. Said by a word, a mark and a heavy border, and read out before the rest of the page.
#[component]
pub(crate) fn UrgentNotices(here: Here, urgent: Urgent) -> impl IntoView {
    if urgent.notices.is_empty() {
        return None;
    }
    let text = here.texts();
    let count = u32::try_from(urgent.notices.len()).unwrap_or(u32::MAX);
    // The menu knows of more than stand here.
    let title = here.format(key::NOTICES_URGENT, &[("count", count.max(here.context.urgent).into())]);
    let lines = urgent.notices.iter().map(|notice| line(&here, notice)).collect_view();
    let more = urgent.more.then(|| {
        let wish = InboxWish {
            kind: Some(domain::NoticeKind::Emergency),
            read: Some(ReadState::Unread),
            ..InboxWish::default()
        };
        let href = format!("{}?{}", paths::NOTICES, wish.to_query());
        view! { <p><a class="way" href=href>{text(key::NOTICES_URGENT_MORE)}</a></p> }
    });
    Some(view! {
        <div class="urgent flow" data-kind="error" role="alert">
            <h2 class="urgent-title"><KindIcon kind=Kind::Warning label=text(key::NOTICES_URGENT_MARK)/>{title}</h2>
            <p>{text(key::NOTICES_URGENT_ABOUT)}</p>
            <ul class="urgent-list" role="list">{lines}</ul>
            {more}
        </div>
    })
}

fn line(here: &Here, notice: &InboxNotice) -> impl IntoView + use<> {
    let title = words::title(here, notice);
    let arrived = notice.touched.arrived_at;
    view! {
        <li>
            <p class="letter-from">
                <span>{wording::organisation(here.locale(), &notice.sender)}</span>
                <time datetime=arrived.to_string()>{here.when(arrived)}</time>
            </p>
            <p class="letter-title"><a href=paths::notice(notice.letter.number()) lang=title.lang>{title.text}</a></p>
            {title.damage.map(|said| view! { <p>{said}</p> })}
        </li>
    }
}

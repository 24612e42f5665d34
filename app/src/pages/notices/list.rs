//! The rows, in one form with what can be done with the chosen ones; it needs no script.

use leptos::prelude::*;
use portal::{Inbox, InboxNotice, InboxWish, NoticePlace, ReadState, ToDo};
use ui::{Button, ButtonLook, ButtonSize, Chip, Kind};
use wording::{Key, Value, key};

use super::pager::Pager;
use super::words;
use crate::context::Here;
use crate::paths;

/// Beyond so many rows the buttons stand below too.
const BUTTONS_BELOW: usize = 8;

/// Of a list.
pub(super) fn address(wish: &InboxWish) -> String {
    match wish.to_query() {
        query if query.is_empty() => super::LIST.to_owned(),
        query => format!("{}?{query}", super::LIST),
    }
}

#[component]
pub(super) fn NoticeList(here: Here, wish: InboxWish, inbox: Inbox) -> impl IntoView {
    let Inbox { urgent, to_do, notices, older, .. } = inbox;
    let rows = to_do.notices.len() + notices.len();
    let pager = pager(&here, &wish, older).into_any();
    if rows == 0 {
        return view! { {empty(&here, &wish, !urgent.notices.is_empty())} {pager} }.into_any();
    }
    let text = here.texts();
    let apart = !to_do.notices.is_empty();
    let first = apart.then(|| waiting(&here, to_do));
    let heading = if apart { key::NOTICES_OTHERS } else { key::NOTICES_LIST };
    let heading_class = (!apart).then_some("visually-hidden");
    let others = if notices.is_empty() {
        view! { <p class="soft">{text(key::NOTICES_EMPTY_OTHERS)}</p> }.into_any()
    } else {
        list(&here, &notices).into_any()
    };
    let below = (rows > BUTTONS_BELOW).then(|| buttons(&here, wish.place));
    view! {
        <form method="post" action=paths::NOTICES_ACT class="letters-form">
            <input type="hidden" name="back" value=wish.to_query()/>
            {buttons(&here, wish.place)}
            {first}
            <section class="flow">
                <h2 class=heading_class>{text(heading)}</h2>
                {others}
            </section>
            {below}
        </form>
        {pager}
    }
    .into_any()
}

fn waiting(here: &Here, to_do: ToDo) -> impl IntoView + use<> {
    let text = here.texts();
    let more = to_do.more.then(|| {
        let href = address(&InboxWish { to_do: true, ..InboxWish::default() });
        view! { <p><a class="way" href=href>{text(key::NOTICES_TODO_MORE)}</a></p> }
    });
    view! {
        <section class="flow">
            <h2>{text(key::NOTICES_TODO)}</h2>
            <p class="soft small">{text(key::NOTICES_TODO_ABOUT)}</p>
            {list(here, &to_do.notices)}
            {more}
        </section>
    }
}

/// The first button of the form is harmless, for a key pressed in a check box presses it: what was not read stays as it is,
/// and what was read goes no sooner.
fn buttons(here: &Here, place: NoticePlace) -> impl IntoView + use<> {
    let text = here.texts();
    let acts: &[(&'static str, Key)] = match place {
        NoticePlace::Inbox => &[
            ("unread", key::NOTICES_ACT_UNREAD),
            ("read", key::NOTICES_ACT_READ),
            ("keep", key::KEPT_ACT),
            ("archive", key::NOTICES_ACT_ARCHIVE),
            ("bin", key::NOTICES_ACT_BIN),
        ],
        NoticePlace::Archive => &[
            ("unread", key::NOTICES_ACT_UNREAD),
            ("read", key::NOTICES_ACT_READ),
            ("keep", key::KEPT_ACT),
            ("restore", key::NOTICES_ACT_RESTORE),
            ("bin", key::NOTICES_ACT_BIN),
        ],
        NoticePlace::Bin => &[("restore", key::NOTICES_ACT_RESTORE)],
    };
    let acts = acts
        .iter()
        .map(|(act, words)| {
            view! { <Button text=text(*words) look=ButtonLook::Outline size=ButtonSize::Small name="act" value=*act/> }
        })
        .collect_view();
    view! {
        <fieldset class="letters-acts">
            <legend>{text(key::NOTICES_SELECTED)}</legend>
            <div class="letters-buttons">{acts}</div>
        </fieldset>
    }
}

fn list(here: &Here, notices: &[InboxNotice]) -> impl IntoView + use<> {
    let rows = notices.iter().map(|notice| row(here, notice)).collect_view();
    view! { <ol class="letters" role="list">{rows}</ol> }
}

fn row(here: &Here, notice: &InboxNotice) -> impl IntoView + use<> {
    let number = notice.letter.number();
    let words::Title { text: title, lang, damage } = words::title(here, notice);
    let of = |key| here.format(key, &[("title", title.as_str().into())]);
    let arrived = notice.touched.arrived_at;
    let date = wording::date_in(here.locale(), words::day(arrived), here.years());
    let starred = notice.touched.starred_at.is_some();
    let (star, star_of, star_name) = if starred {
        (key::NOTICES_UNSTAR, key::NOTICES_UNSTAR_OF, "unstar")
    } else {
        (key::NOTICES_STAR, key::NOTICES_STAR_OF, "star")
    };
    let unread = notice.touched.opened_at.is_none();
    let id = format!("letter-{number}");
    view! {
        <li class="letter" data-unread=unread.then_some("yes")>
            <label class="letter-pick" for=id.clone()>
                <input type="checkbox" id=id.clone() name="letter" value=number.to_string()/>
                <span class="visually-hidden">{of(key::NOTICES_SELECT)}</span>
            </label>
            <div class="letter-words">
                <p class="letter-from">
                    <span>{wording::organisation(here.locale(), &notice.sender)}</span>
                    <time datetime=arrived.to_string()>{date}</time>
                </p>
                <p class="letter-title"><a href=paths::notice(number) lang=lang>{title.clone()}</a></p>
                {damage.map(|said| view! { <p>{said}</p> })}
                <p class="letter-marks">{marks(here, notice)}</p>
            </div>
            <button
                type="submit"
                class="button button-text button-small letter-star"
                name=star_name
                value=number.to_string()
                aria-label=of(star_of)
            >
                {here.text(star)}
            </button>
        </li>
    }
}

/// Everything that is so about a notice, in words.
pub(in crate::pages) fn marks(here: &Here, notice: &InboxNotice) -> impl IntoView + use<> {
    let chip = |kind, text: String| view! { <Chip kind text/>" " };
    let said = |when: bool, kind, key| when.then(|| chip(kind, here.text(key)));
    let touched = &notice.touched;
    let unread = touched.opened_at.is_none();
    // The day of one that was replaced may be the wrong one.
    let left = notice.ends_on().filter(|_| touched.replied_at.is_none() && !notice.replaced).map(|last| {
        let (text, kind) = words::left(here, last);
        chip(kind, text)
    });
    let count: Value<'_> = u32::from(notice.attachments).into();
    let attachments = (notice.attachments > 0)
        .then(|| chip(Kind::Neutral, here.format(key::NOTICES_ATTACHMENTS, &[("count", count)])));
    view! {
        {said(unread && notice.is_new, Kind::Info, key::NOTICES_NEW)}
        {said(unread, Kind::Info, key::NOTICES_UNREAD)}
        {chip(words::colour(notice.kind), here.text(words::kind(notice.kind)))}
        {left}
        {said(touched.replied_at.is_some(), Kind::Success, key::NOTICES_REPLIED)}
        {said(notice.withdrawn, Kind::Warning, key::NOTICES_WITHDRAWN)}
        {said(notice.replaced, Kind::Warning, key::NOTICES_REPLACED)}
        {attachments}
        {said(touched.starred_at.is_some(), Kind::Neutral, key::NOTICES_STARRED)}
    }
}

fn pager(here: &Here, wish: &InboxWish, older: Option<portal::LetterId>) -> impl IntoView + use<> {
    let newest = wish.before.map(|_| address(&InboxWish { before: None, ..wish.clone() }));
    let older = older.map(|before| address(&InboxWish { before: Some(before), ..wish.clone() }));
    view! { <Pager here=here.clone() newest older/> }
}

/// What will appear here, or how to see more. What is urgent stands above, and is not said to be nothing.
fn empty(here: &Here, wish: &InboxWish, urgent: bool) -> impl IntoView + use<> {
    let (title, text) = match (wish.place, wish.read) {
        _ if wish.before.is_some() => (key::NOTICES_EMPTY_OLDER, key::NOTICES_EMPTY_OLDER_TEXT),
        (NoticePlace::Inbox, Some(read)) if wish.conditions() == 1 => match read {
            ReadState::New => (key::NOTICES_EMPTY_NEW, key::NOTICES_EMPTY_NEW_TEXT),
            ReadState::Unread => (key::NOTICES_EMPTY_UNREAD, key::NOTICES_EMPTY_UNREAD_TEXT),
            ReadState::Read => (key::NOTICES_EMPTY_READ, key::NOTICES_EMPTY_READ_TEXT),
        },
        _ if wish.conditions() > 0 => (key::NOTICES_EMPTY_FILTER, key::NOTICES_EMPTY_FILTER_TEXT),
        (NoticePlace::Inbox, _) if urgent => (key::NOTICES_EMPTY_OTHERS, key::NOTICES_EMPTY_INBOX_TEXT),
        (NoticePlace::Inbox, _) => (key::NOTICES_EMPTY_INBOX, key::NOTICES_EMPTY_INBOX_TEXT),
        (NoticePlace::Archive, _) => (key::NOTICES_EMPTY_ARCHIVE, key::NOTICES_EMPTY_ARCHIVE_TEXT),
        (NoticePlace::Bin, _) => (key::NOTICES_EMPTY_BIN, key::NOTICES_EMPTY_BIN_TEXT),
    };
    let clear = (wish.conditions() > 0).then(|| {
        let href = address(&InboxWish { place: wish.place, ..InboxWish::default() });
        view! { <p><a class="way" href=href>{here.text(key::NOTICES_FILTER_CLEAR)}</a></p> }
    });
    view! {
        <section class="empty">
            <h2>{here.text(title)}</h2>
            <p>{here.text(text)}</p>
            {clear}
        </section>
    }
}

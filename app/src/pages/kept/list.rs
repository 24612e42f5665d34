//! The rows, in one form by which the chosen ones are thrown away; it needs no script.

use leptos::prelude::*;
use portal::{Kept, KeptId, KeptNotice, KeptWish};
use ui::{Button, ButtonLook, ButtonSize, Checkbox, Chip, Kind};
use wording::{Value, key};

use super::address;
use crate::context::Here;
use crate::pages::notices::{Pager, words};
use crate::paths;

#[component]
pub(super) fn KeptList(here: Here, wish: KeptWish, kept: Kept) -> impl IntoView {
    let Kept { notices, closed, older, .. } = kept;
    let pager = pager(&here, &wish, older).into_any();
    // They stand with the newest, whatever is looked for: nothing of them can be looked for.
    let closed = if wish.before.is_none() { closed } else { Vec::new() };
    if notices.is_empty() && closed.is_empty() {
        return view! { {empty(&here, &wish)} {pager} }.into_any();
    }
    let text = here.texts();
    let rows = notices.iter().map(|notice| row(&here, notice)).collect_view();
    let closed = closed.into_iter().map(|id| closed_row(&here, id)).collect_view();
    view! {
        <form method="post" action=paths::KEPT_ACT class="letters-form">
            <input type="hidden" name="back" value=wish.to_query()/>
            <section class="flow">
                <h2 class="visually-hidden">{text(key::KEPT_LIST)}</h2>
                <ol class="letters" role="list">{rows}{closed}</ol>
            </section>
            <fieldset class="letters-acts">
                <legend>{text(key::NOTICES_SELECTED)}</legend>
                <Discard here=here.clone()/>
            </fieldset>
        </form>
        {pager}
    }
    .into_any()
}

/// 捨てる: there is no way back, so it is asked once more. The box is in the same form.
#[component]
pub(super) fn Discard(here: Here) -> impl IntoView {
    let text = here.texts();
    view! {
        <Checkbox id="understood" name="understood" label=text(key::KEPT_DISCARD_UNDERSTOOD)/>
        <div class="letters-buttons">
            <Button text=text(key::KEPT_DISCARD) look=ButtonLook::Outline size=ButtonSize::Small/>
        </div>
    }
}

fn row(here: &Here, notice: &KeptNotice) -> impl IntoView + use<> {
    let number = notice.id.number();
    let (title, lang) = words::told(here, &notice.titles);
    let title = title.as_str().to_owned();
    let date = wording::date_in(here.locale(), words::day(notice.kept_at), here.years());
    let kept_on = here.format(key::KEPT_ON, &[("when", date.as_str().into())]);
    view! {
        <li class="letter">
            {pick(here, number, &title)}
            <div class="letter-words">
                <p class="letter-from">
                    <span>{wording::organisation(here.locale(), &notice.sender)}</span>
                    <time datetime=notice.kept_at.to_string()>{kept_on}</time>
                </p>
                <p class="letter-title"><a href=paths::kept(number) lang=lang>{title}</a></p>
                <p class="letter-marks">{marks(here, notice)}</p>
            </div>
        </li>
    }
}

fn closed_row(here: &Here, id: KeptId) -> impl IntoView + use<> {
    let title = here.text(key::KEPT_CLOSED);
    view! {
        <li class="letter">
            {pick(here, id.number(), &title)}
            <div class="letter-words">
                <p class="letter-title">{title}</p>
                <p>{here.text(key::KEPT_CLOSED_TEXT)}</p>
            </div>
        </li>
    }
}

fn pick(here: &Here, number: i64, title: &str) -> impl IntoView + use<> {
    let id = format!("kept-{number}");
    let label = here.format(key::NOTICES_SELECT, &[("title", title.into())]);
    view! {
        <label class="letter-pick" for=id.clone()>
            <input type="checkbox" id=id.clone() name="kept" value=number.to_string()/>
            <span class="visually-hidden">{label}</span>
        </label>
    }
}

/// Everything that is so about a kept notice, in words.
pub(super) fn marks(here: &Here, notice: &KeptNotice) -> impl IntoView + use<> {
    let chip = |kind, text: String| view! { <Chip kind text/>" " };
    let said = |when: bool, kind, key| when.then(|| chip(kind, here.text(key)));
    let left = notice.ends_on().map(|last| {
        let (text, kind) = words::left(here, last);
        chip(kind, text)
    });
    let count: Value<'_> = u32::from(notice.attachments).into();
    let attachments = (notice.attachments > 0)
        .then(|| chip(Kind::Neutral, here.format(key::NOTICES_ATTACHMENTS, &[("count", count)])));
    let date = wording::date_in(here.locale(), words::day(notice.expires_at), here.years());
    let until = here.format(key::KEPT_UNTIL, &[("date", date.as_str().into())]);
    view! {
        {chip(words::colour(notice.kind), here.text(words::kind(notice.kind)))}
        {left}
        {said(notice.replied_at.is_some(), Kind::Success, key::NOTICES_REPLIED)}
        {said(notice.withdrawn, Kind::Warning, key::NOTICES_WITHDRAWN)}
        {attachments}
        {chip(Kind::Neutral, until)}
    }
}

fn pager(here: &Here, wish: &KeptWish, older: Option<KeptId>) -> impl IntoView + use<> {
    let newest = wish.before.map(|_| address(&KeptWish { before: None, ..wish.clone() }));
    let older = older.map(|before| address(&KeptWish { before: Some(before), ..wish.clone() }));
    view! { <Pager here=here.clone() newest older/> }
}

/// What will appear here, or how to see more.
fn empty(here: &Here, wish: &KeptWish) -> impl IntoView + use<> {
    let looked_for = wish.conditions() > 0;
    let (title, text) = if looked_for {
        (key::NOTICES_EMPTY_FILTER, key::NOTICES_EMPTY_FILTER_TEXT)
    } else {
        (key::KEPT_EMPTY, key::KEPT_EMPTY_TEXT)
    };
    let clear = looked_for.then(|| {
        let href = address(&KeptWish::default());
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

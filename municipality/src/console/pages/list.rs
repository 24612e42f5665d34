//! Everything that was sent or waits, and one's own drafts.

use axum::response::Response;
use jiff::Timestamp;
use leptos::prelude::*;
use ui::{Chip, LinkButton, Pager, Row, Table};

use super::{Done, Sheet};
use crate::console::access::Officer;
use crate::console::form::DraftForm;
use crate::console::progress::People;
use crate::console::{Console, words};
use crate::draft::Draft;
use crate::store::{DraftRow, Role, SendingRow, SendingState};
use crate::texts::{say, say_with};

/// What the page shows.
pub(in crate::console) struct Lists {
    pub(in crate::console) drafts: Vec<DraftRow>,
    /// For an approver: what waits for them. For a drafter: their own that nobody can approve yet.
    pub(in crate::console) waiting: Vec<SendingRow>,
    pub(in crate::console) sendings: Vec<SendingRow>,
    pub(in crate::console) people: People,
    pub(in crate::console) older: Option<String>,
}

pub(in crate::console) fn list(console: &Console, officer: &Officer, lists: Lists, done: Option<Done>) -> Response {
    let role = officer.role();
    let now = console.now();
    let mut sheet = Sheet::new(console, Some(officer), say("list-title")).done(done);
    sheet.below = false;
    sheet.html(move || {
        let Lists { drafts, waiting, sendings, people, older } = lists;
        let new = (role == Role::Draft).then(|| {
            view! { <div class="actions"><LinkButton text=say("new") href="/console/new" size=ui::ButtonSize::Large/></div> }
        });
        let waiting = (!waiting.is_empty()).then(|| {
            let caption = if role == Role::Approve { say("list-waiting") } else { say("list-unfinished") };
            let rows = waiting.iter().map(|row| line(row, &people, now)).collect();
            view! { <Table caption=caption columns=columns() rows/> }
        });
        let drafts = (role == Role::Draft).then(|| self::drafts(drafts));
        let rows: Vec<Row> = sendings.iter().map(|row| line(row, &people, now)).collect();
        let all = if rows.is_empty() {
            view! { <div class="empty"><p>{say("list-empty")}</p></div> }.into_any()
        } else {
            view! { <Table caption=say("list-all-caption") columns=columns() rows/> }.into_any()
        };
        let after = older.map(|id| (say("older").to_owned(), format!("/console?before={id}")));
        view! {
            {new}
            {waiting}
            {drafts}
            <h2>{say("list-all")}</h2>
            {all}
            <Pager label=say("list-pages") place=say("newest-first") before=None after/>
        }
        .into_any()
    })
}

fn columns() -> Vec<String> {
    [
        say("column-title"),
        say("column-kind"),
        say("column-state"),
        say("column-people"),
        say("column-by"),
        say("column-made"),
    ]
    .map(str::to_owned)
    .to_vec()
}

fn line(row: &SendingRow, people: &People, now: Timestamp) -> Row {
    let draft: Option<Draft> = serde_json::from_str(&row.draft).ok();
    let title = draft.as_ref().map_or(say("list-unreadable"), |draft| draft.text.ja.title.as_str()).to_owned();
    let kind = draft.as_ref().map_or("", |draft| words::kind_short(draft.kind));
    let (state, look) = standing(row, now);
    Row {
        head: view! { <a href=format!("/console/sendings/{}", row.id)>{title}</a> }.into_any(),
        cells: vec![
            kind.into_any(),
            view! { <Chip kind=look text=state/> }.into_any(),
            say_with("people", &[("count", row.recipients.into())]).into_any(),
            people.who(&row.made_by).into_any(),
            words::time(row.made_at).into_any(),
        ],
    }
}

/// The state in words; what was taken back is told so.
pub(super) fn standing(row: &SendingRow, now: Timestamp) -> (&'static str, ui::Kind) {
    match row.state {
        _ if row.withdrawn_at.is_some() => (say("state-withdrawn"), ui::Kind::Neutral),
        SendingState::Released if row.starts_at > now => (say("state-scheduled"), ui::Kind::Info),
        state => words::state(state),
    }
}

fn drafts(drafts: Vec<DraftRow>) -> AnyView {
    if drafts.is_empty() {
        return ().into_any();
    }
    let rows = drafts
        .into_iter()
        .map(|row| {
            let form = DraftForm::stored(&row.form);
            let title =
                if form.field("title").is_empty() { say("list-untitled") } else { form.field("title") }.to_owned();
            Row {
                head: view! { <a href=format!("/console/drafts/{}", row.id)>{title}</a> }.into_any(),
                cells: vec![
                    form.kind().map_or(say("list-no-kind"), words::kind_short).into_any(),
                    words::time(row.changed_at).into_any(),
                ],
            }
        })
        .collect();
    let columns = [say("column-title"), say("column-kind"), say("column-saved")].map(str::to_owned).to_vec();
    view! { <Table caption=say("list-drafts") columns rows/> }.into_any()
}

//! Everything that was sent or waits, and one's own drafts.

use axum::response::Response;
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
    pub(in crate::console) sendings: Vec<SendingRow>,
    pub(in crate::console) people: People,
    pub(in crate::console) older: Option<String>,
}

pub(in crate::console) fn list(console: &Console, officer: &Officer, lists: Lists, done: Option<Done>) -> Response {
    let role = officer.role();
    let own = officer.id().who();
    let mut sheet = Sheet::new(console, Some(officer), say("list-title")).done(done);
    sheet.below = false;
    sheet.html(move || {
        let Lists { drafts, sendings, people, older } = lists;
        let new = (role == Role::Draft).then(|| {
            view! { <div class="actions"><LinkButton text=say("new") href="/console/new" size=ui::ButtonSize::Large/></div> }
        });
        let waiting: Vec<&SendingRow> = sendings
            .iter()
            .filter(|row| role == Role::Approve && row.state == SendingState::Waiting && row.made_by != own)
            .collect();
        let waiting = (!waiting.is_empty()).then(|| {
            let rows = waiting.into_iter().map(|row| line(row, &people)).collect();
            view! { <Table caption=say("list-waiting") columns=columns() rows/> }
        });
        let drafts = (role == Role::Draft).then(|| self::drafts(drafts));
        let rows: Vec<Row> = sendings.iter().map(|row| line(row, &people)).collect();
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

fn line(row: &SendingRow, people: &People) -> Row {
    let draft: Option<Draft> = serde_json::from_str(&row.draft).ok();
    let title = draft.as_ref().map_or(say("list-unreadable"), |draft| draft.text.ja.title.as_str()).to_owned();
    let kind = draft.as_ref().map_or("", |draft| words::kind_short(draft.kind));
    let (state, look) = standing(row);
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
pub(super) fn standing(row: &SendingRow) -> (&'static str, ui::Kind) {
    if row.withdrawn_at.is_some() { (say("state-withdrawn"), ui::Kind::Neutral) } else { words::state(row.state) }
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

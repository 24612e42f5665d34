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
    let mut sheet = Sheet::new(console, Some(officer), "お知らせの一覧").done(done);
    sheet.below = false;
    sheet.html(move || {
        let Lists { drafts, sendings, people, older } = lists;
        let new = (role == Role::Draft).then(|| {
            view! { <div class="actions"><LinkButton text="新しく書く" href="/console/new" size=ui::ButtonSize::Large/></div> }
        });
        let waiting: Vec<&SendingRow> = sendings
            .iter()
            .filter(|row| role == Role::Approve && row.state == SendingState::Waiting && row.made_by != own)
            .collect();
        let waiting = (!waiting.is_empty()).then(|| {
            let rows = waiting.into_iter().map(|row| line(row, &people)).collect();
            view! { <Table caption="あなたの承認を待っています" columns=columns() rows/> }
        });
        let drafts = (role == Role::Draft).then(|| self::drafts(drafts));
        let rows: Vec<Row> = sendings.iter().map(|row| line(row, &people)).collect();
        let all = if rows.is_empty() {
            view! { <div class="empty"><p>"まだ、お知らせはありません。"</p></div> }.into_any()
        } else {
            view! { <Table caption="送ったもの、送るもの" columns=columns() rows/> }.into_any()
        };
        let after = older.map(|id| ("さらに古いもの".to_owned(), format!("/console?before={id}")));
        view! {
            {new}
            {waiting}
            {drafts}
            <h2>"すべてのお知らせ"</h2>
            {all}
            <Pager label="お知らせの一覧のページ" place="新しい順に並べています" before=None after/>
        }
        .into_any()
    })
}

fn columns() -> Vec<String> {
    ["件名", "種類", "状態", "人数", "書いた人", "作った日時"].map(str::to_owned).to_vec()
}

fn line(row: &SendingRow, people: &People) -> Row {
    let draft: Option<Draft> = serde_json::from_str(&row.draft).ok();
    let title = draft.as_ref().map_or("（読めない文面）", |draft| draft.text.ja.title.as_str()).to_owned();
    let kind = draft.as_ref().map_or("", |draft| words::kind_short(draft.kind));
    let (state, look) = standing(row);
    Row {
        head: view! { <a href=format!("/console/sendings/{}", row.id)>{title}</a> }.into_any(),
        cells: vec![
            kind.into_any(),
            view! { <Chip kind=look text=state/> }.into_any(),
            format!("{}人", words::grouped(row.recipients)).into_any(),
            people.who(&row.made_by).into_any(),
            words::time(row.made_at).into_any(),
        ],
    }
}

/// The state in words; what was taken back is told so.
pub(super) fn standing(row: &SendingRow) -> (&'static str, ui::Kind) {
    if row.withdrawn_at.is_some() { ("取り下げました", ui::Kind::Neutral) } else { words::state(row.state) }
}

fn drafts(drafts: Vec<DraftRow>) -> AnyView {
    if drafts.is_empty() {
        return ().into_any();
    }
    let rows = drafts
        .into_iter()
        .map(|row| {
            let form = DraftForm::stored(&row.form);
            let title = if form.field("title").is_empty() { "（件名なし）" } else { form.field("title") }.to_owned();
            Row {
                head: view! { <a href=format!("/console/drafts/{}", row.id)>{title}</a> }.into_any(),
                cells: vec![
                    form.kind().map_or("まだ決めていません", words::kind_short).into_any(),
                    words::time(row.changed_at).into_any(),
                ],
            }
        })
        .collect();
    let columns = ["件名", "種類", "保存した日時"].map(str::to_owned).to_vec();
    view! { <Table caption="あなたの下書き" columns rows/> }.into_any()
}

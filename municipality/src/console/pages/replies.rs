//! What people answered.

use axum::response::Response;
use leptos::prelude::*;
use ui::{LinkButton, Pager, Row, Table};
use wire::notice::Question;

use super::Sheet;
use crate::console::Console;
use crate::console::access::Handler;
use crate::console::answers::Reply;
use crate::console::words;
use crate::store::SendingId;
use crate::texts::say;

pub(in crate::console) fn replies(
    console: &Console,
    officer: &Handler,
    id: SendingId,
    questions: &[Question],
    replies: Vec<Reply>,
    more: Option<u64>,
) -> Response {
    let columns: Vec<String> = [say("column-number"), say("column-when")]
        .map(str::to_owned)
        .into_iter()
        .chain(questions.iter().map(|question| question.label.ja.as_str().to_owned()))
        .collect();
    let width = questions.len();
    Sheet::new(console, Some(officer), say("replies-title")).html(move || {
        let rows: Vec<Row> = replies
            .into_iter()
            .map(|reply| {
                let answers = reply.answers.unwrap_or_else(|| vec![say("replies-not-believed").to_owned(); width]);
                let cells = std::iter::once(words::time(reply.at)).chain(answers);
                Row { head: reply.number.to_string().into_any(), cells: cells.map(IntoAny::into_any).collect() }
            })
            .collect();
        let table = if rows.is_empty() {
            view! { <div class="empty"><p>{say("replies-empty")}</p></div> }.into_any()
        } else {
            view! { <Table caption=say("replies-order") columns rows/> }.into_any()
        };
        let after = more.map(|after| (say("replies-more").to_owned(), format!("/console/sendings/{id}/replies?after={after}")));
        view! {
            <p class="measured">
                {say("replies-lead")}
            </p>
            {table}
            <Pager label=say("replies-pages") place=say("replies-in-order") before=None after/>
            <form class="actions" method="post" action=format!("/console/sendings/{id}/replies.csv")>
                <ui::Button text=say("replies-take")/>
            </form>
            <p class="soft small">{say("replies-noted")}</p>
            <p><LinkButton text=say("back-to-sending") href=format!("/console/sendings/{id}") look=ui::ButtonLook::Outline/></p>
        }
        .into_any()
    })
}

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

pub(in crate::console) fn replies(
    console: &Console,
    officer: &Handler,
    id: SendingId,
    questions: &[Question],
    replies: Vec<Reply>,
    more: Option<u64>,
) -> Response {
    let columns: Vec<String> = ["番号", "日時"]
        .map(str::to_owned)
        .into_iter()
        .chain(questions.iter().map(|question| question.label.ja.as_str().to_owned()))
        .collect();
    let width = questions.len();
    Sheet::new(console, Some(officer), "届いた回答").html(move || {
        let rows: Vec<Row> = replies
            .into_iter()
            .map(|reply| {
                let answers = reply.answers.unwrap_or_else(|| vec!["ポータルの署名を確かめられませんでした".to_owned(); width]);
                let cells = std::iter::once(words::time(reply.at)).chain(answers);
                Row { head: reply.number.to_string().into_any(), cells: cells.map(IntoAny::into_any).collect() }
            })
            .collect();
        let table = if rows.is_empty() {
            view! { <div class="empty"><p>"まだ、回答はありません。"</p></div> }.into_any()
        } else {
            view! { <Table caption="届いた順" columns rows/> }.into_any()
        };
        let after = more.map(|after| ("次の50件".to_owned(), format!("/console/sendings/{id}/replies?after={after}")));
        view! {
            <p class="measured">
                "ポータルが、ログインした本人の回答として署名したものです。だれの回答かは、ダウンロードした表の番号（リンクコード）を、この団体のしくみで照らし合わせるとわかります。"
            </p>
            {table}
            <Pager label="回答のページ" place="届いた順に並べています" before=None after/>
            <form class="actions" method="post" action=format!("/console/sendings/{id}/replies.csv")>
                <ui::Button text="表（CSV）をダウンロードする"/>
            </form>
            <p class="soft small">"ダウンロードしたことは、操作の記録に残ります。"</p>
            <p><LinkButton text="お知らせへ戻る" href=format!("/console/sendings/{id}") look=ui::ButtonLook::Outline/></p>
        }
        .into_any()
    })
}

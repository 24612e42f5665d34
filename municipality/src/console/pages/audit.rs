//! Who did what (操作の記録).

use axum::response::Response;
use leptos::prelude::*;
use ui::{Row, Table};

use super::Sheet;
use crate::console::access::Officer;
use crate::console::progress::People;
use crate::console::{Console, words};
use crate::store::AuditLine;

pub(in crate::console) fn audit(
    console: &Console,
    officer: &Officer,
    lines: Vec<AuditLine>,
    people: People,
) -> Response {
    Sheet::new(console, Some(officer), "操作の記録").html(move || {
        view! {
            <p class="measured">"新しい順に、500件までを表示しています。だれのお知らせかは、ここには残りません。"</p>
            {table(&lines, &people, true)}
        }
        .into_any()
    })
}

/// `about`: with a link to the sending.
pub(super) fn table(lines: &[AuditLine], people: &People, about: bool) -> AnyView {
    let rows = lines
        .iter()
        .map(|line| {
            let link = line.sending.filter(|_| about).map(|id| {
                view! { " "<a href=format!("/console/sendings/{id}")>"お知らせを見る"</a> }
            });
            Row {
                head: words::time(line.at).into_any(),
                cells: vec![people.who(&line.who).into_any(), view! { {words::act(&line.what)}{link} }.into_any()],
            }
        })
        .collect();
    let columns = ["日時", "だれが", "何を"].map(str::to_owned).to_vec();
    view! { <Table caption="操作の記録" columns rows/> }.into_any()
}

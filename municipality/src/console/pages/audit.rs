//! Who did what (操作の記録).

use axum::response::Response;
use leptos::prelude::*;
use ui::{Pager, Row, Table};

use super::Sheet;
use crate::console::access::Officer;
use crate::console::progress::People;
use crate::console::{Console, words};
use crate::store::AuditLine;
use crate::texts::say;

pub(in crate::console) fn audit(
    console: &Console,
    officer: &Officer,
    lines: Vec<AuditLine>,
    people: People,
    older: Option<u64>,
) -> Response {
    Sheet::new(console, Some(officer), say("audit-title")).html(move || {
        let after = older.map(|number| (say("older").to_owned(), format!("/console/audit?before={number}")));
        view! {
            <p class="measured">{say("audit-lead")}</p>
            {table(&lines, &people, true)}
            <Pager label=say("audit-pages") place=say("newest-first") before=None after/>
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
                view! { " "<a href=format!("/console/sendings/{id}")>{say("audit-see")}</a> }
            });
            Row {
                head: words::time(line.at).into_any(),
                cells: vec![people.who(&line.who).into_any(), view! { {words::act(&line.what)}{link} }.into_any()],
            }
        })
        .collect();
    let columns = [say("column-when"), say("column-who"), say("column-what")].map(str::to_owned).to_vec();
    view! { <Table caption=say("audit-title") columns rows/> }.into_any()
}

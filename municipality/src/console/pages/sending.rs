//! One sending: what it says, to how many, where it is, and what can be done.

use axum::response::Response;
use domain::{Locale, NoticeState};
use http::StatusCode;
use leptos::prelude::*;
use ui::{Banner, ButtonLook, Chip, DescriptionList, Disclosure, Fact, Kind, LinkButton, Pager, Row, Table};

use super::acts::{Reader, Rejecting, acts};
use super::{Done, Sheet, audit, face};
use crate::console::access::{Officer, RENEWED};
use crate::console::progress::View;
use crate::console::{Console, words};
use crate::plain_words::Warning;
use crate::sending::EXPIRED;
use crate::store::{ReadList, Role, SendingState};
use crate::texts::{say, say_with};

/// A page on which something moves renews itself so often.
const RENEWAL: u32 = 3;

pub(in crate::console) fn sending(
    console: &Console,
    officer: &Officer,
    view: View,
    done: Option<Done>,
    still: bool,
) -> Response {
    shown(console, officer, view, None, |sheet| sheet.done = done, still)
}

/// The same page again, with the reason that could not be taken.
pub(in crate::console) fn not_rejected(console: &Console, officer: &Officer, view: View, reason: &str) -> Response {
    let rejecting = Some(Rejecting { reason: reason.to_owned() });
    let refused = |sheet: &mut Sheet<'_>| sheet.status = StatusCode::UNPROCESSABLE_ENTITY;
    shown(console, officer, view, rejecting, refused, true)
}

fn shown(
    console: &Console,
    officer: &Officer,
    view: View,
    rejecting: Option<Rejecting>,
    framed: impl FnOnce(&mut Sheet<'_>),
    still: bool,
) -> Response {
    let now = console.now();
    let id = view.row.id;
    let goes_out =
        view.row.state == SendingState::Released && view.row.starts_at <= now && view.row.withdrawn_at.is_none();
    let moves = goes_out || is_read(&view);
    let title = view.draft.text.ja.title.as_str().to_owned();
    let mut sheet = Sheet::new(console, Some(officer), title);
    framed(&mut sheet);
    if moves && !still {
        sheet.renew = Some((RENEWAL, format!("/console/sendings/{id}?{RENEWED}=1")));
    }
    let content = face::content(console, &view.draft);
    let (name, role, own) = (console.name.clone(), officer.role(), view.row.made_by == officer.id().who());
    let single = console.single_without_approval && view.row.recipients == 1;
    sheet.html(move || {
        let warnings = crate::plain_words::check(&view.draft.text, view.draft.deadline, !view.draft.attachments.is_empty());
        let files = format!("/console/sendings/{id}/files");
        let text = content.map(|content| {
            let shown = face::face(&content, Locale::Ja, &name, Some(&files), false);
            view! {
                <section class="flow">
                    <h2>{say("sending-text")}</h2>
                    <div class="face-box">{shown}</div>
                    <p><LinkButton text=say("sending-preview") href=format!("/console/sendings/{id}/preview") look=ButtonLook::Outline/></p>
                </section>
            }
        });
        // Whoever decides reads first; afterwards it is the progress that counts.
        let acts = acts(&view, Reader { role, own, single, now, rejecting });
        let body = if view.row.issued_at.is_none() {
            view! { {advice(&warnings)} {text} {acts} }.into_any()
        } else {
            view! { {outcome(&view, role)} {statistics(&view, role)} {acts} {text} }.into_any()
        };
        view! {
            {renewal(moves, still, &view)}
            {standing(&view, now)}
            {list_faults(&view)}
            {body}
            <section class="flow">
                <h2>{say("audit-title")}</h2>
                {audit::table(&view.audit, &view.people, false)}
            </section>
        }
        .into_any()
    })
}

/// Whoever reads slowly can stop it.
fn renewal(moves: bool, still: bool, view: &View) -> AnyView {
    let address = format!("/console/sendings/{}", view.row.id);
    match (moves, still) {
        (false, _) => ().into_any(),
        (true, false) => view! {
            <p class="soft">
                {say_with("renewal", &[("seconds", RENEWAL.into())])}
                <a href=format!("{address}?still=1")>{say("renewal-stop")}</a>
            </p>
        }
        .into_any(),
        (true, true) => view! {
            <p class="soft">{say("renewal-stopped")} <a href=address>{say("renewal-start")}</a></p>
        }
        .into_any(),
    }
}

fn standing(view: &View, now: jiff::Timestamp) -> AnyView {
    let row = &view.row;
    let (state, look) = super::list::standing(row, now);
    let mut facts = vec![
        Fact::of(say("column-state"), view! { <Chip kind=look text=state/> }),
        Fact::new(say("column-kind"), words::kind_short(view.draft.kind)),
        Fact::new(say("fact-to"), recipients(view)),
        Fact::new(say("column-by"), by_at(view.people.who(&row.made_by), words::time(row.made_at))),
    ];
    if let Some(by) = &row.released_by {
        let at = row.issued_at.map(words::time).unwrap_or_default();
        facts.push(Fact::new(say("fact-released-by"), by_at(view.people.who(by), at)));
    }
    let starts = if row.starts_at > now { words::time(row.starts_at) } else { say("fact-at-once").to_owned() };
    if row.issued_at.is_none() || row.starts_at > now {
        facts.push(Fact::new(say("fact-starts"), starts));
    }
    facts.push(Fact::new(say("fact-readable"), words::until(row.expires_at)));
    if let Some(replaced) = view.draft.replaces {
        let href = format!("/console/sendings/{replaced}");
        facts.push(Fact::of(say("fact-replaces"), view! { <a href=href>{say("fact-replaces-see")}</a> }));
    }
    let rejection = view.rejection.as_ref().map(|rejection| {
        let (who, at) = (view.people.officer(rejection.officer), words::time(rejection.at));
        let by = say_with("rejected-by", &[("who", who.into()), ("at", at.into())]);
        let reason = rejection.reason.clone();
        view! {
            <Banner kind=Kind::Warning kind_label=say("warning") title=by>
                <p class="passage">{reason}</p>
            </Banner>
        }
    });
    let expired = (row.state == SendingState::Cancelled && row.trouble.as_deref() == Some(EXPIRED)).then(|| {
        view! {
            <Banner kind=Kind::Warning kind_label=say("warning") title=say("expired-title")>
                <p>{words::trouble(EXPIRED)}</p>
            </Banner>
        }
    });
    let trouble = row.trouble.as_ref().filter(|_| row.state == SendingState::Released).map(|code| {
        let (what, next) = (words::trouble(code), say_with("next-try", &[("at", words::time(row.try_at).into())]));
        view! {
            <Banner kind=Kind::Warning kind_label=say("warning") title=say("trouble-title")>
                <p>{what}</p>
                <p>{next}</p>
            </Banner>
        }
    });
    view! { {rejection} {trouble} {expired} <DescriptionList facts/> }.into_any()
}

fn by_at(who: String, at: String) -> String {
    say_with("by-at", &[("who", who.into()), ("at", at.into())])
}

fn recipients(view: &View) -> String {
    let count = say_with("people", &[("count", view.row.recipients.into())]);
    let in_brackets = |list: &ReadList| say_with("in-brackets", &[("text", list.source.as_str().into())]);
    let source = view.list.as_ref().map(in_brackets).unwrap_or_default();
    let twice = view.list.as_ref().filter(|list| list.twice > 0);
    let twice = twice.map(|list| say_with("recipients-twice", &[("lines", list.twice.into())]));
    format!("{count}{source}{}", twice.unwrap_or_default())
}

/// Its list is not whole, because it is being read in now.
fn is_read(view: &View) -> bool {
    view.being_read && view.list.as_ref().is_some_and(|list| list.whole_at.is_none())
}

/// Lines of the list that nobody can send to.
fn list_faults(view: &View) -> AnyView {
    let Some(list) = &view.list else { return ().into_any() };
    if is_read(view) {
        let count = say_with("people", &[("count", view.row.recipients.into())]);
        return view! {
            <Banner kind=Kind::Info kind_label=say("info") title=say("being-read-title")>
                <p>{say_with("being-read", &[("people", count.into())])}</p>
            </Banner>
        }
        .into_any();
    }
    let broken = (list.whole_at.is_none() && view.row.state == SendingState::Open).then(|| {
        let what = match list.broken.as_deref() {
            Some("too-much") => say("broken-too-much"),
            Some("program") => say("broken-program"),
            Some("unreachable") => say("broken-unreachable"),
            Some("refused") => say("broken-refused"),
            Some("no-list") => say("broken-no-list"),
            Some("slow") => say("broken-slow"),
            _ => say("broken-cut"),
        };
        view! {
            <Banner kind=Kind::Error kind_label=say("error") title=say("broken-title")>
                <p>{what}</p>
                <p>{say("broken-next")}</p>
            </Banner>
        }
    });
    let faults = (list.faults > 0).then(|| {
        let title = say_with("faults-title", &[("count", list.faults.into())]);
        let rows = view
            .faults
            .iter()
            .map(|(line, fault)| Row {
                head: say_with("line", &[("line", (*line).into())]).into_any(),
                cells: vec![fault_words(fault).into_any()],
            })
            .collect();
        let columns = [say("column-line"), say("column-mend")].map(str::to_owned).to_vec();
        let address = format!("/console/sendings/{}", view.row.id);
        let before = (view.from.fault > 0).then(|| (say("first-lines").to_owned(), format!("{address}?still=1")));
        let after = view.more_faults().map(|line| (say("next-lines").to_owned(), format!("{address}?faults={line}")));
        view! {
            <Banner kind=Kind::Error kind_label=say("error") title=title>
                <p>{say("faults-next")}</p>
            </Banner>
            <Table caption=say("faults-caption") columns rows/>
            <Pager label=say("faults-pages") place=say("faults-order") before after/>
        }
    });
    view! { {broken} {faults} }.into_any()
}

/// See [`crate::list::LineFault::kept`]. What lists of before say is understood too.
fn fault_words(fault: &str) -> String {
    let (word, name) = fault.split_once(':').unwrap_or((fault, ""));
    let named = |key: &str| say_with(key, &[("name", name.into())]);
    match word {
        "not-utf8" => named("fault-not-utf8"),
        "charset" => say("fault-charset").to_owned(),
        "utf-16" => say("fault-utf-16").to_owned(),
        "spreadsheet" => say("fault-spreadsheet").to_owned(),
        "line-too-long" => say("fault-line-too-long").to_owned(),
        "json" | "not-object" => say("fault-not-object").to_owned(),
        "not-json" => named("fault-not-json"),
        "member-unknown" => say("fault-member-unknown").to_owned(),
        "field-twice" => say("fault-field-twice").to_owned(),
        "quote-open" => say("fault-quote-open").to_owned(),
        "not-csv" => say("fault-not-csv").to_owned(),
        "cells" | "columns" => say("fault-cells").to_owned(),
        "head" => say("fault-head").to_owned(),
        "separator" => say("fault-separator").to_owned(),
        "column-twice" => say("fault-column-twice").to_owned(),
        "column-unknown" => named("fault-column-unknown"),
        "column-missing" => named("fault-column-missing"),
        "link-code" => say("fault-link-code").to_owned(),
        "field-missing" => named("fault-field-missing"),
        "field-unknown" => named("fault-field-unknown"),
        "field-text" => say("fault-field-text").to_owned(),
        "does-not-fit" => say("fault-does-not-fit").to_owned(),
        "cut-off" => say("fault-cut-off").to_owned(),
        "duplicate" => named("fault-duplicate"),
        "too-many-lines" => say("fault-too-many-lines").to_owned(),
        other => other.to_owned(),
    }
}

/// How far it is, and to whom it did not come.
fn outcome(view: &View, role: Role) -> AnyView {
    let row = &view.row;
    // Who only looks on sees no small numbers, and no lines (R11, R21).
    let looks_on = role == Role::View;
    if row.issued_at.is_none() {
        return ().into_any();
    }
    let settled = view.settled();
    let share = (settled * 100).checked_div(row.recipients).unwrap_or(0);
    let words = say_with(
        "progress-words",
        &[("all", row.recipients.into()), ("settled", settled.into()), ("share", share.into())],
    );
    let facts = [
        (say("outcome-accepted-people"), row.accepted),
        (say("outcome-undeliverable-people"), row.undeliverable),
        (say("outcome-unknown-lines"), row.unknown),
        (say("outcome-waiting-people"), row.recipients.saturating_sub(settled)),
    ]
    .map(|(term, count)| {
        Fact::new(term, if looks_on { words::people(count) } else { say_with("people", &[("count", count.into())]) })
    })
    .into();
    let rows: Vec<Row> = view
        .unreached
        .iter()
        .map(|(place, outcome)| Row {
            head: say_with("line", &[("line", (u64::from(*place) + 1).into())]).into_any(),
            cells: vec![words::outcome(*outcome).into_any()],
        })
        .collect();
    let unreached = (!rows.is_empty() && !looks_on).then(|| {
        let columns = [say("column-list-line"), say("column-outcome")].map(str::to_owned).to_vec();
        let address = format!("/console/sendings/{}", row.id);
        let turned = view.from.unreached > 0;
        let before = turned.then(|| (say("first-lines").to_owned(), format!("{address}?still=1")));
        let after =
            view.more_unreached().map(|place| (say("next-lines").to_owned(), format!("{address}?unreached={place}")));
        view! {
            <Disclosure summary=say("unreached") open=turned>
                <p class="measured">{say("unreached-lead")}</p>
                <Table caption=say("unreached") columns rows/>
                <Pager label=say("unreached-pages") place=say("unreached-order") before after/>
            </Disclosure>
        }
    });
    view! {
        <section class="flow">
            <h2>{say("progress")}</h2>
            <p>{words}</p>
            <progress class="progress-bar" max=row.recipients value=settled aria-label=say("progress")></progress>
            <DescriptionList facts/>
            {unreached}
        </section>
    }
    .into_any()
}

/// R21: numbers of people, and few people not at all.
fn statistics(view: &View, role: Role) -> AnyView {
    if view.row.issued_at.is_none() {
        return ().into_any();
    }
    let states = view.draft.wants_states.then(|| {
        let all = [
            NoticeState::Arrived,
            NoticeState::OpenedByPerson,
            NoticeState::OpenedByRepresentative,
            NoticeState::NotReceived,
        ];
        let facts =
            all.map(|state| Fact::new(words::notice_state(state), words::people(view.reached(Some(state))))).into();
        view! {
            <p class="measured">{say("statistics-lead")}</p>
            <DescriptionList facts/>
        }
    });
    let replies = view.draft.reply.is_some().then(|| {
        let count = say_with("replies-count", &[("people", words::people(view.reached(None)).into())]);
        let link = (role != Role::View).then(|| {
            let href = format!("/console/sendings/{}/replies", view.row.id);
            view! { <p><LinkButton text=say("replies-see") href look=ButtonLook::Outline/></p> }
        });
        view! { <p>{count}</p>{link} }
    });
    if states.is_none() && replies.is_none() {
        return ().into_any();
    }
    view! {
        <section class="flow">
            <h2>{say("statistics")}</h2>
            {states}
            {replies}
        </section>
    }
    .into_any()
}

/// What the checker says; to the drafter and to the approver.
pub(super) fn advice(warnings: &[Warning]) -> AnyView {
    if warnings.is_empty() {
        return ().into_any();
    }
    let title = say_with("advice-title", &[("count", warnings.len().into())]);
    let lines = warnings
        .iter()
        .map(|warning| {
            let (what, next) = warning.words();
            let place = super::draft::place(warning);
            view! { <li><strong>{place}</strong>" "{what}{next}</li> }
        })
        .collect_view();
    view! {
        <Banner kind=Kind::Warning kind_label=say("warning") title=title>
            <p>{say("advice-lead")}</p>
            <ul class="flow-tight">{lines}</ul>
        </Banner>
    }
    .into_any()
}

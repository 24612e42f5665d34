//! One source: the tables of an answer, or why there is none.

use domain::{InfoKind, OrgCode};
use leptos::prelude::*;
use portal::{OwnAnswer, OwnSource, SourceFailure};
use ui::{Banner, Button, ButtonLook, ButtonSize, Kind, Row, Table};
use wording::{InformationRecord, InformationTable, Key, key};

use crate::context::Here;
use crate::paths;

/// What an institution answered: who and when, then its tables, each field with a line of help.
#[component]
pub(super) fn Answer(here: Here, place: u32, provider: OrgCode, kind: InfoKind, answer: OwnAnswer) -> impl IntoView {
    let words = wording::information(here.locale(), here.years(), &kind, answer.schema_version, &answer.fields);
    let institution = wording::organisation(here.locale(), &provider);
    let values = [("institution", institution.as_str().into()), ("when", here.when(answer.at).into())];
    let answered = here.format(key::OWN_ANSWERED, &values);
    let (id, heading) = (format!("source-{place}"), format!("source-{place}-title"));
    let labelled_by = heading.clone();
    let tables = words.tables.into_iter().map(|table| tables(&here, table)).collect_view();
    let report = here.format(key::REPORT_LINK, &[("kind", words.caption.as_str().into())]);
    view! {
        <section class="source" id=id aria-labelledby=labelled_by>
            <h2 id=heading>{words.caption}" "<span class="source-of">{institution}</span></h2>
            <p class="measured">{words.about}</p>
            <p class="soft small">{answered}</p>
            {words.note.map(|note| view! { <p class="notice-box measured">{note}</p> })}
            {tables}
            <p><a class="way" href=paths::report(place)>{report}</a></p>
        </section>
    }
}

fn tables(here: &Here, table: InformationTable) -> impl IntoView + use<> {
    let InformationTable { caption, records, .. } = table;
    records.into_iter().map(|record| record_table(here, &caption, record)).collect_view()
}

fn record_table(here: &Here, caption: &str, record: InformationRecord) -> impl IntoView + use<> {
    let caption = match record.caption {
        Some(which) => format!("{caption} {which}"),
        None => caption.to_owned(),
    };
    let rows = record
        .rows
        .into_iter()
        .map(|row| {
            let head = view! { <span>{row.label}</span><span class="field-help">{row.help}</span> };
            Row { head: head.into_any(), cells: vec![row.value.into_any()] }
        })
        .collect();
    view! { <Table caption columns=vec![here.text(key::OWN_FIELD), here.text(key::OWN_VALUE)] rows/> }
}

/// Why an institution's information cannot be shown, and the way to ask again. `why` is None while it is waited for.
#[component]
pub(super) fn Failure(here: Here, source: OwnSource, why: Option<SourceFailure>) -> impl IntoView {
    let (institution, kind) = names(&here, &source);
    let named =
        |key: Key| here.format(key, &[("institution", institution.as_str().into()), ("kind", kind.as_str().into())]);
    let Some(why) = why else {
        return view! { <p class="source-nothing">{named(key::OWN_WAITING_TEXT)}</p> }.into_any();
    };
    let again = named(key::OWN_AGAIN_OF);
    view! {
        <Banner kind=Kind::Warning kind_label=here.text(key::LAYOUT_KIND_WARNING) title=named(key::OWN_FAILED_TITLE)>
            <p>{here.text(reason(why))}</p>
            <form method="post" action=paths::INFORMATION_AGAIN>
                <input type="hidden" name="place" value=source.place.to_string()/>
                <Button text=again look=ButtonLook::Outline size=ButtonSize::Small/>
            </form>
        </Banner>
    }
    .into_any()
}

/// That an institution holds nothing of a kind, in one line.
pub(super) fn nothing_held(here: &Here, source: &OwnSource) -> String {
    let (institution, kind) = names(here, source);
    here.format(key::OWN_NOTHING_TEXT, &[("institution", institution.into()), ("kind", kind.into())])
}

fn names(here: &Here, source: &OwnSource) -> (String, String) {
    let institution = wording::organisation(here.locale(), &source.provider);
    (institution, wording::info_kind(here.locale(), &source.info_kind))
}

fn reason(why: SourceFailure) -> Key {
    match why {
        SourceFailure::Late => key::OWN_FAILED_LATE,
        SourceFailure::Unreachable => key::OWN_FAILED_UNREACHABLE,
        SourceFailure::Refused => key::OWN_FAILED_REFUSED,
        SourceFailure::Unbelievable => key::OWN_FAILED_UNBELIEVABLE,
        SourceFailure::TooMuch => key::OWN_FAILED_TOO_MUCH,
        SourceFailure::NotKept => key::OWN_FAILED_NOT_KEPT,
        SourceFailure::Interrupted => key::OWN_FAILED_INTERRUPTED,
    }
}

//! まちがいを知らせる: what looks wrong, in the person's words, to the institution that answered (P-INF-12).

use domain::{InfoKind, InformationField, OrgCode};
use http::StatusCode;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portal::{OPEN_REPORTS_MAX, OwnAnswer, OwnSource, OwnState, ReportWords, WordsFault};
use ui::{Banner, Button, Choice, ErrorSummary, FieldError, FieldText, Kind, Need, SelectField, TextArea};
use wording::{Key, key};

use super::answer;
use crate::components::{PortalPage, Trail};
use crate::context::Here;
use crate::paths;

/// A report that was not sent, as it was typed. It is shown again with the answer to the form, and kept nowhere.
#[derive(Clone)]
pub struct ReportDraft {
    /// As the form had it.
    pub field: String,
    /// As the form had it.
    pub words: String,
    /// What came of it.
    pub fault: ReportFault,
}

/// Why a report was not sent, or may not have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFault {
    /// The words.
    Words(WordsFault),
    /// The field is none of the answer's.
    Field,
    /// No answer; it may have arrived.
    Unreachable,
    /// As many as may wait for an answer there do.
    TooMany,
    /// The institution did not take it.
    Refused,
    /// Certificate or receipt are not the institution's.
    Unbelievable,
}

impl std::fmt::Debug for ReportDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ReportDraft({:?})", self.fault)
    }
}

impl ReportFault {
    fn status(self) -> StatusCode {
        match self {
            Self::Words(_) | Self::Field => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Refused => StatusCode::CONFLICT,
            Self::Unreachable | Self::Unbelievable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

pub(crate) fn report() -> impl IntoView {
    let place = use_params_map().with_untracked(|params| params.get_str("place").map(str::parse::<u32>));
    let draft = use_context::<ReportDraft>();
    answer::holding(move |here, who, holder, portal| async move {
        let Some(Ok(place)) = place else { return answer::not_found(here) };
        match portal.own_source(&who, &holder, place).await {
            Ok(OwnSource { provider, info_kind, state: OwnState::Answered(answer), .. }) => {
                if let Some(draft) = &draft {
                    answer::set_status(draft.fault.status());
                }
                let about = About { place, provider, kind: info_kind, answer: *answer };
                view! { <Report here about draft/> }.into_any()
            }
            // Nothing arrived that could be wrong.
            Ok(_) => answer::not_found(here),
            Err(error) => answer::information_failed(here, &error),
        }
    })
}

/// The answer that looks wrong.
pub(super) struct About {
    pub(super) place: u32,
    pub(super) provider: OrgCode,
    pub(super) kind: InfoKind,
    pub(super) answer: OwnAnswer,
}

#[component]
pub(super) fn Report(here: Here, about: About, draft: Option<ReportDraft>) -> impl IntoView {
    let About { place, provider, kind, answer } = about;
    let institution = wording::organisation(here.locale(), &provider);
    let text = here.texts();
    let told = wording::information(here.locale(), here.years(), &kind, answer.schema_version, &answer.fields);
    let when = here.when(answer.at);
    let named = |key: Key| {
        let institution = institution.as_str();
        here.format(
            key,
            &[
                ("institution", institution.into()),
                ("kind", told.caption.as_str().into()),
                ("when", when.as_str().into()),
                ("count", OPEN_REPORTS_MAX.into()),
            ],
        )
    };
    let (title, trail) = (text(key::REPORT_TITLE), Trail::Below(text(key::OWN_TITLE), paths::INFORMATION));
    let fault = draft.as_ref().map(|draft| draft.fault);
    let (chosen, typed) = draft.map(|draft| (draft.field, draft.words)).unwrap_or_default();
    let field_error = (fault == Some(ReportFault::Field)).then(|| text(key::REPORT_FIELD_WRONG));
    let words_error = match fault {
        Some(ReportFault::Words(fault)) => Some(words_fault(&here, fault, &typed)),
        _ => None,
    };
    let errors = [("field", &field_error), ("words", &words_error)]
        .into_iter()
        .filter_map(|(id, error)| Some(FieldError { field_id: id.to_owned(), text: error.clone()? }))
        .collect();
    let not_sent = fault.and_then(not_sent).map(|(title, why)| {
        let (title, why) = (text(title), named(why));
        view! { <Banner kind=Kind::Error kind_label=text(key::LAYOUT_KIND_ERROR) title><p>{why}</p></Banner> }
    });
    let choices = choices(&here, &told, &answer.fields);
    let field_text =
        FieldText::label(text(key::REPORT_FIELD)).support(text(key::REPORT_FIELD_SUPPORT)).error(field_error);
    let words_text = FieldText {
        need: Some(Need::Required(text(key::LAYOUT_REQUIRED))),
        ..FieldText::label(text(key::REPORT_WORDS)).support(text(key::REPORT_WORDS_SUPPORT)).error(words_error)
    };
    let next = [key::REPORT_NEXT_SEAL, key::REPORT_NEXT_PERSON, key::REPORT_NEXT_ANSWER, key::REPORT_NEXT_CHANGE].map(
        |line| {
            let line = named(line);
            view! { <li>{line}</li> }
        },
    );
    let [lead, answered, send] = [key::REPORT_LEAD, key::REPORT_ANSWERED, key::REPORT_SEND].map(named);
    let action = format!("{}/send", paths::report(place));
    view! {
        <PortalPage here=here.clone() title=title.clone() trail>
            <h1>{title}</h1>
            {not_sent}
            <ErrorSummary title=text(key::REPORT_ERRORS) errors/>
            <p class="lead measured">{lead}</p>
            <p class="soft small">{answered}</p>
            <form method="post" action=action class="stack apart">
                <SelectField id="field" name="field" text=field_text choices chosen/>
                <TextArea id="words" name="words" text=words_text rows=8 value=typed/>
                <h2>{text(key::REPORT_NEXT)}</h2>
                <ul class="flow-tight measured">{next}</ul>
                <div class="actions"><Button text=send/></div>
            </form>
            <p><a class="way" href=format!("{}#source-{place}", paths::INFORMATION)>{text(key::REPORT_BACK)}</a></p>
        </PortalPage>
    }
}

fn not_sent(fault: ReportFault) -> Option<(Key, Key)> {
    match fault {
        ReportFault::Words(_) | ReportFault::Field => None,
        ReportFault::Unreachable => Some((key::REPORT_FAILED, key::REPORT_FAILED_UNREACHABLE)),
        ReportFault::TooMany => Some((key::REPORT_NOT_TAKEN, key::REPORT_FAILED_TOO_MANY)),
        ReportFault::Refused => Some((key::REPORT_NOT_TAKEN, key::REPORT_FAILED_REFUSED)),
        ReportFault::Unbelievable => Some((key::REPORT_FAILED, key::REPORT_FAILED_UNBELIEVABLE)),
    }
}

fn words_fault(here: &Here, fault: WordsFault, typed: &str) -> String {
    match fault {
        WordsFault::Empty => here.text(key::REPORT_WORDS_EMPTY),
        WordsFault::TooLong => {
            let count = ReportWords::chars_in(typed) as u64;
            here.format(key::REPORT_WORDS_TOO_LONG, &[("count", count.into())])
        }
        WordsFault::Unprintable | WordsFault::NotNormal => here.text(key::REPORT_WORDS_UNPRINTABLE),
    }
}

/// 「全体について」, then every field as the page of the answer tells it; its value is its number in the answer.
fn choices(here: &Here, told: &wording::InformationWords, fields: &[InformationField]) -> Vec<Choice> {
    let mut free: Vec<Option<&InformationField>> = fields.iter().map(Some).collect();
    let mut all = vec![Choice::new("", here.text(key::REPORT_FIELD_WHOLE))];
    for table in &told.tables {
        for record in &table.records {
            let parts: Vec<&str> =
                [&table.period, &record.caption].into_iter().filter_map(|part| part.as_deref()).collect();
            let which = parts.join(" ");
            for row in &record.rows {
                let Some(place) = free.iter().position(|field| *field == Some(&row.field)) else { continue };
                if let Some(taken) = free.get_mut(place) {
                    *taken = None;
                }
                let (label, value) = (row.label.as_str().into(), shortened(&row.value).into());
                let words = if which.is_empty() {
                    here.format(key::REPORT_FIELD_CHOICE, &[("label", label), ("value", value)])
                } else {
                    let period = which.as_str().into();
                    here.format(
                        key::REPORT_FIELD_CHOICE_PERIOD,
                        &[("label", label), ("value", value), ("period", period)],
                    )
                };
                all.push(Choice::new(place.to_string(), words));
            }
        }
    }
    all
}

/// A choice stands in one line.
fn shortened(value: &str) -> String {
    const CHARS_MAX: usize = 40;
    if value.chars().count() <= CHARS_MAX {
        return value.to_owned();
    }
    let begin: String = value.chars().take(CHARS_MAX).collect();
    format!("{begin}…")
}

#[cfg(test)]
pub(super) mod tests;

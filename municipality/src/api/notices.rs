//! One notice to one person, or to a few.

use axum::extract::State;
use axum::response::Response;
use domain::LinkCode;
use http::StatusCode;
use jiff::Timestamp;
use runtime::SystemRng;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::ApiState;
use super::body::{Answer, Posted};
use super::client::Client;
use super::draft::{self, DraftForm, Said, draft_error, field_code};
use super::intake::{Posting, Taken};
use super::problem::{Problem, ProblemBody, RowError};
use super::sendings::{self, quota};
use super::templates;
use crate::draft::{DraftFault, Fields};
use crate::store::{ClientRow, NewRecipient, PostedSending, SendingId};

/// More are a bulk: `POST /api/v1/sendings`.
pub(super) const RECIPIENTS_MAX: usize = 100;

/// A notice and for whom it is.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Notice)]
pub(super) struct NoticeForm {
    /// A template; what `draft` says stands in place of what it says, in `reply` member by member.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    template: Option<String>,
    /// What is to be said.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[schema(value_type = Option<DraftForm>)]
    draft: Option<Value>,
    /// One to 100.
    recipients: Vec<RecipientForm>,
    /// Not before.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    starts_at: Option<Timestamp>,
}

/// For whom.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Recipient)]
pub(super) struct RecipientForm {
    /// The institution's own link code of the person: 43 letters of base64url.
    pub(super) link_code: String,
    /// What is filled in where the draft says `{{name}}`: something for each, and not only spaces.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[schema(value_type = Option<std::collections::BTreeMap<String, String>>)]
    pub(super) fields: Option<Fields>,
}

/// What was taken.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = Accepted)]
pub(super) struct AcceptedView {
    /// The sending's id; also the notice's, unless each recipient has a letter of their own.
    pub(super) id: String,
    /// Where it is.
    pub(super) state: String,
    /// For how many.
    pub(super) recipients: u64,
}

/// Send one notice to one person, or to up to 100.
///
/// 202 says that it is stored here and goes out by itself; `Location` says where its state can be read.
#[utoipa::path(
    post, path = "/api/v1/notices", tag = "notices",
    params(("Idempotency-Key" = String, Header, description = "New for every new notice; the same again gets the same answer for 24 hours")),
    request_body = NoticeForm,
    responses(
        (status = 202, description = "Stored; it goes out by itself", body = AcceptedView),
        (status = 403, description = "The day's quota is used up", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "Too long", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "What is wrong where", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "Too often", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("client" = [])),
)]
pub(super) async fn post_notice(
    State(state): State<ApiState>,
    Client(client): Client,
    Posted { value: form, key }: Posted<NoticeForm>,
) -> Result<Response, Problem> {
    let now = state.clock.now();
    let checked = match check(&state, &client, form, now).await {
        Ok(checked) => checked,
        // What was right when it came first may be too late now: the same again gets the same answer.
        Err(problem) => return key.answered(&state, &client).await?.ok_or(problem),
    };
    let id = SendingId::generate(&mut SystemRng);
    let recipients = checked.recipients.len() as u64;
    let answer = accepted(id, "released", recipients);
    let posted = PostedSending {
        sending: sendings::new_sending(id, client.maker(), &checked.said, checked.starts_at, now)?,
        files: checked.said.files,
        recipients: checked.recipients,
    };
    let claim = key.claim_with(&client, &answer);
    match state.intake.take(Posting { client: client.clone(), claim, posted }).await? {
        Taken::Stored => {
            state.sender.wake();
            Ok(answer.into_response())
        }
        Taken::Answered(earlier) => key.again(earlier),
        Taken::OverQuota => Err(quota::exceeded(&state.store, &client, recipients, now).await?),
        Taken::TryAgain => Err(Problem::of_status(StatusCode::SERVICE_UNAVAILABLE)),
    }
}

pub(super) fn accepted(id: SendingId, state: &str, recipients: u64) -> Answer {
    let view = AcceptedView { id: id.to_string(), state: state.to_owned(), recipients };
    let location = Some(sendings::location(id));
    Answer { status: StatusCode::ACCEPTED, location, body: serde_json::json!(view) }
}

/// A notice that can be sent to everybody who is named.
pub(super) struct Checked {
    pub(super) said: Said,
    pub(super) recipients: Vec<NewRecipient>,
    pub(super) starts_at: Timestamp,
}

pub(super) async fn check(
    state: &ApiState,
    client: &ClientRow,
    form: NoticeForm,
    now: Timestamp,
) -> Result<Checked, Problem> {
    let value = templates::drafted(state, client, form.template.as_deref(), form.draft).await?;
    let said = draft::read(state, client, value, "/draft", now).await?;
    let starts_at = sendings::start(form.starts_at, &said.draft, now)?;
    if !(1..=RECIPIENTS_MAX).contains(&form.recipients.len()) {
        let detail = format!("one to {RECIPIENTS_MAX} recipients; more are a sending");
        return Err(Problem::invalid(vec![RowError::at("/recipients", "recipients", detail)]));
    }
    let mut errors = Vec::new();
    let mut seen: Vec<LinkCode> = Vec::with_capacity(form.recipients.len());
    let mut recipients = Vec::with_capacity(form.recipients.len());
    for (place, one) in (0u32..).zip(form.recipients) {
        let at = format!("/recipients/{place}");
        let Ok(link_code) = one.link_code.parse::<LinkCode>() else {
            errors.push(RowError::at(format!("{at}/link_code"), "link-code", "43 letters of base64url are expected"));
            continue;
        };
        if let Some(earlier) = seen.iter().position(|seen| *seen == link_code) {
            errors.push(RowError::at(
                format!("{at}/link_code"),
                "duplicate",
                format!("the same as /recipients/{earlier}"),
            ));
        }
        let fields = one.fields.unwrap_or_default();
        if let Err(fault) = fitting(state, &said, &fields, now) {
            errors.push(field_error(&fault, &at));
        }
        seen.push(link_code.clone());
        recipients.push(NewRecipient { place, link_code, fields: sendings::fields_json(&said, &fields) });
    }
    if errors.is_empty() { Ok(Checked { said, recipients, starts_at }) } else { Err(Problem::invalid(errors)) }
}

/// Without places nobody has fields, and the draft itself was looked at already.
fn fitting(state: &ApiState, said: &Said, fields: &Fields, now: Timestamp) -> Result<(), DraftFault> {
    if said.places.is_empty() && fields.is_empty() { Ok(()) } else { draft::filled(state, &said.draft, fields, now) }
}

fn field_error(fault: &DraftFault, at: &str) -> RowError {
    match fault {
        DraftFault::Field(fault) => RowError::at(format!("{at}/fields"), field_code(fault), fault.to_string()),
        other => RowError { pointer: Some(format!("{at}/fields")), ..draft_error(other, "") },
    }
}

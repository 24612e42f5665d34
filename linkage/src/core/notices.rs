//! Notices on their way (P-PSH-2): the core converts the codes, says whose notice it is, and passes the rest on unread
//! (N-5). It keeps nothing of them: what the portal answers is what the sender hears, and whoever hears nothing sends
//! again.
//!
//! Nothing about a person goes to anybody, so there is no access record; a line of the core's own log says how many went
//! by.

use std::sync::Arc;

use axum::{Router, extract::DefaultBodyLimit, extract::State, routing::post};
use domain::OrgCode;
use http::StatusCode;
use serde::{Serialize, de::DeserializeOwned};
use wire::correction_report::CertificateAnswer;
use wire::notice::{
    ATTACHMENT_MESSAGE_BYTES_MAX, ATTACHMENT_PATH, AttachmentDelivery, CERTIFICATE_PATH, DELIVERIES_MESSAGE_BYTES_MAX,
    DELIVERIES_PATH, Deliveries, DeliveriesAnswer, ForPortal, LETTER_MESSAGE_BYTES_MAX, LETTER_PATH, LetterTaken,
    RECIPIENTS_MAX, RETURNS_PATH, Returns, ReturnsRequest, SealedLetter, WITHDRAWAL_PATH, WithdrawalDelivery, refusal,
};

use self::places::Sorted;
use super::{
    Core,
    conversion::{self, ConversionError},
};
use crate::party::{Message, PORTAL, PeerError, PeerOrg, Refusal, is_authority};

mod places;

pub(super) fn routes() -> Router<Arc<Core>> {
    let bytes = DefaultBodyLimit::max;
    Router::new()
        .route(CERTIFICATE_PATH, post(certificate))
        .route(LETTER_PATH, post(letter).layer(bytes(LETTER_MESSAGE_BYTES_MAX)))
        .route(ATTACHMENT_PATH, post(attachment).layer(bytes(ATTACHMENT_MESSAGE_BYTES_MAX)))
        .route(DELIVERIES_PATH, post(deliveries).layer(bytes(DELIVERIES_MESSAGE_BYTES_MAX)))
        .route(WITHDRAWAL_PATH, post(withdrawal))
        .route(RETURNS_PATH, post(returns))
}

type Answer<T> = Result<axum::Json<T>, Refusal>;

async fn certificate(State(core): State<Arc<Core>>, peer: PeerOrg) -> Answer<CertificateAnswer> {
    let sender = sender(peer)?;
    Ok(axum::Json(core.ask_portal(CERTIFICATE_PATH, sender, ()).await?))
}

async fn letter(
    State(core): State<Arc<Core>>,
    peer: PeerOrg,
    Message(letter): Message<SealedLetter>,
) -> Answer<LetterTaken> {
    core.take_along(LETTER_PATH, sender(peer)?, letter).await
}

async fn attachment(
    State(core): State<Arc<Core>>,
    peer: PeerOrg,
    Message(attachment): Message<AttachmentDelivery>,
) -> Answer<LetterTaken> {
    core.take_along(ATTACHMENT_PATH, sender(peer)?, attachment).await
}

async fn withdrawal(
    State(core): State<Arc<Core>>,
    peer: PeerOrg,
    Message(withdrawal): Message<WithdrawalDelivery>,
) -> Answer<LetterTaken> {
    core.take_along(WITHDRAWAL_PATH, sender(peer)?, withdrawal).await
}

async fn deliveries(
    State(core): State<Arc<Core>>,
    peer: PeerOrg,
    Message(deliveries): Message<Deliveries>,
) -> Answer<DeliveriesAnswer> {
    let sender = sender(peer)?;
    Ok(axum::Json(core.pass_deliveries_on(sender, deliveries).await?))
}

async fn returns(
    State(core): State<Arc<Core>>,
    peer: PeerOrg,
    Message(request): Message<ReturnsRequest>,
) -> Answer<Returns> {
    let sender = sender(peer)?;
    Ok(axum::Json(core.bring_back(sender, request).await?))
}

/// Institutions send notices; whoever runs the platform, and the portal itself, do not.
fn sender(peer: PeerOrg) -> Result<OrgCode, Refusal> {
    let PeerOrg(org) = peer;
    if is_authority(&org) || org == *PORTAL {
        tracing::warn!(peer = %org, "refused a notice of a party that sends none");
        return Err(Refusal::new(StatusCode::FORBIDDEN, refusal::MAY_NOT_SEND, "this organisation sends no notices"));
    }
    Ok(org)
}

/// Why a message was not passed on, or not answered.
#[derive(Debug, thiserror::Error)]
enum NoticeError {
    #[error("more than {RECIPIENTS_MAX} recipients at once, or a notice twice")]
    TooMuch,
    #[error("the portal refused with status {} ({})", .0.status, .0.kind)]
    Refused(wire::Problem),
    #[error("the portal gave no answer")]
    Unreachable,
    #[error("codes cannot be converted")]
    Conversion(#[from] ConversionError),
}

impl Core {
    async fn take_along(&self, path: &str, sender: OrgCode, message: impl Serialize) -> Answer<LetterTaken> {
        Ok(axum::Json(self.ask_portal(path, sender, message).await?))
    }

    async fn pass_deliveries_on(
        &self,
        sender: OrgCode,
        deliveries: Deliveries,
    ) -> Result<DeliveriesAnswer, NoticeError> {
        let recipients = deliveries.items.iter().map(|item| item.recipients.len()).sum::<usize>();
        let mut notices: Vec<_> = deliveries.items.iter().map(|item| item.notice).collect();
        notices.sort_unstable();
        notices.dedup();
        if recipients > RECIPIENTS_MAX || notices.len() > RECIPIENTS_MAX || notices.len() != deliveries.items.len() {
            return Err(NoticeError::TooMuch);
        }
        let codes: Vec<_> = deliveries.items.iter().flat_map(|item| &item.recipients).cloned().collect();
        let converted = conversion::convert_many(self, &sender, &codes, &PORTAL).await?;
        let sorted = Sorted::of(deliveries, converted);
        let answer: DeliveriesAnswer = self.ask_portal(DELIVERIES_PATH, sender.clone(), sorted.for_portal()).await?;
        let answer = sorted.for_sender(answer).ok_or_else(|| {
            tracing::error!("the portal answered other deliveries");
            NoticeError::Unreachable
        })?;
        tracing::info!(%sender, notices = answer.items.len(), recipients, "passed on notices");
        Ok(answer)
    }

    async fn bring_back(&self, sender: OrgCode, request: ReturnsRequest) -> Result<Returns, NoticeError> {
        let returns: Returns = self.ask_portal(RETURNS_PATH, sender.clone(), request).await?;
        let codes: Vec<_> = returns.items.iter().map(|item| item.link_code.clone()).collect();
        let converted = conversion::convert_many(self, &PORTAL, &codes, &sender).await?;
        let items = returns.items.into_iter().zip(converted).filter_map(|(mut item, converted)| {
            // The sender has no code of the person any more: it cannot be told whom this is about.
            item.link_code = converted?.other?;
            Some(item)
        });
        Ok(Returns { items: items.collect(), next: returns.next })
    }

    async fn ask_portal<R: DeserializeOwned>(
        &self,
        path: &str,
        sender: OrgCode,
        message: impl Serialize,
    ) -> Result<R, NoticeError> {
        let asked = self.party.peers.post(&PORTAL, path, &ForPortal { sender, message }).await;
        asked.map_err(|error| match error {
            PeerError::Problem(problem) if problem.status < 500 => NoticeError::Refused(problem),
            PeerError::Problem(_) | PeerError::Unreachable { .. } | PeerError::Malformed => {
                tracing::warn!(%error, "the portal did not take a notice");
                NoticeError::Unreachable
            }
        })
    }
}

impl From<NoticeError> for Refusal {
    fn from(error: NoticeError) -> Self {
        match &error {
            NoticeError::TooMuch => Self::new(StatusCode::PAYLOAD_TOO_LARGE, refusal::TOO_MUCH, &error.to_string()),
            NoticeError::Refused(problem) => Self(problem.clone()),
            NoticeError::Unreachable => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, refusal::PORTAL_UNREACHABLE, &error.to_string())
            }
            NoticeError::Conversion(_) => Self::unavailable(&error),
        }
    }
}

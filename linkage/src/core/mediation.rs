//! Mediation ①–⑤ (S4 L409), in this order and no other (B-MED-1): an unlawful request never touches the ID table.
//!
//! ⑤ "the provider was never given a code" is outwardly the same as "the provider holds nothing" (B-MED-4), in bytes
//! and in time, because it takes the same road: the provider is asked under a random code that nobody has. Only the
//! core's log knows the difference.

use std::sync::Arc;

use axum::extract::State;
use domain::{AccessRecordId, LinkCode, OrgCode};
use http::StatusCode;
use rand_core::Rng as _;
use wire::mediation::{MediationAnswer, MediationRequest, TransferMode, refusal};

use super::{
    Core,
    access_log::{Cause, Entry, LogUnavailable, Whose},
    conversion::{self, ConversionError},
    transfer::{Carried, Exchange, carry},
};
use crate::{
    party::{Message, PeerOrg, Refusal},
    whitelist::{Ground, Tuple},
};

/// `POST /v1/mediations`. Runs to its end even if the requester hangs up: what was asked is also logged to its end.
pub(super) async fn post_mediation(
    State(core): State<Arc<Core>>,
    PeerOrg(channel): PeerOrg,
    Message(request): Message<MediationRequest>,
) -> Result<axum::Json<MediationAnswer>, Refusal> {
    let work = tokio::spawn(async move { core.mediate(&channel, request).await });
    match work.await {
        Ok(ended) => ended.map(axum::Json).map_err(Refusal::from),
        Err(died) => Err(Refusal::unavailable(&died)),
    }
}

/// Why nothing was mediated. Each but the last names the access record that tells of it.
#[derive(Debug, thiserror::Error)]
pub(super) enum MediationError {
    #[error("field A is not the organisation of the channel")]
    RequesterMismatch(AccessRecordId),
    #[error("no row of the whitelist allows this")]
    BpNotWhitelisted(AccessRecordId),
    #[error("the code was not issued to the requester")]
    RequesterCodeNotIssued(AccessRecordId),
    #[error("the ID table cannot be read")]
    IdTableUnavailable(AccessRecordId, #[source] ConversionError),
    #[error("the provider gave no answer")]
    ProviderUnreachable(AccessRecordId),
    #[error("the provider did not answer in time")]
    ProviderLate(AccessRecordId),
    #[error("the provider answered another inquiry")]
    ProviderAnswerMismatch(AccessRecordId),
    #[error("nothing is released without log")]
    LogUnavailable(#[from] LogUnavailable),
}

impl Core {
    /// ① has been parsed; the channel says who asks.
    pub(super) async fn mediate(
        &self,
        channel: &OrgCode,
        request: MediationRequest,
    ) -> Result<MediationAnswer, MediationError> {
        let mut rng = self.rng.clone();
        let id = AccessRecordId::generate(&mut rng);
        let now = self.party.now();
        let tuple = Tuple {
            requester: channel.clone(),
            provider: request.provider.clone(),
            info_kind: request.info_kind.clone(),
            bp: request.bp.clone(),
        };
        let mut entry = Entry {
            id,
            accessed_at: now,
            bp: &tuple.bp,
            whitelist_version: None,
            ground: Ground::ByLaw,
            requester: &tuple.requester,
            provider: &tuple.provider,
            info_kind: &tuple.info_kind,
            whose: Whose::Presented(&request.link_code),
        };

        if request.requester != *channel {
            self.log.ended(&entry, Cause::RequesterMismatch).await?;
            return Err(MediationError::RequesterMismatch(id));
        }

        // ② lawful?
        let whitelists = self.whitelists();
        let allowed = whitelists.in_force(now).and_then(|list| {
            let row = list.allows(&tuple)?;
            Some((list.version(), row))
        });
        let Some((version, row)) = allowed else {
            self.log.ended(&entry, Cause::BpNotWhitelisted).await?;
            return Err(MediationError::BpNotWhitelisted(id));
        };
        entry.whitelist_version = Some(version);
        entry.ground = row.ground;

        // ③ LA valid? ④ LA → ID code → LB
        let converted = conversion::convert(self, channel, &request.link_code, &tuple.provider).await;
        let converted = match converted {
            Ok(Some(converted)) => converted,
            Ok(None) => {
                self.log.ended(&entry, Cause::RequesterCodeNotIssued).await?;
                return Err(MediationError::RequesterCodeNotIssued(id));
            }
            Err(error) => {
                self.log.ended(&entry, Cause::IdTableUnavailable).await?;
                return Err(MediationError::IdTableUnavailable(id, error));
            }
        };

        // ⑤ LB issued? If not, the same road is taken with a code that nobody has.
        let issued = converted.provider_code.is_some();
        let provider_code = converted.provider_code.unwrap_or_else(|| {
            let mut nobody = [0; LinkCode::LEN];
            rng.fill_bytes(&mut nobody);
            LinkCode::from(nobody)
        });

        entry.whose = Whose::Person(&converted.id_code);
        self.log.request(&entry).await?;
        let exchange = Exchange {
            id,
            bp: request.bp,
            requester: request.requester,
            provider: request.provider,
            provider_code,
            info_kind: request.info_kind,
            sealing_certificate: request.sealing_certificate,
        };
        let carried = self.carry(row.mode, exchange).await;
        let (cause, answer) = match carried {
            Ok(_) if !issued => (Cause::ProviderCodeNotIssued, Ok(MediationAnswer::NoDataHeld { id })),
            Ok(Carried::Nothing) => (Cause::ProviderHoldsNothing, Ok(MediationAnswer::NoDataHeld { id })),
            Ok(Carried::Payload(sealed)) => (
                Cause::Answered,
                Ok(MediationAnswer::Provided {
                    id,
                    // The code goes back as the requester knows it (B-GW-2).
                    link_code: request.link_code.clone(),
                    sealed,
                }),
            ),
            Err(cause) => (cause, Err(unanswered(cause, id))),
        };
        self.log.outcome(id, cause, self.party.now()).await?;
        answer
    }

    async fn carry(&self, mode: TransferMode, exchange: Exchange) -> Result<Carried, Cause> {
        carry(mode, &self.party.peers, exchange, self.answer_within).await
    }
}

/// What the requester hears. It tells of the provider alone: nothing in it depends on whether the person is known there.
fn unanswered(cause: Cause, id: AccessRecordId) -> MediationError {
    match cause {
        Cause::ProviderLate => MediationError::ProviderLate(id),
        Cause::ProviderAnswerMismatch => MediationError::ProviderAnswerMismatch(id),
        _ => MediationError::ProviderUnreachable(id),
    }
}

impl From<MediationError> for Refusal {
    fn from(error: MediationError) -> Self {
        let (status, code, title, id) = match &error {
            MediationError::RequesterMismatch(id) => (
                StatusCode::FORBIDDEN,
                refusal::REQUESTER_MISMATCH,
                "the requester is not the organisation of the channel",
                Some(id),
            ),
            MediationError::BpNotWhitelisted(id) => {
                (StatusCode::FORBIDDEN, refusal::BP_NOT_WHITELISTED, "no law allows this linkage", Some(id))
            }
            MediationError::RequesterCodeNotIssued(id) => (
                StatusCode::FORBIDDEN,
                refusal::REQUESTER_CODE_NOT_ISSUED,
                "the code was not issued to this organisation",
                Some(id),
            ),
            MediationError::ProviderUnreachable(id) => (
                StatusCode::SERVICE_UNAVAILABLE,
                refusal::PROVIDER_UNREACHABLE,
                "the provider gave no answer",
                Some(id),
            ),
            MediationError::ProviderLate(id) => (
                StatusCode::SERVICE_UNAVAILABLE,
                refusal::PROVIDER_LATE,
                "the provider did not answer in time",
                Some(id),
            ),
            MediationError::ProviderAnswerMismatch(id) => (
                StatusCode::SERVICE_UNAVAILABLE,
                refusal::PROVIDER_ANSWER_MISMATCH,
                "the provider did not answer this inquiry",
                Some(id),
            ),
            MediationError::IdTableUnavailable(..) => return Self::unavailable(&error),
            MediationError::LogUnavailable(_) => {
                tracing::error!(
                    error = crate::party::chain(&error),
                    "released nothing because the log cannot be written"
                );
                (StatusCode::SERVICE_UNAVAILABLE, refusal::LOG_UNAVAILABLE, "nothing is released without log", None)
            }
        };
        let mut refusal = Self::new(status, code, title);
        refusal.0.instance = id.map(ToString::to_string);
        refusal
    }
}

//! How an answer travels from provider to requester (B-MODE-1): the row of the whitelist says by which mode.

use std::time::Duration;

use domain::{AccessRecordId, BpId, InfoKind, LinkCode, OrgCode};
use wire::mediation::{INQUIRY_PATH, Inquiry, InquiryAnswer, SealedPayload, TransferMode};

use super::access_log::Cause;
use crate::party::{PeerError, Peers};

/// One exchange, ready to be carried.
pub(super) struct Exchange {
    pub(super) id: AccessRecordId,
    pub(super) bp: BpId,
    pub(super) requester: OrgCode,
    pub(super) provider: OrgCode,
    pub(super) provider_code: LinkCode,
    pub(super) info_kind: InfoKind,
    pub(super) sealing_certificate: String,
}

/// What the provider gave.
pub(super) enum Carried {
    /// Sealed for the requester; the core cannot open it (B-GW-1).
    Payload(SealedPayload),
    /// It holds nothing under this code.
    Nothing,
}

/// Carries one exchange by the given mode. The error is the cause for the core's log.
pub(super) async fn carry(
    mode: TransferMode,
    peers: &Peers,
    exchange: Exchange,
    answer_within: Duration,
) -> Result<Carried, Cause> {
    match mode {
        TransferMode::Gateway => gateway(peers, exchange, answer_within).await,
    }
}

/// ゲートウェイ方式: the provider answers to the core (S1 表1 ②③).
async fn gateway(peers: &Peers, exchange: Exchange, answer_within: Duration) -> Result<Carried, Cause> {
    let (provider, id, code) = (exchange.provider, exchange.id, exchange.provider_code.clone());
    let inquiry = Inquiry {
        id,
        bp: exchange.bp,
        requester: exchange.requester,
        link_code: exchange.provider_code,
        info_kind: exchange.info_kind,
        sealing_certificate: exchange.sealing_certificate,
    };
    let asking = peers.post::<InquiryAnswer>(&provider, INQUIRY_PATH, &inquiry);
    let answer = tokio::time::timeout(answer_within, asking)
        .await
        .map_err(|_| Cause::ProviderLate)?
        .map_err(|error| cause(id, &error))?;
    match answer {
        InquiryAnswer::Provided { id: repeated, link_code, sealed } if repeated == id && link_code == code => {
            Ok(Carried::Payload(sealed))
        }
        InquiryAnswer::NoDataHeld { id: repeated } if repeated == id => Ok(Carried::Nothing),
        InquiryAnswer::Provided { .. } | InquiryAnswer::NoDataHeld { .. } => {
            tracing::error!(record.id = %id, "the provider answered another inquiry");
            Err(Cause::ProviderAnswerMismatch)
        }
    }
}

fn cause(id: AccessRecordId, error: &PeerError) -> Cause {
    tracing::warn!(record.id = %id, %error, "the provider gave no answer");
    match error {
        PeerError::Unreachable { .. } => Cause::ProviderUnreachable,
        // It gave up by itself, before the core did.
        PeerError::Problem(problem) if problem.status == 504 => Cause::ProviderLate,
        PeerError::Problem(_) => Cause::ProviderRefused,
        PeerError::Malformed => Cause::ProviderAnswerMismatch,
    }
}

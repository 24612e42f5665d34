//! What only parties of this side say to JPKI. Every message refuses unknown fields.

use pki::RevocationReason;

use crate::register::{JpkiChange, ResidentRecordCode};

/// `POST {jpki}/v1/card-orders`, from the card issuing desk only: [`CardOrder`], answered 204.
pub const CARD_ORDERS_PATH: &str = "/v1/card-orders";
/// `POST {jpki}/v1/card-events`, from the card issuing desk only: [`CardEventMessage`], answered 204, or 404
/// [`CARD_UNKNOWN`].
pub const CARD_EVENTS_PATH: &str = "/v1/card-events";
/// `POST {jpki}/v1/change-notices`, from the register only: [`crate::register::ChangeNotice`], answered 204, also
/// when the person has no card.
pub const CHANGE_NOTICES_PATH: &str = "/v1/change-notices";

/// `POST {jpki}/v1/cards`, from the card issuing desk only: [`CardsRequest`] → [`CardsAnswer`].
pub const CARDS_PATH: &str = "/v1/cards";

/// Problem code: no such card.
pub const CARD_UNKNOWN: &str = "card-unknown";

/// A card was ordered for somebody.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardOrder {
    /// e.g. `card-0001`
    pub card_id: String,
    /// The one-time ticket, base64url: with it the card asks for its certificates.
    pub ticket: domain::TicketCode,
    /// Whose card.
    pub resident_record_code: ResidentRecordCode,
}

/// Something happened to a card.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardEventMessage {
    /// Which card.
    pub card_id: String,
    /// What.
    pub event: CardEvent,
}

/// Card events that reach JPKI (B-CRD-2). First issue, renewal and reissue are noted with the new card, whose order made it
/// known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardEvent {
    /// 新規の発行
    FirstIssue,
    /// 更新
    Renewal,
    /// 再発行
    Reissue,
    /// 交付
    HandOver,
    /// 新しいカードとの引き換え
    Replaced,
    /// 紛失
    Loss,
    /// 破損
    Damage,
    /// 失効
    Lapse,
    /// 返納
    Return,
    /// 廃棄
    Disposal,
    /// 券面の変更
    FaceChange,
    /// チップ内の変更
    ChipChange,
}

impl CardEvent {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::FirstIssue,
        Self::Renewal,
        Self::Reissue,
        Self::HandOver,
        Self::Replaced,
        Self::Loss,
        Self::Damage,
        Self::Lapse,
        Self::Return,
        Self::Disposal,
        Self::FaceChange,
        Self::ChipChange,
    ];

    /// As stored and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::FirstIssue => "first-issue",
            Self::Renewal => "renewal",
            Self::Reissue => "reissue",
            Self::HandOver => "hand-over",
            Self::Replaced => "replaced",
            Self::Loss => "loss",
            Self::Damage => "damage",
            Self::Lapse => "lapse",
            Self::Return => "return",
            Self::Disposal => "disposal",
            Self::FaceChange => "face-change",
            Self::ChipChange => "chip-change",
        }
    }

    /// Reads the stored form.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.name() == name)
    }

    /// Why both certificates end; `None` when the event touches neither (B-PKI-2, B-CRD-2).
    pub fn ends_both(self) -> Option<RevocationReason> {
        match self {
            Self::Loss => Some(RevocationReason::KeyCompromise),
            Self::Damage | Self::Replaced => Some(RevocationReason::Superseded),
            Self::Lapse | Self::Return | Self::Disposal => Some(RevocationReason::CessationOfOperation),
            Self::FirstIssue | Self::Renewal | Self::Reissue | Self::HandOver | Self::FaceChange | Self::ChipChange => {
                None
            }
        }
    }
}

/// The desk asks how cards stand.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardsRequest {
    /// Which.
    pub card_ids: Vec<String>,
}

/// How they stand; cards that nobody ordered are left out.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardsAnswer {
    /// In no order.
    pub cards: Vec<CardStanding>,
}

/// How a card stands at JPKI.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardStanding {
    /// Which.
    pub card_id: String,
    /// It ended before its first use: no certificates are made for it any more.
    pub ended_unused: bool,
    /// 利用者証明用; none before the card was first used.
    pub authentication: Option<CertificateStanding>,
    /// 署名用
    pub signature: Option<CertificateStanding>,
    /// What was reported, the earliest first: the event's name, and when.
    pub events: Vec<(String, jiff::Timestamp)>,
}

/// How a certificate stands.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateStanding {
    /// The end of its validity.
    pub not_after: jiff::Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<jiff::Timestamp>,
}

/// Which certificates a change in the register ends (B-PKI-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// Name and address stand in the signature certificate only (P-AUT-7).
    SignatureOnly,
    /// The person is no resident any more (P-AUT-8).
    Both,
}

impl JpkiChange {
    pub(super) fn effect(self) -> (Ends, RevocationReason) {
        match self {
            Self::NameChanged | Self::AddressChanged => (Ends::SignatureOnly, RevocationReason::AffiliationChanged),
            Self::Died | Self::Left => (Ends::Both, RevocationReason::CessationOfOperation),
        }
    }
}

//! The requester's side: asks another institution through the core, verifies what comes back, keeps its share of the
//! log (⑦⑨⑪⑫).

use domain::{AccessRecordId, BpId, InfoKind, OrgCode};
use wire::mediation::{AnswerContent, MEDIATION_PATH, MediationAnswer, MediationRequest, SealContext, TransferMode};

use super::{
    Institution,
    desk::PayloadError,
    exchange_log::{self, LogFragment, Side},
    internal_id::InternalId,
    profile::ASKING_TERMINAL,
};
use crate::party::{CORE, PeerError};

/// One question to another institution.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// 業務種別
    pub bp: &'a BpId,
    /// Who is asked.
    pub provider: &'a OrgCode,
    /// About whom.
    pub person: &'a InternalId,
    /// About what.
    pub info_kind: &'a InfoKind,
    /// Who asks.
    pub clerk: Clerk<'a>,
}

/// Who in the institution asks, from where and what for. Stays in its own log.
#[derive(Clone, Copy, Debug)]
pub struct Clerk<'a> {
    /// ⑦ 担当部署
    pub section: &'a str,
    /// ⑨ 端末
    pub terminal: &'a str,
    /// ⑫ 用途
    pub purpose: &'a str,
}

/// What came back.
#[derive(Clone, PartialEq, Eq)]
pub enum Received {
    /// Information, signed by its provider.
    Provided(AnswerContent),
    /// The provider holds none, or does not know the person.
    NoDataHeld {
        /// ①
        id: AccessRecordId,
    },
}

/// Nothing came back.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The person has no code here yet.
    #[error("the person has no link code at this institution")]
    NotBound,
    /// The core refused; its problem code says why.
    #[error("the core refused ({code})")]
    Refused {
        /// Problem code of `wire::mediation::refusal`.
        code: String,
        /// ①, if the core wrote a record.
        id: Option<AccessRecordId>,
    },
    /// The core or the provider gave no answer.
    #[error("no answer came")]
    Unanswered(#[source] PeerError),
    /// An answer came that cannot be believed.
    #[error("the answer cannot be believed")]
    Payload(#[from] PayloadError),
    /// The institution's database failed; what was received is not released (N-10).
    #[error("the institution's database failed")]
    Db(#[from] db::DbError),
}

impl Institution {
    /// Asks as a business system does by itself: the section of the profile, and the business as the purpose.
    pub async fn exchange(
        &self,
        bp: &BpId,
        provider: &OrgCode,
        person: &InternalId,
        info_kind: &InfoKind,
    ) -> Result<Received, ExchangeError> {
        self.ask(&Ask {
            bp,
            provider,
            person,
            info_kind,
            clerk: Clerk { section: self.profile.asking_section, terminal: ASKING_TERMINAL, purpose: purpose(bp) },
        })
        .await
    }

    /// Asks one question. What came back is in the institution's log when this returns.
    pub async fn ask(&self, ask: &Ask<'_>) -> Result<Received, ExchangeError> {
        let link_code = self.code_of(ask.person).await?.ok_or(ExchangeError::NotBound)?;
        let request = MediationRequest {
            bp: ask.bp.clone(),
            requester: self.party.org.clone(),
            provider: ask.provider.clone(),
            link_code: link_code.clone(),
            info_kind: ask.info_kind.clone(),
            sealing_certificate: self.desk.sealing_certificate(),
        };
        let answer = self.party.peers.post(&CORE, MEDIATION_PATH, &request).await;
        match answer {
            Ok(MediationAnswer::Provided { id, link_code: repeated, sealed }) => {
                if repeated != link_code {
                    return Err(PayloadError::OtherExchange.into());
                }
                let context = SealContext {
                    id: &id,
                    requester: &self.party.org,
                    provider: ask.provider,
                    info_kind: ask.info_kind,
                    mode: TransferMode::Gateway,
                };
                let signed = self.desk.open_and_verify(&sealed, &context, self.party.now())?;
                self.keep(id, ask, Some(signed.cms)).await?;
                Ok(Received::Provided(signed.value))
            }
            Ok(MediationAnswer::NoDataHeld { id }) => {
                self.keep(id, ask, None).await?;
                Ok(Received::NoDataHeld { id })
            }
            Err(PeerError::Problem(problem)) => {
                let id: Option<AccessRecordId> = problem.instance.as_deref().and_then(|instance| instance.parse().ok());
                if let Some(id) = id {
                    self.keep(id, ask, None).await?;
                }
                let code = problem.code().unwrap_or_default().to_owned();
                if problem.status >= 500 {
                    return Err(ExchangeError::Unanswered(PeerError::Problem(problem)));
                }
                Err(ExchangeError::Refused { code, id })
            }
            Err(error) => Err(ExchangeError::Unanswered(error)),
        }
    }

    async fn keep(&self, id: AccessRecordId, ask: &Ask<'_>, content: Option<Vec<u8>>) -> Result<(), db::DbError> {
        let fragment = LogFragment {
            id,
            recorded_at: self.party.now(),
            section: ask.clerk.section.to_owned(),
            terminal: ask.clerk.terminal.to_owned(),
            content,
            side: Side::Requester { purpose: ask.clerk.purpose.to_owned() },
        };
        let mut tx = self.pool.begin().await?;
        exchange_log::write(&mut tx, &fragment).await?;
        tx.commit().await
    }
}

impl std::fmt::Debug for Received {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Provided(_) => "Provided",
            Self::NoDataHeld { .. } => "NoDataHeld",
        })
    }
}

/// ⑫ in the words of the business that asks by itself.
fn purpose(bp: &BpId) -> &'static str {
    match bp.as_str() {
        "nhi-premium-reduction" => "国民健康保険料の軽減の判定",
        "nhi-eligibility" => "国民健康保険の資格の確認",
        "child-allowance" => "児童手当の受給資格の審査",
        "pension-premium-exemption" => "国民年金保険料の免除申請の審査",
        "old-age-pension" => "老齢年金の請求の審査",
        "old-age-pension-adjustment" => "失業給付との支給調整",
        "dependant-recognition" => "被扶養者の認定",
        "high-cost-medical" => "高額療養費の所得区分の判定",
        "injury-allowance-adjustment" => "傷病手当金と年金の支給調整",
        "employment-injury-benefit" => "傷病手当の支給の審査",
        "long-term-care-premium" => "介護保険料の段階の判定",
        "long-term-care-burden" => "介護保険の負担割合の判定",
        "child-rearing-allowance" => "児童扶養手当の支給の審査",
        "resident-tax" => "個人住民税の賦課",
        "public-assistance" => "生活保護の収入の認定",
        "vaccination" => "予防接種の接種歴の確認",
        "maternal-child-health" => "乳幼児健診の受診歴の確認",
        "public-housing-rent" => "公営住宅の家賃の算定",
        "school-expense-aid" => "就学援助の認定",
        "scholarship" => "奨学金の家計基準の判定",
        _ => "業務上の照会",
    }
}

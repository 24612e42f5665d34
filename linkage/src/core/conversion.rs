//! Conversion of codes (S4 L433): ① decrypt LA to the ID code, ② confirm that the ID code's row contains LA,
//! ③ look up LB. A code that decrypts but is not in the table is nobody's (B-TBL-1).

use domain::{LinkCode, OrgCode};

use super::{Core, id_code::IdCode, id_table, key_store::KeyStoreError};

/// A person, for the length of one request.
pub(super) struct Converted {
    pub(super) id_code: IdCode,
    /// LB, if the provider was ever given one (⑤).
    pub(super) provider_code: Option<LinkCode>,
}

/// The tables cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConversionError {
    #[error("the keys cannot be read")]
    Keys(#[from] KeyStoreError),
    #[error("the ID table cannot be read")]
    Table(#[from] db::DbError),
}

/// None: LA was never issued to this requester, or is no longer in use (B-TBL-3, B-TBL-4).
pub(super) async fn convert(
    core: &Core,
    requester: &OrgCode,
    link_code: &LinkCode,
    provider: &OrgCode,
) -> Result<Option<Converted>, ConversionError> {
    let Some(id_code) = person(core, requester, link_code).await? else {
        return Ok(None);
    };
    let mut read = core.pool.read().await?;
    let provider_code = id_table::code_at(&mut read, provider, &id_code).await.map_err(db::DbError::from)?;
    Ok(Some(Converted { id_code, provider_code }))
}

/// Steps ① and ②: whose code this is.
pub(super) async fn person(
    core: &Core,
    org: &OrgCode,
    link_code: &LinkCode,
) -> Result<Option<IdCode>, ConversionError> {
    let Some((id_code, _)) = core.keys.decrypt(org, link_code).await? else {
        return Ok(None);
    };
    let mut read = core.pool.read().await?;
    let confirmed = id_table::confirms(&mut read, org, link_code, &id_code).await.map_err(db::DbError::from)?;
    Ok(confirmed.then_some(id_code))
}

/// A code that is its organisation's, and in use.
pub(super) struct Confirmed {
    /// The same person's code at the other organisation, if that was ever given one.
    pub(super) other: Option<LinkCode>,
}

/// As [`convert`] for many, in the order given: one look at the tables for all of them.
pub(super) async fn convert_many(
    core: &Core,
    org: &OrgCode,
    link_codes: &[LinkCode],
    other: &OrgCode,
) -> Result<Vec<Option<Confirmed>>, ConversionError> {
    if link_codes.is_empty() {
        return Ok(Vec::new());
    }
    let people = core.keys.decrypt_many(org, link_codes).await?;
    let mut read = core.pool.read().await?;
    let pairs = link_codes.iter().zip(&people);
    let confirmed = id_table::codes_at(&mut read, org, pairs, other).await.map_err(db::DbError::from)?;
    let mut converted: Vec<Option<Confirmed>> = link_codes.iter().map(|_| None).collect();
    for (place, other) in confirmed {
        if let Some(slot) = converted.get_mut(place) {
            *slot = Some(Confirmed { other });
        }
    }
    Ok(converted)
}

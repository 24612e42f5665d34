//! Officers by command: invite, change the role, end a lost key, let go (R10, R11). Each leaves a line in the audit trail.

use domain::SecretHash;
use jiff::{SignedDuration, Timestamp};
use rand_core::CryptoRng;

use crate::store::{AuditLine, NewInvite, OfficerId, OfficerRow, Repository, Role, Store, StoreError};

/// So long a code can be used.
pub const CODE_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// Most characters of a label.
const LABEL_MAX: usize = 40;

/// Letters that nobody takes for another one.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// 100 bits.
const CODE_LETTERS: usize = 20;

/// Something was not done.
#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    /// Nobody of that label is here.
    #[error("nobody is registered as {0}")]
    Unknown(String),
    /// No label.
    #[error("a label is one to {LABEL_MAX} characters without spaces at its ends")]
    Label,
    /// Somebody new needs a role.
    #[error("--role is needed for somebody new: draft, approve or view")]
    RoleMissing,
    /// The tables.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A one-time code with which the officer enrols a key. An officer who is here keeps id and role, unless another is given.
pub async fn invite(
    store: &Store,
    label: &str,
    role: Option<Role>,
    now: Timestamp,
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<String, StaffError> {
    if label.trim() != label
        || label.is_empty()
        || label.chars().count() > LABEL_MAX
        || label.contains(char::is_control)
    {
        return Err(StaffError::Label);
    }
    let known = store.read().await?.officer_by_label(label).await?;
    let code = draw(rng);
    let mut repository = store.begin().await?;
    let officer = match (known, role) {
        (Some(known), Some(role)) if known.role != role => {
            repository.set_role(known.id, role).await?;
            note(&mut repository, format!("officer-role:{label} {}", role.name()), now).await?;
            known.id
        }
        (Some(known), _) => known.id,
        (None, Some(role)) => {
            let id = OfficerId::generate(rng);
            repository.insert_officer(id, label, role, now).await?;
            id
        }
        (None, None) => return Err(StaffError::RoleMissing),
    };
    let hash = hash_of(&code).unwrap_or(SecretHash::of(b""));
    repository.insert_invite(&NewInvite { code: hash, officer, made_at: now, ends_at: now + CODE_LIFE }).await?;
    note(&mut repository, format!("officer-invited:{label}"), now).await?;
    repository.commit().await?;
    Ok(code)
}

/// From the next click on the officer may do that and nothing else.
pub async fn set_role(store: &Store, label: &str, role: Role, now: Timestamp) -> Result<(), StaffError> {
    let officer = known(store, label).await?;
    let mut repository = store.begin().await?;
    repository.set_role(officer.id, role).await?;
    note(&mut repository, format!("officer-role:{label} {}", role.name()), now).await?;
    Ok(repository.commit().await?)
}

/// Ends keys, codes and sessions, as after a lost key. How many keys.
pub async fn revoke(store: &Store, label: &str, now: Timestamp) -> Result<u64, StaffError> {
    let officer = known(store, label).await?;
    let mut repository = store.begin().await?;
    let keys = repository.end_access(officer.id, now).await?;
    note(&mut repository, format!("officer-revoked:{label}"), now).await?;
    repository.commit().await?;
    Ok(keys)
}

/// The officer leaves: as [`revoke`], and for good. The audit trail keeps the name.
pub async fn end(store: &Store, label: &str, now: Timestamp) -> Result<(), StaffError> {
    let officer = known(store, label).await?;
    let mut repository = store.begin().await?;
    repository.end_access(officer.id, now).await?;
    repository.end_officer(officer.id, now).await?;
    note(&mut repository, format!("officer-ended:{label}"), now).await?;
    Ok(repository.commit().await?)
}

async fn known(store: &Store, label: &str) -> Result<OfficerRow, StaffError> {
    let officer = store.read().await?.officer_by_label(label).await?;
    officer.ok_or_else(|| StaffError::Unknown(label.to_owned()))
}

async fn note(repository: &mut Repository, what: String, now: Timestamp) -> Result<(), StoreError> {
    repository.insert_audit(&AuditLine { at: now, who: "program".to_owned(), what, sending: None }).await
}

/// ABCD-EFGH-…
fn draw(rng: &mut (impl CryptoRng + ?Sized)) -> String {
    let mut bytes = [0; CODE_LETTERS];
    rng.fill_bytes(&mut bytes);
    let letters: Vec<char> =
        bytes.iter().filter_map(|byte| LETTERS.get(usize::from(byte & 31))).map(|letter| char::from(*letter)).collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// What is stored of a code, however it was typed. None: no code.
pub(super) fn hash_of(typed: &str) -> Option<SecretHash> {
    let plain: String = typed
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .map(|l| l.to_ascii_uppercase())
        .collect();
    (plain.len() == CODE_LETTERS).then(|| SecretHash::of(plain.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_again_however_it_is_typed() {
        let code = draw(&mut runtime::SystemRng);
        assert_eq!(code.len(), 24);
        assert_eq!(hash_of(&code), hash_of(&code.to_lowercase().replace('-', " ")));
        assert!(hash_of("AAAA").is_none());
    }
}

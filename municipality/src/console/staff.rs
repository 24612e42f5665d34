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
    /// Somebody new needs a role, and so does who comes back.
    #[error("--role is needed for somebody new, and for somebody who left: draft, approve or view")]
    RoleMissing,
    /// Somebody else registered that label in this very moment.
    #[error("{0} was registered by somebody else at this moment: try again")]
    Meanwhile(String),
    /// The tables.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A one-time code with which the officer enrols a key. An officer who is here keeps id and role, unless another is given. Who
/// left under that label comes back as the same officer, with a role that is given: what they drafted remains their own, and
/// somebody else must release it (R14, R17).
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
    let code = draw(rng);
    let mut repository = store.begin().await?;
    let known = repository.officer_ever(label).await?;
    let officer = match (&known, role) {
        (Some(known), _) if known.ended_at.is_none() => known.id,
        (Some(left), Some(_)) => {
            if !repository.bring_back_officer(left.id, now).await? {
                return Err(StaffError::Meanwhile(label.to_owned()));
            }
            note(&mut repository, format!("officer-returned:{label}"), now).await?;
            left.id
        }
        (None, Some(role)) => {
            let id = OfficerId::generate(rng);
            if !repository.insert_officer(id, label, role, now).await? {
                return Err(StaffError::Meanwhile(label.to_owned()));
            }
            id
        }
        (_, None) => return Err(StaffError::RoleMissing),
    };
    if let (Some(known), Some(role)) = (&known, role)
        && known.role != role
    {
        repository.set_role(officer, role).await?;
        note(&mut repository, format!("officer-role:{label} {}", role.name()), now).await?;
    }
    let hash = hash_of(&code).unwrap_or(SecretHash::of(b""));
    repository.insert_invite(&NewInvite { code: hash, officer, made_at: now, ends_at: now + CODE_LIFE }).await?;
    note(&mut repository, format!("officer-invited:{label}"), now).await?;
    repository.commit().await?;
    Ok(code)
}

/// Whether [`invite`] would bring somebody back who left.
pub async fn has_left(store: &Store, label: &str) -> Result<bool, StaffError> {
    let known = store.read().await?.officer_ever(label).await?;
    Ok(known.is_some_and(|known| known.ended_at.is_some()))
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

/// The officer leaves: as [`revoke`], and until they are invited again. The audit trail keeps the name.
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

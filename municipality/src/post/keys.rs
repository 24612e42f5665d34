//! The institution's own keys, as they lie in its folder.

use std::io;
use std::path::Path;

use domain::OrgCode;
use jiff::Timestamp;
use pki::{Certificate, SigningKey};
use zeroize::Zeroizing;

use super::{PostError, read};

/// Keys that were renewed: what was sealed to them before is still on its way.
const FORMER: &str = "seal-before";

/// `KIND.pem` and `KIND.key`, which must belong together.
pub(super) fn pair(folder: &Path, kind: &str, org: &OrgCode) -> Result<(Certificate, SigningKey), PostError> {
    let pem = folder.join(format!("{kind}.pem"));
    let text = read(&pem)?;
    let certificate = Certificate::from_pem(&text).map_err(|e| PostError::Certificate(pem.clone(), e))?;
    if pki::org_code(&certificate).ok().as_ref() != Some(org) {
        return Err(PostError::OtherOrganisation { file: pem, org: org.clone() });
    }
    let key = key(&folder.join(format!("{kind}.key")))?;
    if certificate.spki_der() != key.spki_der() {
        return Err(PostError::OtherKey(pem));
    }
    Ok((certificate, key))
}

/// Every `.key` in the folder of those that were renewed, if there is one.
pub(super) fn former(folder: &Path) -> Result<Vec<SigningKey>, PostError> {
    let folder = folder.join(FORMER);
    let unread = |error: io::Error| PostError::Read(folder.clone(), error);
    let files = match std::fs::read_dir(&folder) {
        Ok(files) => files,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unread(error)),
    };
    let mut keys = Vec::new();
    for file in files {
        let path = file.map_err(unread)?.path();
        if path.extension().is_some_and(|ending| ending == "key") {
            keys.push(key(&path)?);
        }
    }
    Ok(keys)
}

/// Never before the certificate began: what was released before it was renewed is signed as of its beginning.
pub(super) fn signing_time(certificate: &Certificate, at: Timestamp) -> Timestamp {
    at.max(certificate.not_before())
}

fn key(path: &Path) -> Result<SigningKey, PostError> {
    let text = Zeroizing::new(read(path)?);
    SigningKey::from_pkcs8_pem(&text).map_err(|e| PostError::Key(path.to_owned(), e))
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use pki::KeyKind;
    use pki::issue::{Authority, AuthorityName, OrganisationProfile, OrganisationUse, Validity};
    use runtime::SystemRng;

    use super::*;

    fn new_key() -> SigningKey {
        SigningKey::generate(KeyKind::P256).unwrap()
    }

    fn keeps(folder: &Path, name: &str, key: &SigningKey) {
        std::fs::write(folder.join(name), key.to_pkcs8_pem().unwrap().as_str()).unwrap();
    }

    /// A folder with `seal.pem` of this key.
    fn folder(org: &OrgCode, key: &SigningKey) -> tempfile::TempDir {
        let now: Timestamp = "2026-11-21T00:00:00Z".parse().unwrap();
        let validity = Validity { not_before: now, not_after: now + SignedDuration::from_hours(24) };
        let name = AuthorityName { organization: "tests", unit: "tests", common_name: "tests CA" };
        let authority = Authority::self_signed(&name, new_key(), validity, Some(0), &mut SystemRng).unwrap();
        let profile = OrganisationProfile { org, usage: OrganisationUse::Sealing, dns: &[], ips: &[] };
        let certificate = authority.organisation(&profile, key.spki_der(), validity, &mut SystemRng).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("seal.pem"), certificate.to_pem()).unwrap();
        folder
    }

    #[test]
    fn a_certificate_and_a_key_that_do_not_belong_together_open_no_post() {
        let (org, own, other) = ("141003".parse().unwrap(), new_key(), new_key());
        let folder = folder(&org, &own);
        keeps(folder.path(), "seal.key", &other);
        assert!(matches!(pair(folder.path(), "seal", &org), Err(PostError::OtherKey(_))));
        keeps(folder.path(), "seal.key", &own);
        assert!(pair(folder.path(), "seal", &org).is_ok());
        let stranger = "062049".parse().unwrap();
        assert!(matches!(pair(folder.path(), "seal", &stranger), Err(PostError::OtherOrganisation { .. })));
    }

    #[test]
    fn what_was_released_before_the_certificate_began_is_signed_as_of_its_beginning() {
        let (org, own) = ("141003".parse().unwrap(), new_key());
        let folder = folder(&org, &own);
        keeps(folder.path(), "seal.key", &own);
        let (certificate, _) = pair(folder.path(), "seal", &org).unwrap();
        let hour = SignedDuration::from_hours(1);
        let began = certificate.not_before();
        assert_eq!(signing_time(&certificate, began - hour), began);
        assert_eq!(signing_time(&certificate, began + hour), began + hour);
    }

    #[test]
    fn keys_that_were_renewed_are_found_and_one_that_is_none_opens_no_post() {
        let (org, own) = ("141003".parse().unwrap(), new_key());
        let folder = folder(&org, &own);
        assert_eq!(former(folder.path()).unwrap().len(), 0);
        let before = folder.path().join(FORMER);
        std::fs::create_dir(&before).unwrap();
        keeps(&before, "2025.key", &new_key());
        keeps(&before, "2024.key", &new_key());
        std::fs::write(before.join("2024.pem"), "beside its key").unwrap();
        assert_eq!(former(folder.path()).unwrap().len(), 2);
        std::fs::write(before.join("2023.key"), "no key").unwrap();
        assert!(matches!(former(folder.path()), Err(PostError::Key(..))));
    }
}

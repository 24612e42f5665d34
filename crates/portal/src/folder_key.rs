//! The folder's own key (P-INF-6, P-INF-7): under it rests what outlives a session. It is made when it is first needed and
//! rests, wrapped, in a database of its own that no backup of the portal's tables has: a restored backup brings back the
//! ciphertext of a folder that was closed, and nothing that opens it.

use aws_lc_rs::aead::Aad;
use aws_lc_rs::hkdf::{HKDF_SHA256, Prk, Salt};
use domain::FolderId;
use jiff::Timestamp;
use rand_core::CryptoRng;
use store::StoreError;
use zeroize::Zeroizing;

use crate::Portal;
use crate::information::{Bytes32, HoldingSecret, Unopened, opened, sealed};

const WRAPPING: &[u8] = b"my-portal-folder-key/1";

/// Keys that one sweep looks at; the next one goes on from there.
const LOOKED_AT_ONCE: u32 = 500;

/// Seals and opens what one folder keeps. Wiped when dropped.
#[derive(Clone)]
pub(crate) struct FolderKey(Zeroizing<[u8; 32]>);

/// There is no key to be had.
#[derive(Debug, thiserror::Error)]
pub enum FolderKeyError {
    /// There is no such folder any more: none is made for it.
    #[error("there is no such folder")]
    NoFolder,
    /// One of the two databases failed.
    #[error("the key database failed")]
    Store(#[from] StoreError),
    /// The key was wrapped under another secret of the portal's, or for another folder.
    #[error("the folder's key cannot be unwrapped")]
    Unopened(#[from] Unopened),
}

impl Portal {
    /// The folder's own key, made at its first use. Two that make it at the same time have the same one.
    pub(crate) async fn folder_key(
        &self,
        folder: &FolderId,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<FolderKey, FolderKeyError> {
        if let Some(key) = self.existing_folder_key(folder).await? {
            return Ok(key);
        }
        // A key is made for a folder that there is; so a key whose folder there is not is one that was deleted.
        self.store().read().await?.folder_by_id(folder).await?.ok_or(FolderKeyError::NoFolder)?;
        let key = FolderKey::generate(rng);
        let wrapped = key.wrapped(folder, self.holding_secret(), rng)?;
        if self.keys().insert(folder, &wrapped, now).await? {
            return Ok(key);
        }
        self.existing_folder_key(folder).await?.ok_or(FolderKeyError::NoFolder)
    }

    /// The folder's own key, if it ever needed one.
    pub(crate) async fn existing_folder_key(&self, folder: &FolderId) -> Result<Option<FolderKey>, FolderKeyError> {
        let wrapped = self.keys().wrapped(folder).await?;
        wrapped.map(|wrapped| Ok(FolderKey::unwrapped(&wrapped, folder, self.holding_secret())?)).transpose()
    }

    /// Destroys the folder's key, durably: whatever was sealed under it, in whichever copy, stays closed. Without a key
    /// this changes nothing.
    pub(crate) async fn forget_folder_key(&self, folder: &FolderId) -> Result<(), FolderKeyError> {
        self.keys().delete(folder).await?;
        self.settle_keys().await
    }

    /// Also where there was nothing to delete: somebody who was killed may have deleted it and not come so far.
    async fn settle_keys(&self) -> Result<(), FolderKeyError> {
        if !self.keys().settle().await? {
            tracing::debug!("the key database's side file is in use");
        }
        Ok(())
    }

    /// Destroys keys whose folder there is not any more: what is left over where the portal was killed while it deleted a
    /// folder, or where somebody still used the folder at that moment. Everything, before anybody is served; afterwards a
    /// part at each sweep.
    ///
    /// A key is made after its folder is durable, and here keys are read before folders: no key of a folder that is being
    /// opened can be among them.
    pub(crate) async fn forget_left_over_keys(&self, reach: Reach) -> Result<u64, FolderKeyError> {
        let mut after = match reach {
            Reach::Everything => None,
            Reach::Part => self.key_walk(),
        };
        let mut forgotten = 0;
        loop {
            let folders = self.keys().folders(after.as_ref(), LOOKED_AT_ONCE).await?;
            let there = self.store().read().await?.folders_among(&folders).await?;
            for folder in folders.iter().filter(|folder| !there.contains(folder)) {
                self.forget_folder_key(folder).await?;
                forgotten += 1;
            }
            let more = u32::try_from(folders.len()).is_ok_and(|count| count == LOOKED_AT_ONCE);
            after = folders.last().copied().filter(|_| more);
            if after.is_none() || reach == Reach::Part {
                break;
            }
        }
        self.set_key_walk(after);
        if reach == Reach::Everything {
            self.settle_keys().await?;
        }
        if forgotten > 0 {
            tracing::info!(keys = forgotten, "keys of folders that were deleted are destroyed");
        }
        Ok(forgotten)
    }
}

/// How much is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    Everything,
    Part,
}

impl FolderKey {
    fn generate(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        rng.fill_bytes(key.as_mut_slice());
        Self(key)
    }

    fn wrapped(
        &self,
        folder: &FolderId,
        secret: &HoldingSecret,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Vec<u8>, Unopened> {
        let wrapping = secret.key_for(WRAPPING)?;
        sealed(&wrapping, Aad::from(folder.as_bytes().to_vec()), self.0.as_slice(), rng)
    }

    fn unwrapped(wrapped: &[u8], folder: &FolderId, secret: &HoldingSecret) -> Result<Self, Unopened> {
        let wrapping = secret.key_for(WRAPPING)?;
        let key = opened(&wrapping, Aad::from(folder.as_bytes().to_vec()), wrapped)?;
        let key: [u8; 32] = key.as_slice().try_into().map_err(|_| Unopened)?;
        Ok(Self(Zeroizing::new(key)))
    }

    /// Seals what belongs into one place: nonce, ciphertext, tag. `purpose` is for what, and keeps it apart from every
    /// other use of the key; `aad` is which one, and must be said again when it is opened.
    pub(crate) fn seal(
        &self,
        purpose: &'static [u8],
        aad: &[u8],
        content: &[u8],
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Vec<u8>, Unopened> {
        let key = self.key_for(purpose)?;
        sealed(&key, Aad::from(aad.to_vec()), content, rng)
    }

    /// What was sealed for this purpose and place.
    pub(crate) fn open(
        &self,
        purpose: &'static [u8],
        aad: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Unopened> {
        let key = self.key_for(purpose)?;
        opened(&key, Aad::from(aad.to_vec()), sealed)
    }

    /// What something is called that only this key can tell: the same for the same, and random to everybody else.
    pub(crate) fn mark(&self, purpose: &'static [u8], what: &[u8]) -> Result<[u8; 32], Unopened> {
        let mut mark = [0; 32];
        let expanding = Prk::new_less_safe(HKDF_SHA256, self.key_for(purpose)?.as_slice());
        let info = [what];
        let expanded = expanding.expand(&info, Bytes32).map_err(|_| Unopened)?;
        expanded.fill(&mut mark).map_err(|_| Unopened)?;
        Ok(mark)
    }

    fn key_for(&self, purpose: &'static [u8]) -> Result<Zeroizing<[u8; 32]>, Unopened> {
        let mut key = Zeroizing::new([0; 32]);
        let extracted = Salt::new(HKDF_SHA256, purpose).extract(self.0.as_slice());
        let expanded = extracted.expand(&[], Bytes32).map_err(|_| Unopened)?;
        expanded.fill(key.as_mut_slice()).map_err(|_| Unopened)?;
        Ok(key)
    }
}

impl std::fmt::Debug for FolderKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FolderKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rng;

    fn secret(byte: u8) -> HoldingSecret {
        HoldingSecret::new(vec![byte; 32].into()).unwrap()
    }

    #[test]
    fn a_wrapped_key_is_of_one_folder_and_one_secret() {
        let (mine, other) = ([1; 16].into(), [2; 16].into());
        let mut rng = rng();
        let key = FolderKey::generate(&mut rng);
        let wrapped = key.wrapped(&mine, &secret(1), &mut rng).unwrap();
        assert!(!wrapped.windows(8).any(|window| window == &key.0[..8]));
        assert_eq!(FolderKey::unwrapped(&wrapped, &mine, &secret(1)).unwrap().0, key.0);
        assert_eq!(FolderKey::unwrapped(&wrapped, &other, &secret(1)).unwrap_err(), Unopened);
        assert_eq!(FolderKey::unwrapped(&wrapped, &mine, &secret(2)).unwrap_err(), Unopened);
        for length in 0..wrapped.len() {
            assert_eq!(FolderKey::unwrapped(&wrapped[..length], &mine, &secret(1)).unwrap_err(), Unopened);
        }
    }

    #[test]
    fn what_is_sealed_for_one_purpose_and_place_opens_there_alone() {
        let key = FolderKey::generate(&mut rng());
        let sealed = key.seal(b"one/1", b"here", b"kanarienvogel", &mut rng()).unwrap();
        assert!(!sealed.windows(8).any(|window| window == b"kanarien"));
        assert_eq!(key.open(b"one/1", b"here", &sealed).unwrap().as_slice(), b"kanarienvogel");
        assert_eq!(key.open(b"two/1", b"here", &sealed), Err(Unopened));
        assert_eq!(key.open(b"one/1", b"there", &sealed), Err(Unopened));
    }

    #[test]
    fn a_mark_is_the_same_for_the_same_and_says_nothing_to_others() {
        let (key, other) = (FolderKey::generate(&mut rng()), FolderKey(Zeroizing::new([9; 32])));
        assert_eq!(key.mark(b"one/1", b"x"), key.mark(b"one/1", b"x"));
        assert_ne!(key.mark(b"one/1", b"x"), key.mark(b"one/1", b"y"));
        assert_ne!(key.mark(b"one/1", b"x"), key.mark(b"two/1", b"x"));
        assert_ne!(key.mark(b"one/1", b"x"), other.mark(b"one/1", b"x"));
    }

    #[test]
    fn its_debug_says_nothing() {
        assert_eq!(format!("{:?}", FolderKey::generate(&mut rng())), "FolderKey");
    }
}

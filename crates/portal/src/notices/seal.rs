//! How words and files of notices rest (R5): AES-256-GCM under a key of the portal's own, bound to sender, notice and place.

use aws_lc_rs::aead::Aad;
use domain::{NoticeId, OrgCode};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::information::{HoldingSecret, Unopened, opened, sealed};

const PURPOSE: &[u8] = b"my-portal-notices-at-rest/1";

/// What is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Headline,
    Letter,
    Attachment(u8),
}

/// Whose.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) sender: &'a OrgCode,
    pub(super) notice: &'a NoticeId,
    pub(super) part: Part,
}

/// The key, derived when it is needed.
pub(super) struct NoticeKey(Zeroizing<[u8; 32]>);

impl NoticeKey {
    pub(super) fn derive(secret: &HoldingSecret) -> Result<Self, Unopened> {
        secret.key_for(PURPOSE).map(Self)
    }

    /// Nonce, ciphertext, tag.
    pub(super) fn seal(
        &self,
        place: Place<'_>,
        content: &[u8],
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Vec<u8>, Unopened> {
        sealed(&self.0, place.aad(), content, rng)
    }

    pub(super) fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopened> {
        opened(&self.0, place.aad(), sealed)
    }
}

impl Place<'_> {
    fn aad(&self) -> Aad<Vec<u8>> {
        let part: &[u8] = match &self.part {
            Part::Headline => &[0],
            Part::Letter => &[1],
            Part::Attachment(place) => &[2, *place],
        };
        // The id has a fixed length and the part ends the text: no two places are written alike.
        Aad::from([self.notice.as_bytes().as_slice(), self.sender.as_str().as_bytes(), &[0xff], part].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rng;

    fn key(byte: u8) -> NoticeKey {
        NoticeKey::derive(&HoldingSecret::new(vec![byte; 32].into()).unwrap()).unwrap()
    }

    #[test]
    fn what_rests_opens_in_its_own_place_under_the_portals_key_and_nowhere_else() {
        let (yokohama, sakata) = ("141003".parse().unwrap(), "062049".parse().unwrap());
        let (one, other) = ([1; 16].into(), [2; 16].into());
        let place = Place { sender: &yokohama, notice: &one, part: Part::Attachment(1) };
        let sealed = key(1).seal(place, b"kanarienvogel", &mut rng()).unwrap();
        assert!(!sealed.windows(8).any(|window| window == b"kanarien"));
        assert_eq!(key(1).open(place, &sealed).unwrap().as_slice(), b"kanarienvogel");
        assert_eq!(key(2).open(place, &sealed), Err(Unopened));
        for elsewhere in [
            Place { sender: &sakata, ..place },
            Place { notice: &other, ..place },
            Place { part: Part::Attachment(0), ..place },
            Place { part: Part::Letter, ..place },
            Place { part: Part::Headline, ..place },
        ] {
            assert_eq!(key(1).open(elsewhere, &sealed), Err(Unopened));
        }
        for length in 0..sealed.len() {
            assert_eq!(key(1).open(place, &sealed[..length]), Err(Unopened));
        }
    }
}

use std::convert::Infallible;

use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_core::{SeedableRng as _, TryCryptoRng, TryRng};

use super::*;

fn shared<K: Kem>(secret: &SharedSecret<K>) -> Vec<u8> {
    secret.0.to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_same_randomness_gives_what_the_portable_one_gives(ikm: [u8; 32], seed: [u8; 32]) {
        let (ours, our_point) = P256::derive_keypair(&ikm);
        let (theirs, their_point) = Portable::derive_keypair(&ikm);
        prop_assert_eq!(ours.to_bytes(), theirs.to_bytes());
        prop_assert_eq!(our_point.to_bytes(), their_point.to_bytes());

        let (one, enc) = P256::encap_with_rng(&our_point, None, &mut ChaCha20Rng::from_seed(seed)).unwrap();
        let (other, their_enc) =
            Portable::encap_with_rng(&their_point, None, &mut ChaCha20Rng::from_seed(seed)).unwrap();
        prop_assert_eq!(enc.to_bytes(), their_enc.to_bytes());
        prop_assert_eq!(shared(&one), shared(&other));
        prop_assert_eq!(shared(&one), shared(&P256::decap(&ours, None, &enc).unwrap()));
        prop_assert_eq!(shared(&one), shared(&Portable::decap(&theirs, None, &their_enc).unwrap()));
    }

    #[test]
    fn the_same_bytes_are_a_point_as_for_the_portable_one(bytes in prop::collection::vec(any::<u8>(), 0..70)) {
        let theirs = <Portable as Kem>::PublicKey::from_bytes(&bytes).is_ok();
        prop_assert_eq!(Point::from_bytes(&bytes).is_ok(), theirs);
    }
}

#[test]
fn no_scalar_and_no_point_is_taken() {
    let order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    for bad in [vec![0; 32], hex::decode(order).unwrap(), vec![0xff; 32], vec![1; 31], vec![]] {
        assert!(Secret::from_bytes(&bad).is_err(), "{bad:?}");
    }
    let (_, point) = P256::derive_keypair(&[7; 32]);
    let mut off_the_curve = point.0;
    off_the_curve[64] ^= 1;
    let mut hybrid = point.0;
    hybrid[0] = 6 | (point.0[64] & 1);
    for bad in [&off_the_curve[..], &hybrid[..], &[0][..], &point.0[..33]] {
        assert!(Point::from_bytes(bad).is_err(), "{bad:?}");
    }
}

/// Gives 32 bytes, once.
struct Given(Option<[u8; 32]>);

impl TryRng for Given {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        unreachable!("asked for a number")
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        unreachable!("asked for a number")
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.copy_from_slice(&self.0.take().expect("asked once"));
        Ok(())
    }
}

impl TryCryptoRng for Given {}

fn bytes<const LENGTH: usize>(hexadecimal: &str) -> [u8; LENGTH] {
    hex::decode(hexadecimal).unwrap().try_into().unwrap()
}

/// RFC 9180, appendix A.3.1: what the KEM makes of `ikmE` and `ikmR`. The same numbers for the portable one.
#[test]
fn the_known_vectors_come_out() {
    const IKM_E: &str = "4270e54ffd08d79d5928020af4686d8f6b7d35dbe470265f1f5aa22816ce860e";
    const SK_E: &str = "4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb";
    const PK_E: &str = "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac9\
                        8536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4";
    const IKM_R: &str = "668b37171f1072f3cf12ea8a236a45df23fc13b82af3609ad1e354f6ef817550";
    const SK_R: &str = "f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2";
    const PK_R: &str = "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a82\
                        6a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0";
    const SHARED: &str = "c0d26aeab536609a572b07695d933b589dcf363ff9d93c93adea537aeabb8cb8";
    fn holds<K: Kem>() {
        let (once, enc) = K::derive_keypair(&bytes::<32>(IKM_E));
        let (receiver, point) = K::derive_keypair(&bytes::<32>(IKM_R));
        assert_eq!((hex::encode(once.to_bytes()), hex::encode(enc.to_bytes())), (SK_E.to_owned(), PK_E.to_owned()));
        assert_eq!(
            (hex::encode(receiver.to_bytes()), hex::encode(point.to_bytes())),
            (SK_R.to_owned(), PK_R.to_owned())
        );
        let mut given = Given(Some(bytes(IKM_E)));
        let (sealing, encapsulated) = K::encap_with_rng(&point, None, &mut given).unwrap();
        assert_eq!(hex::encode(encapsulated.to_bytes()), PK_E);
        let opening = K::decap(&receiver, None, &encapsulated).unwrap();
        assert_eq!(
            (hex::encode(shared(&sealing)), hex::encode(shared(&opening))),
            (SHARED.to_owned(), SHARED.to_owned())
        );
    }
    holds::<P256>();
    holds::<Portable>();
}

/// The whole of HPKE: what one seals the other opens, both ways.
#[test]
fn what_one_seals_the_other_opens() {
    fn crossed<Sealing: Kem, Opening: Kem>() {
        use hpke::aead::AesGcm256;
        use hpke::{OpModeR, OpModeS};

        let (secret, point) = Opening::derive_keypair(&[9; 32]);
        let point = Sealing::PublicKey::from_bytes(&point.to_bytes()).unwrap();
        let mut rng = ChaCha20Rng::from_seed([3; 32]);
        let (enc, ciphertext) = hpke::single_shot_seal_with_rng::<AesGcm256, HkdfSha256, Sealing>(
            &OpModeS::Base,
            &point,
            b"info",
            b"income",
            b"exchange 1",
            &mut rng,
        )
        .unwrap();
        let enc = Opening::EncappedKey::from_bytes(&enc.to_bytes()).unwrap();
        let open = |aad: &[u8]| {
            hpke::single_shot_open::<AesGcm256, HkdfSha256, Opening>(
                &OpModeR::Base,
                &secret,
                &enc,
                b"info",
                &ciphertext,
                aad,
            )
        };
        assert_eq!(open(b"exchange 1").unwrap(), b"income");
        assert!(open(b"exchange 2").is_err());
    }
    crossed::<P256, Portable>();
    crossed::<Portable, P256>();
    crossed::<P256, P256>();
}

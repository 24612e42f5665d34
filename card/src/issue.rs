//! First insertion: the chip makes its keys and asks JPKI for both certificates, once (B-PKI-1, B-CRD-3).

mod desk;

pub use desk::{DeskConfig, DeskError, HttpDesk, IssuingDesk};

use std::num::NonZeroU32;

use base64ct::{Base64, Encoding as _};
use pki::key::{KeyError, SigningKey};
use wire::jpki::{CertificateOrder, CertificatePair, order_statement};

use crate::card_file::{BlankCardError, CardFile, CardFileError, CardFolder, Certificates, ChipRecord};
use crate::card_id::CardId;
use crate::chip::{CardKey, PIN_ITERATIONS, PinHash};

/// A card could not get its certificates. It keeps its keys; inserting it again repeats the same order.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// The card file failed.
    #[error("the card file failed")]
    File(#[from] CardFileError),
    /// The factory's part is damaged.
    #[error("the blank card is damaged")]
    Blank(#[from] BlankCardError),
    /// A key failed.
    #[error("a key on the card failed")]
    Key(#[from] KeyError),
    /// JPKI did not issue.
    #[error("JPKI did not issue the certificates")]
    Desk(#[from] DeskError),
    /// JPKI answered with certificates for other keys.
    #[error("JPKI answered with certificates for other keys")]
    OtherKeys,
    /// The work was cut off.
    #[error("the work was cut off")]
    CutOff,
}

/// Gives the card its keys and certificates, whatever is missing. Does nothing to a card that has them.
///
/// Order: keys durable → order → certificates durable. A crash in between repeats the order with the same keys, which
/// JPKI answers with the same certificates.
pub async fn personalise(
    folder: &CardFolder,
    id: &CardId,
    desk: &dyn IssuingDesk,
    rng: &mut (impl rand_core::CryptoRng + ?Sized),
) -> Result<(), IssueError> {
    personalise_with(folder, id, desk, rng, PIN_ITERATIONS).await
}

/// As [`personalise`], with PINs stretched by so many rounds.
pub(crate) async fn personalise_with(
    folder: &CardFolder,
    id: &CardId,
    desk: &dyn IssuingDesk,
    rng: &mut (impl rand_core::CryptoRng + ?Sized),
    iterations: NonZeroU32,
) -> Result<(), IssueError> {
    let mut salts = [[0; PinHash::SALT_LEN]; 2];
    for salt in &mut salts {
        rng.fill_bytes(salt);
    }
    let (cards, card) = (folder.clone(), id.clone());
    let order = blocking(move || make_keys(&cards, &card, &salts, iterations)).await?;
    let Some(order) = order else {
        return Ok(());
    };
    let pair = desk.order(&order).await?;
    let (cards, card) = (folder.clone(), id.clone());
    blocking(move || keep_certificates(&cards, &card, &pair)).await
}

fn make_keys(
    folder: &CardFolder,
    id: &CardId,
    salts: &[[u8; PinHash::SALT_LEN]; 2],
    iterations: NonZeroU32,
) -> Result<Option<CertificateOrder>, IssueError> {
    let held = folder.hold(id)?;
    let record = match held.read()? {
        CardFile::Personalised(record) => *record,
        CardFile::Blank(blank) => {
            let record = ChipRecord::personalise(&blank, salts, iterations)?;
            held.write(&record)?;
            record
        }
    };
    match &record.certificates {
        Certificates::Issued { .. } => Ok(None),
        Certificates::Ordered { ticket } => order(&record, ticket.expose()).map(Some),
    }
}

fn order(record: &ChipRecord, ticket: &str) -> Result<CertificateOrder, IssueError> {
    let spki_and_proof = |key: CardKey| -> Result<(String, String), KeyError> {
        let key: SigningKey = record.slot(key).signing_key()?;
        let proof = key.sign(&order_statement(ticket, key.spki_der()))?;
        Ok((Base64::encode_string(key.spki_der()), Base64::encode_string(&proof)))
    };
    let (authentication_spki, authentication_proof) = spki_and_proof(CardKey::Authentication)?;
    let (signature_spki, signature_proof) = spki_and_proof(CardKey::Signature)?;
    Ok(CertificateOrder {
        card_id: record.card_id.clone(),
        ticket: ticket.to_owned(),
        authentication_spki,
        authentication_proof,
        signature_spki,
        signature_proof,
    })
}

fn keep_certificates(folder: &CardFolder, id: &CardId, pair: &CertificatePair) -> Result<(), IssueError> {
    let held = folder.hold(id)?;
    let Some(mut record) = held.personalised()? else {
        return Err(IssueError::OtherKeys);
    };
    let belongs = |key: CardKey, certificate: &str| -> Result<bool, IssueError> {
        let der = Base64::decode_vec(certificate).map_err(|_| IssueError::OtherKeys)?;
        let certificate = pki::Certificate::from_der(&der).map_err(|_| IssueError::OtherKeys)?;
        Ok(certificate.spki_der() == record.slot(key).signing_key()?.spki_der())
    };
    if !belongs(CardKey::Authentication, &pair.authentication)? || !belongs(CardKey::Signature, &pair.signature)? {
        return Err(IssueError::OtherKeys);
    }
    record.certificates =
        Certificates::Issued { authentication: pair.authentication.clone(), signature: pair.signature.clone() };
    Ok(held.write(&record)?)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, IssueError> + Send + 'static,
) -> Result<T, IssueError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(IssueError::CutOff))
}

//! How somebody bound a code by card long ago (B-ID-6): with a card that was given back since. Its certificates are
//! among the first on the revocation lists.

use std::sync::Arc;

use base64ct::{Base64, Encoding as _};
use domain::{CardPurpose, TicketCode};
use pki::{
    SigningKey,
    key::{KeyError, KeyKind},
};
use rand_core::Rng as _;
use runtime::SystemRng;
use wire::{
    jpki::{CERTIFICATES_PATH, CertificateOrder, CertificatePair, order_statement},
    reader::{Answer, AnswerKind, statement},
};

use crate::{
    institution::{
        Institution, InternalId,
        card_binding::{CardBinding, CardBindingError, CitizensError},
    },
    jpki::{CARD_EVENTS_PATH, CARD_ORDERS_PATH, CardEvent, CardEventMessage, CardOrder},
    party::{DataDir, ISSUER, JPKI, PartyError, PeerError, Peers},
    serve::Parties,
    world::Person,
};

/// No code was bound by card.
#[derive(Debug, thiserror::Error)]
pub enum FormerCardError {
    /// The issuing desk.
    #[error(transparent)]
    Party(#[from] PartyError),
    /// JPKI.
    #[error("JPKI did not do what was asked")]
    Peer(#[from] PeerError),
    /// A key.
    #[error("a key could not be made or used")]
    Key(#[from] KeyError),
    /// The institution's site.
    #[error("the institution's site cannot judge certificates")]
    Site(#[from] CitizensError),
    /// The site refused.
    #[error("the institution's site refused the card")]
    Binding(#[from] CardBindingError),
}

/// The person binds a code at the institution's site, and gives the card back. The code is then on its way.
pub(super) async fn bind(
    data: &DataDir,
    parties: &Parties,
    institution: &Arc<Institution>,
    person: &Person,
    id: &InternalId,
) -> Result<(), FormerCardError> {
    let desk = parties.client_of(&ISSUER)?.peers;
    let card = Card::issue(&desk, person).await?;
    let origin = format!("http://{}.localhost", institution.org().as_str().to_ascii_lowercase());
    let site = CardBinding::new(Arc::clone(institution), data, origin.clone())?;
    let ask = site.begin(id).await?;
    let signed = card.signature.sign(&statement(CardPurpose::Register, &origin, &ask.challenge, &ask.document))?;
    let answer = Answer {
        challenge: ask.challenge,
        result: AnswerKind::Signed,
        certificate: card.certificates.signature.clone(),
        signature: Base64::encode_string(&signed),
        pin: "present".to_owned(),
    };
    site.finish(&answer).await?;
    let given_back = CardEventMessage { card_id: card.id, event: CardEvent::Return };
    Ok(desk.post_no_content(&JPKI, CARD_EVENTS_PATH, &given_back).await?)
}

struct Card {
    id: String,
    signature: SigningKey,
    certificates: CertificatePair,
}

impl Card {
    async fn issue(desk: &Peers, person: &Person) -> Result<Self, FormerCardError> {
        let ticket = TicketCode::generate(&mut SystemRng);
        let id = format!("former-{:08x}", SystemRng.next_u32());
        let order = CardOrder {
            card_id: id.clone(),
            ticket: ticket.clone(),
            resident_record_code: person.resident_record_code.clone(),
        };
        desk.post_no_content(&JPKI, CARD_ORDERS_PATH, &order).await?;
        let ticket = ticket.expose();
        let (authentication, signature) =
            (SigningKey::generate(KeyKind::Rsa2048)?, SigningKey::generate(KeyKind::Rsa2048)?);
        let proof = |key: &SigningKey| -> Result<String, KeyError> {
            Ok(Base64::encode_string(&key.sign(&order_statement(&ticket, key.spki_der()))?))
        };
        let order = CertificateOrder {
            card_id: id.clone(),
            authentication_spki: Base64::encode_string(authentication.spki_der()),
            authentication_proof: proof(&authentication)?,
            signature_spki: Base64::encode_string(signature.spki_der()),
            signature_proof: proof(&signature)?,
            ticket: ticket.clone(),
        };
        let certificates = desk.post(&JPKI, CERTIFICATES_PATH, &order).await?;
        Ok(Self { id, signature, certificates })
    }
}

//! Demo cards: ordered at JPKI by the issuing desk (B-CRD-3), blank as the factory left them, and the table of PINs.

use domain::TicketCode;
use wire::{
    card_file::{BLANK_FORMAT, BlankCard, CardTable, CardTableRow, TABLE_FILE, file_name},
    issuance::FourInfoMessage,
};

use crate::{
    jpki::{CARD_ORDERS_PATH, CardOrder},
    numbers::{MY_NUMBERS_PATH, MyNumber, MyNumberAnswer},
    party::{DataDir, ISSUER, JPKI, NUMBERS, Party, PartyError, PeerError, REGISTER},
    register::{NUMBER_MATCHES_PATH, NumberMatch},
    serve::Parties,
    world::{
        Draw, Manifest, Person, drawn,
        files::{Access, FileError, replace, write_once},
    },
};

/// Without 0, O, 1 and I: nobody should have to guess.
const SIGNATURE_PIN_LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const SIGNATURE_PIN_LEN: usize = 8;

/// Cards could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CardsError {
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// A party of the world.
    #[error(transparent)]
    Party(#[from] PartyError),
    /// JPKI, the register or the generation body.
    #[error("a card cannot be ordered")]
    Peer(#[from] PeerError),
    /// A file's content.
    #[error("a card file cannot be written as JSON")]
    Json(#[from] serde_json::Error),
    /// The table.
    #[error("the table of cards cannot be written as TOML")]
    Toml(#[from] toml::ser::Error),
}

/// Names the n-th card, from 1.
pub(crate) fn card_id(n: usize) -> String {
    format!("card-{n:04}")
}

/// What is on a card before anybody uses it.
pub(crate) struct Factory {
    pub(crate) ticket: TicketCode,
    pub(crate) authentication_pin: String,
    pub(crate) signature_pin: String,
}

impl Factory {
    /// Of the world's own cards from the seed, so that a run that was cut off goes on with the same tickets.
    pub(crate) fn draw(rng: &mut (impl rand_core::CryptoRng + ?Sized)) -> Self {
        let authentication_pin = format!("{:04}", rng.next_u32() % 10_000);
        let letters = (0..SIGNATURE_PIN_LEN).filter_map(|_| {
            let at = usize::try_from(rng.next_u32() % 32).unwrap_or_default();
            SIGNATURE_PIN_LETTERS.get(at).copied().map(char::from)
        });
        let signature_pin = letters.collect();
        Self { ticket: TicketCode::generate(rng), authentication_pin, signature_pin }
    }
}

/// Orders a card for each holder, in order; a card that is there already, blank or not, is left alone.
pub(super) async fn order(
    data: &DataDir,
    parties: &Parties,
    manifest: &Manifest,
    holders: &[Person],
) -> Result<(), CardsError> {
    let desk = parties.client_of(&ISSUER)?;
    let mut rng = drawn(manifest.seed, Draw::Cards);
    let mut table = CardTable::default();
    for (person, n) in holders.iter().zip(1..) {
        let Some(wish) = &person.card else { continue };
        let (id, factory) = (card_id(n), Factory::draw(&mut rng));
        table.cards.push(CardTableRow {
            id: id.clone(),
            who: wish.who.clone(),
            authentication_pin: factory.authentication_pin.clone(),
            signature_pin: factory.signature_pin.clone(),
        });
        let path = data.cards().join(file_name(&id));
        if path.exists() {
            continue;
        }
        let order = CardOrder {
            card_id: id.clone(),
            ticket: factory.ticket.clone(),
            resident_record_code: person.resident_record_code.clone(),
        };
        desk.peers.post_no_content(&JPKI, CARD_ORDERS_PATH, &order).await?;
        let four_info = FourInfoMessage::from(&person.four_info);
        let number = number_for_chip(&parties.client_of(&person.municipality)?, &four_info).await?;
        let blank = BlankCard {
            format: BLANK_FORMAT.to_owned(),
            card_id: id,
            who: wish.who.clone(),
            ticket: factory.ticket.expose(),
            authentication_pin: factory.authentication_pin,
            signature_pin: factory.signature_pin,
            state: wish.state,
            my_number: wire::card_file::MyNumber::new(number.expose().to_owned()),
        };
        let content = zeroize::Zeroizing::new(serde_json::to_vec_pretty(&blank)?);
        write_once(&path, &content, Access::Owner)?;
    }
    Ok(replace(&data.cards().join(TABLE_FILE), toml::to_string(&table)?.as_bytes(), Access::Owner)?)
}

/// The 番号 that the municipality has put on the chip.
pub(crate) async fn number_for_chip(municipality: &Party, four_info: &FourInfoMessage) -> Result<MyNumber, PeerError> {
    let matched: NumberMatch = municipality.peers.post(&REGISTER, NUMBER_MATCHES_PATH, four_info).await?;
    let answer: MyNumberAnswer = municipality.peers.post(&NUMBERS, MY_NUMBERS_PATH, &matched).await?;
    Ok(answer.my_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pins_have_the_form_that_cards_ask_for() {
        let mut rng = drawn(1, Draw::Cards);
        for _ in 0..50 {
            let factory = Factory::draw(&mut rng);
            assert!(
                factory.authentication_pin.len() == 4 && factory.authentication_pin.bytes().all(|b| b.is_ascii_digit())
            );
            let letters = factory.signature_pin.bytes();
            assert!(letters.len() == 8 && letters.into_iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()));
        }
    }

    #[test]
    fn the_same_seed_draws_the_same_cards() {
        let draw = |seed| Factory::draw(&mut drawn(seed, Draw::Cards)).authentication_pin;
        assert_eq!(draw(1), draw(1));
        assert_ne!(Factory::draw(&mut drawn(1, Draw::Cards)).ticket, Factory::draw(&mut drawn(2, Draw::Cards)).ticket);
    }
}

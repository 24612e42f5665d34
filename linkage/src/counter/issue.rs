//! A new card (B-CRD-3): ordered by the issuing desk at JPKI, made by the factory, locked until it is handed over.

use runtime::SystemRng;
use wire::{
    card_file::{BLANK_FORMAT, BlankCard, CardState, CardTableRow},
    issuance::FourInfoMessage,
};

use super::{Counter, CounterError, NewCard, book, card_files, municipalities};
use crate::{
    jpki::{CARD_ORDERS_PATH, CardOrder},
    party::{ISSUER, JPKI, REGISTER, Refusal},
    register::{Change, IDENTIFICATION_INFO_PATH, IdentificationInfoRequest, PERSON_UNKNOWN},
    world::{
        self, Factory, Person,
        files::{Access, write_once},
        number_for_chip,
    },
};

impl Counter {
    /// 新規の発行, for one of the demo's own people (by key) who has no card. Names the new card.
    pub async fn issues_first(&self, person: &str) -> Result<String, CounterError> {
        let without = self.people_without_card()?;
        let manifest = world::Manifest::require(&self.data)?;
        let people = world::people(manifest.seed, manifest.made_at)?;
        let owner = people.into_iter().find(|p| p.key == person && without.iter().any(|(key, _)| *key == p.key));
        let owner = owner.ok_or_else(|| {
            let keys: Vec<String> = without.into_iter().map(|(key, _)| key).collect();
            CounterError::NobodyWithoutCard(person.to_owned(), keys.join(", "))
        })?;
        let name = owner.four_info.name().to_owned();
        self.makes(&owner, format!("{name}のカード"), NewCard::FirstIssue).await
    }

    /// 更新 or 再発行, for the owner of a card. The old card stays as it is until the new one is handed over. Names the new
    /// card.
    pub async fn issues_again(&self, card: &str, why: NewCard) -> Result<String, CounterError> {
        let head = card_files::look(&self.data, card)?.ok_or_else(|| CounterError::CardUnknown(card.to_owned()))?;
        let owner = self.owner_of(card)?;
        self.makes(&owner, head.who, why).await
    }

    async fn makes(&self, owner: &Person, who: String, why: NewCard) -> Result<String, CounterError> {
        let number = {
            let four_info = self.register_s_items_of(owner).await?;
            let municipality = self.as_org(&four_info.0)?;
            number_for_chip(&municipality, &four_info.1).await?
        };
        let now = self.clock.now();
        let id = book::enter(&self.data, owner, why, now)?;
        let factory = Factory::draw(&mut SystemRng);
        let order = CardOrder {
            card_id: id.clone(),
            ticket: factory.ticket.clone(),
            resident_record_code: owner.resident_record_code.clone(),
        };
        self.as_org(&ISSUER)?.peers.post_no_content(&JPKI, CARD_ORDERS_PATH, &order).await?;
        self.card_event(&id, why.into()).await?;
        let blank = BlankCard {
            format: BLANK_FORMAT.to_owned(),
            card_id: id.clone(),
            who: who.clone(),
            ticket: factory.ticket.expose(),
            authentication_pin: factory.authentication_pin.clone(),
            signature_pin: factory.signature_pin.clone(),
            state: CardState::Locked,
            my_number: wire::card_file::MyNumber::new(number.expose().to_owned()),
        };
        let content = zeroize::Zeroizing::new(serde_json::to_vec_pretty(&blank)?);
        write_once(&card_files::path(&self.data, &id), &content, Access::Owner)?;
        let Factory { authentication_pin, signature_pin, .. } = factory;
        book::tell_pins(&self.data, CardTableRow { id: id.clone(), who, authentication_pin, signature_pin })?;
        tracing::info!(card.id = id, why = ?why, "a new card was made");
        Ok(id)
    }

    /// Where the owner lives today, and what the register says of them there.
    async fn register_s_items_of(&self, owner: &Person) -> Result<(domain::OrgCode, FourInfoMessage), CounterError> {
        let request = IdentificationInfoRequest { resident_record_code: owner.resident_record_code.clone() };
        for municipality in municipalities(owner, &Change::Died) {
            let peers = self.as_org(&municipality)?.peers;
            match peers.post(&REGISTER, IDENTIFICATION_INFO_PATH, &request).await {
                Err(error) if error.code() == Some(Refusal::NOT_ENTITLED) => {}
                Err(error) if error.code() == Some(PERSON_UNKNOWN) => break,
                answer => return Ok((municipality, answer?)),
            }
        }
        Err(CounterError::NoResident(owner.key.clone()))
    }
}

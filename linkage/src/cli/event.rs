//! `linkage event`

use clap::{Args, Subcommand};
use domain::OrgCode;

use super::{Common, Outcome, say};
use crate::{
    event::{self, Event},
    jpki::CardEvent,
    register::Change,
    world::orgs,
};

/// What happened.
#[derive(Subcommand)]
pub(super) enum Arguments {
    /// 紛失: the card was lost; both certificates are revoked
    Loss(Card),
    /// 破損: the card broke; both certificates are revoked
    Damage(Card),
    /// 失効: the card lapsed; both certificates are revoked
    Lapse(Card),
    /// 返納: the card was given back; both certificates are revoked
    Return(Card),
    /// 廃棄: the card was disposed of; both certificates are revoked
    Disposal(Card),
    /// 券面の変更: no certificate is touched
    FaceChange(Card),
    /// チップ内の変更: no certificate is touched
    ChipChange(Card),
    /// 死亡: the owner died; both certificates are revoked
    Death(Card),
    /// 国外転出: the owner left the country; both certificates are revoked
    Leave(Card),
    /// 転居: the owner moved; the signature certificate is revoked
    Move(Move),
    /// 氏名の変更: the owner's name changed; the signature certificate is revoked
    Rename(Rename),
}

/// Which card.
#[derive(Args)]
pub(super) struct Card {
    /// E.g. card-0001
    card: String,
}

/// Where to.
#[derive(Args)]
pub(super) struct Move {
    #[command(flatten)]
    card: Card,
    /// New address
    #[arg(long, default_value = "神奈川県横浜市中区日本大通1番地", value_parser = written)]
    address: String,
    /// 全国地方公共団体コード of the new address
    #[arg(long, default_value = "141003", value_parser = municipality)]
    municipality: OrgCode,
}

/// To what.
#[derive(Args)]
pub(super) struct Rename {
    #[command(flatten)]
    card: Card,
    /// New name
    #[arg(long, value_parser = written)]
    name: String,
}

/// A name or an address as a register writes it.
fn written(text: &str) -> Result<String, String> {
    if text.trim().is_empty() || text.chars().any(char::is_control) {
        return Err("a name or an address has letters and stands on one line".to_owned());
    }
    Ok(text.to_owned())
}

/// Only a municipality of the world can report that somebody moved there.
fn municipality(text: &str) -> Result<OrgCode, String> {
    let municipalities: Vec<OrgCode> = orgs::institutions().into_iter().filter(OrgCode::is_municipality).collect();
    let found = municipalities.iter().find(|org| org.as_str() == text);
    found.cloned().ok_or_else(|| {
        let codes: Vec<&str> = municipalities.iter().map(OrgCode::as_str).collect();
        format!("the municipalities of the world are {}", codes.join(", "))
    })
}

pub(super) async fn run(common: &Common, arguments: Arguments) -> Outcome {
    let (card, event) = match arguments {
        Arguments::Loss(Card { card }) => (card, Event::Card(CardEvent::Loss)),
        Arguments::Damage(Card { card }) => (card, Event::Card(CardEvent::Damage)),
        Arguments::Lapse(Card { card }) => (card, Event::Card(CardEvent::Lapse)),
        Arguments::Return(Card { card }) => (card, Event::Card(CardEvent::Return)),
        Arguments::Disposal(Card { card }) => (card, Event::Card(CardEvent::Disposal)),
        Arguments::FaceChange(Card { card }) => (card, Event::Card(CardEvent::FaceChange)),
        Arguments::ChipChange(Card { card }) => (card, Event::Card(CardEvent::ChipChange)),
        Arguments::Death(Card { card }) => (card, Event::Owner(Change::Died)),
        Arguments::Leave(Card { card }) => (card, Event::Owner(Change::Left)),
        Arguments::Move(Move { card, address, municipality }) => {
            (card.card, Event::Owner(Change::Moved { address, municipality }))
        }
        Arguments::Rename(Rename { card, name }) => (card.card, Event::Owner(Change::Renamed { name })),
    };
    event::report(&common.data(), common.clock.clock(), &card, event).await?;
    say(&format!("{card}: taken"));
    Ok(())
}

//! `linkage event`

use clap::{Args, Subcommand};
use domain::OrgCode;

use super::{Common, Outcome, say};
use crate::{
    counter::{Counter, NewCard},
    jpki::CardEvent,
    register::Change,
    world::orgs,
};

/// What happened.
#[derive(Subcommand)]
pub(super) enum Arguments {
    /// 新規の発行: a first card for somebody who has none; it is locked
    FirstIssue(Person),
    /// 更新: a new card for the owner of a card; it is locked, and the old one goes on until it is handed over
    Renewal(Card),
    /// 再発行: a new card after loss or damage; it is locked
    Reissue(Card),
    /// 交付: a locked card is handed over and may be used; the owner's other cards end
    HandOver(Card),
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

/// Who.
#[derive(Args)]
pub(super) struct Person {
    /// Key of one of the demo's own people, e.g. takahashi-misaki; a wrong one lists those without a card
    person: String,
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
    let counter = Counter::of(common.data(), common.clock.clock())?;
    let of_card = |event| move |card: Card| (card.card, Happened::Card(event));
    let (card, happened) = match arguments {
        Arguments::FirstIssue(Person { person }) => {
            made(&counter.issues_first(&person).await?);
            return Ok(());
        }
        Arguments::Renewal(Card { card }) => {
            made(&counter.issues_again(&card, NewCard::Renewal).await?);
            return Ok(());
        }
        Arguments::Reissue(Card { card }) => {
            made(&counter.issues_again(&card, NewCard::Reissue).await?);
            return Ok(());
        }
        Arguments::HandOver(Card { card }) => {
            counter.hands_over(&card).await?;
            say(&format!("{card}: handed over"));
            return Ok(());
        }
        Arguments::Loss(card) => of_card(CardEvent::Loss)(card),
        Arguments::Damage(card) => of_card(CardEvent::Damage)(card),
        Arguments::Lapse(card) => of_card(CardEvent::Lapse)(card),
        Arguments::Return(card) => of_card(CardEvent::Return)(card),
        Arguments::Disposal(card) => of_card(CardEvent::Disposal)(card),
        Arguments::FaceChange(card) => of_card(CardEvent::FaceChange)(card),
        Arguments::ChipChange(card) => of_card(CardEvent::ChipChange)(card),
        Arguments::Death(Card { card }) => (card, Happened::Owner(Change::Died)),
        Arguments::Leave(Card { card }) => (card, Happened::Owner(Change::Left)),
        Arguments::Move(Move { card, address, municipality }) => {
            (card.card, Happened::Owner(Change::Moved { address, municipality }))
        }
        Arguments::Rename(Rename { card, name }) => (card.card, Happened::Owner(Change::Renamed { name })),
    };
    match happened {
        Happened::Card(event) => counter.card_event(&card, event).await?,
        Happened::Owner(change) => counter.owner_event(&card, change).await?,
    }
    say(&format!("{card}: taken"));
    Ok(())
}

enum Happened {
    Card(CardEvent),
    Owner(Change),
}

fn made(card: &str) {
    say(&format!("{card}: made and locked; `linkage event hand-over {card}` hands it over"));
}

//! What a person needs to try the demo.

use super::{host::Certificate, places::Places};
use serde::Deserialize;
use std::{fs, path::Path};

/// Prints the addresses and the demo cards with their PINs.
pub(super) fn print(places: &Places, tls: Option<&Certificate>) {
    println!("\nマイ・ポータル  {}", places.origin());
    println!("カードリーダー  {}", places.reader_origin());
    if let Some(tls) = tls {
        println!("ほかの端末では、まずこの認証局を信頼させてください / trust this CA on the other device:");
        println!("                {}", tls.authority.display());
    }
    println!("\n{}", rows(&places.data.join("cards/cards.toml")));
    println!("終わるには Ctrl-C / Ctrl-C ends it");
}

fn rows(path: &Path) -> String {
    let table: Table = fs::read_to_string(path).ok().and_then(|text| toml::from_str(&text).ok()).unwrap_or_default();
    let mut lines = vec!["カード      暗証番号  署名用パスワード  どなたの".to_owned()];
    for card in &table.cards {
        lines
            .push(format!("{:<10}  {:<8}  {:<16}  {}", card.id, card.authentication_pin, card.signature_pin, card.who));
    }
    lines.join("\n") + "\n"
}

#[derive(Default, Deserialize)]
struct Table {
    #[serde(default)]
    cards: Vec<Card>,
}

#[derive(Deserialize)]
struct Card {
    id: String,
    who: String,
    authentication_pin: String,
    signature_pin: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_card_has_a_line_with_both_pins() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cards.toml");
        let card = "[[cards]]\nid = \"card-0001\"\nwho = \"横浜市の30代の母\"\nauthentication_pin = \"1234\"\nsignature_pin = \"ABC123\"\n";
        fs::write(&path, card).unwrap();
        let last = rows(&path).lines().last().unwrap().to_owned();
        assert_eq!(last, "card-0001   1234      ABC123            横浜市の30代の母");
    }
}

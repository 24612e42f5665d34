//! What a person needs to try the demo.

use super::{host::Certificate, places::Places, senders, sites};
use crate::failure::Failure;
use serde::Deserialize;
use std::{fs, path::Path};

/// Prints the addresses and the demo cards with their PINs.
pub(super) fn print(places: &Places, tls: Option<&Certificate>) -> Result<(), Failure> {
    println!("\nマイ・ポータル  {}", places.origin());
    println!("カードリーダー  {}", places.reader_origin());
    print!("{}", site_lines(&places.data)?);
    for sender in senders::prepare(places)? {
        println!(
            "お知らせの送信  {}  {}の職員の画面。API は https://{}/api/docs",
            sender.console, sender.name, sender.api
        );
        println!("                招待: municipality officer invite --config {}", sender.settings.display());
    }
    println!("メール          {}  送るかわりに、ここに .eml で置きます / e-mail is put here", places.mail().display());
    if let Some(tls) = tls {
        println!("ほかの端末では、まずこの認証局を信頼させてください / trust this CA on the other device:");
        println!("                {}", tls.authority.display());
    }
    println!("\n{}", rows(&places.data.join("cards/cards.toml")));
    println!("終わるには Ctrl-C / Ctrl-C ends it");
    Ok(())
}

/// Sites where a person binds a code by card, each with what to type there, and municipalities' counters.
fn site_lines(data: &Path) -> Result<String, Failure> {
    let numbers = sites::numbers(data);
    let line = |(org, site): (String, sites::Site)| {
        if !sites::asks_cards(&org) {
            return format!("市区町村の窓口  {}  カードの届け出・更新・再発行・交付\n", site.origin);
        }
        let typed = numbers.get(&org).into_iter().flatten().map(|(card, number)| format!("{number}（{card}）"));
        let typed = typed.collect::<Vec<_>>().join("、");
        let name = if org == "JASSO" { "奨学金（符号）" } else { &org };
        format!("{name}  {}  番号 {typed}\n", site.origin)
    };
    Ok(sites::read(data)?.into_iter().map(line).collect())
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
    fn a_site_has_a_line_with_what_to_type_there() {
        let folder = tempfile::tempdir().unwrap();
        sites::tests::write(folder.path());
        let lines = "市区町村の窓口  http://counter.yokohama.localhost:9196  カードの届け出・更新・再発行・交付\n\
             奨学金（符号）  http://jasso.localhost:9195  番号 461-62-707770（card-0016）\n";
        assert_eq!(site_lines(folder.path()).unwrap(), lines);
        assert_eq!(site_lines(Path::new("/nowhere")).unwrap(), "");
    }

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

//! Three languages, chosen by the portal's page, the person, or the browser.

use domain::CardPurpose;

use crate::world::{CARD, PORTAL, World, ask};

#[tokio::test]
async fn the_page_speaks_the_language_of_the_portals_page() {
    let world = World::with_card().await;
    for (lang, title, html_lang) in [
        ("ja", "カードでログインする", "ja"),
        ("ja-easy", "つぎから、このカードでログインできます。", "ja"),
        ("en", "Log in with your card", "en"),
        ("xx", "カードでログインする", "ja"),
    ] {
        let purpose = if lang == "ja-easy" { CardPurpose::Bind } else { CardPurpose::Login };
        let mut ask = ask(purpose);
        ask.lang = lang.into();
        let page = world.person.brings(PORTAL, &ask).await.unwrap();
        assert!(page.shows(title), "{lang}");
        assert!(page.html.contains(&format!("<html lang=\"{html_lang}\"")), "{lang}");
    }
}

#[tokio::test]
async fn the_language_can_be_changed_without_losing_the_ask() {
    let world = World::with_card().await;
    let page = world.person.brings(PORTAL, &ask(CardPurpose::Login)).await.unwrap();
    let page = world.person.sends(&page.form("/v1/ask/language").unwrap(), &[("lang", "en")]).await.unwrap();
    assert!(page.shows("Log in with your card"));
    let wrong = world.person.sends(&page.form("/v1/pin").unwrap(), &[("pin", "0000")]).await.unwrap();
    assert!(wrong.shows("The PIN is wrong. After 2 more wrong tries, the card's PIN will be locked."));
}

#[tokio::test]
async fn the_front_page_follows_its_links_then_the_browser() {
    let world = World::with_card().await;
    assert!(world.person.opens("/?lang=en").await.unwrap().shows("Insert or remove a card"));
    assert!(world.person.opens("/?lang=ja-easy").await.unwrap().shows("カードを入れる・出す"));
    let browser = reqwest::Client::new().get(world.reader.origin()).header("accept-language", "en-GB,en;q=0.9");
    assert!(browser.send().await.unwrap().text().await.unwrap().contains("Insert or remove a card"));
    assert!(world.person.opens("/?lang=en&lang=ja&x=%ff").await.unwrap().shows(CARD));
}

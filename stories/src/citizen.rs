//! A citizen with a card, a browser and a card reader.

use domain::{Locale, OrgCode};
use url::Url;

use crate::browser::Browser;
use crate::page::{Form, Page};
use crate::town::Town;

/// Acts through pages and forms alone, without script.
pub struct Citizen<'t> {
    /// Where.
    pub town: &'t Town,
    /// The citizen's browser.
    pub browser: Browser,
    /// Card in hand.
    pub card: String,
    authentication_pin: String,
    signature_pin: String,
    reader: Url,
}

impl<'t> Citizen<'t> {
    /// With a demo card, a browser in `language` and a reader of their own.
    pub async fn with_card(town: &'t Town, card: &str, language: &str) -> Self {
        Self::at_machine(town, card, language, None).await
    }

    /// The same at a machine of an institution that may ask cards without a PIN.
    pub async fn at_machine(town: &'t Town, card: &str, language: &str, of: Option<OrgCode>) -> Self {
        let pins = town.pins(card);
        let reader = town.starts_reader(of).await;
        Self {
            town,
            browser: Browser::new(language),
            card: card.to_owned(),
            authentication_pin: pins.authentication_pin,
            signature_pin: pins.signature_pin,
            reader,
        }
    }

    /// With a demo card, and every page in this language from now on.
    pub async fn speaking(town: &'t Town, card: &str, locale: Locale) -> Self {
        let citizen = Self::with_card(town, card, "ja").await;
        citizen.opens(&format!("/?lang={}", locale.name())).await;
        citizen
    }

    /// Opens a page of the portal.
    pub async fn opens(&self, path: &str) -> Page {
        self.browser.opens(&self.town.portal(path)).await
    }

    /// 利用者登録, from the first page to the folder's home.
    pub async fn opens_folder(&self) -> Page {
        let ready = self.applies().await;
        assert_eq!(ready.path(), "/register/opening", "{}", ready.text());
        let ready = self.waits_for_the_code(ready).await;
        let asked = self.browser.submits(&ready, ready.form("/register/bind/start")).await;
        self.answers_with_pin(&asked, &self.authentication_pin).await
    }

    /// The first half: the signed application.
    pub async fn applies(&self) -> Page {
        let page = self.opens("/register").await;
        let asked = self.browser.submits(&page, page.form("/register/start")).await;
        self.answers_with_pin(&asked, &self.signature_pin).await
    }

    /// The waiting page reloads itself; here the town tells when there is something new.
    pub async fn waits_for_the_code(&self, mut page: Page) -> Page {
        for _ in 0..200 {
            if page.forms().iter().any(|form| form.action.path() == "/register/bind/start") {
                return page;
            }
            tokio::task::yield_now().await;
            page = self.opens("/register/opening").await;
        }
        panic!("the link code never came: {}", page.text())
    }

    /// ログイン, to the home page or wherever it leads.
    pub async fn logs_in(&self) -> Page {
        let asked = self.starts_login().await;
        self.answers_with_pin(&asked, &self.authentication_pin).await
    }

    /// ログイン up to the page that leads to the reader.
    pub async fn starts_login(&self) -> Page {
        let page = self.opens("/login").await;
        self.browser.submits(&page, page.form("/login/start")).await
    }

    /// From the portal's page to the reader, the PIN, and back.
    pub async fn answers_with_pin(&self, asked: &Page, pin: &str) -> Page {
        let answered = self.signs(asked, pin).await;
        self.browser.submits(&answered, answered.form("/card/answer")).await
    }

    /// From the portal's page to the reader and the PIN; the page that would post the answer.
    pub async fn signs(&self, asked: &Page, pin: &str) -> Page {
        let at_reader = self.at_reader(asked).await;
        self.browser.submits(&at_reader, at_reader.form("/v1/pin").with("pin", pin)).await
    }

    /// The reader's page with the PIN field, the card inserted.
    pub async fn at_reader(&self, asked: &Page) -> Page {
        let mut form = asked.form(wire::reader::ASK_PATH);
        form.action.set_port(self.reader.port()).expect("a port");
        let page = self.browser.submits(asked, form).await;
        let choose = page.forms().into_iter().find(|form| form.action.path() == "/v1/ask/card");
        match choose {
            Some(form) if page.forms().iter().all(|form| form.action.path() != "/v1/pin") => {
                self.browser.submits(&page, form.with("card", &self.card)).await
            }
            _ => page,
        }
    }

    /// The answer of a card that signed, as the reader's page would post it, kept back.
    pub async fn keeps_answer(&self, asked: &Page) -> (Page, Form) {
        let pin = if asked.form(wire::reader::ASK_PATH).value("document").unwrap_or_default().is_empty() {
            &self.authentication_pin
        } else {
            &self.signature_pin
        };
        let answered = self.signs(asked, pin).await;
        let form = answered.form("/card/answer");
        (answered, form)
    }

    /// Puts the card into the reader without being asked.
    pub async fn inserts_card(&self) {
        let page = self.browser.opens(&self.reader).await;
        let form = page.form("/v1/card/insert").with("card", &self.card);
        self.browser.submits(&page, form).await;
    }

    /// Takes the card out of the reader.
    pub async fn removes_card(&self) {
        let page = self.browser.opens(&self.reader).await;
        self.browser.submits(&page, page.form("/v1/card/remove")).await;
    }

    /// ログアウト
    pub async fn logs_out(&self, page: &Page) -> Page {
        self.browser.submits(page, page.form("/logout")).await
    }

    /// The PIN of the authentication certificate.
    pub fn authentication_pin(&self) -> &str {
        &self.authentication_pin
    }

    /// The password of the signature certificate.
    pub fn signature_pin(&self) -> &str {
        &self.signature_pin
    }
}

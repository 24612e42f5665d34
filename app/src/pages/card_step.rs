//! The pages that lead to the card reader: what happens there, what is signed, and the form that goes there.
//!
//! The reader takes the asker from `Origin`, so these pages go out with `Referrer-Policy: origin`. No PIN is ever asked
//! for here.

use http::StatusCode;
use leptos::prelude::*;
use portal::{AskError, CardAsk};
use ui::{Button, ButtonSize, Disclosure, LinkButton};
use wording::{Key, key};

use super::answer;
use crate::components::{PortalPage, Trail};
use crate::context::Here;

#[component]
pub(super) fn CardStep(
    here: Here,
    ask: CardAsk,
    title: String,
    lead: String,
    /// Which PIN the reader will ask for.
    pin: String,
    /// やめる
    back: &'static str,
    /// The page above.
    trail: (String, &'static str),
    /// Where in the procedure we are.
    #[prop(optional)]
    steps: Option<AnyView>,
) -> impl IntoView {
    let text = here.texts();
    let until = here.format(key::CARD_PAGE_UNTIL, &[("when", here.when(ask.expires_at).into())]);
    let reader = ask.reader_url.strip_suffix("/v1/ask").unwrap_or(&ask.reader_url).to_owned();
    let trouble = here.format(key::CARD_PAGE_TROUBLE_TEXT, &[("origin", reader.into())]);
    let document = (!ask.document.is_empty()).then(|| {
        let lines = ask.document.replace('\r', "");
        view! {
            <h2 id="document-title">{text(key::REGISTER_CARD_DOCUMENT)}</h2>
            <div class="document measured" role="region" aria-labelledby="document-title"><pre>{lines}</pre></div>
        }
    });
    view! {
        <PortalPage here=here.clone() title=title.clone() trail=Trail::Below(trail.0, trail.1)>
            {steps}
            <h1>{title}</h1>
            <p class="lead measured">{lead}</p>
            {document}
            <h2>{text(key::CARD_PAGE_HOW)}</h2>
            <ol class="instructions" role="list">
                <li>{text(key::CARD_PAGE_INSERT)}</li>
                <li>{text(key::CARD_PAGE_CHECK)}</li>
                <li>{pin}</li>
            </ol>
            <p class="measured">{text(key::CARD_PAGE_PIN_SAFE)}</p>
            <div class="actions">
                <form method="post" action=ask.reader_url.clone()>
                    <input type="hidden" name="purpose" value=ask.purpose.name()/>
                    <input type="hidden" name="challenge" value=ask.challenge.expose()/>
                    <input type="hidden" name="document" value=ask.document.clone()/>
                    <input type="hidden" name="removal_token" value=ask.removal_token.expose()/>
                    <input type="hidden" name="lang" value=here.locale().name()/>
                    <Button text=text(key::CARD_PAGE_GO) size=ButtonSize::Large/>
                </form>
                <a href=back>{text(key::CARD_PAGE_BACK)}</a>
            </div>
            <p class="soft small">{until}</p>
            <Disclosure summary=text(key::CARD_PAGE_TROUBLE)><p>{trouble}</p></Disclosure>
        </PortalPage>
    }
}

/// There is nothing to ask the card in this browser.
#[derive(Debug)]
pub(super) struct Nothing;

impl Nothing {
    pub(super) fn page(here: Here, error: &AskError, again: Key, again_href: &'static str) -> AnyView {
        match error {
            AskError::Store(error) => answer::store_failed(here, error),
            AskError::NothingStarted => {
                answer::set_status(StatusCode::NOT_FOUND);
                let title = here.text(key::CARD_PAGE_NOTHING_TITLE);
                view! {
                    <PortalPage here=here.clone() title=title.clone() trail=Trail::None>
                        <h1>{title}</h1>
                        <p class="measured">{here.text(key::CARD_PAGE_NOTHING_TEXT)}</p>
                        <div class="actions apart"><LinkButton text=here.text(again) href=again_href/></div>
                    </PortalPage>
                }
                .into_any()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;
    use domain::{CardPurpose, ChallengeNonce, Locale, RemovalToken};

    fn page(document: &str) -> String {
        let ask = CardAsk {
            purpose: CardPurpose::Register,
            challenge: ChallengeNonce::from([1; 32]),
            document: document.to_owned(),
            removal_token: RemovalToken::from([2; 32]),
            reader_url: "http://127.0.0.1:8790/v1/ask".to_owned(),
            expires_at: "2026-11-03T05:10:00Z".parse().unwrap(),
        };
        let here = testing::here(Locale::Ja, "/register/card", false);
        let (title, lead, pin) = ("題".to_owned(), "説明".to_owned(), "暗証番号".to_owned());
        let trail = ("利用者登録".to_owned(), "/register");
        ui::render(|| view! { <CardStep here ask title lead pin back="/register" trail/> })
    }

    #[test]
    fn the_form_carries_exactly_the_fields_of_the_reader_protocol() {
        let html = page("申請");
        assert!(html.contains(r#"<form method="post" action="http://127.0.0.1:8790/v1/ask">"#), "{html}");
        let names = ["purpose", "challenge", "document", "removal_token", "lang"];
        for name in names {
            assert!(html.contains(&format!(r#"name="{name}""#)), "{name}");
        }
        assert_eq!(html.matches(r#"type="hidden""#).count(), names.len());
    }

    #[test]
    fn the_document_is_shown_as_it_will_be_signed() {
        let html = page("申請 <b>\n二行目 \"引用\"");
        assert!(html.contains("申請 &lt;b&gt;\n二行目"), "{html}");
        assert!(html.contains("value=\"申請 &lt;b&gt;\n二行目 &quot;引用&quot;\""), "{html}");
    }

    #[test]
    fn no_pin_is_asked_for_here() {
        let html = page("申請");
        assert!(!html.contains(r#"type="password""#));
        assert!(!html.contains(r#"type="text""#));
    }

    #[test]
    fn without_a_document_none_is_shown() {
        assert!(!page("").contains("document-title"));
    }
}

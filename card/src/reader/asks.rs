//! Asks that wait for the person.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use base64ct::{Base64UrlUnpadded, Encoding as _};
use domain::{CardPurpose, ChallengeNonce, Locale, RemovalToken};
use jiff::{SignedDuration, Timestamp};
use wire::reader::{Ask, DOCUMENT_BYTES_MAX};

use super::allow_list::Portal;

/// People enter a PIN slowly.
const TTL: SignedDuration = SignedDuration::from_mins(5);
/// More than one person opens; a flood pushes out its own oldest.
const PENDING_MAX: usize = 64;

/// What a portal asked, checked.
#[derive(Clone)]
pub(crate) struct PendingAsk {
    pub(crate) portal: Portal,
    pub(crate) purpose: CardPurpose,
    pub(crate) challenge: ChallengeNonce,
    /// Lines end with `\n`.
    pub(crate) document: String,
    pub(crate) removal_token: RemovalToken,
    pub(crate) locale: Locale,
}

/// The ask cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AskRefused {
    #[error("a document where none belongs, or none where one does")]
    Document,
    #[error("the document is too large")]
    TooLarge,
    #[error("the document has characters that cannot be shown as they are")]
    Unshowable,
}

impl PendingAsk {
    /// `portal` is the one whose origin the browser named.
    pub(crate) fn new(portal: Portal, ask: Ask, locale: Locale) -> Result<Self, AskRefused> {
        if ask.document.len() > DOCUMENT_BYTES_MAX {
            return Err(AskRefused::TooLarge);
        }
        let document = ask.document.replace("\r\n", "\n");
        if ask.purpose.uses_signature_key() == document.trim().is_empty() {
            return Err(AskRefused::Document);
        }
        if document.chars().any(cannot_be_shown) {
            return Err(AskRefused::Unshowable);
        }
        Ok(Self {
            portal,
            purpose: ask.purpose,
            challenge: ask.challenge,
            document,
            removal_token: ask.removal_token,
            locale,
        })
    }
}

/// Characters that hide, or make the page show something else than what is signed. 異体字 selectors are not among
/// them.
fn cannot_be_shown(c: char) -> bool {
    c != '\n' && c != '\t' && cannot_be_shown_in_a_line(c)
}

/// The same where there is only one line. U+FFFD stands where a form was not UTF-8.
pub(crate) fn cannot_be_shown_in_a_line(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{fffd}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{feff}'
            | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}')
}

/// The waiting asks of this run of the program.
#[derive(Default)]
pub(crate) struct Asks {
    waiting: Mutex<HashMap<String, (Timestamp, PendingAsk)>>,
}

impl Asks {
    /// Keeps an ask for five minutes and gives it an unguessable name.
    pub(crate) fn put(
        &self,
        ask: PendingAsk,
        now: Timestamp,
        rng: &mut (impl rand_core::CryptoRng + ?Sized),
    ) -> String {
        let mut id = [0; 16];
        rng.fill_bytes(&mut id);
        let id = Base64UrlUnpadded::encode_string(&id);
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|_, (until, _)| now < *until);
        if waiting.len() >= PENDING_MAX {
            let oldest = waiting.iter().min_by_key(|(_, (until, _))| *until).map(|(id, _)| id.clone());
            oldest.and_then(|id| waiting.remove(&id));
        }
        let until = now.checked_add(TTL).unwrap_or(Timestamp::MAX);
        waiting.insert(id.clone(), (until, ask));
        id
    }

    /// Looks at an ask that is still waiting.
    pub(crate) fn peek(&self, id: &str, now: Timestamp) -> Option<PendingAsk> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.get(id).filter(|(until, _)| now < *until).map(|(_, ask)| ask.clone())
    }

    /// Takes an ask out, so that nobody else can answer it meanwhile.
    pub(crate) fn take(&self, id: &str, now: Timestamp) -> Option<TakenAsk> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let (until, ask) = waiting.remove(id)?;
        (now < until).then(|| TakenAsk { id: id.to_owned(), until, ask })
    }

    /// Puts back what was taken: it was not answered, and keeps its time.
    pub(crate) fn put_back(&self, taken: TakenAsk) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.insert(taken.id, (taken.until, taken.ask));
    }

    /// Changes the language of an ask's page.
    pub(crate) fn change_locale(&self, id: &str, locale: Locale) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, ask)) = waiting.get_mut(id) {
            ask.locale = locale;
        }
    }
}

/// An ask that is being answered.
pub(crate) struct TakenAsk {
    id: String,
    until: Timestamp,
    pub(crate) ask: PendingAsk,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use runtime::SystemRng;

    fn noon() -> Timestamp {
        "2026-11-03T12:00:00Z".parse().unwrap()
    }

    fn ask(purpose: CardPurpose, document: &str) -> Result<PendingAsk, AskRefused> {
        let ask = Ask {
            purpose,
            challenge: ChallengeNonce::from([1; 32]),
            document: document.to_owned(),
            removal_token: RemovalToken::from([2; 32]),
            lang: String::new(),
        };
        PendingAsk::new("http://localhost:8080=/card/answer".parse().unwrap(), ask, Locale::Ja)
    }

    #[test]
    fn an_ask_waits_five_minutes() {
        let asks = Asks::default();
        let id = asks.put(ask(CardPurpose::Login, "").unwrap(), noon(), &mut SystemRng);
        assert!(asks.peek(&id, noon() + SignedDuration::from_secs(299)).is_some());
        assert!(asks.peek(&id, noon() + TTL).is_none());
        assert!(asks.take(&id, noon() + TTL).is_none());
    }

    #[test]
    fn an_ask_is_answered_by_one_at_a_time() {
        let asks = Asks::default();
        let id = asks.put(ask(CardPurpose::Login, "").unwrap(), noon(), &mut SystemRng);
        let taken = asks.take(&id, noon()).unwrap();
        assert!(asks.take(&id, noon()).is_none());
        asks.put_back(taken);
        assert!(asks.take(&id, noon() + TTL).is_none(), "putting back gives no more time");
    }

    #[test]
    fn a_flood_of_asks_pushes_out_the_oldest() {
        let asks = Asks::default();
        let mut ids = Vec::new();
        for n in 0..=PENDING_MAX {
            let now = noon() + SignedDuration::from_millis(i64::try_from(n).unwrap());
            ids.push(asks.put(ask(CardPurpose::Login, "").unwrap(), now, &mut SystemRng));
        }
        assert!(asks.peek(&ids[0], noon()).is_none());
        assert!(asks.peek(&ids[1], noon()).is_some());
        assert_eq!(asks.waiting.lock().unwrap().len(), PENDING_MAX);
    }

    #[test]
    fn a_document_belongs_to_signatures_only() {
        assert_eq!(ask(CardPurpose::Login, "x").err(), Some(AskRefused::Document));
        assert_eq!(ask(CardPurpose::Bind, "x").err(), Some(AskRefused::Document));
        assert_eq!(ask(CardPurpose::Register, "").err(), Some(AskRefused::Document));
        assert_eq!(ask(CardPurpose::Sign, " \n").err(), Some(AskRefused::Document));
    }

    #[test]
    fn line_ends_of_a_browsers_form_are_turned_back() {
        assert_eq!(ask(CardPurpose::Sign, "a\r\nb\nc").unwrap().document, "a\nb\nc");
    }

    #[test]
    fn what_cannot_be_seen_is_not_signed() {
        for hidden in ["a\rb", "a\u{0}b", "a\u{1b}[8mb", "1\u{202e}000円", "a\u{200b}b", "\u{feff}a", "a\u{2028}b"] {
            assert_eq!(ask(CardPurpose::Sign, hidden).err(), Some(AskRefused::Unshowable), "{hidden:?}");
        }
        let variant = "渡邉\u{e0101}さん\t様\n";
        assert!(ask(CardPurpose::Sign, variant).is_ok());
    }

    #[test]
    fn a_document_has_at_most_64_kib() {
        assert!(ask(CardPurpose::Sign, &"x".repeat(DOCUMENT_BYTES_MAX)).is_ok());
        assert_eq!(ask(CardPurpose::Sign, &"x".repeat(DOCUMENT_BYTES_MAX + 1)).err(), Some(AskRefused::TooLarge));
    }

    proptest! {
        /// A browser's form makes `\r\n` of every line end; what is signed is what the portal asked for.
        #[test]
        fn a_document_survives_the_way_through_a_browser_s_form(document in "[あ-ん一-龥a-z0-9 \\n\\t]{1,60}") {
            let direct = ask(CardPurpose::Sign, &document).map(|ask| ask.document.clone()).ok();
            let through_form = ask(CardPurpose::Sign, &document.replace('\n', "\r\n")).map(|ask| ask.document.clone()).ok();
            prop_assert_eq!(&direct, &through_form);
            prop_assert_eq!(direct.is_some(), !document.trim().is_empty());
        }

        #[test]
        fn whatever_is_let_through_can_be_seen(document in "\\PC*|[\u{0}-\u{20}\u{200b}-\u{202e}\u{2066}-\u{2069}a]{1,12}") {
            if let Ok(ask) = ask(CardPurpose::Sign, &document) {
                let hidden = |c: char| (c.is_control() && c != '\n' && c != '\t') || ('\u{202a}'..='\u{202e}').contains(&c);
                prop_assert!(!ask.document.chars().any(hidden), "{:?}", ask.document);
            }
        }
    }
}

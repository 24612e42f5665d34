//! What a person wants to see of 保管, read once from the query string: as the inbox, where it makes sense.

use domain::{NoticeKind, OrgCode};
use jiff::Timestamp;
use store::KeptId;

use super::KeptNotice;
use crate::notices::WishError;
use crate::notices::headline::japans_day;
use crate::notices::inbox::plain;

const PLACE: (&str, &str) = ("place", "kept");
const WORDS_MAX: usize = 100;

/// Which kept notices a person wants to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptWish {
    /// Of this sender only.
    pub sender: Option<OrgCode>,
    /// Of this kind only.
    pub kind: Option<NoticeKind>,
    /// Those with a deadline that has not passed only.
    pub due: bool,
    /// Whose title has these words, in any language.
    pub words: Option<String>,
    /// Kept before this one.
    pub before: Option<KeptId>,
}

impl KeptWish {
    /// Whether an address of the list means 保管.
    pub fn is_meant(query: &str) -> bool {
        form_urlencoded::parse(query.as_bytes()).any(|(name, value)| (&*name, value.trim()) == PLACE)
    }

    /// Reads `place=kept`, `sender`, `kind`, `due`, `words`, `before`; empty values count as absent, `lang` and `years` are
    /// the page's own.
    pub fn parse(query: &str) -> Result<Self, WishError> {
        let mut wish = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            wish.take(&name, value.trim())?;
        }
        Ok(wish)
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), WishError> {
        let bad = |field| WishError { field };
        match (name, value) {
            PLACE | ("lang" | "years", _) | ("sender" | "kind" | "due" | "words" | "before", "") => {}
            ("sender", _) => self.sender = Some(value.parse().map_err(|_| bad("sender"))?),
            ("kind", _) => self.kind = Some(value.parse().map_err(|_| bad("kind"))?),
            ("due", "1" | "yes") => self.due = true,
            ("due", _) => return Err(bad("due")),
            ("words", _) if value.chars().count() > WORDS_MAX => return Err(bad("words")),
            ("words", _) => self.words = Some(value.to_owned()),
            ("before", _) => self.before = Some(KeptId::of_number(value.parse().map_err(|_| bad("before"))?)),
            _ => return Err(bad("")),
        }
        Ok(())
    }

    /// The query string of this wish, without a leading `?`.
    pub fn to_query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair(PLACE.0, PLACE.1);
        if let Some(sender) = &self.sender {
            query.append_pair("sender", sender.as_str());
        }
        if let Some(kind) = self.kind {
            query.append_pair("kind", kind.name());
        }
        if self.due {
            query.append_pair("due", "1");
        }
        if let Some(words) = &self.words {
            query.append_pair("words", words);
        }
        if let Some(before) = self.before {
            query.append_pair("before", &before.number().to_string());
        }
        query.finish()
    }

    /// How many conditions it sets, apart from the page.
    pub fn conditions(&self) -> usize {
        let set = [self.sender.is_some(), self.kind.is_some(), self.due, self.words.is_some()];
        set.into_iter().filter(|set| *set).count()
    }

    pub(super) fn wants(&self, notice: &KeptNotice, now: Timestamp) -> bool {
        let words = self.words.as_deref().map(plain).unwrap_or_default();
        let words: Vec<&str> = words.split_whitespace().collect();
        let mut titles = notice.titles.all().map(|title| plain(title.as_str()));
        let due = || notice.ends_on().is_some_and(|last| last >= japans_day(now));
        self.sender.as_ref().is_none_or(|sender| *sender == notice.sender)
            && self.kind.is_none_or(|kind| kind == notice.kind)
            && self.before.is_none_or(|before| notice.id < before)
            && (!self.due || due())
            && (words.is_empty() || titles.any(|title| words.iter().all(|word| title.contains(*word))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_conditions_shows_everything_that_is_kept() {
        assert!(KeptWish::is_meant("lang=en&place=kept") && !KeptWish::is_meant("place=bin&words=kept"));
        assert_eq!(KeptWish::parse("place=kept&sender=&kind=&due=&words=&before=&lang=en"), Ok(KeptWish::default()));
        assert_eq!(KeptWish::default().to_query(), "place=kept");
    }

    #[test]
    fn every_wish_reads_back_as_it_was_written() {
        let query = "place=kept&sender=141003&kind=sign-up&due=1&words=%E5%81%A5%E8%A8%BA+%26+x&before=7";
        let wish = KeptWish::parse(query).unwrap();
        assert_eq!(wish.words.as_deref(), Some("健診 & x"));
        assert_eq!((wish.to_query().as_str(), wish.conditions()), (query, 4));
    }

    #[test]
    fn what_cannot_be_read_names_its_field() {
        let long = format!("place=kept&words={}", "長".repeat(101));
        for (query, field) in [
            ("place=kept&sender=<b>", "sender"),
            ("place=kept&kind=spam", "kind"),
            ("place=kept&due=2", "due"),
            ("place=kept&before=x", "before"),
            (&long, "words"),
            ("place=kept&unread=1", ""),
            ("place=kept&place=bin", ""),
        ] {
            assert_eq!(KeptWish::parse(query), Err(WishError { field }), "{query}");
        }
    }
}

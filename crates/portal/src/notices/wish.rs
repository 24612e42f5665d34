//! What a person wants to see of the notices, read once from the query string.

use domain::NoticeKind;
use store::{LetterId, NoticePlace};

use super::inbox::{InboxWish, ReadState};

/// The query string cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("field {field} of the list of notices cannot be read")]
pub struct WishError {
    /// Which field; empty: one that the page does not have.
    pub field: &'static str,
}

const FIELDS: [&str; 11] =
    ["place", "sender", "kind", "state", "unread", "due", "todo", "starred", "words", "before", "lang"];
/// Characters of a search.
const WORDS_MAX: usize = 100;

impl InboxWish {
    /// Reads `place`, `sender`, `kind`, `state`, `due`, `todo`, `starred`, `words`, `before`; empty values count as
    /// absent, `lang` and `years` are the page's own. `unread` is what `state=unread` was before.
    pub fn parse(query: &str) -> Result<Self, WishError> {
        let mut wish = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            wish.take(&name, value.trim())?;
        }
        Ok(wish)
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), WishError> {
        if value.is_empty() {
            return if FIELDS.contains(&name) { Ok(()) } else { Err(WishError { field: "" }) };
        }
        let bad = |field| WishError { field };
        let yes = |field| if matches!(value, "1" | "yes") { Ok(true) } else { Err(bad(field)) };
        match name {
            "place" => self.place = place(value).ok_or(bad("place"))?,
            "sender" => self.sender = Some(value.parse().map_err(|_| bad("sender"))?),
            "kind" => self.kind = Some(value.parse::<NoticeKind>().map_err(|_| bad("kind"))?),
            "state" => self.read = Some(read_state(value).ok_or(bad("state"))?),
            "unread" => self.read = yes("unread")?.then_some(ReadState::Unread),
            "due" => self.due = yes("due")?,
            "todo" => self.to_do = yes("todo")?,
            "starred" => self.starred = yes("starred")?,
            "words" if value.chars().count() > WORDS_MAX => return Err(bad("words")),
            "words" => self.words = Some(value.to_owned()),
            "before" => self.before = Some(LetterId::of_number(value.parse().map_err(|_| bad("before"))?)),
            "lang" | "years" => {}
            _ => return Err(bad("")),
        }
        Ok(())
    }

    /// The query string of this wish, without a leading `?`; empty for the inbox as it stands.
    pub fn to_query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if self.place != NoticePlace::Inbox {
            query.append_pair("place", place_name(self.place));
        }
        if let Some(sender) = &self.sender {
            query.append_pair("sender", sender.as_str());
        }
        if let Some(kind) = self.kind {
            query.append_pair("kind", kind.name());
        }
        if let Some(read) = self.read {
            query.append_pair("state", read.name());
        }
        for (name, wanted) in [("due", self.due), ("todo", self.to_do), ("starred", self.starred)] {
            if wanted {
                query.append_pair(name, "1");
            }
        }
        if let Some(words) = &self.words {
            query.append_pair("words", words);
        }
        if let Some(before) = self.before {
            query.append_pair("before", &before.number().to_string());
        }
        query.finish()
    }

    /// How many conditions it sets, apart from the place and the page.
    pub fn conditions(&self) -> usize {
        let set = [
            self.sender.is_some(),
            self.kind.is_some(),
            self.read.is_some(),
            self.due,
            self.to_do,
            self.starred,
            self.words.is_some(),
        ];
        set.into_iter().filter(|set| *set).count()
    }
}

impl ReadState {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::New, Self::Unread, Self::Read];

    /// As it stands in an address.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Unread => "unread",
            Self::Read => "read",
        }
    }
}

fn read_state(name: &str) -> Option<ReadState> {
    ReadState::ALL.into_iter().find(|state| state.name() == name)
}

fn place_name(place: NoticePlace) -> &'static str {
    match place {
        NoticePlace::Inbox => "inbox",
        NoticePlace::Archive => "archive",
        NoticePlace::Bin => "bin",
    }
}

fn place(name: &str) -> Option<NoticePlace> {
    [NoticePlace::Inbox, NoticePlace::Archive, NoticePlace::Bin].into_iter().find(|place| place_name(*place) == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_form_wishes_for_the_inbox_as_it_stands() {
        let query = "place=&sender=&kind=&state=&unread=&due=&todo=&starred=&words=&before=";
        assert_eq!(InboxWish::parse(query), Ok(InboxWish::default()));
        assert_eq!(InboxWish::default().to_query(), "");
    }

    #[test]
    fn every_wish_reads_back_as_it_was_written() {
        let query = "place=bin&sender=141003&kind=sign-up&state=read&due=1&todo=1&starred=1\
                     &words=%E5%81%A5%E8%A8%BA+%26+x&before=7";
        let wish = InboxWish::parse(query).unwrap();
        assert_eq!(wish.words.as_deref(), Some("健診 & x"));
        assert_eq!((wish.to_query().as_str(), wish.conditions()), (query, 7));
    }

    #[test]
    fn an_address_of_before_still_leads_to_what_is_unread() {
        let wish = InboxWish::parse("unread=yes").unwrap();
        assert_eq!((wish.read, wish.to_query().as_str()), (Some(ReadState::Unread), "state=unread"));
    }

    #[test]
    fn what_cannot_be_read_names_its_field() {
        let long = format!("words={}", "長".repeat(101));
        for (query, field) in [
            ("place=attic", "place"),
            ("sender=<b>", "sender"),
            ("kind=spam", "kind"),
            ("unread=2", "unread"),
            ("starred=no", "starred"),
            ("state=old", "state"),
            ("before=x", "before"),
            (&long, "words"),
            ("user=1", ""),
        ] {
            assert_eq!(InboxWish::parse(query), Err(WishError { field }), "{query}");
        }
    }
}

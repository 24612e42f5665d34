//! What the reader says, in three languages. Every text is a field: a missing one does not compile.

mod en;
mod ja;
mod ja_easy;

use domain::{CardPurpose, Locale};

use crate::chip::CardKey;

/// All texts of one language. `{…}` is filled by [`fill`].
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) reader: &'static str,
    pub(crate) reader_note: &'static str,
    pub(crate) languages: &'static str,
    pub(crate) skip_link: &'static str,
    pub(crate) problem: &'static str,
    pub(crate) kind_success: &'static str,
    pub(crate) kind_info: &'static str,
    pub(crate) kind_warning: &'static str,
    pub(crate) kind_error: &'static str,

    pub(crate) slot_title: &'static str,
    pub(crate) slot_empty: &'static str,
    /// `{who}`, `{card}`
    pub(crate) slot_holds: &'static str,
    pub(crate) slot_choose: &'static str,
    pub(crate) slot_other: &'static str,
    pub(crate) slot_insert: &'static str,
    pub(crate) slot_remove: &'static str,
    pub(crate) slot_no_cards: &'static str,
    pub(crate) slot_removed: &'static str,
    pub(crate) slot_removed_told: &'static str,
    pub(crate) slot_removed_untold: &'static str,
    pub(crate) slot_inserted: &'static str,

    pub(crate) owner_heading: &'static str,
    pub(crate) owner_why: &'static str,
    pub(crate) owner_label: &'static str,
    pub(crate) owner_save: &'static str,
    pub(crate) owner_saved: &'static str,
    pub(crate) owner_bad: &'static str,
    pub(crate) owner_yours: &'static str,
    pub(crate) owner_check: &'static str,
    pub(crate) owner_unset: &'static str,

    pub(crate) asker_heading: &'static str,
    /// `{origin}`
    pub(crate) asker_line: &'static str,
    pub(crate) purpose_heading: &'static str,
    pub(crate) document_heading: &'static str,
    pub(crate) document_note: &'static str,
    pub(crate) card_heading: &'static str,

    pub(crate) pin_heading: &'static str,
    pub(crate) pin_stays: &'static str,
    pub(crate) pin_label: ByKey,
    pub(crate) pin_hint: ByKey,
    pub(crate) pin_form: ByKey,
    pub(crate) pin_wrong: &'static str,
    /// Nothing in Japanese.
    pub(crate) between_sentences: &'static str,
    /// `{n}`, two or more.
    pub(crate) tries_left: &'static str,
    pub(crate) tries_last: &'static str,
    pub(crate) locked: ByKey,
    pub(crate) stopped: &'static str,
    pub(crate) not_handed_over: &'static str,
    pub(crate) without_pin_note: &'static str,
    pub(crate) without_pin: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) back: &'static str,

    pub(crate) login: OfPurpose,
    pub(crate) bind: OfPurpose,
    pub(crate) register: OfPurpose,
    pub(crate) sign: OfPurpose,

    pub(crate) answer_title: &'static str,
    pub(crate) answer_signed: &'static str,
    pub(crate) answer_cancelled: &'static str,
    pub(crate) answer_refused: &'static str,

    pub(crate) card_missing: &'static str,
    pub(crate) card_damaged: &'static str,
    pub(crate) card_taken: &'static str,
    pub(crate) issue_unreachable: &'static str,
    pub(crate) issue_refused: &'static str,
    pub(crate) issue_setup: &'static str,

    pub(crate) asker_unknown: Refusal,
    pub(crate) foreign_form: Refusal,
    pub(crate) malformed: Refusal,
    pub(crate) unshowable: Refusal,
    pub(crate) too_large: Refusal,
    pub(crate) expired: Refusal,
    pub(crate) used: &'static str,
    pub(crate) not_found: Refusal,
    pub(crate) wrong_method: Refusal,
    pub(crate) wrong_host: Refusal,
    pub(crate) failed: Refusal,
    pub(crate) reference: &'static str,
}

/// A text for each key.
#[derive(Debug)]
pub(crate) struct ByKey {
    pub(crate) authentication: &'static str,
    pub(crate) signature: &'static str,
}

/// What one purpose says.
#[derive(Debug)]
pub(crate) struct OfPurpose {
    pub(crate) title: &'static str,
    pub(crate) meaning: &'static str,
    pub(crate) button: &'static str,
}

/// A page that ends here.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) title: &'static str,
    pub(crate) line: &'static str,
}

impl Text {
    pub(crate) fn of(locale: Locale) -> &'static Self {
        match locale {
            Locale::Ja => &ja::TEXT,
            Locale::JaEasy => &ja_easy::TEXT,
            Locale::En => &en::TEXT,
        }
    }

    pub(crate) fn purpose(&self, purpose: CardPurpose) -> &OfPurpose {
        match purpose {
            CardPurpose::Login => &self.login,
            CardPurpose::Bind => &self.bind,
            CardPurpose::Register => &self.register,
            CardPurpose::Sign => &self.sign,
        }
    }

    /// What the mark of a banner says.
    pub(crate) fn kind(&self, kind: ui::Kind) -> &'static str {
        match kind {
            ui::Kind::Success => self.kind_success,
            ui::Kind::Info | ui::Kind::Neutral => self.kind_info,
            ui::Kind::Warning => self.kind_warning,
            ui::Kind::Error => self.kind_error,
        }
    }

    /// 「あと2回まちがえると…」; `None` when no try is left.
    pub(crate) fn tries(&self, left: u8) -> Option<String> {
        match left {
            0 => None,
            1 => Some(self.tries_last.to_owned()),
            n => Some(fill(self.tries_left, &[("n", &n.to_string())])),
        }
    }
}

impl ByKey {
    pub(crate) fn of(&self, key: CardKey) -> &'static str {
        match key {
            CardKey::Authentication => self.authentication,
            CardKey::Signature => self.signature,
        }
    }
}

/// Puts values in place of `{name}`. A value's own braces are left alone.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            return filled;
        };
        if let Some((_, value)) = values.iter().find(|(n, _)| *n == name) {
            filled.push_str(value);
        }
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

/// The language asked for, else the first of `Accept-Language` that there is, else Japanese.
pub(crate) fn negotiate(wanted: Option<&str>, accept_language: Option<&str>) -> Locale {
    if let Some(locale) = wanted.and_then(|w| w.parse().ok()) {
        return locale;
    }
    accept_language
        .unwrap_or_default()
        .split(',')
        .filter_map(|range| range.split([';', '-']).next())
        .find_map(|tag| match tag.trim() {
            "ja" => Some(Locale::Ja),
            "en" => Some(Locale::En),
            _ => None,
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_filled_in_as_it_is() {
        assert_eq!(fill("{a}と{b}。", &[("a", "{b}"), ("b", "2")]), "{b}と2。");
    }

    #[test]
    fn remaining_tries_are_said_in_words() {
        let ja = Text::of(Locale::Ja);
        assert_eq!(ja.tries(2).unwrap(), "あと2回まちがえると、カードがロックされます。");
        assert!(ja.tries(0).is_none());
        for locale in Locale::ALL {
            assert!(Text::of(locale).tries(3).unwrap().contains('3'));
            assert_ne!(Text::of(locale).tries(1), Text::of(locale).tries(2));
        }
    }

    #[test]
    fn the_language_asked_for_comes_before_the_browsers() {
        assert_eq!(negotiate(Some("ja-easy"), Some("en")), Locale::JaEasy);
        assert_eq!(negotiate(Some("fr"), Some("fr, en-GB;q=0.8, ja;q=0.5")), Locale::En);
        assert_eq!(negotiate(None, None), Locale::Ja);
    }

    /// Sentences of `ja-easy` have at most 40 characters, those of `ja` at most 90 (wording.md).
    #[test]
    fn sentences_are_short_enough_to_read() {
        for (locale, longest) in [(Locale::Ja, 90), (Locale::JaEasy, 40)] {
            let all = format!("{:?}", Text::of(locale));
            for text in all.split('"').skip(1).step_by(2) {
                for sentence in text.split('。') {
                    assert!(sentence.chars().count() <= longest, "{sentence}");
                }
            }
        }
    }
}

//! What is said outside the portal: that there is something new, and nothing of what it is.

use domain::Locale;
use wording::{Words, key};

use super::code::AlertCode;

/// Subject and text.
pub(super) struct Letter {
    pub(super) subject: String,
    pub(super) text: String,
}

/// 「新しいお知らせがあります」. No name, no sender, no number, and nothing to press.
pub(super) fn alert(locale: Locale) -> Letter {
    let parts = [key::ALERTS_MAIL_TEXT, key::ALERTS_MAIL_HOW, key::ALERTS_MAIL_UNKNOWN, key::ALERTS_MAIL_STOP];
    let text = |locale: Locale| paragraphs(&parts.map(|part| Words::of(locale).text(part)));
    Letter { subject: Words::of(locale).text(key::ALERTS_MAIL_SUBJECT), text: in_two_languages(locale, text) }
}

/// The code for an address that somebody entered, who may not be its owner.
pub(super) fn code(locale: Locale, code: &AlertCode) -> Letter {
    let text = |locale: Locale| {
        let words = Words::of(locale);
        let said = words.format(key::ALERTS_CODE_TEXT, &[("code", code.digits().into())]);
        paragraphs(&[said, words.text(key::ALERTS_CODE_HOW), words.text(key::ALERTS_CODE_UNKNOWN)])
    };
    Letter { subject: Words::of(locale).text(key::ALERTS_CODE_SUBJECT), text: in_two_languages(locale, text) }
}

/// What a browser shows, as its service worker reads it.
pub(super) fn push(locale: Locale) -> Vec<u8> {
    shown(locale, Words::of(locale).text(key::ALERTS_PUSH_TEXT), "notice")
}

/// The code, in a browser that somebody wants to be told in.
pub(super) fn push_code(locale: Locale, code: &AlertCode) -> Vec<u8> {
    let text = Words::of(locale).format(key::ALERTS_PUSH_CODE, &[("code", code.digits().into())]);
    shown(locale, text, "code")
}

fn shown(locale: Locale, body: String, tag: &'static str) -> Vec<u8> {
    let title = Words::of(locale).text(key::LAYOUT_SITE_NAME);
    let shown = Shown { title, body, lang: locale.html_lang(), tag };
    serde_json::to_vec(&shown).unwrap_or_default()
}

#[derive(serde::Serialize)]
struct Shown {
    title: String,
    body: String,
    lang: &'static str,
    tag: &'static str,
}

fn paragraphs<const N: usize>(parts: &[String; N]) -> String {
    parts.join("\n\n")
}

/// The language that was chosen, and below it another one: whose mail it is may be read by somebody else.
fn in_two_languages(locale: Locale, text: impl Fn(Locale) -> String) -> String {
    let other = if locale == Locale::En { Locale::Ja } else { Locale::En };
    format!("{}\n\n----\n\n{}\n", text(locale), text(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alert_says_that_there_is_something_new_and_nothing_to_press() {
        for locale in Locale::ALL {
            let letter = alert(locale);
            let all = format!("{}\n{}", letter.subject, letter.text);
            for never in ["http", "://", "www.", "@", "<", "横浜", "Yokohama"] {
                assert!(!all.contains(never), "{never} in {all}");
            }
            assert!(
                letter.text.contains("新しいお知らせがあります") || letter.text.contains("新しい お知らせ"),
                "{all}"
            );
            assert!(letter.text.contains("new notice"), "{all}");
        }
    }

    #[test]
    fn every_alert_is_the_same() {
        for locale in Locale::ALL {
            assert_eq!(alert(locale).text, alert(locale).text);
            assert_eq!(push(locale), push(locale));
        }
    }

    #[test]
    fn a_code_stands_in_both_languages_and_what_to_do_if_nobody_asked_for_it() {
        for locale in Locale::ALL {
            let letter = code(locale, &AlertCode::typed("123456"));
            assert_eq!(letter.text.matches("123456").count(), 2, "{}", letter.text);
            assert!(!letter.subject.contains("123456"), "a subject is shown on locked screens");
        }
    }

    #[test]
    fn a_browser_is_told_in_the_language_of_its_person() {
        let shown: serde_json::Value = serde_json::from_slice(&push(Locale::En)).unwrap();
        assert_eq!(shown["lang"], "en");
        assert!(shown["body"].as_str().unwrap().contains("new notice"), "{shown}");
    }

    #[test]
    fn what_a_browser_shows_fits_into_the_length_that_all_have() {
        for locale in Locale::ALL {
            assert!(push(locale).len() <= 512 && push_code(locale, &AlertCode::typed("123456")).len() <= 512);
        }
    }
}

//! Texts from outside, made fit to be seen.

use std::borrow::Cow;

/// Control characters as their pictures (␀, ␇): invisible ones would hide from the reader and break other programs.
/// Line ends and tabs stay.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(hidden) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|c| if hidden(c) { picture(c) } else { c }).collect::<String>().into()
}

fn hidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

/// The Unicode block of pictures follows the order of the characters.
fn picture(c: char) -> char {
    match u32::from(c) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or('\u{fffd}'),
        0x7f => '\u{2421}',
        _ => '\u{fffd}',
    }
}

/// True where a text holds Japanese letters: pages in another language mark it.
pub(crate) fn is_japanese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn control_characters_become_pictures() {
        assert_eq!(visible("a\u{0}b\u{7}\r\n\t\u{7f}\u{85}"), "a␀b␇␍\n\t␡\u{fffd}");
    }

    #[test]
    fn a_plain_text_is_not_copied() {
        assert!(matches!(visible("佐藤 一郎"), Cow::Borrowed("佐藤 一郎")));
    }

    #[test]
    fn a_variation_selector_stays() {
        assert_eq!(visible("葛\u{e0100}城"), "葛\u{e0100}城");
    }

    proptest! {
        #[test]
        fn nothing_is_left_that_a_terminal_obeys(text in any::<String>()) {
            prop_assert!(visible(&text).chars().all(|c| !c.is_control() || c == '\n' || c == '\t'));
        }
    }
}

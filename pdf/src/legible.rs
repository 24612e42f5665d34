//! A character without a shape never vanishes and never becomes an empty box: it is named by its number, and so is a
//! form of a character (異体字) that the typeface does not have.
//!
//! | text | shown |
//! | --- | --- |
//! | a character that no typeface has, for private use, or a control | `〓〔20BB7〕` |
//! | a form that no typeface has | the character in its usual form, and `〔E0100〕` after it |
//! | a mark that turns the direction of writing | `〓〔202E〕`: it would change how the line reads |

use unicode_normalization::char::compose;

use crate::{document::Piece, fonts::Coverage};

/// A text as lines of pieces, each in a family that can show it.
pub(crate) struct Legible {
    pub(crate) lines: Vec<Vec<Piece>>,
    /// Something is named instead of shown.
    pub(crate) named: bool,
}

/// The mark for a character that is not there (げた).
const GETA: char = '〓';
/// Longest run of letters that has no place to break.
const UNBROKEN_MAX: usize = 24;
/// Longest before a hyphen, after which a number in groups would not break by itself.
const UNBROKEN_SHORT: usize = 8;
const ZERO_WIDTH_SPACE: char = '\u{200b}';

pub(crate) fn legible(text: &str, fonts: &impl Coverage) -> Legible {
    let mut writer = Writer { lines: vec![Vec::new()], named: false, unbroken: 0 };
    let text = text.replace("\r\n", "\n");
    let mut chars = text.chars().peekable();
    let mut before = None;
    while let Some(c) = chars.next() {
        match chars.peek().copied().filter(|next| is_selector(*next)) {
            _ if matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}') => writer.lines.push(Vec::new()),
            Some(selector) => {
                chars.next();
                writer.form(c, selector, fonts);
            }
            None => writer.char(c, before, fonts),
        }
        before = Some(c);
    }
    Legible { lines: writer.lines, named: writer.named }
}

struct Writer {
    lines: Vec<Vec<Piece>>,
    named: bool,
    /// Letters since the last place to break.
    unbroken: usize,
}

impl Writer {
    fn char(&mut self, c: char, before: Option<char>, fonts: &impl Coverage) {
        match c {
            '\t' => self.push(' ', 0),
            // Marks that only say how their neighbours join or break; nothing is lost without them.
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            c if is_never_shown(c) => self.name(c),
            c => match fonts.of(c) {
                Some(family) => self.push(c, family),
                // Shaping puts a mark and its letter together, where a typeface has the two as one.
                None => match before.and_then(|letter| compose(letter, c)).and_then(|both| fonts.of(both)) {
                    Some(family) => self.push(c, family),
                    None => self.name(c),
                },
            },
        }
    }

    fn form(&mut self, c: char, selector: char, fonts: &impl Coverage) {
        if let Some(family) = fonts.of_form(c, selector) {
            self.push(c, family);
            self.push(selector, family);
            return;
        }
        self.char(c, None, fonts);
        // Those of text and of emoji choose a style, not another character.
        if !matches!(selector, '\u{fe0e}' | '\u{fe0f}') {
            self.number(selector);
        }
    }

    fn name(&mut self, c: char) {
        self.push(GETA, 0);
        self.number(c);
    }

    fn number(&mut self, c: char) {
        self.named = true;
        for c in format!("〔{:04X}〕", u32::from(c)).chars() {
            self.push(c, 0);
        }
    }

    fn push(&mut self, c: char, family: usize) {
        self.unbroken = if c.is_ascii_graphic() { self.unbroken + 1 } else { 0 };
        let Some(line) = self.lines.last_mut() else { return };
        if line.last().is_none_or(|piece| piece.font != family) {
            line.push(Piece { text: String::new(), font: family });
        }
        let Some(piece) = line.last_mut() else { return };
        if self.unbroken > UNBROKEN_MAX {
            piece.text.push(ZERO_WIDTH_SPACE);
            self.unbroken = 1;
        }
        piece.text.push(c);
        if c == '-' && self.unbroken > UNBROKEN_SHORT {
            piece.text.push(ZERO_WIDTH_SPACE);
            self.unbroken = 0;
        }
    }
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Controls, marks of direction, tags, what is for private use (municipalities' own characters; PDF/A forbids them) and
/// what is no character.
fn is_never_shown(c: char) -> bool {
    let code = u32::from(c);
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e007f}' | '\u{f0000}'..='\u{10ffff}')
        || matches!(c, '\u{2061}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{fff0}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}')
        || code & 0xfffe == 0xfffe
        || is_selector(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Family 0 has Japanese and letters, family 1 has 𠮷 and the form 葛󠄀.
    struct Two;

    impl Coverage for Two {
        fn of(&self, c: char) -> Option<usize> {
            match c {
                ' '..='~' | '〓' | '〔' | '〕' | 'ぁ'..='ん' | '葛' | '城' => Some(0),
                '𠮷' => Some(1),
                _ => None,
            }
        }

        fn of_form(&self, c: char, selector: char) -> Option<usize> {
            (c == '葛' && selector == '\u{e0100}').then_some(1)
        }
    }

    fn shown(text: &str) -> String {
        let lines = legible(text, &Two).lines;
        let line = |line: &Vec<Piece>| line.iter().map(|piece| piece.text.as_str()).collect::<String>();
        lines.iter().map(line).collect::<Vec<_>>().join("/")
    }

    #[test]
    fn what_has_a_shape_is_shown() {
        let told = legible("葛 城", &Two);
        assert!(!told.named);
        assert_eq!(shown("葛 城"), "葛 城");
    }

    #[test]
    fn what_has_no_shape_is_named_by_its_number() {
        assert!(legible("𩸽", &Two).named);
        assert_eq!(shown("あ𩸽い"), "あ〓〔29E3D〕い");
    }

    #[test]
    fn a_form_is_shown_where_a_typeface_has_it_and_named_where_not() {
        assert_eq!(shown("葛\u{e0100}城\u{e0101}"), "葛\u{e0100}城〔E0101〕");
        let told = legible("葛\u{e0100}城", &Two);
        let families: Vec<usize> = told.lines[0].iter().map(|piece| piece.font).collect();
        assert_eq!((families, told.named), (vec![1, 0], false));
    }

    #[test]
    fn a_second_typeface_is_asked() {
        assert_eq!(legible("𠮷", &Two).lines[0][0].font, 1);
    }

    #[test]
    fn controls_and_marks_of_direction_are_named() {
        assert_eq!(shown("a\u{0}b\u{202e}c"), "a〓〔0000〕b〓〔202E〕c");
        assert_eq!(shown("\u{e000}\u{ffff}"), "〓〔E000〕〓〔FFFF〕");
    }

    #[test]
    fn a_stray_selector_is_named() {
        assert_eq!(shown("\u{e0100}"), "〓〔E0100〕");
    }

    #[test]
    fn a_voice_mark_joins_its_letter() {
        assert_eq!(shown("か\u{3099}"), "か\u{3099}");
        assert_eq!(shown("あ\u{3099}"), "あ〓〔3099〕");
    }

    #[test]
    fn line_ends_make_lines_and_long_words_may_break() {
        assert_eq!(shown("a\r\nb\nc"), "a/b/c");
        let long = "a".repeat(60);
        assert_eq!(shown(&long).replace(ZERO_WIDTH_SPACE, ""), long);
        assert_eq!(shown(&long).matches(ZERO_WIDTH_SPACE).count(), 2);
        assert_eq!(shown("4f4f-4f4f-4f4f-4f4f"), "4f4f-4f4f-\u{200b}4f4f-4f4f");
        assert_eq!(shown("1-1"), "1-1");
    }

    proptest! {
        #[test]
        fn what_is_set_has_a_shape(text in any::<String>()) {
            for piece in legible(&text, &Two).lines.into_iter().flatten() {
                let mut before = None;
                for c in piece.text.chars() {
                    let joined = before.and_then(|letter| compose(letter, c)).is_some();
                    prop_assert!(Two.of(c).is_some() || is_selector(c) || c == ZERO_WIDTH_SPACE || joined, "{c:?}");
                    before = Some(c);
                }
            }
        }

        #[test]
        fn nothing_vanishes(text in "[あ-んa-z葛城𠮷𩸽\u{e000}\u{202e}\u{0}\u{e0101}]{0,40}") {
            let shown = shown(&text);
            for c in text.chars() {
                prop_assert!(shown.contains(c) || shown.contains(&format!("〔{:04X}〕", u32::from(c))), "{c:?}");
            }
        }
    }
}

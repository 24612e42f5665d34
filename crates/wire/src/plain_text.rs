//! Text that people wrote and others read: what it may hold.

/// Spaces of every kind of line break and tab made one.
pub(crate) fn normal(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ")
}

/// Control characters but the line break, and what turns the direction of writing around.
pub(crate) fn unprintable(letter: char) -> bool {
    let turns =
        matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (letter.is_control() && letter != '\n') || matches!(letter, '\u{2028}' | '\u{2029}')
}

/// Characters without width, with which two texts that look the same differ; also tags. Joiners and variation selectors
/// stay: people's names need them (異体字).
pub(crate) fn invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// As [`unprintable`], in a text file, where tabs and every kind of line break are at home.
pub(crate) fn unprintable_in_file(letter: char) -> bool {
    !matches!(letter, '\t' | '\r' | '\u{c}' | '\u{feff}') && (unprintable(letter) || invisible(letter))
}

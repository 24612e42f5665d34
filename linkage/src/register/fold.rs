//! Search keys of names and addresses: how two spellings are compared, never how they are stored.
//!
//! Folded: spaces (left out), full and half width of Latin letters, digits, signs and katakana. Nothing else: 異体字
//! (髙 and 高, 﨑 and 崎, a variation selector) stay different people's names. That is why this is not NFKC, which
//! would also replace compatibility ideographs.

/// The search key of a text.
pub(super) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        match c {
            '\u{ff9e}' | '\u{ff9f}' => push_mark(&mut key, c),
            _ => key.push(fold(c)),
        }
    }
    key
}

fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        // What Shift-JIS programs make of the full-width hyphen.
        '\u{2212}' | '\u{2010}' => '-',
        '\u{ff61}'..='\u{ff9d}' => {
            usize::try_from(u32::from(c) - 0xff61).ok().and_then(|i| FULL_WIDTH.chars().nth(i)).unwrap_or(c)
        }
        _ => c,
    }
}

/// U+FF61 to U+FF9D in full width.
const FULL_WIDTH: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

/// A half-width sound mark joins the katakana before it.
fn push_mark(key: &mut String, mark: char) {
    let joined = key.chars().next_back().and_then(|base| match mark {
        '\u{ff9e}' => voiced(base),
        _ => half_voiced(base),
    });
    if let Some(joined) = joined {
        key.pop();
        key.push(joined);
    } else {
        key.push(if mark == '\u{ff9e}' { '゛' } else { '゜' });
    }
}

fn voiced(base: char) -> Option<char> {
    match base {
        'ウ' => Some('ヴ'),
        'カ' | 'キ' | 'ク' | 'ケ' | 'コ' | 'サ' | 'シ' | 'ス' | 'セ' | 'ソ' | 'タ' | 'チ' | 'ツ' | 'テ' | 'ト'
        | 'ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ' => char::from_u32(u32::from(base) + 1),
        _ => None,
    }
}

fn half_voiced(base: char) -> Option<char> {
    match base {
        'ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ' => char::from_u32(u32::from(base) + 2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn width_and_spaces_do_not_matter() {
        assert_eq!(key("横浜市西区みなとみらい１－２－３"), key("横浜市 西区みなとみらい1-2-3"));
        assert_eq!(key("ＮＧＵＹＥＮ　ＴＨＩ　ＬＡＮ"), key("NGUYEN THI LAN"));
        assert_eq!(key("ｸﾞｴﾝ･ﾃｨ･ﾗﾝ"), key("グエン・ティ・ラン"));
        assert_eq!(key("ﾊﾟﾌﾞﾛ ｳﾞｨﾗ"), key("パブロ　ヴィラ"));
    }

    #[test]
    fn variant_characters_stay_different() {
        for (one, other) in [
            ("髙橋", "高橋"),
            ("山﨑", "山崎"),
            ("渡邉", "渡邊"),
            ("渡辺", "渡邉"),
            ("葛\u{e0100}城", "葛城"),
            ("\u{fa19}田", "神田"),
            ("ｱ", "ｲ"),
        ] {
            assert_ne!(key(one), key(other), "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(text in "\\PC{0,40}") {
            prop_assert_eq!(key(&key(&text)), key(&text));
        }

        #[test]
        fn ideographs_are_kept_to_the_letter(text in "[\u{3400}-\u{9fff}\u{f900}-\u{faff}\u{e0100}-\u{e01ef}]{0,20}") {
            prop_assert_eq!(key(&text), text);
        }

        #[test]
        fn full_width_latin_is_the_same_as_half_width(text in "[!-~]{0,30}") {
            let wide: String = text.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
            prop_assert_eq!(key(&wide), key(&text));
        }
    }
}

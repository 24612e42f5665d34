//! Which language a browser asks for.

use domain::Locale;
use fluent_langneg::{
    NegotiationStrategy, convert_vec_str_to_langids_lossy, negotiate_languages, parse_accepted_languages,
};

/// `ja` for who asks for Japanese or for nothing, `ja-easy` for `ja-Hira`, `en` for who asks only for other languages.
///
/// The weights of RFC 9110 count; a weight of 0 refuses. Garbage is ignored.
pub fn negotiate(accept_language: &str) -> Locale {
    // What most browsers in Japan say first, and without a weight: nothing is wanted more.
    if let Some("ja" | "ja-JP") = accept_language.split(',').next().map(str::trim) {
        return Locale::Ja;
    }
    weighed(accept_language)
}

fn weighed(accept_language: &str) -> Locale {
    const OFFERED: [(&str, Locale); 3] = [("ja", Locale::Ja), ("ja-Hira", Locale::JaEasy), ("en", Locale::En)];
    let requested = parse_accepted_languages(&by_weight(accept_language));
    if requested.is_empty() {
        return Locale::Ja;
    }
    let available = convert_vec_str_to_langids_lossy(OFFERED.map(|(tag, _)| tag));
    negotiate_languages(&requested, &available, None, NegotiationStrategy::Lookup)
        .first()
        .and_then(|best| OFFERED.into_iter().find(|(tag, _)| best.to_string() == *tag))
        .map_or(Locale::En, |(_, locale)| locale)
}

/// The tags alone, most wanted first.
fn by_weight(accept_language: &str) -> String {
    const TAGS_MAX: usize = 16;
    let mut tags: Vec<(&str, u16)> = accept_language
        .split(',')
        .take(TAGS_MAX)
        .filter_map(|part| {
            let (tag, parameter) = part.split_once(';').unwrap_or((part, "q=1"));
            let weight = thousandths(parameter.trim())?;
            (weight > 0 && !tag.trim().is_empty()).then_some((tag.trim(), weight))
        })
        .collect();
    tags.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    let tags: Vec<&str> = tags.into_iter().map(|(tag, _)| tag).collect();
    tags.join(",")
}

fn thousandths(parameter: &str) -> Option<u16> {
    let value: f32 = parameter.strip_prefix("q=")?.trim().parse().ok()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1000 by the check before")]
    (0.0..=1.0).contains(&value).then_some((value * 1000.0) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_need_not_be_weighed_comes_to_the_same() {
        for said in
            ["ja", "ja-JP", "ja,en", "ja, en-US;q=0.9, en;q=0.8", "ja-JP,ja;q=0.9", "ja,ja-Hira", "ja-JP,ja-Hira;q=1"]
        {
            assert_eq!(negotiate(said), weighed(said), "{said}");
        }
    }

    #[test]
    fn the_language_asked_for_is_given() {
        for (asked, given) in [
            ("ja", Locale::Ja),
            ("ja-JP,ja;q=0.9,en;q=0.8", Locale::Ja),
            ("en-GB,en;q=0.9", Locale::En),
            ("ja-Hira", Locale::JaEasy),
            ("pt-BR,ja;q=0.5", Locale::Ja),
        ] {
            assert_eq!(negotiate(asked), given, "{asked}");
        }
    }

    #[test]
    fn the_weights_count_and_not_the_order() {
        assert_eq!(negotiate("en;q=0.3, ja;q=0.8"), Locale::Ja);
        assert_eq!(negotiate("ja;q=0, en;q=0.1"), Locale::En);
    }

    #[test]
    fn who_reads_neither_language_gets_english() {
        assert_eq!(negotiate("pt-BR,pt;q=0.9"), Locale::En);
    }

    #[test]
    fn who_asks_for_nothing_gets_japanese() {
        for asked in ["", "*", "*;q=0.5", ";;;,,,", "ja;q=high", "💥", "-"] {
            assert_eq!(negotiate(asked), Locale::Ja, "{asked}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_header_is_too_strange(asked in ".{0,200}") {
            negotiate(&asked);
        }
    }
}

//! Measures of one sentence.

/// A text's sentences, without their full stops.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['。', '！', '？', '\n']).map(str::trim).filter(|sentence| !sentence.is_empty())
}

/// Of a hundred characters that are words, so many are kanji.
pub(super) fn kanji_share(text: &str) -> usize {
    let letters = text.chars().filter(|letter| letter.is_alphabetic() || is_kanji(*letter)).count();
    let kanji = text.chars().filter(|letter| is_kanji(*letter)).count();
    (kanji * 100).checked_div(letters).unwrap_or(0)
}

fn is_kanji(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '々')
}

const DOUBLE_NEGATIONS: [&str; 12] = [
    "ないわけでは",
    "ないことはな",
    "ないことはあ",
    "ないとは限ら",
    "ないとはいえ",
    "ないとも言え",
    "なくもな",
    "なくはな",
    "ざるを得な",
    "ないものでは",
    "ないではな",
    "ない限り",
];

/// The first words that say no twice. 「〜ない限り、〜できません」 is counted only with its second no.
pub(super) fn has_double_negation(sentence: &str) -> Option<&str> {
    DOUBLE_NEGATIONS.iter().find_map(|words| {
        let at = sentence.find(words)?;
        let after = sentence.get(at + words.len()..)?;
        let twice = *words != "ない限り" || after.contains("ませ") || after.contains("ない");
        if twice { sentence.get(at..at + words.len()) } else { None }
    })
}

const HONORIFICS: [&str; 18] = [
    "いただき",
    "いただく",
    "頂き",
    "頂く",
    "賜り",
    "賜る",
    "くださいますよう",
    "下さいますよう",
    "申し上げ",
    "存じ",
    "ご高配",
    "ご査収",
    "ご了承",
    "ご留意",
    "におかれまして",
    "させて",
    "いたしたく",
    "ございます",
];

/// How many courtesies.
pub(super) fn honorifics(sentence: &str) -> usize {
    HONORIFICS.iter().map(|words| sentence.matches(words).count()).sum()
}

const OFFICE_WORDS: [(&str, &str); 15] = [
    ("当該", "「この」「その」と書いてください"),
    ("標記", "何のことかを、もう一度書いてください"),
    ("の旨", "「〜ということ」と書いてください"),
    ("何卒", "取ってください"),
    ("につきまして", "「〜について」と書いてください"),
    ("係る", "「〜についての」と書いてください"),
    ("所定の", "どの用紙か、どの場所かを書いてください"),
    ("遅滞なく", "いつまでかを日付で書いてください"),
    ("速やかに", "いつまでかを日付で書いてください"),
    ("可及的", "いつまでかを日付で書いてください"),
    ("ご査収", "「確かめてください」と書いてください"),
    ("疎明", "「説明」と書いてください"),
    ("エビデンス", "「証明する書類」と書いてください"),
    ("リトライ", "「もう一度」と書いてください"),
    ("鑑み", "「〜を考えて」と書いてください"),
];

/// Words that only offices use, each with what to write instead.
pub(super) fn hardness(sentence: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    OFFICE_WORDS.into_iter().filter(move |(word, _)| sentence.contains(word))
}

use super::*;
use wire::notice::{Line, Passage};

fn text(title: &str, paragraphs: &[&str]) -> NoticeText {
    let body = paragraphs.iter().map(|text| Block::Paragraph { text: Passage::typed(text).unwrap() }).collect();
    NoticeText { title: Line::typed(title).unwrap(), body }
}

fn with_easy(ja: NoticeText) -> InLanguages<NoticeText> {
    let ja_easy = Some(text("けんこうしんだん", &["12月10日（木曜日）までに、申しこんでください。"]));
    InLanguages { ja, ja_easy, en: None }
}

fn found(title: &str, paragraphs: &[&str]) -> Vec<What> {
    check(&with_easy(text(title, paragraphs)), None, false).into_iter().map(|warning| warning.what).collect()
}

#[test]
fn a_plain_text_is_praised_by_silence() {
    assert_eq!(found("健康診断を受けられます", &["40歳から74歳までの人は、無料で健康診断を受けられます。"]), []);
}

#[test]
fn a_long_sentence_is_shown_with_its_length_and_beginning() {
    let long = "あ".repeat(91);
    let warnings = check(&with_easy(text("題", &["短い。", &long])), None, false);
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].place, Place::Block(2));
    assert_eq!(warnings[0].what, What::LongSentence { chars: 91, most: 90, begins: "あ".repeat(15) });
    assert_eq!(found("題", &["あ".repeat(90).as_str()]), []);
}

#[test]
fn easy_japanese_is_measured_more_strictly() {
    let ja_easy = Some(text("題", &["あ".repeat(41).as_str(), "送っていただきます。"]));
    let both = InLanguages { ja: text("題", &["これは、お知らせです。"]), ja_easy, en: None };
    let warnings = check(&both, None, false);
    assert!(warnings.iter().all(|warning| warning.locale == Locale::JaEasy));
    assert!(matches!(warnings[0].what, What::LongSentence { chars: 41, most: 40, .. }));
    assert!(matches!(warnings[1].what, What::Honorifics(_)));
}

#[test]
fn many_kanji_are_counted() {
    let hard = "国民健康保険料減額申請手続必要書類提出期限変更通知書発行事務担当部署連絡先一覧";
    assert_eq!(found("題", &[hard]), [What::Kanji(100)]);
}

#[test]
fn no_said_twice_is_found_and_no_said_once_is_not() {
    assert!(matches!(found("題", &["受けられないわけではありません。"])[..], [What::DoubleNegation(_)]));
    assert!(matches!(found("題", &["申請しない限り、受け取れません。"])[..], [What::DoubleNegation(_)]));
    assert_eq!(found("題", &["申請しない限り、いまの額のままです。"]), []);
    assert_eq!(found("題", &["手続きはいりません。"]), []);
}

#[test]
fn courtesy_upon_courtesy_is_heavy() {
    let heavy = "ご提出いただきますようお願い申し上げますとともに、ご了承くださいますようお願いいたします。";
    assert!(matches!(found("題", &[heavy])[..], [What::Honorifics(_)]));
    assert_eq!(found("題", &["お早めに申し込んでいただくと、助かります。"]), []);
}

#[test]
fn a_word_of_offices_comes_with_another_one() {
    assert!(matches!(found("題", &["当該書類を持ってきてください。"])[..], [What::OfficeWord("当該", _)]));
}

#[test]
fn a_title_shouts_not() {
    assert_eq!(found("【重要】健康診断", &["受けてください。"]), [What::Shouting]);
}

#[test]
fn a_deadline_stands_in_the_title_in_any_writing() {
    let day = jiff::civil::date(2026, 12, 10);
    let only_ja = |title| {
        let all = check(&with_easy(text(title, &["申し込んでください。"])), Some(day), false);
        all.into_iter().filter(|warning| warning.locale == Locale::Ja).map(|warning| warning.what).collect::<Vec<_>>()
    };
    assert_eq!(only_ja("健康診断の申込み"), [What::TitleWithoutDeadline(day)]);
    for said in ["健康診断の申込み（12月10日まで）", "健康診断は１２月１０日まで", "健康診断 12/10まで"]
    {
        assert_eq!(only_ja(said), [], "{said}");
    }
}

#[test]
fn a_file_with_hardly_any_text_is_not_enough() {
    let short = with_easy(text("題", &["くわしくは、付けたファイルを見てください。"]));
    let what = |has_files| check(&short, None, has_files).into_iter().map(|warning| warning.what).collect::<Vec<_>>();
    assert_eq!(what(true), [What::OnlyAFile]);
    assert_eq!(what(false), []);
}

#[test]
fn easy_japanese_is_missed() {
    let only = InLanguages { ja: text("題", &["これは、お知らせです。"]), ja_easy: None, en: None };
    assert_eq!(check(&only, None, false)[0].what, What::NoEasy);
}

#[test]
fn every_warning_says_what_to_do() {
    let day = jiff::civil::date(2026, 12, 10);
    let all = [
        What::LongSentence { chars: 91, most: 90, begins: "あ".to_owned() },
        What::Kanji(50),
        What::DoubleNegation("ないわけでは".to_owned()),
        What::Honorifics("あ".to_owned()),
        What::OfficeWord("当該", "「この」と書いてください"),
        What::Shouting,
        What::TitleWithoutDeadline(day),
        What::OnlyAFile,
        What::NoEasy,
    ];
    for what in all {
        let (said, next) = Warning { locale: Locale::Ja, place: Place::Whole, what }.words();
        assert!(said.ends_with('。') && next.ends_with('。'), "{said}{next}");
    }
}

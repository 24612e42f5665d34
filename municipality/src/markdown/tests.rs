use proptest::prelude::*;
use wire::notice::{Block, Fact, Line, Passage, TextFault};

use super::*;

fn read(text: &str) -> Vec<String> {
    let said = |block: &Block| serde_json::to_string(block).unwrap();
    blocks(text).unwrap().iter().map(said).collect()
}

fn refused(text: &str) -> Vec<(usize, Fault)> {
    blocks(text).unwrap_err().into_iter().map(|wrong| (wrong.line, wrong.fault)).collect()
}

#[test]
fn what_a_notice_can_say_is_read() {
    let text = "## 健康診断\n\n12月に\nします。\n\n- 保険証\n- 問診票\n\n1. 予約します\n2. 来ます\n\n\
                | | |\n|---|---|\n| 日時 | 12月10日 |\n| 場所 | 中区 |\n\nくわしくは\n[市のページ](https://www.example.jp/kenshin)\n";
    assert_eq!(
        read(text),
        [
            r#"{"block":"heading","text":"健康診断"}"#,
            r#"{"block":"paragraph","text":"12月に\nします。"}"#,
            r#"{"block":"list","items":["保険証","問診票"]}"#,
            r#"{"block":"steps","items":["予約します","来ます"]}"#,
            r#"{"block":"facts","rows":[{"term":"日時","text":"12月10日"},{"term":"場所","text":"中区"}]}"#,
            r#"{"block":"paragraph","text":"くわしくは"}"#,
            r#"{"block":"link","label":"市のページ","address":"https://www.example.jp/kenshin"}"#,
        ]
    );
}

#[test]
fn what_officers_type_is_read_with_dots_and_with_rows_that_have_no_head() {
    let text = "持ちもの\n・カード\n・受診券\n\n会場\n| 日時 | 12月10日 9時から |\n| 場所 | 区役所 |\nくわしくは電話で";
    assert_eq!(
        read(text),
        [
            r#"{"block":"paragraph","text":"持ちもの"}"#,
            r#"{"block":"list","items":["カード","受診券"]}"#,
            r#"{"block":"paragraph","text":"会場"}"#,
            r#"{"block":"facts","rows":[{"term":"日時","text":"12月10日 9時から"},{"term":"場所","text":"区役所"}]}"#,
            r#"{"block":"paragraph","text":"くわしくは電話で"}"#,
        ]
    );
}

#[test]
fn places_for_a_recipients_words_come_through() {
    assert_eq!(read("{{name}}さん"), [r#"{"block":"paragraph","text":"{{name}}さん"}"#]);
}

#[test]
fn html_is_refused_with_its_line_and_can_be_written_as_words() {
    assert_eq!(refused("はじめ\n\n<script>alert(1)</script>\n"), [(3, Fault::Html)]);
    assert_eq!(refused("はじめ\n\nあ<b>い</b>"), [(3, Fault::Html)]);
    assert_eq!(read("\\<b\\>"), [r#"{"block":"paragraph","text":"<b>"}"#]);
    assert_eq!(read("30 < 40、a&b"), [r#"{"block":"paragraph","text":"30 < 40、a&b"}"#]);
}

#[test]
fn what_is_not_taken_is_said_and_not_dropped() {
    for (text, fault) in [
        ("**太字**", Fault::Emphasis),
        ("![絵](https://www.example.jp/a.png)", Fault::Picture),
        ("    code", Fault::Code),
        ("`code`", Fault::Code),
        ("> 引用", Fault::Quotation),
        ("---", Fault::Rule),
        ("|a|b|c|\n|-|-|-|\n|1|2|3|", Fault::Table),
        ("|a|b|c|", Fault::Table),
        ("くわしくは[ここ](https://www.example.jp/)", Fault::Link),
        ("- [ここ](https://www.example.jp/)", Fault::Link),
        ("[ここ](https://www.example.jp/ \"題\")", Fault::LinkTitle),
        ("[ここ](javascript:alert(1))", Fault::Text(TextFault::NoAddress)),
        ("[ここ](http://www.example.jp/)", Fault::Text(TextFault::NoAddress)),
        ("[注]: 明日", Fault::Reference),
        ("2026. 12月", Fault::Number),
        ("- # 見出し", Fault::InsideItem),
        ("一行目\n二行目\n---", Fault::HeadingLines),
    ] {
        assert_eq!(refused(text), [(1, fault)], "{text}");
    }
    assert_eq!(refused("- あ\n  - い"), [(2, Fault::ListInList)]);
    assert_eq!(refused("| 日時 | 9時 |\n| 場所 | 区役所 | 2階 |"), [(2, Fault::Table)]);
}

#[test]
fn letters_that_nobody_sees_are_told_with_every_line_in_which_they_stand() {
    let fault = Fault::Text(TextFault::Unprintable);
    assert_eq!(refused("よい\nあ\u{202e}い\n\nよい\nう\u{200b}"), [(2, fault), (5, fault)]);
    assert_eq!(refused("ここに&#x202e;ある"), [(1, fault)]);
}

#[test]
fn what_comes_after_a_made_head_keeps_its_line() {
    assert_eq!(refused("| a | b |\n| c | d |\n\n**e**"), [(4, Fault::Emphasis)]);
}

#[test]
fn two_lists_stay_two_and_signs_mean_themselves() {
    let items = |text: &str| Block::List { items: vec![Passage::typed(text).unwrap()] };
    let paragraph = |text: &str| Block::Paragraph { text: Passage::typed(text).unwrap() };
    let body = [
        items("一"),
        items("二"),
        items("三\n四"),
        paragraph("- これは*注*です"),
        paragraph("・2026. 12 <b> [x](y)"),
        paragraph("a_b、12.5倍"),
        Block::Link { label: Line::typed("[市]").unwrap(), address: "https://a.example/(b&copy;".parse().unwrap() },
    ];
    let text = written(&body);
    assert_eq!(blocks(&text).as_deref(), Ok(&body[..]), "{text}");
    assert!(text.contains("a_b、12.5倍"), "{text}");
}

/// Words as they stand in a body: no line of them begins or ends with a space.
fn words() -> impl Strategy<Value = String> {
    prop::collection::vec("[ -~あ・｜　（]{1,12}", 1..4).prop_map(|lines| {
        let lines: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
        if lines.is_empty() { "字".to_owned() } else { lines.join("\n") }
    })
}

fn passage() -> impl Strategy<Value = Passage> {
    words().prop_map(|words| Passage::typed(&words).unwrap())
}

fn line() -> impl Strategy<Value = Line> {
    words().prop_map(|words| Line::typed(&words.replace('\n', " ")).unwrap())
}

fn block() -> impl Strategy<Value = Block> {
    let passages = || prop::collection::vec(passage(), 1..4);
    let fact = (line(), line()).prop_map(|(term, text)| Fact { term, text: Passage::typed(text.as_str()).unwrap() });
    prop_oneof![
        line().prop_map(|text| Block::Heading { text }),
        passage().prop_map(|text| Block::Paragraph { text }),
        passages().prop_map(|items| Block::List { items }),
        passages().prop_map(|items| Block::Steps { items }),
        prop::collection::vec(fact, 1..4).prop_map(|rows| Block::Facts { rows }),
        (line(), "https://[a-z]{1,6}\\.example/[a-z0-9()&;=_*~!'-]{0,12}")
            .prop_map(|(label, address)| Block::Link { label, address: address.parse().unwrap() }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn whatever_stands_there_it_is_read_or_refused(text in "[-#*|<>\\[\\]() a1.あ・\\n`!{}_\\\\:&;\u{202e}\u{200b}]{0,80}") {
        match blocks(&text) {
            Ok(read) => {
                let hidden = serde_json::to_string(&read).unwrap().contains(['\u{202e}', '\u{200b}']);
                prop_assert!(!hidden);
            }
            Err(wrong) => {
                prop_assert!(!wrong.is_empty());
                let lines = text.lines().count().max(1);
                prop_assert!(wrong.iter().all(|one| (1..=lines).contains(&one.line)), "{wrong:?}");
            }
        }
    }

    #[test]
    fn a_script_is_refused_wherever_it_stands(before in "[-#|()a1.あ・ \\n]{0,20}", after in "[-#|()a1.あ \\n]{0,20}") {
        let script = "<script>alert(1)</script>";
        let text = [before.as_str(), script, after.as_str()].concat();
        prop_assert!(blocks(&text).is_err());
    }

    #[test]
    fn what_is_written_says_the_same(body in prop::collection::vec(block(), 1..6)) {
        let text = written(&body);
        prop_assert_eq!(blocks(&text), Ok(body), "{}", text);
    }
}

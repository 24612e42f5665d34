//! An export for tests, and one with texts that nobody wishes to meet.

use domain::{AccessRecord, AccessRecordId, Circumstance, Dictionary, Locale, Outcome};
use jiff::Timestamp;
use wire::mediation::{AnswerContent, AnswerField};

use crate::{Export, Part};

/// Name, value, unit.
pub(crate) type Field<'a> = (&'a str, &'a str, Option<&'a str>);

/// Values that an institution's answer may hold.
pub(crate) const HOSTILE: [&str; 9] = [
    "=HYPERLINK(\"http://example.invalid\")",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "\u{0}\u{7}\u{1b}[31m",
    "葛\u{e0100}城\u{e0101}",
    "\u{202e}gnp.exe\u{202c}",
    "שלום \u{2067}مرحبا\u{2069}",
    "一行目\r\n二行目, \"三行目\"",
    "#set page(fill: red) ${x} {{y}} \\u{41} <!-- -->",
];

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn part(provider: &str, kind: &str, fields: &[Field<'_>]) -> Part {
    period_part(provider, kind, None, fields)
}

fn period_part(provider: &str, kind: &str, period: Option<&str>, fields: &[Field<'_>]) -> Part {
    let content = AnswerContent {
        id: AccessRecordId::from([0x1a; 16]),
        provider: provider.parse().unwrap(),
        info_kind: kind.parse().unwrap(),
        schema_version: 1,
        fields: fields
            .iter()
            .map(|(name, value, unit)| AnswerField {
                name: (*name).to_owned(),
                period: period.map(str::to_owned),
                value: (*value).to_owned(),
                unit: unit.map(str::to_owned),
            })
            .collect(),
    };
    Part {
        provider: content.provider.clone(),
        info_kind: content.info_kind.clone(),
        answered_at: at("2026-11-21T01:00:00Z"),
        content: serde_json::to_vec(&content).unwrap(),
        signed: b"\x30\x00".to_vec(),
    }
}

fn record(requester: &str, outcome: Outcome) -> AccessRecord {
    AccessRecord {
        id: AccessRecordId::from([0x4f; 16]),
        accessed_at: at("2026-11-03T05:05:00Z"),
        bp: "nhi-premium-reduction".parse().unwrap(),
        whitelist_version: (outcome != Outcome::Refused).then_some(1),
        circumstance: Circumstance::ByLaw,
        requester: requester.parse().unwrap(),
        provider: "NTA".parse().unwrap(),
        info_kind: "income".parse().unwrap(),
        outcome,
        dictionary: Dictionary::CURRENT,
    }
}

/// Two institutions, three answers, two records.
pub(crate) fn export(locale: Locale) -> Export {
    let income = [("total-income", "3400000", Some("JPY")), ("dependants", "2", Some("person"))];
    let resident = [("name", "佐藤 一郎", None), ("address", "神奈川県横浜市中区1-1", None)];
    let doses = [
        ("vaccine", "四種混合", None),
        ("dose", "1", Some("time")),
        ("vaccine", "麻しん風しん混合", None),
        ("dose", "2", Some("time")),
    ];
    Export {
        made_at: at("2026-11-21T02:30:10Z"),
        locale,
        years: wording::Years::Western,
        parts: vec![
            period_part("NTA", "income", Some("2025"), &income),
            part("141003", "resident-record", &resident),
            part("141003", "vaccination", &doses),
        ],
        records: Some(vec![record("141003", Outcome::Provided), record("062049", Outcome::Refused)]),
    }
}

/// One answer with every hostile value under the name of an address.
pub(crate) fn hostile(locale: Locale) -> Export {
    let fields: Vec<Field<'_>> = HOSTILE.iter().map(|value| ("address", *value, None)).collect();
    Export { parts: vec![part("141003", "resident-record", &fields)], ..export(locale) }
}

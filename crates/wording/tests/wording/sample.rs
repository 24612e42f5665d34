//! Access records to tell.

use domain::{AccessRecord, AccessRecordId, Circumstance, Dictionary, Locale, Outcome};
use jiff::{Timestamp, civil::date};

/// 3 November 2026, 14:05 in Japan.
pub(crate) fn at() -> Timestamp {
    "2026-11-03T05:05:00Z".parse().unwrap()
}

/// Yokohama asks the National Tax Agency for income, for the reduction of the health insurance premium.
pub(crate) fn record(circumstance: Circumstance, outcome: Outcome) -> AccessRecord {
    AccessRecord {
        id: AccessRecordId::from([0x4f; 16]),
        accessed_at: at(),
        bp: "nhi-premium-reduction".parse().unwrap(),
        whitelist_version: (outcome != Outcome::Refused).then_some(1),
        circumstance,
        requester: "141003".parse().unwrap(),
        provider: "NTA".parse().unwrap(),
        info_kind: "income".parse().unwrap(),
        outcome,
        dictionary: Dictionary { schema_version: 1, words_version: 1 },
    }
}

/// The person's own view.
pub(crate) fn own_view(provider: &str, kind: &str, circumstance: Circumstance, outcome: Outcome) -> AccessRecord {
    AccessRecord {
        bp: "self-view".parse().unwrap(),
        requester: "PORTAL".parse().unwrap(),
        provider: provider.parse().unwrap(),
        info_kind: kind.parse().unwrap(),
        ..record(circumstance, outcome)
    }
}

pub(crate) fn representative() -> Circumstance {
    Circumstance::Representative { name: "山田 花子".to_owned() }
}

pub(crate) fn consent() -> Circumstance {
    Circumstance::Consent { given_on: date(2026, 10, 1) }
}

pub(crate) fn disaster() -> Circumstance {
    Circumstance::Disaster { permit_number: 12 }
}

/// Every form × every ending, each with its name.
pub(crate) fn every_variant() -> Vec<(String, AccessRecord)> {
    let mut all = Vec::new();
    for outcome in Outcome::ALL {
        let forms = [
            ("by law", record(Circumstance::ByLaw, outcome)),
            ("consent", record(consent(), outcome)),
            ("disaster", record(disaster(), outcome)),
            ("own view", own_view("NTA", "income", Circumstance::SelfView, outcome)),
            ("own view of the records", own_view("CORE", "access-records", Circumstance::SelfView, outcome)),
            ("representative", own_view("NTA", "income", representative(), outcome)),
            ("representative, the records", own_view("CORE", "access-records", representative(), outcome)),
        ];
        for (form, record) in forms {
            if outcome == Outcome::Refused {
                let mut invalid_code = record.clone();
                invalid_code.whitelist_version = Some(1);
                all.push((format!("{form}: refused although a row applied"), invalid_code));
            }
            all.push((format!("{form}: {}", outcome.name()), record));
        }
    }
    all
}

/// Requester, provider, kind and business of every kind of row of the whitelist, with the longest municipality names.
pub(crate) const ROWS: [(&str, &str, &str, &str); 25] = [
    ("141003", "NTA", "income", "nhi-premium-reduction"),
    ("141003", "JPS", "pension-coverage", "child-allowance"),
    ("141003", "062049", "local-tax", "child-allowance"),
    ("141003", "KYOKAI", "insurance-coverage", "nhi-eligibility"),
    ("141003", "JPS", "pension-coverage", "nhi-eligibility"),
    ("JPS", "141003", "local-tax", "pension-premium-exemption"),
    ("JPS", "141003", "resident-record", "old-age-pension"),
    ("JPS", "HELLOWORK", "employment-benefit", "old-age-pension-adjustment"),
    ("KYOKAI", "141003", "local-tax", "dependant-recognition"),
    ("KYOKAI", "141003", "resident-record", "dependant-recognition"),
    ("KYOKAI", "HELLOWORK", "employment-benefit", "dependant-recognition"),
    ("KYOKAI", "141003", "local-tax", "high-cost-medical"),
    ("KYOKAI", "JPS", "pension-benefit", "injury-allowance-adjustment"),
    ("HELLOWORK", "KYOKAI", "injury-allowance", "employment-injury-benefit"),
    ("141003", "062049", "local-tax", "long-term-care-premium"),
    ("141003", "JPS", "pension-benefit", "long-term-care-burden"),
    ("141003", "JPS", "pension-benefit", "child-rearing-allowance"),
    ("141003", "NTA", "income", "resident-tax"),
    ("141003", "JPS", "pension-benefit", "public-assistance"),
    ("141003", "HELLOWORK", "employment-benefit", "public-assistance"),
    ("141003", "062049", "vaccination", "vaccination"),
    ("141003", "062049", "health-checkup", "maternal-child-health"),
    ("141003", "NTA", "income", "public-housing-rent"),
    ("141003", "062049", "local-tax", "school-expense-aid"),
    ("JASSO", "141003", "local-tax", "scholarship"),
];

/// The institutions and kinds of information of the demo.
pub(crate) const ORGS: [&str; 17] = [
    "011002",
    "062049",
    "141003",
    "261009",
    "472018",
    "CORE",
    "HELLOWORK",
    "ISSUER",
    "JASSO",
    "JLIS",
    "JPKI",
    "JPS",
    "KYOKAI",
    "NTA",
    "NUMBERS",
    "PORTAL",
    "REGISTER",
];
pub(crate) const KINDS: [&str; 18] = [
    "access-records",
    "child-allowance",
    "correction-report",
    "disability-certificate",
    "employment-benefit",
    "health-checkup",
    "income",
    "injury-allowance",
    "insurance-coverage",
    "local-tax",
    "long-term-care",
    "nhi",
    "pension-benefit",
    "pension-coverage",
    "property-tax",
    "resident-record",
    "scholarship",
    "vaccination",
];

/// Sentences of a text, each with its full stop.
pub(crate) fn sentences(locale: Locale, text: &str) -> Vec<String> {
    let stops: &[char] = match locale {
        Locale::Ja | Locale::JaEasy => &['。', '？', '！', '\n'],
        Locale::En => &['.', '?', '!', '\n'],
    };
    text.split_inclusive(stops).map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect()
}

/// Longest sentence of a language, in characters. English has none.
pub(crate) fn longest(locale: Locale) -> usize {
    match locale {
        Locale::Ja => 90,
        Locale::JaEasy => 40,
        Locale::En => usize::MAX,
    }
}

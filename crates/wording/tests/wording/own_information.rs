//! Own information to tell: every kind and field that institutions hold, as `linkage` defines them, with an example of
//! each. (`wording` may not use `linkage`; a field that is added there is added here with its words.)

use domain::{InfoKind, InformationField};

/// Name, unit and an example.
pub(crate) type Field = (&'static str, Option<&'static str>, &'static str);

const fn yen(name: &'static str, value: &'static str) -> Field {
    (name, Some("JPY"), value)
}

const fn count(name: &'static str, unit: &'static str, value: &'static str) -> Field {
    (name, Some(unit), value)
}

const fn plain(name: &'static str, value: &'static str) -> Field {
    (name, None, value)
}

/// Kind, period and fields.
pub(crate) const KINDS: [(&str, Option<&str>, &[Field]); 17] = [
    (
        "income",
        Some("2025"),
        &[
            yen("total-income", "3400000"),
            yen("employment-income", "4800000"),
            yen("social-insurance-deduction", "710400"),
            count("dependants", "person", "2"),
            yen("income-tax", "97900"),
        ],
    ),
    (
        "local-tax",
        Some("2025"),
        &[
            yen("total-income", "1234000"),
            yen("taxable-standard", "804000"),
            yen("income-based-levy", "80400"),
            yen("per-capita-levy", "5000"),
            plain("levy-status", "課税"),
        ],
    ),
    (
        "resident-record",
        None,
        &[
            plain("name", "佐藤 一郎"),
            plain("address", "神奈川県横浜市中区1-1"),
            plain("birth-date", "1984-05-06"),
            plain("relation-to-head", "世帯主"),
            count("household-members", "person", "4"),
            plain("resident-since", "2015-04-01"),
        ],
    ),
    (
        "pension-coverage",
        None,
        &[
            plain("insured-category", "第2号被保険者"),
            plain("covered-since", "2004-05-06"),
            count("contribution-months", "month", "258"),
            count("exempted-months", "month", "12"),
        ],
    ),
    (
        "pension-benefit",
        Some("2026"),
        &[
            plain("pension-kind", "老齢基礎年金・厚生年金"),
            yen("annual-amount", "1450000"),
            plain("entitled-since", "2015-02-02"),
            plain("payment-status", "支給中"),
        ],
    ),
    (
        "insurance-coverage",
        None,
        &[
            plain("insurer", "全国健康保険協会"),
            plain("insured-status", "被保険者"),
            plain("covered-since", "2023-11-03"),
            yen("standard-monthly-remuneration", "400000"),
        ],
    ),
    (
        "injury-allowance",
        None,
        &[
            yen("daily-amount", "8888"),
            count("days-paid", "day", "63"),
            plain("paid-from", "2026-09-01"),
            plain("paid-until", "2026-11-03"),
        ],
    ),
    (
        "employment-benefit",
        None,
        &[
            plain("entitled-since", "2026-09-24"),
            count("prescribed-days", "day", "120"),
            count("remaining-days", "day", "80"),
            yen("daily-amount", "5333"),
        ],
    ),
    ("vaccination", None, &[plain("vaccine", "五種混合"), count("dose", "time", "1"), plain("given-on", "2022-08-05")]),
    (
        "health-checkup",
        None,
        &[
            plain("checkup", "3歳児健診"),
            plain("held-on", "2025-07-15"),
            count("height", "mm", "952"),
            count("weight", "g", "14100"),
        ],
    ),
    (
        "child-allowance",
        None,
        &[count("children", "person", "2"), yen("monthly-amount", "25000"), plain("paid-since", "2024-10-01")],
    ),
    (
        "long-term-care",
        None,
        &[
            plain("care-level", "要介護2"),
            plain("certified-from", "2025-04-01"),
            plain("certified-until", "2028-03-31"),
            count("burden", "percent", "10"),
        ],
    ),
    (
        "nhi",
        Some("2026"),
        &[plain("covered-since", "2015-04-01"), yen("annual-premium", "123400"), count("reduction", "percent", "70")],
    ),
    (
        "disability-certificate",
        None,
        &[plain("certificate-kind", "身体障害者手帳"), count("grade", "grade", "2"), plain("issued-on", "2019-05-01")],
    ),
    (
        "property-tax",
        Some("2026"),
        &[yen("assessed-land", "9800000"), yen("assessed-building", "6200000"), yen("annual-levy", "109200")],
    ),
    (
        "scholarship",
        None,
        &[
            plain("scholarship-kind", "第二種奨学金"),
            yen("monthly-amount", "50000"),
            plain("granted-from", "2024-04-01"),
            plain("granted-until", "2028-03-31"),
            yen("balance", "1200000"),
        ],
    ),
    (
        "correction-report",
        None,
        &[
            plain("receipt-number", "7K3M-9QXP"),
            plain("reported-on", "2026-11-03"),
            plain("about", "income/total-income/2025"),
            plain("words", "多すぎます。"),
            plain("state", "なおしました"),
            plain("answer", "源泉徴収票のとおりになおしました。"),
            plain("answered-on", "2026-11-10"),
        ],
    ),
];

/// Kind and field, and the fixed words that institutions write there.
pub(crate) const FIXED_WORDS: [(&str, &str, &[&str]); 13] = [
    ("local-tax", "levy-status", &["課税", "非課税"]),
    ("resident-record", "relation-to-head", &["世帯主", "妻", "夫", "子", "母", "父"]),
    ("pension-coverage", "insured-category", &["第1号被保険者", "第2号被保険者", "第3号被保険者", "被保険者期間満了"]),
    ("pension-benefit", "pension-kind", &["老齢基礎年金・厚生年金", "障害基礎年金"]),
    ("pension-benefit", "payment-status", &["支給中"]),
    ("insurance-coverage", "insurer", &["全国健康保険協会"]),
    ("insurance-coverage", "insured-status", &["被保険者", "被扶養者"]),
    ("vaccination", "vaccine", &["五種混合", "小児用肺炎球菌", "BCG", "麻しん風しん混合", "水痘", "日本脳炎"]),
    ("health-checkup", "checkup", &["4か月児健診", "1歳6か月児健診", "3歳児健診"]),
    ("long-term-care", "care-level", &["要介護1", "要介護2", "要介護3", "要介護4", "要介護5"]),
    ("disability-certificate", "certificate-kind", &["身体障害者手帳"]),
    ("scholarship", "scholarship-kind", &["第二種奨学金"]),
    (
        "correction-report",
        "state",
        &["受け付けました", "調べています", "なおしました", "まちがいは見つかりませんでした"],
    ),
];

pub(crate) fn kind(name: &str) -> InfoKind {
    name.parse().unwrap()
}

pub(crate) fn field(name: &str, period: Option<&str>, value: &str, unit: Option<&str>) -> InformationField {
    InformationField {
        name: name.to_owned(),
        period: period.map(str::to_owned),
        value: value.to_owned(),
        unit: unit.map(str::to_owned),
    }
}

/// An answer of a kind, with the examples.
pub(crate) fn answer(name: &str) -> Vec<InformationField> {
    let (_, period, fields) = KINDS.into_iter().find(|(kind, ..)| *kind == name).unwrap();
    fields.iter().map(|(name, unit, value)| field(name, period, value, *unit)).collect()
}

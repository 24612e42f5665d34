//! Jobs, and the program that typesets them.

use std::{
    io::Write as _,
    process::{Command, Output, Stdio},
};

use domain::{AccessRecord, AccessRecordId, Circumstance, Dictionary, Locale, Outcome};
use export::{Export, Part, pdf::Job};
use wire::mediation::{AnswerContent, AnswerField};

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_my-portal-pdf");

/// Name, value, unit.
pub(crate) type Field<'a> = (&'a str, &'a str, Option<&'a str>);

pub(crate) fn part(provider: &str, kind: &str, period: Option<&str>, fields: &[Field<'_>]) -> Part {
    let field = |(name, value, unit): &Field<'_>| AnswerField {
        name: (*name).to_owned(),
        period: period.map(str::to_owned),
        value: (*value).to_owned(),
        unit: unit.map(str::to_owned),
    };
    let content = AnswerContent {
        id: AccessRecordId::from([1; 16]),
        provider: provider.parse().unwrap(),
        info_kind: kind.parse().unwrap(),
        schema_version: 1,
        fields: fields.iter().map(field).collect(),
    };
    Part {
        provider: content.provider.clone(),
        info_kind: content.info_kind.clone(),
        answered_at: "2026-11-21T01:00:00Z".parse().unwrap(),
        content: serde_json::to_vec(&content).unwrap(),
        signed: Vec::new(),
    }
}

fn record() -> AccessRecord {
    AccessRecord {
        id: AccessRecordId::from([0x4f; 16]),
        accessed_at: "2026-11-03T05:05:00Z".parse().unwrap(),
        bp: "nhi-premium-reduction".parse().unwrap(),
        whitelist_version: Some(1),
        circumstance: Circumstance::ByLaw,
        requester: "141003".parse().unwrap(),
        provider: "NTA".parse().unwrap(),
        info_kind: "income".parse().unwrap(),
        outcome: Outcome::Provided,
        dictionary: Dictionary::CURRENT,
    }
}

pub(crate) fn job_of(locale: Locale, parts: Vec<Part>, records: usize) -> Job {
    let export = Export {
        made_at: "2026-11-21T02:30:10Z".parse().unwrap(),
        locale,
        years: wording::Years::Western,
        parts,
        records: (records > 0).then(|| vec![record(); records]),
    };
    export::pdf::job(&export.tell().unwrap())
}

/// Two institutions, three answers, two access records.
pub(crate) fn job(locale: Locale) -> Job {
    let income = [("total-income", "3400000", Some("JPY")), ("dependants", "2", Some("person"))];
    let tax = [("total-income", "1234000", Some("JPY")), ("levy-status", "課税", None)];
    let resident = [("name", "佐藤 一郎", None), ("address", "神奈川県横浜市中区1-1", None)];
    let parts = vec![
        part("NTA", "income", Some("2025"), &income),
        part("141003", "local-tax", Some("2025"), &tax),
        part("141003", "resident-record", None, &resident),
    ];
    job_of(locale, parts, 2)
}

/// One answer with these values, each as an address.
pub(crate) fn job_with(values: &[&str]) -> Job {
    let fields: Vec<Field<'_>> = values.iter().map(|value| ("address", *value, None)).collect();
    job_of(Locale::Ja, vec![part("141003", "resident-record", None, &fields)], 0)
}

pub(crate) fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(PROGRAM)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// The PDF of a job that must succeed.
pub(crate) fn pdf(job: &Job) -> Vec<u8> {
    let output = run(&[], &serde_json::to_vec(job).unwrap());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty());
    output.stdout
}

/// What a tool of Poppler says of the PDF. It takes no PDF by pipe.
pub(crate) fn poppler(tool: &str, arguments: &[&str], pdf: &[u8]) -> String {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pdf).unwrap();
    let mut command = Command::new(tool);
    command.args(arguments).arg(file.path());
    if tool == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().expect("poppler-utils is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // It writes titles of headings in UTF-16.
    String::from_utf8_lossy(&output.stdout).into_owned()
}

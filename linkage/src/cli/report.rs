//! `linkage report`

use std::sync::Arc;

use clap::{Args, Subcommand};
use domain::OrgCode;
use runtime::SystemRng;
use wire::correction_report::{ReceiptNumber, ReceiptNumberError, ReportWords};

use super::{Common, Outcome, say};
use crate::{
    entropy::Entropy,
    institution::{CorrectionReport, Finding, Institution},
    party::Party,
    world::{Manifest, orgs},
};

/// What an officer of an institution does with them.
#[derive(Subcommand)]
pub(super) enum Arguments {
    /// Lists what people reported, the newest first
    List(At),
    /// Answers one; the person reads the answer when they next look, and a later answer takes its place
    Answer(Answer),
}

/// Where.
#[derive(Args)]
pub(super) struct At {
    /// Code of the institution, e.g. NTA or 141003
    #[arg(value_parser = institution)]
    org: OrgCode,
}

/// Which, and what was found.
#[derive(Args)]
pub(super) struct Answer {
    #[command(flatten)]
    at: At,
    /// 受付番号, e.g. 7K3M-9QXP
    #[arg(value_parser = number)]
    number: ReceiptNumber,
    /// What was found
    #[arg(long, value_enum)]
    finding: Finding,
    /// In words, for the person
    #[arg(long, value_parser = words)]
    text: ReportWords,
}

fn institution(text: &str) -> Result<OrgCode, String> {
    let all = orgs::institutions();
    all.iter().find(|org| org.as_str() == text).cloned().ok_or_else(|| {
        let codes: Vec<&str> = all.iter().map(OrgCode::as_str).collect();
        format!("the institutions are {}", codes.join(", "))
    })
}

fn number(text: &str) -> Result<ReceiptNumber, String> {
    text.trim().to_uppercase().parse().map_err(|error: ReceiptNumberError| error.to_string())
}

fn words(text: &str) -> Result<ReportWords, String> {
    ReportWords::typed(text).map_err(|fault| fault.to_string())
}

/// No report has this number.
#[derive(Debug, thiserror::Error)]
#[error("no report has the number {0}")]
struct NoSuchReport(ReceiptNumber);

/// An officer's act on the institution's own database; a running institution answers by it from then on.
pub(super) async fn run(common: &Common, arguments: &Arguments) -> Outcome {
    match arguments {
        Arguments::List(at) => {
            let reports = open(common, at).await?.correction_reports().await?;
            if reports.is_empty() {
                say("no reports");
            }
            for report in &reports {
                say(&told(report));
            }
        }
        Arguments::Answer(Answer { at, number, finding, text }) => {
            if !open(common, at).await?.answer_report(number, *finding, text).await? {
                return Err(NoSuchReport(number.clone()).into());
            }
            say(&format!("{number}: answered"));
        }
    }
    Ok(())
}

async fn open(common: &Common, at: &At) -> Result<Arc<Institution>, Box<dyn std::error::Error + Send + Sync>> {
    let data = common.data();
    Manifest::require(&data)?;
    let party = Party::load(&at.org, &data, common.clock.clock())?;
    Ok(Institution::open(&data, party, Entropy::new(SystemRng)).await?)
}

fn told(report: &CorrectionReport) -> String {
    let indented = |words: &ReportWords| words.as_str().replace('\n', "\n    ");
    let field = report.field.as_ref().map_or_else(String::new, |field| {
        let period = field.period.as_ref().map_or_else(String::new, |period| format!(" ({period})"));
        format!(" / {}{period}", field.name)
    });
    let answer = report.answer.as_ref().map_or_else(
        || "  not answered yet".to_owned(),
        |answer| format!("  {:?}, {}:\n    {}", answer.finding, answer.answered_at, indented(&answer.words)),
    );
    format!(
        "{} from {}, person {}\n  about {}{field}, answer {}\n    {}\n{answer}",
        report.number,
        report.received_at,
        report.person.as_str(),
        report.info_kind,
        report.about,
        indented(&report.words),
    )
}

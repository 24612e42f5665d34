//! `linkage recipients`

use clap::Args;
use domain::OrgCode;
use jiff::civil::Date;
use runtime::SystemRng;

use super::{Common, Outcome, say};
use crate::{
    entropy::Entropy,
    institution::{Institution, Segment, is_institution},
    party::Party,
};

/// Whose people, and which.
#[derive(Args)]
pub(super) struct Arguments {
    /// Code of the institution, e.g. 141003
    org: OrgCode,
    /// Born on that day or later, e.g. 1950-01-01
    #[arg(long)]
    born_from: Option<Date>,
    /// Born on that day or earlier
    #[arg(long)]
    born_until: Option<Date>,
}

/// There is no such institution.
#[derive(Debug, thiserror::Error)]
#[error("{0} is no institution")]
struct NoInstitution(OrgCode);

/// One line of JSON for each: what an upload of recipients takes.
pub(super) async fn run(common: &Common, arguments: &Arguments) -> Outcome {
    if !is_institution(&arguments.org) {
        return Err(NoInstitution(arguments.org.clone()).into());
    }
    let data = common.data();
    let party = Party::load(&arguments.org, &data, common.clock.clock())?;
    let institution = Institution::open(&data, party, Entropy::new(SystemRng)).await?;
    let segment = Segment { born_from: arguments.born_from, born_until: arguments.born_until };
    for recipient in institution.recipients(&segment).await? {
        say(&format!(r#"{{"link_code":"{}"}}"#, recipient.link_code.expose()));
    }
    Ok(())
}

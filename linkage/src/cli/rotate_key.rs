//! `linkage rotate-key`

use clap::Args;
use domain::OrgCode;
use runtime::SystemRng;

use super::{Common, Outcome, say};
use crate::{
    core::{Core, CoreFiles},
    entropy::Entropy,
    party::{CORE, PORTAL, Party},
    world::orgs,
};

/// Whose.
#[derive(Args)]
pub(super) struct Arguments {
    /// Code of an institution, e.g. 141003, or PORTAL
    #[arg(value_parser = holder_of_codes)]
    org: OrgCode,
}

/// A key for somebody who holds no codes would be nobody's.
fn holder_of_codes(text: &str) -> Result<OrgCode, String> {
    let org: OrgCode = text.parse().map_err(|error: domain::OrgCodeError| error.to_string())?;
    let mut holders = orgs::institutions();
    holders.push(PORTAL.clone());
    if holders.contains(&org) {
        return Ok(org);
    }
    let holders: Vec<&str> = holders.iter().map(OrgCode::as_str).collect();
    Err(format!("only these hold link codes: {}", holders.join(", ")))
}

/// An operator's act on the core's own databases; a running core brings the new codes to the organisation.
pub(super) async fn run(common: &Common, arguments: &Arguments) -> Outcome {
    let data = common.data();
    let party = Party::load(&CORE, &data, common.clock.clock())?;
    let core = Core::open(&CoreFiles::of(&data), party, Entropy::new(SystemRng)).await?;
    let rotation = core.rotate_key(&arguments.org).await?;
    say(&format!("{}: {} codes are under key {} now", arguments.org, rotation.codes, rotation.key_index.0));
    Ok(())
}

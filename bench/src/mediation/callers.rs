//! All parties of the backend in one process, and callers at one municipality who ask the tax office about its people.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use clap::Args;
use domain::{BpId, InfoKind, OrgCode};
use futures::future::try_join_all;
use linkage::institution::{Institution, InternalId, Received};
use linkage::party::DataDir;
use linkage::serve::{Listeners, Parties};
use linkage::world::{self, Manifest};
use runtime::SystemClock;

use crate::Failure;
use crate::places::address;

const REQUESTER: &str = "141003";
const PROVIDER: &str = "NTA";
/// Row 1 of the whitelist.
const BP: &str = "nhi-premium-reduction";
const INFO_KIND: &str = "income";
/// Synced before and after, so that whoever traces us knows what to count.
pub(super) const MARK: &str = "measured.mark";

#[derive(Args)]
pub(crate) struct Options {
    /// The world
    #[arg(long)]
    data: PathBuf,
    /// At once
    #[arg(long)]
    callers: u32,
    /// In all
    #[arg(long)]
    mediations: u32,
}

/// What was done.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
pub(super) struct Done {
    pub(super) mediations: u64,
    pub(super) seconds: f64,
}

impl Done {
    pub(super) fn a_second(&self) -> f64 {
        crate::measure::real(self.mediations) / self.seconds
    }
}

pub(crate) async fn run(options: Options) -> Result<(), Failure> {
    let data = DataDir::new(&options.data);
    let (listeners, directory) = Listeners::at_free_ports(address(9100)).await?;
    let parties = Parties::start(data.clone(), Arc::new(directory), listeners, Arc::new(SystemClock)).await?;
    let callers = Callers::at(&parties, &data).await?;
    // Connections are made, statements prepared, the writers know their pace.
    callers.ask(options.callers, options.callers * 4).await?;
    mark(&options.data)?;
    let began = Instant::now();
    callers.ask(options.callers, options.mediations).await?;
    let seconds = began.elapsed().as_secs_f64();
    mark(&options.data)?;
    parties.stop().await;
    println!("{}", serde_json::to_string(&Done { mediations: options.mediations.into(), seconds })?);
    Ok(())
}

struct Callers {
    requester: Arc<Institution>,
    provider: OrgCode,
    people: Vec<InternalId>,
    bp: BpId,
    info_kind: InfoKind,
}

impl Callers {
    /// Everybody about whom the tax office holds something.
    async fn at(parties: &Parties, data: &DataDir) -> Result<Self, Failure> {
        let requester: OrgCode = REQUESTER.parse()?;
        let requester = Arc::clone(parties.institution(&requester).ok_or("the requester is not there")?);
        let mut callers = Self {
            requester,
            provider: PROVIDER.parse()?,
            people: Vec::new(),
            bp: BP.parse()?,
            info_kind: INFO_KIND.parse()?,
        };
        let manifest = Manifest::require(data)?;
        for person in world::people(manifest.seed, manifest.made_at)? {
            let Some(id) = callers.requester.find(&person.four_info).await? else { continue };
            if let Ok(Received::Provided(_)) = callers.one(&id).await {
                callers.people.push(id);
            }
        }
        if callers.people.is_empty() {
            return Err("the tax office holds nothing about anybody here".into());
        }
        Ok(callers)
    }

    async fn one(&self, person: &InternalId) -> Result<Received, Failure> {
        Ok(self.requester.exchange(&self.bp, &self.provider, person, &self.info_kind).await?)
    }

    async fn ask(&self, callers: u32, mediations: u32) -> Result<(), Failure> {
        let left = AtomicU32::new(mediations);
        let take = || left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok();
        let tasks = (0..callers).zip(self.people.iter().cycle()).map(|(_, person)| async move {
            while take() {
                match self.one(person).await? {
                    Received::Provided(_) => {}
                    other @ Received::NoDataHeld { .. } => return Err(format!("{other:?} came").into()),
                }
            }
            Ok::<(), Failure>(())
        });
        try_join_all(tasks).await.map(|_| ())
    }
}

fn mark(data: &Path) -> Result<(), Failure> {
    Ok(File::create(data.join(MARK))?.sync_all()?)
}

//! `linkage serve`

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use clap::Args;
use runtime::admin;

use super::{Common, Outcome, say};
use crate::{
    party::{Directory, Sites},
    serve::{Listeners, Parties},
};

const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Where.
#[derive(Args)]
pub(super) struct Arguments {
    /// Where to answer /livez, /readyz and /metrics; nowhere unless given
    #[arg(long, value_name = "ADDRESS")]
    admin: Option<SocketAddr>,
}

pub(super) async fn run(common: &Common, arguments: &Arguments) -> Outcome {
    let data = common.data();
    let stop = runtime::stop::on_signal();
    let directory = Arc::new(Directory::read(&data.parties_file())?);
    let sites = Sites::read(&data.sites_file())?;
    let listeners = Listeners::bind(&directory).await?.with_sites(sites).await?;
    let parties = Parties::start(data, Arc::clone(&directory), listeners, common.clock.clock()).await?;
    let ended: Arc<Mutex<Vec<String>>> = Arc::default();
    let admin = match arguments.admin {
        Some(address) => {
            let listener = runtime::serve::bind(address).await?;
            let router = admin::router(readiness(&ended), admin::prometheus()?);
            Some(tokio::spawn(runtime::serve::serve(listener, None, router, stop.clone())))
        }
        None => None,
    };
    say(&format!(
        "{} parties listen; JPKI answers CRL and OCSP at {}",
        directory.parties.len() - 1,
        directory.jpki.http
    ));
    for (org, site) in &parties.sites().0 {
        let what = if org.is_municipality() { "has its counter" } else { "has people bind codes by card" };
        say(&format!("{org} {what} at {}", site.origin));
    }
    // A party that ended by itself is said once on /readyz; the others go on.
    while stop.run_until_cancelled(tokio::time::sleep(LOOK_EVERY)).await.is_some() {
        *ended.lock().unwrap_or_else(PoisonError::into_inner) = parties.ended();
    }
    parties.stop().await;
    if let Some(admin) = admin {
        admin.await??;
    }
    Ok(())
}

fn readiness(ended: &Arc<Mutex<Vec<String>>>) -> impl Fn() -> admin::Readiness + Clone + Send + Sync + 'static {
    let ended = Arc::clone(ended);
    move || {
        let ended = ended.lock().unwrap_or_else(PoisonError::into_inner).join(", ");
        Box::pin(async move { if ended.is_empty() { Ok(()) } else { Err(format!("ended: {ended}")) } })
    }
}

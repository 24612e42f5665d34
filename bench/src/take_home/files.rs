//! Files through the portal, as a browser without script takes them; and an eye on the processes that make them.

use std::time::{Duration, Instant};

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::Failure;
use crate::citizen::browser::Browser;
use crate::processes::{children_of, memory_bytes};

/// Oftener than the page asks by itself, so that the time is the file's and not the page's.
const LOOK: Duration = Duration::from_millis(20);
const WAIT_MAX: Duration = Duration::from_mins(1);

/// A file that was made.
pub(super) struct File {
    pub(super) took: Duration,
    pub(super) bytes: usize,
}

/// Asks for a file, waits for it, takes it and lets it go.
pub(super) async fn take(browser: &mut Browser, format: &str) -> Result<File, Failure> {
    let began = Instant::now();
    let mut page = browser.posts("/information/files", &[("format", format)]).await?;
    let path = page.path().to_owned();
    let download = format!("{path}/download");
    while !page.html.contains(&download) {
        if began.elapsed() > WAIT_MAX {
            return Err(format!("no {format} after {WAIT_MAX:?}").into());
        }
        tokio::time::sleep(LOOK).await;
        page = browser.opens(&path).await?;
        page.is_at(&path)?;
    }
    let took = began.elapsed();
    let bytes = browser.downloads(&download).await?.len();
    browser.posts(&format!("{path}/cancel"), &[]).await?;
    Ok(File { took, bytes })
}

/// Looks at the children of a process until it is stopped.
pub(super) struct Watch {
    stop: CancellationToken,
    looking: JoinHandle<u64>,
}

impl Watch {
    pub(super) fn over_children_of(parent: u32) -> Self {
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        let looking = tokio::spawn(async move {
            let mut peak = 0;
            while stopped.run_until_cancelled(tokio::time::sleep(LOOK)).await.is_some() {
                let children = children_of(parent).into_iter();
                peak = children.map(|(pid, _)| memory_bytes(&pid.to_string(), "VmHWM")).fold(peak, u64::max);
            }
            peak
        });
        Self { stop, looking }
    }

    /// The largest peak that was seen.
    pub(super) async fn stop(self) -> u64 {
        self.stop.cancel();
        self.looking.await.unwrap_or_default()
    }
}

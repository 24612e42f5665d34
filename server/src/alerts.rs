//! The job that tells people: when something arrives, and once a minute for what is to be tried again and what soon ends.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use portal::{AlertMeans, AlertRound, DeadlineReminders, Portal};
use runtime::Clock;
use tokio_util::sync::CancellationToken;

use crate::settings::{Settings, SettingsFault};

const EVERY: Duration = Duration::from_mins(1);

/// By what people are told, as the settings say.
pub(crate) fn means(settings: &Settings, clock: &Arc<dyn Clock>) -> Result<AlertMeans, SettingsFault> {
    Ok(AlertMeans {
        mail: settings.mail.carrier().map_err(SettingsFault::Mail)?,
        push: settings.push.means(&settings.origin, clock).map_err(SettingsFault::Push)?,
        interval: settings.alerts.interval(),
    })
}

/// Until the portal stops. What is being told then is told to the end.
pub(crate) async fn run(portal: Portal, clock: Arc<dyn Clock>, stop: CancellationToken) -> io::Result<()> {
    let (mut every, mut arrivals) = (tokio::time::interval(EVERY), portal.notice_arrivals());
    let reminders = DeadlineReminders::default();
    loop {
        let heard = async {
            tokio::select! {
                _ = every.tick() => true,
                _ = arrivals.changed() => false,
            }
        };
        let Some(minute) = stop.run_until_cancelled(heard).await else { return Ok(()) };
        if minute && let Err(error) = portal.forget_unconfirmed_alerts(clock.now()).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "addresses nobody confirmed could not be erased");
        }
        while minute && !stop.is_cancelled() && remind(&portal, &reminders, &*clock).await {}
        while !stop.is_cancelled() && round(&portal, &*clock).await {}
    }
}

/// Whether there is more to do at once.
async fn remind(portal: &Portal, reminders: &DeadlineReminders, clock: &dyn Clock) -> bool {
    portal.remind_of_deadlines(reminders, clock.now()).await.unwrap_or_else(|error| {
        tracing::warn!(error = &error as &dyn std::error::Error, "nobody could be reminded");
        false
    })
}

/// Whether there is more to do at once.
async fn round(portal: &Portal, clock: &dyn Clock) -> bool {
    match portal.send_alerts(clock.now()).await {
        Ok(round) => {
            if round != AlertRound::default() {
                let AlertRound { arrivals, told, failed, gone, .. } = round;
                tracing::info!(arrivals, told, failed, gone, "told who has something new");
            }
            round.more
        }
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "nobody could be told");
            false
        }
    }
}

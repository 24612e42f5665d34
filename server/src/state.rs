//! What every route stands on.

use std::sync::Arc;

use portal::Portal;
use runtime::Clock;

use crate::middleware::ClientLimits;
use crate::routes::Listeners;
use crate::settings::Settings;

/// Cheap to clone.
#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) portal: Portal,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) settings: Arc<Settings>,
    pub(crate) assets: Arc<app::Assets>,
    pub(crate) card_steps: ClientLimits,
    pub(crate) listeners: Listeners,
}

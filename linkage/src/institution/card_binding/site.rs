//! The institution's own site, as far as it binds codes: pages for people with browsers, apart from the listener for
//! other parties. Complete without script.
//!
//! The reader's answer comes across sites, so no cookie comes along and it binds nothing: it uses up the challenge and
//! gets a single-use code. The next page needs that code and the cookie of the browser that started. Whoever makes a
//! stranger's reader answer their challenge gains nothing.

mod browser;
mod ending;
mod guard;
mod journeys;
mod pages;
mod routes;
mod words;

use std::{sync::Arc, time::Duration};

use axum::Router;

use super::{CardBinding, CitizensError};
use crate::{
    institution::{Institution, InternalId},
    party::{DataDir, SiteAddress},
};

use journeys::Journeys;
pub use routes::ANSWER_PATH;

/// A code takes a moment; after that the person is told that it is on its way.
const CODE_WITHIN: Duration = Duration::from_secs(5);

/// A site at work.
pub struct BindingSite {
    binding: Arc<CardBinding>,
    address: SiteAddress,
    journeys: Journeys,
    code_within: Duration,
}

impl BindingSite {
    /// The site of an institution at its address.
    pub fn new(
        institution: Arc<Institution>,
        data: &DataDir,
        address: SiteAddress,
    ) -> Result<Arc<Self>, CitizensError> {
        let binding = CardBinding::new(institution, data, address.origin.clone())?;
        Ok(Self::patient(binding, address, CODE_WITHIN))
    }

    /// The same, waiting so long for a code.
    pub(super) fn patient(binding: Arc<CardBinding>, address: SiteAddress, code_within: Duration) -> Arc<Self> {
        Arc::new(Self { binding, address, journeys: Journeys::default(), code_within })
    }

    /// Its pages, behind the guard.
    pub fn router(self: &Arc<Self>) -> Router {
        routes::router(Arc::clone(self))
    }

    fn institution(&self) -> &Arc<Institution> {
        &self.binding.institution
    }

    fn now(&self) -> jiff::Timestamp {
        self.institution().party.now()
    }

    async fn has_code(&self, person: &InternalId) -> Result<bool, db::DbError> {
        Ok(self.institution().code_of(person).await?.is_some())
    }
}

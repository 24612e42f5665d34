//! What a recipient's fields must fit.

use std::collections::BTreeSet;

use domain::OrgCode;
use jiff::Timestamp;

use super::LineFault;
use crate::draft::{Draft, DraftFault, Fields, Making};
use crate::store::SendingId;

/// The draft that a list is for.
pub(crate) struct Rules {
    draft: Draft,
    places: BTreeSet<String>,
    sender: OrgCode,
    sealing_certificate: String,
    now: Timestamp,
}

impl Rules {
    /// `now`: as of when letters would be signed.
    pub(crate) fn new(draft: Draft, sender: OrgCode, sealing_certificate: String, now: Timestamp) -> Self {
        Self { places: draft.places(), draft, sender, sealing_certificate, now }
    }

    /// Each recipient gets a letter of their own.
    pub(crate) fn merged(&self) -> bool {
        !self.places.is_empty()
    }

    pub(super) fn places(&self) -> &BTreeSet<String> {
        &self.places
    }

    /// The fields as they are kept, if they make a notice. A letter that is the same for everybody was looked at before.
    pub(super) fn fitting(&self, fields: &Fields) -> Result<Option<String>, LineFault> {
        if self.places.is_empty() && fields.is_empty() {
            return Ok(None);
        }
        let making = Making {
            sender: &self.sender,
            id: SendingId::from([0xff; 16]).notice(),
            issued_at: self.now,
            sealing_certificate: &self.sealing_certificate,
            fields,
        };
        self.draft.notice(&making).map_err(|fault| match fault {
            DraftFault::Field(fault) => LineFault::Field(fault),
            other => LineFault::DoesNotFit(other),
        })?;
        serde_json::to_string(fields).map(Some).map_err(|_| LineFault::NotObject(1))
    }
}

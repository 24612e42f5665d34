//! A sending with everything that its page shows.

use std::collections::BTreeMap;

use domain::NoticeState;

use super::Console;
use super::refused::Why;
use crate::draft::Draft;
use crate::store::{
    AuditLine, DraftRow, OfficerId, Outcome, ReadList, RejectionRow, SendingId, SendingRow, StateCount, Store,
    StoreError,
};
use crate::texts::{say, say_with};

/// Faults and rows that a page shows.
const SHOWN: u32 = 100;

/// See the module.
pub(super) struct View {
    pub(super) row: SendingRow,
    pub(super) draft: Draft,
    pub(super) list: Option<ReadList>,
    /// The list is being read in now.
    pub(super) being_read: bool,
    pub(super) faults: Vec<(u64, String)>,
    /// Turned which page on what is listed was asked for.
    pub(super) from: Turned,
    pub(super) rejection: Option<RejectionRow>,
    pub(super) states: Vec<StateCount>,
    /// Lines of the list whose people cannot be reached.
    pub(super) unreached: Vec<(u32, Outcome)>,
    pub(super) own_draft: Option<DraftRow>,
    pub(super) people: People,
    pub(super) audit: Vec<AuditLine>,
}

/// Where the two lists of a page begin that may be longer than one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Turned {
    /// After this line of the list of recipients.
    pub(super) fault: u64,
    /// Turned this place in it on.
    pub(super) unreached: u32,
}

/// Whom the columns name.
pub(super) struct People(BTreeMap<OfficerId, String>);

impl People {
    pub(super) async fn read(store: &Store) -> Result<Self, StoreError> {
        let officers = store.read().await?.officers().await?;
        Ok(Self(officers.into_iter().map(|officer| (officer.id, officer.label)).collect()))
    }

    pub(super) fn officer(&self, id: OfficerId) -> String {
        self.0.get(&id).cloned().unwrap_or_else(|| say("who-unknown").to_owned())
    }

    /// `officer:…`, `client:…`, `program`
    pub(super) fn who(&self, who: &str) -> String {
        match (OfficerId::of_who(who), who.split_once(':')) {
            (Some(id), _) => self.officer(id),
            (None, Some(("client", client))) => say_with("who-client", &[("client", client.into())]),
            (None, Some(("sandbox", client))) => say_with("who-sandbox", &[("client", client.into())]),
            (None, _) if who == "program" => say("who-program").to_owned(),
            (None, _) => say("who-command").to_owned(),
        }
    }
}

pub(super) async fn view(console: &Console, id: SendingId, from: Turned) -> Result<View, Why> {
    let store = &console.store;
    // Asked before the list is looked at, which says at its end whether it is whole.
    let being_read = console.being_read.has(id);
    let mut reader = store.read().await?;
    let row = reader.sending(id).await?.ok_or(Why::NoSending)?;
    let draft: Draft = serde_json::from_str(&row.draft).map_err(|_| Why::Failed)?;
    let list = reader.read_list(id).await?;
    let faults = reader.bad_lines(id, from.fault, SHOWN).await?;
    let rejection = reader.rejection(id).await?;
    let own_draft = reader.draft_of_sending(id).await?;
    let audit = reader.audit(Some(id), SHOWN).await?;
    let unreached = reader.unreached(id, from.unreached, SHOWN).await?;
    let states = reader.state_counts(id).await?;
    drop(reader);
    let people = People::read(store).await?;
    Ok(View { row, draft, list, being_read, faults, from, rejection, states, unreached, own_draft, people, audit })
}

impl View {
    /// People at whom a state was reached.
    pub(super) fn reached(&self, state: Option<NoticeState>) -> u64 {
        self.states.iter().find(|count| count.state == state).map_or(0, |count| count.people)
    }

    /// The line after which the next page of what cannot be taken begins.
    pub(super) fn more_faults(&self) -> Option<u64> {
        is_full(self.faults.len()).then(|| self.faults.last().map(|last| last.0)).flatten()
    }

    /// The place from which on the next page of who cannot be reached begins.
    pub(super) fn more_unreached(&self) -> Option<u32> {
        is_full(self.unreached.len()).then(|| self.unreached.last().map(|last| last.0 + 1)).flatten()
    }

    pub(super) fn settled(&self) -> u64 {
        self.row.accepted + self.row.undeliverable + self.row.unknown
    }
}

fn is_full(page: usize) -> bool {
    u32::try_from(page) == Ok(SHOWN)
}

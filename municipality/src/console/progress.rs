//! A sending with everything that its page shows.

use std::collections::BTreeMap;

use domain::NoticeState;

use super::refused::Why;
use crate::draft::Draft;
use crate::store::{
    AuditLine, DraftRow, OfficerId, Outcome, ReadList, RejectionRow, SendingId, SendingRow, StateCount, Store,
    StoreError,
};

/// Faults and rows that a page shows.
const SHOWN: u32 = 100;
/// Where each has a letter of their own, states are counted for so many.
const OWN_LETTERS: u32 = 500;

/// See the module.
pub(super) struct View {
    pub(super) row: SendingRow,
    pub(super) draft: Draft,
    pub(super) list: Option<ReadList>,
    pub(super) faults: Vec<(u64, String)>,
    pub(super) rejection: Option<RejectionRow>,
    /// None: too many letters to count.
    pub(super) states: Option<Vec<StateCount>>,
    /// Lines of the list whose people cannot be reached.
    pub(super) unreached: Vec<(u32, Outcome)>,
    pub(super) own_draft: Option<DraftRow>,
    pub(super) people: People,
    pub(super) audit: Vec<AuditLine>,
}

/// Whom the columns name.
pub(super) struct People(BTreeMap<OfficerId, String>);

impl People {
    pub(super) async fn read(store: &Store) -> Result<Self, StoreError> {
        let officers = store.read().await?.officers().await?;
        Ok(Self(officers.into_iter().map(|officer| (officer.id, officer.label)).collect()))
    }

    pub(super) fn officer(&self, id: OfficerId) -> String {
        self.0.get(&id).cloned().unwrap_or_else(|| "わからない職員".to_owned())
    }

    /// `officer:…`, `client:…`, `program`
    pub(super) fn who(&self, who: &str) -> String {
        match (OfficerId::of_who(who), who.split_once(':')) {
            (Some(id), _) => self.officer(id),
            (None, Some(("client", client))) => format!("接続したシステム（{client}）"),
            (None, Some(("sandbox", client))) => format!("接続したシステムの試し（{client}）"),
            (None, _) => "管理者のコマンド".to_owned(),
        }
    }
}

pub(super) async fn view(store: &Store, id: SendingId) -> Result<View, Why> {
    let mut reader = store.read().await?;
    let row = reader.sending(id).await?.ok_or(Why::NoSending)?;
    let draft: Draft = serde_json::from_str(&row.draft).map_err(|_| Why::Failed)?;
    let list = reader.read_list(id).await?;
    let faults = reader.bad_lines(id, SHOWN).await?;
    let rejection = reader.rejection(id).await?;
    let own_draft = reader.draft_of_sending(id).await?;
    let audit = reader.audit(Some(id), SHOWN).await?;
    let unreached = if row.undeliverable + row.unknown > 0 { reader.unreached(id, SHOWN).await? } else { vec![] };
    drop(reader);
    let states = states(store, &row).await?;
    let people = People::read(store).await?;
    Ok(View { row, draft, list, faults, rejection, states, unreached, own_draft, people, audit })
}

async fn states(store: &Store, row: &SendingRow) -> Result<Option<Vec<StateCount>>, StoreError> {
    let mut reader = store.read().await?;
    if !row.merged {
        return Ok(Some(reader.state_counts(&row.id.notice()).await?));
    }
    if row.recipients > u64::from(OWN_LETTERS) {
        return Ok(None);
    }
    let mut counted: Vec<StateCount> = Vec::new();
    for one in reader.recipients(row.id, 0, OWN_LETTERS).await? {
        for count in reader.state_counts(&row.id.notice_at(one.place)).await? {
            match counted.iter_mut().find(|known| known.state == count.state) {
                Some(known) => known.people += count.people,
                None => counted.push(count),
            }
        }
    }
    Ok(Some(counted))
}

impl View {
    /// People at whom a state was reached.
    pub(super) fn reached(&self, state: Option<NoticeState>) -> u64 {
        let states = self.states.as_deref().unwrap_or_default();
        states.iter().find(|count| count.state == state).map_or(0, |count| count.people)
    }

    pub(super) fn settled(&self) -> u64 {
        self.row.accepted + self.row.undeliverable + self.row.unknown
    }
}

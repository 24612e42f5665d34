//! What the API reads and writes beyond sendings.

use jiff::Timestamp;

use super::super::api_rows::{
    ClientId, ClientRow, FaultRow, FoundReturn, KeptAnswer, KeyClaim, ListForm, ListRow, TemplateRow, TokenRow,
    UploadedFile, UploadedFileId, WaitingFiles,
};
use super::super::rows::{SendingId, SendingRow};
use super::super::{postgres, sqlite};
use super::{Reader, Reading, Repository, StoreError, Transaction};

statements! { Repository, Transaction:
    /// Registers a client. False when its id or certificate is taken.
    client::insert_client(row: &ClientRow) -> bool;
    /// Ends a client. False when there is none, or it was ended before.
    client::revoke_client(id: ClientId, now: Timestamp) -> bool;
    /// Keeps a token.
    client::insert_token(row: &TokenRow) -> ();
    /// Counts recipients against a day's quota. False, and nothing is counted, when it is not enough.
    client::take_quota(client: ClientId, day: i64, recipients: u64, most: u64) -> bool;
    /// Keeps each answer under a key that nobody has used since `over`, each key once; of which, in the order of the claims.
    request::claim_keys(claims: &[&KeyClaim], now: Timestamp, over: Timestamp) -> Vec<bool>;
    /// Gives back a key that was claimed.
    request::release_key(client: ClientId, name: &str) -> ();
    /// The answer under a key.
    request::kept_answer(client: ClientId, name: &str, over: Timestamp) -> Option<KeptAnswer>;
    /// Keeps a file until its notice comes. False, and it is not kept, when more of its client's would wait than `most`.
    request::insert_uploaded_file(file: &UploadedFile, most: WaitingFiles) -> bool;
    /// Erases tokens that are over, and keys and files from before `over`; how many.
    request::forget_over(now: Timestamp, over: Timestamp) -> u64;
    /// Writes a template, anew or over what it was.
    template::put_template(client: ClientId, name: &str, content: &str, now: Timestamp) -> ();
    /// Erases a template. False when there is none.
    template::delete_template(client: ClientId, name: &str) -> bool;
    /// A list of recipients begins, unless it has begun.
    list::begin_list(sending: SendingId, form: ListForm) -> ();
    /// How far a list is kept.
    list::list(sending: SendingId) -> Option<ListRow>;
    /// A list goes on. False when it stands elsewhere, is complete, or its sending is no longer open.
    list::advance_list(sending: SendingId, from_bytes: u64, row: &ListRow) -> bool;
    /// Notes what is wrong in a list.
    list::insert_faults(sending: SendingId, faults: &[FaultRow]) -> ();
}

statements! { Reader, Reading:
    /// Every client, in the order in which they were registered.
    client::clients() -> Vec<ClientRow>;
    /// A client.
    client::client(id: ClientId) -> Option<ClientRow>;
    /// A token and whose it is, whether or not they still hold.
    client::token(hash: &[u8; 32]) -> Option<(TokenRow, ClientRow)>;
    /// How many recipients a client had on a day.
    client::quota_taken(client: ClientId, day: i64) -> u64;
    /// The answer under a key.
    request::kept_answer(client: ClientId, name: &str, over: Timestamp) -> Option<KeptAnswer>;
    /// A client's own file.
    request::uploaded_file(client: ClientId, id: UploadedFileId) -> Option<UploadedFile>;
    /// A client's own template.
    template::template(client: ClientId, name: &str) -> Option<TemplateRow>;
    /// A client's own templates by name, after one.
    template::templates(client: ClientId, after: &str, limit: u32) -> Vec<TemplateRow>;
    /// How far a list is kept.
    list::list(sending: SendingId) -> Option<ListRow>;
    /// What is wrong in a list, by line, after one.
    list::faults(sending: SendingId, after: u64, limit: u32) -> Vec<FaultRow>;
    /// One maker's sendings, newest first, older than one.
    sending::sendings_by(maker: &str, before: Option<SendingId>, limit: u32) -> Vec<SendingRow>;
    /// What came back about one maker's sendings.
    returned::returned_by(maker: &str, after: u64, limit: u32) -> Vec<FoundReturn>;
}

//! Addresses of the site, each written once.

use domain::ReceiptId;

/// First page.
pub const TOP: &str = "/";
/// Explains the registration.
pub const REGISTER: &str = "/register";
/// Form target: starts a registration.
pub const REGISTER_START: &str = "/register/start";
/// Leads to the card reader with the application.
pub const REGISTER_CARD: &str = "/register/card";
/// Waits for the link code.
pub const REGISTER_OPENING: &str = "/register/opening";
/// Form target: starts the binding of the authentication certificate.
pub const REGISTER_BIND_START: &str = "/register/bind/start";
/// Leads to the card reader for the binding.
pub const REGISTER_BIND: &str = "/register/bind";
/// Explains the login. Query `return_to`: where to go afterwards.
pub const LOGIN: &str = "/login";
/// Form target: starts a login. Fields `shared` (`yes` or absent) and `return_to` (or absent).
pub const LOGIN_START: &str = "/login/start";
/// Leads to the card reader for the login.
pub const LOGIN_CARD: &str = "/login/card";
/// First page after login.
pub const HOME: &str = "/home";
/// アクセス記録
pub const RECORDS: &str = "/records";
/// わたしの情報
pub const INFORMATION: &str = "/information";
/// Form target: asks every institution.
pub const INFORMATION_GATHER: &str = "/information/gather";
/// Form target: asks one institution again. Field `place`.
pub const INFORMATION_AGAIN: &str = "/information/again";
/// Form target: makes a file to take home. Fields `format` and `records`.
pub const FILES: &str = "/information/files";
/// How far a file is, and the way to it.
pub const FILE: &str = "/information/files/{place}";
/// Form target: makes a file no further, or lets it go.
pub const FILE_CANCEL: &str = "/information/files/{place}/cancel";
/// The file.
pub const FILE_DOWNLOAD: &str = "/information/files/{place}/download";
/// まちがいを知らせる: about the answer of one institution.
pub const REPORT: &str = "/information/{place}/report";
/// Form target: sends it. Fields `field` (number of a field of the answer, or empty) and `words`.
pub const REPORT_SEND: &str = "/information/{place}/report/send";
/// お知らせ. Query: what is looked for.
pub const NOTICES: &str = "/notices";
/// One notice.
pub const NOTICE: &str = "/notices/{number}";
/// Form target: does something with notices. Fields `letter` (any number of them), `act`, `star` or `unstar` (one
/// number, instead of these two), and where to go on: `back` (a query of the list), `on` (the notice) or `leaving`.
pub const NOTICES_ACT: &str = "/notices/act";
/// Form target: states of notices of this sender are given or withheld. Field `give` (`yes` or absent).
pub const NOTICE_STATES: &str = "/notices/{number}/states";
/// What a notice asks: the form.
pub const REPLY: &str = "/notices/{number}/reply";
/// Form target: the answers before they go; field `again`: to be changed. Fields: [`portal::answer_field`].
pub const REPLY_CHECK: &str = "/notices/{number}/reply/check";
/// Form target: sends the answers.
pub const REPLY_SEND: &str = "/notices/{number}/reply/send";
/// The notice as its sender signed it, a file.
pub const NOTICE_LETTER: &str = "/notices/{number}/letter";
/// The notice as a PDF. Query: `text`, the language of its words.
pub const NOTICE_PDF: &str = "/notices/{number}/pdf";
/// Its deadline for a calendar, a file.
pub const NOTICE_CALENDAR: &str = "/notices/{number}/calendar";
/// A file of a notice.
pub const NOTICE_FILE: &str = "/notices/{number}/files/{place}";
/// The certificate of the organisations' authority, a file.
pub const NOTICES_AUTHORITY: &str = "/notices/authority";
/// Tells an open page that a notice has arrived: an event stream.
pub const NOTICES_EVENTS: &str = "/notices/events";
/// One kept notice (保管); the list of them is [`NOTICES`] with `place=kept`.
pub const KEPT: &str = "/kept/{number}";
/// Form target: throws kept notices away. Fields `kept` (any number of them), `understood`, and `back` (a query of the list).
pub const KEPT_ACT: &str = "/kept/act";
/// The kept notice as its sender signed it, a file.
pub const KEPT_LETTER: &str = "/kept/{number}/letter";
/// The kept notice as a PDF. Query: `text`, the language of its words.
pub const KEPT_PDF: &str = "/kept/{number}/pdf";
/// Its deadline for a calendar, a file.
pub const KEPT_CALENDAR: &str = "/kept/{number}/calendar";
/// A file of a kept notice.
pub const KEPT_FILE: &str = "/kept/{number}/files/{place}";
/// Before a logout that erases something: what goes, and what can be taken home.
pub const LEAVING: &str = "/leaving";
/// フォルダを止める, フォルダを閉じる
pub const FOLDER: &str = "/folder";
/// Form target: suspends the folder.
pub const FOLDER_SUSPEND: &str = "/folder/suspend";
/// Form target: closes the folder. Field `understood`.
pub const FOLDER_CLOSE: &str = "/folder/close";
/// Where else a person is told that there is something new.
pub const ALERTS: &str = "/folder/alerts";
/// Form target: sends a code to a mail address. Field `mail`.
pub const ALERTS_MAIL: &str = "/folder/alerts/mail";
/// Form target: sends a code to this browser. Fields `subscription` (as the browser writes it) and `device`.
pub const ALERTS_DEVICE: &str = "/folder/alerts/device";
/// Form target: sends another code. Field `id`.
pub const ALERTS_AGAIN: &str = "/folder/alerts/again";
/// Form target: the code. Fields `id` and `code`.
pub const ALERTS_CONFIRM: &str = "/folder/alerts/confirm";
/// Form target: erases an address. Field `id`.
pub const ALERTS_REMOVE: &str = "/folder/alerts/remove";
/// The id under which [`ALERTS`] says to which senders states of notices are given.
pub const ALERTS_STATES_ID: &str = "states";
/// Form target: a sender is given no states of notices any more. Field `sender` (its code).
pub const STATES_WITHHOLD: &str = "/folder/alerts/states/withhold";
/// What a browser keeps running to be told: a script.
pub const ALERTS_WORKER: &str = "/push-worker.js";
/// Login history.
pub const HISTORY: &str = "/history";
/// After a session. Query `why`: `logout`, `ended` (idle or otherwise gone), `suspended`, `closed`; `return_to` as for the login.
pub const SIGNED_OUT: &str = "/signed-out";
/// Of one file: [`FILE`].
pub fn file(place: u32) -> String {
    format!("{FILES}/{place}")
}

/// Where [`ALERTS`] says to which senders states of notices are given.
pub fn alerts_states() -> String {
    format!("{ALERTS}#{ALERTS_STATES_ID}")
}

/// Of one notice: [`NOTICE`].
pub fn notice(number: i64) -> String {
    format!("{NOTICES}/{number}")
}

/// Of one kept notice: [`KEPT`].
pub fn kept(number: i64) -> String {
    format!("/kept/{number}")
}

/// Of what a notice asks: [`REPLY`].
pub fn reply(number: i64) -> String {
    format!("{NOTICES}/{number}/reply")
}

/// Of one answer: [`REPORT`].
pub fn report(place: u32) -> String {
    format!("{INFORMATION}/{place}/report")
}

/// The receipt for what was erased, a file.
pub fn receipt(id: &ReceiptId) -> String {
    format!("/receipts/{id}")
}

/// The proof that a receipt stands in the portal's log, a file.
pub fn receipt_proof(id: &ReceiptId) -> String {
    format!("/receipts/{id}.tlog-proof")
}

/// Form target: ends the session. Field `confirmed`: the person has seen what goes.
pub const LOGOUT: &str = "/logout";
/// Fetched by the session warning: `POST`, 204 when the session lives on, 401 when it is gone.
pub const SESSION_EXTEND: &str = "/session/extend";
/// How it works.
pub const HELP: &str = "/help";
/// ウェブアクセシビリティ方針
pub const ACCESSIBILITY: &str = "/accessibility";

/// Pages whose form posts to the card reader.
pub const POSTS_TO_READER: [&str; 3] = [REGISTER_CARD, REGISTER_BIND, LOGIN_CARD];

/// Pages that go out while they fill.
pub const FILLS: [&str; 1] = [INFORMATION];

/// Pages that only a person who is logged in may see.
pub const PERSONAL: [&str; 14] = [
    FOLDER,
    ALERTS,
    HOME,
    RECORDS,
    "/records/{id}",
    INFORMATION,
    FILE,
    REPORT,
    NOTICES,
    NOTICE,
    REPLY,
    KEPT,
    LEAVING,
    HISTORY,
];

//! What an officer reads when nothing was done.

use axum::response::{IntoResponse, Response};
use http::StatusCode;

use crate::store::StoreError;

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Why {
    /// No session, or it is over.
    LoggedOut,
    /// Another role may.
    NotYours,
    /// Nobody of that name, or somebody without a key.
    NoSuchOfficer,
    /// The code is used, over or unknown.
    NoSuchCode,
    /// The question to the key is used, over or unknown.
    KeyOver,
    /// The key's answer is not believed, or there was none.
    KeyRefused,
    /// The key did not ask for its PIN.
    KeyWithoutOwner,
    /// The key is enrolled already.
    KeyTaken,
    /// Too many at a time.
    TooMany,
    /// No such draft, or somebody else's.
    NoDraft,
    /// No such sending.
    NoSending,
    /// The draft cannot be sent as it is.
    DraftUnfinished,
    /// It is not in a state in which that can be done; somebody else may have been first.
    NotNow,
    /// One's own, so somebody else must (R14, R17).
    OwnDraft,
    /// A reason is asked for.
    NoReason,
    /// A file that cannot be attached.
    File,
    /// No segment of that name.
    NoSegment,
    /// Each of many got a letter of their own.
    Merged,
    /// Something of the console's own failed.
    Failed,
    /// Not sent by a page of this site.
    ForeignForm,
    /// Not what a form of this site sends.
    Unreadable,
    /// Asked for under another name.
    WrongHost,
    /// No such page.
    NotFound,
    /// Not a way to use this page.
    WrongMethod,
}

/// One refusal.
pub(super) struct Words {
    pub(super) status: StatusCode,
    pub(super) title: &'static str,
    pub(super) what: &'static str,
    pub(super) next: &'static str,
    /// Where to go on, and what is said on the button.
    pub(super) way: (&'static str, &'static str),
}

impl Why {
    #[cfg(test)]
    pub(super) const ALL: [Self; 24] = [
        Self::LoggedOut,
        Self::NotYours,
        Self::NoSuchOfficer,
        Self::NoSuchCode,
        Self::KeyOver,
        Self::KeyRefused,
        Self::KeyWithoutOwner,
        Self::KeyTaken,
        Self::TooMany,
        Self::NoDraft,
        Self::NoSending,
        Self::DraftUnfinished,
        Self::NotNow,
        Self::OwnDraft,
        Self::NoReason,
        Self::File,
        Self::NoSegment,
        Self::Merged,
        Self::Failed,
        Self::ForeignForm,
        Self::Unreadable,
        Self::WrongHost,
        Self::NotFound,
        Self::WrongMethod,
    ];

    #[expect(clippy::too_many_lines, reason = "one entry a refusal")]
    pub(super) fn words(self) -> Words {
        let list = ("/console", "一覧へ戻る");
        let login = ("/console/login", "ログインの画面へ");
        let words = |status, title, what, next, way| Words { status, title, what, next, way };
        match self {
            Self::LoggedOut => words(
                StatusCode::UNAUTHORIZED,
                "ログインしていません",
                "15分のあいだ操作がなかったか、ログインから12時間がたちました。保存した下書きはそのままです。",
                "もう一度、セキュリティキーでログインしてください。",
                login,
            ),
            Self::NotYours => words(
                StatusCode::FORBIDDEN,
                "あなたの役割ではできません",
                "起案、承認、閲覧で、できることがちがいます。何も変わっていません。",
                "役割を変えるときは、このしくみの管理者に頼んでください。",
                list,
            ),
            Self::NoSuchOfficer => words(
                StatusCode::FORBIDDEN,
                "この名前ではログインできません",
                "登録された名前ではないか、セキュリティキーがまだ登録されていません。",
                "名前を確かめてください。はじめての方は、登録コードでセキュリティキーを登録してください。",
                login,
            ),
            Self::NoSuchCode => words(
                StatusCode::FORBIDDEN,
                "この登録コードは使えません",
                "まちがっているか、もう使われたか、24時間の期限が過ぎています。",
                "コードを確かめてください。期限が過ぎたときは、管理者に新しいコードを頼んでください。",
                ("/console/enrol", "登録の画面へ"),
            ),
            Self::KeyOver => words(
                StatusCode::CONFLICT,
                "もう一度、はじめから行ってください",
                "5分が過ぎたか、同じ画面から2度送られました。",
                "ログインの画面から、もう一度行ってください。",
                login,
            ),
            Self::KeyRefused => words(
                StatusCode::FORBIDDEN,
                "セキュリティキーを確かめられませんでした",
                "返事がないか、登録されたキーではありません。スクリプトが使えないブラウザからは、キーを使えません。",
                "登録したキーを差して、もう一度行ってください。",
                login,
            ),
            Self::KeyWithoutOwner => words(
                StatusCode::FORBIDDEN,
                "キーの暗証番号（PIN）が確かめられませんでした",
                "拾った人が使えないように、PINか指紋のあるキーだけを受け付けます。",
                "キーにPINを設定してから、もう一度行ってください。",
                login,
            ),
            Self::KeyTaken => words(
                StatusCode::CONFLICT,
                "このキーは、もう登録されています",
                "一つのキーは、一人だけが使えます。何も変わっていません。",
                "ほかのキーを使うか、そのままログインしてください。",
                login,
            ),
            Self::TooMany => words(
                StatusCode::SERVICE_UNAVAILABLE,
                "こみ合っています",
                "キーを確かめる手続きが、一度に多く始まりました。",
                "5分ほど待って、もう一度行ってください。",
                login,
            ),
            Self::NoDraft => words(
                StatusCode::NOT_FOUND,
                "その下書きはありません",
                "ほかの職員の下書きか、もう送った下書きです。",
                "一覧から選び直してください。",
                list,
            ),
            Self::NoSending => words(
                StatusCode::NOT_FOUND,
                "そのお知らせはありません",
                "何も変わっていません。",
                "一覧から選び直してください。",
                list,
            ),
            Self::DraftUnfinished => words(
                StatusCode::CONFLICT,
                "このままでは送れません",
                "なおすところが残っています。何も送っていません。",
                "下書きに戻り、上に出ている項目をなおしてください。",
                list,
            ),
            Self::NotNow => words(
                StatusCode::CONFLICT,
                "いまは、この操作ができません",
                "ほかの職員が先に操作したか、期限が過ぎたか、宛先の一覧がそろっていません。何も変わっていません。",
                "お知らせの画面で、いまの状態を確かめてください。",
                list,
            ),
            Self::OwnDraft => words(
                StatusCode::FORBIDDEN,
                "自分で書いたお知らせは、自分では承認できません",
                "まちがいを防ぐため、書いた人と承認する人を分けています。役割が変わっても同じです。",
                "ほかの承認者に頼んでください。",
                list,
            ),
            Self::NoReason => words(
                StatusCode::UNPROCESSABLE_ENTITY,
                "理由を書いてください",
                "書いた人が直せるように、差し戻しには理由がいります。何も変わっていません。",
                "お知らせの画面に戻り、1,000字までで書いてください。",
                list,
            ),
            Self::File => words(
                StatusCode::UNPROCESSABLE_ENTITY,
                "このファイルは付けられません",
                "付けられるのは、PDF、PNG、JPEG、テキスト（UTF-8）と署名付きの文書です。一つ5MBまで、10個、合わせて20MBまでです。中身が名前とちがうものも付けられません。",
                "下書きに戻り、ファイルを選び直してください。",
                list,
            ),
            Self::NoSegment => words(
                StatusCode::NOT_FOUND,
                "その宛先の名簿はありません",
                "設定が変わったようです。何も送っていません。",
                "下書きに戻り、選び直してください。",
                list,
            ),
            Self::Merged => words(
                StatusCode::CONFLICT,
                "一人ひとり文面がちがうお知らせは、まとめて差し替えられません",
                "何も変わっていません。",
                "取り下げてから、新しく書いて送ってください。",
                list,
            ),
            Self::Failed => words(
                StatusCode::SERVICE_UNAVAILABLE,
                "しくみが動いていません",
                "記録を読み書きできませんでした。",
                "時間をおいて、もう一度行ってください。",
                list,
            ),
            Self::ForeignForm => words(
                StatusCode::FORBIDDEN,
                "このサイトのページから送られたものではありません",
                "ほかのサイトから送られた操作は受け付けません。何も変わっていません。",
                "一覧から、もう一度行ってください。",
                list,
            ),
            Self::Unreadable => words(
                StatusCode::BAD_REQUEST,
                "送られた内容を読めません",
                "このサイトの画面から送られる形ではないか、長すぎます。何も変わっていません。",
                "一覧から、もう一度行ってください。",
                list,
            ),
            Self::WrongHost => words(
                StatusCode::MISDIRECTED_REQUEST,
                "このアドレスのサイトではありません",
                "別の名前で開かれたため、お答えできません。",
                "アドレスを確かめてください。",
                list,
            ),
            Self::NotFound => words(
                StatusCode::NOT_FOUND,
                "ページがありません",
                "お探しのページは、このサイトにありません。",
                "一覧から選び直してください。",
                list,
            ),
            Self::WrongMethod => words(
                StatusCode::METHOD_NOT_ALLOWED,
                "このページは、このようには使えません",
                "何も変わっていません。",
                "一覧から、もう一度行ってください。",
                list,
            ),
        }
    }
}

/// The guard makes a page of it.
impl IntoResponse for Why {
    fn into_response(self) -> Response {
        let mut response = self.words().status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for Why {
    fn from(error: StoreError) -> Self {
        tracing::error!(error = &error as &dyn std::error::Error, "the console cannot use its tables");
        Self::Failed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_says_what_happened_and_what_to_do() {
        for why in Why::ALL {
            let words = why.words();
            assert!(!words.title.ends_with('。') && !words.title.contains("エラー"), "{}", words.title);
            assert!(words.what.ends_with('。') && words.next.ends_with('。'), "{}", words.title);
            assert!(words.status.is_client_error() || words.status.is_server_error());
        }
    }
}

//! What an officer reads when nothing was done.

use http::StatusCode;

use crate::counter::CounterError;

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// No such card.
    CardUnknown,
    /// Died or left.
    NoResident,
    /// Handed over, or stopped.
    NotLocked,
    /// Has a card, or is nobody.
    NotWithoutCard,
    /// A name or an address that no register writes.
    Unwritten,
    /// JPKI or the register does not answer.
    Silent,
    /// Something of the counter's own failed.
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
}

impl Why {
    #[cfg(test)]
    const ALL: [Self; 12] = [
        Self::CardUnknown,
        Self::NoResident,
        Self::NotLocked,
        Self::NotWithoutCard,
        Self::Unwritten,
        Self::Silent,
        Self::Failed,
        Self::ForeignForm,
        Self::Unreadable,
        Self::WrongHost,
        Self::NotFound,
        Self::WrongMethod,
    ];

    pub(super) fn words(self) -> Words {
        let words = |status, title, what, next| Words { status, title, what, next };
        let list = "一覧から選び直してください。";
        match self {
            Self::CardUnknown => words(StatusCode::NOT_FOUND, "そのカードはありません", "何も変わっていません。", list),
            Self::NoResident => words(
                StatusCode::CONFLICT,
                "この人は、もう住民ではありません",
                "亡くなったか、国外へ転出したと記録されています。何も変わっていません。",
                "住民票を確かめてください。",
            ),
            Self::NotLocked => words(
                StatusCode::CONFLICT,
                "このカードは交付できません",
                "もう交付したか、使えなくしたカードです。何も変わっていません。",
                "新しいカードは、更新か再発行で作ります。",
            ),
            Self::NotWithoutCard => words(
                StatusCode::CONFLICT,
                "この人には発行できません",
                "もうカードを持っているか、住民の中にいません。何も変わっていません。",
                list,
            ),
            Self::Unwritten => words(
                StatusCode::UNPROCESSABLE_ENTITY,
                "氏名か住所を読めません",
                "空のまま、または改行などを含んでいます。何も変わっていません。",
                "もう一度、1行で入力してください。",
            ),
            Self::Silent => words(
                StatusCode::SERVICE_UNAVAILABLE,
                "住基ネットか公的個人認証サービスにつながりません",
                "受け付けたかどうかを確かめられませんでした。",
                "カードの状態を確かめてから、もう一度行ってください。同じ届けを2度出しても、結果は同じです。",
            ),
            Self::Failed => words(
                StatusCode::SERVICE_UNAVAILABLE,
                "窓口のしくみが動いていません",
                "カードの記録を読み書きできませんでした。",
                "時間をおいて、もう一度行ってください。",
            ),
            Self::ForeignForm => words(
                StatusCode::FORBIDDEN,
                "このサイトのページから送られたものではありません",
                "ほかのサイトから送られた届けは受け付けません。何も変わっていません。",
                list,
            ),
            Self::Unreadable => words(
                StatusCode::BAD_REQUEST,
                "届けの形が正しくありません",
                "このサイトの画面から送られる形ではありません。何も変わっていません。",
                list,
            ),
            Self::WrongHost => words(
                StatusCode::MISDIRECTED_REQUEST,
                "このアドレスのサイトではありません",
                "別の名前で開かれたため、お答えできません。",
                "アドレスを確かめてください。",
            ),
            Self::NotFound => {
                words(StatusCode::NOT_FOUND, "ページがありません", "お探しのページは、このサイトにありません。", list)
            }
            Self::WrongMethod => words(
                StatusCode::METHOD_NOT_ALLOWED,
                "このページは、このようには使えません",
                "何も変わっていません。",
                list,
            ),
        }
    }
}

impl From<&CounterError> for Why {
    fn from(error: &CounterError) -> Self {
        match error {
            CounterError::CardUnknown(_) => Self::CardUnknown,
            CounterError::NobodyWithoutCard(..) => Self::NotWithoutCard,
            CounterError::NoResident(_) => Self::NoResident,
            CounterError::NotLocked(_) => Self::NotLocked,
            CounterError::Peer(_) | CounterError::Party(_) | CounterError::Directory(_) => Self::Silent,
            CounterError::Manifest(_)
            | CounterError::People(_)
            | CounterError::File(_)
            | CounterError::Card(_)
            | CounterError::Json(_)
            | CounterError::Unwritable(_)
            | CounterError::Unreadable(_) => Self::Failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_refusal_has_words_of_its_own_and_says_what_to_do() {
        let titles: HashSet<_> = Why::ALL.into_iter().map(|why| why.words().title).collect();
        assert_eq!(titles.len(), Why::ALL.len());
        assert!(Why::ALL.into_iter().all(|why| why.words().next.ends_with('。') && why.words().what.ends_with('。')));
    }
}

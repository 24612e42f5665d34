//! What a person reads when nothing was bound: what happened, and what they can do now.

use http::StatusCode;

use super::ending::Why;

/// One refusal.
pub(super) struct Words {
    pub(super) status: StatusCode,
    pub(super) title: &'static str,
    pub(super) what: &'static str,
    pub(super) next: &'static str,
}

const AGAIN: &str = "はじめのページから、もう一度お申し込みください。";
const LATER: &str = "時間をおいて、はじめのページからもう一度お申し込みください。";
const RENEW: &str = "住民票のある市区町村の窓口で、署名用電子証明書を新しくしてから、もう一度お申し込みください。";

#[expect(clippy::too_many_lines, reason = "a table: one row a refusal")]
pub(super) fn of(why: Why) -> Words {
    let words = |status, title, what, next| Words { status, title, what, next };
    match why {
        Why::Cancelled => words(
            StatusCode::OK,
            "申込みを取りやめました",
            "カードで署名されなかったため、何も行いませんでした。",
            AGAIN,
        ),
        Why::PinLocked => words(
            StatusCode::OK,
            "パスワードがロックされています",
            "署名用パスワードを続けて間違えたため、カードが使えなくなっています。何も行いませんでした。",
            "住民票のある市区町村の窓口で、ロックの解除を受けてください。",
        ),
        Why::CardUnusable => words(
            StatusCode::OK,
            "このカードは使えません",
            "カードが停止されているか、まだ交付されていません。何も行いませんでした。",
            "住民票のある市区町村の窓口でお尋ねください。",
        ),
        Why::Ended => words(
            StatusCode::GONE,
            "この申込みは終わっています",
            "同じ返事がもう一度送られたか、申込みを始めてから5分を過ぎています。",
            AGAIN,
        ),
        Why::Unreadable => words(
            StatusCode::BAD_REQUEST,
            "カードからの返事を確かめられませんでした",
            "返事の形が正しくないか、お見せした文と違うものに署名されています。何も結び付けていません。",
            AGAIN,
        ),
        Why::Expired => words(
            StatusCode::FORBIDDEN,
            "証明書の有効期間が過ぎています",
            "カードの署名用電子証明書は、有効期間が終わっています。何も結び付けていません。",
            RENEW,
        ),
        Why::NotYetValid => words(
            StatusCode::FORBIDDEN,
            "証明書の有効期間が始まっていません",
            "カードの署名用電子証明書は、まだ有効になっていません。何も結び付けていません。",
            "有効期間が始まってから、もう一度お申し込みください。",
        ),
        Why::Revoked => words(
            StatusCode::FORBIDDEN,
            "証明書は失効しています",
            "引っ越し、氏名の変更、カードの紛失などのため、カードの署名用電子証明書は失効しています。何も結び付けていません。",
            RENEW,
        ),
        Why::WrongCertificate => words(
            StatusCode::FORBIDDEN,
            "この証明書は使えません",
            "公的個人認証サービスの署名用電子証明書ではありません。何も結び付けていません。",
            "マイナンバーカードで、もう一度お申し込みください。",
        ),
        Why::OtherPerson => words(
            StatusCode::FORBIDDEN,
            "番号とカードが合いません",
            "このカードは、入力された番号の方のものではありません。何も結び付けていません。",
            "番号を確かめて、ご本人のカードで、もう一度お申し込みください。",
        ),
        Why::Outdated => words(
            StatusCode::CONFLICT,
            "証明書の住所などが住民票と異なります",
            "住民票と一致する方を見つけられませんでした。何も結び付けていません。",
            RENEW,
        ),
        Why::JpkiSilent => words(
            StatusCode::SERVICE_UNAVAILABLE,
            "証明書を今は確かめられません",
            "公的個人認証サービスに、証明書が有効かどうかを確かめられませんでした。何も結び付けていません。",
            LATER,
        ),
        Why::CoreSilent => words(
            StatusCode::SERVICE_UNAVAILABLE,
            "符号を今は求められません",
            "情報連携のしくみにつながらず、符号を求められませんでした。何も結び付けていません。",
            LATER,
        ),
        Why::Failed => words(
            StatusCode::SERVICE_UNAVAILABLE,
            "今は受け付けられません",
            "こちらの都合で、申込みを受け付けられませんでした。",
            LATER,
        ),
        Why::OtherBrowser => words(
            StatusCode::FORBIDDEN,
            "申込みを始めたブラウザーではありません",
            "申込みは、始めたときと同じブラウザーでだけ終えられます。何も結び付けていません。",
            AGAIN,
        ),
        Why::ForeignForm => words(
            StatusCode::FORBIDDEN,
            "このサイトのページから送られたものではありません",
            "ほかのサイトから送られた申込みは受け付けません。",
            AGAIN,
        ),
        Why::WrongHost => words(
            StatusCode::MISDIRECTED_REQUEST,
            "このアドレスのサイトではありません",
            "別の名前で開かれたため、お答えできません。",
            "アドレスを確かめてください。",
        ),
        Why::NotFound => words(
            StatusCode::NOT_FOUND,
            "ページがありません",
            "お探しのページは、このサイトにありません。",
            "はじめのページへお進みください。",
        ),
        Why::WrongMethod => words(
            StatusCode::METHOD_NOT_ALLOWED,
            "このページは、このようには使えません",
            "何も行いませんでした。",
            "はじめのページへお進みください。",
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_refusal_has_words_of_its_own_and_says_what_to_do() {
        let titles: HashSet<_> = Why::ALL.into_iter().map(|why| of(why).title).collect();
        assert_eq!(titles.len(), Why::ALL.len());
        assert!(Why::ALL.into_iter().all(|why| of(why).next.ends_with('。') && of(why).what.ends_with('。')));
    }
}

//! What an officer can do with a card, and what each does, said before and after.

/// One form of a card's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// 交付
    HandOver,
    /// 更新
    Renewal,
    /// 再発行
    Reissue,
    /// 紛失
    Loss,
    /// 破損
    Damage,
    /// 失効
    Lapse,
    /// 返納
    Return,
    /// 廃棄
    Disposal,
    /// 券面の変更
    FaceChange,
    /// チップ内の変更
    ChipChange,
    /// 転居
    Move,
    /// 氏名の変更
    Rename,
    /// 国外転出
    Leave,
    /// 死亡
    Death,
    /// 新規の発行; from the list, not from a card
    FirstIssue,
}

/// An act in words.
pub(super) struct Words {
    /// Heads the form.
    pub(super) title: &'static str,
    /// What will happen.
    pub(super) before: &'static str,
    /// On the button.
    pub(super) button: &'static str,
    /// What has happened.
    pub(super) after: &'static str,
}

impl Act {
    /// All that a card's page offers, in its order.
    pub(super) const OF_A_CARD: [Self; 14] = [
        Self::HandOver,
        Self::Renewal,
        Self::Reissue,
        Self::Loss,
        Self::Damage,
        Self::Lapse,
        Self::Return,
        Self::Disposal,
        Self::FaceChange,
        Self::ChipChange,
        Self::Move,
        Self::Rename,
        Self::Leave,
        Self::Death,
    ];

    /// As in forms and addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::HandOver => "hand-over",
            Self::Renewal => "renewal",
            Self::Reissue => "reissue",
            Self::Loss => "loss",
            Self::Damage => "damage",
            Self::Lapse => "lapse",
            Self::Return => "return",
            Self::Disposal => "disposal",
            Self::FaceChange => "face-change",
            Self::ChipChange => "chip-change",
            Self::Move => "move",
            Self::Rename => "rename",
            Self::Leave => "leave",
            Self::Death => "death",
            Self::FirstIssue => "first-issue",
        }
    }

    pub(super) fn words(self) -> Words {
        let words = |title, before, button, after| Words { title, before, button, after };
        match self {
            Self::HandOver => words(
                "交付",
                "本人が窓口に来て、顔と書類で本人とわかったときに行います。ロックが解け、カードが使えるようになります。同じ人の前のカードは使えなくなり、その証明書は2つとも失効します。",
                "交付する",
                "カードを交付しました。カードリーダーに初めて入れたときに、証明書が2つとも発行されます。前のカードがあれば、使えなくなりました。",
            ),
            Self::Renewal => words(
                "更新",
                "同じ人の新しいカードを作ります。新しいカードは交付するまでロックされています。いまのカードは、交付のときまで使えます。",
                "新しいカードを作る",
                "新しいカードができました。本人に交付するまで、このカードは使えません。",
            ),
            Self::Reissue => words(
                "再発行",
                "紛失や破損のあとに、同じ人の新しいカードを作ります。新しいカードは交付するまでロックされています。なくしたカードは、先に紛失の届けで止めてください。",
                "カードを再発行する",
                "カードを再発行しました。本人に交付するまで、このカードは使えません。",
            ),
            Self::Loss => words(
                "紛失",
                "証明書を2つとも失効させます。このカードではログインも署名もできなくなります。マイ・ポータルのフォルダはそのままです。",
                "紛失を受け付ける",
                "証明書は、2つとも使えなくなりました。フォルダは、再発行のあとに続けて使えます。",
            ),
            Self::Damage => words(
                "破損",
                "こわれたカードの証明書を2つとも失効させます。フォルダはそのままです。",
                "破損を受け付ける",
                "証明書は、2つとも使えなくなりました。フォルダは、再発行のあとに続けて使えます。",
            ),
            Self::Lapse => words(
                "失効",
                "カードの効力を失わせ、証明書を2つとも失効させます。",
                "カードを失効させる",
                "カードを失効させました。証明書は、2つとも使えません。",
            ),
            Self::Return => words(
                "返納",
                "カードを受け取って使えなくし、証明書を2つとも失効させます。",
                "返納を受け付ける",
                "カードを受け取り、使えなくしました。証明書は、2つとも使えません。",
            ),
            Self::Disposal => words(
                "廃棄",
                "窓口にあるカードを廃棄します。証明書が残っていれば、2つとも失効させます。",
                "廃棄する",
                "カードを廃棄しました。証明書は、2つとも使えません。",
            ),
            Self::FaceChange => words(
                "券面の変更",
                "カードの表の記載を書きかえます。証明書は変わりません。",
                "券面を書きかえる",
                "券面の変更を記録しました。証明書は変わっていません。",
            ),
            Self::ChipChange => words(
                "チップ内の変更",
                "チップの中の記載を書きかえます。証明書は変わりません。",
                "チップ内を書きかえる",
                "チップ内の変更を記録しました。証明書は変わっていません。",
            ),
            Self::Move => words(
                "転居",
                "住民票の住所を変えます。署名用の証明書だけが失効します。ログインは、いまのカードで続けられます。",
                "転居を受け付ける",
                "住所を変えました。署名用の証明書は失効しました。ログインは、いまのカードで続けられます。",
            ),
            Self::Rename => words(
                "氏名の変更",
                "住民票の氏名を変えます。署名用の証明書だけが失効します。ログインは、いまのカードで続けられます。",
                "氏名の変更を受け付ける",
                "氏名を変えました。署名用の証明書は失効しました。ログインは、いまのカードで続けられます。",
            ),
            Self::Leave => words(
                "国外転出",
                "住民でなくなったことを記録します。証明書は2つとも失効し、情報連携の符号も終わります。フォルダはだれも開けなくなり、決められた期間のあとに消えます。取り消せません。",
                "国外転出を受け付ける",
                "国外転出を記録しました。証明書は2つとも失効し、フォルダはだれも開けなくなります。",
            ),
            Self::Death => words(
                "死亡",
                "亡くなったことを記録します。証明書は2つとも失効し、情報連携の符号も終わります。フォルダはだれも開けなくなり、決められた期間のあとに消えます。取り消せません。",
                "死亡届を受け付ける",
                "亡くなったことを記録しました。証明書は2つとも失効し、フォルダはだれも開けなくなります。",
            ),
            Self::FirstIssue => words(
                "新規の発行",
                "カードを持っていない人のカードを作ります。交付するまでロックされています。",
                "カードを作る",
                "カードができました。本人に交付するまで、このカードは使えません。",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_act_has_words_of_its_own_and_reads_back_its_name() {
        let acts: Vec<Act> = Act::OF_A_CARD.into_iter().chain([Act::FirstIssue]).collect();
        let titles: HashSet<_> = acts.iter().map(|act| act.words().title).collect();
        assert_eq!(titles.len(), acts.len());
        for act in acts {
            assert_eq!(serde_json::from_value::<Act>(act.name().into()).unwrap(), act);
            let words = act.words();
            assert!(words.before.ends_with('。') && words.after.ends_with('。') && !words.button.ends_with('。'));
        }
    }
}

//! やさしい日本語

use super::{ByKey, OfPurpose, Refusal, Text};

pub(super) static TEXT: Text = Text {
    reader: "カードリーダー（カードを読む機械）",
    reader_note: "このページは、あなたのパソコンの中のカードリーダーのページです。",
    languages: "ことばを選ぶ",
    skip_link: "本文へ行く",
    problem: "見てください",
    kind_success: "できました",
    kind_info: "お知らせ",
    kind_warning: "気をつけてください",
    kind_error: "まちがい",

    slot_title: "カードを入れる・出す",
    slot_empty: "カードは入っていません。",
    slot_holds: "「{who}」のカード（{card}）が入っています。",
    slot_choose: "入れるカード",
    slot_other: "ほかのカードにかえる",
    slot_insert: "カードを入れる",
    slot_remove: "カードを出す",
    slot_no_cards: "ためすためのカードがありません。",
    slot_removed: "カードを出しました。",
    slot_removed_told: "ポータルに、カードを出したことを知らせました。",
    slot_removed_untold: "カードを出したことを、ポータルに知らせることができませんでした。ポータルの画面で、ログアウトしてください。",
    slot_inserted: "カードを入れました。",

    owner_heading: "あなたの合言葉（あなただけが知っていることば）",
    owner_why: "暗証番号を書く画面に、この合言葉がいつも出ます。合言葉がちがう画面は、にせものです。そこに暗証番号を書かないでください。",
    owner_label: "合言葉（20文字まで）",
    owner_save: "合言葉を決める",
    owner_saved: "合言葉を決めました。",
    owner_bad: "合言葉は、1文字から20文字までです。",
    owner_yours: "あなたの合言葉",
    owner_check: "合言葉がちがうときは、暗証番号を書きません。「やめる」をおしてください。",
    owner_unset: "合言葉がまだありません。カードリーダーの画面で決めることができます。",

    asker_heading: "だれがお願いしていますか",
    asker_line: "{origin} が、あなたのカードにお願いしています。",
    purpose_heading: "何のためですか",
    document_heading: "サイン（署名）をする文",
    document_note: "この文ぜんぶに、あなたのカードでサインをします。",
    card_heading: "使うカード",

    pin_heading: "暗証番号（カードのひみつの番号）",
    pin_stays: "暗証番号は、カードだけに使います。ポータルには送りません。",
    pin_label: ByKey {
        authentication: "ログインのための暗証番号", signature: "サイン（署名）のための暗証番号"
    },
    pin_hint: ByKey { authentication: "数字4つ", signature: "英語の文字と数字、6文字から16文字" },
    pin_form: ByKey {
        authentication: "数字を4つ書いてください。この回は、まちがいに数えません。",
        signature: "英語の文字と数字を、6文字から16文字書いてください。この回は、まちがいに数えません。",
    },
    pin_wrong: "暗証番号がちがいます。",
    between_sentences: "",
    tries_left: "あと{n}回まちがえると、カードがロックされます（使えません）。",
    tries_last: "つぎにまちがえると、カードがロックされます（使えません）。",
    locked: ByKey {
        authentication: "3回まちがえました。カードの暗証番号をロックしました（使えません）。市役所や区役所で、なおすことができます。あなたのフォルダは、そのままです。",
        signature: "5回まちがえました。サインの暗証番号をロックしました（使えません）。市役所や区役所で、なおすことができます。あなたのフォルダは、そのままです。",
    },
    stopped: "このカードは、止まっています。市役所や区役所で相談してください。",
    not_handed_over: "このカードは、まだ使えません。市役所や区役所で受け取ると、使えます。",
    without_pin_note: "カードだけで確認することもできます。フォルダは開きません。",
    without_pin: "カードだけで確認する",
    cancel: "やめる",
    back: "ポータルへもどる",

    login: OfPurpose {
        title: "カードでログインする",
        meaning: "あなたが本人だということを、カードで確認します。",
        button: "ログインをつづける",
    },
    bind: OfPurpose {
        title: "ログインの証明書を登録する",
        meaning: "つぎから、このカードでログインできます。",
        button: "登録する",
    },
    register: OfPurpose {
        title: "申請書に署名（サイン）する",
        meaning: "申請書（申しこみの文）に、カードで署名（サイン）をします。あなたの名前、住所、生まれた日、性別をわたします。",
        button: "署名（サイン）する",
    },
    sign: OfPurpose {
        title: "文にサイン（署名）をする",
        meaning: "下の文に、カードでサインをします。",
        button: "サインをする",
    },

    answer_title: "ポータルへもどります",
    answer_signed: "カードの確認が終わりました。画面がかわらないときは、下のボタンをおしてください。",
    answer_cancelled: "カードを使わないで終わりました。",
    answer_refused: "カードを使うことができませんでした。",

    card_missing: "カードが入っていません。カードを入れてください。",
    card_damaged: "カードを読むことができません。市役所や区役所で相談してください。",
    card_taken: "カードが出されたので、やめました。もう一度カードを入れてください。",
    issue_unreachable: "はじめてのカードです。電子証明書（カードの証明）をもらいます。いま、もらうところにつながりません。あとで、もう一度カードを入れてください。",
    issue_refused: "このカードは、電子証明書（カードの証明）をもらえませんでした。",
    issue_setup: "このカードリーダーは、まだ準備ができていません。",

    asker_unknown: Refusal {
        title: "このお願いは、できません",
        line: "知らないサイトからのお願いです。暗証番号を書かないでください。",
    },
    foreign_form: Refusal {
        title: "この操作は、できません",
        line: "ほかのところから操作がきました。カードは使っていません。",
    },
    malformed: Refusal {
        title: "お願いを読むことができません", line: "ポータルにもどって、はじめからしてください。"
    },
    unshowable: Refusal {
        title: "この文にはサインできません", line: "画面に正しく出ない文字があります。"
    },
    too_large: Refusal {
        title: "大きすぎます", line: "カードリーダーが受け取れる大きさではありません。"
    },
    expired: Refusal {
        title: "時間がすぎました",
        line: "この画面は、もう使えません。ポータルにもどって、もう一度してください。",
    },
    used: "この画面は、もう使いました。カードは使っていません。もう一度してください。",
    not_found: Refusal {
        title: "ページがありません", line: "さがしているものは、ありませんでした。"
    },
    wrong_method: Refusal {
        title: "この開き方は、できません", line: "画面のボタンから開いてください。"
    },
    wrong_host: Refusal {
        title: "このアドレスでは開きません", line: "カードリーダーは、きまったアドレスで動きます。"
    },
    failed: Refusal {
        title: "すみません。カードリーダーに問題がおきました",
        line: "カードの確認は終わっていません。あとで、もう一度してください。",
    },
    reference: "受付番号",
};

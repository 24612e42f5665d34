//! Logging in, and enrolling a key.

use axum::response::Response;
use leptos::prelude::*;
use ui::{Banner, Button, ButtonSize, FieldText, Kind, LinkButton, Need, TextField};

use super::{Done, Sheet};
use crate::console::keys::Question;
use crate::console::{Console, words};

/// Who are you?
pub(in crate::console) fn login(console: &Console, done: Option<Done>) -> Response {
    Sheet::new(console, None, "ログイン").done(done).html(|| {
        let text = FieldText {
            need: Some(Need::Required(words::REQUIRED.to_owned())),
            ..FieldText::label("職員の名前").support("登録したときの名前です。例：田中")
        };
        view! {
            <p class="lead measured">"お知らせを書き、確かめ、送るための画面です。セキュリティキーでログインします。"</p>
            {no_script()}
            <form class="flow measured" method="post" action="/console/login">
                <TextField id="label" name="label" text length_max=40/>
                <Button text="次へ進む" size=ButtonSize::Large/>
            </form>
            <section class="flow">
                <h2>"はじめての方、キーをなくした方"</h2>
                <p class="measured">
                    "管理者から登録コードを受け取って、セキュリティキーを登録してください。キーをなくしたときは、すぐに管理者に知らせてください。"
                </p>
                <p><LinkButton text="セキュリティキーを登録する" href="/console/enrol" look=ui::ButtonLook::Outline/></p>
            </section>
        }
        .into_any()
    })
}

/// Which code did you get?
pub(in crate::console) fn enrol(console: &Console) -> Response {
    Sheet::new(console, None, "セキュリティキーの登録").html(|| {
        let text = FieldText {
            need: Some(Need::Required(words::REQUIRED.to_owned())),
            ..FieldText::label("登録コード").support("20文字です。大文字と小文字、ハイフンのあるなしは、どちらでもかまいません。")
        };
        view! {
            <p class="lead measured">"管理者から受け取った登録コードを入れてください。コードは24時間、一度だけ使えます。"</p>
            {no_script()}
            <form class="flow measured" method="post" action="/console/enrol">
                <TextField id="code" name="code" text length_max=40/>
                <Button text="次へ進む" size=ButtonSize::Large/>
            </form>
            <p><LinkButton text="ログインの画面へ" href="/console/login" look=ui::ButtonLook::Text/></p>
        }
        .into_any()
    })
}

/// The question to the key. `enrol`: it makes itself known; else it says who holds it.
pub(in crate::console) fn ask_key(console: &Console, label: &str, question: Question, enrol: bool) -> Response {
    let title = if enrol { "キーの登録" } else { "キーの確認" };
    let label = label.to_owned();
    Sheet::new(console, None, title).with_key().html(move || {
        let (kind, action, lead, button) = if enrol {
            (
                "enrol",
                "/console/enrol/key",
                format!("{label}さんのセキュリティキーを登録します。キーを差して、ボタンを押してください。"),
                "キーを登録する",
            )
        } else {
            (
                "login",
                "/console/login/key",
                format!("{label}さん、登録したセキュリティキーを差して、ボタンを押してください。"),
                "キーでログインする",
            )
        };
        view! {
            <p class="lead measured">{lead}</p>
            <p class="measured">"キーの暗証番号（PIN）か指紋をたずねられます。5分以内に行ってください。"</p>
            {no_script()}
            <div id="key-failed" hidden>
                <Banner kind=Kind::Error kind_label="エラー" title="キーを読み取れませんでした">
                    <p>"登録したキーか、PINが正しいかを確かめて、もう一度ボタンを押してください。"</p>
                </Banner>
            </div>
            <form class="flow" method="post" action=action data-kind=kind data-options=question.options>
                <input type="hidden" name="ceremony" value=question.ceremony/>
                <input type="hidden" name="answer" value=""/>
                <Button text=button size=ButtonSize::Large/>
            </form>
            <p><LinkButton text="はじめに戻る" href="/console/login" look=ui::ButtonLook::Text/></p>
        }
        .into_any()
    })
}

fn no_script() -> impl IntoView {
    view! {
        <noscript>
            <div class="banner" data-kind="warning">
                <p class="banner-title">"スクリプトが使えないため、ログインできません"</p>
                <div class="banner-body">
                    <p>
                        "ブラウザは、セキュリティキーとのやり取りをスクリプトにだけ許しています。そのため、ログインと登録の画面だけは、スクリプトがいります。ログインしたあとの画面は、スクリプトなしで使えます。"
                    </p>
                </div>
            </div>
        </noscript>
    }
}

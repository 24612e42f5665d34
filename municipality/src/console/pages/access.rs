//! Logging in, and enrolling a key.

use axum::response::Response;
use leptos::prelude::*;
use ui::{Banner, Button, ButtonSize, FieldText, Kind, LinkButton, Need, TextField};

use super::{Done, Sheet};
use crate::console::keys::Question;
use crate::console::{Console, words};
use crate::texts::{say, say_with};

/// Who are you?
pub(in crate::console) fn login(console: &Console, done: Option<Done>) -> Response {
    Sheet::new(console, None, say("login-title")).done(done).html(|| {
        let text = FieldText {
            need: Some(Need::Required(words::required())),
            ..FieldText::label(say("login-label")).support(say("login-label-help"))
        };
        view! {
            <p class="lead measured">{say("login-lead")}</p>
            {no_script()}
            <form class="flow measured" method="post" action="/console/login">
                <TextField id="label" name="label" text length_max=40/>
                <Button text=say("next-step") size=ButtonSize::Large/>
            </form>
            <section class="flow">
                <h2>{say("login-first-heading")}</h2>
                <p class="measured">
                    {say("login-first")}
                </p>
                <p><LinkButton text=say("login-enrol") href="/console/enrol" look=ui::ButtonLook::Outline/></p>
            </section>
        }
        .into_any()
    })
}

/// Which code did you get?
pub(in crate::console) fn enrol(console: &Console) -> Response {
    Sheet::new(console, None, say("enrol-title")).html(|| {
        let text = FieldText {
            need: Some(Need::Required(words::required())),
            ..FieldText::label(say("enrol-code")).support(say("enrol-code-help"))
        };
        view! {
            <p class="lead measured">{say("enrol-lead")}</p>
            {no_script()}
            <form class="flow measured" method="post" action="/console/enrol">
                <TextField id="code" name="code" text length_max=40/>
                <Button text=say("next-step") size=ButtonSize::Large/>
            </form>
            <p><LinkButton text=say("to-login") href="/console/login" look=ui::ButtonLook::Text/></p>
        }
        .into_any()
    })
}

/// The question to the key. `enrol`: it makes itself known; else it says who holds it.
pub(in crate::console) fn ask_key(console: &Console, label: &str, question: Question, enrol: bool) -> Response {
    let title = if enrol { say("key-title-enrol") } else { say("key-title-login") };
    let label = label.to_owned();
    Sheet::new(console, None, title).with_key().html(move || {
        let (kind, action, lead, button) = if enrol {
            (
                "enrol",
                "/console/enrol/key",
                say_with("key-enrol-lead", &[("label", label.as_str().into())]),
                say("key-enrol"),
            )
        } else {
            (
                "login",
                "/console/login/key",
                say_with("key-login-lead", &[("label", label.as_str().into())]),
                say("key-login"),
            )
        };
        view! {
            <p class="lead measured">{lead}</p>
            <p class="measured">{say("key-pin")}</p>
            {no_script()}
            <div id="key-failed" hidden>
                <Banner kind=Kind::Error kind_label=say("error") title=say("key-failed-title")>
                    <p>{say("key-failed")}</p>
                </Banner>
            </div>
            <form class="flow" method="post" action=action data-kind=kind data-options=question.options>
                <input type="hidden" name="ceremony" value=question.ceremony/>
                <input type="hidden" name="answer" value=""/>
                <Button text=button size=ButtonSize::Large/>
            </form>
            <p><LinkButton text=say("key-back") href="/console/login" look=ui::ButtonLook::Text/></p>
        }
        .into_any()
    })
}

fn no_script() -> impl IntoView {
    view! {
        <noscript>
            <div class="banner" data-kind="warning">
                <p class="banner-title">{say("no-script-title")}</p>
                <div class="banner-body">
                    <p>
                        {say("no-script")}
                    </p>
                </div>
            </div>
        </noscript>
    }
}

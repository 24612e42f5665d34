//! What can be done with a sending, by whoever reads its page. The handlers ask again, and the statements decide.

use leptos::prelude::*;
use ui::{Button, ButtonLook, Disclosure, FieldText, Need, TextArea};

use crate::console::progress::View;
use crate::console::words;
use crate::store::{Role, SendingState};

pub(super) fn acts(view: &View, role: Role, own: bool, single: bool, now: jiff::Timestamp) -> AnyView {
    let id = view.row.id;
    let path = move |act: &str| format!("/console/sendings/{id}/{act}");
    let form = move |act: &str, text: &'static str, look: ButtonLook| {
        view! { <form method="post" action=path(act)><Button text look/></form> }.into_any()
    };
    let whole = view.list.as_ref().is_some_and(|list| list.whole_at.is_some() && list.faults == 0);
    let over = view.row.expires_at <= now;
    match (view.row.state, role) {
        (SendingState::Open, Role::Draft) if own => {
            let submit = (whole && view.row.recipients > 0).then(|| {
                let (lead, text) = if single {
                    ("一人へのお知らせなので、承認なしで送れます。", "送る")
                } else {
                    ("承認者が確かめてから送られます。自分では送れません。", "承認に出す")
                };
                view! { <p>{lead}</p>{form("submit", text, ButtonLook::Filled)} }
            });
            let nobody = (whole && view.row.recipients == 0).then(|| view! { <p>"宛先が一人もいません。"</p> });
            view! {
                <section class="notice-box flow">
                    <h2>"宛先を確かめてください"</h2>
                    {nobody}
                    {submit}
                    {form("discard", "宛先を選び直す", ButtonLook::Outline)}
                </section>
            }
            .into_any()
        }
        (SendingState::Waiting, Role::Approve) if own => view! {
            <section class="notice-box flow">
                <h2>"承認"</h2>
                <p>"あなたが書いたお知らせなので、あなたは承認できません。ほかの承認者に頼んでください。"</p>
            </section>
        }
        .into_any(),
        (SendingState::Waiting, Role::Approve) => {
            let reason = FieldText {
                need: Some(Need::Required(words::REQUIRED.to_owned())),
                ..FieldText::label("差し戻す理由").support("書いた人が読みます。どこを、どうなおすかを書いてください。")
            };
            let approve = if over {
                view! { <p>"読める期間が過ぎたので、送れません。差し戻してください。"</p> }.into_any()
            } else {
                let lead = format!(
                    "文面と宛先（{}人）を確かめてから送ってください。あとで取り下げても、先に読んだ人には伝わっています。",
                    words::grouped(view.row.recipients)
                );
                view! { <p class="measured">{lead}</p>{form("approve", "承認して送る", ButtonLook::Filled)} }.into_any()
            };
            view! {
                <section class="notice-box flow">
                    <h2>"承認"</h2>
                    {approve}
                    <Disclosure summary="差し戻す">
                        <form class="flow" method="post" action=path("reject")>
                            <TextArea id="reason" name="reason" text=reason rows=4/>
                            <Button text="差し戻す" look=ButtonLook::Outline/>
                        </form>
                    </Disclosure>
                </section>
            }
            .into_any()
        }
        (SendingState::Waiting | SendingState::Released, Role::Draft | Role::Approve) => {
            let released = view.row.state == SendingState::Released;
            let withdraw = (released && view.row.withdrawn_at.is_none()).then(|| withdraw_form(path("withdraw")));
            view! {
                <section class="notice-box flow">
                    <h2>"できること"</h2>
                    <p class="measured">"送るのをやめると、まだ届いていない人には届きません。もう届いた人の箱には残ります。"</p>
                    {form("cancel", "送るのをやめる", ButtonLook::Outline)}
                    {withdraw}
                    {replace(view, role, &path("replace"))}
                </section>
            }
            .into_any()
        }
        (SendingState::Done | SendingState::Cancelled, Role::Draft | Role::Approve) if view.row.issued_at.is_some() => {
            let withdraw = view.row.withdrawn_at.is_none().then(|| withdraw_form(path("withdraw")));
            view! {
                <section class="notice-box flow">
                    <h2>"できること"</h2>
                    {withdraw}
                    {replace(view, role, &path("replace"))}
                </section>
            }
            .into_any()
        }
        (SendingState::Rejected, Role::Draft) if own => {
            let draft = view.own_draft.as_ref().map(|_| form("discard", "下書きに戻してなおす", ButtonLook::Filled));
            view! { <section class="notice-box flow"><h2>"できること"</h2>{draft}</section> }.into_any()
        }
        _ => ().into_any(),
    }
}

fn withdraw_form(path: String) -> AnyView {
    view! {
        <Disclosure summary="取り下げる">
            <form class="flow" method="post" action=path>
                <p class="measured">
                    "まだ開いていない人の箱からは消えます。開いた人には、取り下げたことが伝わります。元には戻せません。"
                </p>
                <Button text="取り下げる" look=ButtonLook::Outline/>
            </form>
        </Disclosure>
    }
    .into_any()
}

fn replace(view: &View, role: Role, path: &str) -> Option<AnyView> {
    (role == Role::Draft && !view.row.merged && view.row.issued_at.is_some()).then(|| {
        view! {
            <form method="post" action=path.to_owned()>
                <p class="measured">"まちがいがあったときは、同じ文面から、なおしたお知らせを作って送れます。"</p>
                <Button text="なおして差し替える" look=ButtonLook::Outline/>
            </form>
        }
        .into_any()
    })
}

//! What can be done with a sending, by whoever reads its page. The handlers ask again, and the statements decide.

use leptos::prelude::*;
use ui::{Button, ButtonLook, Disclosure, FieldText, Need, TextArea};

use crate::console::progress::View;
use crate::console::words;
use crate::store::{OfficerId, Role, SendingState};
use crate::texts::{say, say_with};

/// A reason that could not be taken, as it was typed.
pub(super) struct Rejecting {
    pub(super) reason: String,
}

/// Who reads the page, and when.
pub(super) struct Reader {
    pub(super) role: Role,
    /// They drafted it themselves.
    pub(super) own: bool,
    /// What they drafted needs no second person.
    pub(super) single: bool,
    pub(super) now: jiff::Timestamp,
    pub(super) rejecting: Option<Rejecting>,
}

pub(super) fn acts(view: &View, reader: Reader) -> AnyView {
    let Reader { role, own, single, now, rejecting } = reader;
    let id = view.row.id;
    let path = move |act: &str| format!("/console/sendings/{id}/{act}");
    let form = move |act: &str, text: &'static str, look: ButtonLook| {
        view! { <form method="post" action=path(act)><Button text look/></form> }.into_any()
    };
    let whole = view.list.as_ref().is_some_and(|list| list.whole_at.is_some() && list.faults == 0);
    let over = view.row.expires_at <= now;
    match (view.row.state, role) {
        (SendingState::Open, _) if view.being_read && !whole => ().into_any(),
        (SendingState::Open, Role::Draft) if own => {
            let submit = (whole && view.row.recipients > 0).then(|| {
                let (lead, text) = if single {
                    (say("submit-alone-lead"), say("submit-alone"))
                } else {
                    (say("submit-lead"), say("submit"))
                };
                view! { <p>{lead}</p>{form("submit", text, ButtonLook::Filled)} }
            });
            let nobody = (whole && view.row.recipients == 0).then(|| view! { <p>{say("recipients-nobody")}</p> });
            view! {
                <section class="notice-box flow">
                    <h2>{say("recipients-check")}</h2>
                    {nobody}
                    {submit}
                    {form("discard", say("list-choose-again"), ButtonLook::Outline)}
                </section>
            }
            .into_any()
        }
        (SendingState::Waiting, Role::Approve) if own => view! {
            <section class="notice-box flow">
                <h2>{say("approve-heading")}</h2>
                <p>{say("approve-own")}</p>
            </section>
        }
        .into_any(),
        (SendingState::Waiting, Role::Approve) => {
            let reason = FieldText {
                need: Some(Need::Required(words::required())),
                error: rejecting.as_ref().map(|_| say("reject-reason-missing").to_owned()),
                ..FieldText::label(say("reject-reason")).support(say("reject-reason-help"))
            };
            let open = rejecting.is_some();
            let typed = rejecting.map(|rejecting| rejecting.reason).unwrap_or_default();
            let approve = if over {
                view! { <p>{say("approve-over")}</p> }.into_any()
            } else {
                let lead = say_with("approve-lead", &[("people", view.row.recipients.into())]);
                view! { <p class="measured">{lead}</p>{form("approve", say("approve"), ButtonLook::Filled)} }.into_any()
            };
            view! {
                <section class="notice-box flow">
                    <h2>{say("approve-heading")}</h2>
                    {approve}
                    <Disclosure summary=say("reject") open=open>
                        <form class="flow" method="post" action=path("reject")>
                            <TextArea id="reason" name="reason" text=reason rows=4 value=typed/>
                            <Button text=say("reject") look=ButtonLook::Outline/>
                        </form>
                    </Disclosure>
                </section>
            }
            .into_any()
        }
        (SendingState::Waiting | SendingState::Released, Role::Draft | Role::Approve) => {
            let released = view.row.state == SendingState::Released;
            let withdraw = (released && view.row.withdrawn_at.is_none()).then(|| withdraw_form(path("withdraw")));
            let back = (own && !released && view.own_draft.is_some()).then(|| {
                view! { <p class="measured">{say("take-back-lead")}</p>{form("discard", say("reject-back"), ButtonLook::Filled)} }
            });
            view! {
                <section class="notice-box flow">
                    <h2>{say("acts-heading")}</h2>
                    {back}
                    <p class="measured">{say("cancel-lead")}</p>
                    {form("cancel", say("cancel"), ButtonLook::Outline)}
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
                    <h2>{say("acts-heading")}</h2>
                    {withdraw}
                    {replace(view, role, &path("replace"))}
                </section>
            }
            .into_any()
        }
        (SendingState::Rejected | SendingState::Cancelled, Role::Draft) if own => {
            let draft = view.own_draft.as_ref().map(|_| form("discard", say("reject-back"), ButtonLook::Filled));
            view! { <section class="notice-box flow"><h2>{say("acts-heading")}</h2>{draft}</section> }.into_any()
        }
        _ => ().into_any(),
    }
}

fn withdraw_form(path: String) -> AnyView {
    view! {
        <Disclosure summary=say("withdraw")>
            <form class="flow" method="post" action=path>
                <p class="measured">
                    {say("withdraw-lead")}
                </p>
                <Button text=say("withdraw") look=ButtonLook::Outline/>
            </form>
        </Disclosure>
    }
    .into_any()
}

fn replace(view: &View, role: Role, path: &str) -> Option<AnyView> {
    let by_officer = OfficerId::of_who(&view.row.made_by).is_some();
    (role == Role::Draft && by_officer && !view.row.merged && view.row.issued_at.is_some()).then(|| {
        view! {
            <form method="post" action=path.to_owned()>
                <p class="measured">{say("replace-lead")}</p>
                <Button text=say("replace") look=ButtonLook::Outline/>
            </form>
        }
        .into_any()
    })
}

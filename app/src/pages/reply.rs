//! An answer to a notice: the form, what is going to be sent and to whom, and what did not work (P-PSH-6, A-24).

mod confirm;
mod form;

use domain::NoticeKind;
use http::StatusCode;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portal::letter::ReplyForm;
use portal::{LetterId, NoticeError, OpenedNotice, read_answers};
use ui::{Banner, Kind, LinkButton};
use wording::{Key, key};

use self::confirm::Confirm;
use self::form::AnswerForm;
use super::answer;
use super::notices::words;
use crate::components::{PortalPage, Trail};
use crate::context::Here;
use crate::paths;

/// Answers that were not sent, or not yet, as they were typed. Shown again with the answer to the form, and kept nowhere.
#[derive(Clone)]
pub struct ReplyDraft {
    /// As the form had them.
    pub fields: Vec<(String, String)>,
    /// The person wants to change them.
    pub again: bool,
    /// What came of sending them.
    pub fault: Option<ReplyFault>,
}

/// Why answers were not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyFault {
    /// Too late.
    Closed,
    /// It was answered before.
    Answered,
    /// Whom to seal to could not be made sure of.
    Unbelievable,
}

impl std::fmt::Debug for ReplyDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ReplyDraft({:?})", self.fault)
    }
}

pub(crate) fn reply() -> impl IntoView {
    let number = use_params_map().with_untracked(|params| params.get_str("number").map(str::parse::<i64>));
    let draft = use_context::<ReplyDraft>();
    answer::personal(move |here, who, portal| async move {
        let Some(Ok(number)) = number else { return answer::not_found(here) };
        let opened = portal.open_notice(&who, LetterId::of_number(number), here.context.now).await;
        match opened {
            Ok(opened) => match About::of(opened) {
                Some(about) => shown(here, about, draft),
                None => answer::not_found(here),
            },
            Err(NoticeError::NotFound) => answer::not_found(here),
            Err(NoticeError::Store(error)) => answer::store_failed(here, &error),
            Err(error @ (NoticeError::Unopened(_) | NoticeError::Unverified(_))) => {
                super::notice::refused(here, &error)
            }
        }
    })
}

/// A notice that asks.
pub(super) struct About {
    pub(super) opened: OpenedNotice,
    pub(super) form: ReplyForm,
}

impl About {
    /// None: it asks nothing, or was taken back.
    pub(super) fn of(opened: OpenedNotice) -> Option<Self> {
        let form = opened.content.reply.clone().filter(|_| !opened.line.withdrawn)?;
        Some(Self { opened, form })
    }

    fn number(&self) -> i64 {
        self.opened.line.letter.number()
    }
}

/// The form; with answers that can be sent, what is going to be sent; and when there is nothing more to answer, that.
pub(super) fn shown(here: Here, about: About, draft: Option<ReplyDraft>) -> AnyView {
    let over = match draft.as_ref().and_then(|draft| draft.fault) {
        Some(fault @ (ReplyFault::Closed | ReplyFault::Answered)) => Some(fault),
        _ if about.opened.line.touched.replied_at.is_some() => Some(ReplyFault::Answered),
        _ if about.form.closes_at <= here.context.now => Some(ReplyFault::Closed),
        _ => None,
    };
    if let Some(over) = over {
        if draft.is_some() {
            answer::set_status(StatusCode::CONFLICT);
        }
        return view! { <Over here about over/> }.into_any();
    }
    let Some(ReplyDraft { fields, again, fault }) = draft else {
        return view! { <Ask here about fields=Vec::new() faults=Vec::new() fault=None/> }.into_any();
    };
    let faults = read_answers(&about.form, &fields);
    match faults {
        Ok(answers) if !again && fault.is_none() => view! { <Confirm here about answers fields/> }.into_any(),
        Ok(_) => {
            if fault.is_some() {
                answer::set_status(StatusCode::SERVICE_UNAVAILABLE);
            }
            view! { <Ask here about fields faults=Vec::new() fault/> }.into_any()
        }
        Err(faults) => {
            answer::set_status(StatusCode::UNPROCESSABLE_ENTITY);
            view! { <Ask here about fields faults fault/> }.into_any()
        }
    }
}

/// The form with what was typed, and what is wrong with it.
#[component]
fn Ask(
    here: Here,
    about: About,
    fields: Vec<(String, String)>,
    faults: portal::AnswerFaults,
    fault: Option<ReplyFault>,
) -> impl IntoView {
    let text = here.texts();
    let institution = wording::organisation(here.locale(), &about.opened.line.sender);
    let named = |key: Key| here.format(key, &[("institution", institution.as_str().into())]);
    let until = here.format(key::NOTICE_FORM_UNTIL, &[("when", here.when(about.form.closes_at).into())]);
    let not_sent = fault.map(|_| {
        let why = named(key::REPLY_FAILED_UNBELIEVABLE);
        let title = text(key::REPLY_FAILED);
        view! { <Banner kind=Kind::Error kind_label=text(key::LAYOUT_KIND_ERROR) title><p>{why}</p></Banner> }
    });
    let lead = named(key::REPLY_LEAD);
    let (number, form) = (about.number(), about.form.clone());
    view! {
        <Around here=here.clone() about>
            {not_sent}
            <p class="lead measured">{lead}</p>
            <p class="soft small">{until}</p>
            <AnswerForm here=here.clone() number form fields faults/>
        </Around>
    }
}

/// Nothing more can be answered.
#[component]
fn Over(here: Here, about: About, over: ReplyFault) -> impl IntoView {
    let at = |key, at| here.format(key, &[("when", here.when(at).into())]);
    let said = match (over, about.opened.line.touched.replied_at) {
        (_, Some(replied_at)) => at(key::NOTICE_FORM_REPLIED, replied_at),
        (ReplyFault::Answered, None) => here.text(key::REPLY_ANSWERED),
        (ReplyFault::Closed | ReplyFault::Unbelievable, None) => at(key::NOTICE_FORM_CLOSED, about.form.closes_at),
    };
    let (text, href) = (here.text(key::REPLY_BACK), paths::notice(about.number()));
    view! {
        <Around here=here.clone() about>
            <p class="lead measured">{said}</p>
            <div class="actions apart"><LinkButton text href/></div>
        </Around>
    }
}

/// 回答する, or 申し込む: with the title of the notice beneath.
#[component]
fn Around(here: Here, about: About, children: Children) -> impl IntoView {
    let text = here.texts();
    let sign_up = about.opened.content.kind == NoticeKind::SignUp;
    let title = text(if sign_up { key::REPLY_SIGN_UP_TITLE } else { key::REPLY_TITLE });
    let words::Title { text: of, lang, .. } = words::title(&here, &about.opened.line);
    let trail = Trail::Below(text(key::NOTICES_TITLE), paths::NOTICES);
    let back = paths::notice(about.number());
    let institution = wording::organisation(here.locale(), &about.opened.line.sender);
    view! {
        <PortalPage here=here.clone() title=title.clone() trail>
            <h1>{title}</h1>
            <p class="letter-by"><span lang=lang>{of}</span>" — "{institution}</p>
            {children()}
            <p><a class="way" href=back>{text(key::REPLY_BACK)}</a></p>
        </PortalPage>
    }
}

#[cfg(test)]
pub(super) mod tests;

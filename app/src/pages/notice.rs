//! One notice: who signed it, what it says, and what can be done with it (P-PSH-4…7, A-14, A-24, A-160).

mod aside;
mod body;
mod form;
mod keep;
mod states;

use domain::Locale;
use http::StatusCode;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portal::letter::{NoticeContent, NoticeText};
use portal::{LetterId, NoticeError, OpenedNotice};
use ui::{Banner, DescriptionList, Fact, Kind, LinkButton};
use wording::key;

pub(super) use self::aside::{CalendarLink, Files, Offices, Save, Verified};
pub(super) use self::body::Body;
use self::form::Questions;
use self::keep::Keep;
use self::states::{Acts, States};
use super::answer;
use super::notices::words;
use crate::components::{PortalPage, Trail};
use crate::context::Here;
use crate::paths;

pub(crate) fn notice() -> impl IntoView {
    let number = use_params_map().with_untracked(|params| params.get_str("number").map(str::parse::<i64>));
    answer::personal(move |here, who, portal| async move {
        let Some(Ok(number)) = number else { return answer::not_found(here) };
        let opened = portal.open_notice(&who, LetterId::of_number(number), here.context.now).await;
        match opened {
            Ok(opened) => {
                // The number beside 「お知らせ」 was counted before this one was opened, and never had what was put away.
                let touched = opened.line.touched;
                let counted = [touched.opened_at, touched.archived_at, touched.binned_at].iter().all(Option::is_none);
                let unread = here.context.unread.map(|unread| unread.saturating_sub(u32::from(counted)));
                let urgent = here.context.urgent.saturating_sub(u32::from(opened.line.is_urgent()));
                let shared_device = portal.home(&who).await.shared_device;
                let here = here.with_unread(unread, urgent);
                view! { <Notice here opened shared_device/> }.into_any()
            }
            Err(NoticeError::NotFound) => answer::not_found(here),
            Err(NoticeError::Store(error)) => answer::store_failed(here, &error),
            Err(error @ (NoticeError::Unopened(_) | NoticeError::Unverified(_))) => refused(here, &error),
        }
    })
}

/// A page in place of a notice of which nothing is shown.
pub(super) fn refused(here: Here, error: &NoticeError) -> AnyView {
    answer::note(&here, error);
    answer::set_status(StatusCode::INTERNAL_SERVER_ERROR);
    let why = if matches!(error, NoticeError::Unverified(_)) { Refusal::Unverified } else { Refusal::Damaged };
    view! { <Refused here why/> }.into_any()
}

/// Why nothing of a notice is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// What is stored does not open.
    Damaged,
    /// It is not what its sender signed.
    Unverified,
}

/// Nothing of a notice is shown that is damaged, or whose signature does not hold.
#[component]
pub(super) fn Refused(here: Here, why: Refusal) -> impl IntoView {
    let text = here.texts();
    let (title, what, next) = match why {
        Refusal::Damaged => (key::NOTICE_REFUSED, key::NOTICE_REFUSED_WHAT, key::NOTICE_REFUSED_NEXT),
        Refusal::Unverified => (key::NOTICE_UNVERIFIED, key::NOTICE_UNVERIFIED_WHAT, key::NOTICE_UNVERIFIED_NEXT),
    };
    let title = text(title);
    let reference = here.format(key::LAYOUT_REFERENCE, &[("number", here.context.reference.as_str().into())]);
    let trail = Trail::Below(text(key::NOTICES_TITLE), paths::NOTICES);
    view! {
        <PortalPage here=here.clone() title=title.clone() trail>
            <h1>{title}</h1>
            <p class="measured">{text(what)}</p>
            <p class="measured">{text(next)}</p>
            <p class="soft small">{reference}</p>
            <div class="actions apart"><LinkButton text=text(key::NOTICE_BACK) href=paths::NOTICES/></div>
        </PortalPage>
    }
}

#[component]
pub(super) fn Notice(here: Here, opened: OpenedNotice, shared_device: bool) -> impl IntoView {
    let OpenedNotice { mut line, content, replaced_by, states_given, .. } = opened;
    // Whoever sees this page has opened it.
    line.touched.opened_at.get_or_insert(here.context.now);
    let text = here.texts();
    let institution = wording::organisation(here.locale(), &line.sender);
    let (words, locale) = chosen(&here, &content);
    let lang = words::lang(&here, locale);
    let title = words.title.as_str().to_owned();
    let trail = Trail::Below(text(key::NOTICES_TITLE), paths::NOTICES);
    let (issued_at, last) = (content.issued_at, line.ends_on());
    let has_files = !content.attachments.is_empty();
    let body = words.body.clone();
    let wanted = content.wants_states && !line.withdrawn;
    let number = line.letter.number();
    let marks = super::notices::marks(&here, &line).into_any();
    let warnings = warnings(&here, line.withdrawn, replaced_by).into_any();
    let languages = languages(&here, &content, locale).into_any();
    let facts = facts(&here, &line, &content, &institution);
    let questions = content.reply.as_ref().map(|form| {
        let (kind, closes_at, withdrawn) = (content.kind, form.closes_at, line.withdrawn);
        let replied_at = line.touched.replied_at;
        view! { <Questions here=here.clone() number kind closes_at replied_at withdrawn/> }.into_any()
    });
    let states = wanted.then(|| {
        view! { <States here=here.clone() number institution=institution.clone() given=states_given/> }.into_any()
    });
    let files = has_files.then(|| {
        let (files, withdrawn) = (content.attachments.clone(), line.withdrawn);
        view! { <Files here=here.clone() at=paths::notice(number) files withdrawn shared_device/> }.into_any()
    });
    view! {
        <PortalPage here=here.clone() title=title.clone() trail>
            <p class="letter-marks">{marks}</p>
            <h1 lang=lang>{title}</h1>
            <p class="letter-by">{institution.clone()}</p>
            <Verified here=here.clone() institution issued_at/>
            {warnings}
            {languages}
            <div class="letter-body flow measured" lang=lang><Body here=here.clone() blocks=body/></div>
            {questions}
            {files}
            <section class="flow">
                <h2>{text(key::NOTICE_FACTS)}</h2>
                <DescriptionList facts/>
                <CalendarLink here=here.clone() at=paths::notice(number) last/>
            </section>
            <Offices here=here.clone() office=content.office.clone()/>
            {states}
            <Keep here=here.clone() line=line.clone()/>
            <Acts here=here.clone() line=line.clone()/>
            <Save here=here.clone() at=paths::notice(number) locale files=has_files shared_device/>
            <p class="soft on-screen">{text(key::NOTICE_PRINT)}</p>
            <p><a class="way" href=paths::NOTICES>{text(key::NOTICE_BACK)}</a></p>
        </PortalPage>
    }
}

/// The words that the reader asked for, else those in the reader's language, else the Japanese ones.
pub(super) fn chosen<'c>(here: &Here, content: &'c NoticeContent) -> (&'c NoticeText, Locale) {
    let asked = here.asked("text").and_then(|name| name.parse().ok());
    content.text.told_in(asked.unwrap_or(here.locale()))
}

fn warnings(here: &Here, withdrawn: bool, replaced_by: Option<LetterId>) -> impl IntoView + use<> {
    let text = here.texts();
    let label = text(key::LAYOUT_KIND_WARNING);
    let withdrawn = withdrawn.then(|| {
        view! {
            <Banner kind=Kind::Warning kind_label=label.clone() title=text(key::NOTICE_WITHDRAWN)>
                <p>{text(key::NOTICE_WITHDRAWN_TEXT)}</p>
            </Banner>
        }
    });
    let replaced = replaced_by.map(|newer| {
        view! {
            <Banner kind=Kind::Warning kind_label=label title=text(key::NOTICE_REPLACED)>
                <p>{text(key::NOTICE_REPLACED_TEXT)}</p>
                <p><a class="way" href=paths::notice(newer.number())>{text(key::NOTICE_REPLACED_LINK)}</a></p>
            </Banner>
        }
    });
    view! { {withdrawn} {replaced} }
}

/// Only where the sender wrote more than one; whoever reads another language is told that there is none.
pub(super) fn languages(here: &Here, content: &NoticeContent, shown: Locale) -> impl IntoView + use<> {
    let there: Vec<Locale> =
        Locale::ALL.into_iter().filter(|locale| content.text.told_in(*locale).1 == *locale).collect();
    if there.len() < 2 {
        let missing = here.locale() != Locale::Ja;
        let said = here.text(key::NOTICE_ONLY_JAPANESE);
        return missing.then(|| view! { <p class="soft measured">{said}</p> }).into_any();
    }
    let links = there
        .into_iter()
        .map(|locale| {
            let name = here.text(match locale {
                Locale::Ja => key::LAYOUT_LANGUAGE_JA,
                Locale::JaEasy => key::LAYOUT_LANGUAGE_JA_EASY,
                Locale::En => key::LAYOUT_LANGUAGE_EN,
            });
            let (href, current) = (here.with("text", locale.name()), (locale == shown).then_some("true"));
            view! { <li><a class="way" href=href lang=locale.html_lang() aria-current=current>{name}</a></li> }
        })
        .collect_view();
    view! {
        <nav class="letter-languages" aria-label=here.text(key::NOTICE_LANGUAGES)>
            <ul role="list">{links}</ul>
        </nav>
    }
    .into_any()
}

fn facts(here: &Here, line: &portal::InboxNotice, content: &NoticeContent, institution: &str) -> Vec<Fact> {
    let text = here.texts();
    let mut facts = vec![
        Fact::new(text(key::NOTICE_SENDER), institution),
        Fact::new(text(key::NOTICE_ARRIVED), here.when(line.touched.arrived_at)),
        Fact::new(text(key::NOTICE_KIND), text(words::kind(line.kind))),
    ];
    if let Some(last) = content.deadline {
        facts.push(Fact::new(text(key::NOTICE_DEADLINE), words::left(here, last).0));
    }
    if let Some(form) = &content.reply {
        facts.push(Fact::new(text(key::NOTICE_REPLIES_UNTIL), here.when(form.closes_at)));
    }
    facts.push(Fact::new(text(key::NOTICE_KEPT), goes(here, line)));
    facts
}

/// Unread it would stay, but not in the bin; and what was taken back cannot be unread.
fn goes(here: &Here, line: &portal::InboxNotice) -> String {
    if line.withdrawn || line.touched.binned_at.is_some() {
        return here.text(key::NOTICE_KEPT_LOGOUT);
    }
    here.format(key::NOTICE_KEPT_TEXT, &[("when", here.when(line.expires_at).into())])
}

#[cfg(test)]
pub(super) mod tests;

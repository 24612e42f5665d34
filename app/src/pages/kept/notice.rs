//! One kept notice: a copy as of the day on which it was kept, with everything that its sender signed.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portal::{KeptId, KeptNotice, KeptWish, OpenedKept};
use ui::{Banner, DescriptionList, Fact, Kind, LinkButton};
use wording::key;

use super::list::{Discard, marks};
use crate::components::{PortalPage, Trail};
use crate::context::Here;
use crate::pages::answer;
use crate::pages::notice::{Body, CalendarLink, Files, Offices, Save, Verified, chosen, languages};
use crate::pages::notices::words;
use crate::paths;

pub(crate) fn kept() -> impl IntoView {
    let number = use_params_map().with_untracked(|params| params.get_str("number").map(str::parse::<i64>));
    answer::personal(move |here, who, portal| async move {
        let Some(Ok(number)) = number else { return answer::not_found(here) };
        match portal.kept_notice(&who, KeptId::of_number(number), here.context.now).await {
            Ok(opened) => {
                let shared_device = portal.home(&who).await.shared_device;
                view! { <KeptPage here opened shared_device/> }.into_any()
            }
            Err(error) => super::failed(here, &error),
        }
    })
}

fn list() -> String {
    super::address(&KeptWish::default())
}

/// Nothing of a kept notice is shown that does not open, or whose signature does not hold.
#[component]
pub(in crate::pages) fn Refused(here: Here) -> impl IntoView {
    let text = here.texts();
    let title = text(key::KEPT_REFUSED);
    let reference = here.format(key::LAYOUT_REFERENCE, &[("number", here.context.reference.as_str().into())]);
    let trail = Trail::Below(text(key::NOTICES_TITLE), paths::NOTICES);
    view! {
        <PortalPage here=here.clone() title=title.clone() trail>
            <h1>{title}</h1>
            <p class="measured">{text(key::KEPT_REFUSED_WHAT)}</p>
            <p class="measured">{text(key::KEPT_REFUSED_NEXT)}</p>
            <p class="soft small">{reference}</p>
            <div class="actions apart"><LinkButton text=text(key::KEPT_BACK) href=list()/></div>
        </PortalPage>
    }
}

#[component]
pub(in crate::pages) fn KeptPage(here: Here, opened: OpenedKept, shared_device: bool) -> impl IntoView {
    let text = here.texts();
    let OpenedKept { line, content, .. } = &opened;
    let number = line.id.number();
    let institution = wording::organisation(here.locale(), &line.sender);
    let (words, locale) = chosen(&here, content);
    let lang = words::lang(&here, locale);
    let title = words.title.as_str().to_owned();
    let body = words.body.clone();
    let trail = Trail::Below(text(key::NOTICES_TITLE), paths::NOTICES);
    let (issued_at, last) = (content.issued_at, line.ends_on());
    let has_files = !content.attachments.is_empty();
    let marks = marks(&here, line).into_any();
    let banners = banners(&here, &opened).into_any();
    let languages = languages(&here, content, locale).into_any();
    let asks = content.reply.is_some() && line.replied_at.is_none();
    let answer = asks.then(|| view! { <p class="notice-box measured">{text(key::KEPT_NO_ANSWER)}</p> });
    let files = has_files.then(|| files(&here, &opened, shared_device));
    let facts = facts(&here, line, &institution);
    let office = content.office.clone();
    view! {
        <PortalPage here=here.clone() title=title.clone() trail>
            <p class="letter-marks">{marks}</p>
            <h1 lang=lang>{title}</h1>
            <p class="letter-by">{institution.clone()}</p>
            <Verified here=here.clone() institution issued_at/>
            {banners}
            {languages}
            <div class="letter-body flow measured" lang=lang><Body here=here.clone() blocks=body/></div>
            {answer}
            {files}
            <section class="flow">
                <h2>{text(key::NOTICE_FACTS)}</h2>
                <DescriptionList facts/>
                <CalendarLink here=here.clone() at=paths::kept(number) last/>
            </section>
            <Offices here=here.clone() office/>
            <form method="post" action=paths::KEPT_ACT class="on-screen">
                <input type="hidden" name="kept" value=number.to_string()/>
                <fieldset class="letters-acts">
                    <legend>{text(key::KEPT_THIS)}</legend>
                    <Discard here=here.clone()/>
                </fieldset>
            </form>
            <Save here=here.clone() at=paths::kept(number) locale files=has_files shared_device/>
            <p class="soft on-screen">{text(key::NOTICE_PRINT)}</p>
            <p><a class="way" href=list()>{text(key::KEPT_BACK)}</a></p>
        </PortalPage>
    }
}

/// What a copy cannot know, and what the portal knows all the same.
fn banners(here: &Here, opened: &OpenedKept) -> impl IntoView + use<> {
    let text = here.texts();
    let label = text(key::LAYOUT_KIND_WARNING);
    let withdrawn = opened.line.withdrawn.then(|| {
        view! {
            <Banner kind=Kind::Warning kind_label=label.clone() title=text(key::NOTICE_WITHDRAWN)>
                <p>{text(key::NOTICE_WITHDRAWN_TEXT)}</p>
            </Banner>
        }
    });
    let newer = opened.replaced_by.map(|newer| {
        view! { <p><a class="way" href=paths::notice(newer.number())>{text(key::NOTICE_REPLACED_LINK)}</a></p> }
    });
    let replaced = opened.replaced.then(|| {
        view! {
            <Banner kind=Kind::Warning kind_label=label title=text(key::NOTICE_REPLACED)>
                <p>{text(key::KEPT_REPLACED_TEXT)}</p>
                {newer}
            </Banner>
        }
    });
    let copy = here.format(key::KEPT_COPY, &[("when", here.when(opened.line.kept_at).into())]);
    view! {
        {withdrawn}
        {replaced}
        <section class="notice-box measured">
            <p><strong>{copy}</strong></p>
            <p>{text(key::KEPT_COPY_TEXT)}</p>
        </section>
    }
}

fn files(here: &Here, opened: &OpenedKept, shared_device: bool) -> AnyView {
    let files = opened.content.attachments.clone();
    let at = paths::kept(opened.line.id.number());
    // A letter that was taken back before had lost its files.
    if usize::from(opened.line.attachments) == files.len() {
        view! { <Files here=here.clone() at files withdrawn=false shared_device/> }.into_any()
    } else {
        let said = here.text(key::KEPT_FILES_GONE);
        view! { <p class="measured">{said}</p> }.into_any()
    }
}

fn facts(here: &Here, line: &KeptNotice, institution: &str) -> Vec<Fact> {
    let text = here.texts();
    let mut facts = vec![
        Fact::new(text(key::NOTICE_SENDER), institution),
        Fact::new(text(key::NOTICE_ARRIVED), here.when(line.arrived_at)),
        Fact::new(text(key::NOTICE_KIND), text(words::kind(line.kind))),
    ];
    if let Some(last) = line.deadline {
        facts.push(Fact::new(text(key::NOTICE_DEADLINE), words::left(here, last).0));
    }
    if let Some(replied_at) = line.replied_at {
        let replied = here.format(key::NOTICE_FORM_REPLIED, &[("when", here.when(replied_at).into())]);
        facts.push(Fact::new(text(key::NOTICES_REPLIED), replied));
    }
    facts.push(Fact::new(text(key::KEPT_KEPT), here.when(line.kept_at)));
    let goes = here.format(key::KEPT_GOES_TEXT, &[("when", here.when(line.expires_at).into())]);
    facts.push(Fact::new(text(key::KEPT_GOES), goes));
    facts
}

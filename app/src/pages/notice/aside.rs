//! What comes with a notice: its files, whom to ask, and the signed letter itself.

use domain::Locale;
use jiff::Timestamp;
use jiff::civil::Date;
use leptos::prelude::*;
use portal::letter::{Attachment, MediaType, Office};
use ui::{DescriptionList, Disclosure, Fact};
use wording::{Key, key};

use crate::context::Here;
use crate::pages::notices::words;
use crate::paths;

/// What the files are called on the person's machine; the command below names them so.
const LETTER: &str = "notice.p7m";
const AUTHORITY: &str = "org-ca.pem";

/// 「差出人を確認しました」
#[component]
pub(in crate::pages) fn Verified(here: Here, institution: String, issued_at: Timestamp) -> impl IntoView {
    let text = here.format(
        key::NOTICE_VERIFIED_TEXT,
        &[("institution", institution.as_str().into()), ("when", here.when(issued_at).into())],
    );
    view! {
        <div class="verified">
            <p class="verified-title">{here.text(key::NOTICE_VERIFIED)}</p>
            <p>{text}</p>
        </div>
    }
}

/// The last day for the person's own calendar, until it is over.
#[component]
pub(in crate::pages) fn CalendarLink(
    here: Here,
    /// Address of the notice.
    at: String,
    /// Of what can be done about it.
    last: Option<Date>,
) -> impl IntoView {
    last.filter(|last| *last >= words::day(here.context.now)).map(|_| {
        view! { <p><a class="way" href=format!("{at}/calendar")>{here.text(key::NOTICE_CALENDAR)}</a></p> }
    })
}

#[component]
pub(in crate::pages) fn Files(
    here: Here,
    /// Address of the notice.
    at: String,
    files: Vec<Attachment>,
    withdrawn: bool,
    shared_device: bool,
) -> impl IntoView {
    let text = here.texts();
    let lines = files
        .into_iter()
        .enumerate()
        .map(|(place, file)| {
            let size = u64::from(file.bytes.div_ceil(1024));
            let about = [("kind", text(media_type(file.media_type)).into()), ("size", size.into())];
            let about = here.format(key::NOTICE_FILE, &about);
            let name = file.name.as_str().to_owned();
            let link = if withdrawn {
                name.into_any()
            } else {
                let href = format!("{at}/files/{place}");
                let save = here.format(key::NOTICE_FILE_SAVE, &[("name", name.as_str().into())]);
                view! { <a class="way" href=href download>{save}</a> }.into_any()
            };
            view! { <li>{link}" "<span class="soft small">{about}</span></li> }
        })
        .collect_view();
    let gone = withdrawn.then(|| view! { <p>{text(key::NOTICE_FILES_GONE)}</p> });
    let shared = (shared_device && !withdrawn).then(|| view! { <p>{text(key::NOTICE_SHARED)}</p> });
    view! {
        <section class="flow">
            <h2>{text(key::NOTICE_ATTACHMENTS)}</h2>
            {gone}
            {shared}
            <ul class="letter-files" role="list">{lines}</ul>
        </section>
    }
}

fn media_type(media_type: MediaType) -> Key {
    match media_type {
        MediaType::Pdf => key::NOTICE_FILE_PDF,
        MediaType::Png => key::NOTICE_FILE_PNG,
        MediaType::Jpeg => key::NOTICE_FILE_JPEG,
        MediaType::Text => key::NOTICE_FILE_TEXT,
        MediaType::SignedData => key::NOTICE_FILE_SIGNED,
    }
}

#[component]
pub(in crate::pages) fn Offices(here: Here, office: Office) -> impl IntoView {
    let text = here.texts();
    let told = |line: &portal::letter::InLanguages<portal::letter::Line>| {
        let (line, lang) = words::told(&here, line);
        let line = line.as_str().to_owned();
        view! { <span lang=lang>{line}</span> }.into_any()
    };
    let mut facts = vec![Fact::of(text(key::NOTICE_OFFICE_NAME), told(&office.name))];
    if let Some(phone) = &office.phone {
        facts.push(Fact::new(text(key::NOTICE_OFFICE_PHONE), phone.as_str()));
    }
    if let Some(hours) = &office.hours {
        facts.push(Fact::of(text(key::NOTICE_OFFICE_HOURS), told(hours)));
    }
    view! {
        <section class="flow">
            <h2>{text(key::NOTICE_OFFICE)}</h2>
            <DescriptionList facts/>
        </section>
    }
}

/// The letter as it was signed, at the address of the notice: whoever gets it can verify the sender without us.
#[component]
pub(in crate::pages) fn Save(
    here: Here,
    at: String,
    /// The language of its words on this page.
    locale: Locale,
    /// Files belong to it: they have no signature of their own.
    files: bool,
    shared_device: bool,
) -> impl IntoView {
    let text = here.texts();
    let pdf = format!("{at}/pdf?text={}", locale.name());
    let letter = format!("{at}/letter");
    let shared = shared_device.then(|| view! { <p>{text(key::NOTICE_SHARED)}</p> });
    let command = format!(
        "openssl cms -verify -binary -inform DER -in {LETTER} -CAfile {AUTHORITY} -purpose any -signer signer.pem -out notice.json"
    );
    let files = files.then(|| {
        view! {
            <p class="measured">{text(key::NOTICE_CHECK_FILES)}</p>
            <p class="code document">"sha256sum FILE"</p>
            <p class="measured">{text(key::NOTICE_CHECK_FILES_GOOD)}</p>
        }
    });
    view! {
        <section class="flow on-screen">
            <h2>{text(key::NOTICE_SAVE)}</h2>
            <p class="measured">{text(key::NOTICE_SAVE_TEXT)}</p>
            {shared}
            <ul class="letter-files" role="list">
                <li><a class="way" href=pdf download>{text(key::NOTICE_PAPER)}</a></li>
                <li><a class="way" href=letter download>{text(key::NOTICE_SAVE_LETTER)}</a></li>
                <li><a class="way" href=paths::NOTICES_AUTHORITY download>{text(key::NOTICE_SAVE_AUTHORITY)}</a></li>
            </ul>
            <Disclosure summary=text(key::NOTICE_CHECK)>
                <p class="measured">{text(key::NOTICE_CHECK_HOW)}</p>
                <p class="code document">{command}</p>
                <p class="measured">{text(key::NOTICE_CHECK_GOOD)}</p>
                <p class="measured">{text(key::NOTICE_CHECK_EXPIRED)}</p>
                {files}
            </Disclosure>
        </section>
    }
}

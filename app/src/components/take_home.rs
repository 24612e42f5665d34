//! 持ち帰る: the files that can be made of what was gathered (P-INF-7), and those that are there.

use leptos::prelude::*;
use portal::{Takeout, TakeoutFormat, TakeoutState};
use ui::{Banner, Button, ButtonLook, Checkbox, Disclosure, Kind};
use wording::{Key, key};

use crate::context::Here;
use crate::paths;

/// The form, and the files that are held. On a device that others use it is behind a warning (P-DEV-2).
#[component]
pub(crate) fn TakeHome(here: Here, files: Vec<Takeout>, shared_device: bool) -> impl IntoView {
    let text = here.texts();
    let there = (!files.is_empty()).then(|| {
        let lines = files.iter().map(|file| line(&here, file)).collect_view();
        view! { <h3>{text(key::OWN_TAKE_FILES)}</h3><ul class="flow-tight">{lines}</ul> }
    });
    let form = form(&here).into_any();
    let form = if shared_device {
        view! {
            <Banner kind=Kind::Warning kind_label=text(key::LAYOUT_KIND_WARNING) title=text(key::OWN_TAKE_SHARED)>
                <p>{text(key::OWN_TAKE_SHARED_TEXT)}</p>
            </Banner>
            <Disclosure summary=text(key::OWN_TAKE_ANYWAY)>{form}</Disclosure>
        }
        .into_any()
    } else {
        form
    };
    view! {
        <section class="take-home" id="take-home" aria-labelledby="take-home-title">
            <h2 id="take-home-title">{text(key::OWN_TAKE)}</h2>
            <p class="measured">{text(key::OWN_TAKE_LEAD)}</p>
            {form}
            {there}
        </section>
    }
}

fn form(here: &Here) -> impl IntoView + use<> {
    let text = here.texts();
    let ways =
        [TakeoutFormat::Pdf, TakeoutFormat::Page, TakeoutFormat::Csv, TakeoutFormat::Json, TakeoutFormat::RecordsCsv];
    let ways = ways
        .into_iter()
        .map(|format| {
            let (name, value) = ("format", format.name());
            view! { <li><Button text=text(label(format)) look=ButtonLook::Outline name value/></li> }
        })
        .collect_view();
    view! {
        <form method="post" action=paths::FILES class="flow">
            <Checkbox
                id="with-records"
                name="records"
                label=text(key::OWN_TAKE_RECORDS)
                support=text(key::OWN_TAKE_RECORDS_SUPPORT)
            />
            <div class="actions">
                <Button text=text(key::OWN_TAKE_ZIP) name="format" value=TakeoutFormat::Archive.name()/>
            </div>
            <p class="soft small measured">{text(key::OWN_TAKE_ZIP_SUPPORT)}</p>
            <ul class="ways" aria-label=text(key::OWN_TAKE_OTHERS)>{ways}</ul>
        </form>
    }
}

fn line(here: &Here, file: &Takeout) -> impl IntoView + use<> {
    let name = here.text(label(file.format));
    let (href, state) = (paths::file(file.place), state(here, file.state));
    view! { <li><a href=href>{name}</a>" "<span class="soft small">{state}</span></li> }
}

/// How far a file is, in one line.
pub(crate) fn state(here: &Here, state: TakeoutState) -> String {
    match state {
        TakeoutState::Making { of: 0, .. } => here.text(key::FILE_MAKING),
        TakeoutState::Making { done, of } => {
            here.format(key::FILE_MAKING_STEP, &[("done", done.into()), ("of", of.into())])
        }
        TakeoutState::Ready { bytes } => here.format(key::FILE_READY, &[("size", (bytes.div_ceil(1024)).into())]),
        TakeoutState::Failed(_) => here.text(key::FILE_FAILED),
    }
}

/// What a kind of file is called.
pub(crate) fn label(format: TakeoutFormat) -> Key {
    match format {
        TakeoutFormat::Archive => key::OWN_TAKE_ZIP,
        TakeoutFormat::Pdf => key::OWN_TAKE_PDF,
        TakeoutFormat::Page => key::OWN_TAKE_HTML,
        TakeoutFormat::Csv => key::OWN_TAKE_CSV,
        TakeoutFormat::Json => key::OWN_TAKE_JSON,
        TakeoutFormat::RecordsCsv => key::OWN_TAKE_RECORDS_CSV,
    }
}

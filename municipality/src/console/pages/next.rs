//! After the text: files, the look, and to whom. Nothing of the text's own form stands here, so nothing typed there is lost
//! by what is done here.

use axum::response::Response;
use leptos::prelude::*;
use ui::{Banner, Button, ButtonLook, Choice, FieldError, FieldText, Kind, LinkButton, SelectField};

use super::{Done, Sheet};
use crate::console::access::Drafter;
use crate::console::{Console, words};
use crate::store::{DraftId, FileRow};
use crate::texts::{say, say_with};

/// A saved draft.
pub(in crate::console) struct Standing {
    pub(in crate::console) id: DraftId,
    /// As typed; perhaps nothing yet.
    pub(in crate::console) title: String,
    pub(in crate::console) files: Vec<FileRow>,
    pub(in crate::console) faults: Vec<FieldError>,
}

pub(in crate::console) fn next(
    console: &Console,
    officer: &Drafter,
    standing: Standing,
    done: Option<Done>,
) -> Response {
    let segments: Vec<Choice> =
        console.segments.iter().map(|one| Choice::new(one.name.as_str(), one.label.as_str())).collect();
    let Standing { id, title, files, faults } = standing;
    let title = if title.is_empty() { say("list-untitled").to_owned() } else { title };
    Sheet::new(console, Some(officer), title).done(done).html(move || {
        let ready = faults.is_empty();
        let text = format!("/console/drafts/{id}");
        let mend = (!ready).then(|| {
            let lines = faults.iter().map(|fault| view! { <li>{fault.text.clone()}</li> }).collect_view();
            view! {
                <Banner kind=Kind::Warning kind_label=say("warning") title=say("draft-to-mend")>
                    <ul class="flow-tight">{lines}</ul>
                </Banner>
            }
        });
        view! {
            {mend}
            <p><LinkButton text=say("draft-text") href=text look=ButtonLook::Outline/></p>
            {sections(id, ready, &files, segments)}
        }
        .into_any()
    })
}

fn sections(id: DraftId, ready: bool, files: &[FileRow], segments: Vec<Choice>) -> AnyView {
    let lines = files
        .iter()
        .map(|file| {
            let about = say_with("about", &[("what", file.name.as_str().into()), ("about", words::size(file.bytes).into())]);
            let action = format!("/console/drafts/{id}/files/{}/drop", file.place);
            let aria = say_with("file-drop-named", &[("name", file.name.as_str().into())]);
            let href = format!("/console/drafts/{id}/files/{}", file.place);
            view! {
                <li>
                    <a href=href>{about}</a>
                    <form method="post" action=action>
                        <button type="submit" class="button button-outline button-small" aria-label=aria>{say("file-drop")}</button>
                    </form>
                </li>
            }
        })
        .collect_view();
    let segment = (!segments.is_empty()).then(|| {
        let text = FieldText::label(say("segment")).support(say("segment-help"));
        view! {
            <form class="flow notice-box" method="post" action=format!("/console/drafts/{id}/segment")>
                <h3>{say("segment-heading")}</h3>
                <SelectField id="segment" name="segment" text choices=segments/>
                <Button text=say("segment-next")/>
            </form>
        }
    });
    let to_whom = if ready {
        view! {
            <p class="measured">{say("recipients-lead")}</p>
            {segment}
            <form class="flow notice-box" method="post" action=format!("/console/drafts/{id}/list") enctype="multipart/form-data">
                <h3>{say("list-heading")}</h3>
                {file("list", say("list-file"), say("list-file-help"))}
                <Button text=say("list-next")/>
            </form>
        }
        .into_any()
    } else {
        view! { <p class="measured">{say("recipients-later")}</p> }.into_any()
    };
    let look = ready.then(|| {
        view! {
            <p><LinkButton text=say("preview") href=format!("/console/drafts/{id}/preview") look=ButtonLook::Outline/></p>
        }
    });
    view! {
        <section class="flow">
            <h2>{say("files")}</h2>
            <ul class="files" role="list">{lines}</ul>
            <form class="flow" method="post" action=format!("/console/drafts/{id}/files") enctype="multipart/form-data">
                {file("file", say("file"), say("file-help"))}
                <Button text=say("file-add") look=ButtonLook::Outline/>
            </form>
        </section>
        <section class="flow">
            <h2>{say("draft-look")}</h2>
            {look}
            {(!ready).then(|| view! { <p class="measured">{say("preview-later")}</p> })}
        </section>
        <section class="flow">
            <h2>{say("fact-to")}</h2>
            {to_whom}
        </section>
    }
    .into_any()
}

fn file(id: &'static str, label: &'static str, support: &'static str) -> AnyView {
    let described = format!("{id}-support");
    view! {
        <div class="field">
            <label class="field-label" for=id>{label}</label>
            <p class="field-support" id=described.clone()>{support}</p>
            <input type="file" class="file" id=id name="file" required aria-describedby=described/>
        </div>
    }
    .into_any()
}

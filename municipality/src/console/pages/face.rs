//! A notice as its readers see it: the same on every screen, in blocks. Text stays text.

use axum::response::{Html, IntoResponse as _, Response};
use domain::Locale;
use http::header::{self, HeaderValue};
use leptos::prelude::*;
use ui::{DescriptionList, Fact};
use wire::notice::{Block, NoticeContent, Passage, Question, QuestionForm};

use super::{STYLE_PATH, Sheet};
use crate::console::access::Officer;
use crate::console::{Console, words};
use crate::draft::Draft;
use crate::texts::{say, say_with};

const FACE_POLICY: &str = "default-src 'none'; base-uri 'none'; frame-ancestors 'self'; style-src 'self'";

/// A draft with words in its places; none where it is no notice yet.
pub(in crate::console) fn content(console: &Console, draft: &Draft) -> Option<NoticeContent> {
    // What is over can still be looked at.
    let issued_at = console.now().min(draft.expires_at - jiff::SignedDuration::from_secs(1));
    console.maker().notice(draft, issued_at).ok()
}

/// The document within a frame.
pub(in crate::console) fn document(console: &Console, content: &NoticeContent, locale: Locale) -> Response {
    let (lang, name) = (locale.html_lang(), console.name.clone());
    let title = content.text.told_in(locale).0.title.as_str().to_owned();
    let body = ui::render(|| {
        view! {
            <!DOCTYPE html>
            <html lang=lang>
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <meta name="color-scheme" content="light dark"/>
                    <title>{title}</title>
                    <link rel="stylesheet" href=STYLE_PATH/>
                </head>
                <body>
                    <div class="wrap site-main flow">{face(content, locale, &name, None, true)}</div>
                </body>
            </html>
        }
    });
    let mut response = Html(body).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FACE_POLICY));
    response.headers_mut().insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    response
}

/// Three screens, one document. `address` leads to it.
pub(in crate::console) fn preview(
    console: &Console,
    officer: &Officer,
    content: &NoticeContent,
    address: &str,
    locale: Locale,
    back: String,
) -> Response {
    let there: Vec<Locale> = Locale::ALL.into_iter().filter(|one| is_written(content, *one)).collect();
    let (page, frame) = (format!("{address}/preview"), format!("{address}/face?text={}", locale.name()));
    Sheet::new(console, Some(officer), say("preview")).framing().html(move || {
        let links = there
            .into_iter()
            .map(|one| {
                let current = (one == locale).then_some("page");
                let href = format!("{page}?text={}", one.name());
                view! { <li><a href=href aria-current=current>{language(one)}</a></li> }
            })
            .collect_view();
        let screens = [("phone", say("preview-phone")), ("desktop", say("preview-desktop")), ("tv", say("preview-tv"))]
            .map(|(screen, words)| {
                let title = say_with("preview-on", &[("screen", words.into())]);
                view! {
                    <section class="screen" data-screen=screen>
                        <h2>{words}</h2>
                        <div class="screen-glass"><iframe title=title src=frame.clone()></iframe></div>
                    </section>
                }
            });
        view! {
            <p class="measured">{say("preview-lead")}</p>
            <nav class="tabs" aria-label=say("preview-languages")><ul role="list">{links}</ul></nav>
            <div class="screens">{screens}</div>
            <p><ui::LinkButton text=say("back") href=back look=ui::ButtonLook::Outline/></p>
        }
        .into_any()
    })
}

/// Whether a reader of this language finds anything in it: questions may be written in one in which the text is not.
fn is_written(content: &NoticeContent, locale: Locale) -> bool {
    let asked = |one: &Question| {
        let choices = match &one.form {
            QuestionForm::One { of } | QuestionForm::Any { of } => of.as_slice(),
            QuestionForm::Words { .. } | QuestionForm::Day { .. } => &[][..],
        };
        let mut labels = std::iter::once(&one.label).chain(choices.iter().map(|one| &one.label));
        labels.any(|label| label.told_in(locale).1 == locale)
    };
    content.text.told_in(locale).1 == locale || content.reply.iter().flat_map(|form| &form.questions).any(asked)
}

pub(in crate::console) fn language(locale: Locale) -> &'static str {
    match locale {
        Locale::Ja => say("language-ja"),
        Locale::JaEasy => say("language-ja-easy"),
        Locale::En => "English",
    }
}

/// The notice itself. `files`: under which address its files are given out. `alone`: its title heads the page.
pub(in crate::console) fn face(
    content: &NoticeContent,
    locale: Locale,
    sender: &str,
    files: Option<&str>,
    alone: bool,
) -> AnyView {
    let (text, told) = content.text.told_in(locale);
    let title = text.title.as_str().to_owned();
    let title = if alone { view! { <h1>{title}</h1> }.into_any() } else { view! { <h3>{title}</h3> }.into_any() };
    let blocks = text.body.iter().map(|block| shown(block, alone)).collect_view();
    let mut facts =
        vec![Fact::new(say("face-by"), sender), Fact::new(say("column-kind"), words::kind_short(content.kind))];
    if let Some(last) = content.deadline {
        facts.push(Fact::new(say("label-deadline"), say_with("until", &[("when", words::day(last).into())])));
    }
    facts.push(Fact::new(say("face-office"), content.office.name.told_in(locale).0.as_str()));
    if let Some(phone) = &content.office.phone {
        facts.push(Fact::new(say("label-phone"), phone.as_str()));
    }
    if let Some(hours) = &content.office.hours {
        facts.push(Fact::new(say("label-hours"), hours.told_in(locale).0.as_str()));
    }
    let files = content.attachments.iter().enumerate().map(|(place, file)| {
        let about = say_with(
            "about",
            &[("what", file.name.as_str().into()), ("about", words::size(u64::from(file.bytes)).into())],
        );
        let address = files.map(|files| format!("{files}/{place}"));
        match address {
            Some(href) => view! { <li><a href=href>{about}</a></li> }.into_any(),
            None => view! { <li>{about}</li> }.into_any(),
        }
    });
    let files = (!content.attachments.is_empty()).then(|| {
        view! { <p><strong>{say("face-files")}</strong></p><ul class="flow-tight">{files.collect_view()}</ul> }
    });
    let questions = content.reply.as_ref().map(|form| {
        let lines = form.questions.iter().map(|one| question(one, locale));
        let until = say_with("answered-until", &[("until", words::until(form.closes_at).into())]);
        view! {
            <div class="notice-box">
                <p><strong>{say("face-questions")}</strong></p>
                <p>{until}</p>
                <ol class="flow-tight">{lines.collect_view()}</ol>
            </div>
        }
    });
    view! {
        <article class="face flow" lang=told.html_lang()>
            {title}
            <p class="letter-by">{sender.to_owned()}</p>
            <div class="letter-body flow measured">{blocks}</div>
            {questions}
            {files}
            <DescriptionList facts/>
        </article>
    }
    .into_any()
}

/// How it is answered, and what can be chosen.
fn question(one: &Question, locale: Locale) -> AnyView {
    let need = one.required.then(|| say("face-required"));
    let (label, told) = one.label.told_in(locale);
    let label = view! { <span lang=told.html_lang()>{label.as_str().to_owned()}</span> };
    let (how, choices) = match &one.form {
        QuestionForm::One { of } => (say("question-one").to_owned(), of.as_slice()),
        QuestionForm::Any { of } => (say("question-any").to_owned(), of.as_slice()),
        QuestionForm::Words { .. } => (say("question-words").to_owned(), &[][..]),
        QuestionForm::Day { first, last } => {
            let (first, last) = (words::day(*first), words::day(*last));
            (say_with("question-days", &[("first", first.into()), ("last", last.into())]), &[][..])
        }
    };
    let choices = choices.iter().map(|one| {
        let (label, told) = one.label.told_in(locale);
        view! { <li lang=told.html_lang()>{label.as_str().to_owned()}</li> }
    });
    view! {
        <li>
            {label}
            {need}
            <p class="small">{how}</p>
            <ul class="flow-tight">{choices.collect_view()}</ul>
        </li>
    }
    .into_any()
}

fn shown(block: &Block, alone: bool) -> AnyView {
    let items = |items: &[Passage]| {
        items.iter().map(|item| view! { <li class="passage">{item.as_str().to_owned()}</li> }).collect_view()
    };
    match block {
        Block::Heading { text } if alone => view! { <h2>{text.as_str().to_owned()}</h2> }.into_any(),
        Block::Heading { text } => view! { <h4>{text.as_str().to_owned()}</h4> }.into_any(),
        Block::Paragraph { text } => view! { <p class="passage">{text.as_str().to_owned()}</p> }.into_any(),
        Block::List { items: all } => view! { <ul class="flow-tight">{items(all)}</ul> }.into_any(),
        Block::Steps { items: all } => {
            let lines = all.iter().map(|item| {
                let item = item.as_str().to_owned();
                view! { <li><span class="passage">{item}</span></li> }
            });
            view! { <ol class="instructions" role="list">{lines.collect_view()}</ol> }.into_any()
        }
        Block::Facts { rows } => {
            let facts = rows.iter().map(|row| Fact::new(row.term.as_str(), row.text.as_str())).collect();
            view! { <DescriptionList facts/> }.into_any()
        }
        Block::Link { label, address } => {
            let words = say_with("link-out", &[("label", label.as_str().into()), ("host", address.host().into())]);
            // Readers see the host; whoever decides sees where it leads.
            let whole = (!alone).then(|| {
                let whole = address.as_str().to_owned();
                view! { <br/><span class="small">{whole}</span> }
            });
            view! { <p class="letter-link"><span class="way">{words}</span>{whole}</p> }.into_any()
        }
    }
}

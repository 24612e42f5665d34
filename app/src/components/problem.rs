//! What did not work, in words, with the reference number that is also in the log.

use http::StatusCode;
use leptos::prelude::*;
use ui::{Banner, DescriptionList, Fact, Kind, LinkButton};
use wording::{ErrorWords, key};

use crate::components::{PortalPage, Trail};
use crate::context::Here;
use crate::paths;

/// The words of a case such as `not-found`; general ones where nobody worded it.
pub(crate) fn error_words(here: &Here, case: &str) -> ErrorWords {
    let worded = wording::error::ALL.iter().find(|worded| worded.name() == case);
    worded.map_or_else(
        || ErrorWords {
            title: here.text(key::PROBLEM_PAGE_TITLE),
            what: here.text(key::PROBLEM_PAGE_WHAT),
            next: here.text(key::PROBLEM_PAGE_NEXT),
        },
        |worded| worded.words(here.locale()),
    )
}

/// A banner about one part of a page that cannot be shown, or about the last form.
#[component]
pub(crate) fn ProblemBanner(
    here: Here,
    kind: Kind,
    #[prop(into)] case: String,
    /// With the reference number of this request.
    #[prop(optional)]
    reference: bool,
    /// What can be pressed.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let words = error_words(&here, &case);
    let label = here.text(if kind == Kind::Error { key::LAYOUT_KIND_ERROR } else { key::LAYOUT_KIND_WARNING });
    let number = here.format(key::LAYOUT_REFERENCE, &[("number", here.context.reference.as_str().into())]);
    view! {
        <Banner kind kind_label=label title=words.title>
            <p>{words.what}</p>
            <p>{words.next}</p>
            {reference.then(|| view! { <p class="soft small">{number}</p> })}
            {children.map(|children| children())}
        </Banner>
    }
}

/// A whole page that says what did not work. No breadcrumbs, no status code, nothing red.
#[component]
pub(crate) fn Problem(here: Here, status: StatusCode, #[prop(into)] case: String) -> impl IntoView {
    let words = error_words(&here, &case);
    let reference = Fact::of(
        here.text(key::PROBLEM_PAGE_REFERENCE),
        view! {
            <p class="code">{here.context.reference.clone()}</p>
            <p class="soft small">{here.text(key::PROBLEM_PAGE_REFERENCE_ABOUT)}</p>
        },
    );
    let (back, back_text) =
        if here.signed_in { (paths::HOME, key::PROBLEM_PAGE_HOME) } else { (paths::TOP, key::PROBLEM_PAGE_TOP) };
    let back_text = here.text(back_text);
    let help = here.text(key::PROBLEM_PAGE_HELP);
    // A page that is simply not there needs no number to ask about.
    let reference = (status != StatusCode::NOT_FOUND).then(|| view! { <DescriptionList facts=vec![reference]/> });
    view! {
        <PortalPage here title=words.title.clone() trail=Trail::None>
            <h1>{words.title}</h1>
            <p>{words.what}</p>
            <p>{words.next}</p>
            {reference}
            <div class="actions apart">
                <LinkButton text=back_text href=back/>
                <a href=paths::HELP>{help}</a>
            </div>
        </PortalPage>
    }
}

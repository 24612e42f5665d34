//! わたしの情報: what institutions hold about the person, gathered on demand and shown as it arrives (P-INF-4, P-INF-5,
//! P-INF-11).

mod source;

use domain::InfoKind;
use leptos::prelude::*;
use portal::{Arrivals, Gathered, Holder, OwnSource, OwnState, Portal, SignedIn, Takeout};
use ui::Button;
use wording::key;

use self::source::{Answer, Failure, nothing_held};
use super::answer;
use crate::components::{PortalPage, TakeHome};
use crate::context::Here;
use crate::paths;

/// A page that waits for what another portal is asking looks again after this long.
const RENEWED_AFTER_S: u32 = 2;

pub(crate) fn information() -> impl IntoView {
    answer::holding(|here, who, holder, portal| async move {
        match portal.own_information(&who, &holder).await {
            Ok(None) => view! { <Before here/> }.into_any(),
            Ok(Some(gathered)) => {
                let shared_device = portal.home(&who).await.shared_device;
                let files = match portal.takeouts(&who, &holder).await {
                    Ok(files) => files,
                    Err(error) => return answer::information_failed(here, &error),
                };
                let arriving =
                    Arriving { here: here.clone(), who, holder, portal, arrivals: gathered.arrivals.clone() };
                view! { <Information here gathered arriving=Some(arriving) files shared_device/> }.into_any()
            }
            Err(error) => answer::information_failed(here, &error),
        }
    })
}

/// Nothing is gathered unless the person asks: looking leaves records.
#[component]
pub(super) fn Before(here: Here) -> impl IntoView {
    let text = here.texts();
    view! {
        <PortalPage here=here.clone() title=text(key::OWN_TITLE)>
            <h1>{text(key::OWN_TITLE)}</h1>
            <p class="lead measured">{text(key::OWN_LEAD)}</p>
            <form method="post" action=paths::INFORMATION_GATHER class="apart"><Button text=text(key::OWN_GATHER)/></form>
            <h2>{text(key::OWN_BEFORE)}</h2>
            <ul class="flow-tight measured">
                <li>{text(key::OWN_BEFORE_ASK)}</li>
                <li>{text(key::OWN_BEFORE_KEEP)}</li>
                <li>{text(key::OWN_BEFORE_RECORD)}</li>
            </ul>
        </PortalPage>
    }
}

/// What the page needs to wait for what is still to come.
#[derive(Clone)]
pub(super) struct Arriving {
    here: Here,
    who: SignedIn,
    holder: Holder,
    portal: Portal,
    arrivals: Arrivals,
}

impl Arriving {
    /// The source that arrives after so many others, as soon as it does.
    async fn nth(self, nth: usize) -> Option<AnyView> {
        let place = self.arrivals.nth(nth).await?;
        match self.portal.own_source(&self.who, &self.holder, place).await {
            Ok(source) => Some(shown(&self.here, source)),
            Err(error) => {
                // The session may have ended meanwhile; the next page says so.
                answer::note(&self.here, &error);
                None
            }
        }
    }
}

#[component]
pub(super) fn Information(
    here: Here,
    gathered: Gathered,
    arriving: Option<Arriving>,
    files: Vec<Takeout>,
    shared_device: bool,
) -> impl IntoView {
    let text = here.texts();
    let count = gathered.sources.len();
    let waiting = gathered.sources.iter().filter(|source| matches!(source.state, OwnState::Asked { .. })).count();
    let values = [("when", here.when(gathered.started_at).into()), ("count", (count as u64).into())];
    let started = here.format(key::OWN_STARTED, &values);
    // Another portal asks: this page looks again until nothing is waited for.
    let looks_again = gathered.elsewhere && waiting > 0;
    let content = match arriving.filter(|_| waiting > 0) {
        Some(_) if gathered.elsewhere => elsewhere(&here, gathered.sources).into_any(),
        Some(arriving) => filling(&here, gathered.sources, arriving, waiting).into_any(),
        None => complete(&here, gathered.sources).into_any(),
    };
    let body = view! {
        <h1>{text(key::OWN_TITLE)}</h1>
        <p class="soft small">{started}</p>
        {(count == 0).then(|| view! { <p class="lead measured">{text(key::OWN_NONE)}</p> })}
        {content}
        {(count > 0).then(|| view! { <TakeHome here=here.clone() files shared_device/> })}
        <p class="soft measured">{text(key::OWN_LEAVE)}</p>
    }
    .into_any();
    let title = text(key::OWN_TITLE);
    if looks_again {
        view! { <PortalPage here title renewed_after_s=RENEWED_AFTER_S>{body}</PortalPage> }.into_any()
    } else {
        view! { <PortalPage here title>{body}</PortalPage> }.into_any()
    }
}

/// In the order of arrival: what is here, then one place for each that is still to come. The page goes out up to the
/// first place that is not filled, so nothing waits for the slowest.
fn filling(here: &Here, sources: Vec<OwnSource>, arriving: Arriving, waiting: usize) -> impl IntoView + use<> {
    let here_already = sources
        .into_iter()
        .filter(|source| !matches!(source.state, OwnState::Asked { .. }))
        .map(|source| shown(here, source))
        .collect_view();
    let to_come = (0..waiting)
        .map(|nth| {
            let arriving = arriving.clone();
            view! { <Suspense>{Suspend::new(arriving.nth(nth))}</Suspense> }
        })
        .collect_view();
    let text = here.texts();
    view! {
        <p class="measured" role="status">{text(key::OWN_FILLING)}</p>
        <div class="sources">{here_already} {to_come}</div>
        <p class="measured">{text(key::OWN_COMPLETE)}</p>
        <p><a class="way" href=paths::INFORMATION>{text(key::OWN_SORT)}</a></p>
    }
}

/// What is here by now, and who is waited for by another portal.
fn elsewhere(here: &Here, sources: Vec<OwnSource>) -> impl IntoView + use<> {
    let (waiting, arrived): (Vec<_>, Vec<_>) =
        sources.into_iter().partition(|source| matches!(source.state, OwnState::Asked { .. }));
    let all = arrived.into_iter().chain(waiting).map(|source| shown(here, source)).collect_view();
    view! {
        <p class="measured" role="status">{here.text(key::OWN_FILLING)}</p>
        <div class="sources">{all}</div>
    }
}

/// Answers to reports (P-INF-12): nobody needs to read, institution by institution, that there are none.
fn is_of_reports(source: &OwnSource) -> bool {
    source.info_kind.as_str() == InfoKind::CORRECTION_REPORT
}

fn shown(here: &Here, source: OwnSource) -> AnyView {
    match source.state {
        OwnState::Answered(answer) => {
            view! { <Answer here=here.clone() place=source.place provider=source.provider kind=source.info_kind answer=*answer/> }
                .into_any()
        }
        OwnState::NothingHeld { .. } if is_of_reports(&source) => ().into_any(),
        OwnState::NothingHeld { .. } => {
            view! { <p class="source-nothing">{nothing_held(here, &source)}</p> }.into_any()
        }
        OwnState::Failed { why, .. } => view! { <Failure here=here.clone() source why=Some(why)/> }.into_any(),
        OwnState::Asked { .. } => view! { <Failure here=here.clone() source why=None/> }.into_any(),
    }
}

/// By what the person came for: what arrived, what did not, and who holds nothing.
fn complete(here: &Here, sources: Vec<OwnSource>) -> impl IntoView + use<> {
    let text = here.texts();
    let (mut answers, mut nothing, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    for source in sources {
        match source.state {
            OwnState::Answered(_) => answers.push(source),
            OwnState::NothingHeld { .. } if is_of_reports(&source) => {}
            OwnState::NothingHeld { .. } => nothing.push(source),
            OwnState::Failed { .. } | OwnState::Asked { .. } => failed.push(source),
        }
    }
    let contents = (answers.len() > 1).then(|| contents(here, &answers));
    let answers = answers.into_iter().map(|source| shown(here, source)).collect_view();
    let failed = (!failed.is_empty()).then(|| {
        let failed = failed.into_iter().map(|source| shown(here, source)).collect_view();
        view! { <section class="flow"><h2>{text(key::OWN_FAILED)}</h2>{failed}</section> }
    });
    let nothing = (!nothing.is_empty()).then(|| {
        let lines = nothing.iter().map(|source| view! { <li>{nothing_held(here, source)}</li> }).collect_view();
        view! { <section class="flow"><h2>{text(key::OWN_NOTHING)}</h2><ul class="flow-tight measured">{lines}</ul></section> }
    });
    view! {
        {failed}
        {contents}
        <div class="sources">{answers}</div>
        {nothing}
    }
}

fn contents(here: &Here, answers: &[OwnSource]) -> impl IntoView + use<> {
    let links = answers
        .iter()
        .map(|source| {
            let href = format!("#source-{}", source.place);
            let kind = wording::info_kind(here.locale(), &source.info_kind);
            let institution = wording::organisation(here.locale(), &source.provider);
            view! { <li><a href=href>{kind}</a>" "<span class="soft small">{institution}</span></li> }
        })
        .collect_view();
    view! {
        <nav class="source-list" aria-labelledby="source-list">
            <h2 id="source-list">{here.text(key::OWN_LIST)}</h2>
            <ul>{links}</ul>
        </nav>
    }
}

#[cfg(test)]
pub(super) mod tests;

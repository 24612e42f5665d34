//! 利用者登録: explain, sign, wait, bind (B.2).

use domain::CardPurpose;
use http::StatusCode;
use leptos::prelude::*;
use portal::RegistrationProgress;
use ui::{Button, ButtonSize, LinkButton, Step, StepState, Steps};
use wording::{Key, key};

use super::answer;
use super::card_step::{CardStep, Nothing};
use crate::components::{PortalPage, Trail};
use crate::context::Here;
use crate::paths;

pub(crate) fn register() -> impl IntoView {
    answer::open(|here| view! { <Register here/> })
}

pub(crate) fn register_card() -> impl IntoView {
    answer::asking(|here, browser, portal| async move {
        match portal.card_ask(&browser, CardPurpose::Register, here.context.now).await {
            Ok(ask) => view! {
                <CardStep
                    here=here.clone()
                    ask
                    title=here.text(key::REGISTER_CARD_TITLE)
                    lead=here.text(key::REGISTER_CARD_LEAD)
                    pin=here.text(key::REGISTER_CARD_PIN)
                    back=paths::REGISTER
                    trail=(here.text(key::REGISTER_TITLE), paths::REGISTER)
                    steps=steps(&here, 1)
                />
            }
            .into_any(),
            Err(error) => Nothing::page(here, &error, key::CARD_PAGE_AGAIN_REGISTER, paths::REGISTER),
        }
    })
}

pub(crate) fn register_bind() -> impl IntoView {
    answer::asking(|here, browser, portal| async move {
        match portal.card_ask(&browser, CardPurpose::Bind, here.context.now).await {
            Ok(ask) => view! {
                <CardStep
                    here=here.clone()
                    ask
                    title=here.text(key::REGISTER_BIND_TITLE)
                    lead=here.text(key::REGISTER_BIND_LEAD)
                    pin=here.text(key::REGISTER_BIND_PIN)
                    back=paths::REGISTER_OPENING
                    trail=(here.text(key::REGISTER_TITLE), paths::REGISTER)
                    steps=steps(&here, 3)
                />
            }
            .into_any(),
            Err(error) => Nothing::page(here, &error, key::CARD_PAGE_AGAIN_REGISTER, paths::REGISTER_OPENING),
        }
    })
}

pub(crate) fn register_opening() -> impl IntoView {
    answer::asking(|here, browser, portal| async move {
        match portal.registration_progress(&browser, here.context.now).await {
            Ok(progress) => opening(here, progress),
            Err(error) => answer::store_failed(here, &error),
        }
    })
}

#[component]
pub(super) fn Register(here: Here) -> impl IntoView {
    let text = here.texts();
    view! {
        <PortalPage here=here.clone() title=text(key::REGISTER_TITLE)>
            <h1>{text(key::REGISTER_TITLE)}</h1>
            <p class="lead measured">{text(key::REGISTER_LEAD)}</p>
            <h2>{text(key::REGISTER_FOLDER_TITLE)}</h2>
            <p class="measured">{text(key::REGISTER_FOLDER_TEXT)}</p>
            <h2>{text(key::REGISTER_FLOW_TITLE)}</h2>
            <ol class="instructions" role="list">
                <li>{text(key::REGISTER_FLOW_SIGN)}</li>
                <li>{text(key::REGISTER_FLOW_MATCH)}</li>
                <li>{text(key::REGISTER_FLOW_BIND)}</li>
            </ol>
            <p class="soft measured">{text(key::REGISTER_ALREADY)}</p>
            <div class="actions apart">
                <form method="post" action=paths::REGISTER_START>
                    <Button text=text(key::REGISTER_START) size=ButtonSize::Large/>
                </form>
                <a href=paths::LOGIN>{text(key::REGISTER_LOGIN)}</a>
            </div>
        </PortalPage>
    }
}

/// The page asks for itself again while the core has not delivered.
const RENEWED_AFTER_S: u32 = 5;

pub(super) fn opening(here: Here, progress: RegistrationProgress) -> AnyView {
    match progress {
        RegistrationProgress::WaitingForApplication | RegistrationProgress::WaitingForCode => {
            view! { <Waiting here/> }.into_any()
        }
        RegistrationProgress::ReadyToBind => view! { <Ready here/> }.into_any(),
        RegistrationProgress::Done => view! { <Done here/> }.into_any(),
        RegistrationProgress::None | RegistrationProgress::GivenUp => {
            answer::set_status(StatusCode::NOT_FOUND);
            view! { <Stopped here/> }.into_any()
        }
    }
}

#[component]
fn Waiting(here: Here) -> impl IntoView {
    let text = here.texts();
    view! {
        <PortalPage
            here=here.clone()
            title=text(key::REGISTER_OPENING_TITLE)
            trail=below(&here)
            renewed_after_s=RENEWED_AFTER_S
        >
            {steps(&here, 2)}
            <h1>{text(key::REGISTER_OPENING_TITLE)}</h1>
            <p class="lead measured">{text(key::REGISTER_OPENING_LEAD)}</p>
            <p class="measured">{text(key::REGISTER_OPENING_REFRESH)}</p>
            <p class="measured">{text(key::REGISTER_OPENING_SAFE)}</p>
            <div class="actions">
                <LinkButton text=text(key::REGISTER_OPENING_RELOAD) href=paths::REGISTER_OPENING/>
            </div>
        </PortalPage>
    }
}

#[component]
fn Ready(here: Here) -> impl IntoView {
    let text = here.texts();
    view! {
        <PortalPage here=here.clone() title=text(key::REGISTER_READY_TITLE) trail=below(&here)>
            {steps(&here, 3)}
            <h1>{text(key::REGISTER_READY_TITLE)}</h1>
            <p class="lead measured">{text(key::REGISTER_READY_LEAD)}</p>
            <form method="post" action=paths::REGISTER_BIND_START>
                <div class="actions"><Button text=text(key::REGISTER_READY_NEXT) size=ButtonSize::Large/></div>
            </form>
        </PortalPage>
    }
}

#[component]
fn Done(here: Here) -> impl IntoView {
    let text = here.texts();
    let (next, href) =
        if here.signed_in { (key::PROBLEM_PAGE_HOME, paths::HOME) } else { (key::PROBLEM_PAGE_LOGIN, paths::LOGIN) };
    view! {
        <PortalPage here=here.clone() title=text(key::REGISTER_DONE_TITLE) trail=below(&here)>
            <h1>{text(key::REGISTER_DONE_TITLE)}</h1>
            <p class="measured">{text(key::REGISTER_DONE_LEAD)}</p>
            <div class="actions"><LinkButton text=text(next) href size=ButtonSize::Large/></div>
        </PortalPage>
    }
}

#[component]
fn Stopped(here: Here) -> impl IntoView {
    let text = here.texts();
    view! {
        <PortalPage here=here.clone() title=text(key::REGISTER_STOPPED_TITLE) trail=below(&here)>
            <h1>{text(key::REGISTER_STOPPED_TITLE)}</h1>
            <p class="measured">{text(key::REGISTER_STOPPED_LEAD)}</p>
            <div class="actions">
                <LinkButton text=text(key::REGISTER_STOPPED_AGAIN) href=paths::REGISTER size=ButtonSize::Large/>
            </div>
        </PortalPage>
    }
}

fn below(here: &Here) -> Trail {
    Trail::Below(here.text(key::REGISTER_TITLE), paths::REGISTER)
}

const STEPS: [Key; 3] = [key::REGISTER_STEP_SIGN, key::REGISTER_STEP_OPEN, key::REGISTER_STEP_BIND];

/// `current` counts from 1.
pub(super) fn steps(here: &Here, current: usize) -> AnyView {
    let step = |(index, name): (usize, Key)| {
        let (state, state_text) = match (index + 1).cmp(&current) {
            std::cmp::Ordering::Less => (StepState::Done, key::REGISTER_STEP_DONE),
            std::cmp::Ordering::Equal => (StepState::Current, key::REGISTER_STEP_CURRENT),
            std::cmp::Ordering::Greater => (StepState::Ahead, key::REGISTER_STEP_AHEAD),
        };
        Step { text: here.text(name), state_text: here.text(state_text), state }
    };
    let label = here.format(key::REGISTER_STEPS, &[("step", current.into())]);
    view! { <Steps label steps=STEPS.into_iter().enumerate().map(step).collect()/> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;
    use domain::Locale;

    fn page(progress: RegistrationProgress) -> String {
        let here = testing::here(Locale::Ja, "/register/opening", false);
        ui::render(|| opening(here, progress))
    }

    #[test]
    fn registration_begins_by_the_persons_own_post() {
        let html = ui::render(|| view! { <Register here=testing::here(Locale::Ja, "/register", false)/> });
        assert!(html.contains(r#"<form method="post" action="/register/start">"#), "{html}");
    }

    #[test]
    fn the_waiting_page_renews_itself_without_script() {
        let html = page(RegistrationProgress::WaitingForCode);
        assert!(html.contains(r#"<meta http-equiv="refresh" content="5""#), "{html}");
    }

    #[test]
    fn only_a_linked_registration_offers_the_binding() {
        let offers = |progress| page(progress).contains("/register/bind/start");
        assert!(offers(RegistrationProgress::ReadyToBind));
        for progress in [
            RegistrationProgress::None,
            RegistrationProgress::WaitingForApplication,
            RegistrationProgress::WaitingForCode,
            RegistrationProgress::Done,
            RegistrationProgress::GivenUp,
        ] {
            assert!(!offers(progress), "{progress:?}");
        }
    }

    #[test]
    fn the_steps_say_where_we_are() {
        let html = page(RegistrationProgress::WaitingForCode);
        assert!(html.contains("全3段階のうち、2番目です"), "{html}");
        assert_eq!(html.matches(r#"aria-current="step""#).count(), 1);
    }
}

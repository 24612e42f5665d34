//! One file to take home: how far it is, the way to it, and the way to let it go.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portal::{Takeout, TakeoutFailure, TakeoutState};
use ui::{Banner, Button, ButtonLook, Kind, LinkButton};
use wording::key;

use super::answer;
use crate::components::{PortalPage, Trail, file_label, file_state};
use crate::context::Here;
use crate::paths;

/// A page that waits for a file asks again after this long.
const RENEWED_AFTER_S: u32 = 2;

pub(crate) fn file() -> impl IntoView {
    let place = use_params_map().with_untracked(|params| params.get_str("place").map(str::parse::<u32>));
    answer::holding(move |here, who, holder, portal| async move {
        let Some(Ok(place)) = place else { return answer::not_found(here) };
        match portal.takeout(&who, &holder, place).await {
            Ok(file) => view! { <File here file/> }.into_any(),
            Err(error) => answer::information_failed(here, &error),
        }
    })
}

#[component]
pub(super) fn File(here: Here, file: Takeout) -> impl IntoView {
    let text = here.texts();
    let title = text(key::FILE_TITLE);
    let trail = Trail::Below(text(key::OWN_TITLE), paths::INFORMATION);
    let let_go = |words| {
        let action = format!("{}/cancel", paths::file(file.place));
        view! { <form method="post" action=action><Button text=text(words) look=ButtonLook::Outline/></form> }
    };
    let said = file_state(&here, file.state);
    let content = match file.state {
        TakeoutState::Making { done, of } => {
            let bar = (of > 0).then(|| {
                view! { <progress class="progress" max=of.to_string() value=done.to_string() aria-label=said.clone()/> }
            });
            view! { <p class="lead" role="status">{said}</p>{bar}<div class="actions apart">{let_go(key::FILE_CANCEL)}</div> }
                .into_any()
        }
        TakeoutState::Ready { .. } => {
            let href = format!("{}/download", paths::file(file.place));
            view! {
                <p class="lead" role="status">{said}</p>
                <p class="measured">{text(key::FILE_READY_NEXT)}</p>
                <div class="actions apart">
                    <LinkButton text=text(key::FILE_DOWNLOAD) href/>
                    {let_go(key::FILE_DELETE)}
                </div>
            }
            .into_any()
        }
        TakeoutState::Failed(why) => view! {
            <Banner kind=Kind::Error kind_label=text(key::LAYOUT_KIND_ERROR) title=said>
                <p>{text(reason(why))}</p>
            </Banner>
            <div class="actions apart">{let_go(key::FILE_DELETE)}</div>
        }
        .into_any(),
    };
    let body = view! {
        <h1>{title.clone()}</h1>
        <p>{text(file_label(file.format))}</p>
        {content}
        <p><a class="way" href=paths::INFORMATION>{text(key::FILE_BACK)}</a></p>
    }
    .into_any();
    if matches!(file.state, TakeoutState::Making { .. }) {
        view! { <PortalPage here title trail renewed_after_s=RENEWED_AFTER_S>{body}</PortalPage> }.into_any()
    } else {
        view! { <PortalPage here title trail>{body}</PortalPage> }.into_any()
    }
}

fn reason(why: TakeoutFailure) -> wording::Key {
    match why {
        TakeoutFailure::Typesetter => key::FILE_FAILED_TYPESETTER,
        TakeoutFailure::Records => key::FILE_FAILED_RECORDS,
        TakeoutFailure::Internal => key::FILE_FAILED_INTERNAL,
        TakeoutFailure::Interrupted => key::FILE_FAILED_INTERRUPTED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;
    use domain::Locale;
    use portal::TakeoutFormat;

    fn page(state: TakeoutState) -> String {
        let here = testing::here(Locale::Ja, "/information/files/1000000", true);
        let file = Takeout { place: 1_000_000, format: TakeoutFormat::Archive, state };
        ui::render(|| view! { <File here file/> })
    }

    #[test]
    fn a_file_that_is_being_made_shows_how_far_and_can_be_cancelled() {
        let html = page(TakeoutState::Making { done: 3, of: 20 });
        assert!(html.contains("20のうち3"), "{html}");
        assert!(html.contains(r#"action="/information/files/1000000/cancel""#), "{html}");
        assert!(html.contains(r#"http-equiv="refresh" content="2""#), "{html}");
    }

    #[test]
    fn a_file_that_is_there_is_offered_and_the_page_rests() {
        let html = page(TakeoutState::Ready { bytes: 300_000 });
        assert!(html.contains(r#"href="/information/files/1000000/download""#), "{html}");
        assert!(!html.contains(r#"content="2""#), "{html}");
    }

    #[test]
    fn why_there_is_no_file_is_told() {
        assert!(page(TakeoutState::Failed(TakeoutFailure::Typesetter)).contains("PDF"));
    }
}

//! 保管: what a person keeps beyond the session, and for how long (P-PSH-7).

mod filter_form;
mod list;
mod notice;

use http::StatusCode;
use leptos::prelude::*;
use portal::{KEPT_AT_MOST, Kept, KeptError, KeptTotals, KeptWish, Portal, SignedIn, WishError};
use wording::key;

use self::filter_form::FilterForm;
use self::list::KeptList;
use super::answer;
use super::notices::{Places, Tab};
use crate::components::PortalPage;
use crate::context::Here;
use crate::paths;

pub(super) use notice::Refused;
pub(crate) use notice::kept;

/// The list at the address of 保管 among the notices.
pub(super) async fn shown(here: Here, who: SignedIn, portal: Portal) -> AnyView {
    // A wish that cannot be read shows everything, and says at the field what is wrong.
    let (wish, wrong) = match KeptWish::parse(here.query()) {
        Ok(wish) => (wish, None),
        Err(error) => {
            answer::set_status(StatusCode::BAD_REQUEST);
            (KeptWish::default(), Some(error))
        }
    };
    match portal.kept(&who, &wish, here.context.now).await {
        Ok(kept) => view! { <KeptNotices here wish wrong kept/> }.into_any(),
        Err(error) => failed(here, &error),
    }
}

fn failed(here: Here, error: &KeptError) -> AnyView {
    match error {
        KeptError::NotFound => answer::not_found(here),
        KeptError::Store(error) => answer::store_failed(here, error),
        KeptError::Key(_) | KeptError::Unopened(_) | KeptError::Unverified(_) => {
            answer::note(&here, error);
            answer::set_status(StatusCode::INTERNAL_SERVER_ERROR);
            view! { <Refused here/> }.into_any()
        }
    }
}

/// Of the list.
fn address(wish: &KeptWish) -> String {
    format!("{}?{}", paths::NOTICES, wish.to_query())
}

#[component]
pub(super) fn KeptNotices(here: Here, wish: KeptWish, wrong: Option<WishError>, kept: Kept) -> impl IntoView {
    let text = here.texts();
    let room = room(&here, kept.totals);
    view! {
        <PortalPage here=here.clone() title=text(key::KEPT_TITLE)>
            <h1>{text(key::KEPT_TITLE)}</h1>
            <p class="lead measured">{text(key::KEPT_LEAD)}</p>
            <Places here=here.clone() at=Tab::Kept counts=kept.counts kept=kept.totals.count/>
            <p class="measured">{room}</p>
            <FilterForm here=here.clone() wish=wish.clone() wrong senders=kept.senders.clone()/>
            <KeptList here=here.clone() wish kept/>
        </PortalPage>
    }
}

/// What is kept, and how much can be.
fn room(here: &Here, totals: KeptTotals) -> String {
    let used = tenths(totals.size);
    let most = KEPT_AT_MOST;
    let values = [
        ("count", totals.count.into()),
        ("used", used.as_str().into()),
        ("most", most.count.into()),
        ("room", (most.size / MEGABYTE).into()),
    ];
    here.format(key::KEPT_ROOM, &values)
}

const MEGABYTE: u64 = 1024 * 1024;

/// In megabytes; what is there is never nothing.
fn tenths(size: u64) -> String {
    let tenths = (size * 10).div_ceil(MEGABYTE);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
pub(super) mod tests;

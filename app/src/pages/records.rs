//! アクセス記録: newest first, one sentence a record, the basis as a line of its own (P-LOG-1…7).

mod filter_form;
mod list;

use http::StatusCode;
use jiff::tz::Offset;
use leptos::prelude::*;
use portal::{RecordsError, RecordsFilter, RecordsPage};
use ui::{Kind, LinkButton};
use wording::key;

use self::filter_form::FilterForm;
pub(super) use self::filter_form::Offer;
use self::list::RecordList;
pub(super) use self::list::kind;
use super::answer;
use crate::components::{PortalPage, ProblemBanner};
use crate::context::Here;
use crate::paths;

pub(crate) fn records() -> impl IntoView {
    answer::personal(|here, who, portal| async move {
        // A filter that cannot be read shows all records, and says at the field what is wrong.
        let (filter, wrong) = match RecordsFilter::parse(here.query()) {
            Ok(filter) => (filter, None),
            Err(error) => {
                answer::set_status(StatusCode::BAD_REQUEST);
                (RecordsFilter::default(), Some(error))
            }
        };
        match portal.access_records(&who, &filter).await {
            Ok(page) => {
                let offer = Offer {
                    filter,
                    wrong,
                    institutions: page.institutions.clone(),
                    info_kinds: page.info_kinds.clone(),
                };
                view! { <Records here offer page/> }.into_any()
            }
            Err(RecordsError::Store(error)) => answer::store_failed(here, &error),
            Err(RecordsError::FolderNotOpen) => answer::problem(here, StatusCode::FORBIDDEN, "folder-suspended"),
            Err(error) => failed(here, &error),
        }
    })
}

/// The page stays and says what is missing.
pub(super) fn failed(here: Here, error: &RecordsError) -> AnyView {
    answer::note(&here, error);
    answer::set_status(StatusCode::SERVICE_UNAVAILABLE);
    let case = match error {
        RecordsError::CodeEnded => "code-ended",
        RecordsError::FolderNotOpen => "folder-suspended",
        RecordsError::LinkageUnreachable(_) | RecordsError::Store(_) => "linkage-unreachable",
    };
    // Asking again helps against a silence, not against a code that has ended.
    let again = match error {
        RecordsError::CodeEnded | RecordsError::FolderNotOpen => {
            (here.text(key::PROBLEM_PAGE_HOME), paths::HOME.to_owned())
        }
        RecordsError::LinkageUnreachable(_) | RecordsError::Store(_) => {
            (here.text(key::RECORDS_RETRY), here.context.path_and_query.clone())
        }
    };
    view! {
        <PortalPage here=here.clone() title=here.text(key::RECORDS_TITLE)>
            <h1>{here.text(key::RECORDS_TITLE)}</h1>
            <ProblemBanner here=here.clone() kind=Kind::Warning case reference=true>
                <div class="actions"><LinkButton text=again.0 href=again.1/></div>
            </ProblemBanner>
        </PortalPage>
    }
    .into_any()
}

#[component]
pub(super) fn Records(here: Here, offer: Offer, page: RecordsPage) -> impl IntoView {
    let own = offer.filter.own_views;
    let lead = here.text(if own { key::RECORDS_OWN_LEAD } else { key::RECORDS_LEAD });
    let kept_since = page.kept_since.map(|since| {
        let date = wording::date_in(here.locale(), Offset::constant(9).to_datetime(since).date(), here.years());
        here.format(key::RECORDS_KEPT_SINCE, &[("date", date.into())])
    });
    view! {
        <PortalPage here=here.clone() title=here.text(key::RECORDS_TITLE)>
            <h1>{here.text(key::RECORDS_TITLE)}</h1>
            <p class="measured">{lead}</p>
            {kept_since.map(|text| view! { <p class="soft small">{text}</p> })}
            <FilterForm here=here.clone() offer=offer.clone()/>
            <OwnViews here=here.clone() own count=page.own_views/>
            <RecordList here=here.clone() filter=offer.filter page/>
        </PortalPage>
    }
}

/// The person's own views are grouped apart, one tap away (P-LOG-18).
#[component]
fn OwnViews(here: Here, own: bool, count: u64) -> impl IntoView {
    let link = if own {
        Some((paths::RECORDS.to_owned(), here.text(key::RECORDS_OWN_BACK)))
    } else if count > 0 {
        let text = here.format(key::RECORDS_OWN_SHOW, &[("count", count.into())]);
        Some((format!("{}?own=1", paths::RECORDS), text))
    } else {
        None
    };
    link.map(|(href, text)| view! { <p><a class="way" href=href>{text}</a></p> })
}

//! One access record: everything that its citizen may see, the legal basis explained in words, the reference number.

use domain::AccessRecordId;
use http::StatusCode;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portal::{RecordError, RecordsError};
use ui::{Chip, DescriptionList, Fact};
use wording::{RecordWords, key};

use super::answer;
use super::records::{failed, kind};
use crate::components::{PortalPage, Trail};
use crate::context::Here;
use crate::paths;

pub(crate) fn record() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get_str("id").map(str::parse::<AccessRecordId>));
    answer::personal(move |here, who, portal| async move {
        let Some(Ok(id)) = id else { return answer::not_found(here) };
        match portal.access_record(&who, id).await {
            Ok(record) => {
                let words = wording::record_in(here.locale(), &record, here.years());
                view! { <Record here words kind=kind(record.outcome)/> }.into_any()
            }
            Err(RecordError::NotFound) => answer::not_found(here),
            Err(RecordError::Records(RecordsError::Store(error))) => answer::store_failed(here, &error),
            Err(RecordError::Records(RecordsError::FolderNotOpen)) => {
                answer::problem(here, StatusCode::FORBIDDEN, "folder-suspended")
            }
            Err(RecordError::Records(error)) => failed(here, &error),
        }
    })
}

#[component]
pub(super) fn Record(here: Here, words: RecordWords, kind: ui::Kind) -> impl IntoView {
    let text = here.texts();
    let with_about = |name: String, about: String| view! { <p>{name}</p><p class="soft small">{about}</p> };
    let reference = view! {
        <p class="code">{words.reference_number}</p>
        <p class="soft small">{text(key::RECORD_REFERENCE_ABOUT)}</p>
    };
    let facts = vec![
        Fact::new(text(key::RECORD_WHEN), words.when),
        Fact::of(text(key::RECORD_REQUESTER), with_about(words.requester, words.requester_about)),
        Fact::of(text(key::RECORD_PROVIDER), with_about(words.provider, words.provider_about)),
        Fact::of(text(key::RECORD_KIND), with_about(words.info_kind, words.info_kind_about)),
        Fact::new(text(key::RECORD_BUSINESS), words.business),
        Fact::new(text(key::RECORD_CIRCUMSTANCE), words.circumstance),
        Fact::of(text(key::RECORD_OUTCOME), view! { <Chip kind text=words.outcome/> }),
        Fact::new(text(key::RECORD_BASIS), words.basis),
        Fact::new(text(key::RECORD_CONTACT), words.contact),
        Fact::of(text(key::RECORD_REFERENCE), reference),
    ];
    let explanation = words.explanation.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    view! {
        <PortalPage
            here=here.clone()
            title=text(key::RECORD_TITLE)
            trail=Trail::Below(text(key::RECORDS_TITLE), paths::RECORDS)
        >
            <h1>{text(key::RECORD_TITLE)}</h1>
            <p class="quote measured">{words.sentence}</p>
            <DescriptionList facts/>
            <h2>{text(key::RECORD_WHY)}</h2>
            <div class="notice-box measured">{explanation}</div>
            <p class="soft measured">{text(key::RECORD_NOT_HERE)}</p>
            <p class="soft measured on-screen">{text(key::RECORD_PRINT)}</p>
            <p><a class="way" href=paths::RECORDS>{text(key::RECORD_BACK)}</a></p>
        </PortalPage>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;
    use domain::{AccessRecord, Circumstance, Dictionary, Locale, Outcome};

    fn html(locale: Locale) -> String {
        let record = AccessRecord {
            id: [0xab; 16].into(),
            accessed_at: "2026-11-03T05:05:00Z".parse().unwrap(),
            bp: "nhi-premium-reduction".parse().unwrap(),
            whitelist_version: Some(1),
            circumstance: Circumstance::ByLaw,
            requester: "141003".parse().unwrap(),
            provider: "NTA".parse().unwrap(),
            info_kind: "income".parse().unwrap(),
            outcome: Outcome::Provided,
            dictionary: Dictionary::CURRENT,
        };
        let here = testing::here(locale, "/records/x", true);
        let words = wording::record(locale, &record);
        ui::render(|| view! { <Record here words kind=kind(Outcome::Provided)/> })
    }

    #[test]
    fn it_shows_every_item_that_its_citizen_may_see() {
        let html = html(Locale::Ja);
        for part in [
            "2026年11月3日（火）14時5分",
            "横浜市",
            "国税庁",
            "所得",
            "番号法",
            "abab-abab-abab-abab-abab-abab-abab-abab",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn it_answers_what_this_is() {
        let html = html(Locale::Ja);
        let (_, answer) = html.split_once("<h2>これは何ですか</h2>").unwrap();
        assert!(answer.matches("<p>").count() >= 3, "{answer}");
    }

    #[test]
    fn no_internal_code_reaches_the_screen() {
        for locale in Locale::ALL {
            let html = html(locale);
            for code in ["141003", "NTA", "nhi-premium-reduction"] {
                assert!(!html.contains(code), "{code} in {html}");
            }
        }
    }
}

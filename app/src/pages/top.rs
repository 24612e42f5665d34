//! トップ: what this is, and both ways in.

use domain::{AccessRecord, AccessRecordId, Circumstance, Dictionary, Outcome};
use leptos::prelude::*;
use ui::{ButtonLook, ButtonSize, LinkButton};
use wording::key;

use super::answer;
use crate::components::{PortalPage, Trail};
use crate::context::Here;
use crate::paths;

pub(crate) fn top() -> impl IntoView {
    answer::open(|here| view! { <Top here/> })
}

#[component]
pub(super) fn Top(here: Here) -> impl IntoView {
    let text = here.texts();
    let point = move |title, body| view! { <li><h3>{text(title)}</h3><p>{text(body)}</p></li> };
    let sample = sample(&here);
    let times = here.context.times;
    let idle = [("idle", here.duration(times.idle).into()), ("warning", here.duration(times.warning).into())];
    view! {
        <PortalPage here=here.clone() title=text(key::LAYOUT_SITE_NAME) trail=Trail::None>
            <section class="hero">
                <div class="hero-words">
                    <h1>{text(key::TOP_HEADING)}</h1>
                    <p class="lead">{text(key::TOP_LEAD)}</p>
                    <div class="actions"><WaysIn here=here.clone()/></div>
                </div>
                {sample}
            </section>

            <h2>{text(key::TOP_POINTS_TITLE)}</h2>
            <ul class="points" role="list">
                {point(key::TOP_POINT_READ_TITLE, key::TOP_POINT_READ_TEXT)}
                {point(key::TOP_POINT_BASIS_TITLE, key::TOP_POINT_BASIS_TEXT)}
                {point(key::TOP_POINT_REFUSED_TITLE, key::TOP_POINT_REFUSED_TEXT)}
            </ul>

            <div class="columns apart">
                <section class="flow">
                    <h2>{text(key::TOP_SAFETY_TITLE)}</h2>
                    <ul class="flow-tight">
                        <li>{text(key::TOP_SAFETY_PIN)}</li>
                        <li>{text(key::TOP_SAFETY_NUMBER)}</li>
                        <li>{text(key::TOP_SAFETY_RECORDS)}</li>
                        <li>{text(key::TOP_SAFETY_SELF)}</li>
                        <li>{here.format(key::TOP_SAFETY_IDLE, &idle)}</li>
                    </ul>
                </section>
                <section class="flow">
                    <h2>{text(key::TOP_NEED_TITLE)}</h2>
                    <ul class="flow-tight">
                        <li>{text(key::TOP_NEED_CARD)}</li>
                        <li>{text(key::TOP_NEED_PINS)}</li>
                        <li>{text(key::TOP_NEED_READER)}</li>
                    </ul>
                    <p><a class="way" href=paths::HELP>{text(key::TOP_NEED_HELP)}</a></p>
                </section>
            </div>
        </PortalPage>
    }
}

/// How a record reads, by the same words that will tell the real ones. Nobody's record.
fn sample(here: &Here) -> Option<impl IntoView + use<>> {
    let record = AccessRecord {
        id: AccessRecordId::from([0; 16]),
        accessed_at: "2026-11-03T05:05:00Z".parse().ok()?,
        bp: "nhi-premium-reduction".parse().ok()?,
        whitelist_version: Some(1),
        circumstance: Circumstance::ByLaw,
        requester: "141003".parse().ok()?,
        provider: "NTA".parse().ok()?,
        info_kind: "income".parse().ok()?,
        outcome: Outcome::Provided,
        dictionary: Dictionary::CURRENT,
    };
    let line = wording::record_line_in(here.locale(), &record, here.years());
    Some(view! {
        <div class="sample">
            <h2>{here.text(key::TOP_SAMPLE_TITLE)}</h2>
            <div class="record">
                <p class="record-sentence">{line.sentence}</p>
                <p class="record-basis">{line.basis_line}</p>
            </div>
        </div>
    })
}

#[component]
fn WaysIn(here: Here) -> impl IntoView {
    if here.signed_in {
        let home = here.text(key::PROBLEM_PAGE_HOME);
        return view! { <LinkButton text=home href=paths::HOME size=ButtonSize::Large/> }.into_any();
    }
    view! {
        <LinkButton text=here.text(key::TOP_LOGIN) href=paths::LOGIN size=ButtonSize::Large/>
        <LinkButton text=here.text(key::TOP_REGISTER) href=paths::REGISTER size=ButtonSize::Large look=ButtonLook::Outline/>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;
    use domain::Locale;

    #[test]
    fn both_ways_in_are_links() {
        let here = testing::here(Locale::Ja, "/", false);
        let html = ui::render(|| view! { <Top here/> });
        assert!(html.contains(r#"<a href="/login" "#), "{html}");
        assert!(html.contains(r#"<a href="/register" "#));
        assert!(html.contains("15分のあいだ操作がないと"));
    }

    #[test]
    fn the_example_reads_like_a_real_record() {
        let html = ui::render(|| view! { <Top here=testing::here(Locale::Ja, "/", false)/> });
        let sentence = "2026年11月3日14時5分、横浜市が、国民健康保険料の軽減に関する事務のため、あなたの所得の情報を国税庁に照会し、提供を受けました。";
        assert!(html.contains(sentence), "{html}");
    }

    #[test]
    fn the_first_page_needs_no_script() {
        let html = ui::render(|| view! { <Top here=testing::here(Locale::En, "/", false)/> });
        assert!(!html.contains("<script"), "{html}");
    }
}

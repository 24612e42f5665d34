//! The message that the last form left (Post/Redirect/Get), shown once.

use domain::OrgCode;
use leptos::prelude::*;
use portal::{Flash, FlashKind};
use ui::{Banner, Kind};
use wording::{Key, Value, key};

use crate::components::ProblemBanner;
use crate::context::Here;

/// Above the page's heading. Nothing when nothing was left.
#[component]
pub(crate) fn FlashBanner(here: Here) -> impl IntoView {
    let flash = here.context.flash.clone();
    flash.map(|flash| match flash.kind {
        FlashKind::Error => view! { <ProblemBanner kind=Kind::Error case=flash.message here/> }.into_any(),
        FlashKind::Warning => view! { <ProblemBanner kind=Kind::Warning case=flash.message here/> }.into_any(),
        FlashKind::Success => done(&here, &flash),
    })
}

fn done(here: &Here, flash: &Flash) -> AnyView {
    let [title, next] = ["", "-next"].map(|part| Key::find(&format!("flash-{}{part}", flash.message)));
    let values = values(here, flash);
    let values: Vec<(&str, Value<'_>)> = values.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    let next = next.map(|next| here.format(next, &values));
    let title = here.format(title.unwrap_or(key::LAYOUT_KIND_SUCCESS), &values);
    view! {
        <Banner kind=Kind::Success kind_label=here.text(key::LAYOUT_KIND_SUCCESS) title>
            {next.map(|text| view! { <p>{text}</p> })}
        </Banner>
    }
    .into_any()
}

fn values<'f>(here: &Here, flash: &'f Flash) -> Vec<(&'f str, String)> {
    let shown = |(name, value): (&'f String, &'f String)| {
        let institution: Option<OrgCode> = value.parse().ok().filter(|_| name == "institution");
        let value = institution.map_or_else(|| value.clone(), |org| wording::organisation(here.locale(), &org));
        (name.as_str(), value)
    };
    flash.values.iter().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;
    use domain::Locale;

    fn banner(flash: Flash) -> String {
        let here = testing::here(Locale::Ja, "/home", true);
        let context = crate::PageContext { flash: Some(flash), ..(*here.context).clone() };
        let here = Here { context: context.into(), ..here };
        ui::render(|| view! { <FlashBanner here/> })
    }

    #[test]
    fn success_says_what_was_done() {
        let html = banner(Flash::success("registered"));
        assert!(html.contains("利用者フォルダを開きました"), "{html}");
        assert!(html.contains(r#"role="status""#));
    }

    #[test]
    fn an_institution_is_named_and_a_number_stands_as_it_is() {
        let html = banner(Flash::success("report-sent").with("institution", "NTA").with("number", "7K3M-9QXP"));
        assert!(html.contains("国税庁に知らせました（受付番号 7K3M-9QXP）"), "{html}");
        assert!(!html.contains("NTA"));
    }

    #[test]
    fn a_refusal_says_what_happened_and_what_to_do_next() {
        let words = wording::error::CARD_LOCKED.words(Locale::Ja);
        let html = banner(Flash::error("card-locked"));
        for part in [words.title, words.what, words.next] {
            assert!(html.contains(&part), "{part} in {html}");
        }
        assert!(html.contains(r#"role="alert""#));
    }

    #[test]
    fn a_message_that_nobody_worded_still_says_something() {
        let html = banner(Flash::error("no-such-message"));
        assert!(html.contains("うまくいきませんでした"), "{html}");
        assert!(!html.contains("no-such-message"));
    }
}

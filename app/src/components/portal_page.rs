//! What every page of the portal has around it.

use domain::Locale;
use leptos::prelude::*;
use ui::{ButtonLook, ButtonSize, Crumb, Frame, Language, MenuLink, Page};
use wording::{Years, key};

use crate::components::island_loader::ended_path;
use crate::components::{Arrival, FlashBanner, IslandLoader, LogoutForm, Warning};
use crate::context::Here;
use crate::paths;

/// The way to a page.
#[derive(Clone, Debug, Default)]
pub(crate) enum Trail {
    /// First pages and error pages have none.
    None,
    /// One step below the first page.
    #[default]
    Here,
    /// Below another page: its name and address.
    Below(String, &'static str),
}

/// A page of the portal in the language of the request, with the message that the last form left.
#[component]
pub(crate) fn PortalPage(
    here: Here,
    #[prop(into)] title: String,
    #[prop(optional)] trail: Trail,
    /// The page asks for itself again after this long.
    #[prop(optional)]
    renewed_after_s: Option<u32>,
    /// The page has a place of its own for what arrives; any other says it at the edge of what the reader sees.
    #[prop(optional)]
    tells_arrivals: bool,
    children: Children,
) -> impl IntoView {
    let breadcrumbs = breadcrumbs(&here, trail, &title);
    let head = head(&here, renewed_after_s).into_any();
    let session = here
        .signed_in
        .then(|| view! { <LogoutForm here=here.clone() size=ButtonSize::Small look=ButtonLook::Outline/> }.into_any());
    let arrival = (here.signed_in && !tells_arrivals).then(|| view! { <Arrival here=here.clone()/> }.into_any());
    let after = here
        .context
        .session_left
        .is_some()
        .then(|| view! { <Warning here=here.clone()/><IslandLoader here=here.clone()/> }.into_any());
    view! {
        <Page frame=frame(&here) title breadcrumbs head=Some(head) session tail=after>
            <FlashBanner here/>
            {children()}
            {arrival}
        </Page>
    }
}

fn frame(here: &Here) -> Frame {
    let home_href = if here.signed_in { paths::HOME } else { paths::TOP };
    let named = |text: String, path: &'static str| MenuLink {
        text,
        href: path.to_owned(),
        current: here.path() == path
            || here.path().strip_prefix(path).is_some_and(|rest| rest.starts_with('/') && path != "/"),
    };
    let link = |text, path: &'static str| named(here.text(text), path);
    let notices = match (here.context.unread, here.context.urgent) {
        (None | Some(0), _) => here.text(key::LAYOUT_MENU_NOTICES),
        (Some(unread), 0) => here.format(key::LAYOUT_MENU_NOTICES_UNREAD, &[("count", unread.into())]),
        (Some(unread), urgent) => {
            here.format(key::LAYOUT_MENU_NOTICES_URGENT, &[("urgent", urgent.into()), ("count", unread.into())])
        }
    };
    let menu = if here.context.path_and_query.is_empty() {
        // An error page does not know who looks at it.
        vec![link(key::LAYOUT_MENU_HELP, paths::HELP)]
    } else if here.signed_in {
        vec![
            link(key::LAYOUT_MENU_HOME, paths::HOME),
            link(key::LAYOUT_MENU_RECORDS, paths::RECORDS),
            link(key::LAYOUT_MENU_INFORMATION, paths::INFORMATION),
            named(notices, paths::NOTICES),
            link(key::LAYOUT_MENU_HISTORY, paths::HISTORY),
            link(key::LAYOUT_MENU_HELP, paths::HELP),
        ]
    } else {
        vec![
            link(key::LAYOUT_MENU_LOGIN, paths::LOGIN),
            link(key::LAYOUT_MENU_REGISTER, paths::REGISTER),
            link(key::LAYOUT_MENU_HELP, paths::HELP),
        ]
    };
    Frame {
        lang: here.locale().html_lang(),
        site_name: here.text(key::LAYOUT_SITE_NAME),
        home_href: home_href.to_owned(),
        stylesheet_href: here.context.assets.css.clone(),
        nonce: Some(here.context.nonce.clone()),
        skip_link: here.text(key::LAYOUT_SKIP),
        languages_label: here.text(key::LAYOUT_LANGUAGES),
        languages: languages(here),
        menu_label: here.text(key::LAYOUT_MENU),
        menu,
        breadcrumb_label: here.text(key::LAYOUT_BREADCRUMB),
        footer_links: [
            link(key::LAYOUT_MENU_HELP, paths::HELP),
            link(key::LAYOUT_MENU_ACCESSIBILITY, paths::ACCESSIBILITY),
        ]
        .into_iter()
        .chain(years(here))
        .collect(),
        footer_notes: if here.context.demo { vec![here.text(key::LAYOUT_DEMO)] } else { Vec::new() },
    }
}

/// None where the page has no address of its own to come back to.
fn languages(here: &Here) -> Vec<Language> {
    if here.context.path_and_query.is_empty() {
        return Vec::new();
    }
    let language = |locale: Locale| Language {
        text: here.text(match locale {
            Locale::Ja => key::LAYOUT_LANGUAGE_JA,
            Locale::JaEasy => key::LAYOUT_LANGUAGE_JA_EASY,
            Locale::En => key::LAYOUT_LANGUAGE_EN,
        }),
        lang: locale.html_lang(),
        href: here.in_language(locale),
        current: locale == here.locale(),
    };
    Locale::ALL.into_iter().map(language).collect()
}

/// 西暦 alone, or 和暦 beside it. やさしい日本語 never shows era years, and a page without an address cannot come back.
fn years(here: &Here) -> Option<MenuLink> {
    let (text, other) = match here.years() {
        Years::Western => (key::LAYOUT_YEARS_ERA, Years::WithEra),
        Years::WithEra => (key::LAYOUT_YEARS_WESTERN, Years::Western),
    };
    let offered = here.locale() != Locale::JaEasy && !here.context.path_and_query.is_empty();
    offered.then(|| MenuLink { text: here.text(text), href: here.in_years(other), current: false })
}

fn breadcrumbs(here: &Here, trail: Trail, title: &str) -> Vec<Crumb> {
    let (root, root_href) =
        if here.signed_in { (key::LAYOUT_MENU_HOME, paths::HOME) } else { (key::LAYOUT_MENU_TOP, paths::TOP) };
    let root = Crumb { text: here.text(root), href: Some(root_href.to_owned()) };
    let this = Crumb { text: title.to_owned(), href: None };
    match trail {
        Trail::None => Vec::new(),
        Trail::Here => vec![root, this],
        Trail::Below(text, href) => vec![root, Crumb { text, href: Some(href.to_owned()) }, this],
    }
}

fn head(here: &Here, renewed_after_s: Option<u32>) -> impl IntoView + use<> {
    let personal = here.signed_in;
    // In `noscript`: with script the session warning decides, and may have been answered by 「続けて使う」.
    let leave = here.context.session_left.map(|left| {
        let content = format!("{};url={}", left.as_secs(), ended_path(here));
        view! { <noscript><meta http-equiv="refresh" content=content/></noscript> }
    });
    view! {
        <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
        <link rel="alternate icon" href="/favicon.ico" sizes="32x32"/>
        <link rel="apple-touch-icon" href="/icon-180.png"/>
        <link rel="manifest" href="/manifest.webmanifest"/>
        {personal.then(|| view! { <meta name="robots" content="noindex"/> })}
        {renewed_after_s.map(|after_s| view! { <meta http-equiv="refresh" content=after_s.to_string()/> })}
        {leave}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;

    /// How many places a page has where an arrival is told.
    fn places(signed_in: bool, tells_arrivals: bool) -> usize {
        let here = testing::here(Locale::Ja, "/records", signed_in);
        let page = ui::render(move || {
            view! { <PortalPage here title="記録" tells_arrivals><h1>"記録"</h1></PortalPage> }
        });
        page.matches(crate::islands::arrival::URGENT_REGION).count()
    }

    #[test]
    fn whatever_page_lies_open_says_what_arrives_to_whoever_is_logged_in() {
        assert!(places(true, false) > 0);
        assert_eq!((places(true, true), places(false, false)), (0, 0));
    }
}

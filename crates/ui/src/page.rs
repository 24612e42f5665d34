use leptos::prelude::*;

use crate::{Mark, Markup};

/// A language in the language menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// The language's own name for itself.
    pub text: String,
    /// What HTML's `lang` says of that name.
    pub lang: &'static str,
    /// The same page in that language.
    pub href: String,
    /// The page is in this language.
    pub current: bool,
}

/// A link of the menu or of the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuLink {
    /// Words.
    pub text: String,
    /// Where to.
    pub href: String,
    /// We are there.
    pub current: bool,
}

/// A place on the way to this page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// Words.
    pub text: String,
    /// Where to; None for this page itself.
    pub href: Option<String>,
}

/// What all pages of a program have around them: ready text only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// HTML's `lang`.
    pub lang: &'static str,
    /// Name of the program.
    pub site_name: String,
    /// Where the name leads.
    pub home_href: String,
    /// Address of the stylesheet.
    pub stylesheet_href: String,
    /// Marks the stylesheet for a Content-Security-Policy that goes by nonce.
    pub nonce: Option<String>,
    /// Words of the skip link.
    pub skip_link: String,
    /// Name of the language menu; leave `languages` empty for none.
    pub languages_label: String,
    /// The languages.
    pub languages: Vec<Language>,
    /// Name of the menu; leave `menu` empty for none.
    pub menu_label: String,
    /// The menu.
    pub menu: Vec<MenuLink>,
    /// Name of the breadcrumbs.
    pub breadcrumb_label: String,
    /// Links of the footer.
    pub footer_links: Vec<MenuLink>,
    /// Lines of the footer.
    pub footer_notes: Vec<String>,
}

/// A whole HTML document. One per page, outermost.
#[component]
pub fn Page(
    /// Around the page.
    frame: Frame,
    /// Title of the page, without the program's name.
    #[prop(into)]
    title: String,
    /// The way to this page, itself last. Empty for none.
    #[prop(optional)]
    breadcrumbs: Vec<Crumb>,
    /// More for the `<head>`: icons, scripts.
    #[prop(optional_no_strip)]
    head: Option<AnyView>,
    /// Beside the program's name: the way out of a session.
    #[prop(optional_no_strip)]
    session: Option<AnyView>,
    /// After everything: dialogs, scripts.
    #[prop(optional_no_strip)]
    tail: Option<AnyView>,
    /// The main part; its first heading is the `h1`.
    children: Children,
) -> impl IntoView {
    let title = if title == frame.site_name { title } else { format!("{title} | {}", frame.site_name) };
    view! {
        <!DOCTYPE html>
        <html lang=frame.lang>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="format-detection" content="telephone=no"/>
                <title>{title}</title>
                <link rel="stylesheet" href=frame.stylesheet_href nonce=frame.nonce/>
                {head}
            </head>
            <body>
                <a class="skip-link" href="#main">{frame.skip_link}</a>
                <header class="site-header">
                    <Languages label=frame.languages_label languages=frame.languages/>
                    <div class="wrap site-bar">
                        <a class="brand" href=frame.home_href>
                            <Mark/>
                            {frame.site_name}
                        </a>
                        {session}
                    </div>
                    <Menu label=frame.menu_label links=frame.menu/>
                </header>
                <Breadcrumbs label=frame.breadcrumb_label crumbs=breadcrumbs/>
                <main class="wrap site-main flow" id="main" tabindex="-1">{children()}</main>
                <Footer links=frame.footer_links notes=frame.footer_notes/>
                {tail}
            </body>
        </html>
    }
}

// Written straight into one text each: they stand on every page, and nothing in them ever changes in the browser.

#[component]
fn Languages(label: String, languages: Vec<Language>) -> impl IntoView {
    (!languages.is_empty()).then(|| {
        let mut list = Markup::default();
        list.element("ul", &[("class", "wrap"), ("role", "list")], |list| {
            for language in &languages {
                list.element("li", &[("lang", language.lang)], |item| {
                    if language.current {
                        item.text_element("span", &[("aria-current", "true")], &language.text);
                    } else {
                        item.text_element(
                            "a",
                            &[("href", &language.href), ("hreflang", language.lang)],
                            &language.text,
                        );
                    }
                });
            }
        });
        view! { <nav class="site-languages" aria-label=label inner_html=list.into_html()></nav> }
    })
}

#[component]
fn Menu(label: String, links: Vec<MenuLink>) -> impl IntoView {
    (!links.is_empty()).then(|| {
        let mut list = Markup::default();
        push_links(&mut list, &links);
        view! { <nav class="wrap site-menu" aria-label=label inner_html=list.into_html()></nav> }
    })
}

fn push_links(list: &mut Markup, links: &[MenuLink]) {
    list.element("ul", &[("role", "list")], |list| {
        for link in links {
            let place = [("href", link.href.as_str()), ("aria-current", "page")];
            let (elsewhere, _) = place.split_at(1);
            let attributes = if link.current { &place[..] } else { elsewhere };
            list.element("li", &[], |item| item.text_element("a", attributes, &link.text));
        }
    });
}

#[component]
fn Breadcrumbs(label: String, crumbs: Vec<Crumb>) -> impl IntoView {
    (!crumbs.is_empty()).then(|| {
        let mut list = Markup::default();
        list.element("ol", &[], |list| {
            for crumb in &crumbs {
                match &crumb.href {
                    Some(href) => {
                        list.element("li", &[], |item| item.text_element("a", &[("href", href)], &crumb.text));
                    }
                    None => list.text_element("li", &[("aria-current", "page")], &crumb.text),
                }
            }
        });
        view! { <nav class="wrap breadcrumb" aria-label=label inner_html=list.into_html()></nav> }
    })
}

#[component]
fn Footer(links: Vec<MenuLink>, notes: Vec<String>) -> impl IntoView {
    (!links.is_empty() || !notes.is_empty()).then(|| {
        let mut inside = Markup::default();
        inside.element("div", &[("class", "wrap")], |inside| {
            push_links(inside, &links);
            for note in &notes {
                inside.text_element("p", &[], note);
            }
        });
        view! { <footer class="site-footer" inner_html=inside.into_html()></footer> }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render;

    fn frame() -> Frame {
        Frame {
            lang: "ja",
            site_name: "マイ・ポータル".into(),
            home_href: "/".into(),
            stylesheet_href: "/style.css".into(),
            skip_link: "本文へ".into(),
            languages_label: "言語".into(),
            languages: vec![
                Language { text: "日本語".into(), lang: "ja", href: "?lang=ja".into(), current: true },
                Language { text: "English".into(), lang: "en", href: "?lang=en".into(), current: false },
            ],
            menu_label: "メニュー".into(),
            menu: vec![MenuLink { text: "ホーム".into(), href: "/home".into(), current: true }],
            breadcrumb_label: "現在位置".into(),
            ..Frame::default()
        }
    }

    fn page() -> String {
        let crumb = |text: &str, href: Option<&str>| Crumb { text: text.into(), href: href.map(Into::into) };
        let breadcrumbs = vec![crumb("ホーム", Some("/home")), crumb("記録", None)];
        render(|| {
            view! { <Page frame=frame() title="記録" breadcrumbs head=None session=None tail=None><h1>"記録"</h1></Page> }
        })
    }

    #[test]
    fn a_page_is_a_whole_document_in_its_language() {
        let html = page();
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"ja\">"), "{html}");
        assert!(html.contains("<title>記録 | マイ・ポータル</title>"));
        assert!(html.trim_end().ends_with("</html>"));
    }

    #[test]
    fn the_skip_link_is_first_and_leads_to_main() {
        let html = page();
        let body = &html[html.find("<body>").unwrap()..];
        assert!(body.starts_with(r##"<body><a href="#main" class="skip-link">"##), "{body}");
        assert!(html.contains(r#"id="main""#));
    }

    #[test]
    fn the_present_place_is_said() {
        let html = page();
        assert!(html.contains(r#"<a href="/home" aria-current="page">ホーム</a>"#));
        assert!(html.contains(r#"<li aria-current="page">記録</li>"#));
        assert!(html.contains(r#"<li lang="ja"><span aria-current="true">日本語</span></li>"#), "{html}");
        assert!(html.contains(r#"hreflang="en""#));
    }

    #[test]
    fn no_element_has_a_style_of_its_own() {
        assert!(!page().contains("style="));
        assert!(!page().contains("<style"));
    }
}

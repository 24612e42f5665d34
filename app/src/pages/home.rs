//! ホーム: the first page after login. No name: the authentication certificate has none (N-22).

use leptos::prelude::*;
use portal::{Home, NoticeSummary};
use ui::{Banner, Card, Cards, Kind};
use wording::key;

use super::answer;
use crate::components::{Arrival, LogoutForm, PortalPage, Trail, UrgentNotices};
use crate::context::Here;
use crate::paths;

pub(crate) fn home() -> impl IntoView {
    answer::personal(|here, who, portal| async move {
        let home = portal.home(&who).await;
        // Home stands without them: what is wrong with the notices is said on their own page.
        let notices = match portal.notice_summary(&who, here.context.now).await {
            Ok(notices) => Some(notices),
            Err(error) => {
                answer::note(&here, &error);
                None
            }
        };
        view! { <HomeView here home notices/> }.into_any()
    })
}

#[component]
pub(super) fn HomeView(here: Here, home: Home, notices: Option<NoticeSummary>) -> impl IntoView {
    let text = here.texts();
    let previous = match home.previous_login_at {
        Some(at) => view! { <time datetime=at.to_string()>{here.when(at)}</time> }.into_any(),
        None => text(key::HOME_FIRST).into_any(),
    };
    let failed = (home.failed_logins_since > 0)
        .then(|| here.format(key::HOME_FAILED, &[("count", home.failed_logins_since.into())]));
    let ends =
        home.certificate_ends_at.map(|at| here.format(key::HOME_CERTIFICATE_ENDS, &[("when", here.when(at).into())]));
    let ends_label = text(key::LAYOUT_KIND_WARNING);
    let waiting = waiting(&here, notices.as_ref());
    let urgent = notices.map(|notices| notices.urgent).unwrap_or_default();
    let coming = move || text(key::LAYOUT_NOT_YET);
    let label = text(key::LAYOUT_KIND_WARNING);
    let info = text(key::LAYOUT_KIND_INFO);
    view! {
        <PortalPage here=here.clone() title=text(key::HOME_TITLE) trail=Trail::None tells_arrivals=true>
            <h1>{text(key::HOME_HEADING)}</h1>
            <UrgentNotices here=here.clone() urgent/>
            <Arrival here=here.clone()/>
            {failed.map(|title| {
                view! { <Banner kind=Kind::Warning kind_label=label title><p>{text(key::HOME_FAILED_NEXT)}</p></Banner> }
            })}
            {ends.map(|title| {
                view! {
                    <Banner kind=Kind::Warning kind_label=ends_label title><p>{text(key::HOME_CERTIFICATE_ENDS_NEXT)}</p></Banner>
                }
            })}
            <div class="last-login">
                <dl>
                    <dt>{text(key::HOME_PREVIOUS)}</dt>
                    <dd>{previous}</dd>
                </dl>
                <a href=paths::HISTORY>{text(key::HOME_HISTORY)}</a>
            </div>
            {home.shared_device.then(|| {
                view! {
                    <Banner kind=Kind::Info kind_label=info title=text(key::HOME_SHARED)>
                        <p>{text(key::HOME_SHARED_NEXT)}</p>
                    </Banner>
                }
            })}
            <h2>{text(key::HOME_FUNCTIONS)}</h2>
            <Cards>
                <Card title=text(key::HOME_RECORDS_TITLE) text=text(key::HOME_RECORDS_TEXT) href=paths::RECORDS/>
                <Card title=text(key::HOME_INFO_TITLE) text=text(key::HOME_INFO_TEXT) href=paths::INFORMATION/>
                <Card title=text(key::HOME_PROCEDURES_TITLE) text=text(key::HOME_PROCEDURES_TEXT) state=coming()/>
                <Card title=text(key::HOME_NOTICES_TITLE) text=waiting href=paths::NOTICES/>
            </Cards>
            <h2>{text(key::HOME_SETTINGS)}</h2>
            <p><a class="way" href=paths::ALERTS>{text(key::ALERTS_TITLE)}</a></p>
            <p><a class="way" href=paths::FOLDER>{text(key::HOME_FOLDER)}</a></p>
            <h2>{text(key::HOME_DONE)}</h2>
            <p class="measured">{text(key::HOME_DONE_TEXT)}</p>
            <div class="actions"><LogoutForm here=here.clone() look=ui::ButtonLook::Outline/></div>
        </PortalPage>
    }
}

/// How many notices are unread, and how many wait for the person.
fn waiting(here: &Here, notices: Option<&NoticeSummary>) -> String {
    match notices {
        None => here.text(key::HOME_NOTICES_TEXT),
        Some(NoticeSummary { counts, .. }) if counts.unopened == 0 && counts.to_do == 0 => {
            here.text(key::HOME_NOTICES_NONE)
        }
        Some(NoticeSummary { counts, .. }) => {
            here.format(key::HOME_NOTICES_COUNT, &[("unread", counts.unopened.into()), ("todo", counts.to_do.into())])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;
    use domain::Locale;

    fn page(home: Home) -> String {
        let here = testing::here(Locale::Ja, "/home", true);
        ui::render(|| view! { <HomeView here home notices=Some(NoticeSummary::default())/> })
    }

    const FIRST: Home =
        Home { previous_login_at: None, failed_logins_since: 0, certificate_ends_at: None, shared_device: false };

    #[test]
    fn the_first_login_says_so() {
        assert!(page(FIRST).contains("<dd>はじめてのログインです</dd>"));
    }

    #[test]
    fn the_login_before_this_one_is_shown_in_japan_time() {
        let home = Home { previous_login_at: Some("2026-11-02T05:05:00Z".parse().unwrap()), ..FIRST };
        assert!(page(home).contains(">2026年11月2日（月）14時5分</time></dd>"));
    }

    #[test]
    fn what_is_not_there_yet_is_marked_and_leads_nowhere() {
        let html = page(FIRST);
        assert_eq!(html.matches("準備中").count(), 1);
        assert!(html.contains(r#"<a href="/records">アクセス記録</a>"#), "{html}");
        assert!(html.contains(r#"<a href="/information">わたしの情報</a>"#), "{html}");
        assert!(html.contains(r#"<a href="/notices">お知らせ</a>"#), "{html}");
        assert!(!html.contains("/procedures"));
    }

    #[test]
    fn unread_notices_and_what_is_to_do_are_counted() {
        let here = testing::here(Locale::Ja, "/home", true);
        let told = |unopened, to_do| {
            let counts = portal::NoticeCounts { unopened, inbox: 5, to_do, ..portal::NoticeCounts::default() };
            waiting(&here, Some(&NoticeSummary { counts, urgent: portal::Urgent::default() }))
        };
        assert_eq!(told(2, 1), "未読が2件、やることが1件あります。");
        assert_eq!(told(0, 21), "未読が0件、やることが21件あります。");
        assert_eq!(waiting(&here, Some(&NoticeSummary::default())), "読んでいないお知らせは、ありません。");
        assert_eq!(waiting(&here, None), "機関からあなたへのお知らせを受け取れます。");
    }

    #[test]
    fn an_emergency_stands_before_everything_else() {
        let here = testing::here(Locale::Ja, "/home", true).with_unread(Some(3), 1);
        let emergency = crate::pages::notices::tests::emergency();
        let urgent = portal::Urgent { notices: vec![emergency], more: false };
        let notices = Some(NoticeSummary { urgent, ..NoticeSummary::default() });
        let html = ui::render(|| view! { <HomeView here home=FIRST notices/> });
        let at = |part: &str| html.find(part).unwrap_or_else(|| panic!("{part} in {html}"));
        assert!(at("</h1>") < at("緊急のお知らせ（1件）") && at("緊急のお知らせ（1件）") < at("前回のログイン"));
        assert!(html.contains(r#"role="alert""#) && html.contains(r#"href="/notices/8""#), "{html}");
        assert!(html.contains("お知らせ（緊急1件、未読3件）"), "{html}");
    }

    #[test]
    fn a_certificate_that_ends_soon_is_said_with_what_to_do() {
        let end = Some("2026-12-01T05:05:00Z".parse().unwrap());
        let html = page(Home { certificate_ends_at: end, ..FIRST });
        assert!(html.contains("2026年12月1日") && html.contains("窓口で更新すると"), "{html}");
        assert!(!page(FIRST).contains("窓口で更新すると"));
    }

    #[test]
    fn refused_logins_since_then_are_told() {
        assert!(page(Home { failed_logins_since: 2, ..FIRST }).contains("断られたログインが2件あります"));
        assert!(!page(FIRST).contains("断られたログイン"));
    }

    #[test]
    fn without_script_the_page_leaves_at_the_idle_end() {
        let html = page(FIRST);
        let refresh =
            r#"<noscript><meta http-equiv="refresh" content="900;url=/signed-out?why=ended&amp;return_to=/home""#;
        assert!(html.contains(refresh), "{html}");
    }

    #[test]
    fn logout_is_a_post() {
        assert!(page(FIRST).contains(r#"<form method="post" action="/logout">"#));
    }
}

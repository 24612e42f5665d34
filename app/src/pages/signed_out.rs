//! After a session: why it ended, and that nothing is left.

use leptos::prelude::*;
use portal::Receipt;
use ui::{ButtonLook, LinkButton};
use wording::key;

use super::answer;
use super::login::return_to;
use crate::components::{PortalPage, Trail};
use crate::context::Here;
use crate::paths;

pub(crate) fn signed_out() -> impl IntoView {
    answer::open(|here| view! { <SignedOut here/> })
}

#[component]
pub(super) fn SignedOut(here: Here) -> impl IntoView {
    let times = here.context.times;
    let why = why(here.query());
    let (title, lead) = match why {
        Why::Logout => (key::SIGNED_OUT_TITLE, here.text(key::SIGNED_OUT_LEAD)),
        Why::Suspended => (key::SIGNED_OUT_SUSPENDED_TITLE, here.text(key::SIGNED_OUT_SUSPENDED_LEAD)),
        Why::Closed => (key::SIGNED_OUT_CLOSED_TITLE, here.text(key::SIGNED_OUT_CLOSED_LEAD)),
        Why::Ended => {
            let values =
                [("idle", here.duration(times.idle).into()), ("absolute", here.duration(times.absolute).into())];
            (key::SIGNED_OUT_ENDED_TITLE, here.format(key::SIGNED_OUT_ENDED_LEAD, &values))
        }
    };
    let title = here.text(title);
    // Who suspended or closed the folder cannot log in: a new registration opens one again.
    let (records, again, way) = match why {
        Why::Suspended | Why::Closed => {
            (key::SIGNED_OUT_RECORDS_REGISTER, key::SIGNED_OUT_REGISTER, paths::REGISTER.to_owned())
        }
        Why::Logout | Why::Ended => (key::SIGNED_OUT_RECORDS, key::SIGNED_OUT_AGAIN, login(&here)),
    };
    view! {
        <PortalPage here=here.clone() title=title.clone() trail=Trail::None>
            <h1>{title}</h1>
            <p class="lead measured">{lead}</p>
            {here.context.receipt.as_ref().map(|logged| erased(&here, &logged.receipt))}
            <ul class="flow-tight measured">
                <li>{here.text(records)}</li>
                <li>{here.text(key::SIGNED_OUT_CARD_REMINDER)}</li>
            </ul>
            <div class="actions apart">
                <LinkButton text=here.text(again) href=way/>
                <LinkButton text=here.text(key::SIGNED_OUT_TOP) href=paths::TOP look=ButtonLook::Outline/>
            </div>
        </PortalPage>
    }
}

/// Where a login goes on from.
fn login(here: &Here) -> String {
    match return_to(here.query()) {
        Some(path) => format!("{}?return_to={path}", paths::LOGIN),
        None => paths::LOGIN.to_owned(),
    }
}

/// What was erased, and the receipt for it (P-INF-8).
fn erased(here: &Here, receipt: &Receipt) -> impl IntoView + use<> {
    // What a person cares for comes first.
    let lines = receipt
        .classes()
        .iter()
        .rev()
        .map(|line| {
            let key = match String::from(line.class.clone()).as_str() {
                "answer" => key::SIGNED_OUT_ERASED_ANSWER,
                "export" => key::SIGNED_OUT_ERASED_EXPORT,
                "notice" => key::SIGNED_OUT_ERASED_NOTICE,
                "kept-notice" => key::SIGNED_OUT_ERASED_KEPT,
                "alert-address" => key::SIGNED_OUT_ERASED_ALERT,
                "folder" => key::SIGNED_OUT_ERASED_FOLDER,
                "login" => key::SIGNED_OUT_ERASED_LOGIN,
                "certificate" => key::SIGNED_OUT_ERASED_CERTIFICATE,
                _ => key::SIGNED_OUT_ERASED_QUESTION,
            };
            view! { <li>{here.format(key, &[("count", line.count.into())])}</li> }
        })
        .collect_view();
    let (file, proof) = (paths::receipt(&receipt.id()), paths::receipt_proof(&receipt.id()));
    let when = here.format(key::SIGNED_OUT_ERASED_AT, &[("when", here.when(receipt.at()).into())]);
    let text = here.texts();
    view! {
        <section class="notice-box measured">
            <h2>{text(key::SIGNED_OUT_ERASED)}</h2>
            <p>{when}</p>
            <ul class="flow-tight">{lines}</ul>
            <p>{text(key::SIGNED_OUT_RECEIPT_LEAD)}</p>
            <ul class="flow-tight">
                <li><a href=file>{text(key::SIGNED_OUT_RECEIPT)}</a></li>
                <li><a href=proof>{text(key::SIGNED_OUT_PROOF)}</a></li>
            </ul>
        </section>
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    Logout,
    /// The person suspended the folder.
    Suspended,
    /// The person closed the folder.
    Closed,
    /// Idle, or twelve hours, or gone from the server.
    Ended,
}

fn why(query: &str) -> Why {
    let mut values = query.split('&').filter_map(|pair| pair.strip_prefix("why="));
    match values.next() {
        Some("ended") => Why::Ended,
        Some("suspended") => Why::Suspended,
        Some("closed") => Why::Closed,
        _ => Why::Logout,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PageContext;
    use crate::context::testing;
    use domain::Locale;
    use portal::{ClassCount, Commitment, LogIndex, LoggedReceipt, PurgeReason};

    fn page(address: &str) -> String {
        let here = testing::here(Locale::Ja, address, false);
        ui::render(|| view! { <SignedOut here/> })
    }

    #[test]
    fn the_reason_is_told() {
        assert!(page("/signed-out?why=logout").contains("<h1>ログアウトしました</h1>"));
        assert!(page("/signed-out?why=ended").contains("15分のあいだ操作がないとき"));
    }

    #[test]
    fn who_suspended_or_closed_the_folder_is_led_to_the_registration() {
        for why in ["suspended", "closed"] {
            let html = page(&format!("/signed-out?why={why}"));
            assert!(html.contains("もう一度利用者登録をする</a>"), "{html}");
            assert!(html.contains("もう一度利用者登録をすると、また見られます"), "{html}");
            assert!(!html.contains("もう一度ログインする"), "{html}");
        }
        assert!(page("/signed-out?why=logout").contains("もう一度ログインする"));
    }

    #[test]
    fn what_was_erased_is_listed_with_its_receipt() {
        let classes = vec![
            ClassCount { class: "question".parse().unwrap(), count: 2, commitments: Vec::new() },
            ClassCount { class: "answer".parse().unwrap(), count: 12, commitments: vec![Commitment([1; 32])] },
            ClassCount { class: "notice".parse().unwrap(), count: 3, commitments: Vec::new() },
        ];
        let at = "2026-11-03T05:05:00Z".parse().unwrap();
        let receipt = Receipt::new([0xab; 16].into(), at, PurgeReason::Logout, classes);
        let mut here = testing::here(Locale::Ja, "/signed-out?why=logout", false);
        let context =
            PageContext { receipt: Some(LoggedReceipt { index: LogIndex(0), receipt }), ..(*here.context).clone() };
        here.context = context.into();
        let html = ui::render(|| view! { <SignedOut here/> });
        for part in [
            "取り寄せた情報 12件",
            "<li>お知らせ 3件</li>",
            "2026年11月3日（火）14時5分",
            "/receipts/abababababababababababababababab",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn the_login_leads_back_to_the_place() {
        let html = page("/signed-out?why=ended&return_to=%2Frecords%3Fpage%3D2");
        assert!(html.contains("/login?return_to=%2Frecords%3Fpage%3D2"), "{html}");
    }
}

//! お知らせ: the list in its places, and single notices.

use domain::Locale;
use leptos::prelude::*;
use portal::{Flash, Inbox, LetterId, OpenedKept, OpenedNotice, ToDo, Urgent};

use super::{Shown, with_flash};
use crate::context::testing;
use crate::pages::kept::{Refused as KeptRefused, tests as kept};
use crate::pages::notice::tests::{opened, page as notice_page};
use crate::pages::notice::{Notice, Refusal, Refused};
use crate::pages::notices::tests::{none, page, some};
use crate::pages::reply;

pub(super) fn pages_in(locale: Locale) -> Vec<Shown> {
    let personal = |address: &str| testing::here(locale, address, true);
    let shown = |name, html| Shown { name, locale, html };
    let plain = || Inbox { to_do: ToDo::default(), ..some() };
    vec![
        shown("notices", page(locale, "", some())),
        shown("notices-filtered", page(locale, "sender=141003&unread=yes&words=a", plain())),
        shown("notices-wrong", page(locale, "kind=spam", some())),
        shown("notices-bin", page(locale, "place=bin", plain())),
        shown("notices-empty", page(locale, "", none())),
        shown("notices-none", page(locale, "state=unread", none())),
        shown(
            "notices-urgent-only",
            page(locale, "", {
                let urgent = some().urgent.notices.into_iter().cycle().take(2).collect();
                Inbox { urgent: Urgent { notices: urgent, more: true }, ..none() }
            }),
        ),
        shown("notice", notice_page(locale, "", opened(), false)),
        shown("notice-withdrawn", {
            let mut opened = OpenedNotice { replaced_by: Some(LetterId::of_number(9)), ..opened() };
            opened.line.withdrawn = true;
            notice_page(locale, "", opened, true)
        }),
        shown("notice-told", {
            let here = with_flash(personal("/notices/7"), Flash::success("notice-states-given"));
            let opened = OpenedNotice { states_given: true, ..opened() };
            ui::render(|| view! { <Notice here opened shared_device=false/> })
        }),
        shown("kept", kept::page(locale, "", kept::some())),
        shown("kept-wrong", kept::page(locale, "kind=spam", kept::some())),
        shown("kept-empty", kept::page(locale, "", kept::none())),
        shown("kept-notice", kept::one(locale, kept::opened())),
        shown("kept-notice-withdrawn", {
            let mut opened = OpenedKept { replaced: true, replaced_by: Some(LetterId::of_number(9)), ..kept::opened() };
            (opened.line.withdrawn, opened.line.attachments) = (true, 0);
            kept::one(locale, opened)
        }),
        shown("kept-refused", ui::render(|| view! { <KeptRefused here=personal("/kept/7")/> })),
        shown("reply", reply::tests::page(locale, None)),
        shown("reply-wrong", {
            let draft = reply::tests::draft(&[("q-wish", &"It is too much. ".repeat(20)), ("q-day", "2027-01-01")]);
            reply::tests::page(locale, Some(draft))
        }),
        shown("reply-confirm", {
            let draft = reply::tests::draft(&[("q-place", "north"), ("q-wish", "A"), ("q-day", "2026-12-10")]);
            reply::tests::page(locale, Some(draft))
        }),
        shown("notice-refused", ui::render(|| view! { <Refused here=personal("/notices/7") why=Refusal::Damaged/> })),
        shown(
            "notice-unverified",
            ui::render(|| view! { <Refused here=personal("/notices/7") why=Refusal::Unverified/> }),
        ),
    ]
}

//! Where else a person is told that there is something new.

use domain::Locale;
use portal::{Alerts, Flash};

use super::{Shown, with_flash};
use crate::context::testing;
use crate::pages::alerts::AlertsView;
use crate::pages::alerts::tests::{consents, mail_at, offered, page, page_with, phone, place, told, waiting};
use leptos::prelude::*;

pub(super) fn pages_in(locale: Locale) -> Vec<Shown> {
    let shown = |name, html| Shown { name, locale, html };
    let codes = |tries_left| offered(vec![place(1, mail_at(), waiting(tries_left)), place(2, phone(), waiting(5))]);
    vec![
        shown("alerts-none", page(locale, offered(Vec::new()))),
        shown("alerts-not-offered", {
            page(locale, Alerts { mail_offered: false, push_key: None, places: Vec::new() })
        }),
        shown("alerts-waiting", page(locale, codes(5))),
        shown("alerts-used-up", page(locale, codes(0))),
        shown("alerts-told", page(locale, told())),
        shown("alerts-states", page_with(locale, told(), consents())),
        shown("alerts-states-withheld", {
            let here = testing::here(locale, "/folder/alerts", true);
            let here = with_flash(here, Flash::success("notice-states-withheld"));
            let alerts = told();
            ui::render(|| view! { <AlertsView here alerts consents=Vec::new()/> })
        }),
        shown("alerts-wrong-code", {
            let here = testing::here(locale, "/folder/alerts", true);
            let here = with_flash(here, Flash::error("alert-wrong-code"));
            let alerts = codes(3);
            ui::render(|| view! { <AlertsView here alerts consents=Vec::new()/> })
        }),
        shown("alerts-sent", {
            let here = testing::here(locale, "/folder/alerts", true);
            let here = with_flash(here, Flash::success("alert-code-sent"));
            let alerts = codes(5);
            ui::render(|| view! { <AlertsView here alerts consents=Vec::new()/> })
        }),
    ]
}

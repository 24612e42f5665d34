//! Wakes the choice of periods.

use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{HtmlInputElement, HtmlSelectElement};

use super::{CHOICE, CUSTOM, DAYS, FROM, READY, UNTIL};
use crate::islands::browser::by_id;

pub(super) fn wake() {
    let choice = || by_id(CHOICE).and_then(|found| found.dyn_into::<HtmlSelectElement>().ok());
    let Some(select) = choice() else { return };
    if let Some(ready) = by_id(READY) {
        let _ = ready.remove_attribute("hidden");
    }
    show_days(select.value() == CUSTOM);
    let on_change = Closure::<dyn Fn()>::new(move || {
        let Some(chosen) = choice().map(|select| select.value()) else { return };
        if let Some((from, until)) = chosen.split_once("..") {
            set(FROM, from);
            set(UNTIL, until);
        }
        show_days(chosen == CUSTOM);
    });
    let _ = select.add_event_listener_with_callback("change", on_change.as_ref().unchecked_ref());
    on_change.forget();
}

fn show_days(shown: bool) {
    if let Some(days) = by_id(DAYS) {
        let _ = if shown { days.remove_attribute("hidden") } else { days.set_attribute("hidden", "") };
    }
}

fn set(id: &str, day: &str) {
    if let Some(input) = by_id(id).and_then(|found| found.dyn_into::<HtmlInputElement>().ok()) {
        input.set_value(day);
    }
}

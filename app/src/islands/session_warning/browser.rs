//! Watches the end of the session. Tabs of one browser agree on it through `localStorage`, which holds nothing but that
//! instant.

use std::cell::Cell;
use std::rc::Rc;

use leptos::task::spawn_local;
use wasm_bindgen::{JsCast as _, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, HtmlDialogElement, RequestInit, Response, Storage};

use super::{DIALOG, REMAINING, STAY, STEPS};
use crate::islands::browser::{by_id, document, number, window};

const END: &str = "my-portal-session-end";
const TICK_MS: i32 = 1000;

pub(super) fn watch() {
    let Some(dialog) = by_id(DIALOG).and_then(|found| found.dyn_into::<HtmlDialogElement>().ok()) else { return };
    let warning = Rc::new(Warning { end_s: Cell::new(0), leaving: Cell::new(false), dialog });
    warning.lasts(number(&warning.dialog, "data-left-s"));

    let stay = warning.clone();
    let on_stay = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        event.prevent_default();
        stay.clone().stay();
    });
    // Escape means: I am here.
    let _ = warning.dialog.add_event_listener_with_callback("cancel", on_stay.as_ref().unchecked_ref());
    if let Some(button) = by_id(STAY) {
        let _ = button.add_event_listener_with_callback("click", on_stay.as_ref().unchecked_ref());
    }
    on_stay.forget();

    let tick = Closure::<dyn Fn()>::new(move || warning.tick());
    let _ = window().set_interval_with_callback_and_timeout_and_arguments_0(tick.as_ref().unchecked_ref(), TICK_MS);
    tick.forget();
}

struct Warning {
    /// Seconds since 1970.
    end_s: Cell<u64>,
    leaving: Cell<bool>,
    dialog: HtmlDialogElement,
}

impl Warning {
    fn lasts(&self, left_s: u64) {
        let end_s = now_s() + left_s;
        self.end_s.set(end_s);
        if let Some(storage) = storage() {
            let _ = storage.set_item(END, &end_s.to_string());
        }
    }

    /// Another tab may have put the end off.
    fn left_s(&self) -> u64 {
        let shared = storage().and_then(|storage| storage.get_item(END).ok().flatten());
        let end_s = shared.and_then(|end| end.parse().ok()).unwrap_or_else(|| self.end_s.get());
        end_s.saturating_sub(now_s())
    }

    fn tick(self: &Rc<Self>) {
        let left_s = self.left_s();
        if left_s == 0 {
            self.leave();
        } else if let Some(step) = step(left_s) {
            self.tell(&step.text_content().unwrap_or_default());
        } else if self.dialog.open() {
            self.dialog.close();
        }
    }

    fn tell(&self, text: &str) {
        if let Some(remaining) = by_id(REMAINING).filter(|remaining| remaining.text_content().as_deref() != Some(text))
        {
            remaining.set_text_content(Some(text));
        }
        if !self.dialog.open() {
            let _ = self.dialog.show_modal();
        }
    }

    fn stay(self: Rc<Self>) {
        self.dialog.close();
        spawn_local(async move {
            if self.posted("data-extend").await {
                self.lasts(number(&self.dialog, "data-idle-s"));
            } else {
                self.leave();
            }
        });
    }

    async fn posted(&self, to: &str) -> bool {
        let path = self.dialog.get_attribute(to).unwrap_or_default();
        let post = RequestInit::new();
        post.set_method("POST");
        let answer = JsFuture::from(window().fetch_with_str_and_init(&path, &post)).await;
        answer.is_ok_and(|answer| answer.unchecked_into::<Response>().ok())
    }

    /// The server ends the session on its own clock; where that is behind the browser's, it hears of the end first.
    fn leave(self: &Rc<Self>) {
        if self.leaving.replace(true) {
            return;
        }
        let warning = self.clone();
        spawn_local(async move {
            warning.posted("data-logout").await;
            if let Some(path) = warning.dialog.get_attribute("data-ended") {
                let _ = window().location().replace(&path);
            }
        });
    }
}

/// What is told now: of the steps that are due, the last. None while there is time.
fn step(left_s: u64) -> Option<Element> {
    let steps = by_id(STEPS)?.children();
    let due = |step: &Element| left_s <= number(step, "data-left-s");
    (0..steps.length()).filter_map(|index| steps.item(index)).take_while(due).last()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "ms since 1970 are whole and positive")]
fn now_s() -> u64 {
    (js_sys::Date::now() / 1000.0) as u64
}

fn storage() -> Option<Storage> {
    document().default_view()?.local_storage().ok().flatten()
}

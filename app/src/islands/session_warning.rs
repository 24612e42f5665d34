//! The warning before the idle end (WCAG 2.2.1). Without script the page itself moves to the signed-out page.

use leptos::ev::{self, Event};
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDialogElement, RequestInit, Response, Storage};

/// Ready words of the warning.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct SessionWords {
    /// Heading.
    pub title: String,
    /// What the end does.
    pub effect: String,
    /// Button: stay.
    pub extend: String,
    /// Button: leave.
    pub logout: String,
    /// What is read out while the time runs, longest first.
    pub remaining: Vec<Remaining>,
}

/// A moment before the end and what is said then.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Remaining {
    /// Said when no more than this is left, s.
    pub left_s: u32,
    /// 「あと2分30秒で…」
    pub text: String,
}

/// Opens a dialog when the session is about to end, tells the remaining time every 30 seconds to eyes and ears, and
/// goes to the signed-out page at the end. Tabs of one browser agree on the end through `localStorage`, which holds
/// nothing but that instant.
#[island]
pub fn SessionWarning(
    /// Words.
    words: SessionWords,
    /// The session ends this long after the page was made, s.
    left_s: u32,
    /// The session lasts this long after it was extended, s.
    idle_s: u32,
    /// Fetched to stay.
    extend_path: String,
    /// Posted to leave.
    logout_path: String,
    /// Where the end leads.
    ended_path: String,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let (said, tell) = signal(String::new());
    let end = StoredValue::new(0.0_f64);
    let ended = StoredValue::new(ended_path);
    let steps = StoredValue::new(words.remaining);

    let extend = move || {
        close(dialog);
        let path = extend_path.clone();
        spawn_local(async move { if post(&path).await { set_end(end, idle_s) } else { leave(&ended.get_value()) } });
    };
    Effect::new(move |_| {
        set_end(end, left_s);
        let tick = move || {
            let left_s = left_until(end);
            if left_s <= 0.0 {
                return leave(&ended.get_value());
            }
            let step = steps.with_value(|steps| {
                steps.iter().rfind(|step| left_s <= f64::from(step.left_s)).map(|step| step.text.clone())
            });
            match step {
                Some(text) => {
                    if said.get_untracked() != text {
                        tell.set(text);
                    }
                    open(dialog);
                }
                None => close(dialog),
            }
        };
        let _ = set_interval_with_handle(tick, std::time::Duration::from_secs(1));
    });

    let (press, cancel) = (extend.clone(), extend);
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="session-title" aria-describedby="session-text"
            on:cancel=move |event: Event| {
                event.prevent_default();
                cancel();
            }>
            <h2 id="session-title">{words.title}</h2>
            <div id="session-text">
                <p role="timer" aria-live="assertive" aria-atomic="true">{said}</p>
                <p>{words.effect}</p>
            </div>
            <div class="actions">
                <button type="button" class="button button-filled" autofocus on:click=move |_: ev::MouseEvent| press()>
                    {words.extend}
                </button>
                <form method="post" action=logout_path>
                    <button type="submit" class="button button-outline">{words.logout}</button>
                </form>
            </div>
        </dialog>
    }
}

const END: &str = "my-portal-session-end";

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn set_end(end: StoredValue<f64>, left_s: u32) {
    let at = js_sys::Date::now() + f64::from(left_s) * 1000.0;
    end.set_value(at);
    if let Some(storage) = storage() {
        drop(storage.set_item(END, &at.to_string()));
    }
}

/// Another tab may have put the end off.
fn left_until(end: StoredValue<f64>) -> f64 {
    let shared = storage().and_then(|storage| storage.get_item(END).ok().flatten()).and_then(|at| at.parse().ok());
    (shared.unwrap_or_else(|| end.get_value()) - js_sys::Date::now()) / 1000.0
}

fn open(dialog: NodeRef<Dialog>) {
    if let Some(dialog) = dialog.get_untracked().filter(|dialog| !dialog.open()) {
        drop(dialog.show_modal());
    }
}

fn close(dialog: NodeRef<Dialog>) {
    if let Some(dialog) = dialog.get_untracked().filter(HtmlDialogElement::open) {
        dialog.close();
    }
}

fn leave(path: &str) {
    drop(window().location().replace(path));
}

async fn post(path: &str) -> bool {
    let options = RequestInit::new();
    options.set_method("POST");
    let answer: Result<JsValue, JsValue> = JsFuture::from(window().fetch_with_str_and_init(path, &options)).await;
    answer.ok().and_then(|answer| answer.dyn_into::<Response>().ok()).is_some_and(|answer| answer.ok())
}

//! Asks the person, then the browser's push service. Whoever used this browser before is told here no more: what it gave
//! them is given back first.

use js_sys::{JSON, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Event, HtmlFormElement, HtmlInputElement, Notification, PushSubscription, PushSubscriptionOptionsInit,
    ServiceWorkerRegistration,
};

use super::{DENIED, FAILED, FORM, SAID, SUBSCRIPTION, UNABLE, WITHOUT_SCRIPT};
use crate::islands::browser::{by_id, window};

/// Why nothing came of it.
#[derive(Clone, Copy)]
enum Nothing {
    /// The person said no, now or before.
    Denied,
    /// The browser, or its push service.
    Failed,
}

impl From<JsValue> for Nothing {
    fn from(_: JsValue) -> Self {
        Self::Failed
    }
}

pub(super) fn wake() {
    let Some(form) = by_id(FORM).and_then(|found| found.dyn_into::<HtmlFormElement>().ok()) else { return };
    set_hidden(WITHOUT_SCRIPT, true);
    if !is_able() {
        set_hidden(UNABLE, false);
        return;
    }
    set_hidden(FORM, false);
    let asked = form.clone();
    let on_submit = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        event.prevent_default();
        let form = asked.clone();
        spawn_local(async move {
            if let Err(why) = ask(&form).await {
                say(why);
            }
        });
    });
    let _ = form.add_event_listener_with_callback("submit", on_submit.as_ref().unchecked_ref());
    on_submit.forget();
}

fn is_able() -> bool {
    let has = |of: &JsValue, name: &str| Reflect::has(of, &JsValue::from_str(name)).unwrap_or(false);
    let window = window();
    has(&window, "PushManager") && has(&window, "Notification") && has(&window.navigator(), "serviceWorker")
}

/// The form goes by itself afterwards: nobody asks twice.
async fn ask(form: &HtmlFormElement) -> Result<(), Nothing> {
    let allowed = JsFuture::from(Notification::request_permission()?).await?;
    if allowed.as_string().as_deref() != Some("granted") {
        return Err(Nothing::Denied);
    }
    let attribute = |name: &str| form.get_attribute(name).ok_or(Nothing::Failed);
    let workers = window().navigator().service_worker();
    JsFuture::from(workers.register(&attribute("data-worker")?)).await?;
    let worker: ServiceWorkerRegistration = JsFuture::from(workers.ready()?).await?.unchecked_into();
    let push = worker.push_manager()?;
    if let Ok(former) = JsFuture::from(push.get_subscription()?).await?.dyn_into::<PushSubscription>() {
        JsFuture::from(former.unsubscribe()?).await?;
    }
    let wish = PushSubscriptionOptionsInit::new();
    wish.set_user_visible_only(true);
    wish.set_application_server_key(&JsValue::from_str(&attribute("data-key")?));
    let given = JsFuture::from(push.subscribe_with_options(&wish)?).await?;
    let given = JSON::stringify(&given)?;
    let field = by_id(SUBSCRIPTION).and_then(|found| found.dyn_into::<HtmlInputElement>().ok());
    field.ok_or(Nothing::Failed)?.set_value(&String::from(given));
    form.submit()?;
    Ok(())
}

fn say(why: Nothing) {
    let words = match why {
        Nothing::Denied => DENIED,
        Nothing::Failed => FAILED,
    };
    if let (Some(region), Some(words)) = (by_id(SAID), by_id(words)) {
        region.set_text_content(words.text_content().as_deref());
    }
}

fn set_hidden(id: &str, hidden: bool) {
    if let Some(element) = by_id(id) {
        let _ = if hidden { element.set_attribute("hidden", "") } else { element.remove_attribute("hidden") };
    }
}

//! Listens to the portal. The browser connects again by itself, and says from where on; when the session is over the
//! portal refuses, and then it stops.

use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Event, EventSource, HtmlTemplateElement};

use super::{EVENT, REGION, URGENT_EVENT, URGENT_REGION, URGENT_WORDS, WORDS};
use crate::islands::browser::by_id;

pub(super) fn listen() {
    let Some(events) = by_id(REGION).and_then(|region| region.get_attribute("data-events")) else { return };
    let Ok(source) = EventSource::new(&events) else { return };
    for (event, region, words) in [(EVENT, REGION, WORDS), (URGENT_EVENT, URGENT_REGION, URGENT_WORDS)] {
        let tell = Closure::<dyn Fn(Event)>::new(move |_: Event| tell(region, words));
        let _ = source.add_event_listener_with_callback(event, tell.as_ref().unchecked_ref());
        tell.forget();
    }
    // A page that is put aside keeps no connection; one that comes back is loaded anew, because nothing is stored.
    let leaving = Closure::<dyn Fn()>::new(move || source.close());
    let window = crate::islands::browser::window();
    let _ = window.add_event_listener_with_callback("pagehide", leaving.as_ref().unchecked_ref());
    leaving.forget();
}

/// Only once: it stays until the page is left.
fn tell(region: &str, words: &str) {
    let (Some(region), Some(words)) = (by_id(region), by_id(words)) else { return };
    let Ok(words) = words.dyn_into::<HtmlTemplateElement>() else { return };
    if region.child_element_count() == 0 {
        let _ =
            region.append_child(&words.content().clone_node_with_deep(true).unwrap_or_else(|_| words.content().into()));
    }
}

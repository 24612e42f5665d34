//! The page at hand.

use web_sys::{Document, Element, Window};

pub(super) fn window() -> Window {
    leptos::prelude::window()
}

pub(super) fn document() -> Document {
    leptos::prelude::document()
}

pub(super) fn by_id(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

/// A whole number in an attribute; 0 for anything else.
pub(super) fn number(element: &Element, attribute: &str) -> u64 {
    element.get_attribute(attribute).and_then(|value| value.parse().ok()).unwrap_or(0)
}

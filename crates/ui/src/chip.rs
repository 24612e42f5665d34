use leptos::prelude::*;

use crate::Kind;

/// Chip label: a state in words.
#[component]
pub fn Chip(
    /// Only adds a colour to the words.
    kind: Kind,
    /// The state.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <span class="chip" data-kind=kind.name()>
            {text}
        </span>
    }
}

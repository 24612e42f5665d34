use leptos::prelude::*;

use crate::Kind;

/// The mark of a banner's kind. Its name is read to those who do not see it.
#[component]
pub fn KindIcon(
    /// Which kind.
    kind: Kind,
    /// What the mark says: 成功, エラー, 注意, お知らせ.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let path = match kind {
        Kind::Success => {
            "M20 3a17 17 0 1 0 0 34 17 17 0 0 0 0-34Zm-3.5 25L9 20.5l2.8-2.8 4.700 4.700L28.200 10.7 31 13.5Z"
        }
        Kind::Error => {
            "M13 3h14l10 10v14L27 37H13L3 27V13Zm-.5 12.3L17.200 20l-4.700 4.700 2.8 2.8L20 22.8l4.700 4.700 2.8-2.8L22.8 20l4.700-4.700-2.8-2.8L20 17.200l-4.700-4.700Z"
        }
        Kind::Warning => "M20 4 38 36H2Zm-2 11v11h4V15Zm0 14v4h4v-4Z",
        Kind::Info | Kind::Neutral => "M20 3a17 17 0 1 0 0 34 17 17 0 0 0 0-34Zm-2 8h4v4h-4Zm0 7h4v12h-4Z",
    };
    view! {
        <svg viewBox="0 0 40 40" width="28" height="28" role="img" aria-label=label>
            <path fill="currentColor" fill-rule="evenodd" d=path></path>
        </svg>
    }
}

/// The product's mark: a folder with a keyhole.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg viewBox="0 0 48 48" width="36" height="36" aria-hidden="true" focusable="false">
            <path class="mark-folder" fill="#0017c1" d="M4 12a4 4 0 0 1 4-4h11l5 5h16a4 4 0 0 1 4 4v21a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4Z"></path>
            <path class="mark-keyhole" fill="#ffd43d" d="M24 20a4.5 4.5 0 0 1 2.5 8.250L28 36h-8l1.5-7.750A4.5 4.5 0 0 1 24 20Z"></path>
        </svg>
    }
}

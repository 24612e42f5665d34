use leptos::prelude::*;

/// Something that can be opened, without script.
#[component]
pub fn Disclosure(
    /// What is inside.
    #[prop(into)]
    summary: String,
    /// Open from the start.
    #[prop(optional)]
    open: bool,
    /// Another class for the page.
    #[prop(optional)]
    class: &'static str,
    /// The inside.
    children: Children,
) -> impl IntoView {
    let class = if class.is_empty() { "disclosure".to_owned() } else { format!("disclosure {class}") };
    view! {
        <details class=class open=open>
            <summary>{summary}</summary>
            <div class="disclosure-body">{children()}</div>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render;

    #[test]
    fn it_is_closed_unless_said_otherwise() {
        let html = render(|| view! { <Disclosure summary="くわしく"><p>"中"</p></Disclosure> });
        assert!(!html.contains("<details open"), "{html}");
        let html = render(|| view! { <Disclosure summary="くわしく" open=true><p>"中"</p></Disclosure> });
        assert!(html.contains("<details open"), "{html}");
    }
}

use leptos::prelude::*;

/// The HTML of a view that waits for nothing: pages of small programs, error pages, tests.
pub fn render<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| view().into_view().to_html());
    owner.unset_with_forced_cleanup();
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        let (title, text) = ("<b>&\"".to_owned(), "<b>&\"".to_owned());
        let html = render(|| view! { <p title=title>{text}</p> });
        assert_eq!(html, r#"<p title="&lt;b&gt;&amp;&quot;">&lt;b&gt;&amp;"</p>"#);
    }
}

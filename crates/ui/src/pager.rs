use leptos::prelude::*;

/// Moves through pages of a list by plain links. Shows nothing when everything is on one page.
#[component]
pub fn Pager(
    /// Name of the navigation.
    #[prop(into)]
    label: String,
    /// Where we are, in words: 「1〜20件目（全134件）」.
    #[prop(into)]
    place: String,
    /// Words and address of the page before, if there is one.
    #[prop(optional_no_strip)]
    before: Option<(String, String)>,
    /// Words and address of the page after, if there is one.
    #[prop(optional_no_strip)]
    after: Option<(String, String)>,
) -> impl IntoView {
    (before.is_some() || after.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label=label>
                <ul role="list">
                    <li>{before.map(|(text, href)| view! { <a class="button button-outline" rel="prev" href=href>{text}</a> })}</li>
                    <li class="pager-place">{place}</li>
                    <li>{after.map(|(text, href)| view! { <a class="button button-outline" rel="next" href=href>{text}</a> })}</li>
                </ul>
            </nav>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render;

    #[test]
    fn one_page_needs_no_pager() {
        assert!(!render(|| view! { <Pager label="ページ" place="1" before=None after=None/> }).contains("nav"));
    }

    #[test]
    fn the_first_page_has_no_way_back() {
        let after = Some(("次へ".to_owned(), "?page=2".to_owned()));
        let html = render(|| view! { <Pager label="ページ" place="1" before=None after/> });
        assert!(html.contains(r#"rel="next" href="?page=2""#), "{html}");
        assert!(!html.contains(r#"rel="prev""#));
    }
}

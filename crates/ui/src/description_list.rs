use leptos::prelude::*;

/// One term and what it is.
pub struct Fact {
    term: String,
    detail: AnyView,
}

impl Fact {
    /// A term with text.
    pub fn new(term: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { term: term.into(), detail: detail.into().into_any() }
    }

    /// A term with anything else.
    pub fn of(term: impl Into<String>, detail: impl IntoView + 'static) -> Self {
        Self { term: term.into(), detail: detail.into_any() }
    }
}

/// Facts as terms and details.
#[component]
pub fn DescriptionList(
    /// In reading order.
    facts: Vec<Fact>,
) -> impl IntoView {
    let rows = facts
        .into_iter()
        .map(|fact| {
            view! {
                <div>
                    <dt>{fact.term}</dt>
                    <dd>{fact.detail}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="facts">{rows}</dl> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render;

    #[test]
    fn facts_stand_as_terms_and_details() {
        let html = render(|| view! { <DescriptionList facts=vec![Fact::new("日時", "2026年11月3日")]/> });
        assert!(html.contains("<dt>日時</dt><dd>2026年11月3日</dd>"), "{html}");
    }
}

use leptos::prelude::*;

use crate::{Chip, Kind};

/// A list of cards.
#[component]
pub fn Cards(
    /// [`Card`]s.
    children: Children,
) -> impl IntoView {
    view! { <ul class="cards" role="list">{children()}</ul> }
}

/// A card that leads somewhere, or says honestly that it does not yet.
#[component]
pub fn Card(
    /// What is behind it.
    #[prop(into)]
    title: String,
    /// One sentence about it.
    #[prop(into)]
    text: String,
    /// Where it leads; without it the card is plain.
    #[prop(optional, into)]
    href: Option<String>,
    /// A state, such as 準備中.
    #[prop(optional, into)]
    state: Option<String>,
) -> impl IntoView {
    let class = if href.is_some() { "card card-link" } else { "card card-plain" };
    let heading = match href {
        Some(href) => view! { <a href=href>{title}</a> }.into_any(),
        None => title.into_any(),
    };
    view! {
        <li>
            <div class=class>
                <div class="card-head">
                    <h3 class="card-title">{heading}</h3>
                    {state.map(|text| view! { <Chip kind=Kind::Neutral text/> })}
                </div>
                <p>{text}</p>
            </div>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render;

    #[test]
    fn a_card_without_a_place_to_go_is_no_link() {
        let html = render(|| view! { <Card title="手続き" text="説明" state="準備中"/> });
        assert!(!html.contains("<a "), "{html}");
        assert!(html.contains("準備中"));
    }

    #[test]
    fn a_card_is_one_link_named_by_its_title() {
        let html = render(|| view! { <Card title="記録" text="説明" href="/records"/> });
        assert!(html.contains(r#"<h3 class="card-title"><a href="/records">記録</a></h3>"#), "{html}");
    }
}

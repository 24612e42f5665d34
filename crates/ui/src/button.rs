use leptos::prelude::*;

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonLook {
    /// The one thing to do on this page.
    #[default]
    Filled,
    /// Another way.
    Outline,
    /// Something small.
    Text,
}

/// How large it is. None is below 44 px.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonSize {
    /// The main action of a page.
    Large,
    /// Inside forms.
    #[default]
    Medium,
    /// In bars.
    Small,
}

fn class(look: ButtonLook, size: ButtonSize) -> &'static str {
    match (look, size) {
        (ButtonLook::Filled, ButtonSize::Large) => "button button-filled button-large",
        (ButtonLook::Filled, ButtonSize::Medium) => "button button-filled",
        (ButtonLook::Filled, ButtonSize::Small) => "button button-filled button-small",
        (ButtonLook::Outline, ButtonSize::Large) => "button button-outline button-large",
        (ButtonLook::Outline, ButtonSize::Medium) => "button button-outline",
        (ButtonLook::Outline, ButtonSize::Small) => "button button-outline button-small",
        (ButtonLook::Text, ButtonSize::Large) => "button button-text button-large",
        (ButtonLook::Text, ButtonSize::Medium) => "button button-text",
        (ButtonLook::Text, ButtonSize::Small) => "button button-text button-small",
    }
}

/// A button that sends its form. Its text is a verb.
#[component]
pub fn Button(
    /// The verb.
    #[prop(into)]
    text: String,
    /// Weight.
    #[prop(optional)]
    look: ButtonLook,
    /// Size.
    #[prop(optional)]
    size: ButtonSize,
    /// Name of the field that tells which button was pressed.
    #[prop(optional)]
    name: Option<&'static str>,
    /// Its value.
    #[prop(optional, into)]
    value: Option<String>,
) -> impl IntoView {
    view! {
        <button type="submit" class=class(look, size) name=name value=value>
            {text}
        </button>
    }
}

/// A link that looks like a button: it only leads somewhere and changes nothing.
#[component]
pub fn LinkButton(
    /// The verb.
    #[prop(into)]
    text: String,
    /// Where to.
    #[prop(into)]
    href: String,
    /// Weight.
    #[prop(optional)]
    look: ButtonLook,
    /// Size.
    #[prop(optional)]
    size: ButtonSize,
) -> impl IntoView {
    view! {
        <a class=class(look, size) href=href>
            {text}
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render;

    #[test]
    fn a_button_sends_its_form() {
        let html = render(|| view! { <Button text="ログアウトする" look=ButtonLook::Outline/> });
        assert_eq!(html, r#"<button type="submit" class="button button-outline">ログアウトする</button>"#);
    }
}

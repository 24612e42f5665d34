use leptos::prelude::*;

use crate::KindIcon;

/// What a banner, a chip or a mark is about. Never told by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// It worked.
    Success,
    /// Good to know.
    Info,
    /// Care is needed.
    Warning,
    /// It did not work.
    Error,
    /// Neither good nor bad.
    Neutral,
}

impl Kind {
    /// As the stylesheet knows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Neutral => "neutral",
        }
    }
}

/// Notification banner: the outcome of what the person just did, or news about the page. Errors interrupt
/// (`role="alert"`), everything else waits its turn (`role="status"`).
#[component]
pub fn Banner(
    /// What it is about.
    kind: Kind,
    /// The kind in words, for those who do not see the mark.
    #[prop(into)]
    kind_label: String,
    /// One sentence.
    #[prop(into)]
    title: String,
    /// What it means and what can be done next.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let role = if kind == Kind::Error { "alert" } else { "status" };
    view! {
        <div class="banner" data-kind=kind.name() role=role>
            <KindIcon kind label=kind_label/>
            <p class="banner-title">{title}</p>
            {children.map(|children| view! { <div class="banner-body">{children()}</div> })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render;

    #[test]
    fn an_error_interrupts_and_success_waits() {
        let html = |kind| render(move || view! { <Banner kind kind_label="エラー" title="題"/> });
        assert!(html(Kind::Error).contains(r#"role="alert""#));
        assert!(html(Kind::Success).contains(r#"role="status""#));
    }

    #[test]
    fn the_kind_is_told_in_words() {
        let html = render(|| view! { <Banner kind=Kind::Warning kind_label="注意" title="題"/> });
        assert!(html.contains(r#"role="img" aria-label="注意""#), "{html}");
    }
}

use leptos::prelude::*;

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Id of the field.
    pub field_id: String,
    /// One sentence.
    pub text: String,
}

/// All errors of a form, above it, each leading to its field. Shows nothing when there is none.
#[component]
pub fn ErrorSummary(
    /// Heading.
    #[prop(into)]
    title: String,
    /// In the order of the fields.
    errors: Vec<FieldError>,
) -> impl IntoView {
    (!errors.is_empty()).then(|| {
        let items = errors
            .into_iter()
            .map(|error| view! { <li><a href=format!("#{}", error.field_id)>{error.text}</a></li> })
            .collect_view();
        view! {
            <section class="error-summary" role="alert" aria-labelledby="error-summary-title">
                <h2 id="error-summary-title">{title}</h2>
                <ul>{items}</ul>
            </section>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render;

    #[test]
    fn without_errors_nothing_is_shown() {
        assert!(!render(|| view! { <ErrorSummary title="誤り" errors=vec![]/> }).contains("section"));
    }

    #[test]
    fn each_error_leads_to_its_field() {
        let errors = vec![FieldError { field_id: "from".into(), text: "日付".into() }];
        let html = render(|| view! { <ErrorSummary title="誤り" errors/> });
        assert!(html.contains(r##"<a href="#from">日付</a>"##), "{html}");
    }
}

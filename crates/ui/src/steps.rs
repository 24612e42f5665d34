use leptos::prelude::*;

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Behind us.
    Done,
    /// Here.
    Current,
    /// Ahead.
    Ahead,
}

/// One step of a procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Name.
    pub text: String,
    /// The state in words.
    pub state_text: String,
    /// The state.
    pub state: StepState,
}

/// Step navigation: where we are in a procedure.
#[component]
pub fn Steps(
    /// Says the same in one sentence: 「全3ステップのうち、2番目です」.
    #[prop(into)]
    label: String,
    /// In order.
    steps: Vec<Step>,
) -> impl IntoView {
    let items = steps
        .into_iter()
        .enumerate()
        .map(|(index, step)| {
            let (state, mark) = match step.state {
                StepState::Done => ("done", "✓".to_owned()),
                StepState::Current => ("current", (index + 1).to_string()),
                StepState::Ahead => ("ahead", (index + 1).to_string()),
            };
            let current = (step.state == StepState::Current).then_some("step");
            view! {
                <li class="step" data-state=state aria-current=current>
                    <span class="step-number" aria-hidden="true">{mark}</span>
                    <span>{step.text}<span class="step-state">{step.state_text}</span></span>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav aria-label=label>
            <ol class="steps" role="list">{items}</ol>
        </nav>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render;

    #[test]
    fn only_the_step_where_we_are_is_current() {
        let step = |state| Step { text: "署名".into(), state_text: "いま".into(), state };
        let steps = vec![step(StepState::Done), step(StepState::Current), step(StepState::Ahead)];
        let html = render(|| view! { <Steps label="2番目" steps/> });
        assert_eq!(html.matches(r#"aria-current="step""#).count(), 1);
    }
}

//! The way out of a session, and the warning before its end.

use std::time::Duration;

use leptos::prelude::*;
use ui::{Button, ButtonLook, ButtonSize};
use wording::key;

use super::island_loader::ended_path;
use crate::context::Here;
use crate::islands::{SessionWarning, session_warning};
use crate::paths;

/// ログアウトする
#[component]
pub(crate) fn LogoutForm(
    here: Here,
    #[prop(optional)] size: ButtonSize,
    #[prop(optional)] look: ButtonLook,
) -> impl IntoView {
    view! {
        <form method="post" action=paths::LOGOUT>
            <Button text=here.text(key::LAYOUT_LOGOUT) look size/>
        </form>
    }
}

/// The session warning, for whoever is logged in: written whole, closed, and asleep until the island wakes it.
#[component]
pub(crate) fn Warning(here: Here) -> impl IntoView {
    here.context.session_left.map(|left| {
        let text = here.texts();
        let steps = remaining(&here)
            .into_iter()
            .map(|(left_s, text)| view! { <li data-left-s=left_s.to_string()>{text}</li> })
            .collect_view();
        view! {
            <dialog
                class="dialog"
                id=session_warning::DIALOG
                aria-labelledby="session-title"
                aria-describedby="session-text"
                data-left-s=left.as_secs().to_string()
                data-idle-s=here.context.times.idle.as_secs().to_string()
                data-extend=paths::SESSION_EXTEND
                data-logout=paths::LOGOUT
                data-ended=ended_path(&here)
            >
                <h2 id="session-title">{text(key::SESSION_TITLE)}</h2>
                <div id="session-text">
                    <p id=session_warning::REMAINING aria-live="assertive" aria-atomic="true"></p>
                    <p>{text(key::SESSION_EFFECT)}</p>
                </div>
                <ul id=session_warning::STEPS hidden>{steps}</ul>
                <div class="actions">
                    <button type="button" class="button button-filled" id=session_warning::STAY autofocus>
                        {text(key::SESSION_EXTEND)}
                    </button>
                    <form method="post" action=paths::LOGOUT>
                        <Button text=text(key::SESSION_LOGOUT) look=ButtonLook::Outline/>
                    </form>
                </div>
            </dialog>
            <SessionWarning/>
        }
    })
}

/// Every 30 seconds from the warning to the end: seconds left and what is told then.
fn remaining(here: &Here) -> Vec<(u64, String)> {
    let first_s = here.context.times.warning.as_secs();
    (1..=first_s.div_ceil(STEP_S))
        .rev()
        .map(|step| (step * STEP_S).min(first_s))
        .map(|left_s| {
            let time = here.duration(Duration::from_secs(left_s));
            (left_s, here.format(key::SESSION_REMAINING, &[("time", time.into())]))
        })
        .collect()
}

const STEP_S: u64 = 30;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;
    use domain::Locale;

    #[test]
    fn the_remaining_time_is_told_every_thirty_seconds() {
        let said = remaining(&testing::here(Locale::Ja, "/home", true));
        assert_eq!(said.iter().map(|(left_s, _)| *left_s).collect::<Vec<_>>(), [150, 120, 90, 60, 30]);
        assert_eq!(said[0].1, "あと2分30秒で、安全のため自動的にログアウトします。");
    }
}

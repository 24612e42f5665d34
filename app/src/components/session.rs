//! The way out of a session, and the warning before its end.

use std::time::Duration;

use leptos::prelude::*;
use ui::{Button, ButtonLook, ButtonSize};
use wording::key;

use super::island_loader::ended_path;
use crate::context::Here;
use crate::islands::{Remaining, SessionWarning, SessionWords};
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

/// The session warning with its words, for whoever is logged in.
#[component]
pub(crate) fn Warning(here: Here) -> impl IntoView {
    here.context.session_left.map(|left| {
        let words = SessionWords {
            title: here.text(key::SESSION_TITLE),
            effect: here.text(key::SESSION_EFFECT),
            extend: here.text(key::SESSION_EXTEND),
            logout: here.text(key::SESSION_LOGOUT),
            remaining: remaining(&here),
        };
        view! {
            <SessionWarning
                words
                left_s=seconds(left)
                idle_s=seconds(here.context.times.idle)
                extend_path=paths::SESSION_EXTEND.to_owned()
                logout_path=paths::LOGOUT.to_owned()
                ended_path=ended_path(&here)
            />
        }
    })
}

/// Every 30 seconds from the warning to the end.
fn remaining(here: &Here) -> Vec<Remaining> {
    let first = seconds(here.context.times.warning);
    (1..=first.div_ceil(STEP_S))
        .rev()
        .map(|step| (step * STEP_S).min(first))
        .map(|left_s| {
            let time = here.duration(Duration::from_secs(left_s.into()));
            Remaining { left_s, text: here.format(key::SESSION_REMAINING, &[("time", time.into())]) }
        })
        .collect()
}

const STEP_S: u32 = 30;

fn seconds(length: Duration) -> u32 {
    u32::try_from(length.as_secs()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;
    use domain::Locale;

    #[test]
    fn the_remaining_time_is_told_every_thirty_seconds() {
        let said = remaining(&testing::here(Locale::Ja, "/home", true));
        assert_eq!(said.iter().map(|step| step.left_s).collect::<Vec<_>>(), [150, 120, 90, 60, 30]);
        assert_eq!(said[0].text, "あと2分30秒で、安全のため自動的にログアウトします。");
    }
}

//! To whom the person gives states (P-PSH-5): seen and ended here, whatever became of the notices.

use leptos::prelude::*;
use portal::StateConsent;
use ui::{Button, ButtonLook, ButtonSize};
use wording::key;

use crate::context::Here;
use crate::paths;

#[component]
pub(super) fn Senders(here: Here, consents: Vec<StateConsent>) -> impl IntoView {
    let text = here.texts();
    let told = if consents.is_empty() {
        view! {
            <p class="empty">{text(key::ALERTS_STATES_NONE)}</p>
            <p class="measured">{text(key::ALERTS_STATES_HOW)}</p>
        }
        .into_any()
    } else {
        let senders = consents.iter().map(|consent| sender(&here, consent)).collect_view();
        view! {
            <p class="measured">{text(key::ALERTS_STATES_LEAD)}</p>
            <ul class="stack" role="list">{senders}</ul>
            <p class="measured">{text(key::ALERTS_STATES_AFTER)}</p>
        }
        .into_any()
    };
    view! {
        <h2 id=paths::ALERTS_STATES_ID>{text(key::ALERTS_STATES)}</h2>
        {told}
    }
}

fn sender(here: &Here, consent: &StateConsent) -> impl IntoView + use<> {
    let institution = wording::organisation(here.locale(), &consent.sender);
    let since = here.format(key::ALERTS_STATES_SINCE, &[("when", here.when(consent.given_at).as_str().into())]);
    let end = here.format(key::ALERTS_STATES_END, &[("institution", institution.as_str().into())]);
    view! {
        <li class="flow-tight">
            <p><strong>{institution}</strong></p>
            <p class="soft small">{since}</p>
            <form method="post" action=paths::STATES_WITHHOLD>
                <input type="hidden" name="sender" value=consent.sender.as_str().to_owned()/>
                <Button text=end look=ButtonLook::Outline size=ButtonSize::Small/>
            </form>
        </li>
    }
}

//! Where else a person is told that there is something new: by mail, and in browsers; only that, and only to whom proved
//! that it arrives. And to which senders the person says what was opened.

mod states;

use leptos::prelude::*;
use portal::{AlertError, AlertPlace, AlertPlaceAt, AlertPlaceState, Alerts, DEVICES_MAX, DeviceName, StateConsent};
use ui::{Button, ButtonLook, ButtonSize, Chip, FieldText, Kind, Need, TextField, TextInput};
use wording::key;

use self::states::Senders;
use super::answer;
use crate::components::PortalPage;
use crate::context::Here;
use crate::islands::{AlertDevice, alert_device};
use crate::paths;

pub(crate) fn alerts() -> impl IntoView {
    answer::personal(|here, who, portal| async move {
        let consents = match portal.state_consents(&who).await {
            Ok(consents) => consents,
            Err(error) => return answer::store_failed(here, &error),
        };
        match portal.alerts(&who).await {
            Ok(alerts) => view! { <AlertsView here alerts consents/> }.into_any(),
            Err(AlertError::Store(error)) => answer::store_failed(here, &error),
            Err(error) => {
                answer::note(&here, &error);
                answer::problem(here, http::StatusCode::INTERNAL_SERVER_ERROR, "internal")
            }
        }
    })
}

#[component]
pub(super) fn AlertsView(here: Here, alerts: Alerts, consents: Vec<StateConsent>) -> impl IntoView {
    let text = here.texts();
    let Alerts { mail_offered, push_key, places } = alerts;
    let (confirmed, waiting): (Vec<_>, Vec<_>) =
        places.into_iter().partition(|place| matches!(place.state, AlertPlaceState::Confirmed(_)));
    let devices = confirmed.iter().filter(|place| matches!(place.at, AlertPlaceAt::Device(_))).count();
    let has_mail = confirmed.iter().any(|place| matches!(place.at, AlertPlaceAt::Mail(_)));
    let told = if confirmed.is_empty() {
        view! { <p class="empty">{text(key::ALERTS_NOWHERE)}</p> }.into_any()
    } else {
        let places = confirmed.iter().map(|place| told_at(&here, place)).collect_view();
        view! { <ul class="stack" role="list">{places}</ul> }.into_any()
    };
    let waiting = waiting.iter().map(|place| code_form(&here, place)).collect_view();
    let about = [
        key::ALERTS_ABOUT_BARE,
        key::ALERTS_ABOUT_OFTEN,
        key::ALERTS_ABOUT_DEADLINE,
        key::ALERTS_ABOUT_LOGOUT,
        key::ALERTS_ABOUT_SERVICES,
        key::ALERTS_ABOUT_LINK,
        key::ALERTS_ABOUT_KEPT,
    ]
    .map(|line| {
        let line = text(line);
        view! { <li>{line}</li> }
    });
    view! {
        <PortalPage here=here.clone() title=text(key::ALERTS_TITLE)>
            <h1>{text(key::ALERTS_TITLE)}</h1>
            <p class="lead measured">{text(key::ALERTS_LEAD)}</p>
            {waiting}
            <h2>{text(key::ALERTS_PLACES)}</h2>
            {told}
            <h2>{text(key::ALERTS_MAIL)}</h2>
            {mail(&here, mail_offered, has_mail)}
            <h2>{text(key::ALERTS_DEVICE)}</h2>
            {device(&here, push_key, devices)}
            <h2>{text(key::ALERTS_ABOUT)}</h2>
            <ul class="flow-tight measured">{about}</ul>
            <Senders here=here.clone() consents/>
        </PortalPage>
    }
}

/// A place where the person is told, and the way to end that.
fn told_at(here: &Here, place: &AlertPlace) -> impl IntoView + use<> {
    let (what, named) = named(here, place);
    let since = match place.state {
        AlertPlaceState::Confirmed(since) | AlertPlaceState::Waiting { until: since, .. } => since,
    };
    let since = here.format(key::ALERTS_SINCE, &[("when", here.when(since).as_str().into())]);
    let told = place.told_at.map(|at| here.format(key::ALERTS_TOLD, &[("when", here.when(at).as_str().into())]));
    let failed = place.failed_at.map(|at| {
        let said = here.format(key::ALERTS_FAILED, &[("when", here.when(at).as_str().into())]);
        view! { <p><Chip kind=Kind::Warning text=here.text(key::LAYOUT_KIND_WARNING)/>" "{said}</p> }
    });
    let end = here.format(key::ALERTS_END, &[("place", named.as_str().into())]);
    view! {
        <li class="flow-tight">
            <p><strong>{named}</strong>" "<span class="soft">{what}</span></p>
            <p class="soft small">{since}{told.map(|told| format!(" {told}"))}</p>
            {failed}
            <form method="post" action=paths::ALERTS_REMOVE>
                <input type="hidden" name="id" value=place.id.to_string()/>
                <Button text=end look=ButtonLook::Outline size=ButtonSize::Small/>
            </form>
        </li>
    }
}

/// What it is, and what it is called.
fn named(here: &Here, place: &AlertPlace) -> (String, String) {
    match &place.at {
        AlertPlaceAt::Mail(address) => (here.text(key::ALERTS_KIND_MAIL), address.clone()),
        AlertPlaceAt::Device(device) => (here.text(key::ALERTS_KIND_DEVICE), device.clone()),
    }
}

/// The code that was sent is typed in here. At most one of each kind waits.
fn code_form(here: &Here, place: &AlertPlace) -> Option<impl IntoView + use<>> {
    let AlertPlaceState::Waiting { until, tries_left } = place.state else { return None };
    let text = here.texts();
    let (title, id, how) = match &place.at {
        AlertPlaceAt::Mail(_) => (key::ALERTS_CODE_BY_MAIL, "code-mail", key::ALERTS_CODE_WHERE_MAIL),
        AlertPlaceAt::Device(_) => (key::ALERTS_CODE_BY_PUSH, "code-device", key::ALERTS_CODE_WHERE_DEVICE),
    };
    let (_, named) = named(here, place);
    let title = here.format(title, &[("place", named.as_str().into())]);
    let counts = here.format(
        key::ALERTS_CODE_COUNTS,
        &[("until", here.when(until).as_str().into()), ("left", u64::from(tries_left).into())],
    );
    let label = FieldText {
        need: Some(Need::Required(text(key::LAYOUT_REQUIRED))),
        ..FieldText::label(text(key::ALERTS_CODE)).support(text(how))
    };
    let hidden = place.id.to_string();
    let form = (tries_left > 0).then(|| {
        view! {
            <form method="post" action=paths::ALERTS_CONFIRM class="stack measured">
                <input type="hidden" name="id" value=hidden.clone()/>
                <TextField id=id name="code" text=label input=TextInput::Code length_max=20/>
                <p class="soft small">{counts}</p>
                <div class="actions"><Button text=text(key::ALERTS_CODE_CHECK)/></div>
            </form>
        }
    });
    let over = (tries_left == 0).then(|| view! { <p>{text(key::ALERTS_CODE_USED_UP)}</p> });
    Some(view! {
        <section class="flow">
            <h2>{title}</h2>
            {form}
            {over}
            <div class="actions">
                <form method="post" action=paths::ALERTS_AGAIN>
                    <input type="hidden" name="id" value=hidden.clone()/>
                    <Button text=text(key::ALERTS_CODE_AGAIN) look=ButtonLook::Outline size=ButtonSize::Small/>
                </form>
                <form method="post" action=paths::ALERTS_REMOVE>
                    <input type="hidden" name="id" value=hidden.clone()/>
                    <Button text=text(key::ALERTS_CODE_DROP) look=ButtonLook::Text size=ButtonSize::Small/>
                </form>
            </div>
        </section>
    })
}

fn mail(here: &Here, offered: bool, has_mail: bool) -> AnyView {
    let text = here.texts();
    if !offered {
        return view! { <p>{text(key::ALERTS_MAIL_NOT_OFFERED)}</p> }.into_any();
    }
    let change = has_mail.then(|| view! { <p class="measured">{text(key::ALERTS_MAIL_CHANGE)}</p> });
    let label = FieldText {
        need: Some(Need::Required(text(key::LAYOUT_REQUIRED))),
        ..FieldText::label(text(key::ALERTS_MAIL_ADDRESS)).support(text(key::ALERTS_MAIL_SUPPORT))
    };
    view! {
        {change}
        <form method="post" action=paths::ALERTS_MAIL class="stack measured">
            <TextField id="mail" name="mail" text=label input=TextInput::Mail/>
            <div class="actions"><Button text=text(key::ALERTS_MAIL_SEND)/></div>
        </form>
    }
    .into_any()
}

fn device(here: &Here, key: Option<String>, devices: usize) -> AnyView {
    let text = here.texts();
    let Some(key) = key else {
        return view! { <p>{text(key::ALERTS_DEVICE_NOT_OFFERED)}</p> }.into_any();
    };
    if devices >= DEVICES_MAX {
        let full = here.format(key::ALERTS_DEVICE_FULL, &[("count", (DEVICES_MAX as u64).into())]);
        return view! { <p class="measured">{full}</p> }.into_any();
    }
    let support = here.format(key::ALERTS_DEVICE_SUPPORT, &[("count", (DeviceName::CHARS_MAX as u64).into())]);
    let label = FieldText {
        need: Some(Need::Required(text(key::LAYOUT_REQUIRED))),
        ..FieldText::label(text(key::ALERTS_DEVICE_NAME)).support(support)
    };
    view! {
        <p class="measured">{text(key::ALERTS_DEVICE_TEXT)}</p>
        <p id=alert_device::WITHOUT_SCRIPT>{text(key::ALERTS_DEVICE_SCRIPT)}</p>
        <p id=alert_device::UNABLE hidden>{text(key::ALERTS_DEVICE_UNABLE)}</p>
        <form
            method="post"
            action=paths::ALERTS_DEVICE
            class="stack measured"
            id=alert_device::FORM
            data-key=key
            data-worker=paths::ALERTS_WORKER
            hidden
        >
            <input type="hidden" name="subscription" id=alert_device::SUBSCRIPTION/>
            <TextField id="device" name="device" text=label/>
            <div class="actions"><Button text=text(key::ALERTS_DEVICE_DO) look=ButtonLook::Outline/></div>
            <p id=alert_device::SAID role="alert"></p>
        </form>
        <p id=alert_device::DENIED hidden>{text(key::ALERTS_DEVICE_DENIED)}</p>
        <p id=alert_device::FAILED hidden>{text(key::ALERTS_DEVICE_FAILED)}</p>
        <AlertDevice/>
    }
    .into_any()
}

#[cfg(test)]
pub(super) mod tests;

//! What a person does with a notice, and what its sender hears of that (P-PSH-5).

use leptos::prelude::*;
use portal::{InboxNotice, NoticePlace};
use ui::{Button, ButtonLook, ButtonSize};
use wording::{Key, key};

use crate::context::Here;
use crate::paths;

/// 状態を知らせる: only where the sender asked; nothing is told unless the person says so.
#[component]
pub(super) fn States(here: Here, number: i64, institution: String, given: bool) -> impl IntoView {
    let text = here.texts();
    let named = |key| here.format(key, &[("institution", institution.as_str().into())]);
    let action = format!("{}/states", paths::notice(number));
    let (now, act) = if given {
        (key::NOTICE_STATES_GIVEN, key::NOTICE_STATES_WITHHOLD)
    } else {
        (key::NOTICE_STATES_NONE, key::NOTICE_STATES_GIVE)
    };
    let elsewhere = given.then(|| {
        view! { <p><a class="way" href=paths::alerts_states()>{text(key::ALERTS_STATES)}</a></p> }
    });
    let give = (!given).then(|| view! { <input type="hidden" name="give" value="yes"/> });
    view! {
        <section class="notice-box measured on-screen">
            <h2>{text(key::NOTICE_STATES)}</h2>
            <p>{named(key::NOTICE_STATES_WANTED)}</p>
            <p>{named(key::NOTICE_STATES_TOLD)}</p>
            <p><strong>{text(now)}</strong></p>
            <form method="post" action=action>
                {give}
                <Button text=text(act) look=ButtonLook::Outline/>
            </form>
            {elsewhere}
        </section>
    }
}

/// 未読に戻す, よける, ごみ箱に入れる, 印を付ける. What was taken back cannot be unread: it would be gone.
#[component]
pub(super) fn Acts(here: Here, line: InboxNotice) -> impl IntoView {
    let text = here.texts();
    let number = line.letter.number().to_string();
    let place = match (line.touched.binned_at, line.touched.archived_at) {
        (Some(_), _) => NoticePlace::Bin,
        (None, Some(_)) => NoticePlace::Archive,
        (None, None) => NoticePlace::Inbox,
    };
    let acts: &[(&'static str, Key)] = match place {
        NoticePlace::Inbox => {
            &[("unread", key::NOTICES_ACT_UNREAD), ("archive", key::NOTICES_ACT_ARCHIVE), ("bin", key::NOTICES_ACT_BIN)]
        }
        NoticePlace::Archive => {
            &[("unread", key::NOTICES_ACT_UNREAD), ("restore", key::NOTICES_ACT_RESTORE), ("bin", key::NOTICES_ACT_BIN)]
        }
        NoticePlace::Bin => &[("restore", key::NOTICES_ACT_RESTORE)],
    };
    let acts = acts
        .iter()
        .filter(|(act, _)| !(line.withdrawn && *act == "unread"))
        .map(|(act, words)| {
            view! { <Button text=text(*words) look=ButtonLook::Outline size=ButtonSize::Small name="act" value=*act/> }
        })
        .collect_view();
    let (star, name) =
        if line.touched.starred_at.is_some() { (key::NOTICES_UNSTAR, "unstar") } else { (key::NOTICES_STAR, "star") };
    view! {
        <form method="post" action=paths::NOTICES_ACT class="on-screen">
            <input type="hidden" name="on" value=number.clone()/>
            <input type="hidden" name="letter" value=number.clone()/>
            <fieldset class="letters-acts">
                <legend>{text(key::NOTICE_ACTIONS)}</legend>
                <div class="letters-buttons">
                    {acts}
                    <Button text=text(star) look=ButtonLook::Outline size=ButtonSize::Small name value=number/>
                </div>
            </fieldset>
        </form>
    }
}

//! フォルダを止める, フォルダを閉じる (P-FLD-2, P-FLD-3): what happens is said before it does.

use leptos::prelude::*;
use ui::{Button, ButtonLook, Checkbox};
use wording::key;

use super::answer;
use crate::components::PortalPage;
use crate::context::Here;
use crate::paths;

pub(crate) fn folder() -> impl IntoView {
    answer::personal(|here, _, _| async move { view! { <Folder here/> }.into_any() })
}

#[component]
pub(super) fn Folder(here: Here) -> impl IntoView {
    let text = here.texts();
    let lines = move |keys: &[wording::Key]| keys.iter().map(|key| view! { <li>{text(*key)}</li> }).collect_view();
    view! {
        <PortalPage here=here.clone() title=text(key::FOLDER_TITLE)>
            <h1>{text(key::FOLDER_TITLE)}</h1>
            <p><a class="way" href=paths::ALERTS>{text(key::ALERTS_TITLE)}</a></p>
            <p><a class="way" href=paths::alerts_states()>{text(key::ALERTS_STATES)}</a></p>
            <h2>{text(key::FOLDER_SUSPEND)}</h2>
            <ul class="flow-tight measured">
                {lines(&[key::FOLDER_SUSPEND_WHAT, key::FOLDER_SUSPEND_KEEPS, key::FOLDER_SUSPEND_RESUME])}
            </ul>
            <form method="post" action=paths::FOLDER_SUSPEND class="apart">
                <Button text=text(key::FOLDER_SUSPEND_DO) look=ButtonLook::Outline/>
            </form>
            <h2>{text(key::FOLDER_CLOSE)}</h2>
            <ul class="flow-tight measured">
                {lines(&[key::FOLDER_CLOSE_WHAT, key::FOLDER_CLOSE_STAYS, key::FOLDER_CLOSE_AGAIN])}
            </ul>
            <p><a class="way" href=paths::INFORMATION>{text(key::FOLDER_CLOSE_SAVE)}</a></p>
            <form method="post" action=paths::FOLDER_CLOSE class="flow measured">
                <Checkbox
                    id="understood"
                    name="understood"
                    label=text(key::FOLDER_CLOSE_UNDERSTOOD)
                    support=text(key::FOLDER_CLOSE_UNDERSTOOD_SUPPORT)
                />
                <div class="actions"><Button text=text(key::FOLDER_CLOSE_DO) look=ButtonLook::Outline/></div>
            </form>
        </PortalPage>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;
    use domain::Locale;

    #[test]
    fn what_happens_is_said_before_it_does() {
        let here = testing::here(Locale::Ja, "/folder", true);
        let html = ui::render(|| view! { <Folder here/> });
        for part in [r#"action="/folder/suspend""#, r#"action="/folder/close""#, "もう一度、利用者登録"] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }
}

//! Before a logout that erases something: what goes, what stays, and what can be taken home (P-INF-7).

use domain::NoticeKind;
use leptos::prelude::*;
use portal::{Gathered, InboxNotice, KeptError, OwnState, Takeout};
use ui::{Button, ButtonLook, Chip, Kind, LinkButton};
use wording::key;

use super::answer;
use super::notices::{marks, words};
use crate::components::{PortalPage, TakeHome};
use crate::context::Here;
use crate::paths;

pub(crate) fn leaving() -> impl IntoView {
    answer::holding(|here, who, holder, portal| async move {
        let shared_device = portal.home(&who).await.shared_device;
        let notices = match portal.confirmed_notices(&who, here.context.now).await {
            Ok(notices) => notices,
            Err(error) => return answer::store_failed(here, &error),
        };
        let read = match portal.notices_to_keep(&who, here.context.now).await {
            Ok(read) => read,
            Err(KeptError::Store(error)) => return answer::store_failed(here, &error),
            Err(error) => {
                answer::note(&here, &error);
                Vec::new()
            }
        };
        let gathered = portal.own_information(&who, &holder).await;
        match (gathered, portal.takeouts(&who, &holder).await) {
            (Ok(gathered), Ok(files)) => {
                let goes = Goes { answers: answers(gathered.as_ref()), notices, read };
                view! { <Leaving here goes files shared_device/> }.into_any()
            }
            (Err(error), _) | (_, Err(error)) => answer::information_failed(here, &error),
        }
    })
}

fn answers(gathered: Option<&Gathered>) -> usize {
    let sources = gathered.map(|gathered| gathered.sources.iter()).into_iter().flatten();
    sources.filter(|source| matches!(source.state, OwnState::Answered(_))).count()
}

/// What a logout would erase.
pub(super) struct Goes {
    pub(super) answers: usize,
    pub(super) notices: u32,
    /// The newest of those that were read: they can be kept.
    pub(super) read: Vec<InboxNotice>,
}

#[component]
pub(super) fn Leaving(here: Here, goes: Goes, files: Vec<Takeout>, shared_device: bool) -> impl IntoView {
    let text = here.texts();
    let Goes { answers, notices, read } = goes;
    let goes = (answers > 0).then(|| here.format(key::LEAVING_GOES_ANSWERS, &[("count", (answers as u64).into())]));
    let nothing = (answers == 0 && notices == 0).then(|| text(key::LEAVING_NOTHING));
    let goes = goes.or(nothing).map(|goes| view! { <li>{goes}</li> });
    let goes_too = (notices > 0).then(|| {
        let goes = here.format(key::LEAVING_GOES_NOTICES, &[("count", notices.into())]);
        view! { <li>{goes}</li> }
    });
    let offered = (!read.is_empty()).then(|| offered(&here, &read));
    let keep = (notices > 0).then(|| {
        view! {
            <p class="measured">{text(key::LEAVING_NOTICES)}</p>
            <p><a class="way" href=paths::NOTICES>{text(key::LEAVING_NOTICES_LINK)}</a></p>
        }
    });
    let (back, back_to) =
        if answers > 0 { (key::LEAVING_BACK, paths::INFORMATION) } else { (key::LEAVING_HOME, paths::HOME) };
    view! {
        <PortalPage here=here.clone() title=text(key::LEAVING_TITLE)>
            <h1>{text(key::LEAVING_TITLE)}</h1>
            <p class="lead measured">{text(key::LEAVING_LEAD)}</p>
            <h2>{text(key::LEAVING_GOES)}</h2>
            <ul class="measured">{goes}{goes_too}</ul>
            <p class="measured">{text(key::LEAVING_STAYS)}</p>
            {keep}
            {offered}
            {(answers > 0).then(|| view! { <TakeHome here=here.clone() files shared_device/> })}
            <div class="actions apart">
                <form method="post" action=paths::LOGOUT>
                    <input type="hidden" name="confirmed" value="yes"/>
                    <Button text=text(key::LEAVING_CONFIRM)/>
                </form>
                <LinkButton text=text(back) href=back_to look=ButtonLook::Outline/>
            </div>
        </PortalPage>
    }
}

/// 残す, before it goes. What still waits for an answer says so: nobody answers it from 保管.
fn offered(here: &Here, read: &[InboxNotice]) -> impl IntoView + use<> {
    let text = here.texts();
    let waits = |notice: &InboxNotice| notice.is_answerable(here.context.now);
    let about = read.iter().any(waits).then(|| view! { <p>{text(key::LEAVING_UNANSWERED_ABOUT)}</p> });
    let lines = read
        .iter()
        .map(|notice| {
            let number = notice.letter.number();
            let (id, marks_id) = (format!("letter-{number}"), format!("letter-{number}-marks"));
            let words::Title { text: title, lang, .. } = words::title(here, notice);
            let sender = wording::organisation(here.locale(), &notice.sender);
            let unanswered = waits(notice);
            let mark = unanswered.then(|| view! { <Chip kind=Kind::Warning text=text(key::LEAVING_UNANSWERED)/>" " });
            let answer = unanswered.then(|| way_to_form(here, notice));
            view! {
                <li>
                    <label class="checkbox" for=id.clone()>
                        <input
                            type="checkbox"
                            id=id.clone()
                            name="letter"
                            value=number.to_string()
                            aria-describedby=marks_id.clone()
                        />
                        <span>{sender}" "<span lang=lang>{title}</span></span>
                    </label>
                    <p id=marks_id class="letter-marks letter-leaves">{mark}{marks(here, notice)}</p>
                    {answer}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="flow measured">
            <h2>{text(key::LEAVING_KEEP)}</h2>
            <p>{text(key::LEAVING_KEEP_ABOUT)}</p>
            {about}
            <form method="post" action=paths::NOTICES_ACT class="flow">
                <input type="hidden" name="leaving" value="yes"/>
                <ul class="flow-tight" role="list">{lines}</ul>
                <div class="actions">
                    <Button text=text(key::LEAVING_KEEP_ACT) look=ButtonLook::Outline name="act" value="keep"/>
                </div>
            </form>
        </section>
    }
}

/// It can still be filled in.
fn way_to_form(here: &Here, notice: &InboxNotice) -> impl IntoView + use<> {
    let go = if notice.kind == NoticeKind::SignUp { key::NOTICE_FORM_SIGN_UP_GO } else { key::NOTICE_FORM_REQUEST_GO };
    let number = notice.letter.number();
    let about = format!("letter-{number}-marks");
    view! {
        <p class="letter-leaves">
            <a class="way" href=paths::reply(number) aria-describedby=about>{here.text(go)}</a>
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;
    use crate::pages::notices::tests::{notice, read, title};
    use domain::Locale;

    fn page(goes: Goes) -> String {
        let here = testing::here(Locale::Ja, "/leaving", true);
        ui::render(|| view! { <Leaving here goes files=Vec::new() shared_device=false/> })
    }

    #[test]
    fn notices_that_were_read_are_counted_and_can_be_kept() {
        let read = vec![notice(7, NoticeKind::Information, title("図書館の休み", "図書館の休み", "Library closed"))];
        let html = page(Goes { answers: 0, notices: 3, read });
        for part in ["図書館の休み", r#"name="letter" value="7""#, r#"name="act" value="keep""#, r#"name="leaving""#]
        {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(html.contains("読んだお知らせと、ごみ箱のお知らせ 3件"), "{html}");
        assert!(html.contains(r#"href="/notices""#) && html.contains(r#"href="/home""#), "{html}");
        assert!(!html.contains("取り寄せた情報 0件"), "{html}");
    }

    #[test]
    fn what_still_waits_for_an_answer_says_so_and_until_when_and_leads_to_the_form() {
        let of = |locale, read: Vec<InboxNotice>| {
            let here = testing::here(locale, "/leaving", true);
            let goes = Goes { answers: 0, notices: 4, read };
            ui::render(|| view! { <Leaving here goes files=Vec::new() shared_device=false/> })
        };
        let html = of(Locale::Ja, read());
        for part in [
            "残しても、保管からは回答できません。",
            "2026年11月10日まで（あと7日）",
            r#"href="/notices/7/reply""#,
            "申し込む",
            r#"aria-describedby="letter-7-marks""#,
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        // One of them, and the sentence about it.
        assert_eq!(html.matches("まだ回答していません").count(), 2, "{html}");
        assert!(of(Locale::En, read()).contains("cannot be answered later from the kept notices"));
        assert!(of(Locale::JaEasy, read()).contains("あとで 答えられません。"));

        let mut answered = read();
        for notice in &mut answered {
            notice.touched.replied_at = notice.touched.opened_at;
        }
        let html = of(Locale::Ja, answered);
        assert!(html.contains("回答済み") && !html.contains("まだ回答していません"), "{html}");
    }

    #[test]
    fn where_nothing_is_left_to_go_it_says_so() {
        let html = page(Goes { answers: 0, notices: 0, read: Vec::new() });
        assert!(html.contains("いま消えるものはありません。") && !html.contains(r#"value="keep""#), "{html}");
    }

    #[test]
    fn it_says_what_goes_and_asks() {
        let html = page(Goes { answers: 14, notices: 0, read: Vec::new() });
        assert!(html.contains("取り寄せた情報 14件") && !html.contains("お知らせ "), "{html}");
        assert!(html.contains(r#"<input type="hidden" name="confirmed" value="yes""#), "{html}");
        assert!(html.contains(r#"href="/information""#));
    }
}

//! お知らせ: what a person does with notices, and what can be taken along of one (P-PSH-4…7).

mod calendar;
mod events;
pub(super) mod kept;
mod reply;
mod saved;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::request::Parts;
use portal::{Flash, InboxWish, LetterId, NoticeError, NoticePlace, SignedIn, StoreError, Visitor};
use serde::Deserialize;

use super::posted::Posted;
use super::{led_to, store_failed, to_login_then};
use crate::error_page::{Case, ErrorPage};
use crate::session::Current;
use crate::state::AppState;

pub(crate) use calendar::calendar;
pub(crate) use events::{Listeners, come_later, events};
pub(crate) use reply::{check, send};
pub(crate) use saved::{authority, file, letter, pdf};

/// A page shows fewer.
const LETTERS_MAX: usize = 200;

/// What a person asks to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Read,
    Unread,
    Put(NoticePlace),
    Star(bool),
    Keep,
}

/// The form of the list, and of one notice.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    act: Act,
    letters: Vec<LetterId>,
    /// From the page of this notice.
    on: Option<LetterId>,
    /// From a list.
    back: InboxWish,
    /// From the page before a logout.
    leaving: bool,
}

/// None for what no form of ours posts.
fn asked(fields: &[(String, String)]) -> Option<Asked> {
    let (mut act, mut letters, mut star, mut on, mut back) = (None, Vec::new(), None, None, InboxWish::default());
    let mut leaving = false;
    for (name, value) in fields {
        let number = || value.parse().ok().map(LetterId::of_number);
        match name.as_str() {
            "act" => {
                act = Some(match value.as_str() {
                    "read" => Act::Read,
                    "unread" => Act::Unread,
                    "keep" => Act::Keep,
                    "archive" => Act::Put(NoticePlace::Archive),
                    "bin" => Act::Put(NoticePlace::Bin),
                    "restore" => Act::Put(NoticePlace::Inbox),
                    _ => return None,
                });
            }
            "letter" => letters.push(number()?),
            "star" => star = Some((Act::Star(true), number()?)),
            "unstar" => star = Some((Act::Star(false), number()?)),
            "on" => on = Some(number()?),
            "leaving" => leaving = true,
            // Only a wish that can be read leads back; nothing else stands in an address of ours.
            "back" => back = InboxWish::parse(value).ok()?,
            _ => return None,
        }
    }
    let (act, letters) = match star {
        // The mark belongs to one row, whatever else is chosen.
        Some((act, letter)) => (act, vec![letter]),
        None => (act?, letters),
    };
    (letters.len() <= LETTERS_MAX).then_some(Asked { act, letters, on, back, leaving })
}

impl Asked {
    /// A notice that is opened is read: what makes it unread, or puts it away, leads to the list.
    fn leads_to(&self) -> String {
        if self.leaving {
            return app::paths::LEAVING.to_owned();
        }
        match (self.act, self.on) {
            (Act::Star(_) | Act::Put(NoticePlace::Inbox) | Act::Read, Some(on)) => app::paths::notice(on.number()),
            _ => match self.back.to_query() {
                query if query.is_empty() => app::paths::NOTICES.to_owned(),
                query => format!("{}?{query}", app::paths::NOTICES),
            },
        }
    }

    fn told(&self, done: u32) -> Option<Flash> {
        if self.letters.is_empty() {
            return Some(Flash::error("notices-none-selected"));
        }
        let name = match self.act {
            Act::Star(_) | Act::Keep => return None,
            Act::Read => "notices-read",
            Act::Unread => "notices-unread",
            Act::Put(NoticePlace::Archive) => "notices-archive",
            Act::Put(NoticePlace::Bin) => "notices-bin",
            Act::Put(NoticePlace::Inbox) => "notices-restore",
        };
        (done > 0).then(|| Flash::success(name).with("count", done.to_string()))
    }
}

/// 既読にする, 未読に戻す, よける, ごみ箱に入れる, 元に戻す, 印を付ける. What is somebody else's is not there: nothing is
/// done with it, and nothing is said of it.
pub(crate) async fn act(
    State(state): State<AppState>,
    mut current: Current,
    parts: Parts,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Response {
    let Visitor::SignedIn(who) = current.visitor() else {
        return to_login_then(&state, &parts, app::paths::NOTICES).await;
    };
    let Some(asked) = asked(&fields) else { return ErrorPage::new(&state, &parts, Case::Malformed).into_response() };
    if asked.act == Act::Keep {
        return kept::keep(&state, &mut current, &parts, &who, &asked).await;
    }
    let done = match done(&state, &who, &asked).await {
        Ok(done) => done,
        Err(error) => return failed(&state, &parts, &error),
    };
    led_to(&state, &parts, &mut current, asked.told(done), &asked.leads_to()).await
}

async fn done(state: &AppState, who: &SignedIn, asked: &Asked) -> Result<u32, NoticeError> {
    let (portal, now) = (&state.portal, state.clock.now());
    match asked.act {
        Act::Read => portal.mark_notices(who, &asked.letters, false, now).await,
        Act::Unread => portal.mark_notices(who, &asked.letters, true, now).await,
        Act::Put(place) => Ok(portal.put_notice(who, &asked.letters, place, now).await?),
        Act::Keep => Ok(0),
        Act::Star(starred) => {
            let mut done = 0;
            for letter in &asked.letters {
                done += u32::from(portal.star_notice(who, *letter, starred, now).await?);
            }
            Ok(done)
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatesForm {
    #[serde(default)]
    give: Option<String>,
}

/// 状態を知らせる, or no more.
pub(crate) async fn states(
    State(state): State<AppState>,
    mut current: Current,
    number: Result<Path<i64>, PathRejection>,
    parts: Parts,
    Posted(form): Posted<StatesForm>,
) -> Response {
    let Visitor::SignedIn(who) = current.visitor() else {
        return to_login_then(&state, &parts, app::paths::NOTICES).await;
    };
    let Ok(Path(number)) = number else { return ErrorPage::new(&state, &parts, Case::NotFound).into_response() };
    let give = form.give.is_some();
    let letter = LetterId::of_number(number);
    if let Err(error) = state.portal.give_states(&who, letter, give, state.clock.now()).await {
        return failed(&state, &parts, &error);
    }
    let flash = Flash::success(if give { "notice-states-given" } else { "notice-states-withheld" });
    led_to(&state, &parts, &mut current, flash, &app::paths::notice(number)).await
}

pub(super) fn failed(state: &AppState, parts: &Parts, error: &NoticeError) -> Response {
    match error {
        NoticeError::NotFound => ErrorPage::new(state, parts, Case::NotFound).into_response(),
        NoticeError::Store(error) => store_failed(state, parts, error),
        NoticeError::Unopened(_) | NoticeError::Unverified(_) => {
            ErrorPage::new(state, parts, Case::Internal).because(error).into_response()
        }
    }
}

/// Repeats the upkeep of notices while there is something to do, until the portal stops.
pub(crate) async fn expire(
    state: &AppState,
    upkeep: &portal::NoticeUpkeep,
    stop: &tokio_util::sync::CancellationToken,
) -> Result<(), StoreError> {
    while !stop.is_cancelled() && state.portal.expire_notices(upkeep, state.clock.now()).await? {
        // Others may write between two steps.
        tokio::task::yield_now().await;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(posted: &str) -> Option<Asked> {
        let fields: Vec<(String, String)> = form_urlencoded::parse(posted.as_bytes()).into_owned().collect();
        asked(&fields)
    }

    fn leads_to(posted: &str) -> String {
        fields(posted).unwrap().leads_to()
    }

    #[test]
    fn several_notices_are_chosen_in_one_form() {
        let asked = fields("back=&letter=3&letter=5&act=bin").unwrap();
        assert_eq!(asked.act, Act::Put(NoticePlace::Bin));
        assert_eq!(asked.letters, [3, 5].map(LetterId::of_number));
    }

    #[test]
    fn a_mark_is_for_its_own_row_alone() {
        let asked = fields("back=&letter=3&letter=5&star=7").unwrap();
        assert_eq!((asked.act, asked.letters), (Act::Star(true), vec![LetterId::of_number(7)]));
    }

    #[test]
    fn the_way_back_is_an_address_of_ours_and_no_other() {
        assert_eq!(leads_to("act=read&letter=1&back=kind%3Dsign-up%26before%3D9"), "/notices?kind=sign-up&before=9");
        assert_eq!(leads_to("unstar=1&back=starred%3D1"), "/notices?starred=1");
        for elsewhere in ["https://evil.example", "//evil.example", "x=1"] {
            assert_eq!(fields(&format!("act=read&letter=1&back={elsewhere}")), None, "{elsewhere}");
        }
        let broken = leads_to("act=read&letter=1&back=words%3Da%250d%250aSet-Cookie:b");
        assert!(broken.starts_with("/notices?words=a") && !broken.contains(['\r', '\n']), "{broken}");
    }

    #[test]
    fn only_what_leaves_a_notice_read_leads_back_to_it() {
        assert_eq!(leads_to("on=7&letter=7&star=7"), "/notices/7");
        assert_eq!(leads_to("on=7&letter=7&act=restore"), "/notices/7");
        assert_eq!(leads_to("leaving=yes&letter=7&act=keep"), "/leaving");
        for act in ["unread", "archive", "bin", "keep"] {
            assert_eq!(leads_to(&format!("on=7&letter=7&act={act}")), "/notices");
        }
    }

    #[test]
    fn what_no_form_of_ours_posts_is_refused() {
        let many = "letter=1&".repeat(201);
        for posted in
            ["", "letter=1", "act=burn&letter=1", "act=read&letter=x", "act=read&other=1", &format!("{many}act=read")]
        {
            assert_eq!(fields(posted), None, "{posted}");
        }
    }

    #[test]
    fn nothing_chosen_is_said_and_what_is_somebody_else_s_is_not() {
        let none = fields("act=read&back=").unwrap();
        assert_eq!(none.told(0), Some(Flash::error("notices-none-selected")));
        let theirs = fields("act=read&letter=9&back=").unwrap();
        assert_eq!(theirs.told(0), None);
        assert_eq!(theirs.told(1).unwrap().values["count"], "1");
    }
}

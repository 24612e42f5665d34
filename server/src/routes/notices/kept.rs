//! 残す and 保管: what a person keeps beyond the session, takes along of it, and throws away.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::request::Parts;
use portal::{Flash, KeepTold, KeptError, KeptId, KeptWish, SignedIn, Visitor};
use runtime::SystemRng;

use super::super::posted::Posted;
use super::super::theirs::Theirs;
use super::super::{led_to, store_failed, to_login_then};
use super::saved::{attachment, paper, told_in};
use super::{Asked, calendar};
use crate::error_page::{Case, ErrorPage};
use crate::session::Current;
use crate::state::AppState;

/// A page shows fewer.
const KEPT_MAX: usize = 200;

/// 残す, from the list, from a notice, or before a logout.
pub(super) async fn keep(
    state: &AppState,
    current: &mut Current,
    parts: &Parts,
    who: &SignedIn,
    asked: &Asked,
) -> Response {
    let told = match state.portal.keep_notices(who, &asked.letters, state.clock.now(), &mut SystemRng).await {
        Ok(told) => told,
        Err(error) => return failed(state, parts, &error),
    };
    let flash = if asked.letters.is_empty() { Some(Flash::error("notices-none-selected")) } else { flash_of(told) };
    led_to(state, parts, current, flash, &asked.leads_to()).await
}

/// What did not work comes first: it says that the rest did.
fn flash_of(told: KeepTold) -> Option<Flash> {
    let KeepTold { kept, already, answerable, no_room, damaged } = told;
    if no_room > 0 {
        return Some(Flash::error("notices-no-room"));
    }
    if damaged > 0 {
        return Some(Flash::error("notices-not-kept"));
    }
    if kept > 0 {
        let name = if answerable > 0 { "notices-kept-answerable" } else { "notices-kept" };
        return Some(Flash::success(name).with("count", kept.to_string()));
    }
    (already > 0).then(|| Flash::success("notices-kept-already"))
}

/// The form of 保管, and of one kept notice.
#[derive(Debug, PartialEq, Eq)]
struct Discarded {
    kept: Vec<KeptId>,
    understood: bool,
    back: KeptWish,
}

/// None for what no form of ours posts.
fn discarded(fields: &[(String, String)]) -> Option<Discarded> {
    let mut discarded = Discarded { kept: Vec::new(), understood: false, back: KeptWish::default() };
    for (name, value) in fields {
        match name.as_str() {
            "kept" => discarded.kept.push(KeptId::of_number(value.parse().ok()?)),
            "understood" => discarded.understood = true,
            // Only a wish that can be read leads back; nothing else stands in an address of ours.
            "back" => discarded.back = KeptWish::parse(value).ok()?,
            _ => return None,
        }
    }
    (discarded.kept.len() <= KEPT_MAX).then_some(discarded)
}

/// 捨てる: at once, and only when the person has said that there is no way back. What is somebody else's is not there.
pub(crate) async fn discard(
    State(state): State<AppState>,
    mut current: Current,
    parts: Parts,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Response {
    let Visitor::SignedIn(who) = current.visitor() else {
        return to_login_then(&state, &parts, app::paths::NOTICES).await;
    };
    let Some(Discarded { kept, understood, back }) = discarded(&fields) else {
        return ErrorPage::new(&state, &parts, Case::Malformed).into_response();
    };
    let flash = if kept.is_empty() {
        Some(Flash::error("notices-none-selected"))
    } else if understood {
        match state.portal.discard_kept(&who, &kept).await {
            Ok(0) => None,
            Ok(done) => Some(Flash::success("kept-discarded").with("count", done.to_string())),
            Err(error) => return store_failed(&state, &parts, &error),
        }
    } else {
        Some(Flash::error("kept-not-understood"))
    };
    let page = format!("{}?{}", app::paths::NOTICES, back.to_query());
    led_to(&state, &parts, &mut current, flash, &page).await
}

/// A file that came with it.
pub(crate) async fn file(
    State(state): State<AppState>,
    Theirs { who, at: (number, place) }: Theirs<(i64, u8)>,
    parts: Parts,
) -> Response {
    match state.portal.kept_file(&who, KeptId::of_number(number), place, state.clock.now()).await {
        Ok(file) => attachment(file.bytes.to_vec(), file.media_type.name(), &file.name),
        Err(error) => failed(&state, &parts, &error),
    }
}

/// The letter as its sender signed it.
pub(crate) async fn letter(
    State(state): State<AppState>,
    Theirs { who, at: number }: Theirs<i64>,
    parts: Parts,
) -> Response {
    match state.portal.kept_notice(&who, KeptId::of_number(number), state.clock.now()).await {
        Ok(opened) => attachment(opened.signed.to_vec(), "application/pkcs7-mime", "notice.p7m"),
        Err(error) => failed(&state, &parts, &error),
    }
}

/// The notice as a PDF, in the language of its text that the page showed (`text`), else in the reader's.
pub(crate) async fn pdf(
    State(state): State<AppState>,
    Theirs { who, at: number }: Theirs<i64>,
    parts: Parts,
) -> Response {
    let pdf = state.portal.kept_pdf(&who, KeptId::of_number(number), told_in(&parts), state.clock.now()).await;
    paper(&state, &parts, pdf, failed)
}

/// Its last day for the person's own calendar.
pub(crate) async fn deadline(
    State(state): State<AppState>,
    Theirs { who, at: number }: Theirs<i64>,
    parts: Parts,
) -> Response {
    match state.portal.kept_notice(&who, KeptId::of_number(number), state.clock.now()).await {
        Ok(opened) => {
            let (last, answered) = (opened.line.ends_on(), opened.line.replied_at.is_some());
            calendar::of(&opened.content, last, answered, &parts)
                .unwrap_or_else(|| ErrorPage::new(&state, &parts, Case::NotFound).into_response())
        }
        Err(error) => failed(&state, &parts, &error),
    }
}

fn failed(state: &AppState, parts: &Parts, error: &KeptError) -> Response {
    match error {
        KeptError::NotFound => ErrorPage::new(state, parts, Case::NotFound).into_response(),
        KeptError::Store(error) => store_failed(state, parts, error),
        KeptError::Key(_) | KeptError::Unopened(_) | KeptError::Unverified(_) => {
            ErrorPage::new(state, parts, Case::Internal).because(error).into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(posted: &str) -> Option<Discarded> {
        let fields: Vec<(String, String)> = form_urlencoded::parse(posted.as_bytes()).into_owned().collect();
        discarded(&fields)
    }

    #[test]
    fn several_are_thrown_away_by_one_form_that_says_so() {
        let asked = fields("back=place%3Dkept%26kind%3Ddocument&kept=3&kept=5&understood=yes").unwrap();
        assert_eq!((asked.kept, asked.understood), ([3, 5].map(KeptId::of_number).to_vec(), true));
        assert_eq!(asked.back.to_query(), "place=kept&kind=document");
        assert!(!fields("kept=3").unwrap().understood);
    }

    #[test]
    fn what_no_form_of_ours_posts_is_refused() {
        let many = "kept=1&".repeat(201);
        for posted in ["kept=x", "kept=1&letter=1", "kept=1&back=https://evil.example", "kept=1&back=x%3D1", &many] {
            assert_eq!(fields(posted), None, "{posted}");
        }
    }

    #[test]
    fn what_did_not_work_is_said_before_what_did() {
        let told = KeepTold { kept: 2, already: 1, answerable: 1, no_room: 1, damaged: 1 };
        assert_eq!(flash_of(told), Some(Flash::error("notices-no-room")));
        assert_eq!(flash_of(KeepTold { no_room: 0, ..told }), Some(Flash::error("notices-not-kept")));
        let told = KeepTold { no_room: 0, damaged: 0, ..told };
        assert_eq!(flash_of(told).unwrap().message, "notices-kept-answerable");
        assert_eq!(flash_of(KeepTold { answerable: 0, ..told }).unwrap().values["count"], "2");
        assert_eq!(flash_of(KeepTold { kept: 0, ..told }).unwrap().message, "notices-kept-already");
        assert_eq!(flash_of(KeepTold::default()), None, "what is somebody else's is not there");
    }
}

//! What things are called, for officers.

use domain::{NoticeKind, NoticeState};
use jiff::Timestamp;
use ui::Kind;
use wire::notice::refusal;

use crate::japan;
use crate::sending::EXPIRED;
use crate::store::{Outcome, Role, SendingState};
use crate::texts::{say, say_with};

pub(super) fn required() -> String {
    say("required").to_owned()
}

pub(super) fn optional() -> String {
    say("optional").to_owned()
}

pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Draft => say("role-draft"),
        Role::Approve => say("role-approve"),
        Role::View => say("role-view"),
    }
}

pub(super) fn kind(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Information => say("kind-information-long"),
        NoticeKind::Deadline => say("kind-deadline-long"),
        NoticeKind::Request => say("kind-request-long"),
        NoticeKind::SignUp => say("kind-sign-up-long"),
        NoticeKind::Document => say("kind-document-long"),
        NoticeKind::Emergency => say("kind-emergency-long"),
    }
}

/// The kind in one word.
pub(super) fn kind_short(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Information => say("kind-information"),
        NoticeKind::Deadline => say("kind-deadline"),
        NoticeKind::Request => say("kind-request"),
        NoticeKind::SignUp => say("kind-sign-up"),
        NoticeKind::Document => say("kind-document"),
        NoticeKind::Emergency => say("kind-emergency"),
    }
}

pub(super) fn state(state: SendingState) -> (&'static str, Kind) {
    match state {
        SendingState::Open => (say("state-open"), Kind::Neutral),
        SendingState::Waiting => (say("state-waiting"), Kind::Warning),
        SendingState::Released => (say("state-released"), Kind::Info),
        SendingState::Done => (say("state-done"), Kind::Success),
        SendingState::Cancelled => (say("state-cancelled"), Kind::Neutral),
        SendingState::Rejected => (say("state-rejected"), Kind::Error),
    }
}

pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => say("outcome-accepted"),
        Outcome::Undeliverable => say("outcome-undeliverable"),
        Outcome::Unknown => say("outcome-unknown"),
    }
}

pub(super) fn notice_state(state: NoticeState) -> &'static str {
    match state {
        NoticeState::Arrived => say("reached-arrived"),
        NoticeState::OpenedByPerson => say("reached-opened-by-person"),
        NoticeState::OpenedByRepresentative => say("reached-opened-by-representative"),
        NoticeState::NotReceived => say("reached-not-received"),
    }
}

/// Why a sending does not go on, from the sender's own code.
pub(super) fn trouble(code: &str) -> &'static str {
    match code {
        "draft-unusable" => say("trouble-draft-unusable"),
        "letter-wanted" => say("trouble-letter-wanted"),
        "store" => say("trouble-store"),
        EXPIRED => say("trouble-expired"),
        refusal::NOT_BELIEVED | refusal::UNREADABLE | refusal::ID_TAKEN | refusal::TOO_MUCH | refusal::EXPIRED => {
            say("trouble-refused")
        }
        refusal::MAY_NOT_SEND => say("trouble-may-not-send"),
        "portal-unknown" => say("trouble-portal-unknown"),
        "unwritable" => say("trouble-unwritable"),
        "malformed-answer" | "refused" => say("trouble-answer"),
        _ => say("trouble-other"),
    }
}

/// People in one step of [`people`].
const STEP: u64 = 10;

/// R21: few people are not counted out. In steps, so that who looks twice does not see what one person did meanwhile.
pub(super) fn people(count: u64) -> String {
    match count / STEP * STEP {
        0 => say_with("people-fewer", &[("count", STEP.into())]),
        step => say_with("people-at-least", &[("count", step.into())]),
    }
}

/// 2026年11月3日（火）14時5分
pub(super) fn time(at: Timestamp) -> String {
    let japan = at.to_zoned(japan::zone());
    let (hour, minute) = (japan.hour().to_string(), japan.minute().to_string());
    say_with("time", &[("day", day(japan.date()).into()), ("hour", hour.into()), ("minute", minute.into())])
}

/// Until when: a day's end is that day, and not the next one's first minute.
pub(super) fn until(at: Timestamp) -> String {
    let japan = at.to_zoned(japan::zone());
    let when = if japan.time() == jiff::civil::Time::midnight() {
        day(japan.date().yesterday().unwrap_or(japan.date()))
    } else {
        time(at)
    };
    say_with("until", &[("when", when.into())])
}

/// 2026年11月3日（火）
pub(super) fn day(day: jiff::civil::Date) -> String {
    use jiff::civil::Weekday;
    let weekday = match day.weekday() {
        Weekday::Monday => say("monday"),
        Weekday::Tuesday => say("tuesday"),
        Weekday::Wednesday => say("wednesday"),
        Weekday::Thursday => say("thursday"),
        Weekday::Friday => say("friday"),
        Weekday::Saturday => say("saturday"),
        Weekday::Sunday => say("sunday"),
    };
    let number = |number: i16| number.to_string();
    let (year, month, date) = (number(day.year()), number(day.month().into()), number(day.day().into()));
    say_with(
        "day",
        &[("year", year.into()), ("month", month.into()), ("day", date.into()), ("weekday", weekday.into())],
    )
}

/// 12.3 MB
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1000 => say_with("size-bytes", &[("count", bytes.into())]),
        1000..1_000_000 => format!("{}KB", bytes.div_ceil(1000)),
        _ => format!("{}.{}MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// A word of the audit trail, with what stands after its colon.
pub(super) fn act(what: &str) -> String {
    let (word, about) = what.split_once(':').unwrap_or((what, ""));
    let words = match word {
        "login" => say("act-login"),
        "login-refused" => say("act-login-refused"),
        "login-key-copied" => say("act-login-key-copied"),
        "logout" => say("act-logout"),
        "key-enrolled" => say("act-key-enrolled"),
        "officer-invited" => say("act-officer-invited"),
        "officer-returned" => say("act-officer-returned"),
        "officer-role" => say("act-officer-role"),
        "officer-revoked" => say("act-officer-revoked"),
        "officer-ended" => say("act-officer-ended"),
        "draft-made" => say("act-draft-made"),
        "draft-saved" => say("act-draft-saved"),
        "draft-dropped" => say("act-draft-dropped"),
        "file-added" => say("act-file-added"),
        "file-dropped" => say("act-file-dropped"),
        "list-read" => say("act-list-read"),
        "list-dropped" => say("act-list-dropped"),
        "submitted" => say("act-submitted"),
        "approved" => say("act-approved"),
        "draft-kept" => say("act-draft-kept"),
        "released" => say("act-released"),
        "rejected" => say("act-rejected"),
        "cancelled" => say("act-cancelled"),
        "withdrawn" => say("act-withdrawn"),
        "replaced" => say("act-replaced"),
        "replies-seen" => say("act-replies-seen"),
        "replies-taken" => say("act-replies-taken"),
        "replies-fetched" => say("act-replies-fetched"),
        "template-saved" => say("act-template-saved"),
        "template-removed" => say("act-template-removed"),
        EXPIRED => say("act-expired"),
        "made" | "created" => say("act-made"),
        "sent" => say("act-sent"),
        "client-added" => say("act-client-added"),
        "client-revoked" => say("act-client-revoked"),
        other => other,
    };
    if about.is_empty() {
        words.to_owned()
    } else {
        say_with("about", &[("what", words.into()), ("about", about.into())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_people_are_not_counted_out() {
        assert_eq!(
            [0, 9, 10, 19, 12_305].map(people),
            ["10人未満", "10人未満", "10人以上", "10人以上", "12,300人以上"]
        );
    }

    #[test]
    fn a_time_is_japans_and_has_its_weekday() {
        assert_eq!(time("2026-11-03T05:05:00Z".parse().unwrap()), "2026年11月3日（火）14時5分");
    }

    #[test]
    fn a_days_end_is_that_day() {
        assert_eq!(until("2026-12-10T15:00:00Z".parse().unwrap()), "2026年12月10日（木）まで");
        assert_eq!(until("2026-12-10T03:00:00Z".parse().unwrap()), "2026年12月10日（木）12時0分まで");
    }

    #[test]
    fn an_act_is_told_with_what_it_is_about() {
        assert_eq!(act("officer-invited:田中"), "登録コードを出しました（田中）");
        assert_eq!(act("template-saved:kenshin"), "お知らせのひな形を保存しました（kenshin）");
        assert_eq!(act("something-newer"), "something-newer");
    }
}

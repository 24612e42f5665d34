//! What things are called, for officers.

use domain::{NoticeKind, NoticeState};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ui::Kind;

use crate::store::{Outcome, Role, SendingState};

pub(super) const REQUIRED: &str = "※必須";
pub(super) const OPTIONAL: &str = "※任意";

pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Draft => "起案",
        Role::Approve => "承認",
        Role::View => "閲覧",
    }
}

pub(super) fn kind(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Information => "お知らせ（読んでもらう）",
        NoticeKind::Deadline => "期限のあるお知らせ（ほかの場所で手続きしてもらう）",
        NoticeKind::Request => "回答のおねがい（質問に答えてもらう）",
        NoticeKind::SignUp => "申込みの案内（申し込んでもらう）",
        NoticeKind::Document => "文書（電子私書箱。受け取ったことが証明される）",
        NoticeKind::Emergency => "緊急（命や健康にかかわる）",
    }
}

/// The kind in one word.
pub(super) fn kind_short(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Information => "お知らせ",
        NoticeKind::Deadline => "期限あり",
        NoticeKind::Request => "回答のおねがい",
        NoticeKind::SignUp => "申込み",
        NoticeKind::Document => "文書",
        NoticeKind::Emergency => "緊急",
    }
}

pub(super) fn state(state: SendingState) -> (&'static str, Kind) {
    match state {
        SendingState::Open => ("宛先を確かめています", Kind::Neutral),
        SendingState::Waiting => ("承認待ち", Kind::Warning),
        SendingState::Released => ("送っています", Kind::Info),
        SendingState::Done => ("送り終わりました", Kind::Success),
        SendingState::Cancelled => ("やめました", Kind::Neutral),
        SendingState::Rejected => ("差し戻されました", Kind::Error),
    }
}

pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => "届けました",
        Outcome::Undeliverable => "受け取る箱がない",
        Outcome::Unknown => "わからない番号",
    }
}

pub(super) fn notice_state(state: NoticeState) -> &'static str {
    match state {
        NoticeState::Arrived => "届いた",
        NoticeState::OpenedByPerson => "開いた（本人）",
        NoticeState::OpenedByRepresentative => "開いた（代理人）",
        NoticeState::NotReceived => "受け取れませんでした",
    }
}

/// Why a sending does not go on, from the sender's own code.
pub(super) fn trouble(code: &str) -> &'static str {
    match code {
        "draft-unusable" => "文面を作れません。差し戻して、書き直してください。",
        "letter-wanted" => "ポータルが、もう一度文面を求めました。まもなく送り直します。",
        "store" => "このしくみの記録を読み書きできません。自動でもう一度行います。",
        _ => "連携のしくみ、またはポータルにつながりません。自動でもう一度行います。",
    }
}

/// R21: few people are not counted out.
pub(super) fn people(count: u64) -> String {
    if count < 5 { "5人未満".to_owned() } else { format!("{}人", grouped(count)) }
}

/// 12,300
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + 4);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

pub(super) fn japan() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(9))
}

/// 2026年11月3日（火）14時5分
pub(super) fn time(at: Timestamp) -> String {
    let japan = at.to_zoned(japan());
    format!("{}{}時{}分", day(japan.date()), japan.hour(), japan.minute())
}

/// Until when: a day's end is that day, and not the next one's first minute.
pub(super) fn until(at: Timestamp) -> String {
    let japan = at.to_zoned(japan());
    if japan.time() == jiff::civil::Time::midnight() {
        format!("{}まで", day(japan.date().yesterday().unwrap_or(japan.date())))
    } else {
        format!("{}まで", time(at))
    }
}

/// 2026年11月3日（火）
pub(super) fn day(day: jiff::civil::Date) -> String {
    use jiff::civil::Weekday;
    let weekday = match day.weekday() {
        Weekday::Monday => '月',
        Weekday::Tuesday => '火',
        Weekday::Wednesday => '水',
        Weekday::Thursday => '木',
        Weekday::Friday => '金',
        Weekday::Saturday => '土',
        Weekday::Sunday => '日',
    };
    format!("{}年{}月{}日（{weekday}）", day.year(), day.month(), day.day())
}

/// 12.3 MB
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1000 => format!("{bytes}バイト"),
        1000..1_000_000 => format!("{}KB", bytes.div_ceil(1000)),
        _ => format!("{}.{}MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// A word of the audit trail, with what stands after its colon.
pub(super) fn act(what: &str) -> String {
    let (word, about) = what.split_once(':').unwrap_or((what, ""));
    let words = match word {
        "login" => "ログインしました",
        "logout" => "ログアウトしました",
        "key-enrolled" => "セキュリティキーを登録しました",
        "officer-invited" => "登録コードを出しました",
        "officer-role" => "役割を変えました",
        "officer-revoked" => "キーとログインを止めました",
        "officer-ended" => "職員の登録を終えました",
        "draft-made" => "下書きを作りました",
        "draft-saved" => "下書きを保存しました",
        "draft-dropped" => "下書きを捨てました",
        "file-added" => "ファイルを付けました",
        "file-dropped" => "ファイルを外しました",
        "list-read" => "宛先の一覧を読み込みました",
        "list-dropped" => "宛先を選び直しました",
        "submitted" => "承認に出しました",
        "approved" | "released" => "送り始めました",
        "rejected" => "差し戻しました",
        "cancelled" => "送るのをやめました",
        "withdrawn" => "取り下げました",
        "replaced" => "差し替えの下書きを作りました",
        "replies-taken" => "回答をダウンロードしました",
        "made" | "created" => "お知らせを作りました",
        other => other,
    };
    if about.is_empty() { words.to_owned() } else { format!("{words}（{about}）") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_people_are_not_counted_out() {
        assert_eq!([0, 4, 5, 12_300].map(people), ["5人未満", "5人未満", "5人", "12,300人"]);
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
        assert_eq!(act("something-newer"), "something-newer");
    }
}

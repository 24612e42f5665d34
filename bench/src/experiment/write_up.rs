//! The numbers inside `docs/on-demand-or-beforehand.md`, between its markers: what people wrote around them stays.

use std::fmt::Write as _;

use runtime::{Clock as _, SystemClock};

use super::exposure::{DAYS, Exposure, PEOPLE, SESSION_MINUTES, STALE_HOURS_MAX, STALE_HOURS_MEAN};
use super::{Collected, Findings};
use crate::gather::{LATENCY, SIZES, Sample};
use crate::machine;
use crate::measure::real;

const END: &str = "<!-- end of numbers -->";

/// Words of a table in one language.
struct Words {
    begin: &'static str,
    measured_on: &'static str,
    response: &'static str,
    response_columns: &'static str,
    on_demand: &'static str,
    beforehand: &'static str,
    night: &'static str,
    night_columns: &'static str,
    everybody: &'static str,
    exposure: &'static str,
    exposure_columns: &'static str,
    fresh: &'static str,
}

const JA: Words = Words {
    begin: "<!-- numbers, ja: written by `bench/run experiment` -->",
    measured_on: "測定",
    response: "クリックからの時間（測定。ミリ秒、50 / 90 / 99 パーセンタイル。機関ごとに質問1つ、符号の変換を含む）",
    response_columns: "| 方式 | 機関 | 最初の表示 | 全部の表示 | いちばん遅い機関だけ | 差（99 パーセンタイル） |",
    on_demand: "都度取得",
    beforehand: "事前蓄積",
    night: "1回集めるときの量（測定。ホワイトリストの全種類）",
    night_columns: "| だれの | 質問 | メッセージ | 通信 kB | 置かれる行 | 置かれる kB | 読んで開く時間 |",
    everybody: "フォルダを持つ全員",
    exposure: "1か月（計算）",
    exposure_columns: "| 月にログインする人 | 事前蓄積: 人・日 | うち見ない人の人・日 | 都度取得: 人・日 | 侵入者が見つける人: 事前蓄積 | 都度取得 | メッセージ: 事前蓄積 | 都度取得 |",
    fresh: "情報の古さ",
};

const EN: Words = Words {
    begin: "<!-- numbers, en: written by `bench/run experiment` -->",
    measured_on: "Measured on",
    response: "Time from the click (measured; milliseconds, 50th / 90th / 99th percentile; one question to each institution, code conversion included)",
    response_columns: "| design | institutions | first shown | all shown | slowest institution alone | difference, 99th percentile |",
    on_demand: "on demand",
    beforehand: "beforehand",
    night: "What collecting once costs (measured; every kind of the whitelist)",
    night_columns: "| whose | questions | messages | kB on the wire | rows stored | kB stored | reading and opening |",
    everybody: "everybody with a folder",
    exposure: "A month (computed)",
    exposure_columns: "| log in in a month | beforehand: person-days | of these, of people who never look | on demand: person-days | an intruder finds people: beforehand | on demand | messages: beforehand | on demand |",
    fresh: "Age of what is shown",
};

/// None: a marker is missing.
pub(super) fn filled(text: &str, findings: &Findings, exposures: &[Exposure]) -> Option<String> {
    [&JA, &EN].into_iter().try_fold(text.to_owned(), |text, words| {
        let (before, rest) = text.split_once(words.begin)?;
        let (_, after) = rest.split_once(END)?;
        Some(format!("{before}{}\n{}\n{END}{after}", words.begin, tables(words, findings, exposures)))
    })
}

fn tables(words: &Words, findings: &Findings, exposures: &[Exposure]) -> String {
    let japan = jiff::tz::TimeZone::fixed(jiff::tz::offset(9));
    let today = SystemClock.now().to_zoned(japan).date();
    let clicks = |count: usize| count / SIZES.len();
    let mut text = format!(
        "{} {today}: {}; {} clicks / {} reads × {:?}; log-normal, median {} ms, σ {}, ≤ {} ms, seed {}\n\n",
        words.measured_on,
        machine::describe(),
        clicks(findings.on_demand.len()),
        clicks(findings.beforehand.len()),
        SIZES,
        LATENCY.median_ms,
        LATENCY.sigma,
        LATENCY.max_ms,
        LATENCY.seed,
    );
    heading(&mut text, words.response, words.response_columns);
    for size in SIZES {
        let of = |part: fn(&Sample) -> f64| findings.on_demand(size, part);
        let overhead = of(Sample::overhead_ms);
        let _ = writeln!(
            text,
            "| {} | {size} | {} | {} | {} | {:.1} ms |",
            words.on_demand,
            of(|s| s.first_ms),
            of(|s| s.all_ms),
            of(|s| s.floor_ms),
            overhead.p99
        );
    }
    for size in SIZES {
        let (first, all) = (findings.beforehand(size, |r| r.first_ms), findings.beforehand(size, |r| r.all_ms));
        let _ = writeln!(text, "| {} | {size} | {first} | {all} | – | – |", words.beforehand);
    }
    text.push('\n');
    heading(&mut text, words.night, words.night_columns);
    for (size, collected) in &findings.person {
        night(&mut text, &size.to_string(), collected);
    }
    let everybody = &findings.everybody;
    night(&mut text, &format!("{} ({}; {:.0} s)", words.everybody, everybody.people, everybody.took_s), everybody);
    text.push('\n');
    let assumed = format!("{} — N = {PEOPLE:.0}, {DAYS:.0} d, {SESSION_MINUTES:.0} min", words.exposure);
    heading(&mut text, &assumed, words.exposure_columns);
    for e in exposures {
        let _ = writeln!(
            text,
            "| {:.0} % | {} | {} | {} | {} | {:.1} | {} | {} |",
            e.login_percent,
            grouped(e.beforehand_person_days),
            grouped(e.never_looked_person_days),
            grouped(e.on_demand_person_days),
            grouped(e.beforehand_found),
            e.on_demand_found,
            grouped(e.beforehand_messages),
            grouped(e.on_demand_messages),
        );
    }
    let shown_s = findings.on_demand(SIZES[0], |s| s.all_ms).p50 / 1e3;
    let _ = write!(
        text,
        "\n{}: {} {STALE_HOURS_MEAN:.0} h (≤ {STALE_HOURS_MAX:.0} h), {} {shown_s:.1} s\n",
        words.fresh, words.beforehand, words.on_demand
    );
    text
}

fn heading(text: &mut String, title: &str, columns: &str) {
    let rule = "| --- ".repeat(columns.matches('|').count() - 1);
    let _ = write!(text, "**{title}**\n\n{columns}\n{rule}|\n");
}

fn night(text: &mut String, whose: &str, collected: &Collected) {
    let Collected { questions, messages, wire_bytes, rows, stored_bytes, read_ms, .. } = collected;
    let kb = |bytes: u64| real(bytes) / 1e3;
    let _ = writeln!(
        text,
        "| {whose} | {questions} | {messages} | {:.0} | {rows} | {:.0} | {read_ms:.1} ms |",
        kb(*wire_bytes),
        kb(*stored_bytes)
    );
}

/// Thousands apart.
fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::exposure;
    use super::super::tests::findings;
    use super::*;

    #[test]
    fn both_languages_get_their_numbers_and_the_words_around_stay() {
        let text = format!("# 題\n{}\nyesterday\n{END}\nbetween\n{}\n{END}\nafter\n", JA.begin, EN.begin);
        let findings = findings();
        let new = filled(&text, &findings, &exposure::of(&findings)).unwrap();
        assert!(new.starts_with("# 題\n") && new.ends_with("\nafter\n") && new.contains("\nbetween\n"));
        assert!(!new.contains("yesterday"));
        assert!(new.contains("| 都度取得 | 5 | 60.0 / 60.0 / 60.0 ms | 140 / 150 / 150 ms |"), "{new}");
        assert!(new.contains("| 30 % | 3,000,000 | 2,100,000 | 208 | 100,000 | 6.9 |"), "{new}");
        assert!(filled("no markers", &findings, &[]).is_none());
    }

    #[test]
    fn every_row_of_a_table_has_as_many_cells_as_its_head() {
        let findings = findings();
        let text = tables(&EN, &findings, &exposure::of(&findings));
        for table in text.split("**").filter(|part| part.contains("| --- ")) {
            let cells: Vec<usize> =
                table.lines().filter(|line| line.starts_with('|')).map(|line| line.matches('|').count()).collect();
            assert!(cells.len() > 3 && cells.windows(2).all(|pair| pair[0] == pair[1]), "{table}");
        }
    }
}

//! The table, on the terminal and in `bench/README.md`.

use std::fmt::Write as _;

use runtime::{Clock as _, SystemClock};
use tokio::process::Command;

use crate::figure::Figure;
use crate::places::Places;
use crate::{Failure, demo, machine, say};

const BEGIN: &str = "<!-- figures: written by `make bench` -->";
const END: &str = "<!-- end of figures -->";

/// Each measurement with what it promises, for the case that it cannot be made.
const MEASUREMENTS: [(&str, &str, &str); 9] = [
    ("pages", "CPU of the portal a page, against a bare handler of the same bytes", "home ≤ 12 ×, records ≤ 30 ×"),
    ("login", "CPU of the portal a login, against one RSA-2048 verification", "≤ 150 ×"),
    (
        "crl",
        "revocation list of 1,000,000 entries",
        "≤ 2 × `openssl crl`, look-up < 1 verification, ≤ 40 bytes an entry",
    ),
    ("mediation", "mediation by 64 callers", "≤ 1 fdatasync per 8, ≥ 0.3 × lone commits"),
    ("footprint", "memory, start-up and sizes of the demo", "< 60 MB, < 3 s, ≤ 80 kB, ≤ 60 kB"),
    ("gather", "click to all shown, 200 people at once, purge", "overhead ≤ 15 ms at p99, no errors"),
    ("export", "files to take home", "40 pages ≤ 2 s, flat memory"),
    (
        "notices",
        "a letter to a million people, single posts, overload, inbox, event streams",
        "≥ 0.3 × the floor, < 150 MB; ≥ 8 posts a sync, ≥ 0.5 × lone commits; 0.9 of the peak at 4 ×; inbox < 15 ms; flat growth",
    ),
    ("experiment", "on demand against beforehand", ""),
];

/// Every measurement in a process of its own, one after the other; then the README.
pub(crate) async fn all(places: &Places) -> Result<(), Failure> {
    let load = machine::load();
    demo::forget(places)?;
    let mut sections = Vec::new();
    for (command, name, target) in MEASUREMENTS {
        say(&format!("bench {command}"));
        let figures = match measured(command).await {
            Ok(figures) => figures,
            Err(error) => vec![Figure::missing(name, target, &error.to_string())],
        };
        print!("{}", table(&figures));
        sections.push((command, figures));
    }
    let readme = places.root.join("bench/README.md");
    let text = std::fs::read_to_string(&readme)?;
    let text = replaced(&text, &written(&sections, load)).ok_or("bench/README.md has lost its markers")?;
    std::fs::write(&readme, text)?;
    say(&format!("written to {}", readme.display()));
    Ok(())
}

async fn measured(command: &str) -> Result<Vec<Figure>, Failure> {
    let mut child = Command::new(std::env::current_exe()?);
    child.args([command, "--json"]);
    if command == "experiment" {
        child.arg("--after-gather");
    }
    child.stdout(std::process::Stdio::piped()).kill_on_drop(true);
    let output = child.stderr(std::process::Stdio::piped()).output().await?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let last =
            said.lines().rev().find_map(|line| line.strip_prefix("bench: ")).unwrap_or("it ended without a word");
        return Err(last.to_owned().into());
    }
    let text = String::from_utf8(output.stdout)?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// For people at a terminal.
pub(crate) fn table(figures: &[Figure]) -> String {
    figures.iter().fold(String::new(), |mut text, figure| {
        let Figure { name, measured, target, note, .. } = figure;
        let _ = writeln!(text, "{} {name}\n    {measured}  (promised: {})\n    {note}", sign(figure), or_dash(target));
        text
    })
}

fn written(sections: &[(&str, Vec<Figure>)], load: f64) -> String {
    let japan = jiff::tz::TimeZone::fixed(jiff::tz::offset(9));
    let today = SystemClock.now().to_zoned(japan).date();
    let mut text = format!("Measured on {today}: {}; load average before: {load:.2}.\n", machine::describe());
    for (command, figures) in sections {
        let _ = write!(
            text,
            "\n### `bench/run {command}`\n\n| figure | measured | promised | kept | how, or why not |\n| --- | --- | --- | --- | --- |\n"
        );
        for figure in figures {
            let Figure { name, measured, target, note, .. } = figure;
            let cell = |text: &str| or_dash(&text.replace('|', "/").replace('\n', " ")).to_owned();
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {} |",
                cell(name),
                cell(measured),
                cell(target),
                sign(figure),
                cell(note)
            );
        }
    }
    text
}

fn sign(figure: &Figure) -> &'static str {
    match figure.met {
        Some(true) => "yes",
        Some(false) => "**no**",
        None => "–",
    }
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "–" } else { text }
}

fn replaced(readme: &str, figures: &str) -> Option<String> {
    let (before, rest) = readme.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{figures}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_around_the_figures_stays() {
        let readme = format!("# Figures\n{BEGIN}\nold\n{END}\n## Why\n");
        let new = replaced(&readme, "new").unwrap();
        assert!(new.starts_with("# Figures\n") && new.ends_with("\n## Why\n"));
        assert!(new.contains("new") && !new.contains("old"));
        assert!(replaced("no markers", "new").is_none());
    }

    #[test]
    fn a_broken_promise_stands_out() {
        let text = written(&[("pages", vec![Figure::at_most("home", 13.0, 12.0, "×").because("a | b")])], 0.0);
        assert!(text.contains("| home | 13 × | ≤ 12 × | **no** | a / b |"), "{text}");
    }
}

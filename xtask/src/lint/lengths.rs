//! How long our files are: a report, not a rule.

use super::source::Source;
use crate::progress;

/// Past this, a file probably holds a second idea.
const LINES_MAX: usize = 400;

/// Prints median, 95th percentile, share of tests, and the files that are too long.
pub(super) fn report(sources: &[Source]) {
    let figures = Figures::of(sources);
    progress::done(&format!(
        "{} files, {} lines: median {}, 95th percentile {}, tests {} %",
        sources.len(),
        figures.lines,
        figures.median,
        figures.p95,
        figures.test_percent
    ));
    for (path, lines) in figures.too_long {
        progress::skipped(&format!("{path} has {lines} lines: look for the second idea"));
    }
}

struct Figures {
    lines: usize,
    median: usize,
    p95: usize,
    test_percent: usize,
    too_long: Vec<(String, usize)>,
}

impl Figures {
    fn of(sources: &[Source]) -> Self {
        let mut lengths: Vec<usize> = sources.iter().map(|source| source.text.lines().count()).collect();
        lengths.sort_unstable();
        let lines: usize = lengths.iter().sum();
        let shipped: usize =
            sources.iter().filter(|source| !source.is_tests()).map(|source| source.shipped_lines().count()).sum();
        let at = |percent: usize| lengths.get(lengths.len().saturating_sub(1) * percent / 100).copied().unwrap_or(0);
        Self {
            lines,
            median: at(50),
            p95: at(95),
            test_percent: ((lines - shipped) * 100).checked_div(lines).unwrap_or(0),
            too_long: sources
                .iter()
                .map(|source| (source.path.clone(), source.text.lines().count()))
                .filter(|(_, lines)| *lines > LINES_MAX)
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, lines: usize) -> Source {
        Source { path: path.to_owned(), text: "x\n".repeat(lines) }
    }

    #[test]
    fn figures_count_files_and_tests() {
        let figures = Figures::of(&[source("a.rs", 60), source("b/tests/c.rs", 40), source("d.rs", 500)]);
        assert_eq!((figures.median, figures.lines, figures.test_percent), (60, 600, 6));
        assert_eq!(figures.too_long, [("d.rs".to_owned(), 500)]);
    }

    #[test]
    fn nothing_to_count_is_no_trouble() {
        assert_eq!(Figures::of(&[]).test_percent, 0);
    }
}

//! What a process of ours holds in its memory, read from outside (`/proc/PID/mem`).

use std::fs::File;
use std::os::unix::fs::FileExt as _;

/// Which of these texts stand in writable memory of a child process; where, is said on standard error.
pub(crate) fn holds(process: u32, texts: &[String]) -> Vec<&str> {
    let maps = std::fs::read_to_string(format!("/proc/{process}/maps")).expect("the process's map");
    let memory = File::open(format!("/proc/{process}/mem")).expect("a child's memory");
    let mut found = vec![false; texts.len()];
    for (line, (start, end)) in maps.lines().filter_map(|line| Some((line, writable(line)?))) {
        let mut bytes = vec![0; usize::try_from(end - start).expect("a region fits")];
        // Some regions of the kernel's own cannot be read.
        if memory.read_exact_at(&mut bytes, start).is_err() {
            continue;
        }
        for text in texts_in(&bytes, texts) {
            let at = bytes.windows(text.len()).position(|window| window == text.as_bytes()).unwrap_or_default();
            let around: Vec<u8> = bytes.iter().skip(at.saturating_sub(160)).take(400).copied().collect();
            eprintln!("{text:?} at {at:#x} of {line}: {}", around.escape_ascii());
        }
        mark(&bytes, texts, &mut found);
    }
    texts.iter().zip(found).filter_map(|(text, found)| found.then_some(text.as_str())).collect()
}

fn writable(line: &str) -> Option<(u64, u64)> {
    let mut parts = line.split_whitespace();
    let (range, rights) = (parts.next()?, parts.next()?);
    if !rights.starts_with("rw") {
        return None;
    }
    let (start, end) = range.split_once('-')?;
    Some((u64::from_str_radix(start, 16).ok()?, u64::from_str_radix(end, 16).ok()?))
}

/// One walk over the bytes for all texts: regions are megabytes.
fn mark(bytes: &[u8], texts: &[String], found: &mut [bool]) {
    let mut begins = [false; 256];
    for first in texts.iter().filter_map(|text| text.as_bytes().first()) {
        begins[usize::from(*first)] = true;
    }
    for (at, byte) in bytes.iter().enumerate() {
        if begins[usize::from(*byte)] {
            let rest = bytes.get(at..).unwrap_or_default();
            for (text, found) in texts.iter().zip(&mut *found) {
                *found |= rest.starts_with(text.as_bytes());
            }
        }
    }
}

/// Which of these texts stand in these bytes.
pub fn texts_in<'a>(bytes: &[u8], texts: &'a [String]) -> Vec<&'a str> {
    let mut found = vec![false; texts.len()];
    mark(bytes, texts, &mut found);
    texts.iter().zip(found).filter_map(|(text, found)| found.then_some(text.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_process_holds_is_found_and_what_it_does_not_is_not() {
        let mut child = std::process::Command::new("cat")
            .env("HELD", "kohitsuji-no-mure")
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        // Once it repeats a word it is the program, no longer this one's copy.
        std::io::Write::write_all(child.stdin.as_mut().unwrap(), b"x").unwrap();
        std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut [0]).unwrap();
        let texts = ["kohitsuji-no-mure".to_owned(), format!("kohitsuji-no-{}", "mori")];
        assert_eq!(holds(child.id(), &texts), ["kohitsuji-no-mure"]);
        child.kill().unwrap();
        child.wait().unwrap();
    }

    #[test]
    fn a_text_is_found_wherever_it_stands() {
        let texts = ["ab".to_owned()];
        for (bytes, expected) in [("aab", 1), ("ab", 1), ("xaab", 1), ("aaxb", 0), ("a", 0), ("", 0)] {
            assert_eq!(texts_in(bytes.as_bytes(), &texts).len(), expected, "{bytes}");
        }
    }
}

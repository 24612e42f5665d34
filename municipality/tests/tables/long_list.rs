//! A list goes into the tables without growing in memory: the program itself is run, and its highest use is read.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use domain::LinkCode;

/// Recipients of the shorter list. Whatever is held of each of the others, be it only its code, is 20 MB and more.
const SHORT: u32 = 50_000;
/// What one list may need more than one of a tenth of its length, kB: the tables' own pages.
const MORE_MAX_KB: u64 = 12 * 1024;
/// What any list may need, kB.
const WHOLE_MAX_KB: u64 = 150 * 1024;

/// Line by line; each names somebody else.
fn lines(from: u32, many: u32) -> String {
    (from..from + many).fold(String::new(), |mut text, number| {
        let mut bytes = [9; 32];
        bytes.iter_mut().zip(number.to_be_bytes()).for_each(|(to, from)| *to = from);
        let _ = writeln!(text, "{}", LinkCode::from(bytes).expose());
        text
    })
}

/// `municipality send` of a list of so many lines: what it needed at most, kB, and what it said.
fn sent(recipients: u32) -> (u64, String) {
    let folder = db::testing::directory().unwrap();
    let settings = folder.path().join("settings.toml");
    let database = folder.path().join("m.sqlite");
    let text = format!("org = \"141003\"\ndatabase = \"sqlite:{}\"\nadmin = \"127.0.0.1:0\"\n", database.display());
    std::fs::write(&settings, text).unwrap();
    let draft = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/library.json");
    let mut child = Command::new(env!("CARGO_BIN_EXE_municipality"))
        .args(["send", "--config", &settings.to_string_lossy(), "--draft", &draft.to_string_lossy()])
        .args(["--deadline-in-days", "14"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut list = child.stdin.take().unwrap();
    list.write_all(b"link_code\n").unwrap();
    for from in (0..recipients).step_by(1000) {
        list.write_all(lines(from, 1000).as_bytes()).unwrap();
    }
    // All but what a pipe holds was read, and the program waits for more.
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let highest = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let highest = highest.trim().trim_end_matches("kB").trim().parse().unwrap();
    drop(list);
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success());
    (highest, String::from_utf8(done.stdout).unwrap())
}

#[test]
fn a_list_of_ten_times_the_length_needs_hardly_more_memory() {
    let (short, _) = sent(SHORT);
    let (long, said) = sent(10 * SHORT);
    assert!(said.contains(&format!("released for {} recipients", 10 * SHORT)), "{said}");
    assert!(long < short + MORE_MAX_KB && long < WHOLE_MAX_KB, "{short} kB, then {long} kB");
}

//! A job that fails leaves one line and no PDF.

use std::{
    fs,
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use domain::Locale;

use crate::program::{PROGRAM, job, job_of, job_with, part, run};

/// The code of the one line.
#[track_caller]
fn failure(output: &Output) -> String {
    assert!(!output.status.success());
    assert!(output.stdout.is_empty(), "there is half a PDF");
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    let line: serde_json::Value = serde_json::from_str(&text).unwrap();
    line["error"].as_str().unwrap().to_owned()
}

#[test]
fn what_is_no_job_is_refused_without_repeating_it() {
    let json = serde_json::to_string(&job_with(&["佐藤"])).unwrap();
    let (begun, added) = (&json[..json.find("佐藤").unwrap() + 6], json.replacen("{\"", "{\"佐藤\":1,\"", 1));
    for wrong in ["", "{}", "null", begun, added.as_str()] {
        let output = run(&[], wrong.as_bytes());
        assert_eq!(failure(&output), "job");
        assert!(!String::from_utf8_lossy(&output.stderr).contains("佐藤"));
    }
}

#[test]
fn a_missing_typeface_is_named() {
    let output = run(&["--font", "/nowhere/a.ttf"], &serde_json::to_vec(&job(Locale::Ja)).unwrap());
    assert_eq!(failure(&output), "font-missing");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains("/nowhere/a.ttf") && text.contains("fonts-morisawa-bizud-gothic"), "{text}");
}

#[test]
fn a_language_that_is_none_is_refused() {
    let mut job = job(Locale::Ja);
    job.language = "#red".to_owned();
    assert_eq!(failure(&run(&[], &serde_json::to_vec(&job).unwrap())), "typeset");
}

#[test]
fn an_unknown_argument_is_refused() {
    let output = run(&["--colour"], b"");
    assert_eq!((failure(&output).as_str(), output.status.code()), ("usage", Some(2)));
}

#[test]
fn too_little_memory_ends_the_job_without_half_a_pdf() {
    let parts = vec![part("NTA", "income", None, &[("total-income", "1", None)]); 200];
    let job = serde_json::to_vec(&job_of(Locale::Ja, parts, 0)).unwrap();
    let output = run(&["--memory-mib", "40"], &job);
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
}

#[test]
fn no_core_is_dumped_and_memory_is_bounded() {
    let mut child =
        Command::new(PROGRAM).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let limits = format!("/proc/{}/limits", child.id());
    let give_up = Instant::now() + Duration::from_secs(30);
    // The program waits for its job; its limits stand before it reads.
    let bounded = |text: &str| {
        let limit = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next());
        limit("Max core file size") == Some("0")
            && limit("Max data size") == Some("1073741824")
            && limit("Max cpu time") == Some("120")
    };
    while !bounded(&fs::read_to_string(&limits).unwrap()) {
        assert!(Instant::now() < give_up, "{}", fs::read_to_string(&limits).unwrap());
        std::thread::yield_now();
    }
    drop(child.stdin.take());
    assert!(!child.wait().unwrap().success(), "an empty job");
}

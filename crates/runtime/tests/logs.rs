//! In a process of its own: logging is set up once.

use runtime::LogFormat;

#[test]
fn what_libraries_say_through_the_log_crate_reaches_nobody_whatever_the_filter() {
    runtime::logs::init(LogFormat::Json, "trace,certval=trace").unwrap();
    assert_eq!(log::max_level(), log::LevelFilter::Off);
    assert!(!log::log_enabled!(target: "certval::validator", log::Level::Error));
    assert!(tracing::enabled!(tracing::Level::TRACE));
    assert!(!tracing::enabled!(target: "certval::validator", tracing::Level::ERROR));
}

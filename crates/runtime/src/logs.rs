//! Structured logs, on standard error: standard output belongs to results (`verify-chain`, tables).

use std::fmt;

use clap::ValueEnum;
use serde::Deserialize;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;

/// Libraries that write what no log line may carry, whatever filter an operator sets: `certval` writes the subjects of
/// certificates, which are people's names.
const SILENT: [&str; 1] = ["certval"];

/// Libraries that open a span for every step of every request, and say in it nothing that ours do not; heard when the
/// filter names them.
const QUIET: &str = "tower_sessions=warn,tower_sessions_core=warn";

/// How a log line looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people at a terminal.
    #[default]
    Text,
    /// One JSON object a line, for collectors.
    Json,
}

impl fmt::Display for LogFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Json => "json",
        })
    }
}

/// Why logging could not start.
#[derive(Debug, thiserror::Error)]
pub enum LogsError {
    /// The filter is not of the form `info` or `warn,portal=debug`.
    #[error("`{filter}` is not a log filter: write for example `info` or `warn,portal=debug`")]
    Filter {
        /// What was given.
        filter: String,
        /// What the parser says.
        source: tracing_subscriber::filter::ParseError,
    },
    /// The process logs already.
    #[error("logging is already set up in this process")]
    Twice,
}

/// Starts logging for the whole process. `filter` as in `info` or `warn,portal=debug`.
///
/// Only `tracing` is heard. The older `log` crate is not bridged, on purpose: libraries that use it write what they
/// like, names included, and are not ours to mend.
///
/// # Errors
/// See [`LogsError`].
pub fn init(format: LogFormat, filter: &str) -> Result<(), LogsError> {
    let dispatch = dispatch(format, filter, std::io::stderr)?;
    tracing::dispatcher::set_global_default(dispatch).map_err(|_| LogsError::Twice)
}

fn dispatch<W>(format: LogFormat, filter: &str, writer: W) -> Result<tracing::Dispatch, LogsError>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(format!("{QUIET},{filter}"))
        .map_err(|source| LogsError::Filter { filter: filter.to_owned(), source })?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer);
    let heard = filter_fn(|metadata| !is_silent(metadata.target()));
    Ok(match format {
        LogFormat::Text => lines.with_ansi(false).finish().with(heard).into(),
        LogFormat::Json => lines.json().flatten_event(true).finish().with(heard).into(),
    })
}

fn is_silent(target: &str) -> bool {
    let library = target.split("::").next().unwrap_or(target);
    SILENT.contains(&library)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn written(format: LogFormat, filter: &str) -> String {
        let paper = Paper::default();
        let ours = paper.clone();
        let dispatch = dispatch(format, filter, move || ours.clone()).unwrap();
        tracing::dispatcher::with_default(&dispatch, || {
            tracing::info!(notice.id = 7, "accepted bulk");
            tracing::debug!("not asked for");
        });
        let bytes = paper.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_json_line_carries_message_and_fields() {
        let line = written(LogFormat::Json, "info");
        assert!(line.contains(r#""message":"accepted bulk""#), "{line}");
        assert!(line.contains(r#""notice.id":7"#), "{line}");
        assert_eq!(line.lines().count(), 1);
    }

    #[test]
    fn a_text_line_carries_message_and_fields() {
        let line = written(LogFormat::Text, "info");
        assert!(line.contains("accepted bulk notice.id=7"), "{line}");
    }

    #[test]
    fn the_filter_decides() {
        assert_eq!(written(LogFormat::Json, "warn"), "");
        assert_eq!(written(LogFormat::Json, "debug").lines().count(), 2);
    }

    #[test]
    fn no_filter_makes_a_library_speak_that_writes_names() {
        for filter in ["trace", "certval=trace", "info,certval::validator=trace", "[{message}]=trace", "certval"] {
            let paper = Paper::default();
            let ours = paper.clone();
            let dispatch = dispatch(LogFormat::Json, filter, move || ours.clone()).unwrap();
            tracing::dispatcher::with_default(&dispatch, || {
                tracing::error!(target: "certval", "CN=山田花子");
                tracing::error!(target: "certval::validator::path_validator", "CN=山田花子");
                let span = tracing::error_span!(target: "certval::builder", "CN=山田花子");
                span.in_scope(|| tracing::error!(target: "certval::builder", "inside"));
            });
            assert_eq!(String::from_utf8(paper.0.lock().unwrap().clone()).unwrap(), "", "{filter}");
        }
    }

    #[test]
    fn a_neighbour_by_name_is_heard() {
        assert!(is_silent("certval") && is_silent("certval::a::b"));
        assert!(!is_silent("certval_ours") && !is_silent("portal::certval"));
    }

    #[test]
    fn a_filter_with_a_typo_is_refused_by_name() {
        let refused = init(LogFormat::Text, "portal=lots").unwrap_err();
        assert!(refused.to_string().contains("`portal=lots`"));
    }
}

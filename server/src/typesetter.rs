//! The typesetter as a process of its own, one a document: what it held ends with it (`my-portal-pdf`).

use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use portal::{Typeset, TypesetError, Typesetter};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::settings::PdfSettings;

/// Documents that are typeset at a time; others wait.
const AT_ONCE: usize = 2;
const TIME_MAX: Duration = Duration::from_mins(2);
const DOCUMENT_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// The one line in which the typesetter says why it failed.
const SAID_BYTES_MAX: u64 = 4096;

/// Starts `my-portal-pdf` for each document.
pub(crate) struct Pdf {
    program: PathBuf,
    fonts: Vec<PathBuf>,
    room: Arc<Semaphore>,
}

impl Pdf {
    pub(crate) fn new(settings: &PdfSettings) -> Self {
        Self { program: settings.program(), fonts: settings.fonts.clone(), room: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Typesetter for Pdf {
    fn typeset(&self, job: Zeroizing<Vec<u8>>) -> Typeset {
        let mut command = Command::new(&self.program);
        for font in &self.fonts {
            command.arg("--font").arg(font);
        }
        // The person may lose interest: a process that nobody waits for ends.
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        command.env_clear();
        let room = Arc::clone(&self.room);
        Box::pin(async move {
            let _room = room.acquire().await.map_err(failed)?;
            tokio::time::timeout(TIME_MAX, run(command, job)).await.map_err(failed)?
        })
    }
}

async fn run(mut command: Command, job: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>, TypesetError> {
    let mut child = command.spawn().map_err(failed)?;
    let streams = child.stdin.take().zip(child.stdout.take()).zip(child.stderr.take());
    let ((mut hears, tells), complains) = streams.ok_or_else(|| TypesetError("no streams".to_owned()))?;
    let mut document = Zeroizing::new(Vec::new());
    let mut said = String::new();
    let mut tells = tells.take(DOCUMENT_BYTES_MAX);
    let mut complains = complains.take(SAID_BYTES_MAX);
    let fed = async {
        hears.write_all(&job).await?;
        hears.shutdown().await?;
        drop(hears);
        drop(job);
        Ok(())
    };
    // A typesetter that ends before it has heard everything breaks the pipe: its own word says why.
    let (_fed, written, complained): (std::io::Result<()>, _, _) =
        tokio::join!(fed, tells.read_to_end(&mut document), complains.read_to_string(&mut said));
    let status = child.wait().await.map_err(failed)?;
    written.map_err(failed)?;
    if status.success() && !document.is_empty() {
        return Ok(document);
    }
    let said = if complained.is_ok() { said.lines().next().unwrap_or_default() } else { "" };
    Err(TypesetError(format!("{status} {said}")))
}

fn failed(error: impl std::fmt::Display) -> TypesetError {
    TypesetError(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    /// A program that is a line of shell.
    fn program(folder: &std::path::Path, line: &str) -> Pdf {
        let path = folder.join("typesetter");
        std::fs::write(&path, format!("#!/bin/sh\n{line}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        Pdf::new(&PdfSettings { program: Some(path), fonts: vec!["a.ttf".into()] })
    }

    async fn typeset(line: &str, job: &[u8]) -> Result<Vec<u8>, String> {
        let folder = tempfile::tempdir().unwrap();
        let made = program(folder.path(), line).typeset(Zeroizing::new(job.to_vec())).await;
        made.map(|document| document.to_vec()).map_err(|error| error.0)
    }

    #[tokio::test]
    async fn the_job_goes_in_and_the_document_comes_out() {
        assert_eq!(typeset("echo \"$@\"; /bin/cat", b"job").await.unwrap(), b"--font a.ttf\njob");
    }

    #[tokio::test]
    async fn a_typesetter_that_fails_says_why() {
        let error = typeset("echo '{\"failed\":\"font\"}' >&2; exit 1", &vec![b'x'; 1_000_000]).await.unwrap_err();
        assert!(error.contains("font"), "{error}");
    }

    #[tokio::test]
    async fn a_typesetter_that_makes_nothing_has_failed() {
        assert!(typeset("/bin/cat >/dev/null", b"job").await.is_err());
    }

    #[tokio::test]
    async fn a_typesetter_that_is_not_there_has_failed() {
        let pdf = Pdf::new(&PdfSettings { program: Some("/nowhere/typesetter".into()), fonts: Vec::new() });
        assert!(pdf.typeset(Zeroizing::new(Vec::new())).await.is_err());
    }
}

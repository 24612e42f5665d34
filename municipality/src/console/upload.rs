//! Files from a form, read as they come.

use std::time::Duration;

use axum::RequestExt as _;
use axum::body::Body;
use axum::extract::Request;
use bytes::Bytes;
use futures::{Stream, stream};
use http::header;
use multer::{Field, Multipart};

use super::list::Broken;
use super::refused::Why;

/// So long one file may take.
const WHOLE_WITHIN: Duration = Duration::from_mins(1);

/// The file of a form with one file, opened.
pub(super) struct Upload {
    /// Named `file`.
    field: Field<'static>,
    /// Keeps the rest of the form.
    _whole: Multipart<'static>,
}

impl Upload {
    pub(super) async fn open(request: Request<Body>) -> Result<Self, Why> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let boundary = multer::parse_boundary(kind.ok_or(Why::Unreadable)?).map_err(|_| Why::Unreadable)?;
        let mut whole = Multipart::new(request.into_limited_body().into_data_stream(), boundary);
        let field = whole.next_field().await.map_err(|_| Why::Unreadable)?.ok_or(Why::Unreadable)?;
        if field.name() != Some("file") {
            return Err(Why::Unreadable);
        }
        Ok(Self { field, _whole: whole })
    }

    /// What the person's machine calls it.
    pub(super) fn name(&self) -> &str {
        self.field.file_name().unwrap_or_default()
    }

    /// All of it, if it is no longer than that. What is longer is read to its end, within a minute.
    pub(super) async fn bytes(mut self, most: usize) -> Option<Vec<u8>> {
        let read = async {
            let (mut bytes, mut fits) = (Vec::new(), true);
            while let Some(chunk) = self.field.chunk().await.ok()? {
                fits = fits && bytes.len() + chunk.len() <= most;
                if fits {
                    bytes.extend_from_slice(&chunk);
                } else {
                    bytes = Vec::new();
                }
            }
            fits.then_some(bytes)
        };
        tokio::time::timeout(WHOLE_WITHIN, read).await.ok().flatten()
    }

    /// Piece by piece.
    pub(super) fn pieces(self) -> impl Stream<Item = Result<Bytes, Broken>> {
        stream::unfold(Some(self), |upload| async {
            let mut upload = upload?;
            match upload.field.chunk().await {
                Ok(Some(chunk)) => Some((Ok(chunk), Some(upload))),
                Ok(None) => None,
                Err(_) => Some((Err(Broken::Cut), None)),
            }
        })
    }
}

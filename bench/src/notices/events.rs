//! A page that lies open: its event stream, as a browser reads it.

use http::header;
use runtime::{Clock as _, SystemClock};

use crate::Failure;
use crate::host::origin;

const PATH: &str = "/notices/events";
/// So far the portal looks back from what it is told (`portal::DELIVERY_AT_MOST`).
const LOOKS_BACK_US: i64 = 30_000_000;

/// An open event stream.
pub(super) struct Events {
    response: reqwest::Response,
    heard: Vec<u8>,
}

impl Events {
    /// Opens one for a page that shows whatever has arrived by now; the portal has answered and greeted.
    pub(super) async fn open(client: &reqwest::Client, cookie: &str) -> Result<Self, Failure> {
        let since = SystemClock.now().as_microsecond() + LOOKS_BACK_US;
        let request = client.get(format!("{}{PATH}?since={since}", origin())).header(header::COOKIE, cookie);
        let response = request.header(header::ACCEPT, "text/event-stream").send().await?;
        if !response.status().is_success() {
            return Err(format!("{PATH} answers {}", response.status()).into());
        }
        let mut events = Self { response, heard: Vec::new() };
        while !events.says("retry:") {
            events.reads().await?;
        }
        events.heard.clear();
        Ok(events)
    }

    /// Until something has arrived for the person.
    pub(super) async fn arrival(&mut self) -> Result<(), Failure> {
        while !self.says("event:") {
            self.reads().await?;
        }
        self.heard.clear();
        Ok(())
    }

    fn says(&self, field: &str) -> bool {
        // An event ends in an empty line.
        self.heard.ends_with(b"\n\n")
            && self.heard.split(|byte| *byte == b'\n').any(|line| line.starts_with(field.as_bytes()))
    }

    async fn reads(&mut self) -> Result<(), Failure> {
        let chunk = self.response.chunk().await?.ok_or("the event stream ended")?;
        self.heard.extend_from_slice(&chunk);
        Ok(())
    }
}

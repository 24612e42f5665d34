//! For tests of this and other rooms: a reader on a free port, and a person who uses it as a browser does, over HTTP,
//! with the forms that the pages show.

mod html;

use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;

use http::{HeaderMap, StatusCode, header};
use runtime::Clock;
use serde::de::DeserializeOwned;
use tokio_util::sync::CancellationToken;
use wire::reader::{ASK_PATH, Answer, Ask};

use crate::issue::{DeskConfig, HttpDesk, IssuingDesk};
use crate::reader::{Portal, Reader, ReaderConfig};

pub use html::Form;

/// What went otherwise than the test meant.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A reader on a free port of 127.0.0.1; stops when dropped.
pub struct RunningReader {
    origin: String,
    stop: CancellationToken,
}

impl RunningReader {
    /// A reader over a demo world; certificates come from the JPKI that `parties.toml` names.
    pub async fn start(data: &Path, portals: &[Portal], clock: Arc<dyn Clock>) -> Result<Self, Failure> {
        let desk = Arc::new(HttpDesk::new(DeskConfig::in_data(data), Arc::clone(&clock)));
        let config = ReaderConfig {
            data: data.to_owned(),
            allow: portals.iter().cloned().collect(),
            portal_anchors: None,
            without_pin: None,
        };
        Self::start_with(config, desk, clock).await
    }

    /// The same with every part chosen.
    pub async fn start_with(
        config: ReaderConfig,
        desk: Arc<dyn IssuingDesk>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Failure> {
        runtime::tls::install_provider();
        let listener = runtime::serve::bind((Ipv4Addr::LOCALHOST, 0).into()).await?;
        let reader = Reader::new(config, listener.local_addr()?, desk, clock)?;
        let origin = reader.origin().to_owned();
        let stop = CancellationToken::new();
        tokio::spawn(runtime::serve::serve(listener, None, reader.router(), stop.clone()));
        Ok(Self { origin, stop })
    }

    /// `http://127.0.0.1:PORT`
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// A person at this reader.
    pub fn holder(&self) -> Result<CardHolder, Failure> {
        CardHolder::at(&self.origin)
    }
}

impl Drop for RunningReader {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// A person with a browser at a reader. Follows no redirect, keeps no cookie.
#[derive(Clone)]
pub struct CardHolder {
    reader: String,
    client: reqwest::Client,
}

/// What the browser shows.
#[derive(Debug)]
pub struct Page {
    /// Status of the response.
    pub status: StatusCode,
    /// Headers of the response.
    pub headers: HeaderMap,
    /// The document.
    pub html: String,
}

impl CardHolder {
    /// At any running reader.
    pub fn at(origin: &str) -> Result<Self, Failure> {
        runtime::tls::install_provider();
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build()?;
        Ok(Self { reader: origin.to_owned(), client })
    }

    /// Opens a page of the reader.
    pub async fn opens(&self, path: &str) -> Result<Page, Failure> {
        page(self.client.get(format!("{}{path}", self.reader))).await
    }

    /// Sends fields to a path of the reader from a page of `origin`; without one, as a browser that names none.
    pub async fn posts(&self, origin: Option<&str>, path: &str, fields: &[(&str, &str)]) -> Result<Page, Failure> {
        let mut request = self.client.post(format!("{}{path}", self.reader)).form(fields);
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        page(request).await
    }

    /// Fills in and sends a form of one of the reader's own pages.
    pub async fn sends(&self, form: &Form, filled: &[(&str, &str)]) -> Result<Page, Failure> {
        let mut fields = form.fields();
        fields.retain(|(name, _)| filled.iter().all(|(other, _)| other != name));
        fields.extend_from_slice(filled);
        self.posts(Some(&self.reader), form.action(), &fields).await
    }

    /// Puts a demo card in, on the reader's front page.
    pub async fn inserts(&self, card: &str) -> Result<Page, Failure> {
        let front = self.opens("/").await?;
        self.sends(&front.form("/v1/card/insert")?, &[("card", card)]).await
    }

    /// Takes the card out, on the reader's front page.
    pub async fn removes(&self) -> Result<Page, Failure> {
        let front = self.opens("/").await?;
        self.sends(&front.form("/v1/card/remove")?, &[]).await
    }

    /// Presses the portal's button: a page of `origin` posts the ask.
    pub async fn brings(&self, origin: &str, ask: &Ask) -> Result<Page, Failure> {
        let request = self.client.post(format!("{}{ASK_PATH}", self.reader)).header(header::ORIGIN, origin);
        page(request.form(ask)).await
    }

    /// Brings the ask, puts in `card` if it is not in, and enters the PIN once.
    pub async fn answers(&self, origin: &str, ask: &Ask, card: &str, pin: &str) -> Result<Page, Failure> {
        let mut page = self.brings(origin, ask).await?;
        if !page.shows(&format!("（{card}）が入っています")) && !page.shows(&format!("({card}) is in the reader"))
        {
            page = self.sends(&page.form("/v1/ask/card")?, &[("card", card)]).await?;
        }
        self.sends(&page.form("/v1/pin")?, &[("pin", pin)]).await
    }

    /// Brings the ask and presses 「やめる」 or, where the card cannot be used, 「ポータルへもどる」.
    pub async fn leaves(&self, origin: &str, ask: &Ask) -> Result<Page, Failure> {
        let page = self.brings(origin, ask).await?;
        self.sends(&page.form("/v1/leave")?, &[]).await
    }
}

impl Page {
    /// The form that posts to this address.
    pub fn form(&self, action: &str) -> Result<Form, Failure> {
        let found = self.forms().into_iter().find(|form| form.action() == action);
        found.ok_or_else(|| format!("no form posts to {action} on this page ({}): {}", self.status, self.html).into())
    }

    /// All forms, in order.
    pub fn forms(&self) -> Vec<Form> {
        html::forms(&self.html)
    }

    /// True if the text stands on the page, as a person reads it.
    pub fn shows(&self, text: &str) -> bool {
        html::text(&self.html).contains(text)
    }

    /// The way back to the portal: the answer, and the address that it goes to.
    pub fn answer(&self) -> Result<(String, Answer), Failure> {
        let forms = self.forms();
        let form = forms.iter().find(|form| form.action().starts_with("http"));
        let form = form.ok_or_else(|| format!("no answer on this page ({}): {}", self.status, self.html))?;
        Ok((form.action().to_owned(), form.read()?))
    }
}

impl Form {
    /// Reads the fields as a message.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        let fields = self.fields();
        let object = fields.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
        Ok(serde_json::from_value(serde_json::Value::Object(object))?)
    }
}

async fn page(request: reqwest::RequestBuilder) -> Result<Page, Failure> {
    let response = request.send().await?;
    let (status, headers) = (response.status(), response.headers().clone());
    Ok(Page { status, headers, html: response.text().await? })
}

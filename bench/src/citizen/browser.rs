//! A browser without script: one cookie jar for one site, redirects followed by hand.

use std::collections::BTreeMap;

use card::testing::{CardHolder, Page};
use http::{HeaderMap, Method, StatusCode, header};
use reqwest::RequestBuilder;
use wire::reader::{ASK_PATH, Ask};

use crate::Failure;

const REDIRECTS_MAX: usize = 5;

/// A fresh profile, with connections of its own.
pub(super) struct Browser {
    client: reqwest::Client,
    origin: String,
    cookies: BTreeMap<String, String>,
}

/// Where the redirects led.
pub(super) struct Opened {
    path: String,
    status: StatusCode,
    headers: HeaderMap,
    pub(super) html: String,
}

impl Opened {
    /// Whether this is the page that was meant.
    pub(super) fn is_at(&self, path: &str) -> Result<(), Failure> {
        if self.status == StatusCode::OK && self.path == path {
            return Ok(());
        }
        Err(format!("{path} was meant, and the portal shows {} ({})", self.path, self.status).into())
    }
}

impl Browser {
    pub(super) fn new(origin: &str) -> Result<Self, Failure> {
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build()?;
        Ok(Self { client, origin: origin.to_owned(), cookies: BTreeMap::new() })
    }

    /// The `Cookie` header that this browser sends.
    pub(super) fn cookie(&self) -> Option<String> {
        let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    pub(super) async fn opens(&mut self, path: &str) -> Result<Opened, Failure> {
        let request = self.request(&Method::GET, path);
        self.follows(path.to_owned(), request).await
    }

    /// A form of the portal's own pages.
    pub(super) async fn posts(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Opened, Failure> {
        let request = self.request(&Method::POST, path).header(header::ORIGIN, &self.origin).form(fields);
        self.follows(path.to_owned(), request).await
    }

    /// From a page that leads to the reader, by way of the card, to wherever the portal leads then.
    pub(super) async fn answers(
        &mut self,
        holder: &CardHolder,
        asks: &Opened,
        card: &str,
        pin: &str,
    ) -> Result<Opened, Failure> {
        let page = Page { status: asks.status, headers: asks.headers.clone(), html: asks.html.clone() };
        let forms = page.forms();
        let form = forms.iter().find(|form| form.action().ends_with(ASK_PATH));
        let form = form.ok_or_else(|| format!("{} leads to no reader ({})", asks.path, asks.status))?;
        let ask: Ask = form.read()?;
        let (url, answer) = holder.answers(&self.origin, &ask, card, pin).await?.answer()?;
        // From another site: no cookie goes along.
        let request = self.client.post(&url).header(header::ORIGIN, "http://127.0.0.1:1").form(&answer);
        let path = url.strip_prefix(&self.origin).unwrap_or(&url).to_owned();
        self.follows(path, request).await
    }

    fn request(&self, method: &Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method.clone(), format!("{}{path}", self.origin));
        let request = request.header(header::ACCEPT, "text/html").header(header::ACCEPT_LANGUAGE, "ja");
        match self.cookie() {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        }
    }

    async fn follows(&mut self, mut path: String, mut request: RequestBuilder) -> Result<Opened, Failure> {
        for _ in 0..REDIRECTS_MAX {
            let response = request.send().await?;
            let (status, headers) = (response.status(), response.headers().clone());
            // Read to the end, as a browser does: the connection is free again.
            let html = response.text().await?;
            self.keeps(&headers);
            let location = headers.get(header::LOCATION).filter(|_| status.is_redirection());
            let Some(location) = location else {
                let path = path.split('?').next().unwrap_or_default().to_owned();
                return Ok(Opened { path, status, headers, html });
            };
            location.to_str()?.clone_into(&mut path);
            request = self.request(&Method::GET, &path);
        }
        Err("too many redirects".into())
    }

    fn keeps(&mut self, headers: &HeaderMap) {
        let lines = headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        let pairs = lines.filter_map(|line| line.split(';').next()?.split_once('='));
        self.cookies.extend(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}

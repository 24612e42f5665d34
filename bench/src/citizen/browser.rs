//! A browser without script: one cookie jar for one site, redirects followed by hand.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use card::testing::{CardHolder, Page};
use http::{HeaderMap, Method, StatusCode, header};
use reqwest::RequestBuilder;
use wire::reader::{ASK_PATH, Ask};

use crate::Failure;

const REDIRECTS_MAX: usize = 5;

/// A fresh profile, with connections of its own.
pub(crate) struct Browser {
    client: reqwest::Client,
    origin: String,
    cookies: BTreeMap<String, String>,
}

/// Where the redirects led.
pub(crate) struct Opened {
    path: String,
    status: StatusCode,
    headers: HeaderMap,
    pub(crate) html: String,
}

/// A page with information as it went out, from the click on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Filled {
    /// Until the first source stood there.
    pub(crate) first: Option<Duration>,
    /// Until the page was whole.
    pub(crate) all: Duration,
    /// Sources that answered with something.
    pub(crate) answers: usize,
    /// Sources that hold nothing.
    pub(crate) nothing: usize,
    /// Sources that gave no answer.
    pub(crate) failed: usize,
}

impl Filled {
    /// Until the first source stood there; a page without any measures nothing.
    pub(crate) fn first(&self) -> Result<Duration, Failure> {
        self.first.ok_or_else(|| format!("a page without a source: {self:?}").into())
    }
}

/// By which a source is known on the page: an answer, and one that holds nothing; one that failed can be asked again.
const SOURCES: [&str; 2] = [" class=\"source\"", " class=\"source-nothing\""];
const FAILED: &str = "action=\"/information/again\"";

fn led_to(response: &reqwest::Response) -> Result<String, Failure> {
    let location = response.headers().get(header::LOCATION).filter(|_| response.status() == StatusCode::SEE_OTHER);
    let location = location.ok_or_else(|| format!("{} answers {}", response.url().path(), response.status()))?;
    Ok(location.to_str()?.to_owned())
}

impl Opened {
    /// Where it is.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Whether this is the page that was meant.
    pub(crate) fn is_at(&self, path: &str) -> Result<(), Failure> {
        if self.status == StatusCode::OK && self.path == path {
            return Ok(());
        }
        Err(format!("{path} was meant, and the portal shows {} ({})", self.path, self.status).into())
    }
}

impl Browser {
    pub(crate) fn new(origin: &str) -> Result<Self, Failure> {
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build()?;
        Ok(Self { client, origin: origin.to_owned(), cookies: BTreeMap::new() })
    }

    /// The `Cookie` header that this browser sends.
    pub(crate) fn cookie(&self) -> Option<String> {
        let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    pub(crate) async fn opens(&mut self, path: &str) -> Result<Opened, Failure> {
        let request = self.request(&Method::GET, path);
        self.follows(path.to_owned(), request).await
    }

    /// A form of the portal's own pages.
    pub(crate) async fn posts(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Opened, Failure> {
        let request = self.request(&Method::POST, path).header(header::ORIGIN, &self.origin).form(fields);
        self.follows(path.to_owned(), request).await
    }

    /// From a page that leads to the reader, by way of the card, to wherever the portal leads then.
    pub(crate) async fn answers(
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

    /// A form that leads to a page which fills while it goes out; timed from the click.
    pub(crate) async fn posts_and_fills(&mut self, path: &str) -> Result<Filled, Failure> {
        let began = Instant::now();
        let asked = self.request(&Method::POST, path).header(header::ORIGIN, &self.origin).send().await?;
        let location = led_to(&asked)?;
        asked.bytes().await?;
        self.reads(&location, began).await
    }

    /// A page, timed from the click.
    pub(crate) async fn fills(&self, path: &str) -> Result<Filled, Failure> {
        self.reads(path, Instant::now()).await
    }

    /// 「ログアウトする」 by somebody who has seen what goes: until the portal leads on.
    pub(crate) async fn leaves(&mut self) -> Result<Duration, Failure> {
        let request = self.request(&Method::POST, "/logout").header(header::ORIGIN, &self.origin);
        let request = request.form(&[("confirmed", "yes")]);
        let began = Instant::now();
        let response = request.send().await?;
        let took = began.elapsed();
        match led_to(&response)? {
            to if to.starts_with("/signed-out") && to.contains("receipt=") => Ok(took),
            to => Err(format!("a logout with held answers led to {to}").into()),
        }
    }

    /// A file's bytes.
    pub(crate) async fn downloads(&self, path: &str) -> Result<Vec<u8>, Failure> {
        let response = self.request(&Method::GET, path).send().await?;
        if response.status() != StatusCode::OK {
            return Err(format!("{path} answers {}", response.status()).into());
        }
        Ok(response.bytes().await?.to_vec())
    }

    async fn reads(&self, path: &str, began: Instant) -> Result<Filled, Failure> {
        let mut response = self.request(&Method::GET, path).send().await?;
        if response.status() != StatusCode::OK {
            return Err(format!("{path} answers {}", response.status()).into());
        }
        let (mut html, mut first) = (Vec::new(), None);
        while let Some(chunk) = response.chunk().await? {
            html.extend_from_slice(&chunk);
            if first.is_none()
                && SOURCES.iter().any(|mark| html.windows(mark.len()).any(|part| part == mark.as_bytes()))
            {
                first = Some(began.elapsed());
            }
        }
        let all = began.elapsed();
        let html = String::from_utf8(html)?;
        let count = |mark: &str| html.matches(mark).count();
        let [answers, nothing] = SOURCES.map(count);
        Ok(Filled { first, all, answers, nothing, failed: count(FAILED) })
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

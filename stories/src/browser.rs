//! A browser without script: cookies with `SameSite=Lax`, `Origin` and `Sec-Fetch-Site` as Chromium sends them,
//! redirects followed by hand.

use std::collections::BTreeMap;
use std::sync::Mutex;

use reqwest::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, HeaderName, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::{Method, RequestBuilder, Response, redirect};
use url::{Origin, Url};

use crate::page::{Form, Page};

const REDIRECTS_MAX: usize = 10;

/// One browser profile.
#[derive(Debug)]
pub struct Browser {
    client: reqwest::Client,
    /// By host: cookies ignore ports.
    cookies: Mutex<BTreeMap<String, BTreeMap<String, String>>>,
    language: String,
}

impl Browser {
    /// A fresh profile that prefers `language`.
    pub fn new(language: &str) -> Self {
        let client = reqwest::Client::builder().redirect(redirect::Policy::none()).no_proxy().build();
        Self { client: client.expect("a client"), cookies: Mutex::default(), language: language.to_owned() }
    }

    /// A profile on another machine: its requests come from `address`.
    pub fn at_address(language: &str, address: std::net::IpAddr) -> Self {
        let client = reqwest::Client::builder().redirect(redirect::Policy::none()).no_proxy().local_address(address);
        Self { client: client.build().expect("a client"), cookies: Mutex::default(), language: language.to_owned() }
    }

    /// Types an address.
    pub async fn opens(&self, url: &Url) -> Page {
        self.goes(Method::GET, url.clone(), None, Vec::new(), None).await
    }

    /// Follows a link of a page.
    pub async fn follows(&self, page: &Page, href: &str) -> Page {
        let url = page.url.join(href).expect("a link is a URL");
        self.goes(Method::GET, url, Some(page), Vec::new(), None).await
    }

    /// Presses a form's button.
    pub async fn submits(&self, page: &Page, form: Form) -> Page {
        let mut url = form.action.clone();
        if form.method == Method::GET {
            url.query_pairs_mut().clear().extend_pairs(&form.fields);
            return self.goes(Method::GET, url, Some(page), Vec::new(), None).await;
        }
        self.goes(Method::POST, url, Some(page), form.fields, None).await
    }

    /// The value of a cookie.
    pub fn cookie(&self, host: &str, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(host).and_then(|jar| jar.get(name)).cloned()
    }

    /// Puts a cookie there, as an attacker or a curious person would.
    pub fn sets_cookie(&self, host: &str, name: &str, value: &str) {
        let mut cookies = self.cookies.lock().unwrap();
        cookies.entry(host.to_owned()).or_default().insert(name.to_owned(), value.to_owned());
    }

    /// Presses a form's button; the site may be gone before it answers.
    pub async fn tries(&self, page: &Page, form: Form) -> Result<Page, reqwest::Error> {
        self.navigates(Method::POST, form.action, Some(page), form.fields, None).await
    }

    /// One request as a navigation makes it, with an empty form where it posts; redirects are not followed.
    pub async fn asks_once(&self, method: Method, url: Url, from: Option<&Page>) -> Page {
        let posts = (method == Method::POST).then_some(&[][..]);
        let response = self.request(&method, &url, from, posts).send().await.expect("an answer");
        self.keeps_cookies(&url, &response);
        page_of(url, response).await.expect("a body")
    }

    /// What an island listens to, as it begins; `heard` is what the browser heard last.
    pub async fn listens(&self, url: &Url, heard: Option<&str>) -> Response {
        let request = self.request(&Method::GET, url, None, None);
        let request = match heard {
            Some(heard) => request.header(HeaderName::from_static("last-event-id"), heard),
            None => request,
        };
        request.send().await.expect("an answer")
    }

    /// Posts bytes as they are, as no form of a page would.
    pub async fn sends_bytes(&self, page: &Page, url: Url, bytes: &[u8]) -> Page {
        let form = "application/x-www-form-urlencoded";
        let request = self.request(&Method::POST, &url, Some(page), None).header(CONTENT_TYPE, form);
        let response = request.body(bytes.to_vec()).send().await.expect("an answer");
        page_of(url, response).await.expect("a body")
    }

    /// Types an address; the site may be gone before it answers.
    pub async fn tries_to_open(&self, url: &Url) -> Result<Page, reqwest::Error> {
        self.navigates(Method::GET, url.clone(), None, Vec::new(), None).await
    }

    /// One navigation with its redirects. `stop_at` returns a redirect to that path without following it.
    pub async fn goes(
        &self,
        method: Method,
        url: Url,
        from: Option<&Page>,
        fields: Vec<(String, String)>,
        stop_at: Option<&str>,
    ) -> Page {
        let asked = format!("{method} {url}");
        self.navigates(method, url, from, fields, stop_at).await.unwrap_or_else(|error| panic!("{asked}: {error:?}"))
    }

    async fn navigates(
        &self,
        mut method: Method,
        mut url: Url,
        from: Option<&Page>,
        fields: Vec<(String, String)>,
        stop_at: Option<&str>,
    ) -> Result<Page, reqwest::Error> {
        let mut body = (method == Method::POST).then_some(fields);
        for _ in 0..REDIRECTS_MAX {
            let response = self.request(&method, &url, from, body.as_deref()).send().await?;
            self.keeps_cookies(&url, &response);
            let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
            let next = location.filter(|_| response.status().is_redirection()).map(|to| url.join(to).expect("a URL"));
            match next {
                Some(next) if stop_at.is_none_or(|path| next.path() != path) => {
                    assert_eq!(response.status().as_u16(), 303, "{method} {url}: only 303 turns a POST into a GET");
                    (method, body, url) = (Method::GET, None, next);
                }
                _ => return page_of(url, response).await,
            }
        }
        panic!("{url}: too many redirects")
    }

    fn request(
        &self,
        method: &Method,
        url: &Url,
        from: Option<&Page>,
        body: Option<&[(String, String)]>,
    ) -> RequestBuilder {
        let mut request = self.client.request(method.clone(), url.clone()).header(ACCEPT_LANGUAGE, &self.language);
        let same_origin = from.is_none_or(|page| page.url.origin() == url.origin());
        let site = match from {
            None => "none",
            Some(_) if same_origin => "same-origin",
            Some(_) => "cross-site",
        };
        request = request.header(HeaderName::from_static("sec-fetch-site"), site);
        if let (Some(page), true) = (from, *method == Method::POST) {
            request = request.header(ORIGIN, origin_of(page, same_origin));
        }
        // Lax: to another site go only safe navigations.
        if same_origin || *method == Method::GET {
            request = request.header(COOKIE, self.cookie_line(url));
        }
        match body {
            Some(fields) => {
                let text = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
                request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(text)
            }
            None => request,
        }
    }

    fn cookie_line(&self, url: &Url) -> String {
        let cookies = self.cookies.lock().unwrap();
        let jar = cookies.get(url.host_str().unwrap_or_default());
        let pairs = jar.into_iter().flatten().map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    fn keeps_cookies(&self, url: &Url, response: &Response) {
        let mut cookies = self.cookies.lock().unwrap();
        let jar = cookies.entry(url.host_str().unwrap_or_default().to_owned()).or_default();
        for line in response.headers().get_all(SET_COOKIE) {
            let line = line.to_str().expect("a cookie is ASCII");
            let mut parts = line.split(';').map(str::trim);
            let (name, value) = parts.next().and_then(|pair| pair.split_once('=')).expect("a cookie has a name");
            let attributes: Vec<String> = parts.map(str::to_ascii_lowercase).collect();
            let has = |attribute: &str| attributes.iter().any(|a| a == attribute);
            assert!(has("secure") && has("httponly") && has("samesite=lax") && has("path=/"), "cookie: {line}");
            if has("max-age=0") {
                jar.remove(name)
            } else {
                jar.insert(name.to_owned(), value.to_owned())
            };
        }
    }
}

/// What Chromium sends: with the policy `same-origin` a form post to another origin says `null`.
fn origin_of(page: &Page, same_origin: bool) -> String {
    let hides = matches!(page.header("referrer-policy"), "same-origin" | "no-referrer");
    if hides && !same_origin {
        return Origin::new_opaque().ascii_serialization();
    }
    page.url.origin().ascii_serialization()
}

async fn page_of(url: Url, response: Response) -> Result<Page, reqwest::Error> {
    let (status, headers) = (response.status(), response.headers().clone());
    // An event stream ends with the session, which no page waits for.
    let listens = headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
    let html = if listens { String::new() } else { response.text().await? };
    Ok(Page { url, status, headers, html })
}

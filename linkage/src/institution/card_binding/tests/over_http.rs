//! The site as browsers, readers and attackers meet it.

mod attacks;
mod certificates;
mod pages;

use std::{net::SocketAddr, time::Duration};

use axum::response::IntoResponse as _;
use http::{HeaderMap, StatusCode, header};

use super::*;
use crate::institution::card_binding::BindingSite;
use crate::party::SiteAddress;

const READER: &str = "http://127.0.0.1:8790";

/// A story whose site listens.
struct Open {
    story: Story,
    listen: SocketAddr,
}

/// A browser with the one cookie that the site gives.
#[derive(Default)]
struct Browser {
    cookie: Option<String>,
}

struct Seen {
    status: StatusCode,
    headers: HeaderMap,
    html: String,
}

async fn open(known: Option<Known>) -> Open {
    open_in(story(known).await).await
}

async fn open_in(story: Story) -> Open {
    let socket = runtime::serve::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let listen = socket.local_addr().unwrap();
    let address = SiteAddress { listen, origin: ORIGIN.into(), reader: READER.into(), tls: None };
    let site = BindingSite::patient(Arc::clone(&story.site), address, Duration::from_millis(300));
    tokio::spawn(runtime::serve::serve(socket, None, site.router(), tokio_util::sync::CancellationToken::new()));
    Open { story, listen }
}

impl Seen {
    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// What a hidden field holds.
    fn field(&self, name: &str) -> String {
        let (_, rest) = self.html.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    fn ask(&self) -> CardBindingAsk {
        CardBindingAsk { challenge: self.field("challenge").parse().unwrap(), document: self.field("document") }
    }
}

impl Open {
    async fn sends(&self, request: impl FnOnce(&reqwest::Client, &str) -> reqwest::RequestBuilder) -> Seen {
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let request = request(&client, &format!("http://{}", self.listen));
        let host = ORIGIN.trim_start_matches("http://");
        let (client, request) = request.build_split();
        let mut request = request.unwrap();
        request.headers_mut().entry(header::HOST).or_insert(host.parse().unwrap());
        let response = client.execute(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Seen { status, headers, html: response.text().await.unwrap() }
    }

    async fn gets(&self, browser: &Browser, path: &str) -> Seen {
        let cookie = browser.cookie.clone().unwrap_or_default();
        self.sends(|client, site| client.get(format!("{site}{path}")).header(header::COOKIE, cookie)).await
    }

    /// Types a number and presses the button; the page that leads to the reader.
    async fn starts(&self, browser: &mut Browser, number: &str) -> Seen {
        let number = number.to_owned();
        let seen = self
            .sends(|client, site| {
                let request = client.post(format!("{site}/card-bindings/start")).header(header::ORIGIN, ORIGIN);
                request.header("sec-fetch-site", "same-origin").form(&[("number", number)])
            })
            .await;
        if let Some(line) = seen.headers.get(header::SET_COOKIE) {
            browser.cookie = line.to_str().unwrap().split(';').next().map(str::to_owned);
        }
        seen
    }

    /// The reader's page posts across sites: no cookie, and no origin that means anything.
    async fn answers(&self, answer: &Answer) -> Seen {
        self.sends(|client, site| {
            client.post(format!("{site}{}", super::super::ANSWER_PATH)).header(header::ORIGIN, "null").form(answer)
        })
        .await
    }

    /// Follows the answer's redirects to the last page.
    async fn ends(&self, browser: &Browser, answered: &Seen) -> Seen {
        assert_eq!(answered.status, StatusCode::SEE_OTHER);
        let back = self.gets(browser, answered.header(header::LOCATION)).await;
        if back.status != StatusCode::SEE_OTHER {
            return back;
        }
        self.gets(browser, back.header(header::LOCATION)).await
    }

    /// One whole way with an answer of the test's making.
    async fn goes(&self, answer: impl FnOnce(&Story, &CardBindingAsk) -> Answer) -> Seen {
        let mut browser = Browser::default();
        let ask = self.starts(&mut browser, self.story.person.as_str()).await.ask();
        let answered = self.answers(&answer(&self.story, &ask)).await;
        self.ends(&browser, &answered).await
    }

    fn own_answer(&self, ask: &CardBindingAsk) -> Answer {
        self.story.answer(&self.story.student.four_info, ORIGIN, ask)
    }

    async fn is_bound(&self) -> bool {
        !self.story.trial.institution("JASSO").people_with_codes().await.unwrap().is_empty()
    }
}

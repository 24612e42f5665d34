//! One of the city's systems, as the API knows it: by its certificate and by a token.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use domain::NoticeId;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use http_body_util::Full;
use reqwest::{Certificate, Identity, RequestBuilder, Response};
use runtime::SystemRng;
use serde_json::Value;

use super::lines::{Post, Way};
use crate::Failure;

/// What the command printed.
pub(super) const SAID: &str = "said";
/// A token holds ten minutes.
const TOKEN_LIFE: Duration = Duration::from_mins(8);

/// What `municipality client add` left in a folder.
pub(super) struct Registered {
    folder: PathBuf,
    id: String,
    secret: String,
}

/// See the module.
pub(super) struct Api {
    id: String,
    secret: String,
    base: String,
    http: reqwest::Client,
    /// Of those who post one notice each.
    pub(super) way: Way,
    token: Mutex<Option<(String, Instant)>>,
}

/// What came of one post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// 0: no answer came.
    pub(super) status: u16,
    /// How long to wait was said.
    pub(super) retry_after: bool,
}

impl Told {
    pub(super) fn taken(self) -> bool {
        self.status == 202
    }
}

impl Registered {
    /// None: nothing was left there.
    pub(super) fn in_folder(folder: &Path) -> Option<Self> {
        let said = std::fs::read_to_string(folder.join(SAID)).ok()?;
        let value = |name: &str| Some(said.lines().find_map(|line| line.strip_prefix(name))?.trim().to_owned());
        Some(Self { folder: folder.to_owned(), id: value("client_id:")?, secret: value("client_secret:")? })
    }

    /// Connections of its own, as many as there are requests at a time.
    pub(super) fn at(self, address: SocketAddr, data: &Path) -> Result<Api, Failure> {
        let anchor = data.join("pki/org-ca.pem");
        let way = Way::new(&self.folder, &anchor, address)?;
        let mut identity = std::fs::read(self.folder.join("client.key"))?;
        identity.extend(std::fs::read(self.folder.join("client.pem"))?);
        let http = reqwest::Client::builder()
            .tls_certs_only([Certificate::from_pem(&std::fs::read(anchor)?)?])
            .identity(Identity::from_pem(&identity)?)
            .https_only(true)
            .http1_only()
            .pool_max_idle_per_host(usize::MAX)
            .no_proxy()
            .timeout(Duration::from_mins(10))
            .build()?;
        let base = format!("https://{address}");
        Ok(Api { id: self.id, secret: self.secret, base, http, way, token: Mutex::new(None) })
    }
}

impl Api {
    /// Asked for anew before it ends.
    pub(super) async fn token(&self) -> Result<String, Failure> {
        let held = self.token.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((token, since)) = held
            && since.elapsed() < TOKEN_LIFE
        {
            return Ok(token);
        }
        let request = self.http.post(format!("{}/oauth2/token", self.base));
        let request = request.basic_auth(&self.id, Some(&self.secret)).form(&[("grant_type", "client_credentials")]);
        let answer = json(request.send().await?).await?;
        let token = text(&answer, "access_token")?;
        *self.token.lock().unwrap_or_else(PoisonError::into_inner) = Some((token.clone(), Instant::now()));
        Ok(token)
    }

    /// Begins a bulk.
    pub(super) async fn begin(&self, draft: &Value) -> Result<NoticeId, Failure> {
        let body = serde_json::json!({ "draft": draft });
        let request = self.request(Method::POST, "/api/v1/sendings").await?.header("idempotency-key", fresh());
        Ok(text(&json(request.json(&body).send().await?).await?, "id")?.parse()?)
    }

    /// Its whole list; how many recipients were kept.
    pub(super) async fn upload(&self, sending: &NoticeId, list: Bytes) -> Result<u64, Failure> {
        let path = format!("/api/v1/sendings/{sending}/recipients");
        let request = self.request(Method::PUT, &path).await?.header(header::CONTENT_TYPE, "application/x-ndjson");
        let answer = json(request.body(list).send().await?).await?;
        Ok(answer.get("recipients").and_then(Value::as_u64).ok_or("the list was not counted")?)
    }

    /// It goes out.
    pub(super) async fn release(&self, sending: &NoticeId) -> Result<(), Failure> {
        let path = format!("/api/v1/sendings/{sending}/release");
        let request = self.request(Method::POST, &path).await?.header("idempotency-key", fresh());
        json(request.send().await?).await.map(drop)
    }

    /// One notice under a token that holds; the id where it was taken.
    pub(super) async fn send(&self, body: Bytes) -> Result<NoticeId, Failure> {
        let request = self.http.post(format!("{}/api/v1/notices", self.base));
        let request = request.headers(headers(&self.token().await?)?).body(body);
        Ok(text(&json(request.send().await?).await?, "id")?.parse()?)
    }

    /// A post of one notice, ready to go.
    pub(super) fn ready(&self, token: &str, body: Bytes) -> Result<Post, Failure> {
        let mut post = http::Request::post("/api/v1/notices").body(Full::new(body))?;
        *post.headers_mut() = headers(token)?;
        post.headers_mut().insert(header::HOST, self.way.address.to_string().parse()?);
        Ok(post)
    }

    async fn request(&self, method: Method, path: &str) -> Result<RequestBuilder, Failure> {
        Ok(self.http.request(method, format!("{}{path}", self.base)).bearer_auth(self.token().await?))
    }
}

/// Of a post of one notice.
fn headers(token: &str) -> Result<HeaderMap, Failure> {
    Ok(HeaderMap::from_iter([
        (header::AUTHORIZATION, format!("Bearer {token}").parse()?),
        (HeaderName::from_static("idempotency-key"), fresh().parse()?),
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
    ]))
}

/// A name for a request that never was.
fn fresh() -> String {
    NoticeId::generate(&mut SystemRng).to_string()
}

async fn json(answer: Response) -> Result<Value, Failure> {
    let (status, body) = (answer.status(), answer.bytes().await?);
    if status.is_success() {
        return Ok(serde_json::from_slice(&body)?);
    }
    Err(format!("the API answers {status}: {}", String::from_utf8_lossy(&body)).into())
}

fn text(answer: &Value, name: &str) -> Result<String, Failure> {
    let value = answer.get(name).and_then(Value::as_str);
    value.map(str::to_owned).ok_or_else(|| format!("the API said no {name}").into())
}

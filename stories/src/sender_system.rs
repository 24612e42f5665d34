//! One of a municipality's own systems, which sends by the API.

use std::path::PathBuf;
use std::process::Command;

use reqwest::Response;
use runtime::tls::Identity;
use serde_json::Value;

use crate::{SenderAtWork, SenderProcess, Town};

/// A system with a certificate, registered by the program's own command; it speaks over TLS as itself.
pub struct SystemAtWork {
    http: reqwest::Client,
    base: String,
    token: String,
}

impl SystemAtWork {
    /// Is registered with the institution whose API runs, and asks for a token.
    pub async fn registers(town: &Town, sender: &SenderAtWork<'_>, org: &str, label: &str) -> Self {
        let folder = town.data().join(format!("system-{label}"));
        let said = Self::command(town, org, &["client", "add", "--label", label, "--out", &folder.to_string_lossy()]);
        let value = |name: &str| {
            let line = said.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_else(|| panic!("no {name} in {said}")).trim().to_owned()
        };
        let (id, secret) = (value("client_id:"), value("client_secret:"));
        let identity = Identity::from_pem_files(folder.join("client.pem"), folder.join("client.key"));
        let http = town.client_with(Some(&identity.expect("an identity")));
        let base = format!("https://{}", sender.api.expect("an API"));
        let asked = http.post(format!("{base}/oauth2/token")).basic_auth(id, Some(secret));
        let token = asked.form(&[("grant_type", "client_credentials")]).send().await.expect("an answer");
        let token: Value = token.json().await.expect("JSON");
        let token = token["access_token"].as_str().unwrap_or_else(|| panic!("no token: {token}")).to_owned();
        Self { http, base, token }
    }

    /// `municipality …` of the institution, at the town's time.
    fn command(town: &Town, org: &str, words: &[&str]) -> String {
        let settings: PathBuf = SenderProcess::settings(town, org);
        let done = Command::new(crate::process::program().with_file_name("municipality"))
            .args(["--clock", &town.now().to_string(), "--config", &settings.to_string_lossy()])
            .args(words)
            .output()
            .expect("the program");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).expect("text")
    }

    /// Posts JSON under an idempotency key.
    pub async fn posts(&self, path: &str, key: &str, body: &Value) -> Response {
        let request = self.http.post(format!("{}{path}", self.base)).bearer_auth(&self.token);
        request.header("idempotency-key", key).json(body).send().await.expect("an answer")
    }

    /// JSON of the API.
    pub async fn gets(&self, path: &str) -> Value {
        let request = self.http.get(format!("{}{path}", self.base)).bearer_auth(&self.token);
        request.send().await.expect("an answer").json().await.expect("JSON")
    }
}

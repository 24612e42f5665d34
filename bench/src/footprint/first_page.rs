//! What a browser without script loads for the first page.

use http::{StatusCode, header};

use crate::Failure;

/// The bodies as they came over the wire.
pub(super) struct Loaded(Vec<Body>);

struct Body {
    path: String,
    encoding: String,
    bytes: u64,
}

impl Loaded {
    pub(super) fn bytes(&self) -> u64 {
        self.0.iter().map(|body| body.bytes).sum()
    }

    pub(super) fn describe(&self) -> String {
        let parts = self.0.iter().map(|body| format!("{} {} bytes ({})", short(&body.path), body.bytes, body.encoding));
        parts.collect::<Vec<_>>().join(", ")
    }
}

pub(super) async fn load(origin: &str) -> Result<Loaded, Failure> {
    let client = reqwest::Client::builder().no_proxy().build()?;
    let (first, page) = body(&client, origin, "/").await?;
    let mut loaded = vec![first];
    let html = match page {
        Some(html) => html,
        // Encoded: asked for once more in plain, to see what it names.
        None => client.get(format!("{origin}/")).header(header::ACCEPT_LANGUAGE, "ja").send().await?.text().await?,
    };
    for path in without_script(&html) {
        loaded.push(body(&client, origin, &path).await?.0);
    }
    Ok(Loaded(loaded))
}

async fn body(client: &reqwest::Client, origin: &str, path: &str) -> Result<(Body, Option<String>), Failure> {
    let request = client.get(format!("{origin}{path}")).header(header::ACCEPT_ENCODING, "br");
    let response = request.header(header::ACCEPT_LANGUAGE, "ja").send().await?;
    if response.status() != StatusCode::OK {
        return Err(format!("{path} answers {}", response.status()).into());
    }
    let encoding = response.headers().get(header::CONTENT_ENCODING).and_then(|value| value.to_str().ok());
    let encoding = encoding.unwrap_or("not compressed").to_owned();
    let bytes = response.bytes().await?;
    let text = String::from_utf8(bytes.to_vec()).ok();
    Ok((Body { path: path.to_owned(), encoding, bytes: u64::try_from(bytes.len())? }, text))
}

/// Style sheets, icons, pictures and fonts that the page names; each once.
fn without_script(html: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for tag in html.split('<') {
        let attribute = |name: &str| {
            let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
            rest.split('"').next().map(str::to_owned)
        };
        let rel = attribute("rel").unwrap_or_default();
        let path = match tag.split([' ', '>']).next() {
            Some("link") if ["stylesheet", "icon", "manifest", "preload"].contains(&rel.as_str()) => attribute("href"),
            Some("img") => attribute("src"),
            _ => None,
        };
        let script = attribute("as").is_some_and(|kind| kind == "script" || kind == "fetch");
        paths.extend(path.filter(|path| path.starts_with('/') && !script));
    }
    paths.sort();
    paths.dedup();
    paths
}

fn short(path: &str) -> &str {
    match path {
        "/" => "the page",
        path => path.rsplit('.').next().unwrap_or(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_scripts_load_is_left_out() {
        let html = r#"<link rel="stylesheet" href="/pkg/a.css"><link rel="modulepreload" href="/pkg/a.js">
            <link rel="preload" href="/pkg/a.wasm" as="fetch"><link rel="icon" href="/icon.svg"><img alt="" src="/p.png">
            <script src="/pkg/b.js"></script><img src="data:,x"><link rel="stylesheet" href="/pkg/a.css">"#;
        assert_eq!(without_script(html), ["/icon.svg", "/p.png", "/pkg/a.css"]);
    }
}

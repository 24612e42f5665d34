//! Sends one notice and waits until it is known what became of it.
//!
//! `cargo run --example typed_client -- https://127.0.0.1:9310 org-ca.pem client/ ID SECRET LINK_CODE`

#[expect(dead_code, reason = "a client that others copy has more than this example uses")]
mod client;

use std::error::Error;
use std::time::Duration;

use client::Notices;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    runtime::tls::install_provider();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [base, authority, folder, id, secret, link_code] = arguments.as_slice() else {
        return Err("BASE AUTHORITY FOLDER ID SECRET LINK_CODE".into());
    };
    let mut identity = std::fs::read(format!("{folder}/client.key"))?;
    identity.extend(std::fs::read(format!("{folder}/client.pem"))?);
    let notices = Notices::new(base, &std::fs::read(authority)?, &identity, id, secret)?;
    let notice = serde_json::json!({
        "draft": {
            "kind": "information",
            "office": { "name": { "ja": "健康推進課" }, "phone": "045-000-0000" },
            "expires_at": "2027-03-31T15:00:00Z",
            "text": { "ja": { "title": "健康診断のお知らせ", "markdown": "12月に健康診断をします。\n\n- 保険証\n- 問診票" } },
        },
        "recipients": [{ "link_code": link_code }],
    });
    let accepted = notices.send("typed-client-1", &notice).await?;
    println!("{} is {}", accepted.id, accepted.state);
    loop {
        let sending = notices.sending(&accepted.id).await?;
        if sending.state != "released" {
            println!("{sending:?}");
            return Ok(());
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

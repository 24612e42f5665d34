//! `municipality client …`: which of the institution's own systems may use the API.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::{SignedDuration, Timestamp};
use pki::Certificate;
use runtime::SystemRng;
use sha2::{Digest as _, Sha256};

use super::Failure;
use crate::api::{authority, drawn_secret};
use crate::settings::Settings;
use crate::store::{AuditLine, ClientId, ClientRow, Store, Target};

const WHO: &str = "command";

/// Which system, and what is to be done.
#[derive(Args, Debug)]
pub(super) struct ClientArguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Register a system: makes its certificate and key, and prints its id and secret once
    Add(AddArguments),
    /// List the systems that are registered
    List,
    /// End a system's access, tokens included, at once
    Revoke {
        /// As `client list` prints it
        id: String,
    },
}

#[derive(Args, Debug)]
struct AddArguments {
    /// What people call it
    #[arg(long)]
    label: String,
    /// Requests in a minute
    #[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u32).range(1..))]
    quota_per_minute: u32,
    /// Recipients for whom it may send in a day
    #[arg(long, default_value_t = 100_000)]
    recipients_per_day: u64,
    /// How long its certificate holds
    #[arg(long, default_value_t = 365, value_parser = clap::value_parser!(u16).range(1..=1825))]
    days: u16,
    /// A folder for client.pem and client.key; nothing in it is written over
    #[arg(long, required_unless_present = "certificate")]
    out: Option<PathBuf>,
    /// A certificate that it has already, of the authority that the settings name in `api.client_anchor`
    #[arg(long, conflicts_with = "out")]
    certificate: Option<PathBuf>,
}

pub(super) async fn run(shared: &runtime::args::Shared, arguments: &ClientArguments) -> Result<(), Failure> {
    let settings = Settings::load(shared.config.as_deref())?;
    let now = shared.clock.clock().now();
    let target = settings.target()?;
    if let Target::Sqlite(path) = &target
        && let Some(folder) = path.parent()
    {
        std::fs::create_dir_all(folder)?;
    }
    let store = Store::open(&target).await?;
    match &arguments.command {
        Command::Add(add) => self::add(&settings, &store, add, now).await,
        Command::List => list(&store, now).await,
        Command::Revoke { id } => revoke(&store, id, now).await,
    }
}

async fn add(settings: &Settings, store: &Store, add: &AddArguments, now: Timestamp) -> Result<(), Failure> {
    let certificate = match (&add.certificate, &add.out) {
        (Some(file), _) => Certificate::from_pem(&std::fs::read_to_string(file)?)?,
        (None, Some(folder)) => {
            let life = SignedDuration::from_hours(24 * i64::from(add.days));
            let authority = authority::open(settings, now)?;
            authority::give(&authority, &settings.org, now, life, folder)?
        }
        (None, None) => return Err("--out or --certificate is needed".into()),
    };
    let secret = drawn_secret();
    let row = ClientRow {
        id: ClientId::generate(&mut SystemRng),
        label: add.label.clone(),
        secret_hash: Sha256::digest(secret.as_bytes()).into(),
        certificate_hash: certificate.fingerprint(),
        requests_per_minute: add.quota_per_minute,
        recipients_per_day: add.recipients_per_day,
        made_at: now,
        expires_at: certificate.not_after(),
        revoked_at: None,
    };
    let mut repository = store.begin().await?;
    if !repository.insert_client(&row).await? {
        return Err("a client with this certificate is registered already".into());
    }
    repository.insert_audit(&line(&row.id, "added", now)).await?;
    repository.commit().await?;
    println!("client_id: {}", row.id);
    println!("client_secret: {secret}");
    eprintln!("The secret is shown this once. The certificate holds until {}.", row.expires_at);
    Ok(())
}

async fn list(store: &Store, now: Timestamp) -> Result<(), Failure> {
    for client in store.read().await?.clients().await? {
        let state = match client.revoked_at {
            Some(at) => format!("revoked {at}"),
            None if client.may(now) => format!("until {}", client.expires_at),
            None => format!("expired {}", client.expires_at),
        };
        println!(
            "{}\t{}\t{} a minute\t{} recipients a day\t{state}",
            client.id, client.label, client.requests_per_minute, client.recipients_per_day
        );
    }
    Ok(())
}

async fn revoke(store: &Store, id: &str, now: Timestamp) -> Result<(), Failure> {
    let id: ClientId = id.parse()?;
    let mut repository = store.begin().await?;
    if !repository.revoke_client(id, now).await? {
        return Err("there is no such client, or it was revoked before".into());
    }
    repository.insert_audit(&line(&id, "revoked", now)).await?;
    repository.commit().await?;
    println!("revoked");
    Ok(())
}

fn line(id: &ClientId, what: &str, now: Timestamp) -> AuditLine {
    AuditLine { at: now, who: WHO.to_owned(), what: format!("client-{what}:{id}"), sending: None }
}

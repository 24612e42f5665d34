//! The command line.

mod settings;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};
use domain::OrgCode;
use wire::card_file::{CardState, CardTableRow};

use crate::issue::{DeskConfig, HttpDesk};
use crate::reader::{Portal, Reader};
use crate::{CardFolder, CardId};
use settings::Settings;

/// The card reader: pages of its own on 127.0.0.1 on which a person inserts a demo card and enters its PIN.
#[derive(Parser, Debug)]
#[command(name = "card-reader", version, about, max_term_width = 100)]
struct Arguments {
    #[command(flatten)]
    shared: runtime::args::Shared,
    #[command(flatten)]
    own: Own,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Each goes before the settings file.
#[derive(Args, Debug, Default)]
struct Own {
    /// The demo world [default: data]
    #[arg(long, value_name = "DIR", global = true)]
    data: Option<PathBuf>,
    /// Loopback address of the reader's pages [default: 127.0.0.1:8790]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// Who may ask, and the one path where its answers go; may be repeated [default: http://localhost:8080=/card/answer
    /// and, for the site of 日本学生支援機構, http://jasso.localhost:9195=/card-bindings/answer]
    #[arg(long, value_name = "ORIGIN=PATH")]
    allow: Vec<Portal>,
    /// A portal that may ask and takes its answers at /card/answer; may be repeated
    #[arg(long, value_name = "ORIGIN")]
    origin: Vec<String>,
    /// Trust anchors (PEM) of portals with TLS, to tell them that a card was removed
    #[arg(long, value_name = "FILE")]
    portal_ca: Option<PathBuf>,
    /// Machine of this institution: logins may be answered without a PIN, marked as such
    #[arg(long, value_name = "ORG")]
    without_pin: Option<OrgCode>,
    /// TLS identity (tls.pem, tls.key) of the card issuing desk [default: DATA/orgs/ISSUER]
    #[arg(long, value_name = "DIR")]
    issuer: Option<PathBuf>,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Run the reader (also without any command)
    Serve,
    /// Print the demo cards with their PINs, states and tries left
    Cards,
    /// Hand a card over (active), stop it after loss (stopped), or take it back (locked)
    State {
        /// For example card-0001
        card: CardId,
        /// active, stopped or locked
        state: CardState,
    },
    /// Unlock both PINs of a card, as a municipality's counter does
    PinUnlock {
        /// For example card-0001
        card: CardId,
    },
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Runs what the command line says. Status 0: done; 1: failed; 2: wrong words.
pub async fn run() -> ExitCode {
    match carry_out(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("card-reader: {}", with_sources(&*error));
            ExitCode::FAILURE
        }
    }
}

async fn carry_out(arguments: Arguments) -> Result<(), Failure> {
    let settings = Settings::load(arguments.shared.config.as_deref(), arguments.own)?;
    let cards = CardFolder::new(settings.data.join("cards"));
    match arguments.command.unwrap_or(Command::Serve) {
        Command::Serve => {
            arguments.shared.start_logs()?;
            serve(settings, arguments.shared.clock.clock()).await
        }
        Command::Cards => list(&cards),
        Command::State { card, state } => Ok(cards.change_state(&card, state)?),
        Command::PinUnlock { card } => Ok(cards.unlock_pins(&card)?),
    }
}

async fn serve(settings: Settings, clock: Arc<dyn runtime::Clock>) -> Result<(), Failure> {
    let stop = runtime::stop::on_signal();
    let listener = runtime::serve::bind(settings.listen).await?;
    let mut desk = DeskConfig::in_data(&settings.data);
    if let Some(issuer) = &settings.issuer {
        desk.identity.clone_from(issuer);
    }
    let desk = Arc::new(HttpDesk::new(desk, Arc::clone(&clock)));
    let reader = Reader::new(settings.reader(), listener.local_addr()?, desk, clock)?;
    tracing::info!(address = reader.origin(), "card reader listens");
    Ok(runtime::serve::serve(listener, None, reader.router(), stop).await?)
}

fn list(cards: &CardFolder) -> Result<(), Failure> {
    let table = cards.table().unwrap_or_default().cards;
    let pins = |id: &CardId| table.iter().find(|row| row.id == id.as_str());
    for id in cards.list()? {
        println!("{}", line(cards, &id, pins(&id)));
    }
    Ok(())
}

fn line(cards: &CardFolder, id: &CardId, pins: Option<&CardTableRow>) -> String {
    let (authentication, signature) = pins.map_or(("?", "?"), |row| (&row.authentication_pin, &row.signature_pin));
    match cards.look(id) {
        Ok((who, status)) => format!(
            "{id}  {authentication:<4} ({})  {signature:<16} ({})  {:<7}  {who}",
            status.authentication_tries_left,
            status.signature_tries_left,
            status.state.name(),
        ),
        Err(error) => format!("{id}  {error}"),
    }
}

fn with_sources(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    fn parsed(line: &str) -> Arguments {
        Arguments::try_parse_from(line.split(' ')).unwrap()
    }

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn without_a_command_the_reader_runs() {
        assert!(parsed("card-reader --data d --listen 127.0.0.1:0 --clock +2h").command.is_none());
    }

    #[test]
    fn a_state_and_a_card_are_checked_before_anything_happens() {
        assert!(Arguments::try_parse_from(["card-reader", "state", "card-0001", "lost"]).is_err());
        assert!(Arguments::try_parse_from(["card-reader", "state", "../card-0001", "active"]).is_err());
        let arguments = parsed("card-reader state card-0001 stopped --data d");
        assert!(matches!(arguments.command, Some(Command::State { state: CardState::Stopped, .. })));
        assert_eq!(arguments.own.data, Some(PathBuf::from("d")));
    }
}

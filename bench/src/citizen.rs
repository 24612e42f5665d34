//! A citizen with a card, a reader and a browser, in a process of their own: what they compute is not the portal's.

pub(crate) mod browser;

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use card::testing::{CardHolder, RunningReader};
use clap::Args;
use futures::{StreamExt as _, stream};
use runtime::SystemClock;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use wire::card_file::{CardTable, CardTableRow, TABLE_FILE};

use crate::{Failure, with_sources};
use browser::Browser;

const CARD: &str = "card-0001";
/// Where cards answer to.
pub(crate) const ANSWER_PATH: &str = "/card/answer";

#[derive(Args)]
pub(crate) struct Options {
    /// The portal's origin
    #[arg(long)]
    portal: String,
    /// The world
    #[arg(long)]
    data: PathBuf,
    /// A reader that runs already
    #[arg(long)]
    reader: Option<String>,
}

/// The citizen as the measuring process has them.
pub(crate) struct Citizen {
    child: Child,
    says: ChildStdin,
    hears: Lines<BufReader<ChildStdout>>,
}

impl Citizen {
    /// With a reader of their own, unless one runs.
    pub(crate) fn start(portal: &str, data: &Path, reader: Option<&str>) -> Result<Self, Failure> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("citizen").args(["--portal", portal]).arg("--data").arg(data);
        if let Some(reader) = reader {
            command.args(["--reader", reader]);
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let says = child.stdin.take().ok_or("no standard input")?;
        let hears = child.stdout.take().ok_or("no standard output")?;
        Ok(Self { child, says, hears: BufReader::new(hears).lines() })
    }

    /// Registers and answers with the cookie of the session that this opens.
    pub(crate) async fn registers(&mut self) -> Result<String, Failure> {
        self.does("register").await
    }

    /// Logs in so many times, each in a browser that has never been here, `together` of them at any time.
    pub(crate) async fn logs_in(&mut self, times: u32, together: usize) -> Result<(), Failure> {
        self.does(&format!("login {times} {together}")).await.map(|_| ())
    }

    /// Opens a page in the session of the registration.
    pub(crate) async fn opens(&mut self, path: &str) -> Result<(), Failure> {
        self.does(&format!("open {path}")).await.map(|_| ())
    }

    async fn does(&mut self, what: &str) -> Result<String, Failure> {
        self.says.write_all(format!("{what}\n").as_bytes()).await?;
        let Some(line) = self.hears.next_line().await? else {
            return Err(format!("the citizen went away ({})", self.child.wait().await?).into());
        };
        match line.split_once(' ') {
            Some(("ok", value)) => Ok(value.to_owned()),
            _ => Err(format!("{what}: {line}").into()),
        }
    }
}

/// The citizen's own process: one line in, one line out.
pub(crate) async fn run(options: Options) -> Result<(), Failure> {
    let (_running, holder) = if let Some(origin) = &options.reader {
        (None, CardHolder::at(origin)?)
    } else {
        let portal = card::reader::Portal::new(&options.portal, ANSWER_PATH)?;
        let reader = RunningReader::start(&options.data, &[portal], Arc::new(SystemClock)).await?;
        let holder = reader.holder()?;
        (Some(reader), holder)
    };
    let card = card_row(&options.data)?;
    let mut person = Person { portal: options.portal, holder, card, session: None };
    while let Some(line) = tokio::task::spawn_blocking(|| std::io::stdin().lines().next().transpose()).await?? {
        match person.told(&line).await {
            Ok(value) => println!("ok {value}"),
            Err(error) => println!("error {}", with_sources(error.as_ref()).replace('\n', " ")),
        }
    }
    Ok(())
}

/// The card of the citizen.
pub(crate) fn card_row(data: &Path) -> Result<CardTableRow, Failure> {
    let text = std::fs::read_to_string(data.join("cards").join(TABLE_FILE))?;
    let table: CardTable = toml::from_str(&text)?;
    table.cards.into_iter().find(|row| row.id == CARD).ok_or_else(|| format!("{CARD} is not in the table").into())
}

struct Person {
    portal: String,
    holder: CardHolder,
    card: CardTableRow,
    session: Option<Browser>,
}

impl Person {
    async fn told(&mut self, line: &str) -> Result<String, Failure> {
        match line.split_once(' ') {
            None if line == "register" => {
                let browser = self.register().await?;
                let cookie = browser.cookie().ok_or("no session")?;
                self.session = Some(browser);
                Ok(cookie)
            }
            Some(("login", how)) => {
                let (times, together) = how.split_once(' ').ok_or("how many together?")?;
                let logins = (0..times.parse::<u32>()?).map(|_| self.log_in());
                let mut logins = stream::iter(logins).buffer_unordered(together.parse()?);
                while let Some(done) = logins.next().await {
                    done?;
                }
                Ok(String::new())
            }
            Some(("open", path)) => {
                let browser = self.session.as_mut().ok_or("not registered")?;
                browser.opens(path).await?.is_at(path)?;
                Ok(String::new())
            }
            _ => Err("no such thing to do".into()),
        }
    }

    async fn register(&self) -> Result<Browser, Failure> {
        register(&self.portal, &self.holder, &self.card).await
    }

    async fn log_in(&self) -> Result<(), Failure> {
        log_in(&self.portal, &self.holder, &self.card).await.map(|_| ())
    }
}

/// Opens a folder with a card; the browser is logged in afterwards.
pub(crate) async fn register(portal: &str, holder: &CardHolder, card: &CardTableRow) -> Result<Browser, Failure> {
    let mut browser = Browser::new(portal)?;
    browser.opens("/register").await?;
    let asks = browser.posts("/register/start", &[]).await?;
    let mut page = browser.answers(holder, &asks, &card.id, &card.signature_pin).await?;
    page.is_at("/register/opening")?;
    while !page.html.contains("/register/bind/start") {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        page = browser.opens("/register/opening").await?;
        page.is_at("/register/opening")?;
    }
    let asks = browser.posts("/register/bind/start", &[]).await?;
    browser.answers(holder, &asks, &card.id, &card.authentication_pin).await?.is_at("/home")?;
    Ok(browser)
}

/// Logs in with a card, in a browser that has never been here.
pub(crate) async fn log_in(portal: &str, holder: &CardHolder, card: &CardTableRow) -> Result<Browser, Failure> {
    let mut browser = Browser::new(portal)?;
    browser.opens("/login").await?;
    let asks = browser.posts("/login/start", &[]).await?;
    browser.answers(holder, &asks, &card.id, &card.authentication_pin).await?.is_at("/home")?;
    Ok(browser)
}

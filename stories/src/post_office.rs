//! A mail relay on this machine: takes letters, or does not, and shows what it took.

use std::sync::{Arc, Mutex};

use base64ct::{Base64, Encoding as _};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What the relay does with letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Takes them.
    Takes,
    /// Reads them to the end and says nothing any more.
    Hangs,
    /// Takes none now.
    PutsOff,
    /// Takes none at all.
    Refuses,
}

/// A relay that runs, and is gone with the value.
pub struct PostOffice {
    /// For the settings: `smtp://127.0.0.1:PORT`.
    pub relay: String,
    mood: Arc<Mutex<Mood>>,
    letters: tokio::sync::Mutex<UnboundedReceiver<Letter>>,
    _working: tokio_util::sync::DropGuard,
}

/// A letter as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// To whom, on the envelope.
    pub to: String,
    /// Headers and text, as they came.
    pub raw: String,
}

impl PostOffice {
    /// Opens.
    pub async fn opens() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (tells, letters) = unbounded_channel();
        let mood = Arc::new(Mutex::new(Mood::Takes));
        let stop = tokio_util::sync::CancellationToken::new();
        let (shared, stopped) = (Arc::clone(&mood), stop.clone());
        tokio::spawn(stopped.run_until_cancelled_owned(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talks(stream, Arc::clone(&shared), tells.clone()));
            }
        }));
        let relay = format!("smtp://127.0.0.1:{port}");
        Self { relay, mood, letters: letters.into(), _working: stop.drop_guard() }
    }

    /// From now on.
    pub fn is(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// The next letter.
    pub async fn next(&self) -> Letter {
        let mut letters = self.letters.lock().await;
        let next = tokio::time::timeout(std::time::Duration::from_mins(1), letters.recv());
        next.await.expect("a letter in time").expect("a letter")
    }

    /// Whether no letter lies here.
    pub async fn is_empty(&self) -> bool {
        self.letters.lock().await.is_empty()
    }
}

/// In the mood [`Mood::Hangs`] and [`Mood::PutsOff`] a letter is shown all the same: what was sent can be seen.
async fn talks(stream: TcpStream, mood: Arc<Mutex<Mood>>, tells: UnboundedSender<Letter>) {
    let (reads, mut writes) = stream.into_split();
    let mut lines = BufReader::new(reads).lines();
    let mut said = "220 office.example".to_owned();
    let (mut to, mut letter) = (String::new(), None::<String>);
    loop {
        if writes.write_all(format!("{said}\r\n").as_bytes()).await.is_err() {
            return;
        }
        loop {
            let Ok(Some(line)) = lines.next_line().await else { return };
            if let Some(text) = &mut letter
                && line != "."
            {
                text.push_str(line.strip_prefix('.').unwrap_or(&line));
                text.push('\n');
                continue;
            }
            let now = *mood.lock().unwrap();
            if let Some(raw) = letter.take() {
                let _ = tells.send(Letter { to: std::mem::take(&mut to), raw });
                match now {
                    Mood::Hangs => return std::future::pending().await,
                    Mood::PutsOff => "451 later".clone_into(&mut said),
                    Mood::Takes | Mood::Refuses => "250 taken".clone_into(&mut said),
                }
                break;
            }
            let upper = line.to_ascii_uppercase();
            let answer = match upper.split([' ', ':']).next().unwrap_or_default() {
                "EHLO" => "250-office.example\r\n250 8BITMIME",
                "RCPT" if now == Mood::Refuses => "550 nobody here",
                "RCPT" => {
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    "250 ok"
                }
                "DATA" => {
                    letter = Some(String::new());
                    "354 go on"
                }
                "QUIT" => "221 bye",
                _ => "250 ok",
            };
            answer.clone_into(&mut said);
            break;
        }
    }
}

impl Letter {
    /// A header, unfolded, encoded words read.
    pub fn header(&self, name: &str) -> String {
        let head = self.raw.split("\n\n").next().unwrap_or_default().replace("\n ", " ").replace("\n\t", " ");
        let begin = format!("{}:", name.to_ascii_lowercase());
        let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with(&begin)).unwrap_or_default();
        words(line.split_once(':').map_or("", |(_, value)| value).trim())
    }

    /// Names of all headers, in small letters.
    pub fn header_names(&self) -> Vec<String> {
        let head = self.raw.split("\n\n").next().unwrap_or_default();
        let lines = head.lines().filter(|line| !line.starts_with([' ', '\t']));
        lines.filter_map(|line| Some(line.split_once(':')?.0.to_ascii_lowercase())).collect()
    }

    /// The text, decoded.
    pub fn text(&self) -> String {
        let body = self.raw.split_once("\n\n").map_or("", |(_, body)| body);
        match self.header("content-transfer-encoding").as_str() {
            "base64" => base64(&body.replace('\n', "")),
            "quoted-printable" => quoted(&body.replace("=\n", "")),
            _ => body.to_owned(),
        }
    }

    /// The six digits in its text.
    pub fn code(&self) -> String {
        let text = self.text();
        let digits = text.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 6);
        digits.unwrap_or_else(|| panic!("no code in {text}")).to_owned()
    }
}

/// RFC 2047.
fn words(value: &str) -> String {
    let joined = value.replace("?= =?", "?==?");
    let mut read = String::new();
    let mut rest = joined.as_str();
    while let Some((before, word)) = rest.split_once("=?") {
        read.push_str(before);
        let mut parts = word.splitn(4, '?');
        let (_, kind, text) = (parts.next(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        read.push_str(&match kind {
            "b" | "B" => base64(text),
            _ => quoted(&text.replace('_', " ")),
        });
        rest = parts.next().and_then(|rest| rest.strip_prefix('=')).unwrap_or_default();
    }
    read + rest
}

fn base64(text: &str) -> String {
    String::from_utf8(Base64::decode_vec(text).expect("base64")).expect("UTF-8")
}

fn quoted(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if let (b'=', [high, low, after @ ..]) = (first, after) {
            let pair = [*high, *low];
            bytes.extend(hex::decode(pair).expect("two digits"));
            rest = after;
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

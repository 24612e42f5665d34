use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

use super::super::tests::{mail, sender};
use super::*;

/// A relay that says what it is told to say to a command, else that all is well, and keeps what it was sent.
async fn relay(
    answers: &'static [(&'static str, &'static str)],
) -> (Relay, tokio::sync::mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (tells, hears) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let tells = tells.clone();
            tokio::spawn(async move {
                let (reads, mut writes) = stream.into_split();
                let mut lines = BufReader::new(reads).lines();
                writes.write_all(b"220 relay.example\r\n").await.unwrap();
                let (mut data, mut letter) = (false, String::new());
                while let Ok(Some(line)) = lines.next_line().await {
                    if data && line != "." {
                        letter.push_str(&line);
                        letter.push('\n');
                        continue;
                    }
                    let command = if data { "." } else { line.split(' ').next().unwrap_or_default() };
                    let said = answers.iter().find(|(to, _)| *to == command).map(|(_, said)| *said);
                    let said = said.unwrap_or(match command {
                        "EHLO" => "250-relay.example\r\n250 8BITMIME",
                        "DATA" => "354 go on",
                        "QUIT" => "221 bye",
                        _ => "250 ok",
                    });
                    if data {
                        let _ = tells.send(std::mem::take(&mut letter));
                    }
                    data = command == "DATA" && said.starts_with("354");
                    if said.is_empty() {
                        return;
                    }
                    writes.write_all(format!("{said}\r\n").as_bytes()).await.unwrap();
                }
            });
        }
    });
    (format!("smtp://127.0.0.1:{port}").parse().unwrap(), hears)
}

async fn carried(answers: &'static [(&'static str, &'static str)]) -> Result<String, CarryError> {
    let (relay, mut letters) = relay(answers).await;
    let carrier = SmtpRelay::new(&relay, None, None, sender()).unwrap();
    carrier.carry(mail("hanako@mail.example")).await?;
    Ok(letters.recv().await.unwrap())
}

#[test]
fn a_relay_is_named_with_how_it_is_spoken_to() {
    let read = |text: &str| text.parse::<Relay>().map(|relay| (relay.host, relay.port, relay.security));
    assert_eq!(read("smtps://relay.example"), Ok(("relay.example".to_owned(), 465, Security::Whole)));
    assert_eq!(read("smtp://relay.example:2525/"), Ok(("relay.example".to_owned(), 2525, Security::Upgraded)));
    assert_eq!(read("smtp://localhost"), Ok(("localhost".to_owned(), 25, Security::None)));
    for bad in
        ["relay.example", "http://relay.example", "smtp://", "smtp://:25", "smtp://a:b", "smtp://u:p@relay.example"]
    {
        assert!(read(bad).is_err(), "{bad}");
    }
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    let letter = carried(&[]).await.unwrap();
    assert!(letter.contains("To: hanako@mail.example"), "{letter}");
    // A line of one full stop ends a letter on the way: it is doubled there.
    let body = letter.split_once("\n\n").unwrap().1;
    assert!(!body.is_empty() && letter.is_ascii(), "{letter}");
}

#[tokio::test]
async fn what_a_relay_refuses_for_good_is_not_tried_again() {
    for answers in [&[("RCPT", "550 no such user")][..], &[("MAIL", "553 not from here")], &[(".", "554 not this")]] {
        assert_eq!(carried_static(answers).await, Err(CarryError::Never));
    }
}

#[tokio::test]
async fn what_a_relay_puts_off_is_tried_again_later() {
    for answers in [&[("RCPT", "451 later")][..], &[("DATA", "421 busy")], &[("MAIL", "")]] {
        assert_eq!(carried_static(answers).await, Err(CarryError::Later));
    }
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let relay: Relay = format!("smtp://127.0.0.1:{}", gone.port()).parse().unwrap();
    let carrier = SmtpRelay::new(&relay, None, None, sender()).unwrap();
    assert_eq!(carrier.carry(mail("hanako@mail.example")).await, Err(CarryError::Later));
}

async fn carried_static(answers: &'static [(&'static str, &'static str)]) -> Result<(), CarryError> {
    carried(answers).await.map(drop)
}

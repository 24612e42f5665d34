//! The program itself: killed, restarted, read in its logs.

use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use base64ct::{Base64, Encoding as _};
use card::testing::CardHolder;
use domain::CardPurpose;

use crate::world::{CARD, PIN, PORTAL, World, ask};

/// Ends the program with the test.
struct Program {
    child: Child,
    person: CardHolder,
}

impl Program {
    async fn starts(data: &Path) -> Self {
        // A port that was free a moment ago.
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        let mut child = Command::new(env!("CARGO_BIN_EXE_card-reader"))
            .args(["--data", data.to_str().unwrap(), "--listen", &address, "--log", "debug"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let person = CardHolder::at(&format!("http://{address}")).unwrap();
        while person.opens("/").await.is_err() {
            assert!(child.try_wait().unwrap().is_none(), "the program ended");
            tokio::task::yield_now().await;
        }
        Self { child, person }
    }

    /// As by a loss of power; returns what it had logged.
    fn kill(mut self) -> String {
        self.child.kill().unwrap();
        let mut logs = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut logs).unwrap();
        self.child.wait().unwrap();
        logs
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn killing_the_reader_while_it_compares_a_pin_gives_no_free_try() {
    let world = World::with_card().await;
    let path = world.data.path().join("cards/card-0001.json");
    // A comparison that lasts for minutes.
    std::fs::write(&path, world.card_file().replace("\"iterations\": 100000", "\"iterations\": 4000000000")).unwrap();
    assert!(world.card_file().contains("4000000000"));

    for left in [2, 1, 0] {
        let program = Program::starts(world.data.path()).await;
        program.person.inserts(CARD).await.unwrap();
        let page = program.person.brings(PORTAL, &ask(CardPurpose::Login)).await.unwrap();
        let form = page.form("/v1/pin").unwrap();
        let person = program.person.clone();
        let entering = tokio::spawn(async move { person.sends(&form, &[("pin", PIN)]).await.is_ok() });
        while world.tries().0 > left {
            assert!(!entering.is_finished(), "the PIN was compared before the try was spent");
            tokio::task::yield_now().await;
        }
        program.kill();
        assert!(!entering.await.unwrap(), "no answer came");
        assert_eq!(world.tries().0, left);
    }
    let page = world.person.brings(PORTAL, &ask(CardPurpose::Login)).await.unwrap();
    assert!(page.form("/v1/pin").is_err(), "locked: the right PIN was entered three times and never answered");
}

#[tokio::test]
async fn the_logs_hold_nothing_of_pins_certificates_or_challenges() {
    let world = World::with_card().await;
    let program = Program::starts(world.data.path()).await;
    let login = ask(CardPurpose::Login);
    program.person.answers(PORTAL, &login, CARD, "9753").await.unwrap();
    let (_, answer) = program.person.answers(PORTAL, &login, CARD, PIN).await.unwrap().answer().unwrap();
    let certificate = pki::Certificate::from_der(&Base64::decode_vec(&answer.certificate).unwrap()).unwrap();
    let logs = program.kill();
    assert!(logs.contains("answered"), "{logs}");
    let secrets = [
        "9753".to_owned(),
        login.challenge.expose(),
        login.removal_token.expose(),
        answer.certificate[..40].to_owned(),
        answer.signature[..40].to_owned(),
        certificate.serial_hex(),
    ];
    for secret in secrets {
        assert!(!logs.contains(&secret), "{secret}");
    }
}

#[tokio::test]
async fn a_port_in_use_is_named() {
    let world = World::new().await;
    let address = world.reader.origin().strip_prefix("http://").unwrap().to_owned();
    let output = Command::new(env!("CARGO_BIN_EXE_card-reader")).args(["--listen", &address]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.contains(&address) && said.contains("in use"), "{said}");
}

#[tokio::test]
async fn the_counter_stops_lists_and_unlocks_cards() {
    let world = World::with_card().await;
    let data = world.data.path().to_str().unwrap().to_owned();
    let runs = |words: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_card-reader")).args(words).args(["--data", &data]).output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    };
    let page = world.person.answers(PORTAL, &ask(CardPurpose::Login), CARD, "0000").await.unwrap();
    assert!(page.answer().is_err());
    assert!(runs(&["state", CARD, "stopped"]).0);
    let (_, table) = runs(&["cards"]);
    assert!(table.contains("card-0001") && table.contains("stopped") && table.contains("(2)"), "{table}");
    assert!(runs(&["pin-unlock", CARD]).0 && runs(&["state", CARD, "active"]).0);
    assert_eq!(world.tries(), (3, 5));
    assert!(!runs(&["state", "card-7777", "active"]).0, "there is no such card");
}

//! A backup taken while something is held, and restored after it was purged: what is gone stays gone, the rest is there,
//! and the portal's own log never has a second history (B-OPS-1).

use std::path::{Path, PathBuf};
use std::process::Command;

use stories::{Citizen, Engine, Page, PortalProcess, Town};

use crate::privacy::{answered, files};

/// An operator at a terminal that speaks English.
pub(crate) struct Operator<'t> {
    town: &'t Town,
    settings: PathBuf,
}

impl<'t> Operator<'t> {
    pub(crate) async fn of(town: &'t Town) -> Self {
        let parties = town.world.lock().await.directory().as_ref().clone();
        Self { town, settings: town.settings_file(&parties) }
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(stories::program());
        command.args(words).arg("--config").arg(&self.settings).args(["--clock", &self.town.now().to_string()]);
        command.env_remove("LANG").env("LC_ALL", "C.UTF-8");
        command
    }

    /// The status, and everything that was said.
    async fn runs(&self, words: &[&str]) -> (Option<i32>, String) {
        let mut command = self.command(words);
        let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
        let said = [output.stdout, output.stderr].map(|said| String::from_utf8(said).unwrap()).concat();
        (output.status.code(), said)
    }

    pub(crate) async fn hears(&self, words: &[&str], status: i32, says: &str) {
        let (ended, said) = self.runs(words).await;
        assert!(ended == Some(status) && said.contains(says), "{words:?}: {ended:?}, expected 「{says}」: {said}");
    }

    pub(crate) fn backup(&self) -> String {
        self.town.data().join("backup").display().to_string()
    }
}

async fn gathers(citizen: &Citizen<'_>) -> Page {
    let before = citizen.opens("/information").await;
    citizen.browser.submits(&before, before.form("/information/gather")).await
}

/// What the institutions answered, as the person may take it home.
async fn values(citizen: &Citizen<'_>, page: &Page) -> Vec<String> {
    let asked = citizen.browser.submits(page, page.form("/information/files").with("format", "json")).await;
    let file = tokio::time::timeout(std::time::Duration::from_mins(2), async {
        while !citizen.opens(asked.path()).await.text().contains("できました") {
            tokio::task::yield_now().await;
        }
        citizen.opens(&format!("{}/download", asked.path())).await
    });
    let values = answered(&file.await.unwrap().html);
    assert!(values.len() >= 5, "{values:?}");
    values
}

/// Out, with the receipt's address.
async fn leaves(citizen: &Citizen<'_>, page: &Page) -> String {
    let asked = citizen.logs_out(page).await;
    let form = asked.forms().into_iter().find(|form| form.value("confirmed") == Some("yes")).unwrap();
    let out = citizen.browser.submits(&asked, form).await;
    stories::first_link(&out, "/receipts/").unwrap()
}

async fn holds_against_the_log(citizen: &Citizen<'_>, receipt: &str) {
    let file = citizen.opens(receipt).await;
    let proof = citizen.opens(&format!("{receipt}.tlog-proof")).await;
    let receipt = portal::Receipt::from_json(file.html.as_bytes()).unwrap();
    receipt.verify(&proof.html, Town::log_signer().key()).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_purged_after_a_backup_does_not_come_back_with_it() {
    let town = Town::starts().await;
    let operator = Operator::of(&town).await;
    let backup = operator.backup();
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let page = gathers(&citizen).await;
    let values = values(&citizen, &page).await;
    let (held, logins) = (town.count("held").await, town.count("login_event").await);
    assert!(held > 0);

    operator.hears(&["backup", &backup], 0, "The backup is in").await;
    assert_eq!(town.count("held").await, held, "the original keeps what is held");
    operator.hears(&["restore", &backup, "--force"], 1, "Stop the portal").await;
    let receipt = leaves(&citizen, &page).await;
    town.stops_portal().await;
    operator.hears(&["restore", &backup], 1, "--force").await;
    operator.hears(&["restore", &backup, "--force"], 0, "The newer log goes on (1 entries)").await;

    for table in ["held", "gathering", "session", "challenge", "registration"] {
        assert_eq!(town.count(table).await, 0, "{table}");
    }
    for (path, bytes) in files(Path::new(&backup)).into_iter().chain(files(town.database.parent().unwrap())) {
        assert_eq!(stories::texts_in(&bytes, &values), [""; 0], "{}", path.display());
    }
    assert_eq!((town.count("folder").await, town.count("login_event").await), (1, logins));

    town.starts_portal().await;
    holds_against_the_log(&citizen, &receipt).await;
    assert_eq!(citizen.opens("/home").await.path(), "/login", "the session is not restored");
    assert_eq!(citizen.logs_in().await.path(), "/home");
    assert_eq!(town.count("login_event").await, logins + 1);
    // And the log goes on.
    let page = gathers(&citizen).await;
    let second = leaves(&citizen, &page).await;
    holds_against_the_log(&citizen, &second).await;
    holds_against_the_log(&citizen, &receipt).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_was_lost_is_not_begun_again_under_its_old_key() {
    let town = Town::starts().await;
    let operator = Operator::of(&town).await;
    let backup = operator.backup();
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    leaves(&citizen, &gathers(&citizen).await).await;
    operator.hears(&["backup", &backup], 0, "1 entries").await;
    citizen.logs_in().await;
    leaves(&citizen, &gathers(&citizen).await).await;
    town.stops_portal().await;
    std::fs::remove_dir_all(town.database.parent().unwrap()).unwrap();

    operator.hears(&["restore", &backup], 0, "These logs have ended: localhost/my-portal").await;
    assert_eq!(town.count("log_entry").await + town.count("purge_receipt").await, 0);
    operator.hears(&["serve"], 1, "Make a key with a new name").await;

    let key = town.data().join("second.key").display().to_string();
    let made = Command::new(stories::program()).args(["log-key", "--new", "localhost/second", &key]).output().unwrap();
    assert!(made.status.success());
    let secret = std::fs::read_to_string(&key).unwrap();
    let told =
        [("MY_PORTAL__LOG__NAME", Path::new("localhost/second")), ("MY_PORTAL__LOG__KEY", Path::new(secret.trim()))];
    let portal = PortalProcess::starts_with(&operator.settings, town.now(), &told).await;
    citizen.logs_in().await;
    let receipt = leaves(&citizen, &gathers(&citizen).await).await;
    let public = String::from_utf8(made.stdout).unwrap().trim().parse().unwrap();
    let (file, proof) = (citizen.opens(&receipt).await, citizen.opens(&format!("{receipt}.tlog-proof")).await);
    portal::Receipt::from_json(file.html.as_bytes()).unwrap().verify(&proof.html, &public).unwrap();
    portal.is_killed().await;
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().filter_map(Result::ok);
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// `kill -9` from the moment when the new file begins to be made, a little later each time, until a restore comes to its
/// end: there is the old database or the new one, whole.
#[tokio::test(flavor = "multi_thread")]
async fn a_restore_that_is_killed_leaves_one_of_two_whole_databases() {
    let town = Town::starts().await;
    let operator = Operator::of(&town).await;
    let backup = operator.backup();
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    operator.hears(&["backup", &backup], 0, "The backup is in").await;
    let new = town.count("login_event").await;
    leaves(&citizen, &gathers(&citizen).await).await;
    citizen.logs_in().await;
    let old = town.count("login_event").await;
    assert!(old > new);
    town.stops_portal().await;
    let folder = town.database.parent().unwrap();

    let beside = folder.join("portal.sqlite.restoring");
    let (mut killed, mut looks) = (0, 0);
    loop {
        let _ = std::fs::remove_file(&beside);
        let mut restore = operator.command(&["restore", &backup, "--force"]);
        let mut child = restore.stdout(std::process::Stdio::null()).spawn().unwrap();
        while !beside.exists() && child.try_wait().unwrap().is_none() {}
        for _ in 0..looks {
            if child.try_wait().unwrap().is_some() {
                break;
            }
        }
        let _ = child.kill();
        let status = child.wait().unwrap();
        let logins = town.count("login_event").await;
        assert!([old, new].contains(&logins), "{looks}: {logins}");
        assert_eq!(town.count("pragma_integrity_check WHERE integrity_check = 'ok'").await, 1, "{looks}");
        assert_eq!(town.count("log_entry").await, 1, "{looks}: the log is there either way");
        if status.success() {
            break;
        }
        assert_eq!(status.code(), None, "it was killed: {status}");
        killed += 1;
        looks = looks * 3 / 2 + 1;
    }
    assert!(killed >= 3, "{killed} times in the middle");
    assert_eq!(town.count("login_event").await, new);
    assert_eq!(names(folder), ["keys.sqlite", "portal.sqlite"], "nothing is left over");
    town.starts_portal().await;
    assert_eq!(citizen.logs_in().await.path(), "/home");
}

/// The program that stands where the tests' own server has its programs.
fn of_postgresql(line: &str) -> Command {
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = Command::new("sh");
    command.args(["-c", line]).env("PATH", format!("/usr/lib/postgresql/15/bin:{path}"));
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgresql_the_line_that_is_shown_makes_a_backup_without_what_is_held() {
    let town = Town::starts_with(Engine::Postgres, |_| {}).await;
    let operator = Operator::of(&town).await;
    let backup = operator.backup();
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    gathers(&citizen).await;
    let (status, said) = operator.runs(&["backup", &backup]).await;
    assert_eq!(status, Some(1), "{said}");
    let line = said.lines().find_map(|line| line.find("pg_dump ").map(|at| line[at..].to_owned())).unwrap();
    std::fs::create_dir(&backup).unwrap();
    let dumped = of_postgresql(&line).output().unwrap();
    assert!(dumped.status.success(), "{line}: {dumped:?}");
    let shown = of_postgresql(&format!("pg_restore --file=- {backup}/portal.dump")).output().unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    for table in ["folder", "login_event", "certificate_binding"] {
        assert!(shown.contains(&format!("COPY public.{table} ")), "{table}");
    }
    for table in ["held", "gathering", "session", "challenge", "registration", "portal_instance"] {
        assert!(shown.contains(&format!("CREATE TABLE public.{table} ")), "{table}");
        assert!(!shown.contains(&format!("COPY public.{table} ")), "{table}");
    }
    operator.hears(&["restore", &backup], 1, "pg_restore ").await;

    // The page for operators has the words that retire a log by hand.
    town.stops_portal().await;
    let page = include_str!("../../../docs/backup.md");
    let (_, words) = page.split_once("```sql\n").unwrap();
    let words = words.split_once("```").unwrap().0.replace("NAME+ID+KEY", &Town::log_signer().key().to_string());
    let pool = sqlx::PgPool::connect(town.database_url()).await.unwrap();
    let words = words.replace("'NAME'", "'localhost/my-portal'");
    sqlx::raw_sql(sqlx::AssertSqlSafe(words)).execute(&pool).await.unwrap();
    pool.close().await;
    operator.hears(&["serve"], 1, "Make a key with a new name").await;
}

//! `kill -9` of the portal's own process in mid registration: at each moment the process is gone without a word, starts
//! again on what it left, and the citizen finishes or is told to start again. There is no folder or a whole one.

use std::path::PathBuf;

use domain::{Locale, OrgCode};
use stories::{Citizen, Door, Engine, Form, Gate, Page, PortalProcess, Town};

/// The portal in a process of its own, with a door before each party it needs and one before itself.
struct Stage<'t> {
    town: &'t Town,
    jlis: Gate,
    jpki: Gate,
    core_to_portal: Gate,
    settings: PathBuf,
    portal: Option<PortalProcess>,
    folders: i64,
}

impl<'t> Stage<'t> {
    async fn opens(town: &'t Town) -> Self {
        let mut parties = town.world.lock().await.directory().as_ref().clone();
        let org = |name: &str| name.parse::<OrgCode>().unwrap();
        let jlis = Gate::anywhere_before(parties.address(&org("JLIS")).unwrap()).await;
        let jpki = Gate::anywhere_before(parties.address(&org("JPKI")).unwrap()).await;
        let behind = stories::free_address();
        let core_to_portal = Gate::before(town.party, behind).await;
        parties.parties.extend([(org("JLIS"), jlis.address), (org("JPKI"), jpki.address), (org("PORTAL"), behind)]);
        let settings = town.settings_file(&parties);
        let portal = Some(PortalProcess::starts(&settings, town.now()).await);
        Self { town, jlis, jpki, core_to_portal, settings, portal, folders: 0 }
    }

    /// The process is gone; what it had done by half is in no table. Then it starts again, and every door opens.
    async fn is_killed_and_starts_again(&mut self) {
        self.portal.take().unwrap().is_killed().await;
        self.holds_whole_folders_only().await;
        self.portal = Some(PortalProcess::starts(&self.settings, self.town.now()).await);
        for gate in [&self.jlis, &self.jpki, &self.core_to_portal] {
            gate.set(Door::Open);
        }
    }

    async fn holds_whole_folders_only(&self) {
        let folders = self.town.count("folder").await;
        let bound = self.town.count("certificate_binding WHERE unbound_at IS NULL").await;
        let entered = "folder f WHERE EXISTS (SELECT 1 FROM login_event e WHERE e.folder_id = f.id)";
        let finished = self.town.count("registration WHERE state = 'bound'").await;
        assert_eq!([bound, self.town.count(entered).await, finished], [folders; 3], "a folder is whole or absent");
        assert!((self.folders..=self.folders + 1).contains(&folders), "{folders}: nobody else's folder is touched");
    }

    /// Somebody without a folder.
    async fn citizen(&self) -> Citizen<'t> {
        self.citizen_speaking(Locale::Ja).await
    }

    async fn citizen_speaking(&self, locale: Locale) -> Citizen<'t> {
        Citizen::speaking(self.town, &format!("card-{:04}", self.folders + 1), locale).await
    }

    async fn has_one_more_folder(&mut self, home: &Page) {
        assert_eq!(home.path(), "/home", "{}", home.text());
        self.folders += 1;
        assert_eq!(self.town.count("folder").await, self.folders);
        self.holds_whole_folders_only().await;
    }
}

fn says(page: &Page, case: &str, locale: Locale) {
    let words = wording::ErrorCase::find(case).unwrap().words(locale);
    for part in [words.title, words.what, words.next] {
        assert!(page.text().contains(&part), "expected 「{part}」 on {}:\n{}", page.url, page.text());
    }
}

async fn starts_registration(citizen: &Citizen<'_>) -> Page {
    let page = citizen.opens("/register").await;
    citizen.browser.submits(&page, page.form("/register/start")).await
}

async fn is_ready(citizen: &Citizen<'_>) -> Page {
    let applied = citizen.applies().await;
    citizen.waits_for_the_code(applied).await
}

async fn starts_binding(citizen: &Citizen<'_>, ready: &Page) -> Page {
    citizen.browser.submits(ready, ready.form("/register/bind/start")).await
}

async fn binds(citizen: &Citizen<'_>, ready: &Page) -> Page {
    let asked = starts_binding(citizen, ready).await;
    citizen.answers_with_pin(&asked, citizen.authentication_pin()).await
}

/// The code page of the reader's answer, as the browser would open it next.
async fn answers_and_stops(citizen: &Citizen<'_>, page: &Page, signed: Form) -> url::Url {
    let back =
        citizen.browser.goes(signed.method, signed.action, Some(page), signed.fields, Some("/card/return")).await;
    page.url.join(back.url.as_str()).and_then(|url| url.join(back.header("location"))).unwrap()
}

impl Stage<'_> {
    /// Posts a card's answer; the portal dies as soon as a party that it asks for it was asked.
    async fn dies_over_an_answer(
        &mut self,
        citizen: &Citizen<'_>,
        asked: &Page,
        party: fn(&Self) -> &Gate,
        door: Door,
    ) -> (Page, Form) {
        let (page, signed) = citizen.keeps_answer(asked).await;
        party(self).set(door);
        let portal = self.portal.take().unwrap();
        let (answered, _) = tokio::join!(citizen.browser.tries(&page, signed.clone()), async {
            party(self).keeps_something_back().await;
            portal.is_killed().await
        });
        assert!(answered.is_err(), "the portal answered before it died");
        self.portal = Some(PortalProcess::starts(&self.settings, self.town.now()).await);
        party(self).set(Door::Open);
        self.holds_whole_folders_only().await;
        (page, signed)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_killed_before_the_application_is_matched_leaves_nothing() {
    let town = Town::without_portal(Engine::Sqlite, |_| {}).await;
    let mut stage = Stage::opens(&town).await;

    // The reader has the question; the answer comes to the next process.
    let citizen = stage.citizen().await;
    let asked = starts_registration(&citizen).await;
    stage.is_killed_and_starts_again().await;
    let applied = citizen.answers_with_pin(&asked, citizen.signature_pin()).await;
    let ready = citizen.waits_for_the_code(applied).await;
    let home = binds(&citizen, &ready).await;
    stage.has_one_more_folder(&home).await;

    // J-LIS is being asked; then it has answered, and nobody was there to hear it.
    for (door, locale) in [(Door::KeepsQuestions, Locale::Ja), (Door::KeepsAnswers, Locale::JaEasy)] {
        if door == Door::KeepsAnswers {
            // Somebody else before: the connection is there.
            let other = stage.citizen().await;
            let home = other.opens_folder().await;
            stage.has_one_more_folder(&home).await;
        }
        let citizen = stage.citizen_speaking(locale).await;
        let asked = starts_registration(&citizen).await;
        let (page, signed) = stage.dies_over_an_answer(&citizen, &asked, |stage| &stage.jlis, door).await;
        let again = citizen.browser.submits(&page, signed).await;
        assert_eq!(again.status, 409);
        says(&again, "registration-interrupted", locale);
        says(&citizen.logs_in().await, "not-registered", locale);
        let home = citizen.opens_folder().await;
        stage.has_one_more_folder(&home).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_killed_while_the_code_is_on_its_way_goes_on_where_it_was() {
    let town = Town::without_portal(Engine::Sqlite, |_| {}).await;
    let mut stage = Stage::opens(&town).await;

    // The answer is judged, the browser has not come back.
    let citizen = stage.citizen().await;
    let asked = starts_registration(&citizen).await;
    let (page, signed) = citizen.keeps_answer(&asked).await;
    let next = answers_and_stops(&citizen, &page, signed).await;
    stage.is_killed_and_starts_again().await;
    let applied = citizen.browser.opens(&next).await;
    let ready = citizen.waits_for_the_code(applied).await;
    let home = binds(&citizen, &ready).await;
    stage.has_one_more_folder(&home).await;

    // The core stands at the door; then it was let in, and was not told so.
    for door in [Door::KeepsQuestions, Door::KeepsAnswers] {
        if door == Door::KeepsAnswers {
            let other = stage.citizen().await;
            let home = other.opens_folder().await;
            stage.has_one_more_folder(&home).await;
        }
        let citizen = stage.citizen().await;
        stage.core_to_portal.set(door);
        let applied = citizen.applies().await;
        assert_eq!(applied.path(), "/register/opening", "{}", applied.text());
        stage.core_to_portal.keeps_something_back().await;
        stage.is_killed_and_starts_again().await;
        let ready = citizen.waits_for_the_code(citizen.opens("/register/opening").await).await;
        let home = binds(&citizen, &ready).await;
        stage.has_one_more_folder(&home).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_killed_while_it_binds_has_no_folder_or_a_whole_one() {
    let town = Town::without_portal(Engine::Sqlite, |_| {}).await;
    let mut stage = Stage::opens(&town).await;

    // Between the code's arrival and the binding.
    let citizen = stage.citizen().await;
    let ready = is_ready(&citizen).await;
    stage.is_killed_and_starts_again().await;
    let home = binds(&citizen, &ready).await;
    stage.has_one_more_folder(&home).await;

    // JPKI is being asked whether both certificates are one person's.
    let citizen = stage.citizen_speaking(Locale::En).await;
    let ready = is_ready(&citizen).await;
    let asked = starts_binding(&citizen, &ready).await;
    let (page, signed) = stage.dies_over_an_answer(&citizen, &asked, |stage| &stage.jpki, Door::KeepsQuestions).await;
    says(&citizen.browser.submits(&page, signed).await, "registration-interrupted", Locale::En);
    let home = binds(&citizen, &citizen.opens("/register/opening").await).await;
    stage.has_one_more_folder(&home).await;

    // The answer is judged; the page that opens the folder is not open yet, or is being opened at this moment.
    for at_the_same_time in [false, true, true, true] {
        let citizen = stage.citizen().await;
        let ready = is_ready(&citizen).await;
        let asked = starts_binding(&citizen, &ready).await;
        let (page, signed) = citizen.keeps_answer(&asked).await;
        let next = answers_and_stops(&citizen, &page, signed).await;
        if at_the_same_time {
            let portal = stage.portal.take().unwrap();
            let (_, _) = tokio::join!(citizen.browser.tries_to_open(&next), portal.is_killed());
            stage.holds_whole_folders_only().await;
            stage.portal = Some(PortalProcess::starts(&stage.settings, town.now()).await);
        } else {
            stage.is_killed_and_starts_again().await;
            assert_eq!(town.count("folder").await, stage.folders);
        }
        let whole = town.count("folder").await > stage.folders;
        let page = citizen.browser.opens(&next).await;
        let home = match (page.path(), whole) {
            ("/home", _) => page,
            // The folder is open, the browser's session was not yet: the code is used up, the login works.
            (_, true) => citizen.logs_in().await,
            (_, false) => panic!("the code was good for another half minute: {}", page.text()),
        };
        stage.has_one_more_folder(&home).await;
    }
}

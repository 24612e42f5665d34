//! The portal holds no 番号 and no lasting 4-info (P-GEN-3, N-14), and no access record (P-LOG-10): not in its files, not
//! in its logs, and not in its memory after logout.

use std::path::Path;

use stories::{Citizen, Engine, PortalProcess, Town};

/// What would give the person away, and what was read about them.
struct Canaries {
    four_info: Vec<String>,
    never: Vec<String>,
}

async fn canaries(town: &Town) -> Canaries {
    let person = town.world.lock().await.people().unwrap().into_iter().find(|p| p.key == "takahashi-kenichi").unwrap();
    let (name, address) = (person.four_info.name().to_owned(), person.four_info.address().to_owned());
    let birth = person.four_info.birth_date().date();
    let pins = town.pins("card-0001");
    let numbers = town.my_numbers().await;
    assert!(!numbers.is_empty(), "there is a number to look for");
    Canaries {
        four_info: vec![utf16(&name), name, address, birth.to_string(), birth.strftime("%Y%m%d").to_string()],
        never: [numbers, vec![pins.signature_pin, format!("pin={}", pins.authentication_pin)]].concat(),
    }
}

/// Letters as a certificate's `BMPString` would hold them.
fn utf16(text: &str) -> String {
    String::from_utf8_lossy(&text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>()).into_owned()
}

/// Every file below, side files of databases included. One that goes meanwhile holds nothing any more.
pub(crate) fn files(below: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(below).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            match std::fs::read(&path) {
                Ok(bytes) => found.push((path, bytes)),
                Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{}: {error}", path.display()),
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_personal_stays_in_the_portals_files_logs_and_memory_after_logout() {
    let town = Town::without_portal(Engine::Sqlite, |_| {}).await;
    town.lets_days_pass_for_institutions(5, 10).await;
    let parties = town.world.lock().await.directory().as_ref().clone();
    let temporary = town.data().join("tmp");
    std::fs::create_dir(&temporary).unwrap();
    let settings = town.settings_file(&parties);
    let portal = PortalProcess::starts_with(&settings, town.now(), &[("TMPDIR", &temporary)]).await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let home = citizen.opens_folder().await;
    citizen.logs_out(&home).await;
    let home = citizen.logs_in().await;
    let records = citizen.opens("/records").await;
    assert!(records.text().contains("照会"), "{}", records.text());
    citizen.logs_out(&home).await;

    let canaries = canaries(&town).await;
    let all = [canaries.four_info.clone(), canaries.never.clone(), vec!["income".to_owned()]].concat();
    let mut searched = 0;
    let beside = files(&temporary);
    for (path, bytes) in files(town.database.parent().unwrap()).into_iter().chain(beside) {
        searched += bytes.len();
        assert_eq!(stories::texts_in(&bytes, &all), [""; 0], "{}", path.display());
    }
    assert!(searched > 10_000, "the search looked at something");
    assert_eq!(stories::texts_in(portal.log().as_bytes(), &all), [""; 0]);
    assert!(portal.log().contains("J-LIS identified the person"), "the log tells of a registration");

    assert_eq!(portal.remembers(&canaries.never).await, [""; 0], "what the portal never sees is not in its memory");
    assert_eq!(portal.remembers(&canaries.four_info).await, [""; 0], "what is freed is wiped");
    portal.is_killed().await;
}

/// What institutions answered about the person, as it stands in the file that they may take home: every value that is
/// long enough to be no coincidence, and no word that the portal knows by itself.
pub(crate) fn answered(data: &str) -> Vec<String> {
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    let mut values = Vec::new();
    let mut open = vec![data.get("answers").unwrap()];
    while let Some(value) = open.pop() {
        match value {
            serde_json::Value::Array(items) => open.extend(items),
            serde_json::Value::Object(members) => {
                values.extend(members.get("value").and_then(|value| value.as_str()).map(str::to_owned));
                open.extend(members.values());
            }
            _ => {}
        }
    }
    let a_day = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') && text.contains('-');
    let says_something = |text: &str| text.bytes().filter(u8::is_ascii_digit).count() >= 5 || text.contains('町');
    values.retain(|value| says_something(value) && !a_day(value));
    values.sort();
    values.dedup();
    values
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_was_gathered_stays_anywhere_after_logout() {
    let town = Town::without_portal(Engine::Sqlite, |_| {}).await;
    let parties = town.world.lock().await.directory().as_ref().clone();
    let temporary = town.data().join("tmp");
    std::fs::create_dir(&temporary).unwrap();
    let settings = town.settings_file(&parties);
    let portal = PortalProcess::starts_with(&settings, town.now(), &[("TMPDIR", &temporary)]).await;
    let values = {
        let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
        citizen.opens_folder().await;
        let before = citizen.opens("/information").await;
        let page = citizen.browser.submits(&before, before.form("/information/gather")).await;
        citizen.opens("/information").await;
        let mut data = String::new();
        for format in ["zip", "pdf", "json"] {
            let asked = citizen.browser.submits(&page, page.form("/information/files").with("format", format)).await;
            let file = tokio::time::timeout(std::time::Duration::from_mins(2), async {
                loop {
                    let page = citizen.opens(asked.path()).await;
                    if page.text().contains("できました") {
                        break citizen.opens(&format!("{}/download", asked.path())).await;
                    }
                    assert!(page.text().contains("用意しています"), "{format}: {}", page.text());
                }
            });
            data = file.await.unwrap().html;
        }
        let values = answered(&data);
        assert!(values.len() >= 5, "{values:?}");
        // While the session lasts the files hold ciphertext alone.
        for (path, bytes) in files(town.database.parent().unwrap()).into_iter().chain(files(&temporary)) {
            assert_eq!(stories::texts_in(&bytes, &values), [""; 0], "{}", path.display());
        }
        let asked = citizen.logs_out(&page).await;
        let form = asked.forms().into_iter().find(|form| form.value("confirmed") == Some("yes")).unwrap();
        let out = citizen.browser.submits(&asked, form).await;
        assert!(out.text().contains("ポータルから消した情報"), "{}", out.text());
        values
    };
    for (path, bytes) in files(town.database.parent().unwrap()).into_iter().chain(files(&temporary)) {
        assert_eq!(stories::texts_in(&bytes, &values), [""; 0], "{}", path.display());
    }
    assert_eq!(stories::texts_in(portal.log().as_bytes(), &values), [""; 0]);
    assert_eq!(town.count("held").await, 0);
    assert_eq!(portal.remembers(&values).await, [""; 0], "what is freed is wiped");
    portal.is_killed().await;
}

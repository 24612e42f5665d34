//! The portal holds no 番号 and no lasting 4-info (P-GEN-3, N-14), and no access record (P-LOG-10).

use stories::{Citizen, Town};

#[tokio::test(flavor = "multi_thread")]
async fn nothing_personal_rests_in_the_portals_files() {
    let town = Town::starts().await;
    town.lets_days_pass_for_institutions(5, 10).await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let home = citizen.opens_folder().await;
    let records = citizen.opens("/records").await;
    assert!(records.text().contains("照会"), "{}", records.text());
    citizen.logs_out(&home).await;
    let person = town.world.lock().await.people().unwrap().into_iter().find(|p| p.key == "takahashi-kenichi").unwrap();
    let info = &person.four_info;
    let birth = info.birth_date().date().to_string();
    let canaries = [info.name().to_owned(), info.address().to_owned(), birth, "income".to_owned()];
    let mut searched = 0;
    for file in std::fs::read_dir(town.database.parent().unwrap()).unwrap() {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        searched += bytes.len();
        for canary in &canaries {
            let found = bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
            assert!(!found, "{} holds {canary:?}", path.display());
        }
    }
    assert!(searched > 10_000, "the search looked at something");
}

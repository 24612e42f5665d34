//! What comes back to a municipality: replies, however many wait, and whatever cannot be told or opened (P-PSH-5, P-PSH-6).

use domain::{LinkCode, NoticeId};
use store::{NewReturn, RecipientId, ReturnRowWhat};
use stories::{Citizen, SenderAtWork, Town};

const SENDER: &str = "141003";

/// The portal's rows for replies of one person, in this order.
async fn replies_wait(town: &Town, from: &[RecipientId], notice: NoticeId, what: &ReturnRowWhat) {
    let portal = store::Store::open(&store::Target::Sqlite(town.database.clone())).await.unwrap();
    let mut repository = portal.begin().await.unwrap();
    for recipient in from {
        let sender = SENDER.parse().unwrap();
        let new = NewReturn { sender, notice, recipient: *recipient, at: town.now(), what: what.clone() };
        repository.insert_return(&new).await.unwrap();
    }
    repository.commit().await.unwrap();
}

/// A person of the portal by their code.
async fn recipient(town: &Town, whose: &str) -> RecipientId {
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", town.database.display())).await.unwrap();
    let query = sqlx::AssertSqlSafe(format!("SELECT id FROM recipient WHERE {whose}"));
    let id = sqlx::query_scalar(query).fetch_one(&pool).await.unwrap();
    pool.close().await;
    RecipientId(id)
}

/// Rows of 横浜市.
async fn city(town: &Town, rows: &str) -> i64 {
    let path = town.data().join(format!("municipality/{SENDER}.sqlite"));
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    let query = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {rows}"));
    let count = sqlx::query_scalar(query).fetch_one(&pool).await.unwrap();
    pool.close().await;
    count
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_replies_that_wait_all_come_back_and_one_that_nobody_can_be_told_of_stops_none() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let mut yokohama = SenderAtWork::starts(&town, SENDER).await;
    yokohama.rests().await;
    let hers = yokohama.holder_of("card-0001").await;
    let sent = yokohama.sends(&yokohama.draft("お知らせ", "本文です。"), &[hers]).await;
    yokohama.until_done(sent).await;
    let stranger = hex::encode(LinkCode::from([9; 32]).as_bytes());
    town.alters_database(&[format!("INSERT INTO recipient (link_code) VALUES (x'{stranger}')")]).await;
    let her = recipient(&town, &format!("link_code <> x'{stranger}' AND reached_since IS NOT NULL")).await;
    let nobody = recipient(&town, &format!("link_code = x'{stranger}'")).await;
    // As long as every reply is.
    let what = ReturnRowWhat::Reply { encapsulated_key: "A".repeat(88), ciphertext: "A".repeat(87_404) };
    // More than one answer holds, told and not.
    let from: Vec<RecipientId> = std::iter::repeat_n(her, 200)
        .chain(std::iter::repeat_n(nobody, 60))
        .chain(std::iter::repeat_n(her, 1))
        .chain([nobody])
        .collect();
    replies_wait(&town, &from, sent.notice(), &what).await;

    yokohama.sender.round().await.unwrap();

    assert_eq!(city(&town, "returned WHERE state IS NULL").await, 201);
    assert_eq!(yokohama.store.read().await.unwrap().returned_last().await.unwrap(), 262);
    assert_eq!(town.count("notice_return").await, 0, "the portal has forgotten all of it");
}

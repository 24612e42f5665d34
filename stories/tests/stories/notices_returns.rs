//! What comes back to a municipality: replies, however many wait, and whatever cannot be told or opened (P-PSH-5, P-PSH-6).

use std::ops::RangeInclusive;

use base64ct::{Base64, Encoding as _};
use domain::{LinkCode, NoticeId};
use pki::{Certificate, SigningKey, cms, seal};
use runtime::SystemRng;
use stories::{SenderAtWork, Town};
use wire::mediation::SealedPayload;
use wire::notice::{ReplyContent, ReplyContext};

use crate::notices::at_rest;

const SENDER: &str = "141003";

/// The portal has replies of a person under these numbers.
async fn replies_wait(town: &Town, numbers: RangeInclusive<u64>, whose: &str, notice: NoticeId, reply: &SealedPayload) {
    let (first, last) = numbers.into_inner();
    let SealedPayload { encapsulated_key, ciphertext } = reply;
    let (notice, at) = (hex::encode(notice.as_bytes()), town.now().as_microsecond());
    town.alters_database(&[
        format!(
            "INSERT INTO notice_sender (sender, returned) VALUES ('{SENDER}', {last})
            ON CONFLICT (sender) DO UPDATE SET returned = {last}"
        ),
        format!(
            "WITH RECURSIVE numbers (number) AS (
                SELECT {first} UNION ALL SELECT number + 1 FROM numbers WHERE number < {last}
            )
            INSERT INTO notice_return (sender, number, notice_id, recipient_id, at, encapsulated_key, ciphertext)
            SELECT '{SENDER}', number, x'{notice}', recipient.id, {at}, '{encapsulated_key}', '{ciphertext}'
            FROM numbers, recipient
            WHERE {whose}"
        ),
    ])
    .await;
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
    let (yokohama, hers) = at_rest(&town).await;
    let sent = yokohama.sends(&yokohama.draft("お知らせ", "本文です。"), &[hers]).await;
    yokohama.until_done(sent).await;
    let stranger = hex::encode(LinkCode::from([9; 32]).as_bytes());
    town.alters_database(&[format!("INSERT INTO recipient (link_code) VALUES (x'{stranger}')")]).await;
    let (her, nobody) =
        (format!("link_code <> x'{stranger}' AND reached_since IS NOT NULL"), format!("link_code = x'{stranger}'"));
    // As long as every reply is.
    let reply = SealedPayload { encapsulated_key: "A".repeat(88), ciphertext: "A".repeat(87_404) };
    // More than one answer holds, of somebody and of nobody.
    for (numbers, whose) in [(1..=200, &her), (201..=260, &nobody), (261..=261, &her), (262..=262, &nobody)] {
        replies_wait(&town, numbers, whose, sent.notice(), &reply).await;
    }

    yokohama.sender.round().await.unwrap();

    assert_eq!(city(&town, "returned WHERE state IS NULL").await, 201);
    assert_eq!(yokohama.store.read().await.unwrap().returned_last().await.unwrap(), 262);
    assert_eq!(town.count("notice_return").await, 0, "the portal has forgotten all of it");
}

/// What the portal signed for 横浜市, sealed to the key of `sealed_to`.
fn reply(town: &Town, notice: NoticeId, sealed_to: &str) -> SealedPayload {
    let file = |name: &str| std::fs::read_to_string(town.data().join("orgs").join(name)).unwrap();
    let sender = SENDER.parse().unwrap();
    let told = ReplyContent { notice, sender, replied_at: town.now(), answers: vec![] };
    let portal = Certificate::from_pem(&file("PORTAL/sign.pem")).unwrap();
    let key = SigningKey::from_pkcs8_pem(&file("PORTAL/sign.key")).unwrap();
    let prepared = cms::prepare(&serde_json::to_vec(&told).unwrap(), &portal, town.now()).unwrap();
    let padded = ReplyContext::padded(&prepared.sign(&key, cms::Form::Attached).unwrap()).unwrap();
    let to = Certificate::from_pem(&file(&format!("{sealed_to}/seal.pem"))).unwrap();
    let way = ReplyContext { notice: &notice, sender: &told.sender };
    let sealed = seal::seal(&to, ReplyContext::INFO, &way.aad(), &padded, &mut SystemRng).unwrap();
    SealedPayload {
        encapsulated_key: Base64::encode_string(&sealed.encapsulated_key),
        ciphertext: Base64::encode_string(&sealed.ciphertext),
    }
}

/// As where the key was renewed between the notice and its answer.
#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_no_key_opens_is_kept_until_one_does() {
    let town = Town::starts().await;
    let (yokohama, hers) = at_rest(&town).await;
    let sent = yokohama.sends(&yokohama.draft("お知らせ", "本文です。"), &[hers]).await;
    yokohama.until_done(sent).await;
    // 酒田市's key stands for the one that 横浜市 had before.
    let reply = reply(&town, sent.notice(), "062049");
    replies_wait(&town, 1..=1, "reached_since IS NOT NULL", sent.notice(), &reply).await;

    yokohama.sender.round().await.unwrap();
    yokohama.sender.round().await.unwrap();
    assert_eq!((city(&town, "returned WHERE reply IS NULL").await, city(&town, "returned_sealed").await), (1, 1));
    assert_eq!(town.count("notice_return").await, 0, "the portal has it no more");

    let folder = town.data().join("orgs").join(SENDER).join("seal-before");
    std::fs::create_dir(&folder).unwrap();
    std::fs::copy(town.data().join("orgs/062049/seal.key"), folder.join("2025.key")).unwrap();
    let mut yokohama = SenderAtWork::starts(&town, SENDER).await;
    yokohama.rests().await;
    yokohama.sender.round().await.unwrap();
    assert_eq!((city(&town, "returned WHERE reply IS NOT NULL").await, city(&town, "returned_sealed").await), (1, 0));
}

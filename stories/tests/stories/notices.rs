//! お知らせ: from a municipality through the core to a citizen's inbox, and what each of the three never learns (P-PSH-1…8).

use std::collections::BTreeMap;

use domain::{LinkCode, NoticeKind};
use municipality::draft::Draft;
use municipality::store::SendingState;
use reqwest::StatusCode;
use sha2::{Digest as _, Sha256};
use sqlx::AssertSqlSafe;
use stories::{Citizen, Forged, SenderAtWork, Town};
use wire::notice::{Attachment, DeliveryReceipt, Line, MediaType};

use crate::privacy::files;

const CANARY: &str = "カナリアは鳴く";

/// 横浜市, from which nothing goes out but by rounds of the test's own, and its code of a citizen with a folder.
pub(crate) async fn at_rest(town: &Town) -> (SenderAtWork<'_>, LinkCode) {
    let citizen = Citizen::with_card(town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let mut yokohama = SenderAtWork::starts(town, "141003").await;
    yokohama.rests().await;
    let hers = yokohama.holder_of("card-0001").await;
    (yokohama, hers)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_reaches_those_who_have_a_folder_and_nobody_else_has_anything_stored() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let yokohama = SenderAtWork::starts(&town, "141003").await;
    let everybody = yokohama.everybody().await;
    let hers = yokohama.holder_of("card-0001").await;
    assert!(everybody.len() > 1 && everybody.contains(&hers));

    let sent = yokohama.sends(&yokohama.draft("健康診断のお知らせ", "12月に健康診断をします。"), &everybody).await;
    let row = yokohama.until_done(sent).await;

    assert_eq!(row.state, SendingState::Done, "{:?}", row.trouble);
    let others = u64::try_from(everybody.len() - 1).unwrap();
    assert_eq!((row.accepted, row.undeliverable, row.unknown), (1, others, 0));
    assert_eq!((town.count("notice").await, town.count("letter_words").await), (1, 1));

    // One that is for nobody here leaves no word: a digest, by which the same letter is known again.
    let to_others: Vec<_> = everybody.into_iter().filter(|one| *one != hers).collect();
    let sent = yokohama.sends(&yokohama.draft("断水のお知らせ", "あす断水します。"), &to_others).await;
    assert_eq!(yokohama.until_done(sent).await.undeliverable, others);
    assert_eq!((town.count("notice").await, town.count("letter_words").await), (1, 1));
    assert_eq!(town.count("letter").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_gets_their_own_words_and_a_letter_sent_twice_is_there_once() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let yokohama = SenderAtWork::starts(&town, "141003").await;
    let hers = yokohama.holder_of("card-0001").await;
    let fields = BTreeMap::from([("day".to_owned(), "12月10日".to_owned())]);
    let draft = yokohama.draft("{{day}}の健康診断", "{{day}}にお越しください。");

    let sent = yokohama.releases(&draft, &[], &[(hers, Some(fields))]).await;
    assert_eq!(yokohama.until_done(sent).await.accepted, 1);
    // As after a crash between the portal's answer and this program's note of it.
    town_forgets_what_was_settled(&town).await;
    yokohama.sender.round().await.unwrap();

    assert_eq!(town.count("notice").await, 1);
    assert_eq!(town.count("letter").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_into_one_round_goes_on_without_a_pause() {
    let town = Town::starts().await;
    let (yokohama, hers) = at_rest(&town).await;
    for nth in 0..65 {
        let draft = yokohama.draft(&format!("お知らせ{nth}"), "本文です。");
        yokohama.releases(&draft, &[], &[(hers.clone(), None)]).await;
    }
    assert!(yokohama.sender.round().await.unwrap(), "one is left, though each of these is done");
    assert!(!yokohama.sender.round().await.unwrap());
    assert_eq!((town.count("letter").await, town.count("notice").await), (65, 65));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_notice_waits_for_none_of_many_that_take_long() {
    let town = Town::starts().await;
    let (yokohama, hers) = at_rest(&town).await;
    let draft = yokohama.draft("お知らせ", "本文です。");
    for _ in 0..65 {
        yokohama.sends(&draft, std::slice::from_ref(&hers)).await;
    }
    // As of a list that is far from its end.
    city(&town, "UPDATE sending SET recipients = 1000000").await;
    town.passes(jiff::SignedDuration::from_secs(1));
    let one = yokohama.sends(&draft, std::slice::from_ref(&hers)).await;
    let urgent = Draft { kind: NoticeKind::Emergency, ..draft };
    let urgent = yokohama.releases(&urgent, &[], &[(hers, Some(BTreeMap::new()))]).await;

    yokohama.sender.round().await.unwrap();

    for id in [one, urgent] {
        assert_eq!(yokohama.row(id).await.state, SendingState::Done);
    }
    assert_eq!(town.count("letter").await, 66, "one of those that take long waits for the next round");
    yokohama.sender.round().await.unwrap();
    assert_eq!(town.count("letter").await, 67, "where it is the first");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_short_sendings_that_go_together_one_that_cannot_go_takes_nobody_along() {
    let town = Town::starts().await;
    let (yokohama, hers) = at_rest(&town).await;
    let everybody = yokohama.everybody().await;
    let draft = yokohama.draft("断水のお知らせ", "あす断水します。");
    let first = yokohama.sends(&draft, &everybody[..2]).await;
    let over = yokohama.sends(&Draft { expires_at: town.now(), ..draft.clone() }, &everybody).await;
    let unknown = yokohama.sends(&draft, &everybody[2..]).await;
    let last = yokohama.sends(&draft, &[hers]).await;
    // As if the letter of one were over while its sending is not, and that of another were there while it is not.
    city(&town, &format!("UPDATE sending SET expires_at = expires_at + 1000000 WHERE id = x'{over}'")).await;
    city(&town, &format!("UPDATE sending SET letter_taken_at = made_at WHERE id = x'{unknown}'")).await;

    assert!(yokohama.sender.round().await.unwrap(), "one letter must be brought once more");

    let of = async |id| yokohama.row(id).await;
    assert_eq!((of(first).await.state, of(last).await.state), (SendingState::Done, SendingState::Done));
    assert_eq!((of(over).await.state, of(over).await.tries), (SendingState::Released, 1));
    assert_eq!(of(unknown).await.trouble.as_deref(), Some("letter-wanted"));
    assert_eq!(yokohama.until_done(unknown).await.state, SendingState::Done);
    assert_eq!(town.count("letter").await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn short_sendings_that_nobody_takes_all_wait_and_all_arrive_once() {
    let town = Town::starts().await;
    let (yokohama, hers) = at_rest(&town).await;
    let mut sent = Vec::new();
    for _ in 0..5 {
        sent.push(
            yokohama.sends(&yokohama.draft("断水のお知らせ", "あす断水します。"), std::slice::from_ref(&hers)).await,
        );
    }
    town.stops_portal().await;
    assert!(!yokohama.sender.round().await.unwrap());
    for id in &sent {
        assert_eq!((yokohama.row(*id).await.tries, yokohama.row(*id).await.recipients), (1, 1));
    }

    town.starts_portal().await;
    town.passes(jiff::SignedDuration::from_hours(1));
    for id in &sent {
        assert_eq!(yokohama.until_done(*id).await.accepted, 1);
    }
    assert_eq!(town.count("notice").await, 5);
}

pub(crate) async fn town_forgets_what_was_settled(town: &Town) {
    city(town, "UPDATE recipient SET outcome = NULL").await;
    city(
        town,
        "UPDATE sending SET state = 'released', accepted = 0, undeliverable = 0, unknown = 0, letter_taken_at = NULL",
    )
    .await;
}

/// Changes the tables of 横浜市 behind its back.
pub(crate) async fn city(town: &Town, statement: &str) {
    let path = town.data().join("municipality/141003.sqlite");
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    sqlx::query(AssertSqlSafe(statement.to_owned())).execute(&pool).await.unwrap();
    pool.close().await;
}

/// N-5, N-7, P-PSH-2: from outside, by looking at everything that each of them keeps.
#[tokio::test(flavor = "multi_thread")]
async fn the_core_keeps_no_word_the_portal_no_code_of_the_sender_and_the_sender_none_of_the_portal() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let yokohama = SenderAtWork::starts(&town, "141003").await;
    let hers = yokohama.holder_of("card-0001").await;
    let sent = yokohama.sends(&yokohama.draft(CANARY, CANARY), std::slice::from_ref(&hers)).await;
    assert_eq!(yokohama.until_done(sent).await.accepted, 1);

    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", town.database.display())).await.unwrap();
    let portals_code: Vec<u8> = sqlx::query_scalar("SELECT link_code FROM folder").fetch_one(&pool).await.unwrap();
    pool.close().await;
    // Side files of databases included: what was committed last stands there alone.
    let kept = |folder: &str, named: &str| {
        let mut all = Vec::new();
        for (path, bytes) in files(&town.data().join(folder)) {
            if path.file_name().unwrap().to_string_lossy().starts_with(named) {
                all.extend(bytes);
            }
        }
        all
    };
    let holds = |bytes: &[u8], needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    let (core, portal, sender) = (kept("linkage", "core"), kept("portal", ""), kept("municipality", ""));
    assert!(holds(&sender, CANARY.as_bytes()) && holds(&sender, hers.as_bytes()), "the search finds what is there");
    assert!(holds(&portal, &portals_code));
    assert!(holds(&core, &portals_code) && holds(&core, hers.as_bytes()), "the core knows which codes belong together");
    assert!(!holds(&core, CANARY.as_bytes()), "the core knows a word");
    assert!(!holds(&portal, CANARY.as_bytes()), "at the portal words rest as they are");
    assert!(!holds(&portal, hers.as_bytes()), "the portal knows the sender's code");
    assert!(!holds(&sender, &portals_code), "the sender knows the portal's code");
}

/// the document arrives with its file; that it did, the portal signs.
#[tokio::test(flavor = "multi_thread")]
async fn a_document_arrives_whole_and_its_sender_gets_proof_of_it() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let yokohama = SenderAtWork::starts(&town, "141003").await;
    let hers = yokohama.holder_of("card-0001").await;
    let file = b"%PDF-1.7 a certificate";
    let mut draft = yokohama.draft("証明書", "証明書を添えました。");
    draft.kind = NoticeKind::Document;
    draft.attachments = vec![attached("証明書.pdf", MediaType::Pdf, file)];

    let sent = yokohama.releases(&draft, &[file], &[(hers, None)]).await;
    let row = yokohama.until_done(sent).await;

    assert_eq!((row.accepted, row.trouble), (1, None));
    let receipt = yokohama.store.read().await.unwrap().receipt(sent, 0).await.unwrap().expect("a receipt");
    let signed = pki::cms::verify(&receipt, None).unwrap();
    assert_eq!(pki::org_code(&signed.signer).unwrap().as_str(), "PORTAL");
    let told: DeliveryReceipt = serde_json::from_slice(&signed.content).unwrap();
    assert_eq!((told.notice, told.arrived_at), (sent.notice(), town.now()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_what_the_letter_says_is_not_taken_and_nobody_gets_the_letter() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let yokohama = SenderAtWork::starts(&town, "141003").await;
    let hers = yokohama.holder_of("card-0001").await;
    let told = b"%PDF-1.7 a certificate";
    for (media_type, told, brought) in
        [(MediaType::Pdf, &told[..], &b"%PDF-1.7 another file!"[..]), (MediaType::Pdf, b"<script>", b"<script>")]
    {
        let mut draft = yokohama.draft("証明書", "証明書を添えました。");
        draft.attachments = vec![attached("証明書.pdf", media_type, told)];
        let sent = yokohama.releases(&draft, &[brought], &[(hers.clone(), None)]).await;
        let row = yokohama.until_done(sent).await;
        assert_eq!((row.state, row.accepted), (SendingState::Released, 0));
        assert_eq!(row.trouble.as_deref(), Some("notice-unreadable"));
    }
    assert_eq!(town.count("notice").await, 0);
}

/// COCN's forged recall notice: whoever brings a letter must have signed it.
#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_another_institution_signed_is_not_taken() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    // 酒田市 on its own channel, with 横浜市's name in the letter.
    let forger = Forged::as_if_from(&town, "062049", "141003");
    assert_eq!(forger.brings_letter().await, StatusCode::BAD_REQUEST);
    assert_eq!(forger.core_brings_letter().await, StatusCode::FORBIDDEN, "not even the core can say it is 横浜市's");
    let honest = Forged::as_if_from(&town, "062049", "062049");
    assert_eq!(honest.brings_letter().await, StatusCode::OK);
    assert_eq!(town.count("letter").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_sender_takes_back_before_it_was_opened_is_gone() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let yokohama = SenderAtWork::starts(&town, "141003").await;
    let hers = yokohama.holder_of("card-0001").await;
    let sent = yokohama.sends(&yokohama.draft("まちがいです", "本文です。"), &[hers]).await;
    yokohama.until_done(sent).await;
    let mut repository = yokohama.store.begin().await.unwrap();
    assert!(repository.withdraw_sending(sent, town.now()).await.unwrap());
    repository.commit().await.unwrap();
    yokohama.sender.round().await.unwrap();
    assert_eq!(town.count("letter WHERE withdrawn_at IS NOT NULL").await, 1);
    // The upkeep runs with every start.
    town.stops_portal().await;
    town.starts_portal().await;
    town.until("notice", 0).await;
    assert_eq!(town.count("letter_words").await, 0);
}

pub(crate) fn attached(file: &str, media_type: MediaType, content: &[u8]) -> Attachment {
    Attachment {
        name: Line::typed(file).unwrap(),
        media_type,
        bytes: u32::try_from(content.len()).unwrap(),
        sha256: hex::encode(Sha256::digest(content)),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_core_or_the_portal_is_away_nothing_is_lost_and_nothing_is_stored_twice() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let yokohama = SenderAtWork::starts(&town, "141003").await;
    let hers = yokohama.holder_of("card-0001").await;
    let core = "CORE".parse().unwrap();
    town.world.lock().await.stop_party(&core).await;

    let sent = yokohama.sends(&yokohama.draft("届くはずです", "本文です。"), &[hers]).await;
    let waiting = yokohama.until_done(sent).await;
    assert_eq!((waiting.state, waiting.trouble.as_deref()), (SendingState::Released, Some("unreachable")));

    town.world.lock().await.start_party(&core).await.unwrap();
    town.passes(jiff::SignedDuration::from_hours(1));
    assert_eq!(yokohama.until_done(sent).await.accepted, 1);
    assert_eq!(town.count("notice").await, 1);
}

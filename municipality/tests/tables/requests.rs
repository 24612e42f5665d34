//! Keys, files, templates.

use municipality::store::{ClientId, KeptAnswer, KeyClaim, Store, UploadedFile, UploadedFileId, WaitingFiles};

use crate::engines::{hours, now, on_both, registered};

on_both! {
    a_key_keeps_its_first_answer_until_its_time_is_over
    of_many_keys_those_that_nobody_used_are_claimed_and_one_given_back_is_free
    a_file_is_its_clients_own_and_goes_when_nobody_named_it
    so_many_files_of_a_client_wait_and_no_more
    of_two_files_that_come_at_once_the_second_counts_the_first
    a_template_is_its_clients_own_and_written_over
}

const MOST: WaitingFiles = WaitingFiles { files: 3, bytes: 10 };

fn answer(byte: u8) -> KeptAnswer {
    KeptAnswer { digest: [byte; 32], status: 202, location: Some("/x".to_owned()), body: format!("{{\"id\":{byte}}}") }
}

async fn a_key_keeps_its_first_answer_until_its_time_is_over(store: Store) {
    let (one, other) = (registered(&store, 1).await.id, registered(&store, 2).await.id);
    let claim = async |client, byte, at, over| {
        let mut repository = store.begin().await.unwrap();
        let claim = KeyClaim { client, name: "k".to_owned(), answer: answer(byte) };
        let claimed = repository.claim_keys(&[&claim], at, over).await.unwrap() == [true];
        let kept = repository.kept_answer(client, "k", over).await.unwrap();
        repository.commit().await.unwrap();
        (claimed, kept.unwrap())
    };
    assert_eq!(claim(one, 1, now(), hours(-24)).await, (true, answer(1)));
    assert_eq!(claim(one, 2, hours(1), hours(-23)).await, (false, answer(1)));
    assert_eq!(claim(other, 3, now(), hours(-24)).await, (true, answer(3)));
    assert_eq!(store.read().await.unwrap().kept_answer(one, "other", now()).await.unwrap(), None);
    assert_eq!(store.read().await.unwrap().kept_answer(one, "k", now()).await.unwrap(), None);
    assert_eq!(claim(one, 4, hours(25), hours(1)).await, (true, answer(4)));
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.forget_over(now(), now()).await.unwrap(), 1);
    repository.commit().await.unwrap();
    assert_eq!(store.read().await.unwrap().kept_answer(one, "k", hours(1)).await.unwrap(), Some(answer(4)));
}

async fn of_many_keys_those_that_nobody_used_are_claimed_and_one_given_back_is_free(store: Store) {
    let (one, other) = (registered(&store, 1).await.id, registered(&store, 2).await.id);
    let claim = |client, name: &str, byte| KeyClaim { client, name: name.to_owned(), answer: answer(byte) };
    let (first, others) = (claim(one, "b", 1), claim(other, "b", 2));
    let (second, again) = (claim(one, "a", 3), claim(one, "b", 4));
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.claim_keys(&[], now(), hours(-24)).await.unwrap(), Vec::<bool>::new());
    assert_eq!(repository.claim_keys(&[&first], now(), hours(-24)).await.unwrap(), [true]);
    let claimed = repository.claim_keys(&[&others, &second, &again], now(), hours(-24)).await.unwrap();
    assert_eq!(claimed, [true, true, false]);
    assert_eq!(repository.kept_answer(one, "b", hours(-24)).await.unwrap(), Some(answer(1)));
    repository.release_key(one, "b").await.unwrap();
    assert_eq!(repository.claim_keys(&[&again], now(), hours(-24)).await.unwrap(), [true]);
    assert_eq!(repository.kept_answer(other, "b", hours(-24)).await.unwrap(), Some(answer(2)));
    repository.commit().await.unwrap();
}

async fn a_file_is_its_clients_own_and_goes_when_nobody_named_it(store: Store) {
    let (one, other) = (registered(&store, 1).await.id, registered(&store, 2).await.id);
    let id = UploadedFileId::try_from(&[5; 16][..]).unwrap();
    let file =
        UploadedFile { id, client: one, made_at: now(), media_type: "text/plain".to_owned(), content: vec![1, 2] };
    let mut repository = store.begin().await.unwrap();
    assert!(repository.insert_uploaded_file(&file, MOST).await.unwrap());
    repository.commit().await.unwrap();
    assert!(store.read().await.unwrap().uploaded_file(one, id).await.unwrap() == Some(file));
    assert!(store.read().await.unwrap().uploaded_file(other, id).await.unwrap().is_none());
    let mut repository = store.begin().await.unwrap();
    assert_eq!(repository.forget_over(now(), now()).await.unwrap(), 1);
    repository.commit().await.unwrap();
    assert!(store.read().await.unwrap().uploaded_file(one, id).await.unwrap().is_none());
}

fn waiting(client: ClientId, byte: u8, bytes: usize) -> UploadedFile {
    let id = UploadedFileId::try_from(&[byte; 16][..]).unwrap();
    UploadedFile { id, client, made_at: now(), media_type: "text/plain".to_owned(), content: vec![byte; bytes] }
}

async fn so_many_files_of_a_client_wait_and_no_more(store: Store) {
    let (one, other) = (registered(&store, 1).await.id, registered(&store, 2).await.id);
    let mut repository = store.begin().await.unwrap();
    let mut kept = async |file: UploadedFile| repository.insert_uploaded_file(&file, MOST).await.unwrap();
    assert!(!kept(waiting(one, 1, 11)).await);
    assert!(kept(waiting(one, 2, 8)).await);
    assert!(!kept(waiting(one, 3, 3)).await);
    assert!(kept(waiting(other, 4, 10)).await, "another client's are its own");
    assert!(kept(waiting(one, 5, 1)).await && kept(waiting(one, 6, 1)).await);
    assert!(!kept(waiting(one, 7, 0)).await, "three are there");
    assert_eq!(repository.forget_over(now(), now()).await.unwrap(), 4);
    assert!(repository.insert_uploaded_file(&waiting(one, 8, 10), MOST).await.unwrap());
}

async fn of_two_files_that_come_at_once_the_second_counts_the_first(store: Store) {
    let one = registered(&store, 1).await.id;
    let mut first = store.begin().await.unwrap();
    assert!(first.insert_uploaded_file(&waiting(one, 1, 6), MOST).await.unwrap());
    let second = async {
        let mut repository = store.begin().await.unwrap();
        repository.insert_uploaded_file(&waiting(one, 2, 6), MOST).await.unwrap()
    };
    let (counted, ()) = tokio::join!(second, async { first.commit().await.unwrap() });
    assert!(!counted);
}

async fn a_template_is_its_clients_own_and_written_over(store: Store) {
    let (one, other) = (registered(&store, 1).await.id, registered(&store, 2).await.id);
    let mut repository = store.begin().await.unwrap();
    for (name, content, at) in [("b", "1", now()), ("a", "2", now()), ("b", "3", hours(1))] {
        repository.put_template(one, name, content, at).await.unwrap();
    }
    assert!(!repository.delete_template(other, "b").await.unwrap());
    repository.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    let kept = reader.template(one, "b").await.unwrap().unwrap();
    assert_eq!((kept.content.as_str(), kept.changed_at), ("3", hours(1)));
    assert_eq!(reader.template(other, "b").await.unwrap(), None);
    let names = |rows: Vec<municipality::store::TemplateRow>| rows.into_iter().map(|row| row.name).collect::<Vec<_>>();
    assert_eq!(names(reader.templates(one, "", 9).await.unwrap()), ["a", "b"]);
    assert_eq!(names(reader.templates(one, "a", 9).await.unwrap()), ["b"]);
    let mut repository = store.begin().await.unwrap();
    assert!(repository.delete_template(one, "b").await.unwrap());
    repository.commit().await.unwrap();
}

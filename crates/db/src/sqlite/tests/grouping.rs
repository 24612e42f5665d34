//! Use cases that share a commit.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures::future::join_all;
use proptest::prelude::*;
use tokio::sync::Barrier;

use super::*;

#[tokio::test]
async fn use_cases_that_wait_share_one_commit() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    crowd(&database, "note", 40).await;
    assert_eq!(notes(&database).await.len(), 40);
    assert_eq!(database.counts(), Counts { use_cases: 40, commits: 1 });
}

#[tokio::test]
async fn a_group_carries_no_more_than_it_may() {
    let options = Options { group_max: 10, gap_max: Duration::ZERO, ..Options::default() };
    let database = SqliteDatabase::with(&MIGRATOR, options).await.unwrap();
    let held = database.begin().await.unwrap();
    let mut all = Box::pin(join_all((0..39).map(async |n| writes(&database, &n.to_string()).await)));
    assert!(futures::poll!(&mut all).is_pending());
    drop(held);
    all.await;
    let counts = database.counts();
    assert_eq!(counts.use_cases, 39);
    assert!(counts.commits >= 4, "{counts:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_was_acknowledged_is_counted_already() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    for written in 1..=2_000 {
        writes(&database, &written.to_string()).await.unwrap();
        assert_eq!(database.counts(), Counts { use_cases: written, commits: written });
    }
}

#[tokio::test]
async fn one_that_fails_does_not_take_its_neighbours_along() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    let held = database.begin().await.unwrap();
    let mut all = Box::pin(join_all(["a", "b", "b", "c"].map(|text| writes(&database, text))));
    assert!(futures::poll!(&mut all).is_pending());
    drop(held);
    let ended = all.await;
    assert_eq!(ended.iter().filter(|ended| ended.is_err()).count(), 1);
    assert_eq!(notes(&database).await, ["a", "b", "c"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn callers_that_come_thick_and_fast_share_commits() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    let start = Arc::new(Barrier::new(64));
    let callers = (0..64).map(|caller| {
        let (pool, start) = (database.pool().clone(), Arc::clone(&start));
        tokio::spawn(async move {
            start.wait().await;
            for round in 0..10 {
                writes(&pool, &format!("{caller} {round}")).await.unwrap();
            }
        })
    });
    for caller in join_all(callers).await {
        caller.unwrap();
    }
    let counts = database.counts();
    assert_eq!(notes(&database).await.len(), 640);
    assert_eq!(counts.use_cases, 640);
    assert!(counts.commits * 8 <= counts.use_cases, "{counts:?}");
}

/// A group that waits for others would wait for ever.
fn patient() -> Options {
    let ever = Duration::from_hours(1);
    Options { gap_max: ever, group_age_max: ever, ..Options::default() }
}

/// Makes `count` use cases wait behind one, and lets them go together.
async fn crowd(database: &Pool, name: &str, count: usize) {
    let held = database.begin().await.unwrap();
    let texts: Vec<String> = (0..count).map(|n| format!("{name} {n:02}")).collect();
    let mut all = Box::pin(join_all(texts.iter().map(|text| writes(database, text))));
    assert!(futures::poll!(&mut all).is_pending());
    drop(held);
    assert!(all.await.iter().all(Result::is_ok));
}

#[tokio::test]
async fn a_lone_caller_never_waits_for_others() {
    let database = SqliteDatabase::with(&MIGRATOR, patient()).await.unwrap();
    for text in ["a", "b", "c"] {
        writes(&database, text).await.unwrap();
    }
    assert_eq!(database.counts(), Counts { use_cases: 3, commits: 3 });
}

#[tokio::test]
async fn after_a_crowd_a_group_waits_until_it_is_half_as_large() {
    let database = SqliteDatabase::with(&MIGRATOR, patient()).await.unwrap();
    crowd(&database, "first", 10).await;
    let mut one = Box::pin(writes(&database, "second 0"));
    assert!(tokio::time::timeout(Duration::from_millis(50), &mut one).await.is_err());
    let others = join_all(["1", "2", "3", "4"].map(|text| writes(&database, text)));
    let (one, others) = futures::join!(one, others);
    assert!(one.is_ok() && others.iter().all(Result::is_ok));
    assert_eq!(database.counts(), Counts { use_cases: 15, commits: 2 });
}

#[tokio::test]
async fn one_small_group_does_not_make_the_next_one_content_with_less() {
    let database = SqliteDatabase::with(&MIGRATOR, patient()).await.unwrap();
    crowd(&database, "first", 16).await;
    // Eight are half of sixteen; of the crowd twelve are remembered, so the third group waits for six and not for four.
    crowd(&database, "second", 8).await;
    let mut five = Box::pin(join_all(["0", "1", "2", "3", "4"].map(|text| writes(&database, text))));
    assert!(tokio::time::timeout(Duration::from_millis(50), &mut five).await.is_err());
    let (five, sixth) = futures::join!(five, writes(&database, "5"));
    assert!(sixth.is_ok() && five.iter().all(Result::is_ok));
    assert_eq!(database.counts(), Counts { use_cases: 30, commits: 3 });
}

#[tokio::test]
async fn after_a_crowd_a_caller_who_stays_alone_waits_for_a_moment_only() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    crowd(&database, "first", 10).await;
    writes(&database, "alone").await.unwrap();
    assert_eq!(database.counts(), Counts { use_cases: 11, commits: 2 });
}

#[tokio::test]
async fn a_group_that_cannot_be_committed_fails_everybody_in_it() {
    let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
    let held = database.begin().await.unwrap();
    // The reference is checked at COMMIT only: it stands for any failure there.
    let dangling = async {
        let mut tx = database.begin().await?;
        query("INSERT INTO remark (id, note) VALUES (1, 4711)").execute(&mut *tx).await?;
        tx.commit().await
    };
    let mut all = Box::pin(futures::future::join3(writes(&database, "a"), dangling, writes(&database, "b")));
    assert!(futures::poll!(&mut all).is_pending());
    drop(held);
    let (first, second, third) = all.await;
    assert!(first.is_err() && second.is_err() && third.is_err());
    assert!(notes(&database).await.is_empty());
    assert_eq!(database.counts(), Counts::default());
    writes(&database, "later").await.unwrap();
    assert_eq!(notes(&database).await, ["later"]);
}

#[tokio::test]
async fn use_cases_undone_because_a_neighbour_filled_the_database_are_told_so() {
    let options = Options { pages_max: Some(24), ..Options::default() };
    let database = SqliteDatabase::with(&MIGRATOR, options).await.unwrap();
    let held = database.begin().await.unwrap();
    let big = "x".repeat(400_000);
    let mut all = Box::pin(join_all(["small", &big, "other"].map(|text| writes(&database, text))));
    assert!(futures::poll!(&mut all).is_pending());
    drop(held);
    let ended = all.await;
    assert!(matches!(ended[1], Err(DbError::Full(_))), "{:?}", ended[1]);
    let told: Vec<&str> =
        ["small", "other"].into_iter().zip([&ended[0], &ended[2]]).filter(|it| it.1.is_ok()).map(|it| it.0).collect();
    assert_eq!(
        {
            let mut told = told;
            told.sort_unstable();
            told
        },
        notes(&database).await
    );
    for ended in [&ended[0], &ended[2]] {
        assert!(matches!(ended, Ok(()) | Err(DbError::Undone)), "{ended:?}");
    }
    writes(&database, "later").await.unwrap();
}

/// How a use case ends.
#[derive(Clone, Copy, Debug)]
enum End {
    Commits,
    IsDropped,
    /// Its future is dropped after this many steps.
    IsCancelled(usize),
}

fn end() -> impl Strategy<Value = End> {
    prop_oneof![4 => Just(End::Commits), 1 => Just(End::IsDropped), 2 => (0_usize..12).prop_map(End::IsCancelled)]
}

/// Runs one use case; `None` when nobody heard how it ended.
async fn ends(pool: &Pool, text: &str, end: End) -> Option<bool> {
    let use_case = async {
        let mut tx = pool.begin().await?;
        note(&mut tx, text).await?;
        if matches!(end, End::IsDropped) {
            return Ok(false);
        }
        tx.commit().await.map(|()| true)
    };
    let mut use_case = Box::pin(use_case);
    if let End::IsCancelled(steps) = end {
        for _ in 0..steps {
            if let std::task::Poll::Ready(ended) = futures::poll!(&mut use_case) {
                return Some(ended.is_ok_and(|kept: bool| kept));
            }
            tokio::task::yield_now().await;
        }
        return None;
    }
    Some(use_case.await.is_ok_and(|kept: bool| kept))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Texts repeat, so some use cases fail; whatever was acknowledged is there, whatever was
    /// refused or dropped is not, and nothing else is.
    #[test]
    fn what_was_acknowledged_is_there_and_nothing_that_was_not(plan in prop::collection::vec((0_u8..20, end()), 1..40)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            let database = SqliteDatabase::new(&MIGRATOR).await.unwrap();
            let ended = join_all(plan.iter().map(async |(number, end)| {
                let text = format!("{number:02}");
                (ends(&database, &text, *end).await, text)
            }))
            .await;
            database.close().await;
            let again = Pool::open(database.path(), &MIGRATOR).await.unwrap();
            let there: BTreeSet<String> = notes(&again).await.into_iter().collect();
            let texts = |heard: Option<bool>| -> BTreeSet<String> {
                ended.iter().filter(|it| it.0 == heard).map(|it| it.1.clone()).collect()
            };
            let (kept, unheard) = (texts(Some(true)), texts(None));
            assert!(kept.is_subset(&there), "lost: {kept:?} {there:?}");
            assert!(there.iter().all(|text| kept.contains(text) || unheard.contains(text)), "appeared: {there:?}");
            assert!(database.counts().use_cases >= kept.len() as u64);
        });
    }
}

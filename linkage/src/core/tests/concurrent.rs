use std::sync::Arc;

use super::*;

/// Callers at the same time share durable commits, in each of the three databases; the figure itself is measured by
/// `make bench`.
#[tokio::test(flavor = "multi_thread")]
async fn mediations_at_the_same_time_share_their_commits() {
    let trial = Arc::new(Trial::open(&["141003", "NTA"]).await);
    let hanako = trial.resident().await;
    trial.knows("NTA", &hanako).await;
    let here = trial.knows("141003", &hanako).await;
    let counts = || [trial.core.counts(), trial.institution("NTA").counts(), trial.institution("141003").counts()];
    let before = counts();
    let callers = (0..64).map(|_| {
        let (trial, here) = (Arc::clone(&trial), here.clone());
        tokio::spawn(async move {
            let (bp, kind) = ("nhi-premium-reduction".parse().unwrap(), "income".parse().unwrap());
            let city = trial.institution("141003");
            city.exchange(&bp, &org("NTA"), &here, &kind).await.unwrap()
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await.unwrap();
    }
    for ((before, after), expected) in before.into_iter().zip(counts()).zip([128, 64, 64]) {
        let (use_cases, commits) = (after.use_cases - before.use_cases, after.commits - before.commits);
        println!("{commits} commits for {use_cases} use cases");
        assert_eq!(use_cases, expected);
        assert!(commits * 2 < use_cases, "{commits} commits for {use_cases} use cases");
    }
}

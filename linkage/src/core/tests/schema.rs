use super::*;

/// P-LOG-4, N-11: ①–⑥, their versions, and whose; nothing of ⑦–⑫.
#[tokio::test]
async fn the_access_log_has_exactly_these_columns() {
    let trial = Trial::open(&[]).await;
    let mut read = trial.core.pool.read().await.unwrap();
    let columns: Vec<String> = sqlx::query_scalar(
        "SELECT m.name || '.' || c.name
        FROM sqlite_schema m
        JOIN pragma_table_info(m.name) c
        WHERE m.name IN ('access_requests', 'access_outcomes', 'viewings')
        ORDER BY m.name, c.cid",
    )
    .fetch_all(&mut *read)
    .await
    .unwrap();
    assert_eq!(
        columns.join(" "),
        "access_outcomes.id access_outcomes.ended_at access_outcomes.outcome access_outcomes.cause \
         access_requests.seq access_requests.id access_requests.accessed_at access_requests.bp \
         access_requests.whitelist_version access_requests.circumstance access_requests.requester \
         access_requests.provider access_requests.info_kind access_requests.schema_version \
         access_requests.words_version access_requests.id_code access_requests.presented_code \
         viewings.id_code viewings.viewing viewings.access_record"
    );
}

/// P-LOG-12
#[tokio::test(flavor = "multi_thread")]
async fn the_access_log_is_insert_only() {
    let trial = Trial::open(&["141003"]).await;
    let hanako = trial.resident().await;
    let code = trial.linked("141003", &hanako).await;
    refused(trial.mediate_as("141003", &premium_request(&code)).await);
    for sql in [
        "UPDATE access_requests SET requester = 'NTA'",
        "DELETE FROM access_requests",
        "UPDATE access_outcomes SET outcome = 'refused'",
        "DELETE FROM access_outcomes",
    ] {
        let mut tx = trial.core.pool.begin().await.unwrap();
        let refused = sqlx::query(sql).execute(&mut *tx).await.unwrap_err();
        assert!(refused.to_string().contains("insert-only"), "{sql}: {refused}");
    }
}

use super::*;
use crate::core::{id_table, rotation};

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

/// However many codes an organisation has, one person's are found by the person, and open successors by their own index.
#[tokio::test]
async fn no_conversion_walks_through_all_codes_of_an_organisation() {
    let trial = Trial::open(&[]).await;
    let mut read = trial.core.pool.read().await.unwrap();
    for (statement, by) in [
        (id_table::CODE_AT, "SEARCH links USING INDEX links_by_person (id_code=? AND org=?)"),
        (id_table::CODES_AT, "SEARCH theirs USING INDEX links_by_person (id_code=? AND org=?)"),
        (id_table::CODES_AT, "SEARCH mine USING PRIMARY KEY (org=? AND link_code=?)"),
        (rotation::OPEN, "links USING INDEX links_to_replace"),
    ] {
        let explain = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"));
        let rows = sqlx::query(explain).fetch_all(&mut *read).await.unwrap();
        let plan: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
        assert!(plan.iter().any(|step| step.contains(by)), "{by} in {plan:?}");
        assert!(!plan.iter().any(|step| step.contains("(org=?)")), "{plan:?}");
    }
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

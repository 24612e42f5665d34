//! The admin port: is the process up, is it ready, what does it count. Never on the public listener.

use std::future::Future;
use std::pin::Pin;

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{StatusCode, header};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

/// What a readiness check answers with; the text says what is missing and names no secret.
pub type Readiness = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

/// Starts counting for the whole process; the handle renders what was counted.
///
/// # Errors
/// The process counts already.
pub fn prometheus() -> Result<PrometheusHandle, metrics_exporter_prometheus::BuildError> {
    PrometheusBuilder::new().install_recorder()
}

/// `/livez` (the process answers), `/readyz` (200, or 503 with the reason), `/metrics`
/// (Prometheus text).
pub fn router<F>(readiness: F, metrics: PrometheusHandle) -> Router
where
    F: Fn() -> Readiness + Clone + Send + Sync + 'static,
{
    Router::new()
        .route("/livez", get(async || "live\n"))
        .route("/readyz", get(move || ready(readiness())))
        .route("/metrics", get(async move || rendered(&metrics)))
}

async fn ready(checked: Readiness) -> Response {
    match checked.await {
        Ok(()) => "ready\n".into_response(),
        Err(reason) => (StatusCode::SERVICE_UNAVAILABLE, format!("{reason}\n")).into_response(),
    }
}

fn rendered(metrics: &PrometheusHandle) -> Response {
    // Each rendering folds the histograms in, so that they cannot grow between two scrapes for ever.
    metrics.run_upkeep();
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
    (kind, metrics.render()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use http::Request;
    use tower::ServiceExt;

    async fn answer(readiness: Result<(), String>, path: &str) -> (StatusCode, String) {
        let recorder = PrometheusBuilder::new().build_recorder();
        metrics::with_local_recorder(&recorder, || metrics::counter!("logins_total").increment(3));
        let check = move || -> Readiness { Box::pin(std::future::ready(readiness.clone())) };
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = router(check, recorder.handle()).oneshot(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), 65_536).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_process_that_waits_for_its_database_lives_but_is_not_ready() {
        let waiting = || Err("database: no answer".to_owned());
        assert_eq!(answer(waiting(), "/livez").await.0, StatusCode::OK);
        let (status, reason) = answer(waiting(), "/readyz").await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(reason, "database: no answer\n");
    }

    #[tokio::test]
    async fn a_ready_process_says_so() {
        assert_eq!(answer(Ok(()), "/readyz").await.0, StatusCode::OK);
    }

    #[tokio::test]
    async fn metrics_are_prometheus_text() {
        let (status, text) = answer(Ok(()), "/metrics").await;
        assert_eq!(status, StatusCode::OK);
        assert!(text.contains("logins_total 3"), "{text}");
    }
}

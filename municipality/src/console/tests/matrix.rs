//! Every route, for everybody (R11).

use http::{Method, StatusCode};

use super::world::World;
use crate::store::Role;

/// Who may: nobody in particular, view, draft, approve.
const NOBODY: [bool; 4] = [true; 4];
const ANY: [bool; 4] = [false, true, true, true];
const DRAFT: [bool; 4] = [false, false, true, false];
const APPROVE: [bool; 4] = [false, false, false, true];
const HANDLER: [bool; 4] = [false, false, true, true];

const NO_ID: &str = "00000000000000000000000000000000";

const ROUTES: [(&str, &str, [bool; 4]); 36] = [
    ("GET", "/", NOBODY),
    ("GET", "/style.css", NOBODY),
    ("GET", "/console/key.js", NOBODY),
    ("GET", "/console/login", NOBODY),
    ("GET", "/console/enrol", NOBODY),
    ("GET", "/console", ANY),
    ("GET", "/console/audit", ANY),
    ("GET", "/console/new", DRAFT),
    ("POST", "/console/drafts", DRAFT),
    ("GET", "/console/drafts/ID", DRAFT),
    ("POST", "/console/drafts/ID", DRAFT),
    ("POST", "/console/drafts/ID/drop", DRAFT),
    ("POST", "/console/drafts/ID/files", DRAFT),
    ("GET", "/console/drafts/ID/next", DRAFT),
    ("GET", "/console/drafts/ID/files/0", DRAFT),
    ("POST", "/console/drafts/ID/files/0/drop", DRAFT),
    ("GET", "/console/drafts/ID/preview", DRAFT),
    ("GET", "/console/drafts/ID/face", DRAFT),
    ("POST", "/console/drafts/ID/segment", DRAFT),
    ("POST", "/console/drafts/ID/list", DRAFT),
    ("GET", "/console/sendings/ID", ANY),
    ("GET", "/console/sendings/ID/preview", ANY),
    ("GET", "/console/sendings/ID/face", ANY),
    ("GET", "/console/sendings/ID/files/0", ANY),
    ("POST", "/console/sendings/ID/discard", DRAFT),
    ("POST", "/console/sendings/ID/submit", DRAFT),
    ("POST", "/console/sendings/ID/approve", APPROVE),
    ("POST", "/console/sendings/ID/reject", APPROVE),
    ("POST", "/console/sendings/ID/cancel", HANDLER),
    ("POST", "/console/sendings/ID/withdraw", HANDLER),
    ("POST", "/console/sendings/ID/replace", DRAFT),
    ("GET", "/console/sendings/ID/replies", HANDLER),
    ("POST", "/console/sendings/ID/replies.csv", HANDLER),
    ("POST", "/console/login", NOBODY),
    ("POST", "/console/enrol", NOBODY),
    ("POST", "/console/logout", ANY),
];

#[tokio::test]
async fn every_route_is_for_those_roles_and_nobody_else() {
    let world = World::new().await;
    let cookies = [
        String::new(),
        world.officer("閲覧", Role::View).await,
        world.officer("起案", Role::Draft).await,
        world.officer("承認", Role::Approve).await,
    ];
    for (method, path, may) in ROUTES {
        for (cookie, may) in cookies.iter().zip(may) {
            let path = path.replace("ID", NO_ID);
            let request = World::request(method.parse::<Method>().unwrap(), &path, cookie)
                .header("content-type", "application/x-www-form-urlencoded");
            let answer = world.ask(request.body(axum::body::Body::empty()).unwrap()).await;
            let kept_out =
                answer.status == StatusCode::UNAUTHORIZED || answer.body.contains("あなたの役割ではできません");
            assert_eq!(!kept_out, may, "{method} {path} with {cookie:?}: {} {}", answer.status, answer.body);
        }
    }
}

#[tokio::test]
async fn the_table_above_names_every_route() {
    let text = concat!(include_str!("../routes.rs"));
    let routes = text.matches(".route(").count();
    // `login` and `enrol` stand there once for two methods, a draft too; the favicon and two answers of keys stand apart.
    let answers_of_keys = 2;
    let favicon = 1;
    let twice = 3;
    assert_eq!(routes - answers_of_keys - favicon + twice, ROUTES.len());
}

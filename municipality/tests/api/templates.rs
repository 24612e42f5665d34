//! Templates.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{City, code, draft, errors, problem};

fn template(title: &str, fields: &[&str]) -> Value {
    let mut draft = draft(title);
    draft.as_object_mut().unwrap().remove("expires_at");
    json!({ "draft": draft, "fields": fields })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_is_kept_read_used_and_erased_by_its_own_client_only() {
    let city = City::starts().await;
    let (system, other) = (city.system("kenko"), city.system("zei"));
    let put = system.api.request(Method::PUT, "/api/v1/templates/kenshin").await.unwrap();
    let put = put.json(&template("{{day}}の健康診断", &["day"])).send().await.unwrap();
    assert_eq!(put.status(), 204, "{}", put.text().await.unwrap());
    let kept = system.asks(Method::GET, "/api/v1/templates/kenshin").await.json::<Value>().await.unwrap();
    assert_eq!((kept["name"].as_str(), &kept["fields"]), (Some("kenshin"), &json!(["day"])));
    let listed = system.asks(Method::GET, "/api/v1/templates").await.json::<Value>().await.unwrap();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    assert_eq!(other.asks(Method::GET, "/api/v1/templates/kenshin").await.status(), 404);
    assert_eq!(other.asks(Method::DELETE, "/api/v1/templates/kenshin").await.status(), 404);
    let expires_at = draft("")["expires_at"].clone();
    let notice = json!({
        "template": "kenshin",
        "draft": { "expires_at": expires_at },
        "recipients": [{ "link_code": code(1), "fields": { "day": "12月10日" } }],
    });
    assert_eq!(system.posts("/api/v1/notices", "k1", &notice).await.status(), 202);
    let unknown = problem(other.posts("/api/v1/notices", "k1", &notice).await).await.2;
    assert_eq!(errors(&unknown), [("/template".to_owned(), "template-unknown".to_owned())]);
    let without_expiry = json!({ "template": "kenshin", "fields": ["day"] });
    let said = problem(system.posts("/api/v1/sendings", "k2", &without_expiry).await).await.2;
    assert_eq!(errors(&said)[0], ("/draft".to_owned(), "invalid".to_owned()));
    assert_eq!(system.asks(Method::DELETE, "/api/v1/templates/kenshin").await.status(), 204);
    assert_eq!(system.asks(Method::GET, "/api/v1/templates/kenshin").await.status(), 404);
    let trail = city.running().store.read().await.unwrap().audit(None, 1000).await.unwrap();
    let trail: Vec<(String, String)> =
        trail.into_iter().filter(|line| line.what.starts_with("template-")).map(|line| (line.who, line.what)).collect();
    let who = format!("client:{}", system.id);
    assert_eq!(
        trail,
        [(who.clone(), "template-removed:kenshin".to_owned()), (who, "template-saved:kenshin".to_owned())]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_is_looked_at_before_it_is_kept() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let put = async |name: &str, body: &Value| {
        let request = system.api.request(Method::PUT, &format!("/api/v1/templates/{name}")).await.unwrap();
        errors(&problem(request.json(body).send().await.unwrap()).await.2)[0].clone()
    };
    let one = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    assert_eq!(put("a", &template("{{day}}の健康診断", &[])).await, one("/fields", "field-missing"));
    assert_eq!(put("a", &template("健康診断", &["day"])).await, one("/fields", "field-unknown"));
    assert_eq!(put("a", &template("{{Day}}", &[])).await, one("/draft/text", "place-malformed"));
    assert_eq!(put("A b", &template("健康診断", &[])).await, one("", "name"));
    let mut without_office = template("健康診断", &[]);
    without_office["draft"].as_object_mut().unwrap().remove("office");
    assert_eq!(put("a", &without_office).await, one("/draft", "invalid"));
    let mut with_file = template("健康診断", &[]);
    with_file["draft"]["attachments"] = json!([]);
    assert_eq!(put("a", &with_file).await, one("/draft/attachments", "attachments"));
    assert_eq!(system.asks(Method::GET, "/api/v1/templates").await.json::<Value>().await.unwrap()["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn until_when_questions_are_answered_can_be_left_to_the_sending() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let mut kept = template("回答のおねがい", &[]);
    kept["draft"]["kind"] = json!("request");
    kept["draft"]["reply"] = json!({ "questions": [
        { "name": "wish", "label": { "ja": "ひとこと" }, "required": false, "form": { "as": "words", "chars_max": 100 } },
    ] });
    let put = system.api.request(Method::PUT, "/api/v1/templates/wish").await.unwrap();
    let put = put.json(&kept).send().await.unwrap();
    assert_eq!(put.status(), 204, "{}", put.text().await.unwrap());
    let expires_at = draft("")["expires_at"].clone();
    let notice = |reply: Value| {
        json!({
            "template": "wish",
            "draft": { "expires_at": expires_at, "reply": reply },
            "recipients": [{ "link_code": code(1) }],
        })
    };
    let without = problem(system.posts("/api/v1/notices", "k1", &notice(json!({}))).await).await.2;
    assert_eq!(errors(&without), [("/draft/reply".to_owned(), "invalid".to_owned())]);
    let sent = system.api.send("k2", &notice(json!({ "closes_at": expires_at }))).await.unwrap();
    let row = city.running().store.read().await.unwrap().sending(sent.id.parse().unwrap()).await.unwrap().unwrap();
    let reply = serde_json::from_str::<Value>(&row.draft).unwrap()["reply"].clone();
    assert_eq!((&reply["closes_at"], reply["questions"][0]["name"].as_str()), (&expires_at, Some("wish")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_name_names_no_template() {
    let city = City::starts().await;
    let system = city.system("kenko");
    for name in ["%00", "a%00b", "A", "%E5%81%A5"] {
        for method in [Method::GET, Method::DELETE] {
            let answer = system.asks(method.clone(), &format!("/api/v1/templates/{name}")).await;
            assert_eq!(problem(answer).await.0, 404, "{method} {name}");
        }
        let (status, _, said) =
            problem(system.asks(Method::GET, &format!("/api/v1/templates?cursor={name}")).await).await;
        assert_eq!((status, errors(&said)[0].1.as_str()), (422, "cursor"), "{name}");
    }
    assert_eq!(system.asks(Method::GET, "/api/v1/templates?cursor=a").await.status(), 200);
    assert_eq!(system.asks(Method::GET, "/api/v1/templates?cursor=").await.status(), 200);
    let said =
        problem(system.posts("/api/v1/notices", "k", &json!({ "template": "a\0", "recipients": [] })).await).await.2;
    assert_eq!(errors(&said), [("/template".to_owned(), "template-unknown".to_owned())]);
}

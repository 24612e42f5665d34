//! Who may use which route: an allow-list of every route with every actor. A route without a row fails, and so does a
//! row without a route; what nobody wrote down is refused.

use std::collections::BTreeMap;

use domain::OrgCode;
use reqwest::Method;
use server::{Access, RouteAccess};
use stories::{Browser, Citizen, Page, Town};
use url::Url;

/// What an actor finds behind a route: a status, with the place where a redirect leads.
type Found = &'static str;

/// One row: a route, and what each actor finds there.
struct Row {
    route: &'static str,
    /// Nobody who is logged in.
    anonymous: Found,
    /// Whose record it is, where the address names one.
    owner: Found,
    /// Somebody else who is logged in.
    other: Found,
    /// Logged in before the folder was suspended.
    suspended: Found,
    /// The owner's browser, sent here by a page of another site.
    sent_from_elsewhere: Found,
}

/// A page for anybody is the same for everybody.
const fn page(route: &'static str) -> Row {
    everybody(route, "200")
}

const fn everybody(route: &'static str, found: Found) -> Row {
    Row { route, anonymous: found, owner: found, other: found, suspended: found, sent_from_elsewhere: found }
}

/// A form of ours: nobody else's page may post it.
const fn own_form(route: &'static str, found: Found) -> Row {
    Row { sent_from_elsewhere: "403", ..everybody(route, found) }
}

/// A page of a person; links of other sites may lead to it.
const fn personal(route: &'static str) -> Row {
    Row { anonymous: "303 /login", ..everybody(route, "200") }
}

/// Of one notice, of which none has arrived; nobody else's is there either. Whoever sees one has opened it: where another site
/// leads to it, the list is shown.
const fn of_notice(route: &'static str) -> Row {
    Row { anonymous: "303 /login", sent_from_elsewhere: "303 /notices", ..everybody(route, "404") }
}

const PEOPLE: &[Row] = &[
    page("GET /"),
    page("GET /register"),
    everybody("GET /register/card", "404"),
    Row { anonymous: "404", ..page("GET /register/opening") },
    everybody("GET /register/bind", "404"),
    page("GET /login"),
    // Nothing was started for which a card could be asked.
    everybody("GET /login/card", "404"),
    page("GET /signed-out"),
    page("GET /help"),
    page("GET /accessibility"),
    personal("GET /home"),
    personal("GET /history"),
    Row { suspended: "403", ..personal("GET /records") },
    Row { other: "404", suspended: "403", ..personal("GET /records/{id}") },
    personal("GET /folder"),
    personal("GET /folder/alerts"),
    // Which address, and which code, stands in the form.
    own_form("POST /folder/alerts/mail", "400"),
    own_form("POST /folder/alerts/device", "400"),
    own_form("POST /folder/alerts/again", "400"),
    own_form("POST /folder/alerts/confirm", "400"),
    own_form("POST /folder/alerts/remove", "400"),
    // Which sender stands in the form.
    own_form("POST /folder/alerts/states/withhold", "400"),
    personal("GET /information"),
    personal("GET /leaving"),
    personal("GET /notices"),
    of_notice("GET /notices/{number}"),
    of_notice("GET /notices/{number}/letter"),
    of_notice("GET /notices/{number}/pdf"),
    of_notice("GET /notices/{number}/calendar"),
    of_notice("GET /notices/{number}/files/{place}"),
    Row { anonymous: "303 /login", ..own_form("POST /notices/{number}/states", "404") },
    of_notice("GET /notices/{number}/reply"),
    Row { anonymous: "303 /login", ..own_form("POST /notices/{number}/reply/check", "404") },
    Row { anonymous: "303 /login", ..own_form("POST /notices/{number}/reply/send", "404") },
    // What is to be done stands in the form.
    Row { anonymous: "303 /login", ..own_form("POST /notices/act", "400") },
    personal("GET /notices/authority"),
    Row { anonymous: "401", ..everybody("GET /notices/events", "200") },
    // Nothing is kept; nor is anybody else's there.
    Row { anonymous: "303 /login", ..everybody("GET /kept/{number}", "404") },
    Row { anonymous: "303 /login", ..everybody("GET /kept/{number}/letter", "404") },
    Row { anonymous: "303 /login", ..everybody("GET /kept/{number}/pdf", "404") },
    Row { anonymous: "303 /login", ..everybody("GET /kept/{number}/calendar", "404") },
    Row { anonymous: "303 /login", ..everybody("GET /kept/{number}/files/{place}", "404") },
    Row { anonymous: "303 /login", ..own_form("POST /kept/act", "303 /notices") },
    // Nothing was gathered, so there is no file.
    Row { anonymous: "303 /login", ..everybody("GET /information/files/{place}", "404") },
    Row { anonymous: "303 /login", ..everybody("GET /information/files/{place}/download", "404") },
    Row { anonymous: "303 /login", ..own_form("POST /information/files/{place}/cancel", "404") },
    // Nor is there an answer in which something could be wrong.
    Row { anonymous: "303 /login", ..everybody("GET /information/{place}/report", "404") },
    own_form("POST /information/{place}/report/send", "400"),
    Row { anonymous: "303 /login", ..own_form("POST /information/gather", "303 /information") },
    // Which institution, and which form, stands in the form.
    own_form("POST /information/again", "400"),
    own_form("POST /information/files", "400"),
    own_form("POST /register/start", "303 /register/card"),
    own_form("POST /register/bind/start", "303 /register"),
    own_form("POST /login/start", "303 /login/card"),
    // The card reader's posts come from elsewhere; without an answer they are malformed.
    everybody("POST /card/answer", "400"),
    everybody("POST /card/removed", "400"),
    everybody("GET /card/refused", "404"),
    everybody("GET /card/return", "303 /login"),
    Row { anonymous: "401", ..own_form("POST /session/extend", "204") },
    // What is erased is not marked as understood.
    Row { anonymous: "303 /login", ..own_form("POST /folder/close", "303 /folder") },
    // Whoever has gathered something is asked first.
    Row { owner: "303 /leaving", other: "303 /leaving", ..own_form("POST /logout", "303 /signed-out") },
    // Last of what acts on a session: whoever was not asked above is logged out by it.
    Row { anonymous: "303 /login", suspended: "303 /login", ..own_form("POST /folder/suspend", "303 /signed-out") },
    page("GET /pkg/t.css"),
    page("GET /pkg/t.js"),
    page("GET /pkg/t.wasm"),
    page("GET /robots.txt"),
    page("GET /.well-known/security.txt"),
    page("GET /.well-known/security-policy"),
    page("GET /log/checkpoint"),
    // Nothing has been erased yet: no tile, no receipt.
    everybody("GET /log/tile/{*path}", "404"),
    everybody("GET /receipts/{id}", "404"),
];

fn named(routes: &[RouteAccess]) -> Vec<String> {
    routes.iter().map(|route| format!("{} {}", route.method, route.path)).collect()
}

fn concrete(path: &str, id: &str) -> String {
    path.replace("{id}", id).replace("{place}", "7").replace("{number}", "7")
}

/// As a browser would ask, redirects not followed.
async fn asks(browser: &Browser, method: &Method, url: &Url, from: Option<&Page>) -> String {
    let page = browser.asks_once(method.clone(), url.clone(), from).await;
    match page.header("location") {
        "" => page.status.as_u16().to_string(),
        to => format!("{} {}", page.status.as_u16(), url.join(to).unwrap().path()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_has_a_row_and_every_actor_finds_what_it_says() {
    let town = Town::starts().await;
    let mut routes = named(&town.routes);
    let mut rows: Vec<_> = PEOPLE.iter().map(|row| row.route.to_owned()).collect();
    routes.sort();
    rows.sort();
    assert_eq!(routes, rows, "a route needs a row here, and a row a route");

    town.lets_days_pass_for_institutions(10, 12).await;
    let mut people = BTreeMap::new();
    for (who, card) in [("owner", "card-0001"), ("other", "card-0002"), ("suspended", "card-0003")] {
        let citizen = Citizen::with_card(&town, card, "ja").await;
        citizen.opens_folder().await;
        people.insert(who, citizen);
        if who == "suspended" {
            // The last that was opened.
            let suspend = "UPDATE folder SET state = 'suspended' WHERE rowid = (SELECT MAX(rowid) FROM folder)";
            town.alters_database(&[suspend.to_owned()]).await;
        }
    }
    let list = people["owner"].opens("/records").await;
    let record = stories::first_link(&list, "/records/").expect("a record");
    let id = record.trim_start_matches("/records/").split('?').next().unwrap().to_owned();
    let elsewhere = Page { url: "https://evil.example/".parse().unwrap(), ..list.clone() };

    let mut wrong = Vec::new();
    for row in PEOPLE {
        let (method, path) = row.route.split_once(' ').unwrap();
        let (method, url) = (method.parse::<Method>().unwrap(), town.portal(&concrete(path, &id)));
        let own = Page { url: town.portal("/"), ..list.clone() };
        let anonymous = Browser::new("ja");
        let actors = [
            ("anonymous", &anonymous, Some(&own), row.anonymous),
            ("sent from elsewhere", &people["owner"].browser, Some(&elsewhere), row.sent_from_elsewhere),
            ("owner", &people["owner"].browser, Some(&own), row.owner),
            ("other", &people["other"].browser, Some(&own), row.other),
            ("suspended", &people["suspended"].browser, Some(&own), row.suspended),
        ];
        for (who, browser, from, expected) in actors {
            let found = asks(browser, &method, &url, from).await;
            if found != expected {
                wrong.push(format!("{} as {who}: {found}, not {expected}", row.route));
            }
            if row.route == "POST /logout" && found == "303 /signed-out" && who != "anonymous" {
                assert!(asks(browser, &Method::GET, &town.portal("/home"), None).await.starts_with("303"), "{who}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_in_the_list_is_refused() {
    let town = Town::starts().await;
    let browser = Browser::new("ja");
    let own = browser.opens(&town.portal("/")).await;
    for path in [
        "/no/such/page",
        "/home/",
        "/HOME",
        "//home",
        "/records/0123456789abcdef0123456789abcdef/more",
        "/pkg/absent.js",
        "/assets.json",
        "/pkg/../assets.json",
        "/pkg/%2e%2e/assets.json",
        "/.env",
        "/metrics",
        "/readyz",
        "/api/home",
        wire::issuance::DELIVERY_PATH,
        wire::issuance::REPLACEMENT_PATH,
    ] {
        for method in [Method::GET, Method::POST] {
            let found = asks(&browser, &method, &town.portal(path), Some(&own)).await;
            assert!(["404", "405"].contains(&found.as_str()), "{method} {path}: {found}");
        }
    }
    // A route answers its own method; HEAD is GET without its body.
    for route in &town.routes {
        let url = town.portal(&concrete(&route.path, "0123456789abcdef0123456789abcdef"));
        for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            if method != route.method {
                let found = asks(&browser, &method, &url, Some(&own)).await;
                assert_eq!(found, "405", "{method} {}", route.path);
            }
        }
    }
}

/// B-MED-5: on the listener for parties the organisation is that of the channel's certificate. Each row: institution,
/// core; whoever shows no certificate has no conversation.
const PARTIES: &[(&str, Found, Found)] = &[
    ("POST /v1/codes/ended", "403", "422"),
    ("POST /v1/link-code-deliveries", "403", "422"),
    ("POST /v1/link-code-replacements", "403", "422"),
    ("POST /v1/notices/attachments", "403", "422"),
    ("POST /v1/notices/certificate", "403", "200"),
    ("POST /v1/notices/deliveries", "403", "422"),
    ("POST /v1/notices/letters", "403", "422"),
    ("POST /v1/notices/returns", "403", "422"),
    ("POST /v1/notices/withdrawals", "403", "422"),
];

#[tokio::test(flavor = "multi_thread")]
async fn only_the_core_brings_something_to_the_portal() {
    let town = Town::starts().await;
    let mut routes = named(&town.party_routes);
    let mut rows: Vec<_> = PARTIES.iter().map(|(route, ..)| (*route).to_owned()).collect();
    routes.sort();
    rows.sort();
    assert_eq!(routes, rows, "a route needs a row here, and a row a route");

    let mut elsewhere: Vec<_> = PEOPLE.iter().map(|row| (row.route, "404", "404")).collect();
    elsewhere.extend([("GET /metrics", "404", "404"), ("GET /v1/link-code-deliveries", "405", "405")]);
    for (org, column) in [("NTA", 0), ("141003", 0), ("JLIS", 0), ("PORTAL", 0), ("CORE", 1)] {
        let org: OrgCode = org.parse().unwrap();
        let client = town.client_of(Some(&org));
        for (route, institution, core) in PARTIES.iter().chain(&elsewhere) {
            let (method, path) = route.split_once(' ').unwrap();
            let url = format!("https://{}{}", town.party, concrete(path, "0123456789abcdef0123456789abcdef"));
            let request = client.request(method.parse().unwrap(), url).header("content-type", "application/json");
            let answer = request.body("{}").send().await.unwrap();
            let expected = [institution, core][column];
            assert_eq!(answer.status().as_str(), *expected, "{route} as {org}");
        }
    }
    let url = format!("https://{}{}", town.party, wire::issuance::DELIVERY_PATH);
    assert!(town.client_of(None).post(url).body("{}").send().await.is_err(), "a conversation without a certificate");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_brings_its_own_defences() {
    let town = Town::starts().await;
    for route in town.routes.iter().filter(|route| route.method == Method::GET) {
        let path = concrete(&route.path, "0123456789abcdef0123456789abcdef");
        let page = Browser::new("ja").opens(&town.portal(&path)).await;
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
        if route.access == Access::File {
            assert!(page.header("set-cookie").is_empty(), "{}", route.path);
        } else {
            assert_eq!(page.header("cache-control"), "no-store", "{}", route.path);
        }
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("cross-origin-opener-policy"), "same-origin");
        assert!(!page.header("referrer-policy").contains("no-referrer"), "Chromium would send Origin: null");
        assert!(!page.html.contains(" style=\"") && !page.html.contains("onclick="), "{}", route.path);
    }
}

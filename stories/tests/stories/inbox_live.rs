//! Pages that lie open: what they hear, and for how long (P-PSH-4).

use jiff::SignedDuration;
use stories::{Citizen, Town};

use crate::inbox::Scene;

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_lies_open_hears_of_a_new_notice_and_of_nobody_else_s() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    let other = Citizen::with_card(&town, "card-0002", "ja").await;
    other.opens_folder().await;
    let events = town.portal("/notices/events");
    let mut hers = scene.citizen.browser.listens(&events, None).await;
    let mut theirs = other.browser.listens(&events, None).await;
    assert_eq!(hers.headers()["content-type"], "text/event-stream");
    for stream in [&mut hers, &mut theirs] {
        assert_eq!(chunk(stream).await.unwrap(), "retry: 5000\n\n");
    }
    town.passes(SignedDuration::from_secs(1));
    scene.receives(&scene.draft("図書館の休み"), &[]).await;
    let heard = chunk(&mut hers).await.unwrap();
    assert!(heard.contains("event: notice\n") && !heard.contains("図書館"), "{heard}");
    assert!(heard.contains("data: new\n"), "a browser drops an event without data: {heard}");

    // Who comes back hears what came since, and nothing twice.
    let id = heard.lines().find_map(|line| line.strip_prefix("id: ")).unwrap().to_owned();
    let before = (id.split('.').next().unwrap().parse::<i64>().unwrap() - 1).to_string();
    let mut again = scene.citizen.browser.listens(&events, Some(&before)).await;
    assert_eq!(chunk(&mut again).await.unwrap(), "retry: 5000\n\n");
    assert!(chunk(&mut again).await.unwrap().contains(&id));

    // Their stream ends with their session, and has said nothing until then.
    let home = other.opens("/home").await;
    assert_eq!(other.browser.submits(&home, home.form("/logout")).await.path(), "/signed-out");
    scene.receives(&scene.draft("道の工事"), &[]).await;
    assert_eq!(chunk(&mut theirs).await, None);
    assert_eq!(other.browser.listens(&events, None).await.status(), 401);
}

pub(crate) async fn chunk(stream: &mut reqwest::Response) -> Option<String> {
    let bytes = stream.chunk().await.unwrap()?;
    Some(String::from_utf8(bytes.to_vec()).unwrap())
}

/// Whoever only listens does nothing.
#[tokio::test(flavor = "multi_thread")]
async fn listening_puts_no_idle_end_off_and_a_session_listens_only_so_often() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    let events = town.portal("/notices/events");
    town.passes(SignedDuration::from_mins(10));
    let open = [
        scene.citizen.browser.listens(&events, None).await,
        scene.citizen.browser.listens(&events, None).await,
        scene.citizen.browser.listens(&events, None).await,
        scene.citizen.browser.listens(&events, None).await,
    ];
    assert!(open.iter().all(|stream| stream.status() == 200));
    // One too many asks again by itself, later: any other status would end it for good.
    let mut later = scene.citizen.browser.listens(&events, None).await;
    assert_eq!((later.status().as_u16(), chunk(&mut later).await.as_deref()), (200, Some("retry: 60000\n\n")));
    assert_eq!(chunk(&mut later).await, None);
    town.passes(SignedDuration::from_mins(5));
    assert_eq!(scene.citizen.browser.listens(&events, None).await.status(), 401);
    assert_eq!(scene.citizen.opens("/home").await.path(), "/signed-out");
}

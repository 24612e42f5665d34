//! `kill -9` while a folder is closed that keeps something: two databases, and no moment at which the key outlives the
//! folder's end (P-INF-6).

use stories::{Engine, PortalProcess, Town};

use crate::inbox::{Scene, link_of, says};
use crate::kept::wrapped_key;
use crate::privacy::files;

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_whose_closing_is_killed_is_there_or_gone_and_its_key_never_comes_back() {
    let town = Town::without_portal(Engine::Sqlite, |_| {}).await;
    let parties = town.world.lock().await.directory().as_ref().clone();
    let settings = town.settings_file(&parties);
    let mut portal = PortalProcess::starts(&settings, town.now()).await;
    let scene = Scene::opens(&town).await;
    scene.receives(&scene.draft("図書館の休み"), &[]).await;
    scene.does("/notices", "図書館の休み", "keep").await;
    let wrapped = wrapped_key(&town).await;
    let (mut looks, mut killed, mut key_gone) = (0, 0, false);
    loop {
        let page = scene.citizen.opens("/folder").await;
        let form = page.form("/folder/close").with("understood", "yes");
        let (_, _) = tokio::join!(scene.citizen.browser.tries(&page, form), async {
            for _ in 0..looks {
                tokio::task::yield_now().await;
            }
            portal.is_killed().await
        });
        let (folders, kept, keys) =
            (town.count("folder").await, town.count("kept_notice").await, town.count_keys().await);
        assert_eq!(folders, kept, "{looks}: both or none");
        assert!(!key_gone || keys == 0, "{looks}: a key that was destroyed is there again");
        key_gone = keys == 0;
        portal = PortalProcess::starts(&settings, town.now()).await;
        if folders == 0 {
            break;
        }
        killed += 1;
        scene.citizen.logs_in().await;
        let list = scene.citizen.opens("/notices?place=kept").await;
        if key_gone {
            says(&list, &["開けないお知らせ"]);
        } else {
            let kept = scene.citizen.browser.follows(&list, &link_of(&list, "図書館の休み")).await;
            says(&kept, &["本文です。"]);
        }
        looks = looks * 2 + 64;
    }
    assert!(killed >= 2, "{killed} times before the end");
    assert_eq!(town.count_keys().await, 0, "the start did the rest");
    for (path, bytes) in files(town.database.parent().unwrap()) {
        assert!(!bytes.windows(wrapped.len()).any(|window| window == wrapped), "the key is in {}", path.display());
    }
    portal.is_killed().await;
}

//! An institution answers what it must not: in each case the person reads what happened, nothing of it is shown or held,
//! and every other institution's answer is there.

use std::sync::{Arc, Mutex};

use axum::response::{IntoResponse as _, Response};
use domain::{AccessRecordId, InfoKind, LinkCode, Locale};
use stories::{Asked, Citizen, FalseInstitution, Page, Town};
use wire::mediation::{InquiryAnswer, SealedPayload};

const INCOME: &str = "income";
/// Stands in every answer that must not be seen.
const CANARY: &str = "98765432101";
const SHOWN: &str = "98,765,432,101";
const UNBELIEVABLE: &str = "届いた返事の署名を確かめられなかったので、表示していません";

async fn gathers(citizen: &Citizen<'_>) -> Page {
    let before = citizen.opens("/information").await;
    citizen.browser.submits(&before, before.form("/information/gather")).await;
    citizen.opens("/information").await
}

/// Answers about income as the case says, and holds nothing else.
async fn answers_with(town: &Town, says: impl Fn(&Asked) -> Response + Send + Sync + 'static) -> FalseInstitution {
    FalseInstitution::in_place_of(town, "NTA", move |asked| {
        if asked.inquiry.info_kind.as_str() == INCOME { says(&asked) } else { asked.nothing() }
    })
    .await
}

/// What NTA says of income is told in these words; nothing of it is there, and everybody else has answered.
async fn is_refused(town: &Town, page: &Page, case: &str, words: &str) {
    let text = page.text();
    assert!(text.contains("国税庁の「所得の情報」を見られませんでした"), "{case}: {text}");
    assert!(text.contains(words), "{case}: {text}");
    assert!(!text.contains(CANARY) && !text.contains(SHOWN), "{case}: {text}");
    assert!(text.contains("日本年金機構が答えました"), "{case}: the others answer all the same: {text}");
    let shown = page.html.matches("class=\"source\"").count();
    assert_eq!(usize::try_from(town.count("held WHERE class = 'answer'").await), Ok(shown), "{case}");
    assert_eq!(town.count("held WHERE LENGTH(sealed) > 100000").await, 0, "{case}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_too_long_is_refused_in_words_and_nothing_of_it_is_held() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let too_long = answers_with(&town, |asked| asked.honestly(&asked.content(&CANARY.repeat(512 * 1024 / 11)))).await;
    let page = gathers(&citizen).await;
    is_refused(&town, &page, "512 kB", "返事が大きすぎて、表示できませんでした").await;
    // The same in every language, and when it is asked again.
    for (locale, words) in [(Locale::JaEasy, "返事が 大きすぎて"), (Locale::En, "The answer was too long to be shown.")]
    {
        let page = citizen.opens(&format!("/information?lang={}", locale.name())).await;
        assert!(page.text().contains(words), "{words} in {}", page.text());
    }
    citizen.opens("/?lang=ja").await;
    too_long.leaves(&town).await;
    let page = citizen.opens("/information").await;
    let again = page.forms().into_iter().find(|form| form.action.path() == "/information/again").unwrap();
    citizen.browser.submits(&page, again).await;
    let page = citizen.opens("/information").await;
    assert!(page.text().contains("総所得金額"), "the real one answers: {}", page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_in_an_unknown_schema_version_is_shown_as_it_came_and_the_page_says_why() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let _newer = answers_with(&town, |asked| {
        asked.honestly(&wire::mediation::AnswerContent { schema_version: 99, ..asked.content(CANARY) })
    })
    .await;
    gathers(&citizen).await;
    for (locale, said) in [
        (Locale::Ja, "この情報は、この画面にまだ説明のない決まりで作られています"),
        (Locale::JaEasy, "この情報の説明は、まだありません"),
        (Locale::En, "This information follows rules that this page has no explanations for yet."),
    ] {
        let page = citizen.opens(&format!("/information?lang={}", locale.name())).await;
        assert!(page.text().contains(said), "{said} in {}", page.text());
        assert!(page.text().contains(CANARY), "as it came, not as an amount: {}", page.text());
        assert!(!page.text().contains(SHOWN), "{}", page.text());
    }
}

type Says = fn(&Asked) -> Response;
type Case = (&'static str, &'static str, Says);

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_wrong_with_an_answer_is_said_and_nothing_of_it_is_held() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let cases: [Case; 9] = [
        ("another organisation's signature", UNBELIEVABLE, |asked| {
            asked.provided(asked.sealed(&asked.signed_by("JPS", &asked.content(CANARY))))
        }),
        ("a broken signature", UNBELIEVABLE, |asked| {
            let mut cms = asked.signed(&asked.content(CANARY));
            let at = cms.windows(CANARY.len()).position(|window| window == CANARY.as_bytes()).unwrap();
            cms[at] = b'8';
            asked.provided(asked.sealed(&cms))
        }),
        ("no signature", UNBELIEVABLE, |asked| {
            asked.provided(asked.sealed(&serde_json::to_vec(&asked.content(CANARY)).unwrap()))
        }),
        ("another kind of information", UNBELIEVABLE, |asked| {
            let info_kind: InfoKind = "local-tax".parse().unwrap();
            asked.honestly(&wire::mediation::AnswerContent { info_kind, ..asked.content(CANARY) })
        }),
        ("another person's code", UNBELIEVABLE, |asked| {
            let sealed = asked.sealed(&asked.signed(&asked.content(CANARY)));
            let answer = InquiryAnswer::Provided { id: asked.inquiry.id, link_code: LinkCode::from([7; 32]), sealed };
            axum::Json(answer).into_response()
        }),
        ("another inquiry's number", UNBELIEVABLE, |asked| {
            let sealed = asked.sealed(&asked.signed(&asked.content(CANARY)));
            let id = AccessRecordId::from([7; 16]);
            axum::Json(InquiryAnswer::Provided { id, link_code: asked.inquiry.link_code.clone(), sealed })
                .into_response()
        }),
        ("no message at all", UNBELIEVABLE, |_| axum::Json(CANARY).into_response()),
        ("too late", "時間内に返事がありませんでした", Asked::late),
        ("more than the core reads", UNBELIEVABLE, |asked| {
            asked.honestly(&asked.content(&CANARY.repeat((8 << 20) / 11)))
        }),
    ];
    let says: Arc<Mutex<Says>> = Arc::new(Mutex::new(cases[0].2));
    let now = Arc::clone(&says);
    let _false = answers_with(&town, move |asked| (*now.lock().unwrap())(asked)).await;
    let mut page = gathers(&citizen).await;
    for (case, words, say) in cases {
        *says.lock().unwrap() = say;
        let again = page.forms().into_iter().find(|form| form.action.path() == "/information/again");
        citizen.browser.submits(&page, again.unwrap()).await;
        page = citizen.opens("/information").await;
        is_refused(&town, &page, case, words).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_was_given_before_is_not_believed_for_another_person_or_time() {
    let town = Town::starts().await;
    let said: Arc<Mutex<Option<SealedPayload>>> = Arc::default();
    let first = Arc::clone(&said);
    let _false = answers_with(&town, move |asked| {
        let mut first = first.lock().unwrap();
        let sealed = first.get_or_insert_with(|| asked.sealed(&asked.signed(&asked.content(CANARY))));
        asked.provided(sealed.clone())
    })
    .await;
    let father = Citizen::with_card(&town, "card-0001", "ja").await;
    father.opens_folder().await;
    assert!(gathers(&father).await.text().contains(SHOWN), "the first time it is an answer");
    let page = father.opens("/information").await;
    let out = father.browser.submits(&page, page.form("/logout").with("confirmed", "yes")).await;
    assert_eq!(out.path(), "/signed-out");

    let other = Citizen::with_card(&town, "card-0002", "ja").await;
    other.opens_folder().await;
    let page = gathers(&other).await;
    assert!(page.text().contains(UNBELIEVABLE), "{}", page.text());
    assert!(!page.text().contains(SHOWN), "another person's answer is not theirs: {}", page.text());

    father.logs_in().await;
    let page = gathers(&father).await;
    assert!(page.text().contains(UNBELIEVABLE) && !page.text().contains(SHOWN), "{}", page.text());
}

//! Whatever happens in whatever order, nobody is lost, nobody is taken for somebody else, and nobody comes back
//! (B-TBL-2 to B-TBL-4).

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::SeqCst},
};

use axum::{extract::Request, middleware::Next, response::IntoResponse as _};
use proptest::{collection::vec, prelude::*, test_runner::TestCaseError};

use super::*;
use crate::core::{ELIGIBILITY_ENDED_PATH, EligibilityEnded, id_code::IdCode, trial::Resident};
use crate::institution::InternalId;

/// What may happen to the codes of 国税庁.
#[derive(Clone, Copy, Debug)]
enum Happens {
    /// Somebody new gets a code.
    Somebody,
    /// The key is rotated, if the rotation before is over.
    Rotation,
    /// The institution does not answer, or answers again.
    Away(bool),
    /// The core brings what is on its way.
    Delivery,
    /// The n-th of those who live, counted around, is no resident any more.
    End(u8),
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        Just(Happens::Somebody),
        Just(Happens::Rotation),
        any::<bool>().prop_map(Happens::Away),
        Just(Happens::Delivery),
        any::<u8>().prop_map(Happens::End),
    ]
}

struct Story {
    trial: Trial,
    away: Arc<AtomicBool>,
    people: Vec<(Resident, InternalId)>,
    ended: Vec<(Resident, InternalId)>,
}

impl Story {
    async fn begins() -> Self {
        let away = Arc::new(AtomicBool::new(false));
        let switch = Arc::clone(&away);
        let between = move |request: Request, next: Next| {
            let is_away = switch.load(SeqCst);
            async move {
                if is_away { http::StatusCode::SERVICE_UNAVAILABLE.into_response() } else { next.run(request).await }
            }
        };
        let trial = Trial::behind(&["NTA"], "NTA", between).await;
        Self { trial, away, people: Vec::new(), ended: Vec::new() }
    }

    async fn goes_on(&mut self, what: Happens) {
        match what {
            Happens::Somebody => {
                let resident = self.trial.resident().await;
                let here = self.trial.knows_under_newest("NTA", &resident).await;
                self.people.push((resident, here));
            }
            Happens::Rotation => {
                // An Err says that the rotation before is not over.
                let _ = self.trial.core.rotate_key(&org("NTA")).await;
            }
            Happens::Away(away) => self.away.store(away, SeqCst),
            Happens::Delivery => {
                self.trial.core.bring_all().await.unwrap();
            }
            Happens::End(nth) if !self.people.is_empty() => {
                let person = self.people.swap_remove(usize::from(nth) % self.people.len());
                let ended = EligibilityEnded { resident_record_code: person.0.resident_record_code.clone() };
                let register = self.trial.party("REGISTER").peers;
                register.post_no_content(&CORE, ELIGIBILITY_ENDED_PATH, &ended).await.unwrap();
                self.ended.push(person);
            }
            Happens::End(_) => {}
        }
    }

    /// The code that the institution holds, and whom it means to the core. The running core may bring a successor between
    /// the two looks: then the code is looked at again.
    async fn held_code(&self, here: &InternalId) -> (LinkCode, Option<IdCode>) {
        loop {
            let code = self.trial.institution("NTA").code_for_test(here).await;
            let person = crate::core::conversion::person(&self.trial.core, &org("NTA"), &code).await.unwrap();
            if person.is_some() || self.trial.institution("NTA").code_for_test(here).await == code {
                return (code, person);
            }
        }
    }

    /// The code that the institution holds means this person to the core, and nobody else.
    async fn nobody_is_lost(&self) -> Result<(), TestCaseError> {
        let mut seen = std::collections::HashSet::new();
        for (_, here) in &self.people {
            let (code, person) = self.held_code(here).await;
            let Some(person) = person else { return Err(TestCaseError::fail("a code means nobody")) };
            prop_assert!(seen.insert(person.as_bytes().to_vec()), "two people are one");
            let elsewhere = crate::core::conversion::person(&self.trial.core, &org("JPS"), &code).await.unwrap();
            prop_assert!(elsewhere.is_none(), "a code is worth something at another institution");
        }
        for (_, here) in &self.ended {
            let code = self.trial.institution("NTA").code_for_test(here).await;
            let person = crate::core::conversion::person(&self.trial.core, &org("NTA"), &code).await.unwrap();
            prop_assert!(person.is_none(), "a code that has ended means somebody");
        }
        Ok(())
    }
}

impl Trial {
    /// Takes somebody into the books with a code under the newest key.
    async fn knows_under_newest(&self, at: &str, resident: &Resident) -> InternalId {
        let made = self.core.link_in_bulk(&org(at), [resident.resident_record_code.expose()]).await.unwrap().remove(0);
        let person = crate::institution::SeededPerson {
            four_info: resident.four_info.clone(),
            facts: crate::core::trial::facts(),
            code: Some(made),
        };
        self.institution(at).seed(&[person], jiff::civil::date(2026, 11, 3)).await.unwrap().remove(0)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn rotations_absences_newcomers_and_ends_in_any_order_lose_nobody_and_bring_nobody_back(events in vec(happens(), 1..24)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            let mut story = Story::begins().await;
            story.goes_on(Happens::Somebody).await;
            for event in events {
                story.goes_on(event).await;
                story.nobody_is_lost().await?;
            }
            story.goes_on(Happens::Away(false)).await;
            while story.trial.core.bring_all().await.unwrap().open > 0 {}
            story.nobody_is_lost().await?;
            let in_use = story.trial.count("SELECT count(*) FROM links WHERE org = 'NTA' AND unlinked_at IS NULL").await;
            prop_assert_eq!(usize::try_from(in_use).unwrap(), story.people.len(), "one code in use a person");
            Ok(())
        })?;
    }
}

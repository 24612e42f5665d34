//! Residents beyond the demo's own people, made up by rule, for measurements: entered in the register, in the books of
//! their municipality and of the tax office (or of as many institutions as are asked for), with codes made in bulk.

use domain::{FourInfo, OrgCode, Sex};
use jiff::Timestamp;
use rand_core::Rng;

use crate::{
    institution::{Facts, Institution, SeededPerson},
    register::ResidentRecordCode,
    serve::Parties,
    world::{
        Draw, Manifest, Person, WorldError, drawn, orgs,
        people::{CardWish, Work, japan},
        seeding::SeedingError,
    },
};

/// People in one transaction of each database. Codes are random, so each transaction touches pages all over the
/// indexes: few large ones write them less often.
const CHUNK: u32 = 50_000;
const SAY_EVERY: u32 = 50_000;

const SURNAMES: [&str; 12] =
    ["佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤", "吉田", "山田"];
const GIVEN_FEMALE: [&str; 8] = ["陽菜", "結衣", "美咲", "さくら", "恵子", "由美子", "和子", "真由美"];
const GIVEN_MALE: [&str; 8] = ["蓮", "翔太", "大輔", "健一", "誠", "浩", "隆", "正雄"];

/// Where made-up residents live.
const TOWNS: [(&str, &str); 5] = [
    ("141003", "神奈川県横浜市鶴見区中央"),
    ("011002", "北海道札幌市中央区南一条西"),
    ("261009", "京都府京都市下京区烏丸通"),
    ("472018", "沖縄県那覇市久茂地"),
    ("062049", "山形県酒田市東町"),
];

/// To how many institutions made-up residents are known by turns, where the world has more than the demo's own: most to
/// five, as a person who works; one in twelve to ten, one in twelve to all.
const KNOWN_TO: [usize; 12] = [5, 5, 5, 5, 5, 10, 5, 5, 5, 5, 5, usize::MAX];

/// A made-up resident, and who has them in the books.
struct MadeUp {
    person: Person,
    known_to: Vec<OrgCode>,
}

/// Fills up to the manifest's number of residents and returns who has a card, the demo's own people first.
pub(super) async fn fill(
    parties: &Parties,
    manifest: &Manifest,
    own: &[Person],
    say: &(dyn Fn(&str) + Send + Sync),
) -> Result<Vec<Person>, WorldError> {
    let cards = usize::try_from(manifest.cards).unwrap_or(usize::MAX);
    let mut holders: Vec<Person> = own.iter().filter(|p| p.card.is_some()).take(cards).cloned().collect();
    let mut rng = drawn(manifest.seed, Draw::Bulk);
    let start = rng.next_u64();
    let first = u32::try_from(own.len()).unwrap_or(u32::MAX);
    let mut n = first;
    while n < manifest.residents {
        let until = n.saturating_add(CHUNK).min(manifest.residents);
        let mut people = Vec::new();
        for at in n..until {
            let person = resident(at, start, manifest.made_at, &mut rng);
            people.extend(person.map(|person| known(person, at, manifest.institutions)));
        }
        enter(parties, &people, manifest.made_at).await?;
        let adults = people.into_iter().filter(|p| p.person.work != Work::Child);
        for MadeUp { mut person, known_to } in adults.take(cards.saturating_sub(holders.len())) {
            person.card = Some(CardWish {
                who: match manifest.institutions {
                    None => format!("測定用の{}歳の人", person.age),
                    Some(_) => format!("測定用の{}歳の人。{}の機関が知っている", person.age, known_to.len()),
                },
                state: wire::card_file::CardState::Active,
            });
            holders.push(person);
        }
        if n / SAY_EVERY != until / SAY_EVERY || until == manifest.residents {
            say(&format!("{until} of {} residents", manifest.residents));
        }
        n = until;
    }
    Ok(holders)
}

/// The municipality comes first: everybody has one.
fn known(person: Person, n: u32, institutions: Option<u32>) -> MadeUp {
    let municipality = person.municipality.clone();
    let known_to = match institutions {
        None if person.work == Work::Child => vec![municipality],
        None => [Some(municipality), "NTA".parse().ok()].into_iter().flatten().collect(),
        Some(_) => {
            let turn = usize::try_from(n).unwrap_or_default() % KNOWN_TO.len();
            let others = orgs::institutions_of(institutions).into_iter().filter(|org| *org != municipality);
            let count = KNOWN_TO.get(turn).copied().unwrap_or_default();
            std::iter::once(municipality.clone()).chain(others).take(count).collect()
        }
    };
    MadeUp { person, known_to }
}

/// The n-th made-up resident; a household of one.
fn resident(n: u32, start: u64, made_at: Timestamp, rng: &mut impl Rng) -> Option<Person> {
    let mut pick = |from: u32| rng.next_u32() % from;
    let index = |at: u32| usize::try_from(at).unwrap_or_default();
    let (code, town) = *TOWNS.get(index(pick(5)))?;
    let female = pick(2) == 0;
    let given_names = if female { GIVEN_FEMALE } else { GIVEN_MALE };
    let given = given_names.get(index(pick(8)))?;
    let name = format!("{}　{given}", SURNAMES.get(index(pick(12)))?);
    let age = i16::try_from(pick(95)).ok()?;
    let birth = format!("{:04}-{:02}-{:02}", japan(made_at).year() - 1 - age, pick(12) + 1, pick(28) + 1);
    let address = format!("{town}{}丁目{}番{n}号", pick(9) + 1, pick(40) + 1);
    let sex = if female { Sex::Female } else { Sex::Male };
    let work = match age {
        0..18 => Work::Child,
        65.. => Work::Pensioner,
        _ if pick(10) == 0 => Work::SelfEmployed,
        _ => Work::Employee,
    };
    let earnings = if work == Work::Child { 0 } else { 1_000_000 + 1000 * u64::from(pick(7000)) };
    Some(Person {
        key: format!("resident-{n}"),
        household_id: 1_000_000 + i64::from(n),
        relationship: "世帯主".to_owned(),
        four_info: FourInfo::new(name, address, birth.parse().ok()?, sex).ok()?,
        other_name: None,
        municipality: code.parse().ok()?,
        moved: None,
        died_at: None,
        protected_since: None,
        guardian: None,
        work,
        age,
        facts: Facts {
            occupation: work.occupation(),
            annual_earnings_jpy: earnings,
            children_born_on: vec![],
            dependants: 0,
            relation_to_head: "世帯主".to_owned(),
            household_members: 1,
            resident_since: japan(made_at - jiff::SignedDuration::from_hours(24 * 365 * 3)),
            disability_grade: None,
            care_level: None,
            owns_home: pick(2) == 0,
            on_sick_leave_since: None,
            scholarship_since: None,
        },
        card: None,
        resident_record_code: ResidentRecordCode::nth(start, u64::from(n)),
    })
}

async fn enter(parties: &Parties, people: &[MadeUp], made_at: Timestamp) -> Result<(), SeedingError> {
    let residents: Vec<_> = people.iter().map(|made_up| made_up.person.to_resident(made_at)).collect();
    let new = parties.register().enrol(&residents).await.map_err(SeedingError::Register)?;
    // A run that was cut off may have entered some of them in some books.
    let resumed = new < residents.len();
    for institution in parties.institutions() {
        let org = institution.org();
        let known = people.iter().filter(|made_up| made_up.known_to.contains(org));
        let mut known: Vec<&Person> = known.map(|made_up| &made_up.person).collect();
        if resumed {
            known = not_in_books(institution, known).await?;
        }
        enter_books(parties, institution, &known, made_at).await?;
    }
    Ok(())
}

async fn not_in_books<'a>(institution: &Institution, known: Vec<&'a Person>) -> Result<Vec<&'a Person>, SeedingError> {
    let mut missing = Vec::new();
    for person in known {
        let found = institution.find(&person.four_info).await;
        if found.map_err(|error| SeedingError::Db(institution.org().clone(), error))?.is_none() {
            missing.push(person);
        }
    }
    Ok(missing)
}

async fn enter_books(
    parties: &Parties,
    institution: &Institution,
    known: &[&Person],
    made_at: Timestamp,
) -> Result<(), SeedingError> {
    let org = institution.org();
    let codes = parties
        .core()
        .link_in_bulk(org, known.iter().map(|p| p.resident_record_code.expose()))
        .await
        .map_err(|error| SeedingError::Bulk(org.clone(), error))?;
    let seeded: Vec<SeededPerson> = known
        .iter()
        .zip(codes)
        .map(|(p, code)| SeededPerson { four_info: p.four_info.clone(), facts: p.facts.clone(), code: Some(code) })
        .collect();
    institution.seed(&seeded, japan(made_at)).await.map_err(|error| SeedingError::Books(org.clone(), error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn someone(n: u32) -> Person {
        resident(n, 7, "2026-11-03T05:00:00Z".parse().unwrap(), &mut drawn(1, Draw::Bulk)).unwrap()
    }

    #[test]
    fn made_up_residents_are_known_to_five_ten_or_all_institutions_where_there_are_more() {
        let counts: Vec<usize> = (0..12).map(|n| known(someone(n), n, Some(20)).known_to.len()).collect();
        assert_eq!(counts, [5, 5, 5, 5, 5, 10, 5, 5, 5, 5, 5, 20]);
        let known = known(someone(11), 11, Some(20));
        assert_eq!(known.known_to.first(), Some(&known.person.municipality));
        assert_eq!(known.known_to.iter().collect::<HashSet<_>>().len(), 20);
    }

    #[test]
    fn in_the_demos_own_world_a_made_up_adult_is_known_to_two() {
        let (mut rng, made_at) = (drawn(1, Draw::Bulk), "2026-11-03T05:00:00Z".parse().unwrap());
        let mut people = (0..50).filter_map(|n| resident(n, 7, made_at, &mut rng));
        let adult = people.find(|person| person.work != Work::Child).unwrap();
        let municipality = adult.municipality.clone();
        assert_eq!(known(adult, 0, None).known_to, [municipality, "NTA".parse().unwrap()]);
    }

    #[test]
    fn made_up_residents_have_codes_of_their_own() {
        let mut rng = drawn(1, Draw::Bulk);
        let people: Vec<_> =
            (0..5000).filter_map(|n| resident(n, 7, "2026-11-03T05:00:00Z".parse().unwrap(), &mut rng)).collect();
        let codes: HashSet<_> = people.iter().map(|p| p.resident_record_code.expose()).collect();
        let addresses: HashSet<_> = people.iter().map(|p| p.four_info.address()).collect();
        assert_eq!((people.len(), codes.len(), addresses.len()), (5000, 5000, 5000));
    }
}

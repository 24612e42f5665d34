//! Who lives in the demo world: `people.toml`, made concrete by a seed and a day.

use domain::{BirthDate, FourInfo, OrgCode, Sex};
use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use wire::card_file::CardState;

use crate::{
    institution::{Facts, Occupation},
    register::{EarlierAddress, NewResident, ResidentRecordCode, Status},
};

const FILE: &str = include_str!("people.toml");

/// One person of the demo.
#[derive(Clone)]
pub struct Person {
    /// Names the person in the world's own files and tests, e.g. `takahashi-misaki`.
    pub key: String,
    /// 世帯, counted from 1.
    pub household_id: i64,
    /// 続柄
    pub relationship: String,
    /// As registered today.
    pub four_info: FourInfo,
    /// 併記名
    pub other_name: Option<String>,
    /// Where the person lives today.
    pub municipality: OrgCode,
    /// Where the person lived before, and since when they live here.
    pub moved: Option<(EarlierAddress, Timestamp)>,
    /// When the person died.
    pub died_at: Option<Timestamp>,
    /// 支援措置 since.
    pub protected_since: Option<Timestamp>,
    /// Key of the 成年後見人.
    pub guardian: Option<String>,
    /// What the person does.
    pub work: Work,
    /// Full years today.
    pub age: i16,
    /// What institutions hold about the person follows from these.
    pub facts: Facts,
    /// Whether the person has a demo card.
    pub card: Option<CardWish>,
    /// 住民票コード. For the register, JPKI and the builder; never for an institution (B-ISS-2).
    pub resident_record_code: ResidentRecordCode,
}

/// A demo card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardWish {
    /// Whose card, in one phrase.
    pub who: String,
    /// Handed over or not.
    pub state: CardState,
}

/// What a person does; decides which institutions know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Work {
    /// 会社員 (協会けんぽ, 厚生年金)
    Employee,
    /// 短時間の会社員, the same insurances
    PartTime,
    /// 自営業 (国民健康保険, 国民年金)
    SelfEmployed,
    /// 求職中 (雇用保険)
    Unemployed,
    /// 学生 (奨学金)
    Student,
    /// 年金受給者
    Pensioner,
    /// 被扶養者
    Dependant,
    /// 子ども
    Child,
}

impl Work {
    pub(super) fn occupation(self) -> Occupation {
        match self {
            Self::Employee | Self::PartTime => Occupation::Employee,
            Self::SelfEmployed => Occupation::SelfEmployed,
            Self::Unemployed => Occupation::JobSeeker,
            Self::Student => Occupation::Student,
            Self::Pensioner => Occupation::Pensioner,
            Self::Dependant => Occupation::Dependant,
            Self::Child => Occupation::Child,
        }
    }
}

impl Person {
    /// The institutions of the demo that have this person in their books. The municipality that a person left still does.
    pub fn institutions(&self) -> Vec<OrgCode> {
        let mut codes = match self.work {
            Work::Employee | Work::PartTime => vec!["NTA", "JPS", "KYOKAI"],
            Work::SelfEmployed | Work::Pensioner => vec!["NTA", "JPS"],
            Work::Unemployed => vec!["NTA", "JPS", "HELLOWORK"],
            Work::Student => vec!["JPS", "JASSO"],
            Work::Dependant => vec!["JPS", "KYOKAI"],
            Work::Child => vec![],
        };
        codes.push(self.municipality.as_str());
        // The municipality that somebody left keeps its books; not for those who must not be found from there.
        if let (Some((before, _)), None) = (&self.moved, self.protected_since) {
            codes.push(before.municipality.as_str());
        }
        codes.into_iter().filter_map(|code| code.parse().ok()).collect()
    }

    /// As the register takes the person in.
    pub fn to_resident(&self, made_at: Timestamp) -> NewResident {
        let long_ago = made_at - SignedDuration::from_hours(24 * 365 * 3);
        NewResident {
            resident_record_code: self.resident_record_code.clone(),
            household_id: self.household_id,
            relationship: self.relationship.clone(),
            four_info: self.four_info.clone(),
            other_name: self.other_name.clone(),
            municipality: self.municipality.clone(),
            since: self.moved.as_ref().map_or(long_ago, |(_, at)| *at),
            before: self.moved.as_ref().map(|(before, _)| before.clone()),
            status: match self.died_at {
                Some(at) => (Status::Deceased, at),
                None => (Status::Resident, long_ago),
            },
            protected_since: self.protected_since,
        }
    }
}

/// The file that comes with the program is broken.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// Not the expected TOML.
    #[error("people.toml cannot be read")]
    Form(#[from] Box<toml::de::Error>),
    /// A person cannot be one.
    #[error("the person {key} of people.toml cannot be made")]
    Person {
        /// Which.
        key: String,
    },
}

/// Everybody, always in the same order. The same seed on the same day gives the same people.
pub fn people(seed: u64, made_at: Timestamp) -> Result<Vec<Person>, PeopleError> {
    let file: File = toml::from_str(FILE).map_err(Box::new)?;
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let mut people = Vec::new();
    for (household, household_id) in file.household.into_iter().zip(1..) {
        for member in household.member {
            let code = ResidentRecordCode::generate(&mut rng);
            let key = member.key.clone();
            let person = member
                .into_person(household_id, &household.municipality, &household.address, code, made_at)
                .ok_or(PeopleError::Person { key })?;
            people.push(person);
        }
    }
    for household in people.chunk_by_mut(|one, other| one.household_id == other.household_id) {
        live_together(household);
    }
    Ok(people)
}

/// What follows from living in one household: how many they are, whose children are whose, who depends on whom.
fn live_together(household: &mut [Person]) {
    let members = u8::try_from(household.len()).unwrap_or(u8::MAX);
    let is_child = |p: &Person| p.relationship == "子" && p.age < 18;
    let children: Vec<Date> =
        household.iter().filter(|p| is_child(p)).map(|p| p.four_info.birth_date().date()).collect();
    let depend = household.iter().filter(|p| matches!(p.work, Work::Child | Work::Dependant | Work::Student)).count();
    for person in household {
        person.facts.household_members = members;
        if matches!(person.relationship.as_str(), "世帯主" | "妻" | "夫") {
            person.facts.children_born_on.clone_from(&children);
        }
        if person.relationship == "世帯主" {
            person.facts.dependants = u8::try_from(depend).unwrap_or(u8::MAX);
        }
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    household: Vec<Household>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Household {
    municipality: OrgCode,
    address: String,
    member: Vec<Member>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Member {
    key: String,
    name: String,
    other_name: Option<String>,
    relationship: String,
    age: i16,
    birthday: String,
    sex: Sex,
    work: Work,
    earnings_jpy: Option<u64>,
    #[serde(default)]
    owns_home: bool,
    disability_grade: Option<u8>,
    care_level: Option<u8>,
    sick_leave_days_ago: Option<i64>,
    scholarship_days_ago: Option<i64>,
    card: Option<String>,
    card_state: Option<CardState>,
    guardian: Option<String>,
    moved: Option<Moved>,
    died_days_ago: Option<i64>,
    protected_days_ago: Option<i64>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Moved {
    days_ago: i64,
    municipality: OrgCode,
    address: String,
}

impl Member {
    fn into_person(
        self,
        household_id: i64,
        municipality: &OrgCode,
        address: &str,
        resident_record_code: ResidentRecordCode,
        made_at: Timestamp,
    ) -> Option<Person> {
        let ago = |days: i64| made_at - SignedDuration::from_hours(24 * days);
        let birth_date = birth_date(self.age, &self.birthday, japan(made_at))?;
        let four_info = FourInfo::new(self.name, address.to_owned(), birth_date, self.sex).ok()?;
        let long_ago = ago(365 * 3);
        let facts = Facts {
            occupation: self.work.occupation(),
            annual_earnings_jpy: self.earnings_jpy.unwrap_or_default(),
            children_born_on: vec![],
            dependants: 0,
            relation_to_head: self.relationship.clone(),
            household_members: 1,
            resident_since: japan(self.moved.as_ref().map_or(long_ago, |moved| ago(moved.days_ago))),
            disability_grade: self.disability_grade,
            care_level: self.care_level,
            owns_home: self.owns_home,
            on_sick_leave_since: self.sick_leave_days_ago.map(|days| japan(ago(days))),
            scholarship_since: self.scholarship_days_ago.map(|days| japan(ago(days))),
        };
        let moved = self.moved.map(|moved| {
            let since = long_ago;
            (EarlierAddress { address: moved.address, municipality: moved.municipality, since }, ago(moved.days_ago))
        });
        Some(Person {
            key: self.key,
            household_id,
            relationship: self.relationship,
            four_info,
            other_name: self.other_name,
            municipality: municipality.clone(),
            moved,
            died_at: self.died_days_ago.map(ago),
            protected_since: self.protected_days_ago.map(ago),
            guardian: self.guardian,
            work: self.work,
            age: self.age,
            facts,
            card: self.card.map(|who| CardWish { who, state: self.card_state.unwrap_or(CardState::Active) }),
            resident_record_code,
        })
    }
}

/// The day in Japan.
pub(super) fn japan(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::fixed(jiff::tz::offset(9))).date()
}

/// The day on which somebody was born who is `age` today and has this birthday (`MM-DD`).
fn birth_date(age: i16, birthday: &str, today: Date) -> Option<BirthDate> {
    let in_year = |year: i16| format!("{year:04}-{birthday}").parse::<Date>().ok();
    let had_birthday = in_year(today.year())? <= today;
    let year = if had_birthday { today.year() } else { today.checked_sub(1.year()).ok()?.year() } - age;
    in_year(year)?.to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn made_at() -> Timestamp {
        "2026-11-03T05:00:00Z".parse().unwrap()
    }

    fn of<'a>(people: &'a [Person], key: &str) -> &'a Person {
        people.iter().find(|p| p.key == key).unwrap()
    }

    #[test]
    fn the_world_has_about_thirty_people_in_about_twelve_households() {
        let people = people(1, made_at()).unwrap();
        let households: HashSet<_> = people.iter().map(|p| p.household_id).collect();
        assert!((28..=34).contains(&people.len()), "{}", people.len());
        assert!((11..=14).contains(&households.len()), "{}", households.len());
        let keys: HashSet<_> = people.iter().map(|p| &p.key).collect();
        assert_eq!(keys.len(), people.len());
    }

    #[test]
    fn the_same_seed_gives_the_same_people_and_another_seed_other_codes() {
        let codes = |seed| -> Vec<String> {
            people(seed, made_at()).unwrap().iter().map(|p| p.resident_record_code.expose().to_owned()).collect()
        };
        assert_eq!(codes(1), codes(1));
        assert_ne!(codes(1), codes(2));
    }

    #[test]
    fn everybody_whom_later_work_needs_is_there() {
        let people = people(1, made_at()).unwrap();
        let family: Vec<_> = people.iter().filter(|p| p.household_id == 1 && p.work == Work::Child).collect();
        assert_eq!(family.iter().map(|p| p.age).collect::<Vec<_>>(), [17, 9, 4]);
        assert_eq!(of(&people, "watanabe-fumiko").guardian.as_deref(), Some("watanabe-makoto"));
        assert_ne!(of(&people, "takahashi-masao").municipality, of(&people, "takahashi-kenichi").municipality);
        assert!(of(&people, "nguyen-lan").other_name.is_some());
        assert!(of(&people, "yamazaki-daisuke").moved.is_some());
        assert!(of(&people, "sasaki-kiyoshi").died_at.is_some());
        assert!(of(&people, "saito-mayumi").protected_since.is_some());
        assert!(of(&people, "saito-haru").card.is_none());
    }

    #[test]
    fn names_keep_their_variant_characters() {
        let people = people(1, made_at()).unwrap();
        let name = |key| of(&people, key).four_info.name().to_owned();
        assert!(name("takahashi-kenichi").starts_with('\u{9ad9}'));
        assert!(name("yamazaki-daisuke").contains('\u{fa11}'));
        assert!(name("katsuragi-takashi").starts_with("葛\u{e0100}"));
        assert!(name("yoshida-takuya").starts_with('\u{20bb7}'));
    }

    #[test]
    fn ages_hold_on_the_day_the_world_is_made() {
        for (today, born) in [("2026-05-11", "1984-05-12"), ("2026-05-12", "1985-05-12"), ("2026-12-31", "1985-05-12")]
        {
            let birth = birth_date(41, "05-12", today.parse().unwrap()).unwrap();
            assert_eq!(birth.date().to_string(), born, "{today}");
        }
    }
}

//! What a municipality holds about a resident.

use domain::FourInfo;
use jiff::civil::{Date, date};

use super::{Facts, HoldingRecord, Occupation, plus_days, plus_years, record, years};

impl Facts {
    pub(super) fn municipal(&self, kind: &str, four_info: &FourInfo, today: Date) -> Option<Vec<HoldingRecord>> {
        let born_on = four_info.birth_date().date();
        match kind {
            "local-tax" => self.local_tax(born_on, today),
            "resident-record" => Some(self.resident_record(four_info)),
            "nhi" => self.nhi(today),
            "child-allowance" => self.child_allowance(today),
            "long-term-care" => self.long_term_care(today),
            "disability-certificate" => self.disability_certificate(born_on),
            "property-tax" => self.property_tax(today),
            "vaccination" => vaccinations(born_on, today),
            "health-checkup" => health_checkups(born_on, today),
            _ => None,
        }
    }

    /// 個人住民税: ten per cent, and the same for everybody unless exempt.
    fn local_tax(&self, born_on: Date, today: Date) -> Option<Vec<HoldingRecord>> {
        if years(born_on, today) < 18 {
            return None;
        }
        let income = self.total_income_jpy(self.lives_from_pension());
        let exempt = income <= 450_000 + 350_000 * u64::from(self.dependants);
        let taxable = if exempt { 0 } else { self.taxable_jpy(430_000, 330_000) };
        let (per_capita, status) = if exempt { (0, "非課税") } else { (5_000, "課税") };
        // From June on the year's own levy is known.
        let levied = if today.month() >= 6 { today.year() } else { today.year() - 1 };
        Some(vec![record(
            Some(levied.to_string()),
            [
                income.to_string(),
                taxable.to_string(),
                (taxable / 10).to_string(),
                per_capita.to_string(),
                status.to_owned(),
            ],
        )])
    }

    fn resident_record(&self, four_info: &FourInfo) -> Vec<HoldingRecord> {
        vec![record(
            None,
            [
                four_info.name().trim().to_owned(),
                four_info.address().trim().to_owned(),
                four_info.birth_date().date().to_string(),
                self.relation_to_head.clone(),
                self.household_members.to_string(),
                self.resident_since.to_string(),
            ],
        )]
    }

    /// 国民健康保険: those whom no employer insures.
    fn nhi(&self, today: Date) -> Option<Vec<HoldingRecord>> {
        let insured = matches!(self.occupation, Occupation::SelfEmployed | Occupation::JobSeeker | Occupation::Student);
        if !insured {
            return None;
        }
        let income = self.total_income_jpy(false);
        let reduction: u64 = match income {
            0..=430_000 => 70,
            430_001..=735_000 => 50,
            735_001..=990_000 => 20,
            _ => 0,
        };
        let flat = 60_000 * (100 - reduction) / 100;
        let premium = income.saturating_sub(430_000) * 98 / 1000 + flat;
        Some(vec![record(
            Some(today.year().to_string()),
            [self.resident_since.to_string(), (premium / 100 * 100).min(1_060_000).to_string(), reduction.to_string()],
        )])
    }

    /// 児童手当: to the end of the school year in which a child turns eighteen.
    fn child_allowance(&self, today: Date) -> Option<Vec<HoldingRecord>> {
        let children: Vec<i16> = self
            .children_born_on
            .iter()
            .filter(|born_on| **born_on <= today)
            .map(|born_on| years(*born_on, today))
            .filter(|age| *age < 18)
            .collect();
        let oldest = self.children_born_on.iter().min()?;
        if children.is_empty() {
            return None;
        }
        let monthly: u64 = children.iter().map(|age| if *age < 3 { 15_000 } else { 10_000 }).sum();
        let since = (*oldest).max(date(2024, 10, 1)).max(self.resident_since);
        Some(vec![record(None, [children.len().to_string(), monthly.to_string(), since.to_string()])])
    }

    fn long_term_care(&self, today: Date) -> Option<Vec<HoldingRecord>> {
        let level = self.care_level?;
        let from = date(today.year() - 1, 4, 1);
        let burden = match self.total_income_jpy(true) {
            0..=1_600_000 => 10,
            1_600_001..=2_200_000 => 20,
            _ => 30,
        };
        Some(vec![record(
            None,
            [
                format!("要介護{level}"),
                from.to_string(),
                plus_days(plus_years(from, 3), -1).to_string(),
                burden.to_string(),
            ],
        )])
    }

    fn disability_certificate(&self, born_on: Date) -> Option<Vec<HoldingRecord>> {
        let grade = self.disability_grade?;
        let issued_on = plus_years(born_on, 18).max(self.resident_since);
        Some(vec![record(None, ["身体障害者手帳".to_owned(), grade.to_string(), issued_on.to_string()])])
    }

    fn property_tax(&self, today: Date) -> Option<Vec<HoldingRecord>> {
        self.owns_home.then(|| {
            vec![record(
                Some(today.year().to_string()),
                ["9800000".to_owned(), "6200000".to_owned(), "109200".to_owned()],
            )]
        })
    }
}

/// 定期接種 of a child, as far as the child has grown.
fn vaccinations(born_on: Date, today: Date) -> Option<Vec<HoldingRecord>> {
    const PLAN: &[(&str, u8, i32)] = &[
        ("五種混合", 1, 65),
        ("小児用肺炎球菌", 1, 65),
        ("五種混合", 2, 95),
        ("五種混合", 3, 125),
        ("BCG", 1, 160),
        ("麻しん風しん混合", 1, 380),
        ("水痘", 1, 380),
        ("日本脳炎", 1, 1130),
        ("麻しん風しん混合", 2, 2050),
    ];
    if years(born_on, today) >= 18 {
        return None;
    }
    let given = PLAN
        .iter()
        .map(|(vaccine, dose, age_days)| (vaccine, dose, plus_days(born_on, *age_days)))
        .filter(|(_, _, day)| *day <= today)
        .map(|(vaccine, dose, day)| record(None, [(*vaccine).to_owned(), dose.to_string(), day.to_string()]));
    Some(given.collect())
}

/// 乳幼児健診 of a child below school age.
fn health_checkups(born_on: Date, today: Date) -> Option<Vec<HoldingRecord>> {
    const PLAN: &[(&str, i32, u32, u32)] =
        &[("4か月児健診", 125, 630, 6_800), ("1歳6か月児健診", 560, 805, 10_400), ("3歳児健診", 1140, 952, 14_100)];
    if years(born_on, today) >= 7 {
        return None;
    }
    let held = PLAN
        .iter()
        .map(|(name, age_days, height, weight)| (name, plus_days(born_on, *age_days), height, weight))
        .filter(|(_, day, _, _)| *day <= today)
        .map(|(name, day, height, weight)| {
            record(None, [(*name).to_owned(), day.to_string(), height.to_string(), weight.to_string()])
        });
    Some(held.collect())
}

//! What is true of a person in a world, and what each kind of institution would hold of it. Amounts follow the shape of
//! the real computations (brackets, rates, ages), rounded; they are examples, not advice.

mod benefits;
mod municipal;

use domain::FourInfo;
use jiff::civil::Date;

use super::{kind::KindSpec, legacy::HoldingRecord};

/// Facts about one person, from which institutions' holdings follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What they live from.
    pub occupation: Occupation,
    /// Gross earnings or pension of the last calendar year.
    pub annual_earnings_jpy: u64,
    /// Birth dates of the children whom they bring up.
    pub children_born_on: Vec<Date>,
    /// Dependants for tax, children included.
    pub dependants: u8,
    /// Name of the head of their household is themselves, or the relation: 世帯主, 妻, 夫, 子, 母 …
    pub relation_to_head: String,
    /// Members of the household.
    pub household_members: u8,
    /// Since when they live in their municipality.
    pub resident_since: Date,
    /// Grade of the 身体障害者手帳, 1 to 6.
    pub disability_grade: Option<u8>,
    /// 要介護度, 1 to 5.
    pub care_level: Option<u8>,
    /// Owns house and land there.
    pub owns_home: bool,
    /// On sick leave, paid by the health insurance since this day.
    pub on_sick_leave_since: Option<Date>,
    /// Holds a scholarship since this day.
    pub scholarship_since: Option<Date>,
}

/// What a person lives from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occupation {
    /// 会社員
    Employee,
    /// 自営業
    SelfEmployed,
    /// 求職中, with employment insurance
    JobSeeker,
    /// 年金生活
    Pensioner,
    /// 学生
    Student,
    /// Supported by another member of the household.
    Dependant,
    /// A child below school-leaving age.
    Child,
}

impl Facts {
    /// What an institution that keeps this kind holds about the person on `today`; empty if nothing.
    pub(super) fn held(&self, kind: &KindSpec, four_info: &FourInfo, today: Date) -> Vec<HoldingRecord> {
        let born_on = four_info.birth_date().date();
        let records = match kind.name {
            "income" => self.income(today),
            "pension-coverage" => self.pension_coverage(born_on, today),
            "pension-benefit" => self.pension_benefit(born_on, today),
            "insurance-coverage" => self.insurance_coverage(today),
            "injury-allowance" => self.injury_allowance(today),
            "employment-benefit" => self.employment_benefit(today),
            "scholarship" => self.scholarship(),
            _ => self.municipal(kind.name, four_info, today),
        };
        records.unwrap_or_default()
    }

    /// 総所得金額: earnings less the deduction for employment or for public pensions.
    fn total_income_jpy(&self, earnings_are_pension: bool) -> u64 {
        let earnings = self.annual_earnings_jpy;
        let deduction = if earnings_are_pension {
            1_100_000
        } else {
            match earnings {
                0..=1_900_000 => 650_000,
                1_900_001..=3_600_000 => earnings * 3 / 10 + 80_000,
                3_600_001..=6_600_000 => earnings / 5 + 440_000,
                6_600_001..=8_500_000 => earnings / 10 + 1_100_000,
                _ => 1_950_000,
            }
        };
        earnings.saturating_sub(deduction)
    }

    fn lives_from_pension(&self) -> bool {
        self.occupation == Occupation::Pensioner
    }

    /// 基礎控除 and one deduction a dependant, after social insurance.
    fn taxable_jpy(&self, basic_jpy: u64, dependant_jpy: u64) -> u64 {
        self.total_income_jpy(self.lives_from_pension())
            .saturating_sub(self.social_insurance_jpy())
            .saturating_sub(basic_jpy + dependant_jpy * u64::from(self.dependants))
            / 1000
            * 1000
    }

    fn social_insurance_jpy(&self) -> u64 {
        self.annual_earnings_jpy * 148 / 1000
    }

    fn income(&self, today: Date) -> Option<Vec<HoldingRecord>> {
        if self.annual_earnings_jpy == 0 {
            return None;
        }
        let taxable = self.taxable_jpy(480_000, 380_000);
        let tax = match taxable {
            0..=1_949_000 => taxable * 5 / 100,
            1_950_000..=3_299_000 => taxable / 10 - 97_500,
            3_300_000..=6_949_000 => taxable / 5 - 427_500,
            _ => (taxable * 23 / 100).saturating_sub(636_000),
        };
        Some(vec![record(
            Some((today.year() - 1).to_string()),
            [
                self.total_income_jpy(self.lives_from_pension()).to_string(),
                match self.occupation {
                    Occupation::Employee | Occupation::JobSeeker | Occupation::Student => self.annual_earnings_jpy,
                    _ => 0,
                }
                .to_string(),
                self.social_insurance_jpy().to_string(),
                self.dependants.to_string(),
                tax.to_string(),
            ],
        )])
    }
}

fn record<const N: usize>(period: Option<String>, values: [String; N]) -> HoldingRecord {
    HoldingRecord { period, values: values.into() }
}

/// Full years between two days (年齢).
fn years(from: Date, to: Date) -> i16 {
    let birthday_to_come = (to.month(), to.day()) < (from.month(), from.day());
    to.year() - from.year() - i16::from(birthday_to_come)
}

/// The same day so many years later; 29 February becomes the 28th.
fn plus_years(day: Date, years: i16) -> Date {
    day.checked_add(jiff::Span::new().years(i64::from(years))).unwrap_or(Date::MAX)
}

fn plus_days(day: Date, days: i32) -> Date {
    day.checked_add(jiff::Span::new().days(i64::from(days))).unwrap_or(Date::MAX)
}

/// Months between two days, none if `to` is earlier.
fn months(from: Date, to: Date) -> u64 {
    let all = i64::from(to.year() - from.year()) * 12 + i64::from(to.month() - from.month());
    u64::try_from(all).unwrap_or_default()
}

#[cfg(test)]
mod tests;

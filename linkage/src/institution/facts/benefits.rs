//! What pension, health insurance, employment insurance and scholarship bodies hold.

use jiff::civil::Date;

use super::{Facts, HoldingRecord, Occupation, months, plus_days, plus_years, record, years};

impl Facts {
    /// From the twentieth birthday on, everybody is covered.
    pub(super) fn pension_coverage(&self, born_on: Date, today: Date) -> Option<Vec<HoldingRecord>> {
        let age = years(born_on, today);
        if age < 20 {
            return None;
        }
        let since = plus_years(born_on, 20);
        let until = today.min(plus_years(born_on, 60));
        let exempted = match self.occupation {
            Occupation::Student => months(since, until).min(24),
            _ if self.annual_earnings_jpy < 900_000 && age < 60 => 12,
            _ => 0,
        };
        let category = match self.occupation {
            _ if age >= 60 => "被保険者期間満了",
            Occupation::Employee => "第2号被保険者",
            Occupation::Dependant => "第3号被保険者",
            _ => "第1号被保険者",
        };
        Some(vec![record(
            None,
            [
                category.to_owned(),
                since.to_string(),
                months(since, until).saturating_sub(exempted).to_string(),
                exempted.to_string(),
            ],
        )])
    }

    pub(super) fn pension_benefit(&self, born_on: Date, today: Date) -> Option<Vec<HoldingRecord>> {
        let (kind, since) = if years(born_on, today) >= 65 {
            ("老齢基礎年金・厚生年金", plus_years(born_on, 65))
        } else if matches!(self.disability_grade, Some(1..=2)) {
            ("障害基礎年金", plus_years(born_on, 20).min(today))
        } else {
            return None;
        };
        let amount = if self.lives_from_pension() { self.annual_earnings_jpy } else { 816_000 };
        Some(vec![record(
            Some(today.year().to_string()),
            [kind.to_owned(), amount.to_string(), since.to_string(), "支給中".to_owned()],
        )])
    }

    /// Employees and those they support are in the health insurance of 協会けんぽ.
    pub(super) fn insurance_coverage(&self, today: Date) -> Option<Vec<HoldingRecord>> {
        let status = match self.occupation {
            Occupation::Employee => "被保険者",
            Occupation::Dependant | Occupation::Child => "被扶養者",
            _ => return None,
        };
        let remuneration =
            if self.occupation == Occupation::Employee { self.annual_earnings_jpy / 12 / 10_000 * 10_000 } else { 0 };
        let since = plus_years(today, -3).max(self.resident_since);
        Some(vec![record(
            None,
            ["全国健康保険協会".to_owned(), status.to_owned(), since.to_string(), remuneration.to_string()],
        )])
    }

    /// 傷病手当金: two thirds of the daily remuneration.
    pub(super) fn injury_allowance(&self, today: Date) -> Option<Vec<HoldingRecord>> {
        let since = self.on_sick_leave_since?;
        let days = since.duration_until(today).as_hours() / 24;
        Some(vec![record(
            None,
            [
                (self.annual_earnings_jpy / 360 * 2 / 3).to_string(),
                days.clamp(0, 540).to_string(),
                since.to_string(),
                today.max(since).to_string(),
            ],
        )])
    }

    pub(super) fn employment_benefit(&self, today: Date) -> Option<Vec<HoldingRecord>> {
        if self.occupation != Occupation::JobSeeker {
            return None;
        }
        let since = plus_days(today, -40);
        Some(vec![record(
            None,
            [
                since.to_string(),
                "120".to_owned(),
                "80".to_owned(),
                (self.annual_earnings_jpy / 360 * 6 / 10).to_string(),
            ],
        )])
    }

    pub(super) fn scholarship(&self) -> Option<Vec<HoldingRecord>> {
        let since = self.scholarship_since?;
        Some(vec![record(
            None,
            [
                "第二種奨学金".to_owned(),
                "50000".to_owned(),
                since.to_string(),
                plus_days(plus_years(since, 4), -1).to_string(),
                "1200000".to_owned(),
            ],
        )])
    }
}

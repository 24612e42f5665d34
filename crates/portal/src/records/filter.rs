//! What the person wants to see, read once from the query string.

use domain::{InfoKind, OrgCode, Outcome};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Which records. Days are Japan's; `page` counts from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordsFilter {
    /// Not before this day.
    pub from: Option<Date>,
    /// Not after this day.
    pub until: Option<Date>,
    /// As requester or provider.
    pub institution: Option<OrgCode>,
    /// Kind of information.
    pub info_kind: Option<InfoKind>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Show only the person's own views; else they are left out.
    pub own_views: bool,
    /// From 1.
    pub page: u32,
}

/// The query string cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// A field that the page does not have.
    #[error("unknown filter field")]
    UnknownField,
    /// A field with a value that it cannot have.
    #[error("filter field {field} cannot be read")]
    Value {
        /// Which
        field: &'static str,
    },
    /// `from` is after `until`.
    #[error("the period ends before it begins")]
    Period,
}

impl Default for RecordsFilter {
    fn default() -> Self {
        Self { from: None, until: None, institution: None, info_kind: None, outcome: None, own_views: false, page: 1 }
    }
}

impl RecordsFilter {
    /// Reads `from`, `until`, `institution`, `kind`, `outcome`, `own`, `page`; empty values count as absent, `lang` and
    /// `years` are the page's own.
    pub fn parse(query: &str) -> Result<Self, FilterError> {
        let mut filter = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            filter.take(&name, value.trim())?;
        }
        match (filter.from, filter.until) {
            (Some(from), Some(until)) if from > until => Err(FilterError::Period),
            _ => Ok(filter),
        }
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), FilterError> {
        if value.is_empty() {
            return if FIELDS.contains(&name) { Ok(()) } else { Err(FilterError::UnknownField) };
        }
        let bad = |field| FilterError::Value { field };
        match name {
            "from" => self.from = Some(day(value).ok_or(bad("from"))?),
            "until" => self.until = Some(day(value).ok_or(bad("until"))?),
            "institution" => self.institution = Some(value.parse().map_err(|_| bad("institution"))?),
            "kind" => self.info_kind = Some(value.parse().map_err(|_| bad("kind"))?),
            "outcome" => {
                let outcome = Outcome::ALL.into_iter().find(|o| o.name() == value);
                self.outcome = Some(outcome.ok_or(bad("outcome"))?);
            }
            "own" => match value {
                "1" => self.own_views = true,
                _ => return Err(bad("own")),
            },
            "page" => self.page = value.parse().ok().filter(|p| (1..=100_000).contains(p)).ok_or(bad("page"))?,
            "lang" | "years" => {}
            _ => return Err(FilterError::UnknownField),
        }
        Ok(())
    }

    /// The query string of another page of the same filter, without a leading `?`.
    pub fn to_query(&self, page: u32) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(from) = self.from {
            query.append_pair("from", &from.to_string());
        }
        if let Some(until) = self.until {
            query.append_pair("until", &until.to_string());
        }
        if let Some(institution) = &self.institution {
            query.append_pair("institution", institution.as_str());
        }
        if let Some(kind) = &self.info_kind {
            query.append_pair("kind", kind.as_str());
        }
        if let Some(outcome) = self.outcome {
            query.append_pair("outcome", outcome.name());
        }
        if self.own_views {
            query.append_pair("own", "1");
        }
        if page != 1 {
            query.append_pair("page", &page.to_string());
        }
        query.finish()
    }

    pub(super) fn accessed_from(&self) -> Option<Timestamp> {
        self.from.and_then(begin_of_day)
    }

    pub(super) fn accessed_before(&self) -> Option<Timestamp> {
        self.until.and_then(|day| day.tomorrow().ok()).and_then(begin_of_day)
    }
}

const FIELDS: [&str; 9] = ["from", "until", "institution", "kind", "outcome", "own", "page", "lang", "years"];

fn day(value: &str) -> Option<Date> {
    value.parse::<Date>().ok().filter(|day| day.to_string() == value && (1900..=2200).contains(&day.year()))
}

/// Japan has had UTC+9 without daylight saving time as long as there are records.
fn begin_of_day(day: Date) -> Option<Timestamp> {
    let japan = TimeZone::fixed(jiff::tz::offset(9));
    day.to_zoned(japan).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_empty_form_is_no_filter() {
        let query = "from=&until=&institution=&kind=&outcome=&page=";
        assert_eq!(RecordsFilter::parse(query), Ok(RecordsFilter::default()));
    }

    #[test]
    fn a_period_holds_whole_days_of_japan() {
        let filter = RecordsFilter::parse("from=2026-11-03&until=2026-11-03").unwrap();
        assert_eq!(filter.accessed_from(), Some("2026-11-02T15:00:00Z".parse().unwrap()));
        assert_eq!(filter.accessed_before(), Some("2026-11-03T15:00:00Z".parse().unwrap()));
    }

    #[test]
    fn what_the_page_does_not_have_is_refused_by_name() {
        assert_eq!(RecordsFilter::parse("user=1"), Err(FilterError::UnknownField));
        assert_eq!(RecordsFilter::parse("from=2026-02-30"), Err(FilterError::Value { field: "from" }));
        assert_eq!(RecordsFilter::parse("outcome=lost"), Err(FilterError::Value { field: "outcome" }));
        assert_eq!(RecordsFilter::parse("page=0"), Err(FilterError::Value { field: "page" }));
        assert_eq!(RecordsFilter::parse("from=2026-02-02&until=2026-02-01"), Err(FilterError::Period));
    }

    proptest! {
        #[test]
        fn any_query_is_read_or_refused(query in ".{0,200}") {
            drop(RecordsFilter::parse(&query));
        }

        #[test]
        fn a_filter_reads_back_what_it_wrote(page in 1u32..1000, own in any::<bool>(), outcome in 0usize..5) {
            let filter = RecordsFilter {
                from: Some("2026-01-05".parse().unwrap()),
                institution: Some("141003".parse().unwrap()),
                outcome: Outcome::ALL.get(outcome).copied(),
                own_views: own,
                page,
                ..RecordsFilter::default()
            };
            prop_assert_eq!(RecordsFilter::parse(&filter.to_query(page)), Ok(filter));
        }
    }
}

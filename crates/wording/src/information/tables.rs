//! Fields, put into tables by period and into records within them.

use std::{
    cmp::Ordering,
    collections::{HashMap, HashSet},
};

use domain::{InformationField, Period};

use super::{InformationRecord, InformationRow, InformationTable, Known, Teller, period, value, version_1};
use crate::{Words, Years, key};

/// What holds for one period, in the order in which it came.
struct Group<'f> {
    period: Option<Period>,
    fields: Vec<&'f InformationField>,
}

/// Fields without words, each with its number in the answer.
type Numbers<'f> = HashMap<&'f str, usize>;

impl Teller<'_> {
    pub(super) fn tables(&self, fields: &[InformationField]) -> Vec<InformationTable> {
        let numbers = self.numbers(fields);
        groups(fields).into_iter().map(|group| self.table(&group, &numbers)).collect()
    }

    fn table(&self, group: &Group<'_>, numbers: &Numbers<'_>) -> InformationTable {
        let year = match self.known {
            Known::Version1(_) => version_1::year(self.kind),
            Known::NotKind | Known::NotVersion => version_1::YearKind::Unsaid,
        };
        let period = group.period.as_ref().map(|period| period::told(self.locale, self.years, period, year));
        let records = records(&group.fields);
        let several = records.len() > 1;
        let records = records.into_iter().zip(1usize..).map(|(fields, number)| InformationRecord {
            caption: several
                .then(|| Words::of(self.locale).format(key::INFORMATION_RECORD, &[("number", number.into())])),
            rows: fields.iter().map(|field| self.row(field, numbers)).collect(),
        });
        InformationTable { caption: self.caption_of(period.as_deref()), records: records.collect(), period }
    }

    fn caption_of(&self, period: Option<&str>) -> String {
        let Some(period) = period else {
            return self.caption();
        };
        // Era years bring their own brackets.
        let pattern = match self.years {
            Years::Western => key::INFORMATION_CAPTION,
            Years::WithEra => key::INFORMATION_CAPTION_ERA,
        };
        Words::of(self.locale).format(pattern, &[("kind", self.caption().into()), ("period", period.into())])
    }

    fn row(&self, field: &InformationField, numbers: &Numbers<'_>) -> InformationRow {
        let words = match self.known {
            Known::Version1(kind) => kind.field(&field.name),
            Known::NotKind | Known::NotVersion => None,
        };
        let (label, value, help) = match words {
            Some(words) => {
                let form = version_1::form(self.kind, &field.name);
                let value = value::known(self.locale, self.years, field, words, form);
                (words.label.to_owned(), value, words.help.to_owned())
            }
            None => self.without_words(field, numbers),
        };
        let unit = field.unit.as_deref().map(|unit| value::unit_name(self.locale, unit));
        InformationRow { field: field.clone(), label, value, help, unit }
    }

    fn without_words(&self, field: &InformationField, numbers: &Numbers<'_>) -> (String, String, String) {
        let (label, help) = match self.known {
            Known::Version1(_) | Known::NotKind => {
                (key::INFORMATION_UNKNOWN_FIELD, key::INFORMATION_UNKNOWN_FIELD_HELP)
            }
            Known::NotVersion => (key::INFORMATION_NEWER_FIELD, key::INFORMATION_NEWER_FIELD_HELP),
        };
        let words = Words::of(self.locale);
        let number = numbers.get(field.name.as_str()).copied().unwrap_or_default();
        let label = words.format(label, &[("number", number.into())]);
        (label, value::as_it_came(self.locale, field), words.text(help))
    }

    fn numbers<'f>(&self, fields: &'f [InformationField]) -> Numbers<'f> {
        let mut numbers = Numbers::new();
        for field in fields {
            let worded = matches!(self.known, Known::Version1(kind) if kind.field(&field.name).is_some());
            let next = numbers.len() + 1;
            if !worded {
                numbers.entry(field.name.as_str()).or_insert(next);
            }
        }
        numbers
    }
}

/// What stands for no period comes first: it holds now.
fn groups(fields: &[InformationField]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut places: HashMap<Option<&str>, usize> = HashMap::new();
    for field in fields {
        let place = *places.entry(field.period.as_deref()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.fields.push(field),
            None => groups.push(Group { period: field.period.as_deref().map(Period::parse), fields: vec![field] }),
        }
    }
    groups.sort_by(|one, other| match (&one.period, &other.period) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(one), Some(other)) => one.newest_first(other),
    });
    groups
}

/// A field that comes again begins the next record: institutions send record after record, each in the same order.
fn records<'f>(fields: &[&'f InformationField]) -> Vec<Vec<&'f InformationField>> {
    let mut records: Vec<Vec<&InformationField>> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    for &field in fields {
        if !seen.insert(&field.name) {
            seen = HashSet::from([field.name.as_str()]);
            records.push(vec![field]);
        } else if let Some(record) = records.last_mut() {
            record.push(field);
        } else {
            records.push(vec![field]);
        }
    }
    records
}

//! Whom an institution writes to: its own system resolves who is meant to its own link codes (P-PSH-2). Names and numbers
//! stay here.

use domain::LinkCode;
use jiff::civil::Date;

use super::{Institution, corrupt, internal_id::InternalId};

/// Who is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Segment {
    /// Born on that day or later.
    pub born_from: Option<Date>,
    /// Born on that day or earlier.
    pub born_until: Option<Date>,
}

/// Somebody whom the institution can write to.
#[derive(Clone)]
pub struct Recipient {
    /// The institution's own number.
    pub person: InternalId,
    /// What it addresses them by.
    pub link_code: LinkCode,
}

impl Institution {
    /// Everybody in a segment who has a code here, in the order of their first day.
    pub async fn recipients(&self, segment: &Segment) -> Result<Vec<Recipient>, db::DbError> {
        let mut read = self.pool.read().await?;
        let rows: Vec<(String, Vec<u8>)> = sqlx::query_as(
            "SELECT p.internal_id, c.link_code
            FROM persons p
            JOIN codes c ON c.internal_id = p.internal_id AND c.replaced_at IS NULL
            WHERE ($1 IS NULL OR p.birth_date >= $1) AND ($2 IS NULL OR p.birth_date <= $2)
            ORDER BY p.seq",
        )
        .bind(segment.born_from.map(|day| day.to_string()))
        .bind(segment.born_until.map(|day| day.to_string()))
        .fetch_all(&mut *read)
        .await?;
        rows.into_iter()
            .map(|(person, code)| {
                let link_code = LinkCode::try_from(code.as_slice()).map_err(|_| corrupt("codes", "link_code"))?;
                Ok(Recipient { person: InternalId::stored(person), link_code })
            })
            .collect()
    }
}

//! The ID table (S4 L433): who has which code at which organisation.
//!
//! The only place that knows that two codes are one person. Nothing here is reached before the whitelist has
//! allowed a request (B-MED-1). `unlinked_at`: an unlinked code behaves as never issued (B-TBL-4), but still finds
//! the records that were made under it (B-TBL-2).

use domain::{KeyIndex, LinkCode, OrgCode};
use jiff::Timestamp;
use rand_core::CryptoRng;
use sqlx::SqliteConnection;

use super::id_code::IdCode;
use crate::party::json_list;

/// The person's row, created on first sight of their resident index.
pub(super) async fn person(
    tx: &mut SqliteConnection,
    resident_index: &[u8; 32],
    fresh: IdCode,
) -> Result<IdCode, sqlx::Error> {
    sqlx::query(
        "INSERT INTO id_records (id_code, resident_index)
        VALUES ($1, $2)
        ON CONFLICT (resident_index) DO NOTHING",
    )
    .bind(fresh.as_bytes())
    .bind(&resident_index[..])
    .execute(&mut *tx)
    .await?;
    let id_code: Vec<u8> = sqlx::query_scalar(
        "SELECT id_code
        FROM id_records
        WHERE resident_index = $1",
    )
    .bind(&resident_index[..])
    .fetch_one(&mut *tx)
    .await?;
    IdCode::try_from(id_code.as_slice()).map_err(|e| sqlx::Error::Decode(e.into()))
}

/// As [`person`] for many, in the order given.
pub(super) async fn people(
    tx: &mut SqliteConnection,
    resident_indices: &[[u8; 32]],
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<Vec<IdCode>, sqlx::Error> {
    let rows = resident_indices.iter().map(|index| (hex::encode(IdCode::generate(rng).as_bytes()), hex::encode(index)));
    let rows = json_list(rows)?;
    sqlx::query(
        "INSERT INTO id_records (id_code, resident_index)
        SELECT unhex(value ->> 0), unhex(value ->> 1)
        FROM json_each($1)
        WHERE true
        ON CONFLICT (resident_index) DO NOTHING",
    )
    .bind(&rows)
    .execute(&mut *tx)
    .await?;
    let id_codes: Vec<Vec<u8>> = sqlx::query_scalar(
        "SELECT id_code
        FROM json_each($1) wanted
        CROSS JOIN id_records ON resident_index = unhex(wanted.value ->> 1)
        ORDER BY wanted.key",
    )
    .bind(&rows)
    .fetch_all(&mut *tx)
    .await?;
    let read = |bytes: Vec<u8>| IdCode::try_from(bytes.as_slice()).map_err(|e| sqlx::Error::Decode(e.into()));
    id_codes.into_iter().map(read).collect()
}

/// As [`link`], then [`received`], for many people of one organisation.
pub(super) async fn link_received(
    tx: &mut SqliteConnection,
    org: &OrgCode,
    codes: &[(IdCode, LinkCode)],
    key_index: KeyIndex,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    let rows = json_list(codes.iter().map(|(id, link)| (hex::encode(id.as_bytes()), hex::encode(link.as_bytes()))))?;
    for statement in [
        "INSERT INTO links (org, link_code, id_code, key_index, linked_at)
        SELECT $1, unhex(value ->> 1), unhex(value ->> 0), $3, $4
        FROM json_each($2)
        WHERE true
        ON CONFLICT DO NOTHING",
        "UPDATE links
        SET received_at = $4
        WHERE org = $1
            AND received_at IS NULL
            AND key_index = $3
            AND link_code IN (SELECT unhex(value ->> 1) FROM json_each($2))",
        "UPDATE links
        SET unlinked_at = $4
        WHERE org = $1
            AND unlinked_at IS NULL
            AND key_index < $3
            AND id_code IN (SELECT unhex(value ->> 0) FROM json_each($2))",
    ] {
        sqlx::query(statement)
            .bind(org.as_str())
            .bind(&rows)
            .bind(key_index.0)
            .bind(now.as_microsecond())
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

/// Writes the person's code at an organisation. A code that is there stays as it is.
pub(super) async fn link(
    tx: &mut SqliteConnection,
    org: &OrgCode,
    id_code: &IdCode,
    link_code: &LinkCode,
    key_index: KeyIndex,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO links (org, link_code, id_code, key_index, linked_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT DO NOTHING",
    )
    .bind(org.as_str())
    .bind(&link_code.as_bytes()[..])
    .bind(id_code.as_bytes())
    .bind(key_index.0)
    .bind(now.as_microsecond())
    .execute(tx)
    .await?;
    Ok(())
}

/// The organisation holds the code now: its older codes of the same person leave use.
pub(super) async fn received(
    tx: &mut SqliteConnection,
    org: &OrgCode,
    link_code: &LinkCode,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE links
        SET received_at = $3
        WHERE org = $1 AND link_code = $2 AND received_at IS NULL",
    )
    .bind(org.as_str())
    .bind(&link_code.as_bytes()[..])
    .bind(now.as_microsecond())
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "UPDATE links
        SET unlinked_at = $3
        WHERE org = $1
            AND unlinked_at IS NULL
            AND id_code = (SELECT id_code FROM links WHERE org = $1 AND link_code = $2)
            AND key_index < (SELECT key_index FROM links WHERE org = $1 AND link_code = $2)",
    )
    .bind(org.as_str())
    .bind(&link_code.as_bytes()[..])
    .bind(now.as_microsecond())
    .execute(&mut *tx)
    .await?;
    Ok(())
}

/// Step ② of the conversion: does this person's row contain this code, in use (B-TBL-1)?
pub(super) async fn confirms(
    read: &mut SqliteConnection,
    org: &OrgCode,
    link_code: &LinkCode,
    id_code: &IdCode,
) -> Result<bool, sqlx::Error> {
    let found: Option<i64> = sqlx::query_scalar(
        "SELECT 1
        FROM links
        WHERE org = $1
            AND link_code = $2
            AND id_code = $3
            AND unlinked_at IS NULL",
    )
    .bind(org.as_str())
    .bind(&link_code.as_bytes()[..])
    .bind(id_code.as_bytes())
    .fetch_optional(read)
    .await?;
    Ok(found.is_some())
}

/// Where the person has a code that was received and is in use, in alphabetical order.
pub(super) async fn organisations(read: &mut SqliteConnection, id_code: &IdCode) -> Result<Vec<OrgCode>, sqlx::Error> {
    let codes: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT org
        FROM links
        WHERE id_code = $1
            AND unlinked_at IS NULL
            AND received_at IS NOT NULL
        ORDER BY org",
    )
    .bind(id_code.as_bytes())
    .fetch_all(read)
    .await?;
    codes.iter().map(|code| code.parse()).collect::<Result<_, _>>().map_err(|e| sqlx::Error::Decode(Box::new(e)))
}

/// A person's codes are found by the person. Left to itself the planner knows no better than to walk through all codes of
/// the organisation, which is a million rows; with the index named, a statement that cannot use it fails.
pub(super) const CODE_AT: &str = "SELECT link_code
    FROM links INDEXED BY links_by_person
    WHERE id_code = $1
        AND org = $2
        AND unlinked_at IS NULL
    ORDER BY received_at IS NULL, key_index DESC
    LIMIT 1";

/// As [`CODE_AT`], for many.
pub(super) const CODES_AT: &str = "SELECT wanted.key, (
        SELECT theirs.link_code
        FROM links theirs INDEXED BY links_by_person
        WHERE theirs.id_code = mine.id_code
            AND theirs.org = $3
            AND theirs.unlinked_at IS NULL
        ORDER BY theirs.received_at IS NULL, theirs.key_index DESC
        LIMIT 1
    )
    FROM json_each($1) wanted
    CROSS JOIN links mine ON mine.org = $2
        AND mine.link_code = unhex(wanted.value ->> 0)
        AND mine.id_code = unhex(wanted.value ->> 1)
        AND mine.unlinked_at IS NULL";

/// Step ③ of the conversion: the code under which this organisation knows the person. While a key is being rotated
/// that is the code it is known to hold.
pub(super) async fn code_at(
    read: &mut SqliteConnection,
    org: &OrgCode,
    id_code: &IdCode,
) -> Result<Option<LinkCode>, sqlx::Error> {
    let code: Option<Vec<u8>> =
        sqlx::query_scalar(CODE_AT).bind(id_code.as_bytes()).bind(org.as_str()).fetch_optional(read).await?;
    code.map(|bytes| LinkCode::try_from(bytes.as_slice())).transpose().map_err(|e| sqlx::Error::Decode(e.into()))
}

/// Steps ② and ③ for many people at once: which of these codes the table confirms, by place, and what code the other
/// organisation has of that person. A code that no key opened is confirmed by nobody.
pub(super) async fn codes_at<'a>(
    read: &mut SqliteConnection,
    org: &OrgCode,
    people: impl IntoIterator<Item = (&'a LinkCode, &'a Option<IdCode>)>,
    other: &OrgCode,
) -> Result<Vec<(usize, Option<LinkCode>)>, sqlx::Error> {
    let hex = |(code, person): (&LinkCode, &Option<IdCode>)| {
        person.as_ref().map(|person| (hex::encode(code.as_bytes()), hex::encode(person.as_bytes())))
    };
    let rows = json_list(people.into_iter().map(hex))?;
    let rows: Vec<(i64, Option<Vec<u8>>)> =
        sqlx::query_as(CODES_AT).bind(&rows).bind(org.as_str()).bind(other.as_str()).fetch_all(read).await?;
    let read = |(place, code): (i64, Option<Vec<u8>>)| {
        let place = usize::try_from(place).map_err(|e| sqlx::Error::Decode(e.into()))?;
        let code = code.map(|bytes| LinkCode::try_from(bytes.as_slice())).transpose();
        Ok((place, code.map_err(|e| sqlx::Error::Decode(e.into()))?))
    };
    rows.into_iter().map(read).collect()
}

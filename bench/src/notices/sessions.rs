//! Sessions of people who are logged in, as rows: two thousand cards cannot be read one after the other.

use domain::{FolderId, LinkCode, SecretHash};
use jiff::SignedDuration;
use rand_core::Rng as _;
use runtime::{Clock as _, SystemClock, SystemRng};
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgConnection};

use super::ground::Tables;
use crate::Failure;

const LIFE: SignedDuration = SignedDuration::from_hours(10);
const FOLDER: &str = "SELECT id FROM folder WHERE link_code = $1";
const INSERT: &str = "INSERT INTO session (
        id_hash, data, folder_id, removal_token_hash, created_at, last_seen_at, idle_ends_at, ends_at
    )
    VALUES ($1, $2, $3, NULL, $4, $4, $5, $5)";

/// A session for each of these people, before the portal starts; the `Cookie` header of each browser.
pub(super) async fn begin(tables: &Tables, people: &[LinkCode]) -> Result<Vec<String>, Failure> {
    let mut cookies = Vec::with_capacity(people.len());
    // The same statements for both drivers.
    macro_rules! begin_on {
        ($db:expr) => {{
            let mut db = $db;
            let mut tx = db.begin().await?;
            for person in people {
                let person = person.as_bytes().as_slice();
                let folder: Vec<u8> = sqlx::query_scalar(FOLDER).bind(person).fetch_one(&mut *tx).await?;
                let row = Row::of(&folder)?;
                let insert = sqlx::query(INSERT).bind(row.hash.as_bytes().as_slice()).bind(&row.data).bind(&folder);
                insert.bind(row.now_us).bind(row.ends_us).execute(&mut *tx).await?;
                cookies.push(row.cookie);
            }
            tx.commit().await?;
            db.close().await?;
        }};
    }
    if let Some(path) = tables.path() {
        begin_on!(SqliteConnectOptions::new().filename(path).connect().await?);
    } else {
        begin_on!(PgConnection::connect(&tables.url).await?);
    }
    Ok(cookies)
}

/// As the portal writes it at a login.
struct Row {
    cookie: String,
    hash: SecretHash,
    data: String,
    now_us: i64,
    ends_us: i64,
}

impl Row {
    fn of(folder: &[u8]) -> Result<Self, Failure> {
        let folder = FolderId::try_from(folder)?;
        let mut id = [0; 16];
        SystemRng.fill_bytes(&mut id);
        let now = SystemClock.now();
        let state = json!({
            "browser": SecretHash::of(&id).expose(),
            "signed_in": {
                "folder_id": folder,
                "logged_in_at": now,
                "previous_login_at": null,
                "failed_logins_since": 0,
                "certificate_ends_at": null,
                "shared_device": false,
                "viewing": folder.to_string(),
                "removal_token_hash": SecretHash::of(&id).expose(),
            },
            "flash": null,
        });
        Ok(Self {
            cookie: cookie(id),
            hash: SecretHash::of(&id),
            data: json!({ "state": state }).to_string(),
            now_us: now.as_microsecond(),
            ends_us: (now + LIFE).as_microsecond(),
        })
    }
}

/// The id as a number goes out with its least byte first, and is hashed with its greatest first.
fn cookie(mut id: [u8; 16]) -> String {
    use base64ct::{Base64UrlUnpadded, Encoding as _};
    id.reverse();
    format!("__Host-session={}", Base64UrlUnpadded::encode_string(&id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_names_the_number_whose_bytes_are_hashed() {
        assert_eq!(cookie(7_i128.to_be_bytes()), "__Host-session=BwAAAAAAAAAAAAAAAAAAAA");
    }
}

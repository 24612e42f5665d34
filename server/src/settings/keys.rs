//! Where the folders' own keys are: in a database of their own, which no backup of the portal's has.

use portal::Target;
use portal::keys::same_place;

use super::engine;

const BESIDE: &str = "keys.sqlite";

/// What is wrong with the place of the keys. Never its address, which may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyDatabaseFault {
    /// Only a file has a place beside it.
    #[error(
        "it is missing: with PostgreSQL the folders' keys need a database of their own, apart from the portal's and from \
         its backups, such as postgres://keys@other-host/keys"
    )]
    Missing,
    /// Neither `sqlite:` nor `postgres:`.
    #[error("it is neither sqlite:PATH nor postgres://…")]
    Form,
    /// Several portals on one PostgreSQL would each have keys of their own.
    #[error("the portal's database is PostgreSQL, which several portals can share: the keys need PostgreSQL as well")]
    File,
    /// The same database twice.
    #[error("it is the portal's own database: the keys must be in another one, which is not copied with it")]
    Same,
}

pub(super) fn target(portal: &Target, keys: Option<&str>) -> Result<Target, KeyDatabaseFault> {
    let keys = match (keys, portal) {
        (Some(keys), _) => engine(keys).ok_or(KeyDatabaseFault::Form)?,
        (None, Target::Sqlite(path)) => Target::Sqlite(path.with_file_name(BESIDE)),
        (None, Target::Postgres(_)) => return Err(KeyDatabaseFault::Missing),
    };
    if same_place(portal, &keys) {
        return Err(KeyDatabaseFault::Same);
    }
    match (portal, &keys) {
        (Target::Postgres(_), Target::Sqlite(_)) => Err(KeyDatabaseFault::File),
        _ => Ok(keys),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(portal: &str, keys: Option<&str>) -> Result<Target, KeyDatabaseFault> {
        target(&engine(portal).unwrap(), keys)
    }

    #[test]
    fn keys_are_beside_a_file_unless_another_place_is_named() {
        assert_eq!(of("sqlite:data/portal.sqlite", None), Ok(Target::Sqlite("data/keys.sqlite".into())));
        assert_eq!(of("sqlite:a.sqlite", Some("sqlite:/k/b.sqlite")), Ok(Target::Sqlite("/k/b.sqlite".into())));
        let postgres = "postgres://keys@other/keys";
        assert_eq!(of("postgres://p@db/portal", Some(postgres)), Ok(Target::Postgres(postgres.to_owned())));
    }

    #[test]
    fn keys_are_never_in_the_portals_own_database() {
        assert_eq!(of("sqlite:keys.sqlite", None), Err(KeyDatabaseFault::Same));
        assert_eq!(of("sqlite:data/p.sqlite", Some("sqlite:data/./p.sqlite")), Err(KeyDatabaseFault::Same));
        assert_eq!(of("postgres://p:s@db/portal", Some("postgres://k@db:5432/portal")), Err(KeyDatabaseFault::Same));
    }

    #[test]
    fn postgresql_needs_a_place_said_that_several_portals_reach() {
        assert_eq!(of("postgres://p@db/portal", None), Err(KeyDatabaseFault::Missing));
        assert_eq!(of("postgres://p@db/portal", Some("sqlite:keys.sqlite")), Err(KeyDatabaseFault::File));
        assert_eq!(of("postgres://p@db/portal", Some("mysql://db/keys")), Err(KeyDatabaseFault::Form));
    }
}

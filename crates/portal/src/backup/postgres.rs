//! PostgreSQL's own means, as lines for a shell.

use std::path::Path;

use store::backup::NEVER_COPIED;

const DUMP: &str = "portal.dump";

/// Copies a database into a directory, without what no copy may have. The password of the URL is left out: `pg_dump`
/// takes it from `~/.pgpass` or `PGPASSWORD`.
pub fn dump_line(url: &str, into: &Path) -> String {
    let without = NEVER_COPIED.map(|table| format!(" --exclude-table-data={table}")).concat();
    format!("pg_dump --format=custom --no-owner{without} --file={} --dbname={}", dump(into), quoted(&shown(url)))
}

/// Puts it into a database that is empty. What becomes of the log: `docs/backup.md`.
pub fn restore_line(url: &str, from: &Path) -> String {
    format!("pg_restore --no-owner --exit-on-error --dbname={} {}", quoted(&shown(url)), dump(from))
}

fn dump(folder: &Path) -> String {
    quoted(&folder.join(DUMP).display().to_string())
}

/// One word of a shell.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-:@=%+,".contains(c);
    if text.chars().all(plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

/// A URL without its password.
fn shown(url: &str) -> String {
    let (before, query) = url.split_once('?').unwrap_or((url, ""));
    let (scheme, rest) = before.split_once("://").unwrap_or(("", before));
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let authority = match authority.rsplit_once('@') {
        Some((user, host)) => format!("{}@{host}", user.split(':').next().unwrap_or_default()),
        None => authority.to_owned(),
    };
    let options: Vec<&str> =
        query.split('&').filter(|option| !option.is_empty() && !option.starts_with("password=")).collect();
    let query = if options.is_empty() { String::new() } else { format!("?{}", options.join("&")) };
    format!("{scheme}://{authority}{path}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_names_every_table_that_no_copy_has() {
        let line = dump_line("postgres://localhost/portal", Path::new("/backup/of today"));
        for table in NEVER_COPIED {
            assert!(line.contains(&format!(" --exclude-table-data={table} ")), "{line}");
        }
        assert!(line.contains("--file='/backup/of today/portal.dump'"), "{line}");
    }

    #[test]
    fn the_page_for_operators_has_the_same_lines() {
        let (url, folder) = ("postgres://portal@db/portal", Path::new("DIR"));
        let page = include_str!("../../../../docs/backup.md");
        for line in [dump_line(url, folder), restore_line(url, folder)] {
            assert!(page.lines().any(|shown| shown == line), "{line}");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        for (url, safe) in [
            ("postgres://portal:s3cret@db:5432/portal", "postgres://portal@db:5432/portal"),
            ("postgres://portal:s3:c@ret@db/portal?sslmode=require", "postgres://portal@db/portal?sslmode=require"),
            ("postgres://db/portal?host=/run/pg&password=s3cret", "postgres://db/portal?host=/run/pg"),
            ("postgresql://db/portal", "postgresql://db/portal"),
        ] {
            assert_eq!(shown(url), safe);
        }
    }
}

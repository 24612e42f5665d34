//! Where to report a weakness: `security.txt` (RFC 9116) from the settings, and the policy as the source has it.

use axum::extract::State;
use axum::routing::get;
use http::Method;
use http::header::CONTENT_TYPE;
use jiff::{SignedDuration, Timestamp};

use super::{Access, RouteLimits, Table};
use crate::settings::Settings;
use crate::state::AppState;

/// RFC 9116.
pub(super) const PATH: &str = "/.well-known/security.txt";
const POLICY_PATH: &str = "/.well-known/security-policy";
const POLICY: &str = include_str!("../../../SECURITY.md");
/// RFC 9116 recommends less than a year.
const HOLDS: SignedDuration = SignedDuration::from_hours(24 * 180);

pub(super) fn table() -> Table {
    let settled = async |State(state): State<AppState>| {
        ([(CONTENT_TYPE, "text/plain; charset=utf-8")], text(&state.settings, state.clock.now()))
    };
    let policy = async || ([(CONTENT_TYPE, "text/markdown; charset=utf-8")], POLICY);
    let file = |table: Table, path, handler| table.enter(Method::GET, path, Access::File, RouteLimits::PAGE, handler);
    file(file(Table::default(), PATH, get(settled)), POLICY_PATH, get(policy))
}

/// Without a contact of its own the portal says so, and sends to the policy, which says how to reach the maintainers.
fn text(settings: &Settings, now: Timestamp) -> String {
    let origin = &settings.origin;
    let policy = format!("{origin}{POLICY_PATH}");
    let (note, contact) = match &settings.security_contact {
        Some(contact) => ("", contact.as_str()),
        None => (
            "# Nobody has set a contact for this portal (setting security_contact).\n\
             # For weaknesses of the program itself, the policy says how to reach its maintainers.\n",
            policy.as_str(),
        ),
    };
    let expires = (now + HOLDS).strftime("%Y-%m-%dT00:00:00Z");
    format!(
        "{note}Contact: {contact}\nExpires: {expires}\nPreferred-Languages: ja, en\nCanonical: {origin}{PATH}\n\
         Policy: {policy}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(contact: Option<&str>) -> String {
        let settings = Settings {
            origin: "https://portal.example".to_owned(),
            security_contact: contact.map(|contact| contact.to_owned().try_into().unwrap()),
            ..Settings::default()
        };
        text(&settings, "2026-11-03T05:05:00Z".parse().unwrap())
    }

    #[test]
    fn the_contact_is_the_one_of_the_settings() {
        assert_eq!(
            of(Some("mailto:security@portal.example")),
            "Contact: mailto:security@portal.example\n\
             Expires: 2027-05-02T00:00:00Z\n\
             Preferred-Languages: ja, en\n\
             Canonical: https://portal.example/.well-known/security.txt\n\
             Policy: https://portal.example/.well-known/security-policy\n"
        );
    }

    #[test]
    fn without_a_contact_it_says_so_and_leads_to_the_policy() {
        let text = of(None);
        assert!(text.starts_with("# Nobody has set a contact for this portal"), "{text}");
        assert!(text.contains("\nContact: https://portal.example/.well-known/security-policy\n"), "{text}");
        assert!(POLICY.contains("## Reporting"));
    }
}

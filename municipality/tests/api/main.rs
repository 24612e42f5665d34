//! The API, over real TLS with real certificates: registered by the program's own command, and asked as a system asks it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests, helpers included")]

mod attachments;
mod bulk;
#[path = "../../examples/typed_client/client.rs"]
#[expect(dead_code, reason = "a client that others copy has more than the tests use")]
mod client;
mod document;
mod harness;
mod limits;
mod matrix;
mod notices;
mod returns;
mod templates;
mod tokens;

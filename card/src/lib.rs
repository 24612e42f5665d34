//! The citizen's side: the IC card simulator, and the card reader program.
//!
//! The reader is a small local program with pages of its own. The portal's page posts an [`wire::reader::Ask`] to it;
//! the person enters the PIN on the reader's page; the reader's page posts the [`wire::reader::Answer`] back. No PIN
//! ever passes through the portal, no private key ever leaves the chip.

mod card_file;
mod card_id;
pub mod chip;
pub mod cli;
pub mod issue;
pub mod reader;
mod secret;
pub mod testing;
mod text;

pub use card_file::{BlankCardError, CardFileError, CardFolder};
pub use card_id::{CardId, CardIdError};

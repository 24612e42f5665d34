//! Leptos components on the design system of the Digital Agency, rendered on the server, for every program that
//! shows pages.
//!
//! A component is a noun. It takes ready text, fetches nothing, and knows no domain. Everything works without
//! script; no component writes a `style` attribute, so that a strict Content-Security-Policy holds.
//!
//! Begin at [`Page`]: it is the whole document, from the doctype on. [`render`] gives its HTML outside of a Leptos
//! route, and [`STYLE`] is the stylesheet that every page links.

#![expect(unreachable_pub, reason = "the component macro makes a public inner function beside each component")]

mod banner;
mod button;
mod card;
mod chip;
mod description_list;
mod disclosure;
mod error_summary;
mod field;
mod icon;
mod markup;
mod page;
mod pager;
mod render;
mod steps;
mod style;
mod table;

pub use banner::{Banner, Kind};
pub use button::{Button, ButtonLook, ButtonSize, LinkButton};
pub use card::{Card, Cards};
pub use chip::Chip;
pub use description_list::{DescriptionList, Fact};
pub use disclosure::Disclosure;
pub use error_summary::{ErrorSummary, FieldError};
pub use field::{Checkbox, Choice, FieldText, Need, SelectField, TextArea, TextField, TextInput};
pub use icon::{KindIcon, Mark};
pub use markup::{LongList, Markup};
pub use page::{Crumb, Frame, Language, MenuLink, Page};
pub use pager::Pager;
pub use render::render;
pub use steps::{Step, StepState, Steps};
pub use style::STYLE;
pub use table::{Row, Table};

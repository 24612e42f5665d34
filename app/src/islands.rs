//! The few parts that compute in the browser. The server writes all markup and all words; an island only wakes it, and
//! every page works without. So nothing has to be parsed in the browser, and the module stays small.

pub mod alert_device;
pub mod arrival;
#[cfg(feature = "hydrate")]
mod browser;
pub mod period;
pub mod session_warning;

pub use alert_device::AlertDevice;
pub use arrival::NoticeArrival;
pub use period::Period;
pub use session_warning::SessionWarning;

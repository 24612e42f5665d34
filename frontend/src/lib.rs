//! Starts the islands in the browser. Their code is in `app`; this crate is a cdylib alone, or LTO would be dropped.

use wasm_bindgen::prelude::wasm_bindgen;

// The islands are exported by name; the page's loader calls them.
pub use app::islands;

/// Called once by the page's loader before any island.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}

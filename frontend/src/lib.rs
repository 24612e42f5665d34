//! Starts the islands in the browser.

//! How much script may travel with every page.

use crate::bundle::Assets;

/// Loader and WebAssembly together, gzip.
const SCRIPT_GZIP_BYTES_MAX: usize = 80_000;

/// One finding where the budget is broken.
pub(super) fn check(assets: &Assets) -> Vec<String> {
    let bytes = assets.script_gzip_bytes();
    if bytes <= SCRIPT_GZIP_BYTES_MAX {
        return Vec::new();
    }
    vec![format!("{bytes} B gzip of script and WebAssembly with every page; at most {SCRIPT_GZIP_BYTES_MAX} B")]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assets(wasm_gzip_bytes: usize) -> Assets {
        serde_json::from_value(serde_json::json!({
            "css": "/pkg/a.css", "js": "/pkg/a.js", "wasm": "/pkg/a_bg.wasm", "output_name": "a", "inputs": "",
            "files": [
                { "path": "/pkg/a.css", "plain_bytes": 900_000, "gzip_bytes": 90_000, "brotli_bytes": null },
                { "path": "/pkg/a.js", "plain_bytes": 9, "gzip_bytes": null, "brotli_bytes": null },
                { "path": "/pkg/a_bg.wasm", "plain_bytes": 200_000, "gzip_bytes": wasm_gzip_bytes, "brotli_bytes": 1 },
            ],
        }))
        .unwrap()
    }

    #[test]
    fn the_loader_counts_and_the_style_sheet_does_not() {
        assert!(check(&assets(79_991)).is_empty());
        assert_eq!(check(&assets(79_992)).len(), 1);
    }
}

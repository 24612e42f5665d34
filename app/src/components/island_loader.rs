//! The script that wakes the islands of a page.

use std::fmt::Write as _;

use leptos::prelude::*;

use crate::context::Here;
use crate::paths;

/// Loads the WebAssembly and hands every island to it. Where that fails on a personal page, the page still leaves at
/// the idle end.
#[component]
pub(crate) fn IslandLoader(here: Here) -> impl IntoView {
    let (assets, nonce) = (&here.context.assets, here.context.nonce.clone());
    let left_ms = here.context.session_left.map_or(0, |left| left.as_millis());
    let script = format!(
        r#"import({js}).then(async (module) => {{
  await module.default({{ module_or_path: {wasm} }});
  module.hydrate();
  for (const island of document.querySelectorAll("leptos-island")) module[island.dataset.component]?.(island);
}}).catch((error) => {{
  console.error(error);
  if ({left_ms}) setTimeout(() => location.replace({ended}), {left_ms});
}});"#,
        js = literal(&assets.js),
        wasm = literal(&assets.wasm),
        ended = literal(&ended_path(&here)),
    );
    view! {
        <link rel="modulepreload" href=assets.js.clone() nonce=nonce.clone()/>
        <script type="module" nonce=nonce>{script}</script>
    }
}

/// Where the idle end leads: says why, and knows the way back to this page.
pub(crate) fn ended_path(here: &Here) -> String {
    let path: String = here.path().chars().filter(|c| c.is_ascii_alphanumeric() || "/-".contains(*c)).collect();
    format!("{}?why=ended&return_to={path}", paths::SIGNED_OUT)
}

/// A JavaScript string inside a `<script>`: nothing in it can end the string or the element.
fn literal(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        if c.is_control() || matches!(c, '"' | '\\' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}') {
            let _ = write!(quoted, "\\u{:04x}", u32::from(c));
        } else {
            quoted.push(c);
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;
    use domain::Locale;

    #[test]
    fn the_script_carries_the_nonce_and_the_built_names() {
        let here = testing::here(Locale::Ja, "/home", true);
        let html = ui::render(|| view! { <IslandLoader here/> });
        assert!(html.contains(r#"nonce="n0nce""#), "{html}");
        assert!(html.contains(r#"import("/pkg/s.js")"#));
        assert!(html.contains(r#""/pkg/s.wasm""#));
    }

    #[test]
    fn no_text_breaks_out_of_the_script() {
        assert_eq!(literal("</script>"), r#""\u003c/script\u003e""#);
        assert_eq!(literal("a\"\\\n"), r#""a\u0022\u005c\u000a""#);
    }

    #[test]
    fn the_way_back_is_a_plain_path() {
        let here = testing::here(Locale::Ja, "/records/0a1b?lang=en", true);
        assert_eq!(ended_path(&here), "/signed-out?why=ended&return_to=/records/0a1b");
        let here = testing::here(Locale::Ja, "/records/%22%3E&x", true);
        assert_eq!(ended_path(&here), "/signed-out?why=ended&return_to=/records/223Ex");
    }
}

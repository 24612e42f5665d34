//! The style sheet: `style/*.css` in the order of their names, as one small file.

use super::files;
use crate::failure::Failure;
use lightningcss::{
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions, StyleSheet},
    targets::{Browsers, Targets},
};
use std::path::Path;

/// The oldest engines that know cascade layers; nesting and newer shorthands are lowered for them.
fn targets() -> Targets {
    let version = |major: u32, minor: u32| Some((major << 16) | (minor << 8));
    Targets::from(Browsers {
        chrome: version(99, 0),
        firefox: version(97, 0),
        safari: version(15, 4),
        ios_saf: version(15, 4),
        ..Browsers::default()
    })
}

/// Joins and minifies. Names begin with numbers, so that the order is seen in the folder.
pub(super) fn bundle(folder: &Path) -> Result<String, Failure> {
    let mut joined = String::new();
    for (name, bytes) in files::below(folder)?.into_iter().filter(|(name, _)| is_css(name)) {
        let text = String::from_utf8(bytes).map_err(|_| Failure::Said(format!("style/{name} is not UTF-8")))?;
        // Each for itself first: a mistake then names its own file and line, and cannot swallow the next file.
        parse(&text, &name)?;
        joined.push_str(&text);
        joined.push('\n');
    }
    if joined.is_empty() {
        return Err(Failure::Said(format!("{} holds no style sheet", folder.display())));
    }
    let mut sheet = parse(&joined, "all")?;
    sheet
        .minify(MinifyOptions { targets: targets(), ..MinifyOptions::default() })
        .map_err(|error| Failure::Said(format!("style: {error}")))?;
    sheet
        .to_css(PrinterOptions { minify: true, targets: targets(), ..PrinterOptions::default() })
        .map(|printed| printed.code)
        .map_err(|error| Failure::Said(format!("style: {error}")))
}

fn parse<'text>(text: &'text str, name: &str) -> Result<StyleSheet<'text>, Failure> {
    let options = ParserOptions { filename: name.to_owned(), ..ParserOptions::default() };
    StyleSheet::parse(text, options).map_err(|error| Failure::Said(format!("style/{error}")))
}

fn is_css(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "css")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn files_join_in_the_order_of_their_names_and_come_out_small() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("00-layers.css"), "@layer a, b;").unwrap();
        fs::write(folder.path().join("20-b.css"), "@layer b { p { & a { margin: 0px } } }").unwrap();
        fs::write(folder.path().join("10-a.css"), "@layer a { p { color: red; } }").unwrap();
        fs::write(folder.path().join("NOTICE"), "not css").unwrap();
        assert_eq!(bundle(folder.path()).unwrap(), "@layer a{p{color:red}}@layer b{p a{margin:0}}");
    }

    #[test]
    fn a_mistake_names_its_file_and_line() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("10-fine.css"), "a { color: red }\n").unwrap();
        fs::write(folder.path().join("20-broken.css"), "a { color: red }\n}}\n").unwrap();
        let said = bundle(folder.path()).unwrap_err().to_string();
        assert!(said.contains("20-broken.css:2:"), "{said}");
    }

    #[test]
    fn an_empty_folder_is_said() {
        let folder = tempfile::tempdir().unwrap();
        assert!(bundle(folder.path()).unwrap_err().to_string().contains("holds no style sheet"));
    }
}

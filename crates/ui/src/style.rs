/// The whole stylesheet: the files of `style/` in the order of their names. A program may serve it as it is or
/// minify it first; the order must stay.
pub const STYLE: &str = concat!(
    include_str!("../../../style/00-layers.css"),
    include_str!("../../../style/10-tokens.css"),
    include_str!("../../../style/20-theme.css"),
    include_str!("../../../style/30-base.css"),
    include_str!("../../../style/40-layout.css"),
    include_str!("../../../style/50-components.css"),
    include_str!("../../../style/60-pages.css"),
    include_str!("../../../style/80-states.css"),
    include_str!("../../../style/90-print.css"),
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stylesheet_names_its_layers_first() {
        assert!(STYLE.trim_start().starts_with("/*"));
        let layers = STYLE.find("@layer tokens, theme, base").unwrap();
        assert!(layers < STYLE.find("@layer tokens {").unwrap());
    }

    #[test]
    fn the_stylesheet_loads_nothing_from_elsewhere() {
        assert!(!STYLE.contains("url("));
        assert!(!STYLE.contains("@import"));
    }

    #[test]
    fn every_file_of_the_folder_is_in_it() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../style");
        let mut names: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|e| e == "css"))
            .collect();
        names.sort();
        let whole: String = names.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
        assert_eq!(STYLE, whole);
    }

    #[test]
    fn components_use_only_semantic_colours() {
        for layer in ["@layer components {", "@layer layout {"] {
            let from = STYLE.find(layer).unwrap();
            let to = STYLE.find("@layer states {").unwrap();
            assert!(!STYLE[from..to].contains("--color-"));
        }
    }
}

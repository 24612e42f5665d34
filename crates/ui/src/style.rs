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

    /// What is read on what: 4.5 : 1 (WCAG 2.2, 1.4.3).
    const TEXTS: [(&str, &str); 19] = [
        ("text", "ground"),
        ("text", "ground-soft"),
        ("text", "ground-raised"),
        ("text-soft", "ground"),
        ("text-soft", "ground-soft"),
        ("text-soft", "ground-raised"),
        ("link", "ground"),
        ("link", "ground-soft"),
        ("link", "accent-soft"),
        ("link-visited", "ground"),
        ("link-active", "ground"),
        ("on-accent", "accent"),
        ("on-accent", "accent-hover"),
        ("success", "success-ground"),
        ("info", "info-ground"),
        ("warning", "warning-ground"),
        ("error", "error-ground"),
        ("error", "ground-raised"),
        ("neutral", "neutral-ground"),
    ];
    /// Borders of controls, marks and focus: 3 : 1 (1.4.11).
    const SHAPES: [(&str, &str); 5] = [
        ("line-strong", "ground"),
        ("line-strong", "ground-raised"),
        ("accent", "ground"),
        ("focus-outline", "ground"),
        ("focus-outline", "ground-soft"),
    ];

    #[test]
    fn contrast_holds_in_light_and_in_dark() {
        let (light, dark) = STYLE.split_once("@media (prefers-color-scheme: dark)").unwrap();
        let dark = dark.split("@layer").next().unwrap();
        for (scheme, sheets) in [("light", vec![light]), ("dark", vec![dark, light])] {
            for (pairs, least) in [(&TEXTS[..], 4.5), (&SHAPES[..], 3.0)] {
                for (front, back) in pairs {
                    let contrast = contrast(colour(&sheets, front), colour(&sheets, back));
                    assert!(contrast >= least, "{scheme}: {front} on {back} is {contrast:.2} : 1");
                }
            }
        }
    }

    /// The value of a custom property, in the first sheet that has it; references are followed.
    fn colour(sheets: &[&str], name: &str) -> [f64; 3] {
        let begin = format!("--{name}: ");
        let value = sheets.iter().find_map(|sheet| sheet.split(&begin).nth(1)).unwrap().split(';').next().unwrap();
        match value.strip_prefix("var(--").and_then(|rest| rest.strip_suffix(')')) {
            Some(other) => colour(sheets, other),
            None => channels(value.strip_prefix('#').unwrap()),
        }
    }

    fn channels(hex: &str) -> [f64; 3] {
        let hex = if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_owned() };
        [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0)
    }

    fn luminance(colour: [f64; 3]) -> f64 {
        let [red, green, blue] =
            colour.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055_f64).powf(2.4) });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(front: [f64; 3], back: [f64; 3]) -> f64 {
        let (one, other) = (luminance(front), luminance(back));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn black_on_white_is_twenty_one_to_one() {
        assert!((contrast(channels("000"), channels("ffffff")) - 21.0).abs() < 0.01);
    }
}

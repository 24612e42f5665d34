//! Typefaces, and what they can show.

use std::{fs, path::PathBuf};

use typst::{foundations::Bytes, text::Font};

use crate::failure::Failure;

/// BIZ UDゴシック as Debian's package fonts-morisawa-bizud-gothic installs it.
pub(crate) const DEFAULT: [&str; 2] = [
    "/usr/share/fonts/truetype/bizud-gothic/BIZUDGothic-Regular.ttf",
    "/usr/share/fonts/truetype/bizud-gothic/BIZUDGothic-Bold.ttf",
];

/// Every face that was read, by family.
pub(crate) struct Fonts {
    faces: Vec<Font>,
    families: Vec<String>,
}

impl Fonts {
    /// Reads the files.
    pub(crate) fn read(paths: &[PathBuf]) -> Result<Self, Failure> {
        let mut fonts = Self { faces: Vec::new(), families: Vec::new() };
        for path in paths {
            let bytes = fs::read(path).map_err(|source| Failure::FontMissing { path: path.clone(), source })?;
            let before = fonts.faces.len();
            fonts.faces.extend(Font::iter(Bytes::new(bytes)));
            if fonts.faces.len() == before {
                return Err(Failure::Font { path: path.clone() });
            }
        }
        for face in &fonts.faces {
            if !fonts.families.contains(&face.info().family) {
                fonts.families.push(face.info().family.clone());
            }
        }
        if fonts.faces.is_empty() { Err(Failure::NoFont) } else { Ok(fonts) }
    }

    pub(crate) fn faces(&self) -> &[Font] {
        &self.faces
    }

    /// In the order in which they are asked.
    pub(crate) fn families(&self) -> &[String] {
        &self.families
    }
}

/// What families can show; the number of a family is its place in [`Fonts::families`].
pub(crate) trait Coverage {
    /// The first family whose every weight has a shape for it.
    fn of(&self, c: char) -> Option<usize>;
    /// The first family whose every weight has a shape for the character in this form.
    fn of_form(&self, c: char, selector: char) -> Option<usize>;
}

impl Coverage for Fonts {
    fn of(&self, c: char) -> Option<usize> {
        self.first_family(|face| face.info().coverage.contains(u32::from(c)))
    }

    fn of_form(&self, c: char, selector: char) -> Option<usize> {
        self.first_family(|face| {
            let parsed = ttf_parser::Face::parse(face.data(), face.index()).ok();
            parsed.is_some_and(|face| face.glyph_variation_index(c, selector).is_some())
        })
    }
}

impl Fonts {
    fn first_family(&self, shows: impl Fn(&Font) -> bool) -> Option<usize> {
        self.families
            .iter()
            .position(|family| self.faces.iter().filter(|face| face.info().family == *family).all(&shows))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn fonts() -> Fonts {
        Fonts::read(&DEFAULT.map(PathBuf::from)).unwrap()
    }

    #[test]
    fn two_weights_are_one_family() {
        let fonts = fonts();
        assert_eq!((fonts.families().to_vec(), fonts.faces().len()), (vec!["BIZ UDGothic".to_owned()], 2));
    }

    #[test]
    fn a_missing_file_is_named_with_its_package() {
        let failure = Fonts::read(&["/nowhere/font.ttf".into()]).err().unwrap().to_string();
        assert!(failure.contains("/nowhere/font.ttf") && failure.contains("fonts-morisawa-bizud-gothic"), "{failure}");
    }

    #[test]
    fn what_is_no_typeface_is_refused() {
        assert!(matches!(Fonts::read(&[file!().into()]), Err(Failure::FontMissing { .. } | Failure::Font { .. })));
        assert!(matches!(Fonts::read(&["Cargo.toml".into()]), Err(Failure::Font { .. })));
    }
}

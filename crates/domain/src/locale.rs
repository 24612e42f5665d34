//! The three languages of the product.

/// A language of the product. `JaEasy` (やさしい日本語) is a variant of Japanese: its HTML says `lang="ja"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Locale {
    /// 日本語
    #[default]
    Ja,
    /// やさしい日本語
    JaEasy,
    /// English
    En,
}

/// Not one of the three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the languages are ja, ja-easy and en")]
pub struct UnknownLocale;

impl Locale {
    /// All, in the order in which the language menu shows them.
    pub const ALL: [Self; 3] = [Self::Ja, Self::JaEasy, Self::En];

    /// The folder in `locales/`, the value in the URL and in the cookie.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::JaEasy => "ja-easy",
            Self::En => "en",
        }
    }

    /// What HTML's `lang` says.
    pub fn html_lang(self) -> &'static str {
        match self {
            Self::Ja | Self::JaEasy => "ja",
            Self::En => "en",
        }
    }
}

impl std::str::FromStr for Locale {
    type Err = UnknownLocale;
    fn from_str(text: &str) -> Result<Self, UnknownLocale> {
        Self::ALL.into_iter().find(|l| l.name() == text).ok_or(UnknownLocale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_locale_reads_back_its_name() {
        for locale in Locale::ALL {
            assert_eq!(locale.name().parse(), Ok(locale));
        }
        assert_eq!("fr".parse::<Locale>(), Err(UnknownLocale));
    }
}

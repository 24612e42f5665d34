//! One line of the table.

/// A figure as it was measured.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Figure {
    /// What was measured.
    pub(crate) name: String,
    /// Value with unit.
    pub(crate) measured: String,
    /// What was promised; empty where nothing was.
    pub(crate) target: String,
    /// Kept or not; `None` where nothing was promised or nothing measured.
    pub(crate) met: Option<bool>,
    /// How, or why not.
    pub(crate) note: String,
}

impl Figure {
    /// A figure that is to be at most `target`.
    pub(crate) fn at_most(name: &str, value: f64, target: f64, unit: &str) -> Self {
        Self::judged(name, value, target, unit, "≤", value <= target)
    }

    /// A figure that is to be at least `target`.
    pub(crate) fn at_least(name: &str, value: f64, target: f64, unit: &str) -> Self {
        Self::judged(name, value, target, unit, "≥", value >= target)
    }

    /// A figure without a promise, to understand the others.
    pub(crate) fn plain(name: &str, measured: String) -> Self {
        Self { name: name.to_owned(), measured, target: String::new(), met: None, note: String::new() }
    }

    /// Nothing was measured, and why.
    pub(crate) fn missing(name: &str, target: &str, reason: &str) -> Self {
        let measured = "not measured yet".to_owned();
        Self { name: name.to_owned(), measured, target: target.to_owned(), met: None, note: reason.to_owned() }
    }

    /// Says how it was measured or what it is made of.
    pub(crate) fn because(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    fn judged(name: &str, value: f64, target: f64, unit: &str, sign: &str, met: bool) -> Self {
        Self {
            name: name.to_owned(),
            measured: with_unit(value, unit),
            target: format!("{sign} {}", with_unit(target, unit)),
            met: Some(met),
            note: String::new(),
        }
    }
}

fn with_unit(value: f64, unit: &str) -> String {
    let digits = match value.abs() {
        v if v.fract() == 0.0 || v >= 1000.0 => 0,
        v if v >= 10.0 => 1,
        v if v >= 0.1 => 2,
        _ => 3,
    };
    format!("{value:.digits$} {unit}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_beyond_its_target_says_so() {
        assert_eq!(Figure::at_most("home", 12.5, 12.0, "×").met, Some(false));
        assert_eq!(Figure::at_least("rate", 0.3, 0.3, "×").met, Some(true));
    }

    #[test]
    fn a_number_is_written_with_as_many_digits_as_it_is_worth() {
        assert_eq!(with_unit(12.0, "×"), "12 ×");
        assert_eq!(with_unit(8.731, "×"), "8.73 ×");
        assert_eq!(with_unit(43.27, "MB"), "43.3 MB");
        assert_eq!(with_unit(0.0123, ""), "0.012");
        assert_eq!(with_unit(1234.5, "a second"), "1234 a second");
    }
}

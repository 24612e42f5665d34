//! A text with variables, taken apart once. Fluent resolves what chooses between texts; everything else is put
//! together here, because a list of records asks for hundreds of texts.

use std::collections::BTreeSet;

use fluent_syntax::ast::{Expression, InlineExpression, Pattern as Syntax, PatternElement};

use crate::Value;

/// References that lead on and on are left to Fluent.
const REFERENCES_MAX: usize = 4;

/// One text, as it is filled.
pub(crate) enum Pattern {
    /// Words and variables, one after the other.
    Simple(Vec<Piece>),
    /// Chosen by a variable, or otherwise Fluent's work; these variables stand in it.
    Chosen(Vec<String>),
}

/// A part of a text.
pub(crate) enum Piece {
    Text(String),
    Variable(String),
}

impl Pattern {
    /// `referred` gives what another key of the same language says.
    pub(crate) fn new<'b>(
        syntax: &'b Syntax<&'b str>,
        referred: &impl Fn(&str) -> Option<&'b Syntax<&'b str>>,
    ) -> Self {
        let mut pieces = Vec::new();
        if take_apart(syntax, referred, &mut pieces, REFERENCES_MAX).is_some() {
            return Self::Simple(pieces);
        }
        let mut names = BTreeSet::new();
        variables(syntax, &mut names);
        Self::Chosen(names.into_iter().collect())
    }
}

/// Puts the pieces together; None when a variable is absent.
pub(crate) fn fill<'v>(pieces: &[Piece], value: &dyn Fn(&str) -> Option<Value<'v>>) -> Option<String> {
    let mut text = String::with_capacity(pieces.len() * 32);
    for piece in pieces {
        match piece {
            Piece::Text(words) => text.push_str(words),
            Piece::Variable(name) => match value(name)? {
                Value::Text(words) => text.push_str(&words),
                Value::Number(number) => push_grouped(&mut text, &number.to_string()),
            },
        }
    }
    Some(text)
}

/// Numbers read `12,300` in every language. (Years are passed as text.)
pub(crate) fn push_grouped(text: &mut String, number: &str) {
    let digits = number.trim_start_matches('-');
    text.push_str(&number[..number.len() - digits.len()]);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
}

fn take_apart<'b>(
    syntax: &'b Syntax<&'b str>,
    referred: &impl Fn(&str) -> Option<&'b Syntax<&'b str>>,
    pieces: &mut Vec<Piece>,
    references_left: usize,
) -> Option<()> {
    for element in &syntax.elements {
        match element {
            PatternElement::TextElement { value } => push_words(pieces, value),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => match inline {
                InlineExpression::VariableReference { id } => pieces.push(Piece::Variable(id.name.to_owned())),
                InlineExpression::MessageReference { id, attribute: None } => {
                    take_apart(referred(id.name)?, referred, pieces, references_left.checked_sub(1)?)?;
                }
                _ => return None,
            },
            PatternElement::Placeable { .. } => return None,
        }
    }
    Some(())
}

fn push_words(pieces: &mut Vec<Piece>, words: &str) {
    match pieces.last_mut() {
        Some(Piece::Text(before)) => before.push_str(words),
        _ => pieces.push(Piece::Text(words.to_owned())),
    }
}

fn variables(syntax: &Syntax<&str>, names: &mut BTreeSet<String>) {
    for element in &syntax.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, names);
        }
    }
}

fn in_expression(expression: &Expression<&str>, names: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, names),
        Expression::Select { selector, variants } => {
            in_inline(selector, names);
            for variant in variants {
                variables(&variant.value, names);
            }
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, names: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            names.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => in_expression(expression, names),
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                in_inline(argument, names);
            }
        }
        _ => {}
    }
}

//! Turns merged settings into a structure, and keeps count of where it stands: the only way to
//! say which key is meant.

mod tree;

use std::fmt;
use std::path::Path;

use config::{Value, ValueKind};
use serde::de::value::StringDeserializer;
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use tree::{Entries, Items};

/// One key, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    key: String,
    place: String,
    reason: String,
    /// A field of the structure being read, until it is known where that structure stands.
    missing: Option<&'static str>,
}

impl Fault {
    pub(super) fn because(reason: String) -> Self {
        Self { key: String::new(), place: String::new(), reason, missing: None }
    }

    /// The key, as in `database.url`; empty when the settings as a whole are meant.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The innermost place that is known is the right one.
    fn at(mut self, spot: &Spot<'_>, place: String) -> Self {
        if let Some(field) = self.missing.take() {
            let spot = spot.inner(field);
            self.reason = spot.remedy();
            self.key = spot.key;
        } else if self.key.is_empty() && !spot.key.is_empty() {
            self.key.clone_from(&spot.key);
            self.place = place;
        }
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, place, reason, .. } = self;
        match (key.is_empty(), place.is_empty()) {
            (true, _) => write!(f, "{reason}"),
            (false, true) => write!(f, "`{key}`: {reason}"),
            (false, false) => write!(f, "`{key}` ({place}): {reason}"),
        }
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(reason: T) -> Self {
        Self::because(reason.to_string())
    }

    fn missing_field(field: &'static str) -> Self {
        Self { missing: Some(field), ..Self::because(format!("`{field}` is missing")) }
    }

    /// Serde would print the value, which may be a secret.
    fn invalid_type(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::because(format!("must be {expected}"))
    }

    fn invalid_value(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::because(format!("must be {expected}"))
    }
}

/// Where in the settings something stands.
#[derive(Clone)]
struct Spot<'a> {
    key: String,
    file: Option<&'a Path>,
    env_prefix: &'a str,
}

impl Spot<'_> {
    fn inner(&self, name: &str) -> Self {
        let key = if self.key.is_empty() { name.to_owned() } else { format!("{}.{name}", self.key) };
        Self { key, ..self.clone() }
    }

    /// Where a value was written down: the environment says so itself.
    fn place(&self, value: &Value) -> String {
        match self.file {
            _ if is_from_environment(value) => format!("environment variable {}", self.variable()),
            Some(file) => file.display().to_string(),
            None => String::new(),
        }
    }

    /// The environment variable that sets this key.
    fn variable(&self) -> String {
        format!("{}__{}", self.env_prefix, self.key.replace('.', "__").to_uppercase())
    }

    /// Where a missing value could be written down.
    fn remedy(&self) -> String {
        let variable = self.variable();
        match self.file {
            Some(file) => format!("is missing: set it in {} or as {variable} or {variable}_FILE", file.display()),
            None => format!("is missing: set {variable} or {variable}_FILE"),
        }
    }
}

/// A section is from the environment when all that stands in it is.
fn is_from_environment(value: &Value) -> bool {
    match &value.kind {
        ValueKind::Table(table) if !table.is_empty() => table.values().all(is_from_environment),
        _ => value.origin().is_some_and(|origin| origin.contains("environment")),
    }
}

/// A value and where it stands.
pub(super) struct Reader<'a> {
    value: Value,
    spot: Spot<'a>,
}

impl<'a> Reader<'a> {
    pub(super) fn root(value: Value, file: Option<&'a Path>, env_prefix: &'a str) -> Self {
        Self { value, spot: Spot { key: String::new(), file, env_prefix } }
    }

    /// Reads a `T` here; whatever is wrong inside it is said with its key.
    pub(super) fn read<'de, T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        let spot = self.spot.clone();
        let place = spot.place(&self.value);
        seed.deserialize(self).map_err(|fault| fault.at(&spot, place))
    }

    fn entries(self) -> Result<Entries<'a>, Fault> {
        match self.value.kind {
            ValueKind::Table(table) => Ok(Entries::new(table, self.spot)),
            _ => Err(de::Error::custom("must be a section")),
        }
    }
}

/// A scalar: text from the environment is read as the number or truth value that is wanted.
macro_rules! scalars {
    ($($method:ident, $into:ident, $visit:ident, $expected:literal;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            match self.value.$into() {
                Ok(scalar) => visitor.$visit(scalar),
                Err(_) => Err(de::Error::custom(concat!("must be ", $expected))),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Fault;

    scalars! {
        deserialize_bool, into_bool, visit_bool, "true or false";
        deserialize_i8, into_int, visit_i64, "a whole number";
        deserialize_i16, into_int, visit_i64, "a whole number";
        deserialize_i32, into_int, visit_i64, "a whole number";
        deserialize_i64, into_int, visit_i64, "a whole number";
        deserialize_u8, into_uint, visit_u64, "a whole number, not negative";
        deserialize_u16, into_uint, visit_u64, "a whole number, not negative";
        deserialize_u32, into_uint, visit_u64, "a whole number, not negative";
        deserialize_u64, into_uint, visit_u64, "a whole number, not negative";
        deserialize_f32, into_float, visit_f64, "a number";
        deserialize_f64, into_float, visit_f64, "a number";
        deserialize_char, into_string, visit_string, "one letter";
        deserialize_str, into_string, visit_string, "text";
        deserialize_string, into_string, visit_string, "text";
        deserialize_identifier, into_string, visit_string, "text";
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value.kind {
            ValueKind::Table(_) => self.deserialize_map(visitor),
            ValueKind::Array(_) => self.deserialize_seq(visitor),
            ValueKind::Boolean(it) => visitor.visit_bool(it),
            ValueKind::I64(it) => visitor.visit_i64(it),
            ValueKind::U64(it) => visitor.visit_u64(it),
            ValueKind::Float(it) => visitor.visit_f64(it),
            ValueKind::String(it) => visitor.visit_string(it),
            _ => visitor.visit_unit(),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value.kind {
            ValueKind::Nil => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value.kind {
            ValueKind::Array(items) => visitor.visit_seq(Items::new(items, self.spot)),
            ValueKind::String(text) => visitor.visit_seq(Items::parted(&text, self.spot)),
            _ => Err(de::Error::custom("must be a list")),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V>(self, _: &'static str, _: usize, visitor: V) -> Result<V::Value, Fault>
    where
        V: Visitor<'de>,
    {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(self.entries()?)
    }

    fn deserialize_struct<V>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault>
    where
        V: Visitor<'de>,
    {
        visitor.visit_map(self.entries()?.of_struct(fields)?)
    }

    fn deserialize_enum<V>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault>
    where
        V: Visitor<'de>,
    {
        let named = self.value.into_string().ok().filter(|name| variants.contains(&name.as_str()));
        let name = named.ok_or_else(|| Fault::because(format!("must be one of {}", listed(variants))))?;
        let name: StringDeserializer<Fault> = name.into_deserializer();
        visitor.visit_enum(name)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { i128 u128 bytes byte_buf unit unit_struct }
}

fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

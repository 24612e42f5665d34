//! Sections and lists.

use std::path::Path;

use config::{Map, Value, ValueKind};
use serde::de::value::StringDeserializer;
use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess};

use super::{Fault, Reader, Spot, is_from_environment, listed};

/// Longer files are no settings.
const FILE_BYTES_MAX: u64 = 65_536;

/// The keys of a section, in alphabetical order.
pub(super) struct Entries<'a> {
    given: std::vec::IntoIter<(String, Value)>,
    next: Option<(String, Value)>,
    spot: Spot<'a>,
}

impl<'a> Entries<'a> {
    pub(super) fn new(table: Map<String, Value>, spot: Spot<'a>) -> Self {
        let mut entries: Vec<_> = table.into_iter().collect();
        entries.sort_by(|one, other| one.0.cmp(&other.0));
        Self { given: entries.into_iter(), next: None, spot }
    }

    /// Resolves `x_file` to `x`, and refuses what the structure does not know.
    pub(super) fn of_struct(self, fields: &'static [&'static str]) -> Result<Self, Fault> {
        let given: Vec<(String, Value)> = self.given.collect();
        let mut resolved = Map::new();
        for (name, value) in given {
            let spot = self.spot.inner(&name);
            let place = spot.place(&value);
            let outside = is_from_environment(&value);
            let (field, value) = known(&name, value, fields).map_err(|fault| fault.at(&spot, place.clone()))?;
            match resolved.get(&field).map(is_from_environment) {
                // The environment goes before the file, whichever of the two forms each uses.
                Some(other_outside) if other_outside && !outside => continue,
                Some(other_outside) if other_outside == outside => {
                    let twice = format!("`{field}` and `{field}_file` are both given: choose one");
                    return Err(Fault::because(twice).at(&spot, place));
                }
                _ => resolved.insert(field, value),
            };
        }
        Ok(Self::new(resolved, self.spot))
    }
}

/// The name of the structure's field that a key stands for, and its value.
fn known(name: &str, value: Value, fields: &'static [&'static str]) -> Result<(String, Value), Fault> {
    if fields.contains(&name) {
        return Ok((name.to_owned(), value));
    }
    let field = name.strip_suffix("_file").filter(|field| fields.contains(field));
    let field = field.ok_or_else(|| Fault::because(format!("unknown key; known here: {}", listed(fields))))?;
    let origin = value.origin().map(str::to_owned);
    let path = value.into_string().map_err(|_| Fault::because("must be the path of a file".to_owned()))?;
    let content = content(Path::new(&path)).map_err(|error| Fault::because(format!("cannot use {path}: {error}")))?;
    Ok((field.to_owned(), Value::new(origin.as_ref(), ValueKind::String(content))))
}

fn content(path: &Path) -> std::io::Result<String> {
    use std::io::{Error, ErrorKind, Read};
    let mut text = String::new();
    let read = std::fs::File::open(path)?.take(FILE_BYTES_MAX + 1).read_to_string(&mut text)?;
    if read as u64 > FILE_BYTES_MAX {
        return Err(Error::new(ErrorKind::FileTooLarge, "longer than 64 KiB"));
    }
    let length = text.trim_end_matches(['\r', '\n']).len();
    text.truncate(length);
    Ok(text)
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Some((name, value)) = self.given.next() else {
            return Ok(None);
        };
        let key: StringDeserializer<Fault> = name.clone().into_deserializer();
        self.next = Some((name, value));
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        // Serde asks for a value only after its key.
        let (name, value) = self.next.take().ok_or_else(|| Fault::because("value without a key".to_owned()))?;
        Reader { value, spot: self.spot.inner(&name) }.read(seed)
    }
}

/// The items of a list.
pub(super) struct Items<'a> {
    items: std::iter::Enumerate<std::vec::IntoIter<Value>>,
    spot: Spot<'a>,
}

impl<'a> Items<'a> {
    pub(super) fn new(items: Vec<Value>, spot: Spot<'a>) -> Self {
        Self { items: items.into_iter().enumerate(), spot }
    }

    /// A list written `a,b,c`; an empty text is an empty list.
    pub(super) fn parted(text: &str, spot: Spot<'a>) -> Self {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        Self::new(parts.map(|part| Value::new(None, part)).collect(), spot)
    }
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some((index, value)) = self.items.next() else {
            return Ok(None);
        };
        let ordinal = index + 1;
        Reader { value, spot: self.spot.inner(&ordinal.to_string()) }.read(seed).map(Some)
    }
}

//! Tests of the texts, the sentences of access records and the build's checks.

#[cfg(test)]
mod build_checks;
#[cfg(test)]
#[path = "../../build/catalogue.rs"]
mod catalogue;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod information;
#[cfg(test)]
mod own_information;
#[cfg(test)]
mod page_texts;
#[cfg(test)]
mod records;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod voice;

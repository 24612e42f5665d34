//! Segments: people whom the institution itself names at this moment, by a program that runs here or by a system that is asked
//! over HTTP. Both tell a list like any other ([`crate::list`]); one that was not told to its end is sent to nobody.

mod program;
mod system;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::StreamExt as _;
use futures::stream::BoxStream;
use runtime::Clock;

pub use system::SystemError;

use super::ConsoleError;
use super::list::Broken;
use crate::settings;
use system::System;

/// A segment that officers may choose.
pub(super) struct Segment {
    /// Names it in forms.
    pub(super) name: String,
    /// What officers read.
    pub(super) label: String,
    source: Source,
    time: Duration,
}

enum Source {
    Program(Vec<String>),
    System(System),
}

impl Segment {
    /// Reads certificates; asks nobody anything yet.
    pub(super) fn open(set: &settings::Segment, clock: &Arc<dyn Clock>) -> Result<Self, ConsoleError> {
        let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let is_name = !set.name.is_empty() && set.name.bytes().all(letter);
        let source = match &set.system {
            None if is_name && !set.command.is_empty() => Source::Program(set.command.clone()),
            Some(system) if is_name && set.command.is_empty() => Source::System(
                System::open(system, clock).map_err(|error| ConsoleError::System(set.name.clone(), error))?,
            ),
            _ => return Err(ConsoleError::Segment(set.name.clone())),
        };
        let time = Duration::from_secs(set.seconds);
        Ok(Self { name: set.name.clone(), label: set.label.clone(), source, time })
    }

    /// Whom it names. `fields`: what each of them is wanted with.
    pub(super) fn people(&self, fields: &BTreeSet<String>) -> BoxStream<'static, Result<Bytes, Broken>> {
        match &self.source {
            Source::Program(command) => program::run(&self.name, command, self.time).boxed(),
            Source::System(system) => system.ask(&self.name, fields, self.time).boxed(),
        }
    }
}

//! What is in the archive, by hash: canonical JSON (JCS, RFC 8785), so that the list itself has one form.

use std::io;

use domain::{AccessRecordId, InfoKind, OrgCode};
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::{Answer, Export};

/// Version of the manifest's form.
const VERSION: u32 = 1;

#[derive(Serialize)]
pub(super) struct Manifest<'a> {
    version: u32,
    made_at: Timestamp,
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    name: String,
    bytes: usize,
    sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<SignedAnswer<'a>>,
}

/// What a signed answer is, readable without opening it.
#[derive(Serialize)]
struct SignedAnswer<'a> {
    provider: &'a OrgCode,
    info_kind: &'a InfoKind,
    id: AccessRecordId,
    answered_at: Timestamp,
    schema_version: u32,
    /// Of the JSON inside the signature.
    content_sha256: String,
}

impl<'a> Manifest<'a> {
    pub(super) fn new(export: &Export) -> Self {
        Self { version: VERSION, made_at: export.made_at, files: Vec::new() }
    }

    pub(super) fn add(&mut self, name: &str, bytes: &[u8], answer: Option<&'a Answer<'_>>) {
        self.files.push(File {
            name: name.to_owned(),
            bytes: bytes.len(),
            sha256: sha256(bytes),
            answer: answer.map(|answer| SignedAnswer {
                provider: &answer.part.provider,
                info_kind: &answer.part.info_kind,
                id: answer.content.id,
                answered_at: answer.part.answered_at,
                schema_version: answer.content.schema_version,
                content_sha256: sha256(&answer.part.content),
            }),
        });
    }

    pub(super) fn canonical(&self) -> io::Result<Vec<u8>> {
        Ok(serde_json_canonicalizer::to_vec(self)?)
    }
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

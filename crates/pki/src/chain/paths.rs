//! Candidate paths from a leaf to an anchor, by names and key identifiers alone; bounded.

use certval::compare_names;
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, SubjectKeyIdentifier};

use super::{PATH_LENGTH_MAX, PATHS_MAX, Refusal, Whose};
use crate::Certificate;

/// Most looks at a candidate issuer while building.
const STEPS_MAX: usize = 2_000;

/// Anchor, authorities from the anchor down, leaf.
pub(super) struct Path {
    pub(super) anchor: Certificate,
    pub(super) intermediates: Vec<Certificate>,
    pub(super) leaf: Certificate,
}

impl Path {
    pub(super) fn issuer_of_leaf(&self) -> &Certificate {
        self.intermediates.last().unwrap_or(&self.anchor)
    }

    /// Each certificate below the anchor with its issuer, from the anchor down.
    pub(super) fn links(&self) -> impl Iterator<Item = (&Certificate, &Certificate, Whose)> {
        let issuers = std::iter::once(&self.anchor).chain(&self.intermediates);
        let below = self
            .intermediates
            .iter()
            .map(|c| (c, Whose::Intermediate))
            .chain(std::iter::once((&self.leaf, Whose::Leaf)));
        below.zip(issuers).map(|((certificate, whose), issuer)| (certificate, issuer, whose))
    }
}

/// All candidate paths, short ones first, at most [`PATHS_MAX`]. An anchor as leaf has none.
pub(super) fn build(
    leaf: &Certificate,
    extra: &[Certificate],
    known: &[Certificate],
    anchors: &[Certificate],
) -> Result<Vec<Path>, Refusal> {
    let candidates: Vec<Named<'_>> = known.iter().chain(extra).filter_map(Named::of_authority).collect();
    let anchors: Vec<Named<'_>> = anchors.iter().filter_map(Named::of_authority).collect();
    let mut search = Search { candidates, anchors, found: Vec::new(), steps: 0 };
    let mut up = vec![leaf];
    // Iterative deepening: a long detour cannot hide a short way.
    for depth in 0..=PATH_LENGTH_MAX {
        search.climb(&mut up, depth)?;
    }
    search.found.truncate(PATHS_MAX);
    Ok(search.found)
}

/// A certificate that may have issued others, with its key identifier.
struct Named<'a> {
    certificate: &'a Certificate,
    key_identifier: Option<Vec<u8>>,
}

impl<'a> Named<'a> {
    fn of_authority(certificate: &'a Certificate) -> Option<Self> {
        let key_identifier = certificate
            .extension::<SubjectKeyIdentifier>()
            .ok()?
            .map(|(_, identifier)| identifier.0.as_bytes().to_vec());
        Some(Self { certificate, key_identifier })
    }

    fn may_have_issued(&self, certificate: &Certificate, wanted: Option<&[u8]>) -> bool {
        let names_fit = compare_names(certificate.tbs().issuer(), self.certificate.tbs().subject());
        let keys_fit = match (wanted, &self.key_identifier) {
            (Some(wanted), Some(own)) => wanted == own.as_slice(),
            _ => true,
        };
        names_fit && keys_fit
    }
}

struct Search<'a> {
    candidates: Vec<Named<'a>>,
    anchors: Vec<Named<'a>>,
    found: Vec<Path>,
    steps: usize,
}

impl<'a> Search<'a> {
    /// Adds the paths with exactly `more` further authorities above the last one of `up`.
    fn climb(&mut self, up: &mut Vec<&'a Certificate>, more: usize) -> Result<(), Refusal> {
        let Some(last) = up.last().copied() else {
            return Ok(());
        };
        let wanted = last
            .extension::<AuthorityKeyIdentifier>()
            .ok()
            .flatten()
            .and_then(|(_, identifier)| identifier.key_identifier);
        let wanted = wanted.as_ref().map(der::asn1::OctetString::as_bytes);
        if more == 0 {
            for anchor in &self.anchors {
                if anchor.may_have_issued(last, wanted) && !up.contains(&anchor.certificate) {
                    self.found.extend(path(anchor.certificate, up));
                }
            }
            return Ok(());
        }
        for at in 0..self.candidates.len() {
            self.steps += 1;
            if self.steps > STEPS_MAX || self.found.len() >= PATHS_MAX {
                return self.stop();
            }
            let Some(candidate) = self.candidates.get(at) else {
                continue;
            };
            let next = candidate.certificate;
            if candidate.may_have_issued(last, wanted) && !up.contains(&next) {
                up.push(next);
                self.climb(up, more - 1)?;
                up.pop();
            }
        }
        Ok(())
    }

    /// At a bound, what was found is tried; nothing found is refused as too complex.
    fn stop(&self) -> Result<(), Refusal> {
        if self.found.is_empty() { Err(Refusal::TooComplex) } else { Ok(()) }
    }
}

fn path(anchor: &Certificate, up: &[&Certificate]) -> Option<Path> {
    let (leaf, above) = up.split_first()?;
    Some(Path {
        anchor: anchor.clone(),
        intermediates: above.iter().rev().map(|c| (*c).clone()).collect(),
        leaf: (*leaf).clone(),
    })
}

//! People without cards, books or register: for each a code at the city and one at the portal, given by the core with its
//! own keys and in its own tables, so that every conversion is a real one.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use domain::{LinkCode, OrgCode};
use linkage::core::{Core, CoreFiles};
use linkage::entropy::Entropy;
use linkage::party::{CORE, DataDir, Directory, PORTAL, Party};
use linkage::world::{self, Manifest};
use runtime::{SystemClock, SystemRng};

use crate::{Failure, say};

/// People in one transaction: codes are random, and each row touches pages of its own.
const AT_ONCE: usize = 50_000;
/// 住民票コード that the register of the demo does not give.
const FIRST: u64 = 90_000_000_000;
/// Bytes of a pair of codes.
const PAIR: usize = 2 * LinkCode::LEN;
/// As many steps as this lie between neighbours of a list: a prime, so that no list is in the order of the folders.
const STRIDE: usize = 7_368_787;

/// Codes of the same people at the city and at the portal.
pub(super) struct Codes {
    city: Vec<LinkCode>,
    portal: Vec<LinkCode>,
    /// Those of people who have cards.
    townspeople: Vec<(LinkCode, LinkCode)>,
}

impl Codes {
    /// Of so many people, given now unless an earlier run of the same world kept them.
    pub(super) async fn of(data: &Path, city: &OrgCode, count: usize) -> Result<Self, Failure> {
        let dir = DataDir::new(data);
        let directory = Arc::new(Directory::read(&dir.parties_file())?);
        let party = Party::with_directory(&CORE, &dir, directory, Arc::new(SystemClock))?;
        let core = Core::open(&CoreFiles::of(&dir), party, Entropy::new(SystemRng)).await?;
        let townspeople = townspeople(&core, city, &dir).await?;
        let file = data.join(format!("codes-{count}.bin"));
        let kept = std::fs::read(&file).unwrap_or_default();
        if kept.len() == count * PAIR {
            return Ok(Self::read(&kept, townspeople));
        }
        say(&format!("the core gives codes of {count} people to {city} and to the portal"));
        let mut bytes = Vec::with_capacity(count * PAIR);
        for begin in (0..count).step_by(AT_ONCE) {
            let names: Vec<String> = (begin..count.min(begin + AT_ONCE)).map(|n| name(n as u64)).collect();
            let at_city = core.link_in_bulk(city, names.iter().map(String::as_str)).await?;
            let at_portal = core.link_in_bulk(&PORTAL, names.iter().map(String::as_str)).await?;
            for ((city, _), (portal, _)) in at_city.iter().zip(&at_portal) {
                bytes.extend_from_slice(city.as_bytes());
                bytes.extend_from_slice(portal.as_bytes());
            }
        }
        std::fs::write(&file, &bytes)?;
        Ok(Self::read(&bytes, townspeople))
    }

    fn read(bytes: &[u8], townspeople: Vec<(LinkCode, LinkCode)>) -> Self {
        let (mut city, mut portal) = (Vec::new(), Vec::new());
        for pair in bytes.chunks_exact(PAIR) {
            let (one, other) = pair.split_at(LinkCode::LEN);
            city.extend(LinkCode::try_from(one));
            portal.extend(LinkCode::try_from(other));
        }
        Self { city, portal, townspeople }
    }

    /// The code at the portal of the n-th person.
    pub(super) fn portal(&self, n: usize) -> Result<&LinkCode, Failure> {
        self.portal.get(n).ok_or_else(|| "there are no codes of so many people".into())
    }

    /// The code at the city of the n-th person.
    pub(super) fn city(&self, n: usize) -> Result<&LinkCode, Failure> {
        self.city.get(n).ok_or_else(|| "there are no codes of so many people".into())
    }

    /// Codes at the portal of the first people, in the order in which they open folders.
    pub(super) fn folders(&self, count: usize) -> &[LinkCode] {
        self.portal.get(..count).unwrap_or(&self.portal)
    }

    /// How the city names somebody with a card whom the portal names so.
    pub(super) fn city_of(&self, portal: &LinkCode) -> Option<&LinkCode> {
        self.townspeople.iter().find(|(_, theirs)| theirs == portal).map(|(city, _)| city)
    }

    /// Those of the first `count` people, in an order that is none of theirs.
    pub(super) fn shuffled(count: usize) -> impl Iterator<Item = usize> + Clone {
        // A stride that has a part in common with the count would leave people out.
        let stride = (STRIDE..STRIDE + count.max(1)).find(|stride| gcd(*stride, count.max(1)) == 1).unwrap_or(1);
        (0..count).map(move |n| n.wrapping_mul(stride) % count)
    }

    /// What the city uploads for the first `count` people.
    pub(super) fn list(&self, count: usize) -> Result<Bytes, Failure> {
        let mut list = Vec::with_capacity(count * 64);
        for n in Self::shuffled(count) {
            list.extend_from_slice(b"{\"link_code\":\"");
            list.extend_from_slice(self.city(n)?.expose().as_bytes());
            list.extend_from_slice(b"\"}\n");
        }
        Ok(list.into())
    }
}

async fn townspeople(core: &Core, city: &OrgCode, data: &DataDir) -> Result<Vec<(LinkCode, LinkCode)>, Failure> {
    let manifest = Manifest::require(data)?;
    let people = world::people(manifest.seed, manifest.made_at)?;
    let names: Vec<&str> = people.iter().map(|person| person.resident_record_code.expose()).collect();
    let at_city = core.link_in_bulk(city, names.iter().copied()).await?;
    let at_portal = core.link_in_bulk(&PORTAL, names.iter().copied()).await?;
    Ok(at_city.into_iter().zip(at_portal).map(|((city, _), (portal, _))| (city, portal)).collect())
}

fn name(n: u64) -> String {
    format!("{:011}", FIRST + n)
}

fn gcd(one: usize, other: usize) -> usize {
    if other == 0 { one } else { gcd(other, one % other) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_shuffled_list_names_everybody_once_and_neighbours_apart() {
        for count in [0, 1, 2, 500, 2_000, 100_000] {
            let all: BTreeSet<usize> = Codes::shuffled(count).collect();
            assert_eq!(all.len(), count);
        }
        let near = Codes::shuffled(1_000_000).zip(Codes::shuffled(1_000_000).skip(1)).take(1_000);
        assert!(near.into_iter().all(|(one, next)| one.abs_diff(next) > 1_000));
    }

    #[test]
    fn what_was_kept_reads_back_in_its_order() {
        let bytes: Vec<u8> = (0..4).flat_map(|n| [n; LinkCode::LEN]).collect();
        let codes = Codes::read(&bytes, Vec::new());
        assert_eq!(codes.city(1).unwrap(), &LinkCode::from([2; 32]));
        assert_eq!(codes.portal(1).unwrap(), &LinkCode::from([3; 32]));
        assert!(codes.city(2).is_err());
        let list = codes.list(2).unwrap();
        assert_eq!(list.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count(), 2);
    }

    #[test]
    fn a_name_has_eleven_digits() {
        assert_eq!(name(0).len(), 11);
        assert_eq!(name(999_999).len(), 11);
    }
}

//! What a job may cost, and that it leaves no memory behind on a disk.

use std::io;

use rustix::process::{DumpableBehavior, Resource, Rlimit, getrlimit, set_dumpable_behavior, setrlimit};

use crate::failure::Failure;

/// Bounds memory and processor time, and turns core dumps off: a dump would be a copy of somebody's information.
pub(crate) fn set(memory_mib: u64, cpu_s: u64) -> Result<(), Failure> {
    bound(Resource::Core, 0)?;
    set_dumpable_behavior(DumpableBehavior::NotDumpable).map_err(|error| Failure::Limits(error.into()))?;
    // Private memory that is in use, unlike the address space, of which threads reserve much more than they touch.
    bound(Resource::Data, memory_mib.saturating_mul(1024 * 1024))?;
    bound(Resource::Cpu, cpu_s)
}

/// Never raises what is already set lower.
fn bound(resource: Resource, most: u64) -> Result<(), Failure> {
    let most = getrlimit(resource).maximum.map_or(most, |already| already.min(most));
    let limit = Rlimit { current: Some(most), maximum: Some(most) };
    setrlimit(resource, limit).map_err(|error| Failure::Limits(io::Error::from(error)))
}

//! The programs with their arguments.

use super::{answers::Ready, host::Certificate, places::Places, portal, senders, sites, world};
use crate::failure::Failure;
use std::{
    net::{Ipv4Addr, SocketAddr},
    process::Command,
};

/// A program to start and how to see that it is there.
pub(super) struct Program {
    pub(super) name: &'static str,
    pub(super) command: Command,
    pub(super) ready: Ready,
}

/// Linkage backend first; who sends notices after the portal, which takes them.
pub(super) fn all(places: &Places, tls: Option<&Certificate>, clock: &str) -> Result<Vec<Program>, Failure> {
    let mut programs = vec![linkage(places, clock)?, reader(places, tls, clock)?, pages(places, tls, clock)?];
    programs.extend(senders::prepare(places)?.into_iter().map(|sender| send(places, &sender, clock)));
    Ok(programs)
}

fn send(places: &Places, sender: &senders::SenderPlace, clock: &str) -> Program {
    let mut command = Command::new(places.programs.join("municipality"));
    command.arg("serve").arg("--config").arg(&sender.settings).args(["--clock", clock]);
    Program { name: sender.program, command, ready: Ready::Page(sender.admin, "/readyz") }
}

/// Ready when every party listens, and every site.
fn linkage(places: &Places, clock: &str) -> Result<Program, Failure> {
    let mut command = Command::new(places.programs.join("linkage"));
    command.arg("serve").arg("--data").arg(&places.data).args(["--clock", clock]);
    let mut listeners = world::listeners(places)?;
    listeners.extend(sites::read(&places.data)?.values().map(|site| site.listen));
    Ok(Program { name: "linkage", command, ready: Ready::Ports(listeners) })
}

/// Whoever is on its list gets answers at one path: the portal, and each site.
fn reader(places: &Places, tls: Option<&Certificate>, clock: &str) -> Result<Program, Failure> {
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, places.reader_port()));
    let mut command = Command::new(places.programs.join("card-reader"));
    command.arg("--data").arg(&places.data).args(["--clock", clock]);
    command.arg("--listen").arg(listen.to_string()).arg("--origin").arg(places.origin());
    for (_, site) in sites::read(&places.data)?.iter().filter(|(org, _)| sites::asks_cards(org)) {
        command.arg("--allow").arg(site.allowed());
    }
    if let Some(tls) = tls {
        command.arg("--portal-ca").arg(&tls.authority);
    }
    Ok(Program { name: "card-reader", command, ready: Ready::Ports(vec![listen]) })
}

/// Ready when it says so itself.
fn pages(places: &Places, tls: Option<&Certificate>, clock: &str) -> Result<Program, Failure> {
    let mut command = Command::new(places.programs.join("my-portal"));
    command.arg("serve").arg("--config").arg(portal::prepare(places, tls)?).args(["--clock", clock]);
    Ok(Program { name: "my-portal", command, ready: Ready::Page(portal::admin(places), "/readyz") })
}

#[cfg(test)]
mod tests {
    use super::{super::places::tests::places, *};
    use std::ffi::OsStr;

    #[test]
    fn the_reader_lists_the_portal_and_each_site_with_its_one_path() {
        let folder = tempfile::tempdir().unwrap();
        sites::tests::write(folder.path());
        let places = Places { data: folder.path().to_owned(), ..places(None, 0) };
        let program = reader(&places, None, "system").unwrap();
        let arguments: Vec<&OsStr> = program.command.get_args().collect();
        let follows = |name: &str, value: &str| arguments.windows(2).any(|pair| pair == [name, value]);
        assert!(follows("--origin", "http://localhost:8080"));
        assert!(follows("--allow", "http://jasso.localhost:9195=/card-bindings/answer"));
        assert_eq!(arguments.iter().filter(|argument| **argument == "--allow").count(), 1, "the counter asks no card");
    }
}

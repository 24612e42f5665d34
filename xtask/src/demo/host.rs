//! TLS for a named host: a demo CA of our own, made once, and a certificate under it.
//!
//! The CA's key lies in the demo world and signs nothing else. It is constrained to this one name, so that a phone which
//! trusts it trusts it for nothing more.

use crate::{failure::Failure, process, progress};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Files, PEM.
pub(super) struct Certificate {
    /// Leaf and CA.
    pub(super) chain: PathBuf,
    /// The leaf's key, PKCS#8.
    pub(super) key: PathBuf,
    /// What the other device must trust.
    pub(super) authority: PathBuf,
}

/// The certificate for `host`, made where it is missing.
pub(super) fn certificate(host: &str, data: &Path) -> Result<Certificate, Failure> {
    if !is_host_name(host) {
        return Err(Failure::Said(format!("HOST={host}: a host name has small letters, digits, dots and hyphens")));
    }
    let folder = data.join("tls").join(host);
    let made =
        Certificate { chain: folder.join("chain.pem"), key: folder.join("key.pem"), authority: folder.join("ca.pem") };
    if !made.chain.is_file() {
        progress::step(&format!("making a demo CA and a certificate for {host}"));
        make(host, &folder, &made)?;
    }
    Ok(made)
}

fn make(host: &str, folder: &Path, wanted: &Certificate) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(Failure::at(folder))?;
    let (authority_key, leaf) = (folder.join("ca.key"), folder.join("leaf.pem"));
    openssl(&new_key(&authority_key))?;
    openssl(&new_key(&wanted.key))?;
    let mut authority = vec!["req", "-x509", "-new", "-days", "3650", "-key"];
    let (authority_key, authority_out) = (text(&authority_key), text(&wanted.authority));
    let constraint = format!("nameConstraints=critical,permitted;DNS:{host}");
    authority.extend([authority_key.as_str(), "-out", &authority_out, "-subj", "/CN=My Portal demo CA"]);
    authority.extend(["-addext", "basicConstraints=critical,CA:TRUE,pathlen:0"]);
    authority.extend(["-addext", "keyUsage=critical,keyCertSign,cRLSign", "-addext", &constraint]);
    openssl(&authority)?;
    // 397 days: what phones still accept.
    let (key, leaf_out) = (text(&wanted.key), text(&leaf));
    let (subject, names) = (format!("/CN={host}"), format!("subjectAltName=DNS:{host}"));
    let mut request = vec!["req", "-x509", "-new", "-days", "397", "-key", &key, "-out", &leaf_out, "-subj", &subject];
    request.extend(["-CA", &authority_out, "-CAkey", &authority_key, "-addext", &names]);
    request.extend(["-addext", "basicConstraints=critical,CA:FALSE", "-addext", "extendedKeyUsage=serverAuth"]);
    request.extend(["-addext", "keyUsage=critical,digitalSignature"]);
    openssl(&request)?;
    let mut chain = fs::read(&leaf).map_err(Failure::at(&leaf))?;
    chain.extend(fs::read(&wanted.authority).map_err(Failure::at(&wanted.authority))?);
    // Last: a chain that is there means that everything is there.
    fs::write(&wanted.chain, chain).map_err(Failure::at(&wanted.chain))
}

fn new_key(path: &Path) -> Vec<String> {
    let arguments = ["genpkey", "-quiet", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out"];
    arguments.into_iter().map(str::to_owned).chain([text(path)]).collect()
}

fn openssl<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Result<(), Failure> {
    process::read(Command::new("openssl").args(arguments)).map(drop)
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Nothing that could mean something else to a shell, a certificate or a header.
fn is_host_name(host: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-');
    !host.is_empty() && host.len() <= 64 && host.bytes().all(fits) && !host.starts_with(['-', '.'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_certificate_holds_under_its_ca_for_its_name_only() {
        let folder = tempfile::tempdir().unwrap();
        let made = certificate("portal.test", folder.path()).unwrap();
        let verify = |name: &str| {
            let mut command = Command::new("openssl");
            command.args(["verify", "-purpose", "sslserver", "-verify_hostname", name, "-CAfile"]);
            process::read(command.arg(&made.authority).arg(&made.chain))
        };
        assert!(verify("portal.test").is_ok());
        assert!(verify("other.test").is_err());
    }

    #[test]
    fn a_second_start_keeps_the_certificate() {
        let folder = tempfile::tempdir().unwrap();
        let first = fs::read(certificate("portal.test", folder.path()).unwrap().chain).unwrap();
        let second = fs::read(certificate("portal.test", folder.path()).unwrap().chain).unwrap();
        assert_eq!(first, second);
    }

    #[test]
    fn a_host_name_that_is_none_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for host in ["", "../up", "Portal", "a b", "-x", "a/CN=b"] {
            assert!(certificate(host, folder.path()).is_err(), "{host:?}");
        }
    }
}

//! The `openssl` command as an oracle for tests: an implementation that shares nothing with ours.

use std::path::PathBuf;
use std::process::Command;

use jiff::Timestamp;

use crate::Certificate;

pub(crate) struct Openssl {
    dir: tempfile::TempDir,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Accepted,
    Refused(String),
}

impl Openssl {
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Runs it and returns success, standard output and both outputs as text.
    pub(crate) fn run(&self, arguments: &[&str]) -> (bool, Vec<u8>, String) {
        let output = Command::new("openssl")
            .args(arguments)
            .current_dir(self.dir.path())
            .output()
            .expect("the openssl command is installed");
        let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.push_str(&String::from_utf8_lossy(&output.stderr));
        (output.status.success(), output.stdout, text)
    }

    /// `openssl verify` at a time, with further flags.
    pub(crate) fn verify(
        &self,
        anchors: &[&Certificate],
        intermediates: &[&Certificate],
        leaf: &Certificate,
        at: Timestamp,
        flags: &[&str],
    ) -> Outcome {
        let bundle = |list: &[&Certificate]| list.iter().map(|c| c.to_pem()).collect::<String>();
        let anchors = self.write("anchors.pem", bundle(anchors));
        let between = self.write("intermediates.pem", bundle(intermediates));
        let leaf = self.write("leaf.pem", leaf.to_pem());
        let at = at.as_second().to_string();
        let mut arguments = vec!["verify", "-x509_strict", "-attime", &at, "-CAfile", &anchors];
        if !intermediates.is_empty() {
            arguments.extend(["-untrusted", &between]);
        }
        arguments.extend(flags);
        arguments.push(&leaf);
        match self.run(&arguments) {
            (true, _, _) => Outcome::Accepted,
            (false, _, text) => Outcome::Refused(text),
        }
    }

    /// `openssl crl -text`, its signature verified by the issuer.
    pub(crate) fn crl_text(&self, crl: &[u8], issuer: &Certificate) -> String {
        let crl = self.write("list.crl", crl);
        let issuer = self.write("issuer.pem", issuer.to_pem());
        let arguments = ["crl", "-inform", "DER", "-in", &crl, "-text", "-noout", "-CAfile", &issuer];
        self.run(&arguments).2
    }

    /// SubjectPublicKeyInfo DER of a new key made by openssl, e.g. `rsa:1024` or `P-384`.
    pub(crate) fn spki(&self, kind: &str) -> Vec<u8> {
        let key = self.pkcs8(kind);
        let key = self.write("key.pem", key);
        self.run(&["pkey", "-in", &key, "-pubout", "-outform", "DER"]).1
    }

    /// A new key in PKCS#8 PEM.
    pub(crate) fn pkcs8(&self, kind: &str) -> String {
        let (algorithm, option) = match kind.strip_prefix("rsa:") {
            Some(bits) => ("RSA", format!("rsa_keygen_bits:{bits}")),
            None => ("EC", format!("ec_paramgen_curve:{kind}")),
        };
        let (done, pem, text) = self.run(&["genpkey", "-algorithm", algorithm, "-pkeyopt", &option]);
        assert!(done, "{text}");
        String::from_utf8(pem).unwrap()
    }
}

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

    /// `SubjectPublicKeyInfo` DER of a new key made by openssl, e.g. `rsa:1024` or `P-384`.
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

    /// A certificate of version 1 (without extensions) beneath `ca`.
    pub(crate) fn version_1(&self, ca: &crate::issue::Authority) -> Certificate {
        self.issue_by(ca, "sha256", &[])
    }

    /// A certificate beneath `ca`, signed with another digest.
    pub(crate) fn signed_with(&self, ca: &crate::issue::Authority, digest: &str) -> Certificate {
        let extensions = "keyUsage=critical,digitalSignature\nauthorityKeyIdentifier=keyid\n";
        let file = self.write("extensions", extensions);
        self.issue_by(ca, digest, &["-extfile", &file])
    }

    fn issue_by(&self, ca: &crate::issue::Authority, digest: &str, flags: &[&str]) -> Certificate {
        let own = self.write("own.key", self.pkcs8("P-256"));
        let (_, request, text) = self.run(&["req", "-new", "-key", &own, "-subj", "/CN=leaf"]);
        assert!(!request.is_empty(), "{text}");
        let request = self.write("request.pem", request);
        let certificate = self.write("ca.pem", ca.certificate().to_pem());
        let key = self.write("ca.key", ca.key().to_pkcs8_pem().unwrap().as_bytes());
        let digest = format!("-{digest}");
        let mut arguments = vec!["x509", "-req", "-in", &request, "-CA", &certificate, "-CAkey", &key];
        arguments.extend(["-set_serial", "7", "-days", "3650", &digest]);
        arguments.extend(flags);
        let (made, pem, text) = self.run(&arguments);
        assert!(made, "{text}");
        Certificate::from_pem(std::str::from_utf8(&pem).unwrap()).unwrap()
    }
}

use std::{collections::BTreeMap, path::Path, process::Command};

use domain::Locale;
use jiff::Timestamp;
use pki::{
    Certificate, KeyKind, SigningKey, cms,
    issue::{Authority, AuthorityName, OrganisationProfile, OrganisationUse, Validity},
};
use rand_core::SeedableRng as _;
use serde_json::Value;
use sha2::Digest as _;

use super::*;
use crate::{Export, sample};

/// The organisations' authority and an export whose answers are really signed.
fn signed(locale: Locale) -> (Certificate, Export) {
    let mut export = sample::export(locale);
    let now = sample::at("2026-11-21T01:00:00Z");
    let validity =
        Validity { not_before: sample::at("2026-01-01T00:00:00Z"), not_after: sample::at("2028-01-01T00:00:00Z") };
    let mut rng = rand_chacha::ChaCha20Rng::seed_from_u64(1);
    let name = AuthorityName { organization: "Demo", unit: "Authorities", common_name: "Organisations" };
    let key = || SigningKey::generate(KeyKind::P256).unwrap();
    let authority = Authority::self_signed(&name, key(), validity, None, &mut rng).unwrap();
    for part in &mut export.parts {
        let key = key();
        let profile = OrganisationProfile { org: &part.provider, usage: OrganisationUse::Signing, dns: &[], ips: &[] };
        let certificate = authority.organisation(&profile, key.spki_der(), validity, &mut rng).unwrap();
        part.signed = cms::prepare(&part.content, &certificate, now).unwrap().sign(&key, cms::Form::Attached).unwrap();
    }
    (authority.certificate().clone(), export)
}

fn archive(export: &Export, enclosed: &Enclosed<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    write(&export.tell().unwrap(), enclosed, &mut out, &mut |_| ControlFlow::Continue(())).unwrap();
    out
}

/// Names and contents, in order, by the reader of the same library.
fn read(zip: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(io::Cursor::new(zip)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
            (entry.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn run(folder: &Path, program: &str, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), text)
}

#[test]
fn everything_is_inside_in_its_order() {
    let (authority, export) = signed(Locale::Ja);
    let enclosed = Enclosed { pdf: Some(b"%PDF-1.7"), authority_pem: Some(&authority.to_pem()) };
    let names: Vec<String> = read(&archive(&export, &enclosed)).into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "README.txt",
            "viewer.html",
            "my-information.pdf",
            "data.json",
            "csv/NTA-income.csv",
            "csv/141003-resident-record.csv",
            "csv/141003-vaccination.csv",
            "csv/access-records.csv",
            "answers/NTA-income.p7m",
            "answers/141003-resident-record.p7m",
            "answers/141003-vaccination.p7m",
            "org-ca.pem",
            "manifest.json",
        ]
    );
}

#[test]
fn another_reader_finds_every_entry_sound() {
    let (_, export) = signed(Locale::Ja);
    let folder = tempfile::tempdir().unwrap();
    let zip = archive(&export, &Enclosed::default());
    std::fs::write(folder.path().join("export.zip"), &zip).unwrap();
    let script = "import sys, zipfile, hashlib\n\
        z = zipfile.ZipFile('export.zip')\n\
        assert z.testzip() is None\n\
        for i in z.infolist():\n\
        \x20   assert i.compress_type == zipfile.ZIP_DEFLATED and i.date_time == (2026, 11, 21, 11, 30, 10), i\n\
        \x20   print(i.filename, hashlib.sha256(z.read(i)).hexdigest())\n";
    let (sound, text) = run(folder.path(), "python3", &["-c", script]);
    assert!(sound, "{text}");
    let own: Vec<String> = read(&zip)
        .into_iter()
        .map(|(name, bytes)| format!("{name} {}", hex::encode(sha2::Sha256::digest(bytes))))
        .collect();
    assert_eq!(text.lines().collect::<Vec<_>>(), own);
}

#[test]
fn openssl_verifies_every_answer_as_the_readme_says() {
    let (authority, export) = signed(Locale::En);
    let folder = tempfile::tempdir().unwrap();
    let pem = authority.to_pem();
    let files: BTreeMap<String, Vec<u8>> =
        read(&archive(&export, &Enclosed { pdf: None, authority_pem: Some(&pem) })).into_iter().collect();
    for (name, bytes) in &files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let readme = String::from_utf8(files["README.txt"].clone()).unwrap();
    let at = export.made_at.as_second().to_string();
    let commands: Vec<&str> =
        readme.lines().map(str::trim).filter_map(|line| line.strip_prefix("openssl cms ")).collect();
    assert_eq!(commands.len(), export.parts.len());
    for (command, part) in commands.into_iter().zip(&export.parts) {
        let mut arguments = vec!["cms"];
        arguments.extend(command.split(' '));
        let out = *arguments.last().unwrap();
        arguments.extend(["-attime", &at]);
        let (verified, text) = run(folder.path(), "openssl", &arguments);
        assert!(verified && text.contains("CMS Verification successful"), "{text}");
        assert_eq!(std::fs::read(folder.path().join(out)).unwrap(), part.content);
    }
    let (_, subject) = run(folder.path(), "openssl", &["x509", "-in", "NTA-income.pem", "-noout", "-subject"]);
    assert!(subject.contains("CN = NTA"), "{subject}");
}

#[test]
fn a_changed_answer_is_found_by_openssl() {
    let (authority, mut export) = signed(Locale::Ja);
    let signed = &mut export.parts[0].signed;
    let place = signed.windows(7).position(|window| window == b"3400000").unwrap();
    signed[place] = b'9';
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.p7m"), &export.parts[0].signed).unwrap();
    std::fs::write(folder.path().join("ca.pem"), authority.to_pem()).unwrap();
    let at = export.made_at.as_second().to_string();
    let arguments =
        ["cms", "-verify", "-inform", "DER", "-in", "a.p7m", "-CAfile", "ca.pem", "-purpose", "any", "-attime", &at];
    assert!(!run(folder.path(), "openssl", &arguments).0);
}

#[test]
fn the_manifest_names_every_other_entry_by_its_hash() {
    let (_, export) = signed(Locale::Ja);
    let files = read(&archive(&export, &Enclosed { pdf: Some(b"%PDF"), authority_pem: None }));
    let (last, rest) = files.split_last().unwrap();
    let manifest: Value = serde_json::from_slice(&last.1).unwrap();
    assert_eq!(serde_json_canonicalizer::to_vec(&manifest).unwrap(), last.1, "canonical");
    let listed = manifest["files"].as_array().unwrap();
    assert_eq!(listed.len(), rest.len());
    for (entry, (name, bytes)) in listed.iter().zip(rest) {
        assert_eq!(entry["name"], *name);
        assert_eq!(entry["bytes"], bytes.len());
        assert_eq!(entry["sha256"], hex::encode(sha2::Sha256::digest(bytes)));
        assert_eq!(entry["answer"].is_object(), name.starts_with("answers/"));
    }
    let answer = &listed.iter().find(|entry| entry["name"] == "answers/NTA-income.p7m").unwrap()["answer"];
    assert_eq!(answer["provider"], "NTA");
    assert_eq!(answer["answered_at"].as_str().unwrap().parse::<Timestamp>().unwrap(), export.parts[0].answered_at);
    assert_eq!(answer["content_sha256"], hex::encode(sha2::Sha256::digest(&export.parts[0].content)));
}

#[test]
fn the_same_export_gives_the_same_bytes() {
    let (_, export) = signed(Locale::JaEasy);
    assert_eq!(archive(&export, &Enclosed::default()), archive(&export.clone(), &Enclosed::default()));
}

#[test]
fn progress_counts_to_the_end() {
    let export = sample::export(Locale::Ja);
    let mut seen = Vec::new();
    let mut step = |progress: Progress| {
        seen.push(progress);
        ControlFlow::Continue(())
    };
    write(&export.tell().unwrap(), &Enclosed::default(), io::sink(), &mut step).unwrap();
    let done: Vec<usize> = seen.iter().map(|progress| progress.done).collect();
    assert_eq!(done, (0..=11).collect::<Vec<_>>());
    assert!(seen.iter().all(|progress| progress.of == 11));
}

#[test]
fn whatever_is_cancelled_is_no_archive() {
    let export = sample::export(Locale::Ja);
    for stop_at in 0..=11 {
        let mut out = Vec::new();
        let mut step = |progress: Progress| {
            if progress.done == stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let written = write(&export.tell().unwrap(), &Enclosed::default(), &mut out, &mut step);
        assert!(matches!(written, Err(ArchiveError::Cancelled)));
        assert!(zip::ZipArchive::new(io::Cursor::new(&out)).is_err(), "stopped at {stop_at}");
    }
}

/// Takes so many bytes and then no more, like a full disk.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_an_error_wherever_it_happens() {
    let export = sample::export(Locale::Ja);
    let whole = archive(&export, &Enclosed::default()).len();
    for room in (0..whole).step_by(997).chain([whole - 1]) {
        let written =
            write(&export.tell().unwrap(), &Enclosed::default(), Full(room), &mut |_| ControlFlow::Continue(()));
        let Err(ArchiveError::Write(error)) = written else { panic!("room for {room} of {whole}") };
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
    }
}

#[test]
fn the_readme_speaks_each_language() {
    for (locale, title) in [
        (Locale::Ja, "「わたしの情報の控え」の説明"),
        (Locale::JaEasy, "「わたしの情報の控え」のせつめい"),
        (Locale::En, "About this copy of your information"),
    ] {
        let (_, export) = signed(locale);
        let files = read(&archive(&export, &Enclosed::default()));
        let readme = String::from_utf8(files[0].1.clone()).unwrap();
        assert!(readme.starts_with(&format!("\u{feff}{title}\r\n==")), "{readme}");
        assert!(readme.contains("  csv/NTA-income.csv\r\n"), "{readme}");
        assert!(!readme.replace("\r\n", "").contains(['\r', '\n']));
    }
}

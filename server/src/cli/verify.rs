//! `verify-chain` and `verify-signature`: the login's own judgement, for anybody who has files.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use pki::Usage;
use pki::cli::{ChainInput, SignatureInput, Verdict, verify_chain, verify_signature};
use serde::Serialize;

/// Everything that a judgement needs; each file PEM or DER.
#[derive(Args, Clone, Debug)]
pub(crate) struct TrustArguments {
    /// Trust anchor (repeat for more)
    #[arg(long = "anchor", value_name = "FILE")]
    anchors: Vec<PathBuf>,
    /// Intermediate authority (repeat for more)
    #[arg(long = "intermediate", value_name = "FILE")]
    intermediates: Vec<PathBuf>,
    /// Revocation list (repeat for more)
    #[arg(long = "crl", value_name = "FILE")]
    crls: Vec<PathBuf>,
    /// OCSP response, DER (repeat for more)
    #[arg(long = "ocsp", value_name = "FILE")]
    ocsp_responses: Vec<PathBuf>,
    /// Time of the judgement, e.g. 2026-11-03T14:05:00+09:00; the program's clock if absent
    #[arg(long, value_name = "TIME")]
    at: Option<Timestamp>,
    /// For what the certificate must be good
    #[arg(long, value_enum, default_value_t = UsageArgument::Any)]
    usage: UsageArgument,
    /// Certificate policy of which one must hold (repeat for more); those of the usage if absent
    #[arg(long = "policy", value_name = "OID")]
    policies: Vec<String>,
    /// Accept where nothing is known about revocation
    #[arg(long)]
    without_revocation: bool,
}

/// `verify-chain`
#[derive(Args, Clone, Debug)]
pub(crate) struct ChainArguments {
    #[command(flatten)]
    trust: TrustArguments,
    /// The certificate; what follows it in the same PEM file counts as brought along
    #[arg(value_name = "CERTIFICATE")]
    leaf: PathBuf,
}

/// `verify-signature`
#[derive(Args, Clone, Debug)]
pub(crate) struct SignatureArguments {
    #[command(flatten)]
    trust: TrustArguments,
    /// A CMS SignedData, DER or PEM
    #[arg(long, value_name = "FILE", conflicts_with_all = ["key", "signature"], required_unless_present = "signature")]
    cms: Option<PathBuf>,
    /// A raw signature: RSA PKCS#1 v1.5 SHA-256, ECDSA P-256 SHA-256 or P-384 SHA-384
    #[arg(long, value_name = "FILE", requires = "key", requires = "message")]
    signature: Option<PathBuf>,
    /// Certificate or public key of the raw signature
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// What was signed; for a CMS only if it is not inside
    #[arg(long, value_name = "FILE")]
    message: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum UsageArgument {
    JpkiSignature,
    JpkiAuthentication,
    OrgServer,
    OrgClient,
    OrgSigning,
    OrgSealing,
    OcspSigning,
    Any,
}

impl From<UsageArgument> for Usage {
    fn from(argument: UsageArgument) -> Self {
        match argument {
            UsageArgument::JpkiSignature => Self::JpkiSignature,
            UsageArgument::JpkiAuthentication => Self::JpkiAuthentication,
            UsageArgument::OrgServer => Self::OrgServer,
            UsageArgument::OrgClient => Self::OrgClient,
            UsageArgument::OrgSigning => Self::OrgSigning,
            UsageArgument::OrgSealing => Self::OrgSealing,
            UsageArgument::OcspSigning => Self::OcspSigning,
            UsageArgument::Any => Self::Any,
        }
    }
}

#[derive(Debug, thiserror::Error)]
#[error("{} cannot be read", .0.display())]
struct Unreadable(PathBuf, #[source] std::io::Error);

pub(super) fn chain(arguments: &ChainArguments, now: Timestamp) -> ExitCode {
    let input = chain_input(&arguments.trust, &arguments.leaf, now);
    answer(input.map(|input| verify_chain(&input)), Verdict::is_accepted)
}

pub(super) fn signature(arguments: &SignatureArguments, now: Timestamp) -> ExitCode {
    let input = signature_input(arguments, now);
    answer(input.map(|input| verify_signature(&input)), Verdict::is_accepted)
}

/// One line of JSON. 0: accepted; 1: refused; 2: something could not be read, and nothing was judged.
pub(super) fn answer<V: Serialize, E: Error + 'static>(
    verdict: Result<V, E>,
    is_accepted: impl Fn(&V) -> bool,
) -> ExitCode {
    let judged = verdict.map_err(|error| super::chain(&error)).and_then(|verdict| {
        let line = serde_json::to_string(&verdict).map_err(|error| error.to_string())?;
        Ok((line, is_accepted(&verdict)))
    });
    match judged {
        Ok((line, accepted)) => {
            println!("{line}");
            if accepted { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("my-portal: {error}");
            ExitCode::from(2)
        }
    }
}

fn chain_input(trust: &TrustArguments, leaf: &Path, now: Timestamp) -> Result<ChainInput, Unreadable> {
    trusted(trust, read(leaf)?, now)
}

fn trusted(trust: &TrustArguments, leaf: Vec<u8>, now: Timestamp) -> Result<ChainInput, Unreadable> {
    Ok(ChainInput {
        anchors: read_all(&trust.anchors)?,
        intermediates: read_all(&trust.intermediates)?,
        leaf,
        crls: read_all(&trust.crls)?,
        ocsp_responses: read_all(&trust.ocsp_responses)?,
        at: trust.at.unwrap_or(now),
        usage: trust.usage.into(),
        policies: trust.policies.clone(),
        without_revocation: trust.without_revocation,
    })
}

fn signature_input(arguments: &SignatureArguments, now: Timestamp) -> Result<SignatureInput, Unreadable> {
    let message = arguments.message.as_deref().map(read).transpose()?;
    if let (Some(signature), Some(key)) = (&arguments.signature, &arguments.key) {
        let message = message.unwrap_or_default();
        return Ok(SignatureInput::Raw { key: read(key)?, message, signature: read(signature)? });
    }
    let cms = read(arguments.cms.as_deref().unwrap_or(Path::new("")))?;
    let chain =
        if arguments.trust.anchors.is_empty() { None } else { Some(trusted(&arguments.trust, Vec::new(), now)?) };
    Ok(SignatureInput::Cms { cms, content: message, chain })
}

fn read_all(paths: &[PathBuf]) -> Result<Vec<Vec<u8>>, Unreadable> {
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Result<Vec<u8>, Unreadable> {
    std::fs::read(path).map_err(|error| Unreadable(path.to_owned(), error))
}

//! TLS between browser and program, and mutually authenticated TLS between parties (B-MED-5).
//! Validity of certificates is judged on the program's clock, not on the machine's.

mod pem;
#[cfg(test)]
pub(crate) mod testing;

use std::sync::Arc;

use rustls::client::Resumption;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::server::{NoServerSessionStorage, WebPkiClientVerifier};
use rustls::time_provider::TimeProvider;
use rustls::version::TLS13;
use rustls::{ALL_VERSIONS, ClientConfig, RootCertStore, ServerConfig};
use rustls_pki_types::{CertificateDer, UnixTime};

use crate::Clock;

pub use pem::{Identity, PemError, anchors_from_pem_file};

/// Why a TLS configuration cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// Key and certificate do not belong together, or their kind is not supported.
    #[error("certificate and key cannot be used together")]
    Identity(#[source] rustls::Error),
    /// A trust anchor is not a usable certificate.
    #[error("trust anchor is not a usable certificate")]
    Anchor(#[source] rustls::Error),
    /// No trust anchor was given where the other side must be verified.
    #[error("no trust anchor to verify the other side with")]
    Anchors(#[source] rustls::server::VerifierBuilderError),
    /// The cryptographic provider lacks what TLS needs.
    #[error("TLS versions not supported")]
    Versions(#[source] rustls::Error),
}

/// Makes aws-lc-rs the process's provider. First line of every `main` and of every test that
/// speaks TLS; calling it again changes nothing.
pub fn install_provider() {
    // An Err only says that one is installed already.
    let _ = aws_lc_rs::default_provider().install_default();
}

/// TLS for a listener. With `client_anchors` the client must show a certificate that one of them
/// issued for client authentication, over TLS 1.3, and every connection is judged anew (nothing is
/// resumed: a certificate that expired since must not slip in). Without them any client may
/// connect, over TLS 1.2 or 1.3.
///
/// # Errors
/// See [`TlsError`].
pub fn server_config(
    identity: &Identity,
    client_anchors: Option<&[CertificateDer<'static>]>,
    clock: Arc<dyn Clock>,
) -> Result<Arc<ServerConfig>, TlsError> {
    let versions = if client_anchors.is_some() { &[&TLS13][..] } else { ALL_VERSIONS };
    let builder = ServerConfig::builder_with_details(provider(), Arc::new(OnClock(clock)))
        .with_protocol_versions(versions)
        .map_err(TlsError::Versions)?;
    let builder = match client_anchors {
        None => builder.with_no_client_auth(),
        Some(anchors) => builder.with_client_cert_verifier(
            WebPkiClientVerifier::builder_with_provider(roots(anchors)?, provider())
                .build()
                .map_err(TlsError::Anchors)?,
        ),
    };
    let mut config = builder.with_single_cert(identity.chain(), identity.key()).map_err(TlsError::Identity)?;
    config.alpn_protocols = alpn();
    if client_anchors.is_some() {
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
    }
    Ok(Arc::new(config))
}

/// TLS for calling a listener: trusts `anchors` only, shows `identity` when asked. Every
/// connection is judged anew, as on the server's side. Offers HTTP/2 and HTTP/1.1.
///
/// # Errors
/// See [`TlsError`].
pub fn client_config(
    identity: Option<&Identity>,
    anchors: &[CertificateDer<'static>],
    clock: Arc<dyn Clock>,
) -> Result<ClientConfig, TlsError> {
    let builder = ClientConfig::builder_with_details(provider(), Arc::new(OnClock(clock)))
        .with_protocol_versions(ALL_VERSIONS)
        .map_err(TlsError::Versions)?
        .with_root_certificates(roots(anchors)?);
    let mut config = match identity {
        None => builder.with_no_client_auth(),
        Some(identity) => {
            builder.with_client_auth_cert(identity.chain(), identity.key()).map_err(TlsError::Identity)?
        }
    };
    config.alpn_protocols = alpn();
    config.resumption = Resumption::disabled();
    Ok(config)
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(aws_lc_rs::default_provider())
}

fn alpn() -> Vec<Vec<u8>> {
    vec![b"h2".to_vec(), b"http/1.1".to_vec()]
}

fn roots(anchors: &[CertificateDer<'static>]) -> Result<Arc<RootCertStore>, TlsError> {
    let mut store = RootCertStore::empty();
    for anchor in anchors {
        store.add(anchor.clone()).map_err(TlsError::Anchor)?;
    }
    Ok(Arc::new(store))
}

#[derive(Debug)]
struct OnClock(Arc<dyn Clock>);

impl TimeProvider for OnClock {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = u64::try_from(self.0.now().as_second()).ok()?;
        Some(UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds)))
    }
}

//! A relay that takes mail by SMTP and carries it on.

use std::str::FromStr;
use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{Error, PoolConfig};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use portal::{AlertMail, Carried, CarryError, MailAddress, MailCarrier};

use super::written;

/// One word and its answer.
const WORD_MAX: Duration = Duration::from_secs(10);
/// A whole letter.
const LETTER_MAX: Duration = Duration::from_secs(15);
const CONNECTIONS_MAX: u32 = 4;

/// Where a relay is, and how it is spoken to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relay {
    host: String,
    port: u16,
    security: Security,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Security {
    /// TLS from the first byte.
    Whole,
    /// STARTTLS, or nothing.
    Upgraded,
    /// This machine.
    None,
}

/// No relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RelayFault {
    /// Neither `smtp` nor `smtps`.
    #[error("neither smtp:// nor smtps://")]
    Scheme,
    /// No host, or no port.
    #[error("no host, or no port")]
    Host,
}

/// TLS to the relay cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("TLS to the relay cannot be used")]
pub struct RelayError(#[source] Error);

impl FromStr for Relay {
    type Err = RelayFault;

    fn from_str(text: &str) -> Result<Self, RelayFault> {
        let (scheme, rest) = text.split_once("://").ok_or(RelayFault::Scheme)?;
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse().map_err(|_| RelayFault::Host)?)),
            None => (rest, None),
        };
        let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        if host.is_empty() || !host.chars().all(letters) || port == Some(0) {
            return Err(RelayFault::Host);
        }
        let here = matches!(host, "localhost" | "127.0.0.1");
        let (security, usual) = match scheme {
            "smtps" => (Security::Whole, 465),
            "smtp" if here => (Security::None, 25),
            "smtp" => (Security::Upgraded, 587),
            _ => return Err(RelayFault::Scheme),
        };
        Ok(Self { host: host.to_owned(), port: port.unwrap_or(usual), security })
    }
}

/// Hands letters to a relay.
pub(crate) struct SmtpRelay {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: MailAddress,
}

impl SmtpRelay {
    /// `account`: user and password. `anchor`: whom to believe about the relay's name, PEM.
    pub(crate) fn new(
        relay: &Relay,
        account: Option<(&str, &str)>,
        anchor: Option<&[u8]>,
        sender: MailAddress,
    ) -> Result<Self, RelayError> {
        let parameters = || {
            let builder = TlsParameters::builder(relay.host.clone());
            let builder = match anchor {
                None => builder,
                Some(pem) => builder
                    .certificate_store(CertificateStore::None)
                    .add_root_certificate(Certificate::from_pem(pem).map_err(RelayError)?),
            };
            builder.build_rustls().map_err(RelayError)
        };
        let tls = match relay.security {
            Security::Whole => Tls::Wrapper(parameters()?),
            Security::Upgraded => Tls::Required(parameters()?),
            Security::None => Tls::None,
        };
        let hello = sender.as_str().rsplit_once('@').map_or("localhost", |(_, domain)| domain).to_owned();
        let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(relay.host.as_str())
            .port(relay.port)
            .tls(tls)
            .timeout(Some(WORD_MAX))
            .hello_name(ClientId::Domain(hello))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS_MAX));
        let builder = match account {
            None => builder,
            Some((user, password)) => builder.credentials(Credentials::new(user.to_owned(), password.to_owned())),
        };
        Ok(Self { transport: builder.build(), sender })
    }
}

impl MailCarrier for SmtpRelay {
    fn carry(&self, mail: AlertMail) -> Carried {
        let (transport, letter) = (self.transport.clone(), written(mail, &self.sender));
        Box::pin(async move {
            let letter = letter.map_err(|_| CarryError::Never)?;
            match tokio::time::timeout(LETTER_MAX, transport.send(letter)).await {
                Ok(Ok(_)) => Ok(()),
                Ok(Err(error)) => Err(judged(&error)),
                Err(_) => Err(CarryError::Later),
            }
        })
    }
}

/// What the relay says may repeat the address: only its kind is told.
fn judged(error: &Error) -> CarryError {
    let refused = error.is_permanent();
    let code = error.status().map(|code| code.to_string());
    tracing::warn!(refused, code, timeout = error.is_timeout(), "the relay did not take a letter");
    if refused { CarryError::Never } else { CarryError::Later }
}

#[cfg(test)]
mod tests;

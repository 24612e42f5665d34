//! Where the demo's programs, files and listeners are.

use std::path::PathBuf;

/// Everything that may differ between two demos on one machine.
pub(super) struct Places {
    /// The demo world.
    pub(super) data: PathBuf,
    /// Built programs.
    pub(super) programs: PathBuf,
    /// Built assets.
    pub(super) site: PathBuf,
    /// The name under which other devices reach this machine.
    pub(super) host: Option<String>,
    /// Added to every port.
    pub(super) shift: u16,
}

impl Places {
    /// Port of the portal's pages: 8443 with TLS.
    pub(super) fn portal_port(&self) -> u16 {
        self.shifted(if self.host.is_some() { 8443 } else { 8080 })
    }

    /// Port of `/livez`, `/readyz`, `/metrics`.
    pub(super) fn admin_port(&self) -> u16 {
        self.shifted(8081)
    }

    /// Port of the card reader.
    pub(super) fn reader_port(&self) -> u16 {
        self.shifted(8790)
    }

    /// The portal as browsers see it.
    pub(super) fn origin(&self) -> String {
        match &self.host {
            Some(host) => format!("https://{host}:{}", self.portal_port()),
            None => format!("http://localhost:{}", self.portal_port()),
        }
    }

    /// The reader as browsers see it. Another host name than the portal's: cookies ignore ports.
    pub(super) fn reader_origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.reader_port())
    }

    /// Where letters lie that a relay would carry on.
    pub(super) fn mail(&self) -> PathBuf {
        self.data.join("mail")
    }

    /// A port of the plan, moved.
    pub(super) fn shifted(&self, port: u16) -> u16 {
        port.saturating_add(self.shift)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::demo) fn places(host: Option<&str>, shift: u16) -> Places {
        let folder = |name: &str| PathBuf::from(name);
        let host = host.map(str::to_owned);
        Places { data: folder("data"), programs: folder("target/debug"), site: folder("site"), host, shift }
    }

    #[test]
    fn a_shifted_demo_shares_no_port_with_the_plain_one() {
        let (plain, shifted) = (places(None, 0), places(None, 10_000));
        assert_eq!(plain.origin(), "http://localhost:8080");
        assert_eq!(shifted.origin(), "http://localhost:18080");
        assert_eq!(shifted.reader_origin(), "http://127.0.0.1:18790");
        assert_eq!(shifted.admin_port(), 18_081);
    }

    #[test]
    fn a_named_host_means_tls() {
        assert_eq!(places(Some("portal.test"), 0).origin(), "https://portal.test:8443");
    }
}

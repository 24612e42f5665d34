//! Whether a program answers yet.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// What counts as ready.
pub(super) enum Ready {
    /// Somebody listens on every one of these.
    Ports(Vec<SocketAddr>),
    /// `GET` answers 200 there.
    Page(SocketAddr, &'static str),
}

impl Ready {
    /// Asks once.
    pub(super) fn is_met(&self) -> bool {
        match self {
            Self::Ports(addresses) => addresses.iter().all(|address| connect(address).is_some()),
            Self::Page(address, path) => status(address, path) == Some(200),
        }
    }
}

fn connect(address: &SocketAddr) -> Option<TcpStream> {
    TcpStream::connect_timeout(address, Duration::from_secs(1)).ok()
}

fn status(address: &SocketAddr, path: &str) -> Option<u16> {
    let mut stream = connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").ok()?;
    let mut head = [0; 12];
    stream.read_exact(&mut head).ok()?;
    let head = std::str::from_utf8(&head).ok()?;
    head.strip_prefix("HTTP/1.1 ")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{io::BufRead, io::BufReader, net::TcpListener, thread};

    fn answering(line: &'static str) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = String::new();
            BufReader::new(&stream).read_line(&mut request).unwrap();
            write!(stream, "{line}\r\n\r\n").unwrap();
        });
        address
    }

    #[test]
    fn only_200_is_ready() {
        assert!(Ready::Page(answering("HTTP/1.1 200 OK"), "/readyz").is_met());
        assert!(!Ready::Page(answering("HTTP/1.1 503 Service Unavailable"), "/readyz").is_met());
        assert!(!Ready::Page(answering("nonsense, but long"), "/readyz").is_met());
    }

    #[test]
    fn one_silent_port_is_enough_to_wait() {
        let open = TcpListener::bind("127.0.0.1:0").unwrap();
        let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let open = open.local_addr().map(|address| (address, open)).unwrap();
        assert!(Ready::Ports(vec![open.0]).is_met());
        assert!(!Ready::Ports(vec![open.0, closed]).is_met());
    }
}

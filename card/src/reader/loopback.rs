use std::net::{Ipv4Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Finds names as browsers do: every name below `.localhost` is this machine (RFC 6761 §6.3). Many systems ask the
/// network instead, or find nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct LoopbackNames;

impl Resolve for LoopbackNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            if is_below_localhost(name.as_str()) {
                return Ok(Box::new(std::iter::once(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))) as Addrs);
            }
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

fn is_below_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    name.strip_suffix(".localhost").is_some_and(|below| !below.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn found(name: &str) -> Vec<SocketAddr> {
        LoopbackNames.resolve(name.parse().unwrap()).await.map(Iterator::collect).unwrap_or_default()
    }

    #[tokio::test]
    async fn names_below_localhost_are_this_machine() {
        for name in ["jasso.localhost", "a.b.localhost", "JASSO.Localhost", "jasso.localhost."] {
            assert_eq!(found(name).await, [SocketAddr::from(([127, 0, 0, 1], 0))], "{name}");
        }
    }

    #[tokio::test]
    async fn other_names_are_looked_up() {
        assert!(found("localhost").await.iter().all(|address| address.ip().is_loopback()));
        assert!(!is_below_localhost("localhost.example") && !is_below_localhost(".localhost"));
        assert!(!is_below_localhost("notlocalhost"));
    }
}

//! Whether an address lies on this machine or its own network, told by the host alone.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::Host;

use super::Call;

/// Ends of names that only the own network knows: multicast DNS (RFC 6762), home networks (RFC 8375), private use
/// (set aside by ICANN in 2024), and what routers commonly call theirs.
const OWN_NETWORK: [&str; 5] = ["local", "localhost", "home.arpa", "internal", "lan"];

impl Call {
    /// Whether the server lies on this machine or its own network: such a one can be reached without any other.
    pub fn is_near(&self) -> bool {
        match self.url.host() {
            Some(Host::Ipv4(address)) => is_near_v4(address),
            Some(Host::Ipv6(address)) => is_near_v6(address),
            Some(Host::Domain(name)) => is_near_name(name),
            None => false,
        }
    }
}

fn is_near_v4(address: Ipv4Addr) -> bool {
    address.is_loopback() || address.is_private() || address.is_link_local()
}

fn is_near_v6(address: Ipv6Addr) -> bool {
    match address.to_ipv4_mapped() {
        Some(address) => is_near_v4(address),
        None => address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local(),
    }
}

fn is_near_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let of_own_network =
        |end: &&str| name.strip_suffix(*end).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    !name.contains('.') || OWN_NETWORK.iter().any(of_own_network)
}

#[cfg(test)]
mod tests {
    use crate::transport::{Call, CallParts};

    fn is_near(host: &str) -> bool {
        Call::new(CallParts { url: format!("http://{host}/x"), ..CallParts::default() }).unwrap().is_near()
    }

    #[test]
    fn this_machine_and_its_network_are_near() {
        for host in [
            "127.0.0.1:8080",
            "127.9.9.9",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.7",
            "169.254.3.4",
            "[::1]",
            "[fe80::1]",
            "[fd12:3456::1]",
            "[::ffff:192.168.1.7]",
            "localhost",
            "LOCALHOST:99",
            "app.localhost",
            "nas",
            "nas.",
            "printer.local",
            "Printer.LOCAL.",
            "hub.home.arpa",
            "git.internal",
            "router.lan",
        ] {
            assert!(is_near(host), "{host}");
        }
    }

    #[test]
    fn everything_else_is_far() {
        for host in [
            "1.1.1.1",
            "172.32.0.1",
            "192.169.0.1",
            "100.64.0.1",
            "[2001:db8::1]",
            "[::ffff:8.8.8.8]",
            "example.org",
            "notlocal.org",
            "mylocal.com",
            "local.example.org",
            "xlocal.net",
            "example.notlan",
        ] {
            assert!(!is_near(host), "{host}");
        }
    }
}

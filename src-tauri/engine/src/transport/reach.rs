//! How far a request travels, told by the host alone.

use std::net::{IpAddr, Ipv4Addr};

use url::{Host, Url};

use super::Call;

/// How far a request travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It never leaves this machine.
    Loopback,
    /// It never leaves the network of a home, a company or a private overlay.
    Private,
    /// Anywhere.
    Open,
}

impl Reach {
    /// Tells how far a request to an address travels.
    pub fn of(url: &Url) -> Self {
        match url.host() {
            Some(Host::Ipv4(address)) => of_address(address.into()),
            Some(Host::Ipv6(address)) => {
                of_address(address.to_ipv4_mapped().map_or(IpAddr::V6(address), IpAddr::V4))
            }
            Some(Host::Domain(name)) => of_name(name.trim_end_matches('.')),
            None => Self::Open,
        }
    }
}

impl Call {
    /// Whether the server can be reached although the machine has no way to the internet.
    pub fn is_near(&self) -> bool {
        Reach::of(&self.url) != Reach::Open
    }
}

fn of_address(address: IpAddr) -> Reach {
    let private = match address {
        IpAddr::V4(v4) => v4.is_private() || v4.is_link_local() || is_shared(v4),
        IpAddr::V6(v6) => v6.is_unique_local() || v6.is_unicast_link_local(),
    };
    if address.is_loopback() {
        Reach::Loopback
    } else if private {
        Reach::Private
    } else {
        Reach::Open
    }
}

/// The address space of carriers and of private overlay networks, 100.64.0.0/10 (RFC 6598).
fn is_shared(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    first == 100 && second & 0xc0 == 64
}

/// Names that never leave this computer (RFC 6761), and those that never leave a home or company network (RFC 6762,
/// RFC 8375, `.internal`, what routers commonly call theirs, and names without a dot).
fn of_name(name: &str) -> Reach {
    let within =
        |domain: &str| name.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    if within("localhost") {
        Reach::Loopback
    } else if !name.contains('.') || ["local", "lan", "internal", "home.arpa"].into_iter().any(within) {
        Reach::Private
    } else {
        Reach::Open
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::CallParts;

    #[test]
    fn knows_how_far_a_request_travels() {
        use Reach::{Loopback, Open, Private};
        let table = [
            ("127.0.0.1:8080", Loopback),
            ("127.9.9.9", Loopback),
            ("[::1]", Loopback),
            ("[::ffff:127.0.0.1]", Loopback),
            ("localhost", Loopback),
            ("LOCALHOST:99", Loopback),
            ("feed.localhost", Loopback),
            ("10.0.0.1", Private),
            ("172.16.0.1", Private),
            ("172.31.255.255", Private),
            ("192.168.1.1", Private),
            ("[::ffff:192.168.1.7]", Private),
            ("169.254.1.1", Private),
            ("100.100.1.1", Private),
            ("[fd00::1]", Private),
            ("[fe80::1]", Private),
            ("nas", Private),
            ("Printer.LOCAL.", Private),
            ("router.lan", Private),
            ("git.internal", Private),
            ("nas.home.arpa", Private),
            ("100.128.0.1", Open),
            ("172.32.0.1", Open),
            ("192.169.0.1", Open),
            ("8.8.8.8", Open),
            ("[2001:db8::1]", Open),
            ("[::ffff:8.8.8.8]", Open),
            ("notlocalhost.test", Open),
            ("mylocal.test", Open),
            ("local.example.org", Open),
            ("localhost.evil.test", Open),
            ("127.0.0.1.evil.test", Open),
        ];
        for (host, expected) in table {
            let url = format!("http://{host}/");
            assert_eq!(Reach::of(&Url::parse(&url).unwrap()), expected, "{host}");
            let call = Call::new(CallParts { url, ..CallParts::default() }).unwrap();
            assert_eq!(call.is_near(), expected != Open, "{host}");
        }
    }
}

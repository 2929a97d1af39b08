//! Asking other servers, where the address comes from somebody: http and https only, within ten seconds, following
//! nobody elsewhere; and, where the installation wants it, never a machine of a private network.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Response, Url};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(10);
const LONGEST_ADDRESS: usize = 2_000;

/// Why a server is not asked, or did not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreached {
    /// Not an address one can ask.
    #[error("not an http or https address")]
    Address,
    /// It is of a private network, and this installation asks public ones only.
    #[error("this installation asks public addresses only")]
    Private,
    /// It took too long.
    #[error("no answer within 10 seconds")]
    Slow,
    /// There is no such server, or it does not answer.
    #[error("the server can't be reached")]
    Away,
}

/// The way out.
pub struct Outside {
    client: Option<Client>,
    public_only: bool,
}

impl Outside {
    /// To everybody, or to public addresses only.
    pub fn new(public_only: bool) -> Outside {
        let mut client = Client::builder().timeout(PATIENCE).redirect(Policy::none()).no_proxy();
        if public_only {
            client = client.dns_resolver(Arc::new(PublicOnly));
        }
        Outside { client: client.build().ok(), public_only }
    }

    /// A request to an address; refused before anything is sent.
    pub fn request(&self, method: Method, address: &str) -> Result<RequestBuilder, Unreached> {
        let url = address_of(address).ok_or(Unreached::Address)?;
        if self.public_only && literal(&url).is_some_and(|ip| !is_public(ip)) {
            return Err(Unreached::Private);
        }
        Ok(self.client.as_ref().ok_or(Unreached::Away)?.request(method, url))
    }

    /// Sends it.
    pub async fn send(&self, request: RequestBuilder) -> Result<Response, Unreached> {
        request.send().await.map_err(|error| why(&error))
    }

    /// The beginning of an answer, up to so many bytes.
    pub async fn beginning(&self, mut answer: Response, most: usize) -> Result<Vec<u8>, Unreached> {
        let mut read = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| why(&error))? {
            let left = most - read.len();
            read.extend_from_slice(&chunk[..chunk.len().min(left)]);
            if read.len() == most {
                break;
            }
        }
        Ok(read)
    }
}

fn why(error: &reqwest::Error) -> Unreached {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(one) = cause {
        if let Some(known) = one.downcast_ref::<Unreached>() {
            return *known;
        }
        cause = one.source();
    }
    if error.is_timeout() { Unreached::Slow } else { Unreached::Away }
}

/// An address that may be asked.
pub fn address_of(text: &str) -> Option<Url> {
    let plain = text.len() <= LONGEST_ADDRESS && !text.chars().any(|c| c.is_control() || c.is_whitespace());
    let url = Url::parse(text).ok().filter(|_| plain)?;
    let named = url.username().is_empty() && url.password().is_none() && url.host_str().is_some();
    (named && matches!(url.scheme(), "http" | "https")).then_some(url)
}

/// The address, if it is written as numbers: no name is looked up then.
fn literal(url: &Url) -> Option<IpAddr> {
    url.host_str()?.trim_matches(['[', ']']).parse().ok()
}

/// Looks names up, and goes to public addresses only: to those it found, not to what the name means a moment later.
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let public: Vec<SocketAddr> = found.iter().copied().filter(|address| is_public(address.ip())).collect();
            if public.is_empty() && !found.is_empty() {
                return Err(Unreached::Private.into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19));
    !(special
        || ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_broadcast()
        || ip.is_documentation())
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let parts = ip.segments();
    // An IPv4 address in another dress: mapped, compatible, translated, or tunnelled.
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => v4(high, low),
        [0x2002, high, low, ..] => v4(high, low),
        [0x2001, 0x0db8 | 0, ..] => false,
        // What is handed out so far as global.
        [first, ..] => (0x2000..0x4000).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_in_any_dress() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "2002:7f00:1::",
            "2001:db8::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in ["1.1.1.1", "93.184.216.34", "172.32.0.1", "2606:4700::1111", "::ffff:1.1.1.1"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn addresses() {
        for bad in ["ftp://a.example", "a.example", "http://", "http://u:p@a.example", "http://a b", "file:///etc", ""]
        {
            assert!(address_of(bad).is_none(), "{bad}");
        }
        assert!(address_of("https://a.example:8443/hook?x=1").is_some());
    }

    /// However the number is written.
    #[tokio::test]
    async fn public_only_refuses_before_it_asks() {
        let outside = Outside::new(true);
        for private in ["http://127.0.0.1:1/", "http://2130706433/", "http://0x7f.1/", "http://[::ffff:7f00:1]/"] {
            assert_eq!(outside.request(Method::GET, private).err(), Some(Unreached::Private), "{private}");
        }
        let named = outside.request(Method::GET, "http://localhost:1/").unwrap();
        assert_eq!(outside.send(named).await.err(), Some(Unreached::Private));
        assert!(Outside::new(false).request(Method::GET, "http://127.0.0.1:1/").is_ok());
    }
}

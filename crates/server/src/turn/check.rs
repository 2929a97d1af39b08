//! Which ways calls can go from this machine: each server is tried as a browser would, and where one does not answer it
//! is said what to open.

use super::offer::IceServer;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::UdpSocket;
use tokio::time::timeout;
use turn_server::Credentials;
use turn_server::client::{Allocated, Failure, Received, TurnClient, public_roots};

/// So long a datagram through the relay may take.
const PATIENCE: Duration = Duration::from_secs(3);
/// What is sent through it.
const PROBE: &[u8] = b"parvis check-network";

/// What was found about one way.
#[derive(Debug)]
pub struct Finding {
    /// Whether it works; `None`: it could not be tried from here.
    pub works: Option<bool>,
    /// Whether calls can go this way even where no direct one is found.
    pub relays: bool,
    /// In plain words.
    pub says: String,
}

/// A server of a list, as its address says it.
#[derive(Debug, PartialEq, Eq)]
struct Target {
    way: Way,
    host: String,
    port: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Stun,
    Udp,
    Tcp,
    Tls,
}

impl Way {
    fn name(self) -> &'static str {
        match self {
            Way::Stun => "STUN over UDP",
            Way::Udp => "TURN over UDP",
            Way::Tcp => "TURN over TCP",
            Way::Tls => "TURN over TLS",
        }
    }

    fn protocol(self) -> &'static str {
        if matches!(self, Way::Stun | Way::Udp) { "UDP" } else { "TCP" }
    }
}

/// Reads `stun:`, `turn:` and `turns:` (RFC 7064, RFC 7065).
fn target(url: &str) -> Option<Target> {
    let (scheme, rest) = url.split_once(':')?;
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    let way = match (scheme, query) {
        ("stun", _) => Way::Stun,
        ("turn", "transport=tcp") => Way::Tcp,
        ("turn", _) => Way::Udp,
        ("turns", "" | "transport=tcp") => Way::Tls,
        _ => return None,
    };
    let default = if way == Way::Tls { 5_349 } else { 3_478 };
    let (host, port) = match address.strip_prefix('[').and_then(|a| a.split_once(']')) {
        Some((host, port)) => (host, port.strip_prefix(':')),
        None => address.rsplit_once(':').map_or((address, None), |(host, port)| (host, Some(port))),
    };
    let port = port.map_or(Some(default), |port| port.parse().ok())?;
    (!host.is_empty()).then(|| Target { way, host: host.to_owned(), port })
}

/// Tries every way there is, in order.
pub async fn look(servers: &[IceServer]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for server in servers {
        let credentials = match (&server.username, &server.credential) {
            (Some(username), Some(password)) => {
                Some(Credentials { username: username.clone(), password: password.clone(), expires_at: 0 })
            }
            _ => None,
        };
        for url in &server.urls {
            match target(url) {
                Some(target) => findings.extend(try_one(&target, credentials.clone()).await),
                None => findings.push(Finding {
                    works: None,
                    relays: false,
                    says: format!("{url}: this command does not know how to try it"),
                }),
            }
        }
    }
    findings
}

/// Whether calls can go through a relay from here.
pub fn can_call(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.relays && finding.works == Some(true))
}

async fn try_one(target: &Target, credentials: Option<Credentials>) -> Vec<Finding> {
    let Target { way, host, port } = target;
    let relays = *way != Way::Stun;
    let name = format!("{} ({host}:{port})", way.name());
    let failed =
        |why: &str, help: String| vec![Finding { works: Some(false), relays, says: format!("{name}: {why}. {help}") }];
    let open = format!("Open port {port}/{} towards {host} in the firewall, both here and there.", way.protocol());
    let found = tokio::net::lookup_host((host.as_str(), *port)).await.ok().and_then(|mut found| found.next());
    let Some(address) = found else {
        return failed("its name is not known here", "Look at the name server.".to_owned());
    };
    let mut client = match connect(*way, host, address).await {
        Ok(client) => client,
        Err(failure) if *way == Way::Tls => {
            let help = format!("{open} The certificate must be one of {host} that browsers trust.");
            return failed(&failure.to_string(), help);
        }
        Err(failure) => return failed(&failure.to_string(), open),
    };
    if *way == Way::Stun {
        return match client.binding().await {
            Ok(seen) => vec![Finding { works: Some(true), relays, says: format!("{name}: seen from {seen}") }],
            Err(failure) => failed(&failure.to_string(), open),
        };
    }
    let Some(credentials) = credentials else { return failed("no credentials were given", String::new()) };
    client.sign_in(credentials);
    match client.allocate(None).await {
        Ok(allocated) => {
            let mut findings = vec![Finding {
                works: Some(true),
                relays,
                says: format!("{name}: relayed address {}", allocated.relayed),
            }];
            findings.extend(reach(&mut client, allocated, address, *way).await);
            let _ = client.refresh(0).await;
            findings
        }
        Err(failure) => {
            let help = match failure.code() {
                Some(401) => "The server does not know our secret (--turn-secret), or its clock is wrong.".to_owned(),
                Some(486 | 508) => "The relay is full: see its quotas (--turn-per-member, --turn-total).".to_owned(),
                Some(_) => "The server's log says more.".to_owned(),
                None => open,
            };
            failed(&failure.to_string(), help)
        }
    }
}

async fn connect(way: Way, host: &str, address: SocketAddr) -> Result<TurnClient, Failure> {
    match way {
        Way::Stun | Way::Udp => TurnClient::udp(address).await,
        Way::Tcp => TurnClient::tcp(address).await,
        Way::Tls => TurnClient::tls(address, host, public_roots()?).await,
    }
}

/// Whether the relayed address itself can be reached: only looked at once, by UDP.
async fn reach(client: &mut TurnClient, allocated: Allocated, server: SocketAddr, way: Way) -> Option<Finding> {
    if way != Way::Udp {
        return None;
    }
    let relayed = allocated.relayed;
    let says = |works, says: String| Some(Finding { works, relays: false, says });
    let socket =
        UdpSocket::bind(SocketAddr::new(if relayed.is_ipv4() { [0, 0, 0, 0].into() } else { [0_u16; 8].into() }, 0));
    let Ok(socket) = socket.await else { return None };
    if client.permit(&[allocated.mapped]).await.is_err() {
        let why = "not tried: for the relay this machine has a private address. Try from another network.";
        return says(None, format!("Relayed address ({relayed}): {why}"));
    }
    // A datagram may get lost; three hardly do.
    for _ in 0..3 {
        let _ = socket.send_to(PROBE, relayed).await;
        if let Ok(Ok(Received::From(_, data))) = timeout(PATIENCE / 3, client.receive()).await
            && data == PROBE
        {
            return says(Some(true), format!("Relayed address ({relayed}): reached from here"));
        }
    }
    let elsewhere = if relayed.ip() == server.ip() {
        String::new()
    } else {
        format!(" The relay announces {}: is that its public address (--turn-relay-ip)?", relayed.ip())
    };
    says(
        Some(false),
        format!(
            "Relayed address ({relayed}): not reached from here. Calls work where both go through the relay. Open the \
             relay's UDP ports (49152-65535, or --turn-relay-ports) at the server.{elsewhere}"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_servers() {
        let read = |url: &str| target(url).map(|t| (t.way, t.host, t.port));
        let host = || "t.example".to_owned();
        assert_eq!(read("stun:t.example"), Some((Way::Stun, host(), 3_478)));
        assert_eq!(read("turn:t.example:80?transport=tcp"), Some((Way::Tcp, host(), 80)));
        assert_eq!(read("turn:t.example"), Some((Way::Udp, host(), 3_478)));
        assert_eq!(read("turns:t.example?transport=tcp"), Some((Way::Tls, host(), 5_349)));
        assert_eq!(read("turn:[2001:db8::1]:3479?transport=udp"), Some((Way::Udp, "2001:db8::1".to_owned(), 3_479)));
        for wrong in ["", "turn:", "https://t.example", "turn:t.example:x", "turns:t.example?transport=udp"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}

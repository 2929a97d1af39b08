//! What members are told of the relay: where it is, and credentials for it.

use crate::platform::clock::Millis;
use crate::sites::SiteId;
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use turn_server::{Server, credentials, is_public};
use utoipa::ToSchema;

/// How long credentials are taken. An allocation ends with them, so that a call that is relayed for longer asks again
/// before, and restarts ICE.
pub const LIFETIME: Millis = 60 * 60 * 1_000;

/// Servers as a browser takes them (`RTCIceServer`).
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct IceServer {
    /// `stun:`, `turn:` and `turns:`.
    pub urls: Vec<String>,
    /// Of `turn:` and `turns:`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Of `turn:` and `turns:`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
}

/// Servers, and until when their credentials are taken.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// The servers; none without a relay.
    pub ice_servers: Vec<IceServer>,
    /// When the credentials end.
    pub expires_at: Millis,
}

/// Which relay there is.
pub enum Offer {
    /// None is wanted.
    Off,
    /// This process's own can't run: why, in a sentence.
    Failed(String),
    /// This process's own.
    BuiltIn(Box<BuiltIn>),
    /// Another.
    Outside {
        /// Where it is.
        urls: Vec<String>,
        /// What it shares with us.
        secret: String,
    },
}

/// The built-in relay.
pub struct BuiltIn {
    /// The server, where it is this process that runs it.
    pub server: Option<Server>,
    /// Where it listens.
    pub listen: Vec<SocketAddr>,
    /// What it announces.
    pub announced: Vec<IpAddr>,
    /// From which ports it relays.
    pub ports: RangeInclusive<u16>,
    /// The host of its certificate, if it has one.
    pub tls_host: Option<String>,
    /// What credentials are made with.
    pub secret: String,
}

impl BuiltIn {
    /// Announced addresses that only this machine's own network can reach.
    pub fn private(&self) -> impl Iterator<Item = IpAddr> {
        self.announced.iter().copied().filter(|ip| !is_public(*ip))
    }

    fn urls(&self) -> Vec<String> {
        let listening = &self.listen;
        let mut urls = Vec::new();
        for ip in &self.announced {
            for address in listening.iter().filter(|address| address.is_ipv4() == ip.is_ipv4()) {
                let at = SocketAddr::new(*ip, address.port());
                urls.push(format!("stun:{at}"));
                urls.push(format!("turn:{at}?transport=udp"));
                urls.push(format!("turn:{at}?transport=tcp"));
            }
        }
        if let Some(host) = &self.tls_host {
            urls.extend(listening.iter().map(|address| format!("turns:{host}:{}?transport=tcp", address.port())));
        }
        urls.dedup();
        urls
    }
}

impl Offer {
    /// This process's own server, if it runs.
    pub fn server(&self) -> Option<&Server> {
        if let Offer::BuiltIn(built_in) = self { built_in.server.as_ref() } else { None }
    }

    /// Where the relay is; `stun:` first.
    pub fn urls(&self) -> Vec<String> {
        match self {
            Offer::Off | Offer::Failed(_) => Vec::new(),
            Offer::BuiltIn(built_in) => built_in.urls(),
            Offer::Outside { urls, .. } => urls.clone(),
        }
    }

    /// Servers and credentials for one person of a site: `whose` tells members and operators apart.
    pub fn ticket(&self, site: SiteId, whose: &str, id: i64, now: Millis) -> Ticket {
        let expires_at = now + LIFETIME;
        let secret = match self {
            Offer::Off | Offer::Failed(_) => return Ticket { ice_servers: Vec::new(), expires_at },
            Offer::BuiltIn(built_in) => &built_in.secret,
            Offer::Outside { secret, .. } => secret,
        };
        let account = account(secret, site, whose, id);
        let made = credentials(secret, &account, u64::try_from(expires_at / 1_000).unwrap_or(0));
        let (stun, turn): (Vec<String>, Vec<String>) = self.urls().into_iter().partition(|url| url.starts_with("stun"));
        let stun = IceServer { urls: stun, username: None, credential: None };
        let turn = IceServer { urls: turn, username: Some(made.username), credential: Some(made.password) };
        let ice_servers = [stun, turn].into_iter().filter(|server| !server.urls.is_empty()).collect();
        Ticket { ice_servers, expires_at }
    }
}

/// What quotas are counted by: the same for one person, and nothing that tells who that is.
fn account(secret: &str, site: SiteId, whose: &str, id: i64) -> String {
    let mut hash = Sha256::new();
    hash.update(b"account of the relay\0");
    hash.update(secret.as_bytes());
    hash.update(format!("\0{}\0{whose}\0{id}", site.0).as_bytes());
    BASE64URL_NOPAD.encode(&hash.finalize()[..12])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_of_one_person_and_tell_nothing() {
        let urls = vec!["stun:t.example".to_owned(), "turn:t.example?transport=udp".to_owned()];
        let offer = Offer::Outside { urls, secret: "north".to_owned() };
        let ticket = |site, whose, id| offer.ticket(SiteId(site), whose, id, 1_800_000_000_000).ice_servers;
        let mine = ticket(1, "member", 7);
        assert_eq!((mine.len(), mine[0].urls.len(), mine[0].username.as_ref()), (2, 1, None));
        let username = mine[1].username.clone().unwrap();
        assert!(username.starts_with("1800003600:") && username.len() == 27, "{username}");
        let expected = credentials("north", username.split_once(':').unwrap().1, 1_800_003_600);
        assert_eq!(mine[1].credential.as_ref(), Some(&expected.password));
        assert_eq!(ticket(1, "member", 7)[1].username.as_ref(), Some(&username));
        for other in [ticket(2, "member", 7), ticket(1, "operator", 7), ticket(1, "member", 8)] {
            assert_ne!(other[1].username.as_ref(), Some(&username));
        }
        assert!(Offer::Off.ticket(SiteId(1), "member", 7, 0).ice_servers.is_empty());
    }
}

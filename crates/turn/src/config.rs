//! What a server is started with.

use crate::clock::Clock;
use crate::peers::Cidr;
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::PathBuf;

/// What a server is started with.
#[derive(Clone)]
pub struct Config {
    /// Where clients come: UDP, TCP and (with a certificate) TLS on each of these. Port 0 picks a free one.
    pub listen: Vec<SocketAddr>,
    /// Where is relayed from: at most one address of each family is used.
    pub relays: Vec<RelayAddress>,
    /// Ports of relayed addresses.
    pub ports: RangeInclusive<u16>,
    /// The realm of the credentials.
    pub realm: String,
    /// What credentials are made with ([`crate::credentials`]).
    pub secret: String,
    /// How much of everything.
    pub limits: Limits,
    /// Ranges that are relayed to though they are not of the public Internet.
    pub allowed_peers: Vec<Cidr>,
    /// A certificate, for TLS.
    pub tls: Option<Tls>,
    /// The time.
    pub clock: Clock,
}

/// An address to relay from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RelayAddress {
    /// What clients are told, and tell each other.
    pub announced: IpAddr,
    /// What sockets are bound to; another than the announced one behind a NAT.
    pub bind: IpAddr,
}

/// A certificate and its key, as PEM files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tls {
    /// The certificate and those between it and the root.
    pub certificates: PathBuf,
    /// Its key.
    pub key: PathBuf,
}

/// How much of everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Allocations of one account at the same time.
    pub allocations_per_account: usize,
    /// Allocations in all.
    pub allocations: usize,
    /// Bytes a second of one allocation, both ways together.
    pub bytes_per_second: u32,
    /// The longest an allocation lives without being refreshed, in seconds.
    pub longest_lifetime: u32,
    /// TCP and TLS connections of one address.
    pub connections_per_ip: usize,
    /// TCP and TLS connections in all.
    pub connections: usize,
    /// Bytes that wait for one slow TCP connection; more datagrams are dropped.
    pub queue_bytes: usize,
    /// Seconds after which a connection is closed that has no allocation, or has not finished its TLS handshake.
    pub idle_seconds: u64,
    /// Answers a second to one address without credentials (and twenty times as many at once).
    pub unauthenticated_per_second: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            allocations_per_account: 12,
            allocations: 4_000,
            bytes_per_second: 1_250_000,
            longest_lifetime: 3_600,
            connections_per_ip: 100,
            connections: 4_000,
            queue_bytes: 256 * 1_024,
            idle_seconds: 30,
            unauthenticated_per_second: 50,
        }
    }
}

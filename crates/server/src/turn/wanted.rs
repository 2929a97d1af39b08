//! Which relay is wanted, as the configuration settles it.

use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use turn_server::{Cidr, Limits, Tls};

/// The relay for calls, settled.
#[derive(Clone)]
pub enum TurnConfig {
    /// None.
    Off,
    /// This process's own.
    BuiltIn(Wanted),
    /// Another, with its secret.
    Outside {
        /// Where it is: `turn:` and `turns:`, perhaps `stun:`.
        urls: Vec<String>,
        /// With which credentials are made.
        secret: String,
    },
}

/// Without the secret.
impl std::fmt::Debug for TurnConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            TurnConfig::Off => f.write_str("Off"),
            TurnConfig::BuiltIn(built_in) => built_in.fmt(f),
            TurnConfig::Outside { urls, .. } => f.debug_struct("Outside").field("urls", urls).finish_non_exhaustive(),
        }
    }
}

/// This process's own relay.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Where it listens.
    pub listen: Vec<SocketAddr>,
    /// What it announces, if somebody said.
    pub announced: Vec<IpAddr>,
    /// From which ports it relays.
    pub ports: RangeInclusive<u16>,
    /// What it relays to besides the public Internet.
    pub allowed_peers: Vec<Cidr>,
    /// A certificate.
    pub tls: Option<Tls>,
    /// How much of everything.
    pub limits: Limits,
}

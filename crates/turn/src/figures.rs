//! What is counted, for metrics and tests.

use std::sync::atomic::{AtomicU64, Ordering};

/// A number that only this server changes.
#[derive(Debug, Default)]
pub struct Count(AtomicU64);

impl Count {
    /// One more.
    pub fn one(&self) {
        self.add(1);
    }

    /// So many more.
    pub fn add(&self, more: u64) {
        self.0.fetch_add(more, Ordering::Relaxed);
    }

    /// So many fewer.
    pub fn less(&self, fewer: u64) {
        self.0.fetch_sub(fewer, Ordering::Relaxed);
    }

    /// The number.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The figures of a server.
#[derive(Debug, Default)]
pub struct Figures {
    /// Allocations there are.
    pub allocations: Count,
    /// Allocations there ever were.
    pub allocated: Count,
    /// TCP and TLS connections there are.
    pub connections: Count,
    /// Bytes of data brought to peers and to clients.
    pub relayed_bytes: Count,
    /// Datagrams brought.
    pub relayed_packets: Count,
    /// Requests with credentials that are wrong, expired or of somebody else.
    pub refused_credentials: Count,
    /// Allocations beyond a quota.
    pub refused_quota: Count,
    /// Peers that are not relayed to.
    pub refused_peers: Count,
    /// Connections beyond the limits.
    pub refused_connections: Count,
    /// Datagrams that are no message of STUN and no data of a channel.
    pub malformed: Count,
    /// Answers not given because one address asked too often without credentials.
    pub unanswered: Count,
    /// Datagrams not brought: too many at once for an allocation, a slow connection, or a full socket.
    pub dropped: Count,
    /// Messages whose handling panicked: their client was put out.
    pub panics: Count,
}

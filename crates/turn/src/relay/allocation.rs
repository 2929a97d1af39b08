//! An allocation: a relayed address, and to whom it is open.

use super::Client;
use crate::credentials::Key;
use crate::limits::Bucket;
use crate::stun::Transaction;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};

/// How long a permission holds (RFC 8656 section 9), in milliseconds.
pub const PERMISSION: u64 = 300_000;
/// How long a channel is bound (RFC 8656 section 12).
pub const CHANNEL: u64 = 600_000;
/// The most permissions, and the most channels, of an allocation. A browser asks for one per candidate of the other.
pub const MOST: usize = 128;

/// So many peers may be asked for in a second, and so many at once: each costs a look at the machine's addresses.
const ASKED: (u32, u32) = (64, 512);

/// A relayed address, and to whom it is open. `S` is its socket.
pub struct Allocation<S> {
    /// Whose.
    pub client: Client,
    /// What quotas are counted by.
    pub account: String,
    /// What answers are signed with.
    pub key: Key,
    /// The address others see.
    pub relayed: SocketAddr,
    /// Its socket.
    pub socket: S,
    /// When it ends.
    pub expires: u64,
    /// The transaction that made it: a request that comes twice is answered twice.
    pub made_by: Transaction,
    /// Distinguishes it from others that were in the same place.
    pub generation: u64,
    permissions: HashMap<IpAddr, Permission>,
    channels: HashMap<u16, Channel>,
    numbers: HashMap<SocketAddr, u16>,
    rate: Bucket,
    asked: Bucket,
}

/// That an address may be relayed to, and from.
#[derive(Clone, Copy)]
struct Permission {
    expires: u64,
    own: bool,
}

struct Channel {
    peer: SocketAddr,
    expires: u64,
}

/// There are as many as there can be.
pub struct Full;

impl<S> Allocation<S> {
    /// A new one, open to nobody.
    #[expect(clippy::too_many_arguments, reason = "each once, in the one place that makes it")]
    pub fn new(
        client: Client,
        account: String,
        key: Key,
        relayed: SocketAddr,
        socket: S,
        expires: u64,
        made_by: Transaction,
        generation: u64,
        (bytes_per_second, now): (u32, u64),
    ) -> Allocation<S> {
        let (permissions, channels, numbers) = (HashMap::new(), HashMap::new(), HashMap::new());
        let (rate, asked) = (Bucket::full(bytes_per_second, now), Bucket::full(ASKED.1, now));
        Allocation {
            client,
            account,
            key,
            relayed,
            socket,
            expires,
            made_by,
            generation,
            permissions,
            channels,
            numbers,
            rate,
            asked,
        }
    }

    /// Opens it to an address; `own` says that the address is this machine's.
    pub fn permit(&mut self, peer: IpAddr, own: bool, now: u64) -> Result<(), Full> {
        if self.permissions.len() >= MOST && !self.permissions.contains_key(&peer) {
            self.permissions.retain(|_, permission| permission.expires > now);
            if self.permissions.len() >= MOST {
                return Err(Full);
            }
        }
        self.permissions.insert(peer, Permission { expires: now + PERMISSION, own });
        Ok(())
    }

    /// Whether it is open to an address: `Some(own)` if so.
    pub fn permits(&self, peer: IpAddr, now: u64) -> Option<bool> {
        self.permissions.get(&peer).filter(|permission| permission.expires > now).map(|permission| permission.own)
    }

    /// Whether a number and a peer may be bound to each other: neither is bound to another.
    pub fn may_bind(&self, number: u16, peer: SocketAddr, now: u64) -> bool {
        let other_peer = self.channels.get(&number).is_some_and(|c| c.peer != peer && c.expires > now);
        let other_number = self.number_of(peer, now).is_some_and(|n| n != number);
        !other_peer && !other_number
    }

    /// Binds a number to a peer.
    pub fn bind(&mut self, number: u16, peer: SocketAddr, now: u64) -> Result<(), Full> {
        if self.channels.len() >= MOST && !self.channels.contains_key(&number) {
            self.channels.retain(|_, channel| channel.expires > now);
            let channels = &self.channels;
            self.numbers.retain(|_, number| channels.contains_key(number));
            if self.channels.len() >= MOST {
                return Err(Full);
            }
        }
        if let Some(before) = self.channels.insert(number, Channel { peer, expires: now + CHANNEL }) {
            self.numbers.remove(&before.peer);
        }
        if let Some(before) = self.numbers.insert(peer, number).filter(|before| *before != number) {
            self.channels.remove(&before);
        }
        Ok(())
    }

    /// The peer of a channel.
    pub fn peer_of(&self, number: u16, now: u64) -> Option<SocketAddr> {
        self.channels.get(&number).filter(|channel| channel.expires > now).map(|channel| channel.peer)
    }

    /// The channel of a peer.
    pub fn number_of(&self, peer: SocketAddr, now: u64) -> Option<u16> {
        let number = *self.numbers.get(&peer)?;
        self.channels.get(&number).filter(|channel| channel.expires > now).map(|_| number)
    }

    /// Whether it may ask for so many peers more.
    pub fn may_ask(&mut self, peers: usize, now: u64) -> bool {
        self.asked.take(peers, ASKED.0, ASKED.1, now)
    }

    /// Whether so many bytes more are within its rate.
    pub fn carries(&mut self, bytes: usize, per_second: u32, now: u64) -> bool {
        self.rate.take(bytes, per_second, per_second, now)
    }
}

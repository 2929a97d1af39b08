//! The relay: decides what becomes of each datagram. No input and output but the sockets it is given to keep; the time
//! is an argument.

mod allocation;
mod data;
mod requests;

use crate::clock::Now;
use crate::config::{Config, RelayAddress};
use crate::figures::Figures;
use crate::limits::Strangers;
use crate::nonce::Nonces;
use crate::peers::{canonical, is_public};
use crate::stun::{Class, Message};
use allocation::Allocation;
use std::collections::{HashMap, HashSet};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// A client of the relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Client {
    /// By UDP: to which of our sockets, from where.
    Udp(u16, SocketAddr),
    /// By a connection: its number.
    Connection(u64),
}

/// From whom something came.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// The client.
    pub client: Client,
    /// Its address.
    pub address: SocketAddr,
}

/// What becomes of a datagram.
#[derive(Debug, PartialEq, Eq)]
pub enum Act<'a> {
    /// Nothing.
    Nothing,
    /// What was written goes to this client.
    Tell(Client),
    /// Data goes to a peer, from the relayed address in a place.
    Send(usize, SocketAddr, &'a [u8]),
}

/// Makes the sockets of relayed addresses.
pub trait Sockets {
    /// A socket.
    type Socket;
    /// Binds one. `place` and `generation` are what [`Relay::peer_sent`] wants to be told.
    fn bind(&mut self, address: SocketAddr, place: usize, generation: u64) -> std::io::Result<Self::Socket>;
}

/// The relay.
pub struct Relay<B: Sockets> {
    config: Config,
    sockets: B,
    nonces: Nonces,
    strangers: Strangers,
    figures: Arc<Figures>,
    /// Ports of ours that nobody is relayed to, whatever is allowed.
    own_ports: HashSet<u16>,
    places: Vec<Option<Allocation<B::Socket>>>,
    free: Vec<usize>,
    by_client: HashMap<Client, usize>,
    by_address: HashMap<SocketAddr, usize>,
    by_account: HashMap<String, usize>,
    generation: u64,
}

impl<B: Sockets> Relay<B> {
    /// A relay without allocations. `listening` are the ports that clients come to.
    pub fn new(config: Config, listening: HashSet<u16>, sockets: B, figures: Arc<Figures>, now: Now) -> Relay<B> {
        let strangers = Strangers::new(config.limits.unauthenticated_per_second, now.steady);
        Relay {
            config,
            sockets,
            nonces: Nonces::new(),
            strangers,
            figures,
            own_ports: listening,
            places: Vec::new(),
            free: Vec::new(),
            by_client: HashMap::new(),
            by_address: HashMap::new(),
            by_account: HashMap::new(),
            generation: 0,
        }
    }

    /// A datagram of a client, or what a connection carries instead of one. Answers are written into `out`.
    pub fn client_sent<'a>(&mut self, source: Source, bytes: &'a [u8], now: Now, out: &mut Vec<u8>) -> Act<'a> {
        match bytes.first() {
            Some(0x40..=0x7F) => self.channel_data(source.client, bytes, now, out),
            _ => match Message::read(bytes) {
                Some(message) if message.class == Class::Request => self.request(source, &message, now, out),
                Some(message) if message.class == Class::Indication => {
                    self.indication(source.client, &message, now, out)
                }
                Some(_) => Act::Nothing,
                None => {
                    self.figures.malformed.one();
                    Act::Nothing
                }
            },
        }
    }

    /// The socket of an allocation.
    pub fn socket(&self, place: usize) -> Option<&B::Socket> {
        self.places.get(place)?.as_ref().map(|allocation| &allocation.socket)
    }

    /// Whether a client has an allocation.
    pub fn has_allocation(&self, client: Client) -> bool {
        self.by_client.contains_key(&client)
    }

    /// A client is gone, and with it what it had.
    pub fn gone(&mut self, client: Client) {
        if let Some(place) = self.by_client.get(&client) {
            self.end(*place);
        }
    }

    /// Ends what has expired.
    pub fn sweep(&mut self, now: Now) {
        let over = |a: &Option<Allocation<B::Socket>>| a.as_ref().is_some_and(|a| a.expires <= now.steady);
        let expired: Vec<usize> = (0..self.places.len()).filter(|place| over(&self.places[*place])).collect();
        expired.into_iter().for_each(|place| self.end(place));
    }

    fn end(&mut self, place: usize) {
        let Some(allocation) = self.places.get_mut(place).and_then(Option::take) else { return };
        self.free.push(place);
        self.by_client.remove(&allocation.client);
        self.by_address.remove(&allocation.relayed);
        if let Some(count) = self.by_account.get_mut(&allocation.account) {
            *count -= 1;
            if *count == 0 {
                self.by_account.remove(&allocation.account);
            }
        }
        self.figures.allocations.less(1);
    }

    /// The place of a client's allocation, if it has not expired.
    fn place_of(&mut self, client: Client, now: Now) -> Option<usize> {
        let place = *self.by_client.get(&client)?;
        let expires = self.places.get(place)?.as_ref()?.expires;
        if expires <= now.steady {
            self.end(place);
            return None;
        }
        Some(place)
    }

    fn at(&mut self, place: usize) -> Option<&mut Allocation<B::Socket>> {
        self.places.get_mut(place)?.as_mut()
    }

    fn relay_of(&self, v4: bool) -> Option<RelayAddress> {
        self.config.relays.iter().find(|relay| relay.announced.is_ipv4() == v4).copied()
    }

    /// Whether an address is one that relayed addresses have.
    fn is_relay_ip(&self, ip: IpAddr) -> bool {
        self.config.relays.iter().any(|relay| relay.announced == ip || relay.bind == ip)
    }

    fn is_allowed(&self, ip: IpAddr) -> bool {
        self.config.allowed_peers.iter().any(|range| range.holds(ip))
    }

    /// Whether a peer may be relayed to; `Some(own)` if so, where `own` says that the address is this machine's.
    ///
    /// A relayed address of ours always may: two who can only be reached through the relay meet there. It is handed over
    /// inside the process, so that nothing ever goes to an address of this machine but where the administrator allows.
    fn judge(&self, peer: SocketAddr) -> Option<bool> {
        let ip = peer.ip();
        if ip != canonical(ip) || peer.port() == 0 {
            return None;
        }
        if self.by_address.contains_key(&peer) {
            return Some(true);
        }
        let own = self.is_relay_ip(ip) || crate::peers::is_own(ip);
        let allowed =
            if own { self.is_allowed(ip) && !self.own_ports.contains(&peer.port()) } else { self.open_to(ip) };
        allowed.then_some(own)
    }

    fn open_to(&self, ip: IpAddr) -> bool {
        is_public(ip) || self.is_allowed(ip)
    }
}

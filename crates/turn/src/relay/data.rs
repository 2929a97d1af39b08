//! Data on its way: from clients to peers, from peers to clients, and from one relayed address to another.

use super::{Act, Client, Relay, Sockets};
use crate::clock::Now;
use crate::stun::{Class, Message, Writer, attribute, method};
use std::net::SocketAddr;

/// Bytes of a ChannelData header (RFC 8656 section 12.4).
pub const CHANNEL_HEADER: usize = 4;

impl<B: Sockets> Relay<B> {
    /// ChannelData of a client (RFC 8656 section 12.6).
    pub(super) fn channel_data<'a>(&mut self, client: Client, bytes: &'a [u8], now: Now, out: &mut Vec<u8>) -> Act<'a> {
        let Some((header, data)) = bytes.split_at_checked(CHANNEL_HEADER) else {
            self.figures.malformed.one();
            return Act::Nothing;
        };
        let number = u16::from_be_bytes([header[0], header[1]]);
        let length = usize::from(u16::from_be_bytes([header[2], header[3]]));
        let Some(data) = data.get(..length) else {
            self.figures.malformed.one();
            return Act::Nothing;
        };
        let Some(place) = self.place_of(client, now) else { return Act::Nothing };
        let Some(peer) = self.at(place).and_then(|a| a.peer_of(number, now.steady)) else { return Act::Nothing };
        self.bring_to_peer(place, peer, data, now, out)
    }

    /// A Send indication (RFC 8656 section 11.2); any other is nothing to us.
    pub(super) fn indication<'a>(
        &mut self,
        client: Client,
        message: &Message<'a>,
        now: Now,
        out: &mut Vec<u8>,
    ) -> Act<'a> {
        let parts = (message.get(attribute::XOR_PEER_ADDRESS), message.get(attribute::DATA));
        let (method::SEND, (Some(peer), Some(data))) = (message.method, parts) else { return Act::Nothing };
        let Some(peer) = message.address(peer).filter(|_| message.unknown().is_empty()) else { return Act::Nothing };
        match self.place_of(client, now) {
            Some(place) => self.bring_to_peer(place, peer, data, now, out),
            None => Act::Nothing,
        }
    }

    fn bring_to_peer<'a>(
        &mut self,
        place: usize,
        peer: SocketAddr,
        data: &'a [u8],
        now: Now,
        out: &mut Vec<u8>,
    ) -> Act<'a> {
        let rate = self.config.limits.bytes_per_second;
        let Some(allocation) = self.at(place) else { return Act::Nothing };
        let Some(own) = allocation.permits(peer.ip(), now.steady) else { return Act::Nothing };
        let from = allocation.relayed;
        if !allocation.carries(data.len(), rate, now.steady) {
            self.figures.dropped.one();
            return Act::Nothing;
        }
        if own {
            if let Some(other) = self.by_address.get(&peer).copied() {
                return self.bring_to_client(other, from, data, now, out).map_or(Act::Nothing, Act::Tell);
            }
            // The permission is for the address; of this machine, each port is looked at.
            if peer.port() == 0 || !self.is_allowed(peer.ip()) || self.own_ports.contains(&peer.port()) {
                self.figures.refused_peers.one();
                return Act::Nothing;
            }
        }
        if peer.is_ipv4() != from.is_ipv4() {
            return Act::Nothing;
        }
        self.figures.relayed_packets.one();
        self.figures.relayed_bytes.add(data.len() as u64);
        Act::Send(place, peer, data)
    }

    /// What came from a peer to the relayed address in a place; written into `out` for the client, if it is for one.
    pub fn peer_sent(
        &mut self,
        place: usize,
        generation: u64,
        peer: SocketAddr,
        data: &[u8],
        now: Now,
        out: &mut Vec<u8>,
    ) -> Option<Client> {
        let current = self.at(place)?;
        if current.generation != generation || current.expires <= now.steady {
            return None;
        }
        self.bring_to_client(place, peer, data, now, out)
    }

    fn bring_to_client(
        &mut self,
        place: usize,
        peer: SocketAddr,
        data: &[u8],
        now: Now,
        out: &mut Vec<u8>,
    ) -> Option<Client> {
        let rate = self.config.limits.bytes_per_second;
        let allocation = self.at(place)?;
        allocation.permits(peer.ip(), now.steady)?;
        let length = u16::try_from(data.len()).ok()?;
        if !allocation.carries(data.len(), rate, now.steady) {
            self.figures.dropped.one();
            return None;
        }
        let client = allocation.client;
        match allocation.number_of(peer, now.steady) {
            Some(number) => {
                out.clear();
                out.extend_from_slice(&number.to_be_bytes());
                out.extend_from_slice(&length.to_be_bytes());
                out.extend_from_slice(data);
            }
            None => {
                let transaction = crate::chance::random();
                Writer::new(out, Class::Indication, method::DATA, transaction)
                    .address(attribute::XOR_PEER_ADDRESS, peer)
                    .attribute(attribute::DATA, data)
                    .done();
            }
        }
        self.figures.relayed_packets.one();
        self.figures.relayed_bytes.add(data.len() as u64);
        Some(client)
    }
}

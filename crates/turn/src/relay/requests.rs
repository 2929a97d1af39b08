//! Requests: who asks, and what for (RFC 8656 sections 7 to 12).

use super::allocation::Allocation;
use super::{Act, Relay, Sockets, Source};
use crate::chance::random;
use crate::clock::Now;
use crate::credentials::{self, Key};
use crate::stun::{Class, Message, Writer, attribute, method};
use std::net::SocketAddr;

/// How long an allocation lives if nobody says otherwise, in seconds.
const LIFETIME: u32 = 600;
/// So many ports are tried before there is none.
const TRIES: usize = 64;
/// The protocol number of UDP.
const UDP: u8 = 17;

/// Why a request is refused: a code, and a word for whoever reads a trace.
type Refusal = (u16, &'static str);

/// Somebody whose credentials are right.
struct Known<'a> {
    account: &'a str,
    key: Key,
    /// Seconds until they end.
    left: u64,
}

/// A request: from where, what, and when.
#[derive(Clone, Copy)]
struct Asked<'r, 'm> {
    source: Source,
    message: &'r Message<'m>,
    now: Now,
}

impl<B: Sockets> Relay<B> {
    pub(super) fn request<'a>(
        &mut self,
        source: Source,
        message: &Message<'_>,
        now: Now,
        out: &mut Vec<u8>,
    ) -> Act<'a> {
        let asked = Asked { source, message, now };
        let answered = match message.method {
            method::BINDING => self.binding(asked, out),
            method::ALLOCATE | method::REFRESH | method::CREATE_PERMISSION | method::CHANNEL_BIND => {
                match self.authenticate(asked) {
                    Ok(known) => {
                        self.known(asked, &known, out);
                        true
                    }
                    Err(refusal) => self.challenge(asked, refusal, out),
                }
            }
            _ => false,
        };
        if answered { Act::Tell(source.client) } else { Act::Nothing }
    }

    /// STUN: which address somebody has from here. False: they ask too often.
    fn binding(&mut self, Asked { source, message, now }: Asked<'_, '_>, out: &mut Vec<u8>) -> bool {
        if !self.answers_stranger(source, now) {
            return false;
        }
        if !unknown_attributes(message, None, out) {
            Writer::new(out, Class::Success, method::BINDING, message.transaction)
                .address(attribute::XOR_MAPPED_ADDRESS, source.address)
                .done();
        }
        true
    }

    fn answers_stranger(&mut self, source: Source, now: Now) -> bool {
        let answers = self.strangers.answers(source.address.ip(), now.steady);
        if !answers {
            self.figures.unanswered.one();
        }
        answers
    }

    /// Whose request this is (RFC 8489 section 9.2.4). Nothing is kept of those who are refused.
    fn authenticate<'m>(&self, Asked { source, message, now }: Asked<'_, 'm>) -> Result<Known<'m>, Refusal> {
        if !message.is_signed() {
            return Err((401, "Unauthorized"));
        }
        let text = |kind| message.get(kind).and_then(|value| std::str::from_utf8(value).ok());
        let parts = (text(attribute::USERNAME), text(attribute::REALM), message.get(attribute::NONCE));
        let (Some(username), Some(realm), Some(nonce)) = parts else { return Err((400, "Bad Request")) };
        if !self.nonces.knows(nonce, source.address, now.steady / 1_000) {
            return Err((438, "Stale Nonce"));
        }
        let wrong = |()| {
            self.figures.refused_credentials.one();
            (401, "Unauthorized")
        };
        let (end, account) = credentials::read(username).ok_or(()).map_err(wrong)?;
        let key = credentials::key(&self.config.secret, &self.config.realm, username);
        let right = end > now.unix && realm == self.config.realm && message.is_signed_with(&key);
        right.then_some(()).ok_or(()).map_err(wrong)?;
        Ok(Known { account, key, left: end - now.unix })
    }

    /// Tells somebody without (good) credentials to show some. False: they ask too often.
    fn challenge(&mut self, asked: Asked<'_, '_>, (code, reason): Refusal, out: &mut Vec<u8>) -> bool {
        let Asked { source, message, now } = asked;
        if !self.answers_stranger(source, now) {
            return false;
        }
        let answer = Writer::new(out, Class::Error, message.method, message.transaction).error(code, reason);
        if code != 400 {
            let nonce = self.nonces.make(source.address, now.steady / 1_000);
            answer
                .attribute(attribute::REALM, self.config.realm.as_bytes())
                .attribute(attribute::NONCE, nonce.as_bytes())
                .done();
        }
        true
    }

    /// A request of somebody whose credentials are right.
    fn known(&mut self, asked: Asked<'_, '_>, known: &Known<'_>, out: &mut Vec<u8>) {
        let message = asked.message;
        if unknown_attributes(message, Some(&known.key), out) {
            return;
        }
        let done = match message.method {
            method::ALLOCATE => self.allocate(asked, known, out),
            method::REFRESH => self.refresh(asked, known, out),
            method::CREATE_PERMISSION => self.create_permission(asked, known, out),
            _ => self.channel_bind(asked, known, out),
        };
        if let Err((code, reason)) = done {
            match code {
                403 => self.figures.refused_peers.one(),
                486 | 508 => self.figures.refused_quota.one(),
                _ => {}
            }
            Writer::new(out, Class::Error, message.method, message.transaction).error(code, reason).sign(&known.key);
        }
    }

    fn allocate(&mut self, asked: Asked<'_, '_>, known: &Known<'_>, out: &mut Vec<u8>) -> Result<(), Refusal> {
        let Asked { source, message, now } = asked;
        let lifetime = lifetime(message, self.config.limits.longest_lifetime, known.left);
        if let Some(place) = self.place_of(source.client, now) {
            let same = |a: &Allocation<B::Socket>| a.made_by == message.transaction && a.account == known.account;
            let before = self.places[place].as_ref().filter(|a| same(a)).ok_or((437, "Allocation Mismatch"))?;
            allocated(asked, before.relayed, lifetime, known, out);
            return Ok(());
        }
        let relay = self.family(message)?;
        let limits = self.config.limits;
        if self.by_account.get(known.account).is_some_and(|count| *count >= limits.allocations_per_account) {
            return Err((486, "Allocation Quota Reached"));
        }
        if self.by_client.len() >= limits.allocations {
            return Err((508, "Insufficient Capacity"));
        }
        let even = message.get(attribute::EVEN_PORT).is_some();
        let place = self.free.pop().unwrap_or(self.places.len());
        self.generation += 1;
        let Some((relayed, socket)) = self.bind(relay, place, even) else {
            if place < self.places.len() {
                self.free.push(place);
            }
            return Err((508, "Insufficient Capacity"));
        };
        let allocation = Allocation::new(
            source.client,
            known.account.to_owned(),
            known.key,
            relayed,
            socket,
            now.steady + u64::from(lifetime) * 1_000,
            message.transaction,
            self.generation,
            (limits.bytes_per_second, now.steady),
        );
        if place == self.places.len() {
            self.places.push(None);
        }
        self.places[place] = Some(allocation);
        self.by_client.insert(source.client, place);
        self.by_address.insert(relayed, place);
        *self.by_account.entry(known.account.to_owned()).or_default() += 1;
        self.figures.allocations.one();
        self.figures.allocated.one();
        allocated(asked, relayed, lifetime, known, out);
        Ok(())
    }

    /// From where somebody wants to be relayed.
    fn family(&self, message: &Message<'_>) -> Result<super::RelayAddress, Refusal> {
        match message.get(attribute::REQUESTED_TRANSPORT) {
            Some([UDP, ..]) => {}
            Some(_) => return Err((442, "Unsupported Transport Protocol")),
            None => return Err((400, "Bad Request")),
        }
        // Pairs of ports are of the time before RTP and RTCP went over one.
        let reserved =
            message.get(attribute::EVEN_PORT).is_some_and(|value| value.first().is_none_or(|r| r & 0x80 != 0));
        if reserved || message.get(attribute::RESERVATION_TOKEN).is_some() {
            return Err((508, "Insufficient Capacity"));
        }
        let v4 = match message.get(attribute::REQUESTED_ADDRESS_FAMILY) {
            None | Some([1, ..]) => true,
            Some([2, ..]) => false,
            Some(_) => return Err((440, "Address Family not Supported")),
        };
        self.relay_of(v4).ok_or((440, "Address Family not Supported"))
    }

    fn bind(&mut self, relay: super::RelayAddress, place: usize, even: bool) -> Option<(SocketAddr, B::Socket)> {
        let ports = self.config.ports.clone();
        let many = u32::from(ports.end().saturating_sub(*ports.start())) + 1;
        (0..TRIES).find_map(|_| {
            let port = ports.start() + u16::try_from(u32::from_be_bytes(random()) % many).ok()?;
            let port = if even { port & !1 } else { port };
            let announced = SocketAddr::new(relay.announced, port);
            if !ports.contains(&port) || self.by_address.contains_key(&announced) {
                return None;
            }
            let socket = self.sockets.bind(SocketAddr::new(relay.bind, port), place, self.generation).ok()?;
            Some((announced, socket))
        })
    }

    /// The place of what belongs to whoever asks.
    fn own_place(&mut self, asked: Asked<'_, '_>, known: &Known<'_>) -> Result<usize, Refusal> {
        let place = self.place_of(asked.source.client, asked.now).ok_or((437, "Allocation Mismatch"))?;
        let account = self.places[place].as_ref().map(|a| a.account.as_str());
        if account == Some(known.account) { Ok(place) } else { Err((441, "Wrong Credentials")) }
    }

    fn refresh(&mut self, asked: Asked<'_, '_>, known: &Known<'_>, out: &mut Vec<u8>) -> Result<(), Refusal> {
        let Asked { message, now, .. } = asked;
        let place = self.own_place(asked, known)?;
        let v4 = self.places[place].as_ref().is_some_and(|a| a.relayed.is_ipv4());
        if let Some([family, ..]) = message.get(attribute::REQUESTED_ADDRESS_FAMILY)
            && (*family == 1) != v4
        {
            return Err((443, "Peer Address Family Mismatch"));
        }
        let asked = message.get(attribute::LIFETIME);
        let lifetime = if asked == Some(&[0; 4]) {
            self.end(place);
            0
        } else {
            let lifetime = lifetime(message, self.config.limits.longest_lifetime, known.left);
            if let Some(allocation) = self.at(place) {
                allocation.expires = now.steady + u64::from(lifetime) * 1_000;
                allocation.key = known.key;
            }
            lifetime
        };
        Writer::new(out, Class::Success, method::REFRESH, message.transaction)
            .attribute(attribute::LIFETIME, &lifetime.to_be_bytes())
            .sign(&known.key);
        Ok(())
    }

    /// Whether a peer may be relayed to from a place; with whether its address is this machine's.
    fn peer(&self, place: usize, peer: Option<SocketAddr>) -> Result<(SocketAddr, bool), Refusal> {
        let peer = peer.ok_or((400, "Bad Request"))?;
        let v4 = self.places[place].as_ref().is_some_and(|a| a.relayed.is_ipv4());
        if peer.is_ipv4() != v4 {
            return Err((443, "Peer Address Family Mismatch"));
        }
        let own = self.judge(peer).ok_or((403, "Forbidden"))?;
        Ok((peer, own))
    }

    fn may_ask(&mut self, place: usize, peers: usize, now: Now) -> Result<(), Refusal> {
        let allocation = self.at(place).ok_or((437, "Allocation Mismatch"))?;
        if allocation.may_ask(peers, now.steady) { Ok(()) } else { Err((508, "Insufficient Capacity")) }
    }

    fn create_permission(&mut self, asked: Asked<'_, '_>, known: &Known<'_>, out: &mut Vec<u8>) -> Result<(), Refusal> {
        let Asked { message, now, .. } = asked;
        let place = self.own_place(asked, known)?;
        let addresses = message.attributes().filter(|(kind, _)| *kind == attribute::XOR_PEER_ADDRESS);
        let addresses = addresses.take(super::allocation::MOST + 1).map(|(_, value)| message.address(value));
        let addresses: Vec<Option<SocketAddr>> = addresses.collect();
        self.may_ask(place, addresses.len(), now)?;
        // All of them or none.
        let peers: Vec<_> = addresses.into_iter().map(|peer| self.peer(place, peer)).collect::<Result<_, _>>()?;
        if peers.is_empty() {
            return Err((400, "Bad Request"));
        }
        for (peer, own) in peers {
            let allocation = self.at(place).ok_or((437, "Allocation Mismatch"))?;
            allocation.permit(peer.ip(), own, now.steady).map_err(|_| (508, "Insufficient Capacity"))?;
        }
        Writer::new(out, Class::Success, method::CREATE_PERMISSION, message.transaction).sign(&known.key);
        Ok(())
    }

    fn channel_bind(&mut self, asked: Asked<'_, '_>, known: &Known<'_>, out: &mut Vec<u8>) -> Result<(), Refusal> {
        let Asked { message, now, .. } = asked;
        let place = self.own_place(asked, known)?;
        let Some([high, low, ..]) = message.get(attribute::CHANNEL_NUMBER) else { return Err((400, "Bad Request")) };
        let number = u16::from_be_bytes([*high, *low]);
        let peer = message.get(attribute::XOR_PEER_ADDRESS).and_then(|value| message.address(value));
        self.may_ask(place, 1, now)?;
        let (peer, own) = self.peer(place, peer)?;
        let allocation = self.at(place).ok_or((437, "Allocation Mismatch"))?;
        // Those above 0x4FFF are of the time before RFC 8656; clients of that time still choose them.
        if !(0x4000..=0x7FFF).contains(&number) || !allocation.may_bind(number, peer, now.steady) {
            return Err((400, "Bad Request"));
        }
        let full = |_| (508, "Insufficient Capacity");
        allocation.permit(peer.ip(), own, now.steady).map_err(full)?;
        allocation.bind(number, peer, now.steady).map_err(full)?;
        Writer::new(out, Class::Success, method::CHANNEL_BIND, message.transaction).sign(&known.key);
        Ok(())
    }
}

/// How long an allocation lives: as long as was asked, never longer than its credentials.
fn lifetime(message: &Message<'_>, longest: u32, left: u64) -> u32 {
    let asked = message.get(attribute::LIFETIME).and_then(|value| value.try_into().ok()).map_or(0, u32::from_be_bytes);
    asked.clamp(LIFETIME.min(longest), longest).min(u32::try_from(left).unwrap_or(u32::MAX))
}

fn allocated(asked: Asked<'_, '_>, relayed: SocketAddr, lifetime: u32, known: &Known<'_>, out: &mut Vec<u8>) {
    Writer::new(out, Class::Success, method::ALLOCATE, asked.message.transaction)
        .address(attribute::XOR_RELAYED_ADDRESS, relayed)
        .attribute(attribute::LIFETIME, &lifetime.to_be_bytes())
        .address(attribute::XOR_MAPPED_ADDRESS, asked.source.address)
        .sign(&known.key);
}

/// Writes the refusal of attributes that must be understood and are not; false if there are none.
fn unknown_attributes(message: &Message<'_>, key: Option<&Key>, out: &mut Vec<u8>) -> bool {
    let unknown: Vec<u8> = message.unknown().into_iter().flat_map(u16::to_be_bytes).collect();
    if unknown.is_empty() {
        return false;
    }
    let answer = Writer::new(out, Class::Error, message.method, message.transaction)
        .error(420, "Unknown Attribute")
        .attribute(attribute::UNKNOWN_ATTRIBUTES, &unknown);
    if let Some(key) = key {
        answer.sign(key);
    }
    true
}

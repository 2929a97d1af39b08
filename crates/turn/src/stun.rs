//! STUN messages (RFC 8489): read without copying, written into a buffer.

use crate::credentials::{Key, hmac_sha1};
use hmac::Mac;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The magic cookie.
const COOKIE: u32 = 0x2112_A442;
/// Bytes of a header.
pub const HEADER: usize = 20;
/// Bytes of the attribute MESSAGE-INTEGRITY.
const INTEGRITY: usize = 24;

/// What a message is about (RFC 8489 section 18.2, RFC 8656 section 17).
pub mod method {
    pub const BINDING: u16 = 0x001;
    pub const ALLOCATE: u16 = 0x003;
    pub const REFRESH: u16 = 0x004;
    pub const SEND: u16 = 0x006;
    pub const DATA: u16 = 0x007;
    pub const CREATE_PERMISSION: u16 = 0x008;
    pub const CHANNEL_BIND: u16 = 0x009;
}

/// The attributes this server knows (RFC 8489 section 18.3, RFC 8656 section 18).
pub mod attribute {
    pub const USERNAME: u16 = 0x0006;
    pub const MESSAGE_INTEGRITY: u16 = 0x0008;
    pub const ERROR_CODE: u16 = 0x0009;
    pub const UNKNOWN_ATTRIBUTES: u16 = 0x000A;
    pub const CHANNEL_NUMBER: u16 = 0x000C;
    pub const LIFETIME: u16 = 0x000D;
    pub const XOR_PEER_ADDRESS: u16 = 0x0012;
    pub const DATA: u16 = 0x0013;
    pub const REALM: u16 = 0x0014;
    pub const NONCE: u16 = 0x0015;
    pub const XOR_RELAYED_ADDRESS: u16 = 0x0016;
    pub const REQUESTED_ADDRESS_FAMILY: u16 = 0x0017;
    pub const EVEN_PORT: u16 = 0x0018;
    pub const REQUESTED_TRANSPORT: u16 = 0x0019;
    pub const XOR_MAPPED_ADDRESS: u16 = 0x0020;
    pub const RESERVATION_TOKEN: u16 = 0x0022;

    /// Those that requests and indications may carry; others below 0x8000 must be refused.
    pub const KNOWN: [u16; 12] = [
        USERNAME,
        MESSAGE_INTEGRITY,
        CHANNEL_NUMBER,
        LIFETIME,
        XOR_PEER_ADDRESS,
        DATA,
        REALM,
        NONCE,
        REQUESTED_ADDRESS_FAMILY,
        EVEN_PORT,
        REQUESTED_TRANSPORT,
        RESERVATION_TOKEN,
    ];
}

/// What kind of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Wants an answer.
    Request,
    /// Wants none.
    Indication,
    /// A good answer.
    Success,
    /// A bad one.
    Error,
}

const CLASSES: [Class; 4] = [Class::Request, Class::Indication, Class::Success, Class::Error];

/// Identifies a transaction.
pub type Transaction = [u8; 12];

/// A message as it came.
#[derive(Clone, Copy)]
pub struct Message<'a> {
    /// What kind.
    pub class: Class,
    /// What about.
    pub method: u16,
    /// Of which transaction.
    pub transaction: Transaction,
    bytes: &'a [u8],
    integrity: Option<usize>,
}

fn short(bytes: &[u8], at: usize) -> u16 {
    u16::from_be_bytes([bytes[at], bytes[at + 1]])
}

impl<'a> Message<'a> {
    /// Reads a message that fills `bytes`; `None` if it is none, or its attributes don't fit.
    pub fn read(bytes: &'a [u8]) -> Option<Message<'a>> {
        if bytes.len() < HEADER || bytes[0] & 0xC0 != 0 || bytes[4..8] != COOKIE.to_be_bytes() {
            return None;
        }
        let (kind, length) = (short(bytes, 0), usize::from(short(bytes, 2)));
        if length % 4 != 0 || HEADER + length != bytes.len() {
            return None;
        }
        let mut integrity = None;
        let mut at = HEADER;
        while at < bytes.len() {
            let value = usize::from(short(bytes, at + 2));
            if at + 4 + value.next_multiple_of(4) > bytes.len() {
                return None;
            }
            if short(bytes, at) == attribute::MESSAGE_INTEGRITY && integrity.is_none() {
                (value == INTEGRITY - 4).then_some(())?;
                integrity = Some(at);
            }
            at += 4 + value.next_multiple_of(4);
        }
        let class = CLASSES[usize::from((kind >> 4 & 1) | (kind >> 7 & 2))];
        let method = (kind & 0x000F) | (kind & 0x00E0) >> 1 | (kind & 0x3E00) >> 2;
        let mut transaction = [0; 12];
        transaction.copy_from_slice(&bytes[8..HEADER]);
        Some(Message { class, method, transaction, bytes, integrity })
    }

    /// The attributes up to the integrity: what comes behind it is not signed, and not read (RFC 8489 section 14.5).
    pub fn attributes(&self) -> impl Iterator<Item = (u16, &'a [u8])> + use<'a> {
        let bytes = &self.bytes[..self.integrity.unwrap_or(self.bytes.len())];
        let mut at = HEADER;
        std::iter::from_fn(move || {
            let start = at + 4;
            (start <= bytes.len()).then_some(())?;
            let length = usize::from(short(bytes, at + 2));
            let kind = short(bytes, at);
            at = start + length.next_multiple_of(4);
            Some((kind, bytes.get(start..start + length)?))
        })
    }

    /// The first attribute of a kind.
    pub fn get(&self, kind: u16) -> Option<&'a [u8]> {
        self.attributes().find(|(k, _)| *k == kind).map(|(_, value)| value)
    }

    /// Whether it is signed at all.
    pub fn is_signed(&self) -> bool {
        self.integrity.is_some()
    }

    /// Whether it is signed with this key.
    pub fn is_signed_with(&self, key: &Key) -> bool {
        let Some(at) = self.integrity else { return false };
        let length = u16::try_from(at - HEADER + INTEGRITY).unwrap_or(u16::MAX).to_be_bytes();
        let mac = hmac_sha1(key, &[&self.bytes[..2], &length, &self.bytes[4..at]]);
        mac.verify_slice(&self.bytes[at + 4..at + INTEGRITY]).is_ok()
    }

    /// The attributes that must be understood and are not: at most eight of them.
    pub fn unknown(&self) -> Vec<u16> {
        self.attributes()
            .map(|(kind, _)| kind)
            .filter(|kind| *kind < 0x8000 && !attribute::KNOWN.contains(kind))
            .take(8)
            .collect()
    }

    /// An address in an attribute (RFC 8489 section 14.2).
    pub fn address(&self, value: &[u8]) -> Option<SocketAddr> {
        read_address(value, &self.transaction)
    }
}

fn read_address(value: &[u8], transaction: &Transaction) -> Option<SocketAddr> {
    let port = short(value.get(..4)?, 2) ^ (COOKIE >> 16) as u16;
    match (value[1], value.len()) {
        (1, 8) => {
            let bits = u32::from_be_bytes(value[4..8].try_into().ok()?) ^ COOKIE;
            Some(SocketAddr::new(IpAddr::V4(Ipv4Addr::from_bits(bits)), port))
        }
        (2, 20) => {
            let bits = u128::from_be_bytes(value[4..20].try_into().ok()?) ^ mask(transaction);
            Some(SocketAddr::new(IpAddr::V6(Ipv6Addr::from_bits(bits)), port))
        }
        _ => None,
    }
}

fn mask(transaction: &Transaction) -> u128 {
    transaction.iter().fold(u128::from(COOKIE), |mask, byte| mask << 8 | u128::from(*byte))
}

/// Writes a message into a buffer.
pub struct Writer<'a> {
    out: &'a mut Vec<u8>,
    transaction: Transaction,
}

impl<'a> Writer<'a> {
    /// Begins a message; what the buffer held is gone.
    pub fn new(out: &'a mut Vec<u8>, class: Class, method: u16, transaction: Transaction) -> Writer<'a> {
        let class = class as u16;
        let kind =
            (method & 0x000F) | (method & 0x0070) << 1 | (method & 0x0F80) << 2 | (class & 1) << 4 | (class & 2) << 7;
        out.clear();
        out.extend_from_slice(&kind.to_be_bytes());
        out.extend_from_slice(&[0, 0]);
        out.extend_from_slice(&COOKIE.to_be_bytes());
        out.extend_from_slice(&transaction);
        Writer { out, transaction }
    }

    /// An attribute.
    pub fn attribute(self, kind: u16, value: &[u8]) -> Self {
        self.out.extend_from_slice(&kind.to_be_bytes());
        self.out.extend_from_slice(&u16::try_from(value.len()).unwrap_or(0).to_be_bytes());
        self.out.extend_from_slice(value);
        self.out.resize(self.out.len().next_multiple_of(4), 0);
        let length = u16::try_from(self.out.len() - HEADER).unwrap_or(u16::MAX);
        self.out[2..4].copy_from_slice(&length.to_be_bytes());
        self
    }

    /// An address.
    pub fn address(self, kind: u16, address: SocketAddr) -> Self {
        let port = (address.port() ^ (COOKIE >> 16) as u16).to_be_bytes();
        match address.ip() {
            IpAddr::V4(ip) => {
                let [a, b, c, d] = (ip.to_bits() ^ COOKIE).to_be_bytes();
                self.attribute(kind, &[0, 1, port[0], port[1], a, b, c, d])
            }
            IpAddr::V6(ip) => {
                let mut value = [0; 20];
                value[1] = 2;
                value[2..4].copy_from_slice(&port);
                value[4..].copy_from_slice(&(ip.to_bits() ^ mask(&self.transaction)).to_be_bytes());
                self.attribute(kind, &value)
            }
        }
    }

    /// An error, with a word for whoever reads a trace.
    pub fn error(self, code: u16, reason: &str) -> Self {
        let mut value = vec![0, 0, (code / 100) as u8, (code % 100) as u8];
        value.extend_from_slice(reason.as_bytes());
        self.attribute(attribute::ERROR_CODE, &value)
    }

    /// That was all.
    pub fn done(self) {}

    /// Signs it, and that was all.
    pub fn sign(self, key: &Key) {
        let length = u16::try_from(self.out.len() - HEADER + INTEGRITY).unwrap_or(u16::MAX).to_be_bytes();
        let mac = hmac_sha1(key, &[&self.out[..2], &length, &self.out[4..]]).finalize().into_bytes();
        self.attribute(attribute::MESSAGE_INTEGRITY, &mac).done();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 5769 section 2.4: a request with long-term credentials.
    const SAMPLE: &str = "000100602112a44278ad3433c6ad72c029da412e00060012e3839ee38388e383aae38383e382afe382b9000000\
        15001c662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f726700000800\
        14f67024656dd64a3e02b8e0712e85c9a28ca89666";

    fn sample() -> Vec<u8> {
        data_encoding::HEXLOWER.decode(SAMPLE.replace(char::is_whitespace, "").as_bytes()).unwrap()
    }

    #[test]
    fn the_sample_of_rfc_5769_is_signed_with_its_key() {
        let bytes = sample();
        let message = Message::read(&bytes).unwrap();
        assert_eq!((message.class, message.method), (Class::Request, method::BINDING));
        assert_eq!(message.get(attribute::REALM), Some(&b"example.org"[..]));
        let username = "\u{30DE}\u{30C8}\u{30EA}\u{30C3}\u{30AF}\u{30B9}";
        assert_eq!(message.get(attribute::USERNAME), Some(username.as_bytes()));
        let key = crate::credentials::long_term_key(username, "example.org", "TheMatrIX");
        assert!(message.is_signed_with(&key));
        assert!(!message.is_signed_with(&crate::credentials::long_term_key(username, "example.org", "TheMatrix")));
    }

    #[test]
    fn what_is_written_is_read() {
        for address in ["192.0.2.1:32853", "[2001:db8:1234:5678:11:2233:4455:6677]:32853"] {
            let address: SocketAddr = address.parse().unwrap();
            let (mut out, key) = (Vec::new(), [7; 16]);
            Writer::new(&mut out, Class::Success, method::CHANNEL_BIND, [9; 12])
                .address(attribute::XOR_PEER_ADDRESS, address)
                .error(437, "no")
                .sign(&key);
            let message = Message::read(&out).unwrap();
            assert_eq!((message.class, message.method), (Class::Success, method::CHANNEL_BIND));
            assert_eq!(message.address(message.get(attribute::XOR_PEER_ADDRESS).unwrap()), Some(address));
            assert_eq!(message.get(attribute::ERROR_CODE), Some(&[0, 0, 4, 37, b'n', b'o'][..]));
            assert!(message.is_signed_with(&key) && !message.is_signed_with(&[8; 16]));
        }
    }

    /// RFC 5769 sections 2.2 and 2.3.
    #[test]
    fn addresses_are_those_of_rfc_5769() {
        let transaction = *b"\xb7\xe7\xa7\x01\xbc\x34\xd6\x86\xfa\x87\xdf\xae";
        let read = |hex: &str| read_address(&data_encoding::HEXLOWER.decode(hex.as_bytes()).unwrap(), &transaction);
        assert_eq!(read("0001a147e112a643"), Some("192.0.2.1:32853".parse().unwrap()));
        let v6 = "0002a1470113a9faa5d3f179bc25f4b5bed2b9d9";
        assert_eq!(read(v6), Some("[2001:db8:1234:5678:11:2233:4455:6677]:32853".parse().unwrap()));
        assert_eq!((read("0003a147e112a643"), read("0001a147")), (None, None));
    }

    #[test]
    fn nothing_cut_or_stretched_is_a_message() {
        let bytes = sample();
        for length in 0..bytes.len() {
            assert!(Message::read(&bytes[..length]).is_none(), "{length}");
        }
        let longer = [bytes.as_slice(), &[0; 4]].concat();
        assert!(Message::read(&longer).is_none());
        let mut stretched = bytes.clone();
        stretched[22] = 0xFF;
        assert!(Message::read(&stretched).is_none());
    }
}

//! Nonces that keep no state: a time, and an HMAC over it and the client's address. Whoever asks and never comes back
//! costs no memory, and a nonce is of no use from another address.

use crate::chance::random;
use crate::credentials::hmac_sha1;
use data_encoding::BASE64URL_NOPAD;
use hmac::Mac;
use std::net::{IpAddr, SocketAddr};

/// How long a nonce is taken, in seconds.
const LIFETIME: u64 = 10 * 60;
/// Bytes of time and of HMAC.
const TIME: usize = 5;
const PROOF: usize = 10;

/// Makes and knows nonces.
pub struct Nonces {
    key: [u8; 32],
}

impl Nonces {
    /// With a key of its own.
    pub fn new() -> Nonces {
        Nonces { key: random() }
    }

    /// A nonce for a client, at a time in seconds.
    pub fn make(&self, client: SocketAddr, seconds: u64) -> String {
        let mut bytes = [0; TIME + PROOF];
        bytes[..TIME].copy_from_slice(&seconds.to_be_bytes()[8 - TIME..]);
        let proof = self.proof(client, &bytes[..TIME]);
        bytes[TIME..].copy_from_slice(&proof);
        BASE64URL_NOPAD.encode(&bytes)
    }

    /// Whether this is a nonce of ours for the client, and not too old.
    pub fn knows(&self, nonce: &[u8], client: SocketAddr, seconds: u64) -> bool {
        let Ok(bytes) = BASE64URL_NOPAD.decode(nonce) else { return false };
        if bytes.len() != TIME + PROOF {
            return false;
        }
        let made = bytes[..TIME].iter().fold(0, |made, byte| made << 8 | u64::from(*byte));
        // A nonce says only that somebody is at an address: it need not be compared in constant time.
        bytes[TIME..] == self.proof(client, &bytes[..TIME]) && made <= seconds && seconds - made <= LIFETIME
    }

    fn proof(&self, client: SocketAddr, time: &[u8]) -> [u8; PROOF] {
        let ip = match client.ip() {
            IpAddr::V4(ip) => ip.to_ipv6_mapped(),
            IpAddr::V6(ip) => ip,
        };
        let mac = hmac_sha1(&self.key, &[time, &ip.octets(), &client.port().to_be_bytes()]).finalize().into_bytes();
        let mut proof = [0; PROOF];
        proof.copy_from_slice(&mac[..PROOF]);
        proof
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_for_one_address_and_for_minutes() {
        let nonces = Nonces::new();
        let client: SocketAddr = "192.0.2.1:5000".parse().unwrap();
        let nonce = nonces.make(client, 1_000);
        assert_eq!(nonce.len(), 20);
        assert!(nonces.knows(nonce.as_bytes(), client, 1_000));
        assert!(nonces.knows(nonce.as_bytes(), client, 1_000 + LIFETIME));
        assert!(!nonces.knows(nonce.as_bytes(), client, 1_001 + LIFETIME));
        assert!(!nonces.knows(nonce.as_bytes(), client, 999));
        assert!(!nonces.knows(nonce.as_bytes(), "192.0.2.1:5001".parse().unwrap(), 1_000));
        assert!(!nonces.knows(nonce.as_bytes(), "192.0.2.2:5000".parse().unwrap(), 1_000));
        assert!(!Nonces::new().knows(nonce.as_bytes(), client, 1_000));
        assert!(!nonces.knows(b"", client, 1_000) && !nonces.knows(&nonce.as_bytes()[1..], client, 1_000));
    }
}

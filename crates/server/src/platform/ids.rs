//! Identifiers: 63 bits, time-ordered, shown as 13 letters and digits (decision 0001).

use crate::platform::clock::Clock;
use data_encoding::{Encoding, Specification};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// 2026-01-01T00:00:00Z, where our time begins.
const EPOCH: i64 = 1_767_225_600_000;

static ALPHABET: LazyLock<Encoding> = LazyLock::new(|| {
    let mut spec = Specification::new();
    spec.symbols.push_str("0123456789abcdefghjkmnpqrstvwxyz");
    #[allow(clippy::expect_used, reason = "a constant alphabet")]
    spec.encoding().expect("32 distinct symbols")
});

/// Makes identifiers: 41 bits of time, 10 of this process, 12 counted.
pub struct Ids {
    process: u64,
    count: AtomicU64,
}

impl Ids {
    /// A maker whose identifiers differ from those of other processes by chance.
    pub fn new() -> Ids {
        let chance = u64::from_le_bytes(random::<8>());
        Ids { process: chance & 0x3ff, count: AtomicU64::new(chance >> 32) }
    }

    /// The next identifier.
    pub fn next(&self, clock: &Clock) -> i64 {
        let time = u64::try_from(clock.now() - EPOCH).unwrap_or(0) & ((1 << 41) - 1);
        let count = self.count.fetch_add(1, Ordering::Relaxed) & 0xfff;
        i64::try_from(time << 22 | self.process << 12 | count).unwrap_or(i64::MAX)
    }
}

impl Default for Ids {
    fn default() -> Self {
        Ids::new()
    }
}

/// An identifier as callers see it.
pub fn show(id: i64) -> String {
    ALPHABET.encode(&id.to_be_bytes())
}

/// An identifier as callers gave it; `None` if it can't be one.
pub fn read(text: &str) -> Option<i64> {
    if text.len() != 13 {
        return None;
    }
    let bytes: [u8; 8] = ALPHABET.decode(text.as_bytes()).ok()?.try_into().ok()?;
    Some(i64::from_be_bytes(bytes)).filter(|id| *id >= 0)
}

/// The id of a message: its conversation and its number in it.
pub fn show_message(conversation: i64, seq: i64) -> String {
    format!("{}.{seq}", show(conversation))
}

/// Conversation and number of a message id.
pub fn read_message(text: &str) -> Option<(i64, i64)> {
    let (conversation, seq) = text.split_once('.')?;
    let plain = !seq.is_empty() && seq.bytes().all(|b| b.is_ascii_digit()) && !seq.starts_with('0');
    Some((read(conversation)?, plain.then(|| seq.parse().ok())??))
}

/// Bytes nobody can guess.
///
/// # Panics
/// If the operating system has no randomness to give, nothing here can be safe.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[allow(clippy::disallowed_methods, clippy::expect_used, reason = "the replacement the lint names; see Panics")]
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}

/// A secret to print: 32 random bytes in URL-safe base64.
pub fn secret() -> String {
    data_encoding::BASE64URL_NOPAD.encode(&random::<32>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_shown_and_read() {
        let ids = Ids::new();
        for _ in 0..1000 {
            let id = ids.next(&Clock::System);
            assert_eq!(read(&show(id)), Some(id));
            assert_eq!(read_message(&show_message(id, 17)), Some((id, 17)));
        }
        for bad in ["", "x", "!!!!!!!!!!!!!", "zzzzzzzzzzzzz", "0000000000000.1"] {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert_eq!(read_message("0000000000000.01"), None);
        assert_eq!(read_message("0000000000000.+1"), None);
    }
}

//! Credentials for minutes, in the format of coturn's REST API (draft-uberti-behave-turn-rest-00), so that an outside
//! coturn with the same secret takes them too: the username is `<unix time of the end>:<account>`, the password
//! base64(HMAC-SHA1(secret, username)).

use data_encoding::BASE64;
use hmac::{Hmac, Mac};
use md5::{Digest, Md5};
use sha1::Sha1;

/// What signs a message: MD5(username ":" realm ":" password), RFC 8489 section 9.2.2.
pub type Key = [u8; 16];

/// What a client shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// `<unix time of the end>:<account>`.
    pub username: String,
    /// base64(HMAC-SHA1(secret, username)).
    pub password: String,
    /// Seconds since 1970, UTC.
    pub expires_at: u64,
}

/// Passwords don't go into logs.
impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("username", &self.username).finish_non_exhaustive()
    }
}

/// Credentials of `account` that end at `expires_at` (seconds since 1970). The account means nothing here: it is what
/// quotas are counted by.
pub fn credentials(secret: &str, account: &str, expires_at: u64) -> Credentials {
    let username = format!("{expires_at}:{account}");
    let password = password(secret, &username);
    Credentials { username, password, expires_at }
}

/// HMAC-SHA1 of several pieces.
pub(crate) fn hmac_sha1(key: &[u8], pieces: &[&[u8]]) -> Hmac<Sha1> {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut mac = Hmac::<Sha1>::new_from_slice(key).expect("a key of any length");
    pieces.iter().for_each(|piece| mac.update(piece));
    mac
}

fn password(secret: &str, username: &str) -> String {
    BASE64.encode(&hmac_sha1(secret.as_bytes(), &[username.as_bytes()]).finalize().into_bytes())
}

/// When a username ends, and whose it is.
pub(crate) fn read(username: &str) -> Option<(u64, &str)> {
    let (end, account) = username.split_once(':')?;
    let plain = !end.is_empty() && end.len() <= 12 && end.bytes().all(|b| b.is_ascii_digit());
    Some((plain.then(|| end.parse().ok())??, account)).filter(|(_, account)| !account.is_empty())
}

/// The key of a username and password.
pub(crate) fn long_term_key(username: &str, realm: &str, password: &str) -> Key {
    let mut hash = Md5::new();
    for piece in [username, ":", realm, ":", password] {
        hash.update(piece.as_bytes());
    }
    hash.finalize().into()
}

/// The key of a username whose password is made of the secret.
pub(crate) fn key(secret: &str, realm: &str, username: &str) -> Key {
    long_term_key(username, realm, &password(secret, username))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked out with `printf 1600000000:alice | openssl dgst -sha1 -hmac north -binary | base64`.
    #[test]
    fn the_format_is_the_one_coturn_knows() {
        let made = credentials("north", "alice", 1_600_000_000);
        assert_eq!(made.username, "1600000000:alice");
        assert_eq!(made.password, "gq98pTOhhHaAu0we9aV79kOVVv0=");
        assert!(!format!("{made:?}").contains(&made.password));
    }

    #[test]
    fn usernames_are_read_strictly() {
        assert_eq!(read("17:a:b"), Some((17, "a:b")));
        for bad in ["", "17", ":a", "17:", "+17:a", "-1:a", "0x11:a", "1e3:a", "9999999999999:a", " 17:a"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    /// RFC 5389 section 15.4: key of user:realm:pass.
    #[test]
    fn the_key_is_the_one_of_the_rfc() {
        let key = long_term_key("user", "realm", "pass");
        assert_eq!(data_encoding::HEXLOWER.encode(&key), "8493fbc53ba582fb4c044c456bdc40eb");
    }
}

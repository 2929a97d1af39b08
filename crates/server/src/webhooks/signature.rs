//! Signatures as the Standard Webhooks specification has them.

use crate::platform::ids;
use data_encoding::BASE64;
use hmac::{Hmac, Mac};
use sha2::Sha256;

const BEGINS: &str = "whsec_";

/// A new secret.
pub(super) fn secret() -> String {
    format!("{BEGINS}{}", BASE64.encode(&ids::random::<32>()))
}

/// What the header says: one signature for each secret that holds.
pub(super) fn header<'s>(secrets: impl Iterator<Item = &'s str>, id: &str, timestamp: i64, body: &str) -> String {
    let signed: Vec<String> = secrets.filter_map(|secret| sign(secret, id, timestamp, body)).collect();
    signed.join(" ")
}

fn sign(secret: &str, id: &str, timestamp: i64, body: &str) -> Option<String> {
    let key = BASE64.decode(secret.strip_prefix(BEGINS)?.as_bytes()).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    Some(format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification.
    #[test]
    fn as_others_sign() {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let signed =
            header([secret].into_iter(), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}");
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn two_secrets_sign_twice() {
        let (one, other) = (secret(), secret());
        let both = header([one.as_str(), other.as_str()].into_iter(), "a", 1, "{}");
        assert_eq!(both.split(' ').count(), 2);
        assert!(both.starts_with(&header([one.as_str()].into_iter(), "a", 1, "{}")));
    }
}

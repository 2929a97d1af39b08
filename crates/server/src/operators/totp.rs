//! One-time codes of an authenticator app (RFC 6238): HMAC-SHA-1, steps of 30 seconds, six digits.

use crate::platform::clock::Millis;
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, Mac};
use sha1::Sha1;

const STEP: Millis = 30_000;
const DIGITS: usize = 6;

/// The code of a step. Authenticator apps know nothing else than SHA-1.
fn code(secret: &[u8], step: i64) -> String {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else { return String::new() };
    mac.update(&step.to_be_bytes());
    let hash: [u8; 20] = mac.finalize().into_bytes().into();
    let at = usize::from(hash[19] & 0xf);
    let number = u32::from_be_bytes([hash[at] & 0x7f, hash[at + 1], hash[at + 2], hash[at + 3]]);
    format!("{:0DIGITS$}", number % 1_000_000)
}

/// The code of this moment.
pub fn now(secret: &[u8], now: Millis) -> String {
    code(secret, now / STEP)
}

/// The step whose code this is: this one, the one before or the one after, for clocks differ.
pub fn step_of(secret: &[u8], given: &str, now: Millis) -> Option<i64> {
    let step = now / STEP;
    [step, step - 1, step + 1].into_iter().find(|step| same(&code(secret, *step), given))
}

/// Takes as long wherever they differ.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

/// A secret as people type it.
pub fn shown(secret: &[u8]) -> String {
    BASE32_NOPAD.encode(secret)
}

/// The secret that was shown so.
pub fn read(shown: &str) -> Option<Vec<u8>> {
    BASE32_NOPAD.decode(shown.as_bytes()).ok()
}

/// What an authenticator app takes from a picture.
pub fn uri(secret: &[u8], site: &str, email: &str) -> String {
    let label = format!("{}:{}", escaped(site), escaped(email));
    format!("otpauth://totp/{label}?secret={}&issuer={}&digits=6&period=30", shown(secret), escaped(site))
}

fn escaped(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~@".contains(&b);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// The picture of it, as SVG.
pub fn picture(uri: &str) -> Option<String> {
    let code = qrcode::QrCode::new(uri).ok()?;
    Some(code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(240, 240).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, the last six digits.
    #[test]
    fn the_codes_of_the_standard() {
        let secret = b"12345678901234567890";
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(now(secret, seconds * 1_000), expected);
        }
    }

    #[test]
    fn clocks_may_differ_by_a_step() {
        let secret = b"12345678901234567890";
        let at = 1_111_111_109_000;
        let given = now(secret, at);
        assert_eq!(step_of(secret, &given, at), Some(at / STEP));
        assert_eq!(step_of(secret, &given, at + STEP), Some(at / STEP));
        assert_eq!(step_of(secret, &given, at - STEP), Some(at / STEP));
        assert_eq!(step_of(secret, &given, at + 2 * STEP), None);
        assert_eq!(step_of(secret, "", at), None);
        assert_eq!(read(&shown(secret)).as_deref(), Some(secret.as_slice()));
    }

    #[test]
    fn names_are_escaped() {
        let uri = uri(b"12345678901234567890", "Salon & Cie", "a+b@c.example");
        assert!(uri.starts_with("otpauth://totp/Salon%20%26%20Cie:a%2Bb@c.example?secret=GEZDGN"), "{uri}");
        assert!(picture(&uri).is_some_and(|svg| svg.contains("<svg")));
    }
}

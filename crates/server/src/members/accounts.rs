//! Built-in accounts: logins with passwords, for websites without their own.

use crate::app::App;
use crate::platform::http::{Answer, Code, Problem};
use argon2::password_hash::{PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Argon2, PasswordHash};
use std::sync::LazyLock;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Hashing takes memory and time: so many at once.
const AT_ONCE: usize = 2;
/// So many wait at most: a few seconds. Who comes then is told to come back, and the others still get their turn.
const WAITING: usize = 200;

/// Where passwords are hashed.
pub struct Hashing {
    places: Semaphore,
    turns: Semaphore,
}

impl Default for Hashing {
    fn default() -> Self {
        Hashing { places: Semaphore::new(AT_ONCE + WAITING), turns: Semaphore::new(AT_ONCE) }
    }
}

impl Hashing {
    async fn turn(&self) -> Answer<(SemaphorePermit<'_>, SemaphorePermit<'_>)> {
        let place = self.places.try_acquire().map_err(|_| Problem::new(Code::Unavailable))?;
        let turn = self.turns.acquire().await.map_err(|_| Problem::new(Code::Unavailable))?;
        Ok((place, turn))
    }
}

/// Checked instead of a hash that isn't there, so that an unknown login takes as long as a wrong password.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody").unwrap_or_default());

fn hash(password: &str) -> Option<String> {
    let salt = SaltString::encode_b64(&crate::platform::ids::random::<16>()).ok()?;
    Some(Argon2::default().hash_password(password.as_bytes(), &salt).ok()?.to_string())
}

/// Hashes a password (argon2id, RFC 9106, the library's recommended cost); 8 to 200 characters that can be typed.
pub async fn hash_password(app: &App, password: String) -> Answer<String> {
    if !(8..=200).contains(&password.chars().count()) || password.chars().any(char::is_control) {
        return Err(Problem::said("refusal.password"));
    }
    let _turn = app.hashing.turn().await?;
    let hashed = tokio::task::spawn_blocking(move || hash(&password)).await;
    hashed.ok().flatten().ok_or_else(|| Problem::new(Code::Internal))
}

/// Whether the password is the one that was hashed. Takes as long when there is no hash.
pub async fn verify_password(app: &App, password: String, hashed: Option<String>) -> Answer<bool> {
    let _turn = app.hashing.turn().await?;
    let verified = tokio::task::spawn_blocking(move || {
        let known = hashed.is_some();
        let hashed = hashed.unwrap_or_else(|| NOBODY.clone());
        let fits = PasswordHash::new(&hashed)
            .is_ok_and(|h| Argon2::default().verify_password(password.as_bytes(), &h).is_ok());
        fits && known
    });
    verified.await.map_err(|_| Problem::new(Code::Internal))
}

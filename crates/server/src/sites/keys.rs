//! The public keys with which websites sign member tokens (RFC 7517).

use crate::platform::clock::{Clock, Millis};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Fetched keys are used this long before they are fetched again.
const FRESH: Millis = 10 * 60 * 1_000;
/// An unknown key id makes us look again, but not more often than this.
const AGAIN: Millis = 10 * 1_000;
/// A key set is never larger.
const LARGEST: usize = 256 * 1024;

/// Key sets by address.
pub struct Keys {
    http: Option<reqwest::Client>,
    known: Mutex<HashMap<String, (Millis, Arc<JwkSet>)>>,
}

impl Default for Keys {
    fn default() -> Self {
        Keys { http: client(), known: Mutex::new(HashMap::new()) }
    }
}

fn client() -> Option<reqwest::Client> {
    reqwest::Client::builder()
        .timeout(Duration::from_secs(5))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .ok()
}

impl Keys {
    /// The key with this id (or the only one, if the token names none) at an address.
    pub async fn find(&self, url: &str, key_id: Option<&str>, clock: &Clock) -> Option<Jwk> {
        let now = clock.now();
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(url).cloned();
        if let Some((at, set)) = &known {
            let found = pick(set, key_id);
            if now - at < AGAIN || (found.is_some() && now - at < FRESH) {
                return found;
            }
        }
        match self.fetch(url).await {
            Some(set) => {
                let set = Arc::new(set);
                self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(url.to_owned(), (now, set.clone()));
                pick(&set, key_id)
            }
            // The website's key server is away: what was known still holds.
            None => known.and_then(|(_, set)| pick(&set, key_id)),
        }
    }

    async fn fetch(&self, url: &str) -> Option<JwkSet> {
        let mut response = self.http.as_ref()?.get(url).send().await.ok()?.error_for_status().ok()?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.ok()? {
            if body.len() + chunk.len() > LARGEST {
                tracing::warn!(url, "a key set is too large");
                return None;
            }
            body.extend_from_slice(&chunk);
        }
        serde_json::from_slice(&body).ok()
    }
}

fn pick(set: &JwkSet, key_id: Option<&str>) -> Option<Jwk> {
    match key_id {
        Some(id) => set.find(id).cloned(),
        None if set.keys.len() == 1 => set.keys.first().cloned(),
        None => None,
    }
}

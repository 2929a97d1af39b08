//! The public keys with which websites sign member tokens (RFC 7517).

use crate::platform::clock::{Clock, Millis};
use crate::platform::outside::{Outside, Unreached};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use reqwest::Method;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Fetched keys are used this long before they are fetched again.
const FRESH: Millis = 10 * 60 * 1_000;
/// An unknown key id makes us look again, but not more often than this.
const AGAIN: Millis = 10 * 1_000;
/// A key set is never larger.
const LARGEST: usize = 256 * 1024;

/// Somebody waits to sign in meanwhile.
const PATIENCE: Duration = Duration::from_secs(5);

/// Key sets by address.
#[derive(Default)]
pub struct Keys {
    known: Mutex<HashMap<String, (Millis, Arc<JwkSet>)>>,
}

impl Keys {
    /// The key with this id (or the only one, if the token names none) at an address.
    pub async fn find(&self, outside: &Outside, url: &str, key_id: Option<&str>, clock: &Clock) -> Option<Jwk> {
        let now = clock.now();
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(url).cloned();
        if let Some((at, set)) = &known {
            let found = pick(set, key_id);
            if now - at < AGAIN || (found.is_some() && now - at < FRESH) {
                return found;
            }
        }
        match fetch(outside, url).await {
            Some(set) => {
                let set = Arc::new(set);
                self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(url.to_owned(), (now, set.clone()));
                pick(&set, key_id)
            }
            // The website's key server is away: what was known still holds.
            None => known.and_then(|(_, set)| pick(&set, key_id)),
        }
    }
}

async fn fetch(outside: &Outside, url: &str) -> Option<JwkSet> {
    let whole = async {
        let request = outside.request(Method::GET, url)?;
        let answer = outside.send(request.timeout(PATIENCE)).await?;
        if !answer.status().is_success() {
            return Err(Unreached::Away);
        }
        outside.beginning(answer, LARGEST).await
    };
    match whole.await {
        // What was cut off is not JSON either.
        Ok(body) => serde_json::from_slice(&body)
            .inspect_err(|error| tracing::warn!(url, %error, "what is there is no key set, or too large a one"))
            .ok(),
        Err(error) => {
            tracing::warn!(url, %error, "the published keys can't be fetched");
            None
        }
    }
}

fn pick(set: &JwkSet, key_id: Option<&str>) -> Option<Jwk> {
    match key_id {
        Some(id) => set.find(id).cloned(),
        None if set.keys.len() == 1 => set.keys.first().cloned(),
        None => None,
    }
}

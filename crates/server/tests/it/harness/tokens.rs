use axum::routing::get;
use axum::{Json, Router};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use parvis::platform::clock::Clock;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::TcpListener;

/// A member token in the making, as a website signs it.
#[derive(Clone)]
pub struct Token {
    pub claims: Value,
}

impl Token {
    /// For the member the website calls `sub`, valid for an hour.
    pub fn of(site: &str, sub: &str, clock: &Clock) -> Token {
        let expires = clock.now() / 1_000 + 3_600;
        Token { claims: json!({"aud": site, "sub": sub, "exp": expires}) }
    }

    /// With another claim.
    pub fn with(mut self, claim: &str, value: impl Into<Value>) -> Token {
        self.claims[claim] = value.into();
        self
    }

    /// Without a claim.
    pub fn without(mut self, claim: &str) -> Token {
        self.claims.as_object_mut().unwrap().remove(claim);
        self
    }

    /// Valid until so many seconds from now (perhaps before it).
    pub fn expiring(self, clock: &Clock, seconds: i64) -> Token {
        let at = clock.now() / 1_000 + seconds;
        self.with("exp", at)
    }

    /// Signed with a site's secret.
    pub fn signed(&self, secret: &str) -> String {
        self.signed_as(Algorithm::HS256, &EncodingKey::from_secret(secret.as_bytes()), None)
    }

    pub fn signed_as(&self, algorithm: Algorithm, key: &EncodingKey, id: Option<&str>) -> String {
        let header = Header { kid: id.map(str::to_owned), ..Header::new(algorithm) };
        jsonwebtoken::encode(&header, &self.claims, key).unwrap()
    }

    /// Not signed at all, as the first JWT libraries accepted it.
    pub fn unsigned(&self, algorithm: &str) -> String {
        let part = |value: &Value| data_encoding::BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        format!("{}.{}.", part(&json!({"alg": algorithm, "typ": "JWT"})), part(&self.claims))
    }
}

/// A website's private key.
pub struct Key {
    pub algorithm: Algorithm,
    pub id: &'static str,
    pub private: EncodingKey,
}

impl Key {
    pub fn rsa() -> Key {
        let private = EncodingKey::from_rsa_pem(include_bytes!("../keys/rs256.pem")).unwrap();
        Key { algorithm: Algorithm::RS256, id: "rsa", private }
    }

    pub fn elliptic() -> Key {
        let private = EncodingKey::from_ec_pem(include_bytes!("../keys/es256.pem")).unwrap();
        Key { algorithm: Algorithm::ES256, id: "elliptic", private }
    }

    pub fn edwards() -> Key {
        let private = EncodingKey::from_ed_pem(include_bytes!("../keys/eddsa.pem")).unwrap();
        Key { algorithm: Algorithm::EdDSA, id: "edwards", private }
    }

    pub fn sign(&self, token: &Token) -> String {
        token.signed_as(self.algorithm, &self.private, Some(self.id))
    }

    fn public(&self) -> Jwk {
        let mut jwk = Jwk::from_encoding_key(&self.private, self.algorithm).unwrap();
        jwk.common.key_id = Some(self.id.to_owned());
        jwk
    }
}

/// A website's key server.
pub struct KeyServer {
    pub url: String,
    asked: Arc<AtomicUsize>,
    task: tokio::task::JoinHandle<()>,
}

impl KeyServer {
    pub async fn publishing(keys: &[&Key]) -> KeyServer {
        let set = JwkSet { keys: keys.iter().map(|key| key.public()).collect() };
        let asked = Arc::new(AtomicUsize::new(0));
        let counted = asked.clone();
        let keys = get(move || {
            counted.fetch_add(1, Ordering::SeqCst);
            std::future::ready(Json(set))
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/keys.json", listener.local_addr().unwrap());
        let routes = Router::new().route("/keys.json", keys);
        let task = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        KeyServer { url, asked, task }
    }

    /// How often the keys were fetched.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    pub fn stop(&self) {
        self.task.abort();
    }
}

impl Drop for KeyServer {
    fn drop(&mut self) {
        self.stop();
    }
}

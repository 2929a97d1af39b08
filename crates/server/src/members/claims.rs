//! Member tokens: how a website vouches for its member (RFC 7519).

use super::store::Attributes;
use crate::app::App;
use crate::platform::http::{Answer, Code, Problem};
use crate::sites::Site;
use domain::members::clean_label;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A token may not be valid for longer than this from now.
const LONGEST_SECONDS: i64 = 24 * 60 * 60;
/// Clocks differ: a token may be this much ahead of us.
const SKEW_SECONDS: i64 = 30;
/// A token is never longer.
const LONGEST_TOKEN: usize = 16 * 1024;

/// What a token says of a member. Only `sub` and `exp` are needed; what is named is updated.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Claims {
    /// The website's own id of the member.
    pub sub: String,
    /// Until when, in seconds since 1970.
    pub exp: i64,
    /// From when.
    #[serde(default)]
    pub nbf: Option<i64>,
    /// What follows `@`.
    #[serde(default)]
    pub login: Option<String>,
    /// Shown to others.
    #[serde(default)]
    pub name: Option<String>,
    /// For notices.
    #[serde(default)]
    pub email: Option<String>,
    /// A picture.
    #[serde(default)]
    pub avatar_url: Option<String>,
    /// One line about them.
    #[serde(default)]
    pub headline: Option<String>,
    /// Their language tag.
    #[serde(default)]
    pub locale: Option<String>,
    /// Slugs of populations; unknown ones are ignored.
    #[serde(default)]
    pub populations: Option<Vec<String>>,
    /// What highlights them.
    #[serde(default)]
    pub badges: Option<Vec<String>>,
    /// Themes, with or without weights.
    #[serde(default)]
    pub interests: Option<Interests>,
    /// Themes they offer something in.
    #[serde(default)]
    pub offers: Option<Vec<String>>,
    /// Themes in which they look for somebody.
    #[serde(default)]
    pub looks_for: Option<Vec<String>>,
    /// Anything else the organizer's segments ask for.
    #[serde(default)]
    pub attributes: Option<DeclaredAttributes>,
}

/// `{"sector": "Wood", "languages": ["fr", "en"]}`.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct DeclaredAttributes(BTreeMap<String, AttributeValue>);

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum AttributeValue {
    One(String),
    More(Vec<String>),
}

impl DeclaredAttributes {
    /// At most 30 of at most 20 values, each of at most 80 characters on one line.
    pub fn clean(&self) -> Answer<Attributes> {
        let refused =
            || Problem::invalid("attributes: at most 30 of at most 20 values, 80 characters on one line each");
        if self.0.len() > 30 {
            return Err(refused());
        }
        let mut clean = Attributes::new();
        for (key, value) in &self.0 {
            let values = match value {
                AttributeValue::One(value) => std::slice::from_ref(value),
                AttributeValue::More(values) => values.as_slice(),
            };
            let values: Option<Vec<String>> = values.iter().map(|value| clean_label(value)).collect();
            let values = values.filter(|values| values.len() <= 20).ok_or_else(refused)?;
            clean.insert(clean_label(key).ok_or_else(refused)?, values);
        }
        Ok(clean)
    }
}

/// `["Rust"]` or `{"Rust": 0.8}`.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Interests {
    /// All alike.
    Plain(Vec<String>),
    /// With weights 0..1.
    Weighted(BTreeMap<String, f64>),
}

impl Interests {
    /// Theme and weight.
    pub fn pairs(&self) -> Vec<(String, f64)> {
        match self {
            Interests::Plain(themes) => themes.iter().map(|t| (t.clone(), 1.0)).collect(),
            Interests::Weighted(themes) => themes.iter().map(|(t, w)| (t.clone(), *w)).collect(),
        }
    }
}

/// Checks a token against the site's secret or published keys, its audience and its times.
///
/// # Errors
/// Always the same 401: what exactly is wrong helps nobody who didn't sign it. The log has it.
pub async fn check(app: &App, site: &Site, token: &str) -> Answer<Claims> {
    match verified(app, site, token).await {
        Ok(claims) => Ok(claims),
        Err(why) => {
            tracing::info!(site = site.slug, why, "a member token was refused");
            Err(Problem::new(Code::Unauthorized))
        }
    }
}

async fn verified(app: &App, site: &Site, token: &str) -> Result<Claims, &'static str> {
    if token.len() > LONGEST_TOKEN {
        return Err("too long");
    }
    let header = jsonwebtoken::decode_header(token).map_err(|_| "not a JWT")?;
    let keys = match header.alg {
        Algorithm::HS256 => {
            site.secrets(app.clock.now()).map(|secret| DecodingKey::from_secret(secret.as_bytes())).collect()
        }
        Algorithm::RS256 | Algorithm::ES256 | Algorithm::EdDSA => {
            let url = site.settings.jwks_url.as_deref().ok_or("the site has no key address")?;
            let jwk = app.keys.find(&app.outside, url, header.kid.as_deref(), &app.clock).await.ok_or("unknown key")?;
            vec![DecodingKey::from_jwk(&jwk).map_err(|_| "unusable key")?]
        }
        _ => return Err("algorithm not accepted"),
    };
    let mut rules = Validation::new(header.alg);
    rules.set_audience(&[&site.slug]);
    rules.set_required_spec_claims(&["exp", "aud", "sub"]);
    // Times are checked below, against the application's own clock.
    rules.validate_exp = false;
    let decoded = keys.iter().find_map(|key| jsonwebtoken::decode::<Claims>(token, key, &rules).ok());
    let claims = decoded.ok_or("signature, audience or claims")?.claims;
    check_times(&claims, app.clock.now() / 1_000)?;
    if !is_external_id(&claims.sub) {
        return Err("sub");
    }
    Ok(claims)
}

/// Whether a website may call a member so.
pub(super) fn is_external_id(text: &str) -> bool {
    (1..=255).contains(&text.len()) && !text.chars().any(char::is_control)
}

fn check_times(claims: &Claims, now: i64) -> Result<(), &'static str> {
    if claims.exp <= now {
        return Err("expired");
    }
    if claims.exp > now + LONGEST_SECONDS + SKEW_SECONDS {
        return Err("valid for more than a day");
    }
    if claims.nbf.is_some_and(|nbf| nbf > now + SKEW_SECONDS) {
        return Err("not yet valid");
    }
    Ok(())
}

/// A token as a website would sign it, for trials and scripts.
pub fn sign(site: &Site, login: &str, name: Option<&str>, external_id: &str, expires: i64) -> Option<String> {
    let mut claims = serde_json::json!({"aud": site.slug, "sub": external_id, "login": login, "exp": expires});
    if let Some(name) = name {
        claims["name"] = name.into();
    }
    let key = jsonwebtoken::EncodingKey::from_secret(site.secret.as_bytes());
    jsonwebtoken::encode(&jsonwebtoken::Header::new(Algorithm::HS256), &claims, &key).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        let claims = |exp, nbf| Claims { exp, nbf, ..Claims::default() };
        assert!(check_times(&claims(1_001, None), 1_000).is_ok());
        assert!(check_times(&claims(1_000, None), 1_000).is_err());
        assert!(check_times(&claims(1_000 + 86_400, None), 1_000).is_ok());
        assert!(check_times(&claims(1_000 + 2 * 86_400, None), 1_000).is_err());
        assert!(check_times(&claims(2_000, Some(1_500)), 1_000).is_err());
        assert!(check_times(&claims(2_000, Some(1_000)), 1_000).is_ok());
    }
}

//! Operators: the people of a site's staff.

pub mod actions;
mod factor;
pub mod http;
mod invitations;
mod sessions;
mod signing_in;
mod store;
pub mod totp;

pub use factor::GUESSES as CODE_GUESSES;
pub use sessions::Devices;
pub use store::{Operator, Role};

use crate::api_keys;
use crate::app::App;
use crate::audit::{Actor, ActorKind};
use crate::members::{Session, bearer};
use crate::platform::clock::Millis;
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::live::Person;
use crate::sites::{Site, SiteId};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::sync::Arc;

/// What is of persons alone: for a site's key there is nothing here.
const PERSONAL: [&str; 6] = ["me", "sessions", "invitations", "operators", "api-keys", "settings/secret"];

/// One operator of a site, as they are now.
pub async fn by_id(app: &App, site: SiteId, id: i64) -> Answer<Option<Operator>> {
    Ok(store::by_id(&mut app.db.read().await?, site, id).await?)
}

impl From<&Operator> for Actor {
    fn from(operator: &Operator) -> Actor {
        match &operator.key {
            Some(key) => Actor { kind: ActorKind::ApiKey, id: operator.id, name: key.to_string() },
            None => Actor { kind: ActorKind::Operator, id: operator.id, name: operator.name.clone() },
        }
    }
}

/// An operator who is signed in, or the site itself with one of its keys.
pub struct SignedInOperator {
    /// Their session.
    pub session: Session,
    /// Their site.
    pub site: Arc<Site>,
    /// Themselves, as they are now.
    pub operator: Operator,
}

impl SignedInOperator {
    /// Who an access token stands for, from a page of this origin.
    pub async fn find(app: &App, token: &str, headers: &HeaderMap) -> Answer<SignedInOperator> {
        let refused = || Problem::new(Code::Unauthorized);
        let session = app.sessions.find(app, token).await?;
        let Person::Operator(id) = session.person else { return Err(refused()) };
        let site = app.sites.get(&app.db, session.site).await?.ok_or_else(refused)?;
        app.check_origin(&site, headers)?;
        let operator = by_id(app, site.id, id).await?.ok_or_else(refused)?;
        app.devices.used(app, &session);
        Ok(SignedInOperator { session, site, operator })
    }

    /// The site itself, as an admin, if the token is one of its keys.
    async fn of_key(app: &App, token: &str, headers: &HeaderMap) -> Answer<Option<SignedInOperator>> {
        let Some(key) = api_keys::find(app, token).await? else { return Ok(None) };
        let site = app.sites.get(&app.db, key.site).await?.ok_or_else(|| Problem::new(Code::Unauthorized))?;
        app.check_origin(&site, headers)?;
        let operator = Operator {
            id: key.id,
            email: String::new(),
            name: site.name.clone(),
            role: Role::Admin,
            totp: false,
            test_member: None,
            key: Some(key.name.into()),
        };
        let person = Person::Operator(key.id);
        let session = Session { hash: [0; 32], person, site: site.id, expires_at: Millis::MAX };
        Ok(Some(SignedInOperator { session, site, operator }))
    }

    /// Refuses those below a role, as if there were nothing.
    pub fn require(&self, role: Role) -> Answer<()> {
        if self.operator.role >= role { Ok(()) } else { Err(Problem::not_found()) }
    }

    /// Who acts, for the audit log.
    pub fn actor(&self) -> Actor {
        Actor::from(&self.operator)
    }
}

/// Whether a path is of persons alone.
fn is_personal(path: &str) -> bool {
    let rest = path.split_once("/admin/").map_or("", |(_, rest)| rest);
    let within = |of: &&str| rest.strip_prefix(*of).is_some_and(|more| more.is_empty() || more.starts_with('/'));
    PERSONAL.iter().any(within)
}

impl FromRequestParts<App> for SignedInOperator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Answer<SignedInOperator> {
        let token = bearer(&parts.headers)?;
        match SignedInOperator::of_key(app, token, &parts.headers).await? {
            Some(_) if is_personal(parts.uri.path()) => Err(Problem::not_found()),
            Some(site) => Ok(site),
            None => SignedInOperator::find(app, token, &parts.headers).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_personal;

    #[test]
    fn what_a_key_never_reaches() {
        for path in ["/api/v1/admin/me", "/admin/me/totp", "/admin/sessions/current", "/admin/settings/secret/rotate"] {
            assert!(is_personal(path), "{path}");
        }
        for path in ["/admin/members", "/admin/settings", "/admin/messages", "/admin/members/me", "/"] {
            assert!(!is_personal(path), "{path}");
        }
    }
}

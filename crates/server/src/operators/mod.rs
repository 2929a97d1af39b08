//! Operators: the people of a site's staff.

pub mod actions;
pub mod http;
mod store;

pub use store::{Operator, Role};

use crate::app::App;
use crate::members::{Session, bearer};
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::live::Person;
use crate::sites::{Site, SiteId};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::sync::Arc;

/// One operator of a site, as they are now.
pub async fn by_id(app: &App, site: SiteId, id: i64) -> Answer<Option<Operator>> {
    Ok(store::by_id(&mut app.db.read().await?, site, id).await?)
}

/// An operator who is signed in.
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
        Ok(SignedInOperator { session, site, operator })
    }

    /// Refuses those below a role, as if there were nothing.
    pub fn require(&self, role: Role) -> Answer<()> {
        if self.operator.role >= role { Ok(()) } else { Err(Problem::not_found()) }
    }
}

impl FromRequestParts<App> for SignedInOperator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Answer<SignedInOperator> {
        SignedInOperator::find(app, bearer(&parts.headers)?, &parts.headers).await
    }
}

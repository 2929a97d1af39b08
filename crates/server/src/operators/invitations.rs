//! Links by which operators give themselves a password: the first one, or another.

use super::factor;
use super::sessions::Device;
use super::signing_in::{self, SignedIn};
use super::store::{self, Operator};
use crate::app::App;
use crate::audit::{self, Actor, Subject};
use crate::members::hash_password;
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Tx, sql};
use crate::platform::http::{Answer, Problem};
use crate::platform::ids;
use crate::platform::live::Person;
use crate::sites::{Site, SiteId};
use domain::members::clean_name;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// An invitation holds a week.
const HOLDS: Millis = 7 * 24 * 60 * 60 * 1_000;

/// A link, told once.
pub(super) struct Invitation {
    pub url: String,
    pub expires_at: Millis,
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Makes a link for an operator; an earlier one holds no longer.
pub(super) async fn make(app: &App, tx: &mut Tx, site: SiteId, operator: i64) -> Result<Invitation, DbError> {
    let token = ids::secret();
    let expires_at = app.clock.now() + HOLDS;
    forget(tx, site, operator).await?;
    sql("INSERT INTO invitation (operator_id, site_id, token_hash, expires_at) VALUES ($1, $2, $3, $4)")
        .bind(operator)
        .bind(site.0)
        .bind(hash(&token))
        .bind(expires_at)
        .run(tx)
        .await?;
    // After the hash sign: no server and no log on the way sees it.
    Ok(Invitation { url: format!("{}/admin/invitation#{token}", app.public_url), expires_at })
}

/// A link that was made for them opens nothing any more.
pub(super) async fn forget(tx: &mut Tx, site: SiteId, operator: i64) -> Result<(), DbError> {
    let forget = sql("DELETE FROM invitation WHERE site_id = $1 AND operator_id = $2");
    forget.bind(site.0).bind(operator).run(tx).await.map(drop)
}

/// Whose an invitation is that still holds: site and operator.
async fn holder(on: impl Into<Link<'_>>, token: &str, now: Millis) -> Answer<(SiteId, i64)> {
    let found: Option<(i64, i64, i64)> =
        sql("SELECT site_id, operator_id, expires_at FROM invitation WHERE token_hash = $1")
            .bind(hash(token))
            .maybe(on)
            .await?;
    let found = found.filter(|(_, _, expires_at)| *expires_at > now).ok_or_else(Problem::not_found)?;
    Ok((SiteId(found.0), found.1))
}

/// Whom an invitation is for.
pub(super) async fn read(app: &App, token: &str) -> Answer<(Arc<Site>, Operator)> {
    let mut reader = app.db.read().await?;
    let (site, id) = holder(&mut reader, token, app.clock.now()).await?;
    let operator = store::by_id(&mut reader, site, id).await?.ok_or_else(Problem::not_found)?;
    drop(reader);
    Ok((app.sites.get(&app.db, site).await?.ok_or_else(Problem::not_found)?, operator))
}

/// What somebody says who accepts.
pub(super) struct Accepting {
    pub password: String,
    pub name: Option<String>,
    pub code: Option<String>,
}

/// Accepts an invitation: the password is theirs from now on, their other sessions end, and they are signed in. A
/// second factor that is on is asked for all the same.
pub(super) async fn accept(app: &App, token: &str, given: Accepting, device: &Device) -> Answer<SignedIn> {
    let (site, operator) = read(app, token).await?;
    let name = given
        .name
        .as_deref()
        .map(|name| clean_name(name).ok_or_else(|| Problem::invalid("name: 1 to 100 characters on one line")))
        .transpose()?;
    let password = hash_password(app, given.password).await?;
    let guess = app.code_failures.attempt(operator.id, &app.clock).await;
    let mut tx = app.db.write("invitation_accept").await?;
    let (_, id) = holder(&mut tx, token, app.clock.now()).await?;
    let operator = store::by_id(&mut tx, site.id, id).await?.ok_or_else(Problem::not_found)?;
    factor::pass(app, &mut tx, site.id, &operator, guess, given.code.as_deref()).await?;
    let operator = Operator { name: name.unwrap_or(operator.name), ..operator };
    store::set_own(&mut tx, site.id, &operator).await?;
    store::set_password(&mut tx, site.id, id, &password).await?;
    forget(&mut tx, site.id, id).await?;
    let by = Actor::from(&operator);
    audit::write(app, &mut tx, site.id, &by, "operator.accept", &Subject::of("operator", id), json!({})).await?;
    drop(tx.commit().await?);
    app.sessions.end_all(app, site.id, Person::Operator(id)).await?;
    let tx = app.db.write("operator_session").await?;
    signing_in::open(app, tx, site, operator, device, &[]).await
}

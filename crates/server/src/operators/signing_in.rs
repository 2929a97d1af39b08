//! How operators sign in, and go from one of their sites to another.

use super::sessions::{self, Device, Elsewhere, fingerprint};
use super::store::{self, Operator};
use super::{SignedInOperator, factor};
use crate::app::{App, Caller};
use crate::members::{Session, verify_password};
use crate::platform::clock::Millis;
use crate::platform::db::Tx;
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::live::Person;
use crate::sites::{Site, SiteId};
use axum::http::HeaderMap;
use std::sync::Arc;

/// An operator's session lasts a working day.
const SESSION: Millis = 12 * 60 * 60 * 1_000;
/// So many other sites are looked at.
const MOST_ELSEWHERE: i64 = 20;

/// A new session.
pub(super) struct SignedIn {
    /// Told once.
    pub access_token: String,
    pub session: Session,
    pub operator: Operator,
    pub site: Arc<Site>,
    /// To which one may switch.
    pub others: Vec<Arc<Site>>,
}

/// What somebody signs in with.
pub(super) struct Credentials {
    pub email: String,
    pub password: String,
    pub code: Option<String>,
}

/// Signs an operator in.
pub(super) async fn sign_in(
    app: &App,
    caller: &Caller,
    site: Arc<Site>,
    given: Credentials,
    device: &Device,
) -> Answer<SignedIn> {
    let key = |site: &Site| (caller.address, site.slug.clone(), given.email.trim().to_lowercase());
    let guess = app.password_failures.attempt(key(&site), &app.clock).await?;
    let found = store::password_of(&mut app.db.read().await?, site.id, &given.email).await?;
    let (id, hash) = found.map_or((None, None), |(id, hash)| (Some(id), Some(hash)));
    let fits = verify_password(app, given.password.clone(), hash.filter(|hash| !hash.is_empty())).await?;
    let Some(id) = id.filter(|_| fits) else {
        guess.failed();
        return Err(Problem::new(Code::Unauthorized));
    };
    drop(guess);
    let guess = app.code_failures.attempt(id, &app.clock).await;
    let mut tx = app.db.write("operator_sign_in").await?;
    let operator = store::by_id(&mut tx, site.id, id).await?.ok_or_else(|| Problem::new(Code::Unauthorized))?;
    factor::pass(app, &mut tx, site.id, &operator, guess, given.code.as_deref()).await?;
    drop(tx.commit().await?);
    let elsewhere = elsewhere(app, caller, &site, &given).await?;
    let tx = app.db.write("operator_session").await?;
    open(app, tx, site, operator, device, &elsewhere).await
}

/// On which other sites the same e-mail and password belong to an operator. Failures count there as if they had been
/// tried there: what is guessed here is not guessed for free.
async fn elsewhere(app: &App, caller: &Caller, site: &Site, given: &Credentials) -> Answer<Vec<Elsewhere>> {
    let same = store::elsewhere(&mut app.db.read().await?, site.id, &given.email, MOST_ELSEWHERE).await?;
    let mut found = Vec::new();
    for (other, id, hash) in same {
        let Some(there) = app.sites.get(&app.db, SiteId(other)).await? else { continue };
        let key = (caller.address, there.slug.clone(), given.email.trim().to_lowercase());
        let Ok(guess) = app.password_failures.attempt(key, &app.clock).await else { continue };
        let fingerprinted = fingerprint(&hash);
        if verify_password(app, given.password.clone(), Some(hash)).await? {
            found.push((other, id, fingerprinted));
        } else {
            guess.failed();
        }
    }
    Ok(found)
}

/// Opens a session in a transaction, which it ends.
pub(super) async fn open(
    app: &App,
    mut tx: Tx,
    site: Arc<Site>,
    operator: Operator,
    device: &Device,
    elsewhere: &[Elsewhere],
) -> Answer<SignedIn> {
    let person = Person::Operator(operator.id);
    let (access_token, session) = app.sessions.open(&mut tx, person, site.id, app.clock.now(), SESSION).await?;
    sessions::describe(app, &mut tx, &session, device, elsewhere).await?;
    drop(tx.commit().await?);
    app.sessions.remember(session);
    let others = sites_of(app, elsewhere).await?;
    Ok(SignedIn { access_token, session, operator, site, others })
}

async fn sites_of(app: &App, elsewhere: &[Elsewhere]) -> Answer<Vec<Arc<Site>>> {
    let mut sites = Vec::with_capacity(elsewhere.len());
    for (site, _, _) in elsewhere {
        sites.extend(app.sites.get(&app.db, SiteId(*site)).await?);
    }
    Ok(sites)
}

/// The sites to which this session may switch now.
pub(super) async fn others(app: &App, me: &Session) -> Answer<Vec<Arc<Site>>> {
    let mut reader = app.db.read().await?;
    let mut there = Vec::new();
    for one in sessions::elsewhere(&mut reader, me).await? {
        if sessions::still(&mut reader, &one).await? {
            there.push(one);
        }
    }
    drop(reader);
    sites_of(app, &there).await
}

/// Opens a session on another site whose operator one proved to be at sign-in.
pub(super) async fn switch(
    app: &App,
    me: &SignedInOperator,
    headers: &HeaderMap,
    (slug, code): (&str, Option<&str>),
    device: &Device,
) -> Answer<SignedIn> {
    let mut elsewhere = sessions::elsewhere(&mut app.db.read().await?, &me.session).await?;
    let there = app.sites.by_slug(&app.db, slug).await?;
    let place = there.as_ref().and_then(|there| elsewhere.iter().position(|one| one.0 == there.id.0));
    let (Some(site), Some(place)) = (there, place) else { return Err(Problem::not_found()) };
    let to = elsewhere.remove(place);
    app.check_origin(&site, headers)?;
    let guess = app.code_failures.attempt(to.1, &app.clock).await;
    let mut tx = app.db.write("operator_switch").await?;
    if !sessions::still(&mut tx, &to).await? {
        return Err(Problem::not_found());
    }
    let operator = store::by_id(&mut tx, site.id, to.1).await?.ok_or_else(Problem::not_found)?;
    factor::pass(app, &mut tx, site.id, &operator, guess, code).await?;
    // And back again.
    let here = store::password_by_id(&mut tx, me.site.id, me.operator.id).await?;
    elsewhere.extend(here.map(|hash| (me.site.id.0, me.operator.id, fingerprint(&hash))));
    open(app, tx, site, operator, device, &elsewhere).await
}

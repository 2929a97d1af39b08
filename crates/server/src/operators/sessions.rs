//! What is known of operators' sessions: from which device, since when, when they were used last.

use super::store;
use crate::app::App;
use crate::members::Session;
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Tx, sql};
use crate::platform::http::{Answer, Problem};
use crate::platform::live::Person;
use crate::sites::SiteId;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// That a session is used is written down this often at most.
const NOTED: Millis = 5 * 60 * 1_000;
/// Beyond so many remembered, those of long ago are forgotten.
const MOST_REMEMBERED: usize = 10_000;

/// From where somebody signs in.
#[derive(Clone, Debug, Default)]
pub(super) struct Device {
    /// The address.
    pub address: Option<String>,
    /// What the browser says of itself.
    pub agent: Option<String>,
}

/// An operator of another site whose e-mail and password were the same at sign-in: site, id, and what tells whether
/// the password is still that one.
pub(super) type Elsewhere = (i64, i64, String);

/// Tells whether a password was changed, and nothing of it.
pub(super) fn fingerprint(password_hash: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(password_hash.as_bytes())[..16])
}

/// When the use of each session was last written down.
#[derive(Default)]
pub struct Devices {
    noted: Mutex<HashMap<[u8; 32], Millis>>,
}

impl Devices {
    /// A session is used: from time to time that is written down, beside the request.
    pub(super) fn used(&self, app: &App, session: &Session) {
        let now = app.clock.now();
        if self.is_due(session.hash, now) {
            let (app, session) = (app.clone(), *session);
            tokio::spawn(async move {
                if let Err(error) = note(&app, &session, now).await {
                    tracing::warn!(%error, "could not note that a session is used");
                }
            });
        }
    }

    fn is_due(&self, hash: [u8; 32], now: Millis) -> bool {
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.len() >= MOST_REMEMBERED {
            noted.retain(|_, at| now - *at < NOTED);
        }
        match noted.insert(hash, now) {
            Some(at) if now - at < NOTED => {
                noted.insert(hash, at);
                false
            }
            _ => true,
        }
    }
}

async fn note(app: &App, session: &Session, now: Millis) -> Result<(), DbError> {
    let Person::Operator(id) = session.person else { return Ok(()) };
    let mut tx = app.db.write("operator_seen").await?;
    sql("UPDATE operator_session SET last_used_at = $3 WHERE site_id = $1 AND token_hash = $2")
        .bind(session.site.0)
        .bind(session.hash.as_slice())
        .bind(now)
        .run(&mut tx)
        .await?;
    seen(&mut tx, session.site, id, now).await?;
    drop(tx.commit().await?);
    Ok(())
}

async fn seen(tx: &mut Tx, site: SiteId, id: i64, now: Millis) -> Result<(), DbError> {
    sql("UPDATE operator SET last_seen_at = $3 WHERE site_id = $1 AND id = $2")
        .bind(site.0)
        .bind(id)
        .bind(now)
        .run(tx)
        .await
        .map(drop)
}

/// Writes down a session that was just opened in the same transaction.
pub(super) async fn describe(
    app: &App,
    tx: &mut Tx,
    session: &Session,
    device: &Device,
    elsewhere: &[Elsewhere],
) -> Result<(), DbError> {
    let Person::Operator(id) = session.person else { return Ok(()) };
    let now = app.clock.now();
    sql("INSERT INTO operator_session (id, site_id, operator_id, token_hash, address, agent, elsewhere, created_at, last_used_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(app.ids.next(&app.clock))
    .bind(session.site.0)
    .bind(id)
    .bind(session.hash.as_slice())
    .bind(device.address.clone())
    .bind(device.agent.clone())
    .bind(serde_json::to_string(elsewhere).unwrap_or_default())
    .bind(now)
    .bind(now)
    .run(&mut *tx)
    .await?;
    app.devices.is_due(session.hash, now);
    seen(tx, session.site, id, now).await
}

/// A session as it is stored.
#[derive(sqlx_macros::FromRow)]
pub(super) struct SessionRow {
    pub id: i64,
    pub token_hash: Vec<u8>,
    pub address: Option<String>,
    pub agent: Option<String>,
    pub created_at: Millis,
    pub last_used_at: Millis,
}

/// One's open sessions, newest first.
pub(super) async fn list(on: impl Into<Link<'_>>, me: &Session, now: Millis) -> Result<Vec<SessionRow>, DbError> {
    let Person::Operator(id) = me.person else { return Ok(Vec::new()) };
    sql("SELECT d.id, d.token_hash, d.address, d.agent, d.created_at, d.last_used_at FROM operator_session d \
         JOIN session s ON s.token_hash = d.token_hash \
         WHERE d.site_id = $1 AND d.operator_id = $2 AND s.expires_at > $3 ORDER BY d.id DESC")
    .bind(me.site.0)
    .bind(id)
    .bind(now)
    .all(on)
    .await
}

/// The other sites to which this session may switch.
pub(super) async fn elsewhere(on: impl Into<Link<'_>>, me: &Session) -> Result<Vec<Elsewhere>, DbError> {
    let found: Option<(String,)> = sql("SELECT elsewhere FROM operator_session WHERE site_id = $1 AND token_hash = $2")
        .bind(me.site.0)
        .bind(me.hash.as_slice())
        .maybe(on)
        .await?;
    Ok(found.and_then(|(text,)| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Ends one of one's sessions.
pub(super) async fn end(app: &App, me: &Session, id: i64) -> Answer<()> {
    let mine = list(&mut app.db.read().await?, me, app.clock.now()).await?;
    let one = mine.into_iter().find(|one| one.id == id).ok_or_else(Problem::not_found)?;
    end_one(app, me, &one).await
}

/// Ends all one's sessions but this one.
pub(super) async fn end_others(app: &App, me: &Session) -> Answer<()> {
    let mine = list(&mut app.db.read().await?, me, app.clock.now()).await?;
    for one in mine.iter().filter(|one| one.token_hash != me.hash) {
        end_one(app, me, one).await?;
    }
    Ok(())
}

async fn end_one(app: &App, me: &Session, one: &SessionRow) -> Answer<()> {
    let hash = <[u8; 32]>::try_from(one.token_hash.as_slice()).map_err(|_| Problem::not_found())?;
    app.sessions.end(app, &Session { hash, ..*me }).await
}

/// Whether the operator of another site is still there with the password of that day.
pub(super) async fn still(on: impl Into<Link<'_>>, (site, id, fingerprinted): &Elsewhere) -> Result<bool, DbError> {
    let hash = store::password_by_id(on, SiteId(*site), *id).await?;
    Ok(hash.is_some_and(|hash| fingerprint(&hash) == *fingerprinted))
}

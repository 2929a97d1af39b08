//! Sessions: what an access token stands for, of members and operators alike.

use super::store::Member;
use crate::app::App;
use crate::calls;
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Tx, sql};
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::ids;
use crate::platform::language::speak;
use crate::platform::live::Person;
use crate::sites::{Site, SiteId};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// A signed-in person.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    /// The hash of the access token; the token itself is kept nowhere.
    pub hash: [u8; 32],
    /// Whose.
    pub person: Person,
    /// On which site.
    pub site: SiteId,
    /// Until when.
    pub expires_at: Millis,
}

/// The sessions this process has seen lately.
pub struct Sessions {
    known: Cache<[u8; 32], Session>,
}

impl Default for Sessions {
    fn default() -> Self {
        Sessions { known: Cache::new(50_000) }
    }
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

impl Sessions {
    /// Opens a session in a transaction under way; the access token is told once.
    pub async fn open(
        &self,
        tx: &mut Tx,
        person: Person,
        site: SiteId,
        now: Millis,
        lasting: Millis,
    ) -> Result<(String, Session), DbError> {
        let token = ids::secret();
        let session = Session { hash: hash(&token), person, site, expires_at: now + lasting };
        let (kind, id) = holder(person);
        sql("INSERT INTO session (token_hash, site_id, holder_kind, holder_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(session.hash.to_vec())
            .bind(site.0)
            .bind(kind)
            .bind(id)
            .bind(now)
            .bind(session.expires_at)
            .run(tx)
            .await?;
        Ok((token, session))
    }

    /// A session that was just committed will be asked for in a moment.
    pub fn remember(&self, session: Session) {
        self.known.insert(session.hash, session);
    }

    /// The session of an access token.
    pub async fn find(&self, app: &App, token: &str) -> Answer<Session> {
        let hash = hash(token);
        let found = match self.known.get(&hash) {
            Some(session) => Some(session),
            None => self.load(app, hash).await?,
        };
        found.filter(|s| s.expires_at > app.clock.now()).ok_or_else(|| Problem::new(Code::Unauthorized))
    }

    async fn load(&self, app: &App, hash: [u8; 32]) -> Result<Option<Session>, DbError> {
        let row: Option<(i64, String, i64, i64)> =
            sql("SELECT site_id, holder_kind, holder_id, expires_at FROM session WHERE token_hash = $1")
                .bind(hash.to_vec())
                .maybe(&mut app.db.read().await?)
                .await?;
        let Some((site, kind, id, expires_at)) = row else { return Ok(None) };
        let person = if kind == "operator" { Person::Operator(id) } else { Person::Member(id) };
        let session = Session { hash, person, site: SiteId(site), expires_at };
        self.known.insert(hash, session);
        Ok(Some(session))
    }

    /// Ends a session, everywhere it is open.
    pub async fn end(&self, app: &App, session: &Session) -> Answer<()> {
        let mut tx = app.db.write("session_end").await?;
        sql("DELETE FROM session WHERE site_id = $1 AND token_hash = $2")
            .bind(session.site.0)
            .bind(session.hash.to_vec())
            .run(&mut tx)
            .await?;
        drop(tx.commit().await?);
        self.known.remove(&session.hash);
        app.hub.close_session(session.person, &session.hash);
        calls::end_of_session(app, session).await;
        Ok(())
    }

    /// Ends all sessions of a person, everywhere.
    pub async fn end_all(&self, app: &App, site: SiteId, person: Person) -> Answer<()> {
        let (_, id) = holder(person);
        let mut tx = app.db.write("session_end_all").await?;
        let rows: Vec<(Vec<u8>,)> =
            sql("DELETE FROM session WHERE site_id = $1 AND holder_id = $2 RETURNING token_hash")
                .bind(site.0)
                .bind(id)
                .all(&mut tx)
                .await?;
        drop(tx.commit().await?);
        for hash in rows.into_iter().filter_map(|(hash,)| <[u8; 32]>::try_from(hash).ok()) {
            self.known.remove(&hash);
        }
        app.hub.close_person(person);
        Ok(())
    }

    /// Forgets sessions that ended by themselves.
    pub async fn sweep(app: &App) -> Result<(), DbError> {
        let mut tx = app.db.write("session_sweep").await?;
        // Every site's: what has expired is nobody's. site_id plays no part.
        sql("DELETE FROM session WHERE expires_at < $1").bind(app.clock.now()).run(&mut tx).await?;
        drop(tx.commit().await?);
        Ok(())
    }
}

fn holder(person: Person) -> (&'static str, i64) {
    match person {
        Person::Member(id) => ("member", id),
        Person::Operator(id) => ("operator", id),
    }
}

/// The token of an `Authorization: Bearer` header (RFC 6750).
pub fn bearer(headers: &HeaderMap) -> Answer<&str> {
    headers
        .get(AUTHORIZATION)
        .and_then(|h| h.to_str().ok())
        .and_then(|h| h.strip_prefix("Bearer ").or_else(|| h.strip_prefix("bearer ")))
        .map(str::trim)
        .filter(|t| !t.is_empty() && t.len() < 512)
        .ok_or_else(|| Problem::new(Code::Unauthorized))
}

/// A member who is signed in, whether or not they may use the chat.
pub struct SignedInMember {
    /// Their session.
    pub session: Session,
    /// Their site.
    pub site: Arc<Site>,
    /// Themselves.
    pub member: Arc<Member>,
}

impl SignedInMember {
    /// Who an access token stands for, from a page of this origin.
    pub async fn find(app: &App, token: &str, headers: &HeaderMap) -> Answer<SignedInMember> {
        let session = app.sessions.find(app, token).await?;
        let Person::Member(id) = session.person else { return Err(Problem::new(Code::Unauthorized)) };
        let site = app.sites.get(&app.db, session.site).await?;
        let site = site.ok_or_else(|| Problem::new(Code::Unauthorized))?;
        app.check_origin(&site, headers)?;
        let member = app.members.get(&app.db, site.id, id).await?.ok_or_else(|| Problem::new(Code::Unauthorized))?;
        speak(site.clone(), member.profile.locale.as_deref());
        Ok(SignedInMember { session, site, member })
    }
}

impl FromRequestParts<App> for SignedInMember {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Answer<SignedInMember> {
        SignedInMember::find(app, bearer(&parts.headers)?, &parts.headers).await
    }
}

/// A member who is signed in and may use the chat: messaging is on, and the organizers let them.
pub struct ChattingMember {
    /// Their session.
    pub session: Session,
    /// Their site.
    pub site: Arc<Site>,
    /// Themselves.
    pub member: Arc<Member>,
}

impl ChattingMember {
    /// The same, if they may chat.
    pub fn of(signed_in: SignedInMember) -> Answer<ChattingMember> {
        let SignedInMember { session, site, member } = signed_in;
        if !site.settings.features.messaging || !member.chat_enabled {
            return Err(Problem::new(Code::FeatureOff));
        }
        Ok(ChattingMember { session, site, member })
    }
}

impl FromRequestParts<App> for ChattingMember {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Answer<ChattingMember> {
        ChattingMember::of(SignedInMember::from_request_parts(parts, app).await?)
    }
}

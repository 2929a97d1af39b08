use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Tx, sql};
use crate::sites::SiteId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an operator may do; each role includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Members, conversations, broadcasts, moderation.
    Agent,
    /// Also settings, rules, populations, rooms, operators below owner.
    Admin,
    /// Everything.
    Owner,
}

impl Role {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Agent => "agent",
            Role::Admin => "admin",
            Role::Owner => "owner",
        }
    }

    /// The role of this name.
    pub fn parse(text: &str) -> Option<Role> {
        [Role::Agent, Role::Admin, Role::Owner].into_iter().find(|r| r.as_str() == text)
    }
}

/// A person of the staff.
#[derive(Clone, Debug, PartialEq)]
pub struct Operator {
    /// Ours.
    pub id: i64,
    /// With which they sign in.
    pub email: String,
    /// What members see.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

type OperatorRow = (i64, String, String, String);

fn operator((id, email, name, role): OperatorRow) -> Operator {
    Operator { id, email, name, role: Role::parse(&role).unwrap_or(Role::Agent) }
}

pub(super) async fn by_id(on: impl Into<Link<'_>>, site: SiteId, id: i64) -> Result<Option<Operator>, DbError> {
    let query = sql("SELECT id, email, name, role FROM operator WHERE site_id = $1 AND id = $2").bind(site.0).bind(id);
    Ok(query.maybe::<OperatorRow>(on).await?.map(operator))
}

/// The password of an operator: id and hash.
pub(super) async fn password_of(
    on: impl Into<Link<'_>>,
    site: SiteId,
    email: &str,
) -> Result<Option<(i64, String)>, DbError> {
    sql("SELECT id, password_hash FROM operator WHERE site_id = $1 AND email_key = $2")
        .bind(site.0)
        .bind(email.trim().to_lowercase())
        .maybe(on)
        .await
}

pub(super) async fn insert(
    tx: &mut Tx,
    site: SiteId,
    operator: &Operator,
    hash: &str,
    now: Millis,
) -> Result<(), DbError> {
    sql("INSERT INTO operator (id, site_id, email, email_key, name, role, password_hash, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(operator.id)
    .bind(site.0)
    .bind(&*operator.email)
    .bind(operator.email.to_lowercase())
    .bind(&*operator.name)
    .bind(operator.role.as_str())
    .bind(hash)
    .bind(now)
    .run(tx)
    .await
    .map(drop)
}

pub(super) async fn rename(tx: &mut Tx, site: SiteId, id: i64, name: &str) -> Result<(), DbError> {
    sql("UPDATE operator SET name = $3 WHERE site_id = $1 AND id = $2")
        .bind(site.0)
        .bind(id)
        .bind(name)
        .run(tx)
        .await
        .map(drop)
}

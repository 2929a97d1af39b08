use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Tx, sql};
use crate::sites::SiteId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an operator may do; each role includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = OperatorRole)]
pub enum Role {
    /// Members, conversations, broadcasts, moderation.
    Agent,
    /// Also settings, rules, populations, rooms, agents.
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
    /// Signing in takes a code beside the password.
    pub totp: bool,
    /// To whom they send their trials.
    pub test_member: Option<i64>,
    /// They are not a person but the site itself, with the key of this name.
    pub key: Option<Box<str>>,
}

#[derive(sqlx_macros::FromRow)]
struct OperatorRow {
    id: i64,
    email: String,
    name: String,
    role: String,
    totp_secret: Option<Vec<u8>>,
    test_member: Option<i64>,
}

impl From<OperatorRow> for Operator {
    fn from(row: OperatorRow) -> Operator {
        Operator {
            id: row.id,
            email: row.email,
            name: row.name,
            role: Role::parse(&row.role).unwrap_or(Role::Agent),
            totp: row.totp_secret.is_some(),
            test_member: row.test_member,
            key: None,
        }
    }
}

pub(super) async fn by_id(on: impl Into<Link<'_>>, site: SiteId, id: i64) -> Result<Option<Operator>, DbError> {
    let query =
        sql("SELECT id, email, name, role, totp_secret, test_member FROM operator WHERE site_id = $1 AND id = $2")
            .bind(site.0)
            .bind(id);
    Ok(query.maybe::<OperatorRow>(on).await?.map(Operator::from))
}

/// The same, locked until the transaction ends.
pub(super) async fn locked(tx: &mut Tx, site: SiteId, id: i64, for_update: &str) -> Result<Option<Operator>, DbError> {
    let text = format!(
        "SELECT id, email, name, role, totp_secret, test_member FROM operator WHERE site_id = $1 AND id = $2{for_update}"
    );
    let query = crate::platform::db::Sql::assembled(text).bind(site.0).bind(id);
    Ok(query.maybe::<OperatorRow>(tx).await?.map(Operator::from))
}

/// All of a site, by name.
pub(super) async fn all(on: impl Into<Link<'_>>, site: SiteId) -> Result<Vec<Operator>, DbError> {
    let query =
        sql("SELECT id, email, name, role, totp_secret, test_member FROM operator WHERE site_id = $1 ORDER BY id");
    Ok(query.bind(site.0).all::<OperatorRow>(on).await?.into_iter().map(Operator::from).collect())
}

/// When each was seen last, and until when an invitation of theirs holds: id, seen, invited.
pub(super) async fn presence(
    on: impl Into<Link<'_>>,
    site: SiteId,
    now: Millis,
) -> Result<Vec<(i64, Option<Millis>, Option<Millis>)>, DbError> {
    sql("SELECT o.id, o.last_seen_at, i.expires_at FROM operator o \
         LEFT JOIN invitation i ON i.operator_id = o.id AND i.site_id = o.site_id AND i.expires_at > $2 \
         WHERE o.site_id = $1")
    .bind(site.0)
    .bind(now)
    .all(on)
    .await
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

/// The same by id.
pub(super) async fn password_by_id(on: impl Into<Link<'_>>, site: SiteId, id: i64) -> Result<Option<String>, DbError> {
    let query = sql("SELECT password_hash FROM operator WHERE site_id = $1 AND id = $2").bind(site.0).bind(id);
    Ok(query.maybe::<(String,)>(on).await?.map(|(hash,)| hash))
}

/// Who else has this e-mail, on other sites: site, id, hash.
pub(super) async fn elsewhere(
    on: impl Into<Link<'_>>,
    site: SiteId,
    email: &str,
    most: i64,
) -> Result<Vec<(i64, i64, String)>, DbError> {
    sql("SELECT site_id, id, password_hash FROM operator WHERE email_key = $1 AND site_id <> $2 AND password_hash <> '' \
         ORDER BY id LIMIT $3")
    .bind(email.trim().to_lowercase())
    .bind(site.0)
    .bind(most)
    .all(on)
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

/// What others decide of an operator: name and role as they are now.
pub(super) async fn set_role(tx: &mut Tx, site: SiteId, operator: &Operator) -> Result<(), DbError> {
    sql("UPDATE operator SET name = $3, role = $4 WHERE site_id = $1 AND id = $2")
        .bind(site.0)
        .bind(operator.id)
        .bind(&*operator.name)
        .bind(operator.role.as_str())
        .run(tx)
        .await
        .map(drop)
}

/// What operators decide of themselves: name and test member. Never the role, which somebody may take meanwhile.
pub(super) async fn set_own(tx: &mut Tx, site: SiteId, operator: &Operator) -> Result<(), DbError> {
    sql("UPDATE operator SET name = $3, test_member = $4 WHERE site_id = $1 AND id = $2")
        .bind(site.0)
        .bind(operator.id)
        .bind(&*operator.name)
        .bind(operator.test_member)
        .run(tx)
        .await
        .map(drop)
}

pub(super) async fn set_password(tx: &mut Tx, site: SiteId, id: i64, hash: &str) -> Result<(), DbError> {
    sql("UPDATE operator SET password_hash = $3 WHERE site_id = $1 AND id = $2")
        .bind(site.0)
        .bind(id)
        .bind(hash)
        .run(tx)
        .await
        .map(drop)
}

pub(super) async fn delete(tx: &mut Tx, site: SiteId, id: i64) -> Result<(), DbError> {
    sql("DELETE FROM operator WHERE site_id = $1 AND id = $2").bind(site.0).bind(id).run(tx).await.map(drop)
}

/// The owners of a site, locked until the transaction ends.
pub(super) async fn owners(tx: &mut Tx, site: SiteId, for_update: &str) -> Result<Vec<i64>, DbError> {
    let text = format!(
        "SELECT id FROM operator WHERE site_id = $1 AND role = 'owner' AND password_hash <> '' ORDER BY id{for_update}"
    );
    let rows: Vec<(i64,)> = crate::platform::db::Sql::assembled(text).bind(site.0).all(tx).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

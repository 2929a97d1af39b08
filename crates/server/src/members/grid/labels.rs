//! The badges, interests and declared attributes of members, by which filters find them.

use crate::app::App;
use crate::members::store::{self, Member};
use crate::platform::db::{DbError, Link, Sql, Tx, placeholders, sql};
use crate::sites::SiteId;
use domain::members::fold;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What a label says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// What highlights them.
    Badge = 0,
    /// A theme.
    Interest = 1,
    /// What the website declared.
    Attribute = 2,
}

/// A label as it is compared.
pub(super) fn key(text: &str) -> String {
    fold(text)
}

/// The label of an attribute's value.
pub(super) fn attribute(name: &str, value: &str) -> String {
    format!("{name}={}", fold(value))
}

impl Member {
    /// By kind and label; what is shown of each.
    fn labels(&self) -> BTreeMap<(Kind, String), &str> {
        let badges = self.profile.badges.iter().map(|badge| ((Kind::Badge, key(badge)), badge.as_str()));
        let themes = self.profile.interests.iter().map(|(theme, _)| ((Kind::Interest, key(theme)), theme.as_str()));
        let attributes = self.attributes.iter().flat_map(|(name, values)| {
            values.iter().map(move |value| ((Kind::Attribute, attribute(name, value)), value.as_str()))
        });
        badges.chain(themes).chain(attributes).collect()
    }
}

/// Stores the labels of a member; `known` is how they were.
pub(in crate::members) async fn write(tx: &mut Tx, known: Option<&Member>, member: &Member) -> Result<(), DbError> {
    let (before, now) = (known.map(Member::labels).unwrap_or_default(), member.labels());
    for (kind, label) in before.keys().filter(|label| !now.contains_key(*label)) {
        sql("DELETE FROM member_label WHERE site_id = $1 AND kind = $2 AND label = $3 AND member_id = $4")
            .bind(member.site.0)
            .bind(*kind as i64)
            .bind(label.as_str())
            .bind(member.id)
            .run(&mut *tx)
            .await?;
    }
    let new: Vec<_> = now.iter().filter(|(label, _)| !before.contains_key(*label)).collect();
    for chunk in new.chunks(50) {
        let mut query = Sql::assembled(format!(
            "INSERT INTO member_label (site_id, kind, label, member_id, shown) VALUES {}",
            placeholders(1, chunk.len(), 5)
        ));
        for ((kind, label), shown) in chunk {
            query = query.bind(member.site.0).bind(*kind as i64).bind(label.as_str()).bind(member.id).bind(**shown);
        }
        query.run(&mut *tx).await?;
    }
    Ok(())
}

/// Labels the members of a database that had none: made by an earlier version.
pub async fn catch_up(app: &App) -> Result<(), DbError> {
    let labelled = sql("SELECT COUNT(*) FROM (SELECT 1 FROM member_label LIMIT 1) AS one");
    if labelled.number(&mut app.db.read().await?).await? > 0 {
        return Ok(());
    }
    let sites: Vec<(i64,)> = sql("SELECT id FROM site").all(&mut app.db.read().await?).await?;
    for (site,) in sites {
        let mut after = 0;
        loop {
            let mut tx = app.db.write("member_labels").await?;
            let members = store::after(&mut tx, SiteId(site), after, 500).await?;
            let Some(last) = members.last() else { break };
            after = last.id;
            for member in &members {
                write(&mut tx, None, member).await?;
            }
            drop(tx.commit().await?);
        }
    }
    Ok(())
}

/// A value, and how many members have it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Counted {
    /// As most write it.
    pub value: String,
    /// How many.
    pub count: i64,
}

/// The labels of a kind that most members have.
pub(super) async fn most(on: impl Into<Link<'_>>, site: SiteId, kind: Kind) -> Result<Vec<Counted>, DbError> {
    let rows: Vec<(String, i64)> =
        sql("SELECT MIN(shown), COUNT(*) FROM member_label WHERE site_id = $1 AND kind = $2 \
         GROUP BY label ORDER BY COUNT(*) DESC, label LIMIT 200")
        .bind(site.0)
        .bind(kind as i64)
        .all(on)
        .await?;
    Ok(rows.into_iter().map(|(value, count)| Counted { value, count }).collect())
}

/// How many members have a label of a kind.
pub(super) async fn members_with(on: impl Into<Link<'_>>, site: SiteId, kind: Kind) -> Result<i64, DbError> {
    let text = "SELECT COUNT(DISTINCT member_id) FROM member_label WHERE site_id = $1 AND kind = $2";
    sql(text).bind(site.0).bind(kind as i64).number(on).await
}

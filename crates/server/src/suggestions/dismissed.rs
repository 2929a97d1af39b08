//! "Not for me": saying it, seeing of whom one said it, and taking it back.

use super::{list, store};
use crate::app::App;
use crate::members::{Member, MemberCard};
use crate::platform::clock::rfc3339;
use crate::platform::http::{Answer, Page, Problem, cursor_of};
use crate::rules;
use crate::sites::Site;
use domain::rules::Right;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A member whom the caller does not want suggested.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Dismissed {
    /// Who.
    pub member: MemberCard,
    /// Since when (RFC 3339).
    pub dismissed_at: String,
}

/// A member is no longer suggested; dismissing twice is the same. They are not told.
pub async fn dismiss(app: &App, site: &Site, me: &Arc<Member>, other: i64) -> Answer<()> {
    list::check(site, me)?;
    seen(app, site, me, other).await?;
    let mut tx = app.db.write("suggestion_dismiss").await?;
    store::dismiss(&mut tx, site.id, me.id, other, app.clock.now()).await?;
    drop(tx.commit().await?);
    Ok(())
}

/// A member may be suggested again.
pub async fn restore(app: &App, site: &Site, me: &Arc<Member>, other: i64) -> Answer<()> {
    list::check(site, me)?;
    let mut tx = app.db.write("suggestion_restore").await?;
    let was = store::restore(&mut tx, site.id, me.id, other).await?;
    drop(tx.commit().await?);
    if was { Ok(()) } else { seen(app, site, me, other).await }
}

/// A page of those one dismissed, newest first. Whom one may no longer see is left out, and stays dismissed.
pub async fn page(
    app: &App,
    site: &Site,
    me: &Arc<Member>,
    after: Option<(i64, i64)>,
    limit: usize,
) -> Answer<Page<Dismissed>> {
    list::check(site, me)?;
    let mut rows = store::dismissed_page(&mut app.db.read().await?, site.id, me.id, after, limit + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).and_then(|(id, at)| cursor_of(&(*at, *id)));
    let ids: Vec<i64> = rows.iter().map(|(id, _)| *id).collect();
    let members = app.members.get_all(&app.db, site.id, &ids).await?;
    let between = rules::between(app, site, me, &ids).await?;
    let mut items = Vec::with_capacity(rows.len());
    for (id, at) in rows {
        let Some(member) = members.get(&id) else { continue };
        let between = between.get(&id).copied().unwrap_or_default();
        if rules::permit(app, site, me, member, Right::See, &between).await.is_ok() {
            items.push(Dismissed { member: MemberCard::of(member), dismissed_at: rfc3339(at) });
        }
    }
    Ok(Page { items, next })
}

/// Whom one may not see is not there.
async fn seen(app: &App, site: &Site, me: &Arc<Member>, other: i64) -> Answer<()> {
    if other == me.id {
        return Err(Problem::invalid("member: not yourself"));
    }
    let other = app.members.get(&app.db, site.id, other).await?.ok_or_else(Problem::not_found)?;
    rules::may(app, site, me, &other, Right::See).await.map(drop)
}

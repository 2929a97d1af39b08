//! Reading messages.

use super::store::{self, MessageRow, PageOf};
use super::wire::MessageView;
use crate::app::App;
use crate::platform::db::{DbError, Reader};
use crate::platform::http::{Answer, Problem};
use crate::sites::SiteId;

/// A page of a conversation after what a reader cleared. `before` and `after` are exclusive; without
/// either, the newest page. Always ascending; the second value says whether there is more.
pub(super) async fn page(
    app: &App,
    site: SiteId,
    id: i64,
    cleared: i64,
    (before, after): (Option<i64>, Option<i64>),
    limit: usize,
) -> Answer<(Vec<MessageView>, bool)> {
    if before.is_some_and(|n| n < 1) || after.is_some_and(|n| n < 0) {
        return Err(Problem::invalid("before, after: a message's seq"));
    }
    let wanted = PageOf {
        after: after.unwrap_or(0).max(cleared),
        before: before.unwrap_or(i64::MAX),
        backwards: after.is_none(),
    };
    let backwards = wanted.backwards;
    let mut reader = app.db.read().await?;
    let mut rows = store::page(&mut reader, site, id, wanted, limit + 1).await?;
    let more = rows.len() > limit;
    if more && backwards {
        rows.remove(0);
    } else {
        rows.truncate(limit);
    }
    Ok((views(app, site, rows).await?, more))
}

/// The messages at these places (conversation, number).
pub async fn at(
    app: &App,
    reader: &mut Reader,
    site: SiteId,
    places: &[(i64, i64)],
) -> Result<Vec<MessageView>, DbError> {
    let rows = store::at(reader, site, places).await?;
    views(app, site, rows).await
}

pub(super) async fn views(app: &App, site: SiteId, rows: Vec<MessageRow>) -> Result<Vec<MessageView>, DbError> {
    let mut authors: Vec<i64> = rows.iter().filter(|r| r.author_name.is_none()).map(|r| r.author_id).collect();
    authors.sort_unstable();
    authors.dedup();
    let members = app.members.get_all(&app.db, site, &authors).await?;
    Ok(rows.into_iter().map(|row| MessageView::of(row, &members)).collect())
}

//! How many members a site may have. Whoever is a member stays one whatever the limit becomes.

use super::store;
use crate::platform::db::{DbError, Link};
use crate::platform::http::{Answer, Code, Problem};
use crate::sites::Site;

/// How many more may come; `None`: any number.
pub(super) async fn left(on: impl Into<Link<'_>>, site: &Site) -> Result<Option<u64>, DbError> {
    let Some(limit) = site.settings.limits.members else { return Ok(None) };
    let there = store::count(on, site.id).await?;
    Ok(Some(limit.saturating_sub(u64::try_from(there).unwrap_or(0))))
}

/// Refuses when so many more would be too many.
pub(super) async fn check(on: impl Into<Link<'_>>, site: &Site, more: usize) -> Answer<()> {
    let left = left(on, site).await?;
    let fits = left.is_none_or(|left| u64::try_from(more).is_ok_and(|more| more <= left));
    if fits { Ok(()) } else { Err(Problem::new(Code::LimitReached)) }
}

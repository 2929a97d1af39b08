use super::{Answer, Problem};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// One page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The entries, in the list's order.
    pub items: Vec<T>,
    /// What to give as `cursor` for the next page; null at the end.
    pub next: Option<String>,
}

/// Which page.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PageQuery {
    /// At most this many entries: 50 unless given, never more than 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

impl PageQuery {
    /// How many entries: more than 200 is clamped, fewer than 1 refused.
    pub fn limit(&self) -> Answer<usize> {
        limit_of(self.limit)
    }
}

/// The page size asked for.
pub fn limit_of(asked: Option<i64>) -> Answer<usize> {
    match asked.unwrap_or(50) {
        n if n < 1 => Err(Problem::invalid("limit: must be at least 1")),
        n => Ok(usize::try_from(n.min(200)).unwrap_or(200)),
    }
}

/// A cursor that says where the next page begins.
pub fn cursor_of<K: Serialize>(key: &K) -> Option<String> {
    serde_json::to_vec(key).ok().map(|bytes| data_encoding::BASE64URL_NOPAD.encode(&bytes))
}

/// Where a page begins; a cursor that was not ours is refused.
pub fn read_cursor<K: for<'de> Deserialize<'de>>(cursor: Option<&str>) -> Answer<Option<K>> {
    let Some(cursor) = cursor else { return Ok(None) };
    data_encoding::BASE64URL_NOPAD
        .decode(cursor.as_bytes())
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .map(Some)
        .ok_or_else(|| Problem::invalid("cursor: not one of ours"))
}

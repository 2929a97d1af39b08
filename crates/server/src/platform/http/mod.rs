//! The HTTP edge: who is calling, bodies in, problems out.

mod body;
mod limits;
mod page;
mod problem;

pub use body::{Body, MaybeBody, Path, Query};
pub use limits::{Attempt, Bucket, FailureLimit, RateLimit};
pub use page::{Page, PageQuery, cursor_of, limit_of, read_cursor};
pub use problem::{Code, Problem, ProblemBody};

/// What every handler answers.
pub type Answer<T> = Result<T, Problem>;

/// The id in a path or a command; what can't be one isn't there.
pub fn id_of(text: &str) -> Answer<i64> {
    super::ids::read(text).ok_or_else(Problem::not_found)
}

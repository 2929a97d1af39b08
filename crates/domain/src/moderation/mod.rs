//! What texts a site accepts: its content policy, and its word and link filters.

mod emoji;
mod filters;
mod links;
mod policy;
mod shown;
mod tlds;
mod words;

pub use filters::{Action, BadPattern, Filter, FilterKind, Filters, MAX_PATTERN, Verdict};
pub use links::{Link, links};
pub use policy::{ContentPolicy, Refused};
pub use shown::is_invisible;

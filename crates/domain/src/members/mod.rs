//! What a member's profile may hold, and how members are found and sorted.

mod login;
mod profile;
mod search;

pub use login::{Login, derive_login};
pub use profile::{clean_headline, clean_interests, clean_label, clean_name};
pub use search::{fold, search_text};

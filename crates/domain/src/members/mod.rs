//! What a member's profile may hold, and how members are found and sorted.

mod filter;
mod login;
mod profile;
mod search;

pub use filter::{Described, Filter};
pub use login::{Login, MAX_LOGIN, derive_login};
pub use profile::{clean_headline, clean_interests, clean_label, clean_name, clean_themes};
pub use search::{Place, fold, search_text, search_words, words_of};

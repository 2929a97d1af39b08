//! Suggestions: members proposed to each other by what they are interested in, offer and look for.
//!
//! Each site has an index in memory: for each theme who is interested in it, who offers it, who looks for it. It is made
//! when somebody first asks, follows every change of a member at once, and is dropped when others are used more.

pub mod dismissed;
mod exposure;
pub mod http;
mod index;
mod indexes;
pub mod list;
mod store;

pub use index::{Carrier, Index};
pub use indexes::Suggestions;

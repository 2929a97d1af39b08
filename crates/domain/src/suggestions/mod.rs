//! Suggestions: how well two members suit each other by what they are interested in, offer and look for.

mod affinity;
mod rarity;

pub use affinity::{Affinity, Carried, combined, complement, shared_weight};
pub use rarity::rarity;

/// Nobody is suggested to more different members in a day (UTC): the same popular few are not shown to everybody.
pub const MOST_VIEWERS_A_DAY: u16 = 100;
/// Nobody offers, or looks for, more themes: whoever offers everything would suit everybody.
pub const MOST_OFFERED: usize = 20;

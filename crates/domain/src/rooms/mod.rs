//! What a room decides by itself: when it is open.

pub mod hours;

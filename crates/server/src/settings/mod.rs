//! Settings in the back-office: what the organizers chose, the site's name and secret, its texts, and whether a page
//! really carries the elements.

mod actions;
mod embed;
pub mod http;
mod texts;

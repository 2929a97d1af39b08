//! The stories of the server: one file per word of the glossary, told against the real thing.
//!
//! On SQLite, or with `PARVIS_TEST_DATABASE_URL=postgres://…` on PostgreSQL, each story on a database of its
//! own. `cargo test -p parvis --test it`.

#![allow(clippy::unwrap_used, missing_docs, reason = "a story that cannot go on has failed")]

mod harness;

mod api_keys;
mod audit;
mod broadcast;
mod calls;
mod contacts;
mod conversations;
mod doors;
mod durability;
mod full_page;
mod groups;
mod inbox;
mod live;
mod matrix;
mod members;
mod messages;
mod moderation;
mod operators;
mod overview;
mod pictures;
mod process;
mod refusals;
mod rooms;
mod rules;
mod sessions;
mod settings;
mod sites;
mod suggestions;
mod sync;
mod tidy;
mod turn;
mod webhooks;

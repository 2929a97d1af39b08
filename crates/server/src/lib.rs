//! Parvis: messaging between the members of a website. See `ARCHITECTURE.md` for the map.

pub mod api_keys;
pub mod app;
pub mod audit;
pub mod broadcast;
pub mod calls;
pub mod cli;
pub mod config;
pub mod contacts;
pub mod conversations;
pub mod demo;
pub mod members;
pub mod messages;
pub mod moderation;
pub mod operators;
pub mod overview;
pub mod pictures;
pub mod platform;
pub mod rooms;
pub mod rules;
pub mod serve;
pub mod settings;
pub mod sites;
pub mod suggestions;
pub mod turn;
pub mod webhooks;

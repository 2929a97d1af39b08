//! Everything that is not about messaging, and knows no slice.

pub mod cache;
pub mod clock;
pub mod csv;
pub mod db;
pub mod http;
pub mod ids;
pub mod language;
pub mod live;
pub mod outside;
pub mod telemetry;

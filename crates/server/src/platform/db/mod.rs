//! The database: SQLite or PostgreSQL behind one door.
//!
//! One SQL text serves both engines; what differs stands in [`dialect`]. Reads take a connection
//! of their own ([`Db::read`]); writes are named transactions ([`Db::write`]). On SQLite there is
//! one writer, so that two writes never meet; on PostgreSQL rows are locked.

mod checkpoint;
pub mod dialect;
mod held;
mod migrate;
mod open;
mod query;
mod transaction;

pub use held::holding_none;
pub use open::{Db, Reader};
pub use query::{Link, Row, Sql, Value, list, placeholders, sql};
pub use transaction::{Committed, Tx};

/// What can go wrong with the database.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// There is no room on the disk.
    #[error("the disk is full")]
    Full,
    /// A unique key was already taken.
    #[error("already taken")]
    Taken,
    /// The database was made by a newer version of this program.
    #[error("the database was made by a newer version (schema {found}, this program knows {known}): run that version")]
    Newer {
        /// The schema found.
        found: i64,
        /// The newest schema this program knows.
        known: i64,
    },
    /// The database cannot be opened; the sentence says what to change.
    #[error("{0}")]
    Open(String),
    /// Anything else.
    #[error("database: {0}")]
    Other(sqlx::Error),
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        dialect::classify(error)
    }
}

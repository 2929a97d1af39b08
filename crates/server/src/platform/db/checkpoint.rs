//! Moving SQLite's write-ahead log into the database file, beside the writer.

use super::open::PAGE_BYTES;
use super::{Db, DbError};
use sqlx::SqliteConnection;

/// So much in the log is worth moving.
const WORTH: i64 = 8 << 20;
/// Under a load without pause the log never comes to its end by itself: from this size on the writer waits for the
/// last little rest, so that the log begins again from its start. Its file keeps its size: writing over what is there
/// is cheaper than growing.
const TOO_LARGE: i64 = 64 << 20;

impl Db {
    /// Moves what is in the log. Commits go on meanwhile; only a log that never pauses makes them wait, for what was
    /// written since the step before.
    pub async fn checkpoint(&self) -> Result<(), DbError> {
        let Db::Sqlite(db) = self else { return Ok(()) };
        let mut checkpointer = db.checkpointer.lock().await;
        let Some(connection) = checkpointer.as_mut() else { return Ok(()) };
        // Only looks (sqlite.org/pragma.html#pragma_wal_checkpoint).
        if waiting(connection, "PRAGMA wal_checkpoint(NOOP)").await?.unmoved < WORTH {
            return Ok(());
        }
        if waiting(connection, "PRAGMA wal_checkpoint(PASSIVE)").await?.log >= TOO_LARGE {
            let _turn = db.writer.lock().await;
            waiting(connection, "PRAGMA wal_checkpoint(RESTART)").await?;
        }
        Ok(())
    }
}

/// Bytes.
struct Waiting {
    log: i64,
    unmoved: i64,
}

async fn waiting(connection: &mut SqliteConnection, step: &'static str) -> Result<Waiting, DbError> {
    let (_busy, log, moved): (i64, i64, i64) = sqlx::query_as(step).fetch_one(connection).await?;
    Ok(Waiting { log: log * PAGE_BYTES, unmoved: (log - moved) * PAGE_BYTES })
}

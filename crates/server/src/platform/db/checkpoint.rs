//! Moving SQLite's write-ahead log into the database file, beside the writer.

use super::{Db, DbError};
use sqlx::Executor;

/// A log of this size is worth moving.
const WORTH: u64 = 16 << 20;
/// Under a load without pause the log never comes to its end by itself: from this size on the writer
/// waits for the last little rest, so that the log begins again from its start.
const TOO_LARGE: u64 = 128 << 20;

impl Db {
    /// Moves the log if it is worth it. Commits go on meanwhile; only a log that never pauses makes them
    /// wait, for what was written since the step before.
    pub async fn checkpoint(&self) -> Result<(), DbError> {
        let Db::Sqlite(db) = self else { return Ok(()) };
        let size = || std::fs::metadata(&db.log).map_or(0, |log| log.len());
        if size() < WORTH {
            return Ok(());
        }
        let mut checkpointer = db.checkpointer.lock().await;
        let Some(connection) = checkpointer.as_mut() else { return Ok(()) };
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").await?;
        if size() >= TOO_LARGE {
            let _turn = db.writer.lock().await;
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        Ok(())
    }
}

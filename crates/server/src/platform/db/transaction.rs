use super::held::Held;
use super::query::Link;
use super::{Db, DbError};
use sqlx::{Connection, Executor, Postgres, SqliteConnection, Transaction};
use tokio::sync::OwnedMutexGuard;

/// The one connection that writes to a SQLite file.
pub struct WriterConnection {
    connection: Option<SqliteConnection>,
    /// A transaction was begun and its end was not seen (its task was dropped in between).
    unfinished: bool,
}

impl WriterConnection {
    pub(super) fn new(connection: SqliteConnection) -> WriterConnection {
        WriterConnection { connection: Some(connection), unfinished: false }
    }

    fn get(&mut self) -> Result<&mut SqliteConnection, DbError> {
        self.connection.as_mut().ok_or_else(|| DbError::Open("the database is closed".to_owned()))
    }

    async fn begin(&mut self) -> Result<(), DbError> {
        if self.unfinished {
            let _ = self.get()?.execute("ROLLBACK").await;
        }
        self.unfinished = true;
        self.get()?.execute("BEGIN IMMEDIATE").await?;
        Ok(())
    }

    async fn commit(&mut self) -> Result<(), DbError> {
        let outcome = self.get()?.execute("COMMIT").await;
        if outcome.is_err() {
            let _ = self.get()?.execute("ROLLBACK").await;
        }
        self.unfinished = false;
        outcome?;
        Ok(())
    }

    async fn roll_back(&mut self) {
        if let Ok(connection) = self.get() {
            let _ = connection.execute("ROLLBACK").await;
        }
        self.unfinished = false;
    }

    pub(super) async fn close(&mut self) {
        if let Some(connection) = self.connection.take() {
            let _ = connection.close().await;
        }
    }
}

enum Open {
    Sqlite(OwnedMutexGuard<WriterConnection>),
    Postgres(Transaction<'static, Postgres>),
}

/// A transaction. Dropped without [`Tx::commit`], it leaves nothing behind.
pub struct Tx {
    open: Option<Open>,
    name: &'static str,
    _held: Held,
}

/// What a commit leaves in the hand: on SQLite the writer's turn, so that what is published while
/// holding it is published in the order of the commits. Drop it when everything was said.
#[must_use = "publish what was committed, then drop it"]
pub struct Committed {
    _turn: Option<OwnedMutexGuard<WriterConnection>>,
}

impl Tx {
    pub(super) async fn begin(db: &Db, name: &'static str) -> Result<Tx, DbError> {
        let open = match db {
            Db::Sqlite(db) => {
                let mut turn = db.writer.clone().lock_owned().await;
                turn.begin().await?;
                Open::Sqlite(turn)
            }
            Db::Postgres(pool) => Open::Postgres(pool.begin().await?),
        };
        Ok(Tx { open: Some(open), name, _held: Held::now() })
    }

    /// Makes it durable: after this returns, power may fail.
    pub async fn commit(mut self) -> Result<Committed, DbError> {
        let started = crate::platform::clock::stopwatch();
        let turn = match self.open.take() {
            Some(Open::Sqlite(mut turn)) => {
                turn.commit().await?;
                Some(turn)
            }
            Some(Open::Postgres(transaction)) => {
                transaction.commit().await?;
                None
            }
            None => None,
        };
        metrics::histogram!("parvis_commit_seconds", "transaction" => self.name)
            .record(started.elapsed().as_secs_f64());
        Ok(Committed { _turn: turn })
    }
}

impl<'c> From<&'c mut Tx> for Link<'c> {
    #[allow(clippy::expect_used, reason = "`open` is taken only by commit, which consumes the transaction")]
    fn from(tx: &'c mut Tx) -> Link<'c> {
        match tx.open.as_mut().expect("an open transaction") {
            Open::Sqlite(turn) => Link::Sqlite(turn.connection.as_mut().expect("an open connection")),
            Open::Postgres(connection) => Link::Postgres(connection),
        }
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        // PostgreSQL's transaction rolls back by itself.
        if let Some(Open::Sqlite(mut turn)) = self.open.take() {
            tokio::spawn(async move { turn.roll_back().await });
        }
    }
}

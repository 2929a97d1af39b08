use super::held::{Held, holding_none};
use super::query::Link;
use super::transaction::{Tx, WriterConnection};
use super::{DbError, migrate};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// SQLite versions before this one can corrupt a write-ahead log when two connections checkpoint at
/// the same instant (sqlite.org/wal.html#walresetbug).
const OLDEST_SQLITE: (i64, i64, i64) = (3, 51, 3);

/// Messages go into many conversations at once: what a commit writes is pages, so small ones.
pub(super) const PAGE_BYTES: i64 = 2_048;

/// How long a connection may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open database.
#[derive(Clone)]
pub enum Db {
    /// A file in the data folder: many readers, one writer.
    Sqlite(Arc<SqliteDb>),
    /// A PostgreSQL server.
    Postgres(PgPool),
}

/// The connections to a SQLite file.
pub struct SqliteDb {
    readers: SqlitePool,
    pub(super) writer: Arc<Mutex<WriterConnection>>,
    pub(super) checkpointer: Mutex<Option<SqliteConnection>>,
}

/// A connection to read with.
pub struct Reader {
    connection: Connected,
    _held: Held,
}

enum Connected {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

impl<'c> From<&'c mut Reader> for Link<'c> {
    fn from(reader: &'c mut Reader) -> Link<'c> {
        match &mut reader.connection {
            Connected::Sqlite(c) => Link::Sqlite(c),
            Connected::Postgres(c) => Link::Postgres(c),
        }
    }
}

impl Db {
    /// Opens the file `parvis.db` in the data folder, making it if needed, and brings it up to date.
    pub async fn open_sqlite(folder: &Path) -> Result<Db, DbError> {
        let file = folder.join("parvis.db");
        let options = SqliteConnectOptions::new()
            .filename(&file)
            .create_if_missing(true)
            .page_size(PAGE_BYTES as u32)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .pragma("cache_size", "-2048")
            // Statement journals (a batch is one statement) stay in memory.
            .pragma("temp_store", "MEMORY")
            // Checkpoints happen beside the writer (checkpoint.rs), never inside somebody's commit.
            .pragma("wal_autocheckpoint", "0")
            .optimize_on_close(false, None)
            .disable_statement_logging();
        let unopened = |e: sqlx::Error| DbError::Open(format!("cannot open {}: {e}", file.display()));
        // A batch touches a page or two per conversation: they must fit, or SQLite writes them out halfway and
        // reads them again. The memory is only taken when it is needed.
        let roomy = options.clone().pragma("cache_size", "-65536");
        let writer = sqlx::SqliteConnection::connect_with(&roomy).await.map_err(&unopened)?;
        let checkpointer = sqlx::SqliteConnection::connect_with(&options).await.map_err(unopened)?;
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(PATIENCE)
            .idle_timeout(Duration::from_secs(60))
            .test_before_acquire(false)
            .connect_lazy_with(options.read_only(true).create_if_missing(false));
        let writer = Arc::new(Mutex::new(WriterConnection::new(writer)));
        let checkpointer = Mutex::new(Some(checkpointer));
        let db = Db::Sqlite(Arc::new(SqliteDb { readers, writer, checkpointer }));
        migrate::run(&db).await?;
        db.refuse_old_sqlite().await?;
        Ok(db)
    }

    /// Connects to PostgreSQL and brings the database up to date.
    pub async fn open_postgres(url: &str) -> Result<Db, DbError> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|e| DbError::Open(format!("--database-url is not a PostgreSQL address: {e}")))?
            .application_name("parvis")
            .disable_statement_logging();
        let unreached = |why: String| DbError::Open(format!("cannot reach the database of --database-url: {why}"));
        // The pool would try for a while and then only say that it waited: the first connection says why not.
        let first = tokio::time::timeout(PATIENCE, options.connect()).await;
        let first = first.map_err(|_| unreached("it does not answer".to_owned()))?;
        let _ = first.map_err(|e| unreached(e.to_string()))?.close().await;
        let pool = PgPoolOptions::new()
            .max_connections(12)
            .acquire_timeout(PATIENCE)
            .test_before_acquire(false)
            .connect_with(options)
            .await
            .map_err(|e| unreached(e.to_string()))?;
        let db = Db::Postgres(pool);
        migrate::run(&db).await?;
        Ok(db)
    }

    /// A connection to read with. Whoever has one asks for no second one, nor for a transaction ([`holding_none`]).
    pub async fn read(&self) -> Result<Reader, DbError> {
        holding_none();
        let connection = match self {
            Db::Sqlite(db) => Connected::Sqlite(Box::pin(db.readers.acquire()).await?),
            Db::Postgres(pool) => Connected::Postgres(Box::pin(pool.acquire()).await?),
        };
        Ok(Reader { connection, _held: Held::now() })
    }

    /// Begins a transaction; `name` says in logs and figures what it was for. Until its end all is read through it.
    pub async fn write(&self, name: &'static str) -> Result<Tx, DbError> {
        holding_none();
        Box::pin(Tx::begin(self, name)).await
    }

    /// Makes sure that no other server works on the same PostgreSQL database: without a bus between them they
    /// would not hear of each other's messages. A SQLite file is guarded by the data folder's lock.
    pub async fn claim(&self) -> Result<Option<Reader>, DbError> {
        let Db::Postgres(_) = self else { return Ok(None) };
        for _ in 0..30 {
            let mut reader = self.read().await?;
            let got: Option<(bool,)> = super::sql("SELECT pg_try_advisory_lock(7278465)").maybe(&mut reader).await?;
            if got == Some((true,)) {
                return Ok(Some(reader));
            }
            // The server before us may just have died: its connection is closed in a moment.
            crate::platform::clock::pause(Duration::from_millis(100)).await;
        }
        Err(DbError::Open(
            "another parvis already serves this database; stop it first (one node in this version)".to_owned(),
        ))
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), DbError> {
        super::sql("SELECT 1").run(&mut self.read().await?).await.map(drop)
    }

    /// Closes every connection, after what is under way.
    pub async fn close(&self) {
        match self {
            Db::Sqlite(db) => {
                db.readers.close().await;
                if let Some(checkpointer) = db.checkpointer.lock().await.take() {
                    let _ = checkpointer.close().await;
                }
                db.writer.lock().await.close().await;
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }

    async fn refuse_old_sqlite(&self) -> Result<(), DbError> {
        let mut reader = self.read().await?;
        let row: Option<(String,)> = super::sql("SELECT sqlite_version()").maybe(&mut reader).await?;
        let version = row.map(|(v,)| v).unwrap_or_default();
        let mut parts = version.split('.').map(|p| p.parse().unwrap_or(0));
        let found = (parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0));
        if found < OLDEST_SQLITE {
            return Err(DbError::Open(format!(
                "this build carries SQLite {version}, which can corrupt a write-ahead log: build with 3.51.3 or newer"
            )));
        }
        Ok(())
    }
}

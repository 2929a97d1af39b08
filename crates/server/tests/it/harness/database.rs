use parvis::platform::db::Db;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection, Executor};
use std::path::Path;
use tempfile::TempDir;

/// With this variable the same stories run on a PostgreSQL server, each on a database of its own.
const SERVER: &str = "PARVIS_TEST_DATABASE_URL";

/// A fresh database, gone when it is dropped.
pub struct Database {
    folder: TempDir,
    postgres: Option<Postgres>,
}

struct Postgres {
    server: String,
    name: String,
}

impl Database {
    /// On the engine that the environment chose.
    pub async fn fresh() -> Database {
        let folder = tempfile::Builder::new().prefix("parvis-it-").tempdir().unwrap();
        let postgres = match std::env::var(SERVER).ok().filter(|url| !url.is_empty()) {
            Some(server) => Some(Postgres::create(server).await),
            None => None,
        };
        Database { folder, postgres }
    }

    pub async fn open(&self) -> Db {
        match &self.postgres {
            Some(postgres) => Db::open_postgres(&postgres.url()).await.unwrap(),
            None => Db::open_sqlite(self.folder.path()).await.unwrap(),
        }
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The address, if it is on a PostgreSQL server.
    pub fn url(&self) -> Option<String> {
        self.postgres.as_ref().map(Postgres::url)
    }

    /// Runs a statement beside the server's back.
    pub async fn run(&self, statement: &str) {
        let statement = AssertSqlSafe(statement.to_owned());
        match &self.postgres {
            Some(postgres) => {
                let mut connection = PgConnection::connect(&postgres.url()).await.unwrap();
                connection.execute(statement).await.unwrap();
            }
            None => {
                let file = format!("sqlite://{}", self.folder.path().join("parvis.db").display());
                let mut connection = sqlx::SqliteConnection::connect(&file).await.unwrap();
                connection.execute(statement).await.unwrap();
            }
        }
    }

    /// Everything that is stored, as text: to see that nothing changed. Without what is counted, or written down a
    /// moment later, in the background.
    pub async fn dump(&self) -> String {
        let mut all = String::new();
        match &self.postgres {
            Some(postgres) => {
                let mut on = PgConnection::connect(&postgres.url()).await.unwrap();
                let tables = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' \
                     AND table_name NOT IN ('site_day', 'activity_day') ORDER BY 1";
                let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut on).await.unwrap();
                for table in tables {
                    let rows =
                        AssertSqlSafe(format!("SELECT (to_jsonb(t) - 'last_seen_at')::text FROM {table} t ORDER BY 1"));
                    let rows: Vec<String> = sqlx::query_scalar(rows).fetch_all(&mut on).await.unwrap();
                    all += &format!("{table}\n{}\n", rows.join("\n"));
                }
            }
            None => {
                let file = format!("sqlite://{}?mode=ro", self.folder.path().join("parvis.db").display());
                let mut on = sqlx::SqliteConnection::connect(&file).await.unwrap();
                let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('site_day', 'activity_day') \
                     ORDER BY 1";
                let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut on).await.unwrap();
                for table in tables {
                    let columns = format!(
                        "SELECT 'quote(' || name || ')' FROM pragma_table_info('{table}') WHERE name <> 'last_seen_at'"
                    );
                    let columns = sqlx::query_scalar(AssertSqlSafe(columns)).fetch_all(&mut on).await.unwrap();
                    let columns: Vec<String> = columns;
                    let rows = AssertSqlSafe(format!("SELECT {} FROM {table} ORDER BY 1", columns.join(" || ',' || ")));
                    let rows: Vec<String> = sqlx::query_scalar(rows).fetch_all(&mut on).await.unwrap();
                    all += &format!("{table}\n{}\n", rows.join("\n"));
                }
            }
        }
        all
    }
}

/// Copied for each story: to make all tables anew takes longer than most stories.
const TEMPLATE: &str = "parvis_it_template";

impl Postgres {
    async fn create(server: String) -> Postgres {
        prepare_template(&server).await;
        let chance = data_encoding::HEXLOWER.encode(&parvis::platform::ids::random::<8>());
        let postgres = Postgres { server, name: format!("parvis_it_{chance}") };
        administer(&postgres.server, format!("CREATE DATABASE {} TEMPLATE {TEMPLATE}", postgres.name)).await;
        postgres
    }

    fn url(&self) -> String {
        url(&self.server, &self.name)
    }
}

/// An empty database as this build makes it: the first story that comes makes it, and the others wait.
async fn prepare_template(server: &str) {
    let mut connection = PgConnection::connect(server).await.expect("the PostgreSQL server answers");
    connection.execute("SELECT pg_advisory_lock(hashtext('parvis_it_template'))").await.unwrap();
    let made_by = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = $1";
    let made_by: Option<Option<String>> =
        sqlx::query_scalar(made_by).bind(TEMPLATE).fetch_optional(&mut connection).await.unwrap();
    let build = this_build();
    if made_by.flatten().as_ref() == Some(&build) {
        return;
    }
    administer(server, format!("DROP DATABASE IF EXISTS {TEMPLATE}")).await;
    administer(server, format!("CREATE DATABASE {TEMPLATE}")).await;
    Db::open_postgres(&url(server, TEMPLATE)).await.unwrap().close().await;
    administer(server, format!("COMMENT ON DATABASE {TEMPLATE} IS '{build}'")).await;
}

/// The address of another database on the same server.
fn url(server: &str, name: &str) -> String {
    let (address, options) = server.split_once('?').unwrap_or((server, ""));
    let start = address.find("://").map_or(0, |at| at + 3);
    let host = address[start..].find('/').map_or(address, |at| &address[..start + at]);
    let options = if options.is_empty() { String::new() } else { format!("?{options}") };
    format!("{host}/{name}{options}")
}

async fn administer(server: &str, statement: String) {
    let mut connection = PgConnection::connect(server).await.expect("the PostgreSQL server answers");
    connection.execute(AssertSqlSafe(statement)).await.unwrap();
}

/// Tells one build of the stories from another.
fn this_build() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata).unwrap();
    format!("{:?} {}", file.modified().unwrap(), file.len())
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let mut connection = PgConnection::connect(&server).await.map_err(std::io::Error::other)?;
                let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                connection.execute(AssertSqlSafe(statement)).await.map_err(std::io::Error::other)?;
                std::io::Result::Ok(())
            })
        });
        if !matches!(dropping.join(), Ok(Ok(()))) {
            eprintln!("could not drop the database {}", self.name);
        }
    }
}

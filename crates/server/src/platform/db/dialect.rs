//! What really differs between SQLite and PostgreSQL.

use super::{Db, DbError};

/// The words of the migrations that each engine spells its own way.
pub fn translate(db: &Db, text: &str) -> String {
    let [id, bytes, key, clustered] = match db {
        Db::Sqlite(_) => ["INTEGER", "BLOB", "TEXT", " WITHOUT ROWID"],
        Db::Postgres(_) => ["BIGINT", "BYTEA", "TEXT COLLATE \"C\"", ""],
    };
    text.replace("{id}", id).replace("{bytes}", bytes).replace("{key}", key).replace("{clustered}", clustered)
}

/// Locks the rows that were selected until the transaction ends. SQLite has one writer and needs none.
pub fn for_update(db: &Db) -> &'static str {
    match db {
        Db::Sqlite(_) => "",
        Db::Postgres(_) => " FOR UPDATE",
    }
}

/// The numbers of a JSON list given as a text in `${parameter}`: for lists longer than an engine takes parameters.
pub fn numbers(db: &Db, parameter: usize) -> String {
    match db {
        Db::Sqlite(_) => format!("(SELECT value FROM json_each(${parameter}))"),
        Db::Postgres(_) => format!("(SELECT value::bigint FROM jsonb_array_elements_text(${parameter}::jsonb))"),
    }
}

/// What an engine's error means for the caller.
pub fn classify(error: sqlx::Error) -> DbError {
    let Some(db) = error.as_database_error() else { return DbError::Other(error) };
    let code = db.code().unwrap_or_default();
    match code.as_ref() {
        // SQLite: FULL, and the write errors a full or limited disk shows itself by. PostgreSQL: disk_full.
        "13" | "778" | "53100" => DbError::Full,
        _ if db.message().contains("No space left on device") => DbError::Full,
        _ if db.is_unique_violation() => DbError::Taken,
        _ => DbError::Other(error),
    }
}

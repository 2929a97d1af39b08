use super::{Db, DbError, Sql, dialect, sql};

/// The numbered changes of the schema, oldest first. Forward only. Step 1 was the schema of a build that was never
/// released; what it made is refused with a sentence rather than half understood.
const MIGRATIONS: &[(i64, &str)] = &[
    (2, include_str!("../../../migrations/0001_first_rooms.sql")),
    (3, include_str!("../../../migrations/0002_rooms_and_groups.sql")),
    (4, include_str!("../../../migrations/0003_members_grid_and_broadcast.sql")),
    (5, include_str!("../../../migrations/0004_operators_and_webhooks.sql")),
    (6, include_str!("../../../migrations/0005_suggestions.sql")),
    (7, include_str!("../../../migrations/0006_turn.sql")),
    (8, include_str!("../../../migrations/0007_calls.sql")),
];
const NEVER_RELEASED: i64 = 1;

/// Brings the schema up to date, each step in a transaction of its own.
pub async fn run(db: &Db) -> Result<(), DbError> {
    let mut tx = db.write("migrate").await?;
    sql("CREATE TABLE IF NOT EXISTS schema_step (step BIGINT PRIMARY KEY)").run(&mut tx).await?;
    if let Db::Postgres(_) = db {
        // Two processes that start at once: the second waits here, then finds the work done.
        sql("LOCK TABLE schema_step IN EXCLUSIVE MODE").run(&mut tx).await?;
    }
    let found = sql("SELECT MAX(step) FROM schema_step").number(&mut tx).await?;
    let known = MIGRATIONS.last().map_or(0, |(step, _)| *step);
    if found > known {
        return Err(DbError::Newer { found, known });
    }
    if found == NEVER_RELEASED {
        let why = "the database was made by a build before the first release: start with an empty one (or data folder)";
        return Err(DbError::Open(why.to_owned()));
    }
    for (step, text) in MIGRATIONS.iter().filter(|(step, _)| *step > found) {
        for statement in statements(&dialect::translate(db, text)) {
            Sql::assembled(statement).run(&mut tx).await?;
        }
        sql("INSERT INTO schema_step (step) VALUES ($1)").bind(*step).run(&mut tx).await?;
    }
    drop(tx.commit().await?);
    Ok(())
}

/// The statements of a migration, without its comments.
fn statements(text: &str) -> Vec<String> {
    let bare: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
    bare.join("\n").split(';').map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect()
}

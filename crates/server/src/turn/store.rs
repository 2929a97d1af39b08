use crate::platform::db::{Db, DbError, sql};
use crate::platform::ids;

/// The secret of the installation's relay: made once, the same for every process that shares the database.
pub(super) async fn secret(db: &Db) -> Result<String, DbError> {
    let mut tx = db.write("turn_secret").await?;
    sql("INSERT INTO installation (name, value) VALUES ('turn_secret', $1) ON CONFLICT (name) DO NOTHING")
        .bind(ids::secret())
        .run(&mut tx)
        .await?;
    let row: Option<(String,)> =
        sql("SELECT value FROM installation WHERE name = 'turn_secret'").maybe(&mut tx).await?;
    drop(tx.commit().await?);
    row.map(|(secret,)| secret).ok_or_else(|| DbError::Open("the relay's secret was not kept".to_owned()))
}

//! What changes operators and their sessions.

use super::store::{self, Operator, Role};
use crate::app::App;
use crate::members::{Session, hash_password, verify_password};
use crate::platform::clock::Millis;
use crate::platform::db::DbError;
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::live::Person;
use crate::sites::{Site, SiteId};
use domain::members::clean_name;

/// An operator's session lasts a working day.
const SESSION: Millis = 12 * 60 * 60 * 1_000;

/// Makes an operator.
pub async fn create(app: &App, site: &Site, email: &str, name: &str, role: Role, password: String) -> Answer<Operator> {
    let email = email.trim().to_owned();
    if email.len() > 254 || !email.contains('@') || email.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(Problem::invalid("email: not an address"));
    }
    let name = clean_name(name).ok_or_else(|| Problem::invalid("name: 1 to 100 characters on one line"))?;
    let hash = hash_password(app, password).await?;
    let operator = Operator { id: app.ids.next(&app.clock), email, name, role };
    let mut tx = app.db.write("operator_create").await?;
    match store::insert(&mut tx, site.id, &operator, &hash, app.clock.now()).await {
        Err(DbError::Taken) => return Err(Problem::with(Code::Conflict, "email: an operator with it exists already")),
        inserted => inserted?,
    }
    drop(tx.commit().await?);
    Ok(operator)
}

/// Signs an operator in; the access token is told once.
pub async fn sign_in(app: &App, site: &Site, email: &str, password: String) -> Answer<(String, Session, Operator)> {
    let found = store::password_of(&mut app.db.read().await?, site.id, email).await?;
    let (id, hash) = found.map_or((None, None), |(id, hash)| (Some(id), Some(hash)));
    let refused = || Problem::new(Code::Unauthorized);
    if !verify_password(app, password, hash).await? {
        return Err(refused());
    }
    let id = id.ok_or_else(refused)?;
    let mut tx = app.db.write("operator_sign_in").await?;
    let operator = store::by_id(&mut tx, site.id, id).await?.ok_or_else(refused)?;
    let (token, session) = app.sessions.open(&mut tx, Person::Operator(id), site.id, app.clock.now(), SESSION).await?;
    drop(tx.commit().await?);
    app.sessions.remember(session);
    Ok((token, session, operator))
}

/// Changes the name that members see on what one writes from now on.
pub async fn rename(app: &App, site: SiteId, operator: &Operator, name: &str) -> Answer<Operator> {
    let name = clean_name(name).ok_or_else(|| Problem::invalid("name: 1 to 100 characters on one line"))?;
    let mut tx = app.db.write("operator_rename").await?;
    store::rename(&mut tx, site, operator.id, &name).await?;
    drop(tx.commit().await?);
    Ok(Operator { name, ..operator.clone() })
}

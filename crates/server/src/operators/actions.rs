//! What changes operators.

use super::invitations::{self, Invitation};
use super::store::{self, Operator, Role};
use super::{SignedInOperator, factor, sessions};
use crate::app::App;
use crate::audit::{self, Subject};
use crate::members::{hash_password, verify_password};
use crate::platform::db::{DbError, Tx, dialect};
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::live::Person;
use crate::sites::{Site, SiteId};
use domain::members::clean_name;
use serde_json::json;

/// Makes an operator with a password, from the command line.
pub async fn create(app: &App, site: &Site, email: &str, name: &str, role: Role, password: String) -> Answer<Operator> {
    let operator = new(app, email, name, role)?;
    let hash = hash_password(app, password).await?;
    let mut tx = app.db.write("operator_create").await?;
    insert(app, &mut tx, site.id, &operator, &hash).await?;
    drop(tx.commit().await?);
    Ok(operator)
}

fn new(app: &App, email: &str, name: &str, role: Role) -> Answer<Operator> {
    let email = email.trim().to_owned();
    if email.len() > 254 || !email.contains('@') || email.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(Problem::invalid("email: not an address"));
    }
    let (id, name) = (app.ids.next(&app.clock), named(name)?);
    Ok(Operator { id, email, name, role, totp: false, test_member: None, key: None })
}

fn named(name: &str) -> Answer<String> {
    clean_name(name).ok_or_else(|| Problem::invalid("name: 1 to 100 characters on one line"))
}

async fn insert(app: &App, tx: &mut Tx, site: SiteId, operator: &Operator, hash: &str) -> Answer<()> {
    match store::insert(tx, site, operator, hash, app.clock.now()).await {
        Err(DbError::Taken) => Err(Problem::with(Code::Conflict, "email: an operator with it exists already")),
        inserted => Ok(inserted?),
    }
}

/// Who may look after operators of a role: owners after all, admins after agents.
fn may_look_after(me: &SignedInOperator, role: Role) -> Answer<()> {
    me.require(if role == Role::Agent { Role::Admin } else { Role::Owner })
}

/// Invites an operator, who has no password yet: the link is told once.
pub(super) async fn invite(
    app: &App,
    me: &SignedInOperator,
    (email, name, role): (&str, &str, Role),
) -> Answer<(Operator, Invitation)> {
    may_look_after(me, role)?;
    let operator = new(app, email, name, role)?;
    let mut tx = app.db.write("operator_invite").await?;
    insert(app, &mut tx, me.site.id, &operator, "").await?;
    let invitation = invitations::make(app, &mut tx, me.site.id, operator.id).await?;
    let detail = json!({"email": operator.email, "name": operator.name, "role": role});
    let subject = Subject::of("operator", operator.id);
    audit::write(app, &mut tx, me.site.id, &me.actor(), "operator.create", &subject, detail).await?;
    drop(tx.commit().await?);
    Ok((operator, invitation))
}

/// Another link for an operator, by which they give themselves a password; without the second factor, if they lost it.
pub(super) async fn invite_again(
    app: &App,
    me: &SignedInOperator,
    id: i64,
    without_totp: bool,
) -> Answer<(Operator, Invitation)> {
    me.require(Role::Admin)?;
    let mut tx = app.db.write("operator_invite").await?;
    let operator = store::by_id(&mut tx, me.site.id, id).await?.ok_or_else(Problem::not_found)?;
    may_look_after(me, operator.role)?;
    if without_totp {
        factor::clear(&mut tx, me.site.id, id).await?;
    }
    let invitation = invitations::make(app, &mut tx, me.site.id, id).await?;
    let (subject, detail) = (Subject::of("operator", id), json!({"without_totp": without_totp}));
    audit::write(app, &mut tx, me.site.id, &me.actor(), "operator.invite", &subject, detail).await?;
    drop(tx.commit().await?);
    Ok((Operator { totp: operator.totp && !without_totp, ..operator }, invitation))
}

/// Gives an operator another name or role.
pub(super) async fn change(
    app: &App,
    me: &SignedInOperator,
    id: i64,
    (name, role): (Option<&str>, Option<Role>),
) -> Answer<Operator> {
    me.require(Role::Admin)?;
    let name = name.map(named).transpose()?;
    let mut tx = app.db.write("operator_change").await?;
    let known =
        store::locked(&mut tx, me.site.id, id, dialect::for_update(&app.db)).await?.ok_or_else(Problem::not_found)?;
    may_look_after(me, known.role.max(role.unwrap_or(known.role)))?;
    let changed =
        Operator { name: name.unwrap_or(known.name.clone()), role: role.unwrap_or(known.role), ..known.clone() };
    if known.role == Role::Owner && changed.role != Role::Owner {
        keep_an_owner(app, &mut tx, me.site.id, id).await?;
    }
    if changed != known {
        store::set_role(&mut tx, me.site.id, &changed).await?;
        if changed.role != known.role {
            // Whoever kept a link would come in with the new role.
            invitations::forget(&mut tx, me.site.id, id).await?;
        }
        let detail =
            json!({"name": changed.name, "role": changed.role, "before": {"name": known.name, "role": known.role}});
        let subject = Subject::of("operator", id);
        audit::write(app, &mut tx, me.site.id, &me.actor(), "operator.change", &subject, detail).await?;
        drop(tx.commit().await?);
    }
    Ok(changed)
}

/// Takes an operator away; what they wrote keeps their name. Their sessions end at once.
pub(super) async fn delete(app: &App, me: &SignedInOperator, id: i64) -> Answer<()> {
    me.require(Role::Admin)?;
    let mut tx = app.db.write("operator_delete").await?;
    let known = store::by_id(&mut tx, me.site.id, id).await?.ok_or_else(Problem::not_found)?;
    may_look_after(me, known.role)?;
    if known.role == Role::Owner {
        keep_an_owner(app, &mut tx, me.site.id, id).await?;
    }
    store::delete(&mut tx, me.site.id, id).await?;
    let detail = json!({"email": known.email, "name": known.name, "role": known.role});
    let subject = Subject::of("operator", id);
    audit::write(app, &mut tx, me.site.id, &me.actor(), "operator.delete", &subject, detail).await?;
    drop(tx.commit().await?);
    app.sessions.end_all(app, me.site.id, Person::Operator(id)).await
}

/// The last owner who can sign in stays.
async fn keep_an_owner(app: &App, tx: &mut Tx, site: SiteId, leaving: i64) -> Answer<()> {
    let owners = store::owners(tx, site, dialect::for_update(&app.db)).await?;
    if owners.iter().any(|id| *id != leaving) {
        return Ok(());
    }
    Err(Problem::said_with(Code::Conflict, "refusal.operator.last_owner"))
}

/// What an operator changes of their own profile.
pub(super) struct OwnChange {
    pub name: Option<String>,
    /// `Some(None)`: nobody any more.
    pub test_member: Option<Option<i64>>,
}

/// Changes one's own profile: the name that members see on what one writes from now on, and whom one tries on.
pub(super) async fn change_own(app: &App, site: SiteId, me: &Operator, change: OwnChange) -> Answer<Operator> {
    let name = change.name.as_deref().map(named).transpose()?;
    if let Some(Some(member)) = change.test_member
        && app.members.get(&app.db, site, member).await?.is_none()
    {
        return Err(Problem::not_found());
    }
    let mut tx = app.db.write("operator_own").await?;
    let known = store::by_id(&mut tx, site, me.id).await?.ok_or_else(Problem::not_found)?;
    let test_member = change.test_member.unwrap_or(known.test_member);
    let changed = Operator { name: name.unwrap_or(known.name.clone()), test_member, ..known.clone() };
    store::set_own(&mut tx, site, &changed).await?;
    if changed.name != known.name {
        let detail = json!({"name": changed.name, "before": {"name": known.name}});
        let subject = Subject::of("operator", me.id);
        audit::write(app, &mut tx, site, &me.into(), "operator.change", &subject, detail).await?;
    }
    drop(tx.commit().await?);
    Ok(changed)
}

/// Gives oneself another password; one's other sessions end.
pub(super) async fn change_password(app: &App, me: &SignedInOperator, old: String, new: String) -> Answer<()> {
    let (site, id) = (me.site.id, me.operator.id);
    confirm(app, site, id, old, "refusal.operator.old_password").await?;
    let hash = hash_password(app, new).await?;
    let mut tx = app.db.write("operator_password").await?;
    store::set_password(&mut tx, site, id, &hash).await?;
    invitations::forget(&mut tx, site, id).await?;
    audit::write(app, &mut tx, site, &me.actor(), "operator.password", &Subject::of("operator", id), json!({})).await?;
    drop(tx.commit().await?);
    sessions::end_others(app, &me.session).await
}

/// Makes sure that it is really oneself: by the password, whose guesses are counted.
pub(super) async fn confirm(app: &App, site: SiteId, id: i64, password: String, wrong: &'static str) -> Answer<()> {
    let hash = store::password_by_id(&mut app.db.read().await?, site, id).await?;
    let guess = app.code_failures.attempt(id, &app.clock).await?;
    // What no password can be is no guess.
    if password.chars().any(char::is_control) {
        return Err(Problem::said(wrong));
    }
    if verify_password(app, password, hash).await? {
        return Ok(());
    }
    guess.failed();
    Err(Problem::said(wrong))
}

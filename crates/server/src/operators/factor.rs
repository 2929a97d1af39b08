//! The second factor: codes of an authenticator app, and recovery codes that stand in for it once.

use super::store::Operator;
use super::totp;
use crate::app::App;
use crate::audit::{self, Actor, Subject};
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Tx, sql};
use crate::platform::http::{Answer, Attempt, Bucket, Code, Problem};
use crate::platform::ids;
use crate::sites::SiteId;
use data_encoding::BASE32_NOPAD;
use serde_json::json;
use sha2::{Digest, Sha256};

/// Guesses of a code, per operator: five at once, then one every half minute.
pub const GUESSES: Bucket = Bucket { per_second: 1.0 / 30.0, burst: 5.0 };
const RECOVERY_CODES: usize = 10;

/// The secrets of an operator's second factor.
#[derive(sqlx_macros::FromRow)]
struct Secrets {
    totp_secret: Option<Vec<u8>>,
    totp_offered: Option<Vec<u8>>,
}

async fn secrets(on: impl Into<Link<'_>>, site: SiteId, id: i64) -> Answer<Secrets> {
    let query = sql("SELECT totp_secret, totp_offered FROM operator WHERE site_id = $1 AND id = $2");
    query.bind(site.0).bind(id).maybe(on).await?.ok_or_else(Problem::not_found)
}

/// A code as it was typed: without spaces and hyphens.
fn typed(code: &str) -> Answer<String> {
    let code: String = code.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let plain = (1..=40).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric());
    if plain { Ok(code.to_ascii_uppercase()) } else { Err(Problem::invalid("code: six digits, or a recovery code")) }
}

/// Lets an operator pass whose second factor is off, or who gives a code: it is taken in this transaction, and never
/// again. Guesses are counted whoever makes them; the guess was begun before the transaction.
pub(super) async fn pass(
    app: &App,
    tx: &mut Tx,
    site: SiteId,
    operator: &Operator,
    guess: Answer<Attempt<'_, i64>>,
    code: Option<&str>,
) -> Answer<()> {
    if !operator.totp {
        return Ok(());
    }
    let code = typed(code.ok_or_else(|| Problem::new(Code::TotpRequired))?)?;
    let guess = guess?;
    if take(tx, site, operator.id, &code, app.clock.now()).await? {
        return Ok(());
    }
    guess.failed();
    Err(Problem::new(Code::TotpInvalid))
}

async fn take(tx: &mut Tx, site: SiteId, id: i64, code: &str, now: Millis) -> Answer<bool> {
    let secret = secrets(&mut *tx, site, id).await?.totp_secret.unwrap_or_default();
    if let Some(step) = totp::step_of(&secret, code, now) {
        return Ok(take_step(tx, site, id, step).await?);
    }
    let taken = sql("DELETE FROM recovery_code WHERE site_id = $1 AND operator_id = $2 AND code_hash = $3")
        .bind(site.0)
        .bind(id)
        .bind(hash(code))
        .run(tx)
        .await?;
    Ok(taken > 0)
}

/// Whether the step was not taken before.
async fn take_step(tx: &mut Tx, site: SiteId, id: i64, step: i64) -> Result<bool, DbError> {
    let taken =
        sql("UPDATE operator SET totp_step = $3 WHERE site_id = $1 AND id = $2 AND COALESCE(totp_step, 0) < $3");
    Ok(taken.bind(site.0).bind(id).bind(step).run(tx).await? > 0)
}

fn hash(code: &str) -> Vec<u8> {
    Sha256::digest(code.as_bytes()).to_vec()
}

/// A secret for one's authenticator app; it holds once a code of it is given.
pub(super) async fn offer(app: &App, site: SiteId, me: &Operator) -> Answer<Vec<u8>> {
    if me.totp {
        return Err(Problem::with(Code::Conflict, "the second factor is on already: turn it off first"));
    }
    let secret = ids::random::<20>().to_vec();
    let mut tx = app.db.write("totp_offer").await?;
    sql("UPDATE operator SET totp_offered = $3 WHERE site_id = $1 AND id = $2")
        .bind(site.0)
        .bind(me.id)
        .bind(secret.as_slice())
        .run(&mut tx)
        .await?;
    drop(tx.commit().await?);
    Ok(secret)
}

/// Turns the second factor on with a code of the offered secret: the recovery codes, told once.
pub(super) async fn turn_on(app: &App, site: SiteId, me: &Operator, code: &str) -> Answer<Vec<String>> {
    let code = typed(code)?;
    let guess = app.code_failures.attempt(me.id, &app.clock).await?;
    let mut tx = app.db.write("totp_on").await?;
    let offered = secrets(&mut tx, site, me.id).await?.totp_offered;
    let offered = offered.ok_or_else(|| Problem::with(Code::Conflict, "ask for a secret first"))?;
    let Some(step) = totp::step_of(&offered, &code, app.clock.now()) else {
        guess.failed();
        return Err(Problem::said("refusal.operator.code"));
    };
    sql("UPDATE operator SET totp_secret = totp_offered, totp_offered = NULL, totp_step = $3 WHERE site_id = $1 AND id = $2")
        .bind(site.0)
        .bind(me.id)
        .bind(step)
        .run(&mut tx)
        .await?;
    let codes = recovery_codes(&mut tx, site, me.id).await?;
    let by = Actor::from(me);
    audit::write(app, &mut tx, site, &by, "operator.totp_on", &Subject::of("operator", me.id), json!({})).await?;
    drop(tx.commit().await?);
    Ok(codes)
}

async fn recovery_codes(tx: &mut Tx, site: SiteId, id: i64) -> Result<Vec<String>, DbError> {
    forget_codes(tx, site, id).await?;
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let code = BASE32_NOPAD.encode(&ids::random::<10>());
        sql("INSERT INTO recovery_code (site_id, operator_id, code_hash) VALUES ($1, $2, $3)")
            .bind(site.0)
            .bind(id)
            .bind(hash(&code))
            .run(&mut *tx)
            .await?;
        codes.push([&code[..4], &code[4..8], &code[8..12], &code[12..]].join("-").to_lowercase());
    }
    Ok(codes)
}

async fn forget_codes(tx: &mut Tx, site: SiteId, id: i64) -> Result<(), DbError> {
    let forget = sql("DELETE FROM recovery_code WHERE site_id = $1 AND operator_id = $2");
    forget.bind(site.0).bind(id).run(tx).await.map(drop)
}

/// Turns one's second factor off, with the password.
pub(super) async fn turn_off(app: &App, site: SiteId, me: &Operator, password: String) -> Answer<()> {
    super::actions::confirm(app, site, me.id, password, "refusal.operator.password").await?;
    let mut tx = app.db.write("totp_off").await?;
    clear(&mut tx, site, me.id).await?;
    let by = Actor::from(me);
    audit::write(app, &mut tx, site, &by, "operator.totp_off", &Subject::of("operator", me.id), json!({})).await?;
    drop(tx.commit().await?);
    Ok(())
}

/// Takes the second factor away.
pub(super) async fn clear(tx: &mut Tx, site: SiteId, id: i64) -> Result<(), DbError> {
    sql("UPDATE operator SET totp_secret = NULL, totp_offered = NULL WHERE site_id = $1 AND id = $2")
        .bind(site.0)
        .bind(id)
        .run(&mut *tx)
        .await?;
    forget_codes(tx, site, id).await
}

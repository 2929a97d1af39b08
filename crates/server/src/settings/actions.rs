//! What changes a site, with what is written down of it.

use super::texts;
use crate::app::App;
use crate::audit::{self, Subject};
use crate::operators::SignedInOperator;
use crate::platform::http::{Answer, Problem};
use crate::platform::ids;
use crate::sites::actions::Changing;
use crate::sites::{Settings, Site};
use domain::members::clean_name;
use serde_json::{Value, json};
use std::sync::Arc;

/// What is changed is written down up to this size; more than that, by its names alone.
const LONGEST_DETAIL: usize = 8_192;
const MOST_HOURS: i64 = 168;

/// Merges a patch into the settings.
pub(super) async fn change(app: &App, me: &SignedInOperator, patch: &Value) -> Answer<Settings> {
    texts::check(patch.get("texts"))?;
    let merge = |site: &mut Site| site.settings.merged(patch).map(|merged| site.settings = merged);
    let changing = Changing::begin(app, me.site.id, merge).await?;
    Ok(finish(app, me, changing, "settings.change", shown(patch)).await?.settings.clone())
}

fn shown(patch: &Value) -> Value {
    if patch.to_string().len() <= LONGEST_DETAIL {
        return patch.clone();
    }
    json!({"changed": patch.as_object().map(|fields| fields.keys().collect::<Vec<_>>())})
}

/// Gives the site another name.
pub(super) async fn rename(app: &App, me: &SignedInOperator, name: &str) -> Answer<Arc<Site>> {
    let name = clean_name(name).ok_or_else(|| Problem::invalid("name: 1 to 100 characters on one line"))?;
    let detail = json!({"name": name, "before": {"name": me.site.name}});
    let changing = Changing::begin(app, me.site.id, |site| {
        site.name = name;
        Ok(())
    });
    finish(app, me, changing.await?, "site.rename", detail).await
}

/// Makes a new secret; the one until now is taken for so many hours more.
pub(super) async fn rotate(app: &App, me: &SignedInOperator, keep_hours: Option<i64>) -> Answer<Arc<Site>> {
    let hours = keep_hours.unwrap_or(24);
    if !(0..=MOST_HOURS).contains(&hours) {
        return Err(Problem::invalid(format!("keep_hours: 0 to {MOST_HOURS}")));
    }
    let until = app.clock.now() + hours * 3_600_000;
    let changing = Changing::begin(app, me.site.id, |site| {
        let old = std::mem::replace(&mut site.secret, ids::secret());
        site.previous = (hours > 0).then_some((old, until));
        Ok(())
    });
    finish(app, me, changing.await?, "settings.secret_rotate", json!({"keep_hours": hours})).await
}

async fn finish(
    app: &App,
    me: &SignedInOperator,
    mut changing: Changing<'_>,
    action: &'static str,
    detail: Value,
) -> Answer<Arc<Site>> {
    let subject = Subject::of("site", me.site.id.0);
    audit::write(app, &mut changing.tx, me.site.id, &me.actor(), action, &subject, detail).await?;
    changing.finish(app).await
}

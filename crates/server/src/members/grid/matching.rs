//! The members whom filters of the back-office describe: in SQL, so that a hundred thousand are found as a few.

use super::filter::{FilterForm, LastSeen, Sanctioned};
use super::labels::{self, Kind};
use crate::app::App;
use crate::platform::clock::Millis;
use crate::platform::db::{Db, DbError, Reader, Sql, Value, dialect};
use crate::platform::http::{Answer, Problem};
use crate::platform::ids;
use crate::sites::SiteId;
use domain::members::Filter;

/// A set of so many is looked up rather than looked for.
const FEW: i64 = 2_000;
/// More words find nobody else.
const MOST_WORDS: usize = 8;
const DAY: Millis = 24 * 60 * 60 * 1_000;

/// Conditions on `m`, a member of the site `$1`.
pub(in crate::members) struct Matching {
    pub text: String,
    pub values: Vec<Value>,
}

/// What filters ask beside the database.
struct Scene<'a> {
    db: &'a Db,
    site: SiteId,
    here: Vec<i64>,
    now: Millis,
}

impl Matching {
    /// Those whom all these filters describe, among some (`None`: all).
    pub async fn of(app: &App, site: SiteId, filters: &[FilterForm], among: Option<&[i64]>) -> Answer<Matching> {
        let here = app.hub.connected_members(site.0).into_iter().collect();
        let scene = Scene { db: &app.db, site, here, now: app.clock.now() };
        let mut matching = Matching { text: " AND m.erased_at IS NULL".to_owned(), values: vec![site.0.into()] };
        let mut reader = app.db.read().await?;
        for form in filters {
            matching.filter(&scene, &mut reader, form).await?;
        }
        if let Some(ids) = among {
            matching.numbers(&scene, "m.id IN", ids);
        }
        Ok(matching)
    }

    async fn filter(&mut self, scene: &Scene<'_>, reader: &mut Reader, form: &FilterForm) -> Result<(), DbError> {
        let Filter { populations, badges, interests, words, attributes } = form.filter();
        for word in words.into_iter().take(MOST_WORDS) {
            self.and("m.search_text LIKE ?", [format!("% {word}%").into()]);
        }
        if !populations.is_empty() {
            let among = any("?", populations.len());
            let select = format!(
                "SELECT mp.member_id FROM member_population mp JOIN population p ON p.id = mp.population_id \
                 WHERE p.site_id = ? AND p.slug IN ({among})"
            );
            let values = [scene.site.0.into()].into_iter().chain(populations.into_iter().map(Value::from));
            self.group(reader, &select, "mp.member_id", values.collect()).await?;
        }
        for (kind, wanted) in [(Kind::Badge, &badges), (Kind::Interest, &interests)] {
            if !wanted.is_empty() {
                let wanted = wanted.iter().map(|one| labels::key(one)).collect();
                self.labelled(scene, reader, kind, wanted).await?;
            }
        }
        for (name, values) in &attributes {
            let wanted = values.iter().map(|value| labels::attribute(name, value)).collect();
            self.labelled(scene, reader, Kind::Attribute, wanted).await?;
        }
        self.flags(form);
        self.passing(scene, form);
        Ok(())
    }

    async fn labelled(
        &mut self,
        scene: &Scene<'_>,
        reader: &mut Reader,
        kind: Kind,
        wanted: Vec<String>,
    ) -> Result<(), DbError> {
        let select = format!(
            "SELECT l.member_id FROM member_label l WHERE l.site_id = ? AND l.kind = ? AND l.label IN ({})",
            any("?", wanted.len())
        );
        let values = [scene.site.0.into(), (kind as i64).into()].into_iter().chain(wanted.into_iter().map(Value::from));
        self.group(reader, &select, "l.member_id", values.collect()).await
    }

    /// Those of a group: a small one leads to its members, in a large one each is looked for.
    async fn group(
        &mut self,
        reader: &mut Reader,
        select: &str,
        member: &str,
        values: Vec<Value>,
    ) -> Result<(), DbError> {
        let count = format!("SELECT COUNT(*) FROM ({} LIMIT {}) AS few", numbered(select, 1), FEW + 1);
        let few = Sql::assembled(count).bind_each(values.clone()).number(reader).await? <= FEW;
        let condition =
            if few { format!("m.id IN ({select})") } else { format!("EXISTS ({select} AND {member} = m.id)") };
        self.and(&condition, values);
        Ok(())
    }

    fn flags(&mut self, form: &FilterForm) {
        if let Some(contactable) = form.contactable {
            self.and("m.contactable = ?", [contactable.into()]);
        }
        if let Some(enabled) = form.chat_enabled {
            self.and("m.chat_enabled = ?", [enabled.into()]);
        }
    }

    /// What changes by itself: who is here, who was, who may not speak for now.
    fn passing(&mut self, scene: &Scene<'_>, form: &FilterForm) {
        match form.connected {
            Some(true) => self.numbers(scene, "m.id IN", &scene.here),
            Some(false) => self.numbers(scene, "m.id NOT IN", &scene.here),
            None => {}
        }
        if let Some(sanctioned) = form.sanction {
            let (is, kind) = match sanctioned {
                Sanctioned::None => ("NOT EXISTS", ""),
                Sanctioned::Any => ("EXISTS", ""),
                Sanctioned::Mute => ("EXISTS", " AND s.kind = 'mute'"),
                Sanctioned::Ban => ("EXISTS", " AND s.kind = 'ban'"),
            };
            let condition = format!(
                "{is} (SELECT 1 FROM sanction s WHERE s.site_id = m.site_id AND s.member_id = m.id{kind} \
                 AND s.lifted_at IS NULL AND (s.until IS NULL OR s.until > ?))"
            );
            self.and(&condition, [scene.now.into()]);
        }
        match form.last_seen {
            Some(LastSeen::Never) => {
                self.and("m.last_seen_at = 0", []);
                self.numbers(scene, "m.id NOT IN", &scene.here);
            }
            Some(LastSeen::Within(days)) => {
                let since = scene.now - i64::from(days) * DAY;
                let here = serde_json::to_string(&scene.here).unwrap_or_default();
                let among = dialect::numbers(scene.db, self.values.len() + 2);
                self.values.extend([since.into(), here.into()]);
                let at = self.values.len() - 1;
                self.text.push_str(&format!(" AND (m.last_seen_at >= ${at} OR m.id IN {among})"));
            }
            Some(LastSeen::Before(days)) => {
                self.and("m.last_seen_at < ?", [(scene.now - i64::from(days) * DAY).into()]);
                self.numbers(scene, "m.id NOT IN", &scene.here);
            }
            None => {}
        }
    }

    fn numbers(&mut self, scene: &Scene<'_>, is: &str, ids: &[i64]) {
        let among = dialect::numbers(scene.db, self.values.len() + 1);
        self.values.push(serde_json::to_string(ids).unwrap_or_default().into());
        self.text.push_str(&format!(" AND {is} {among}"));
    }

    /// One more condition; each `?` stands for the next of its values.
    fn and(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.text.push_str(&format!(" AND {}", numbered(condition, self.values.len() + 1)));
        self.values.extend(values);
    }

    /// How many they are.
    pub async fn count(&self, reader: &mut Reader) -> Result<i64, DbError> {
        let text = format!("SELECT COUNT(*) FROM member m WHERE m.site_id = $1{}", self.text);
        Sql::assembled(text).bind_each(self.values.clone()).number(reader).await
    }

    /// All their ids, in order.
    pub async fn ids(&self, reader: &mut Reader) -> Result<Vec<i64>, DbError> {
        let text = format!("SELECT m.id FROM member m WHERE m.site_id = $1{} ORDER BY m.id", self.text);
        let rows: Vec<(i64,)> = Sql::assembled(text).bind_each(self.values.clone()).all(reader).await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }
}

/// A text in which each `?` is the next parameter, from this one on.
fn numbered(text: &str, first: usize) -> String {
    let mut parts = text.split('?');
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for (at, part) in parts.enumerate() {
        whole.push_str(&format!("${}{part}", first + at));
    }
    whole
}

fn any(mark: &str, count: usize) -> String {
    vec![mark; count].join(", ")
}

/// The numbers of ids as callers write them, each once.
pub fn read_ids(given: &[String]) -> Answer<Vec<i64>> {
    let read =
        |id: &String| ids::read(id).ok_or_else(|| Problem::invalid(format!("members: {id:?} is no member's id")));
    let mut found = given.iter().map(read).collect::<Answer<Vec<i64>>>()?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

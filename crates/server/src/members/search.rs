//! Finding members: pages of the directory and of the back-office's grid, at a cost that does not grow with the
//! number of members (decision 0006).
//!
//! Three ways lead to a page. By name: the index of names, of a whole site or of each class one may see. By word: the
//! index of words, best place first. And of a small set, all of it: whoever is here, one's contacts, the few one may
//! see. Which way is taken follows from counts that stop early.

use super::classes::Class;
use super::store::{self, COLUMNS, Member};
use crate::platform::db::{DbError, Link, Sql, Value, list, sql};
use crate::sites::SiteId;
use domain::members::Place;
use std::collections::HashSet;

/// A set of so many members can be read whole.
const SMALL: usize = 2_000;
/// With more classes than this in view, names are read with the classes as a condition.
const MOST_BRANCHES: usize = 200;

/// One page of members.
#[derive(Clone, Copy, Default)]
pub(super) struct Wanted<'a> {
    /// Folded words, each the beginning of a word of the profile.
    pub words: &'a [String],
    /// Only this population (slug).
    pub population: Option<&'a str>,
    /// Only members of these classes.
    pub classes: Option<&'a [Class]>,
    /// Only these.
    pub among: Option<&'a [i64]>,
    /// After this name and id.
    pub after: Option<(&'a str, i64)>,
    /// Everybody but this one.
    pub but: Option<i64>,
    /// Also those who may not use the chat.
    pub disabled_too: bool,
    /// At most so many.
    pub limit: usize,
}

impl Wanted<'_> {
    fn class_ids(&self) -> Option<Vec<i64>> {
        self.classes.map(|classes| classes.iter().map(|class| class.id).collect())
    }

    /// Conditions on `m`, the member, beside where the page begins; their values are appended. Populations and classes
    /// are written so that an index leads to them (`leading`), or so that none does and another order is kept.
    fn conditions(&self, values: &mut Vec<Value>, words: &[String], leading: bool) -> String {
        let mut text = String::new();
        if let Some(but) = self.but {
            values.push(but.into());
            text.push_str(&format!(" AND m.id <> ${}", values.len()));
        }
        if !self.disabled_too {
            text.push_str(" AND m.chat_enabled = TRUE");
        }
        for word in words {
            values.push(format!("% {word}%").into());
            text.push_str(&format!(" AND m.search_text LIKE ${}", values.len()));
        }
        if let Some(population) = self.population {
            values.push(population.into());
            let (begin, end) = if leading {
                ("m.id IN (SELECT mp.member_id", "")
            } else {
                ("EXISTS (SELECT 1", " AND mp.member_id = m.id")
            };
            text.push_str(&format!(
                " AND {begin} FROM member_population mp JOIN population p ON p.id = mp.population_id \
                 WHERE p.site_id = $1 AND p.slug = ${}{end})",
                values.len()
            ));
        }
        let class = if leading { "m.class_id" } else { "+m.class_id" };
        for (column, ids) in [(class, self.class_ids()), ("m.id", self.among.map(<[i64]>::to_vec))] {
            let Some(ids) = ids else { continue };
            text.push_str(&format!(" AND {column} IN ({})", list(values.len() + 1, ids.len())));
            values.extend(ids.into_iter().map(Value::from));
        }
        text
    }

    fn limit(&self) -> i64 {
        i64::try_from(self.limit).unwrap_or(200)
    }
}

/// A page by name.
pub(super) async fn by_name<L>(on: &mut L, site: SiteId, wanted: &Wanted<'_>) -> Result<Vec<Member>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    if let Some(classes) = wanted.classes
        && wanted.words.is_empty()
        && wanted.population.is_none()
        && wanted.among.is_none()
        && classes.len() <= MOST_BRANCHES
    {
        return by_name_in_classes(on, site, wanted, classes).await;
    }
    let mut values: Vec<Value> = vec![site.0.into()];
    let after = begin(&mut values, wanted.after);
    let conditions = wanted.conditions(&mut values, wanted.words, false);
    values.push(wanted.limit().into());
    let text = format!(
        "SELECT {COLUMNS} FROM member m WHERE m.site_id = $1{after}{conditions} ORDER BY m.name_key, m.id LIMIT ${}",
        values.len()
    );
    store::found(on, site, Sql::assembled(text).bind_each(values)).await
}

fn begin(values: &mut Vec<Value>, after: Option<(&str, i64)>) -> String {
    let Some((name, id)) = after else { return String::new() };
    values.extend([name.into(), id.into()]);
    format!(" AND (m.name_key, m.id) > (${}, ${})", values.len() - 1, values.len())
}

/// The first of each class in the order of names, then the first of them all: what lies outside is never looked at.
async fn by_name_in_classes<L>(
    on: &mut L,
    site: SiteId,
    wanted: &Wanted<'_>,
    classes: &[Class],
) -> Result<Vec<Member>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    if classes.is_empty() {
        return Ok(Vec::new());
    }
    let mut values: Vec<Value> = Vec::new();
    let mut branches = Vec::with_capacity(classes.len());
    for class in classes {
        values.extend([site.0.into(), class.id.into(), wanted.but.unwrap_or(-1).into()]);
        let n = values.len();
        let after = begin(&mut values, wanted.after);
        values.push(wanted.limit().into());
        branches.push(format!(
            "SELECT * FROM (SELECT m.name_key, m.id FROM member m WHERE +m.site_id = ${} AND m.class_id = ${} \
             AND m.id <> ${n} AND m.chat_enabled = TRUE{after} ORDER BY m.name_key, m.id LIMIT ${}) AS c{}",
            n - 2,
            n - 1,
            values.len(),
            class.id
        ));
    }
    values.push(wanted.limit().into());
    let text = format!("{} ORDER BY name_key, id LIMIT ${}", branches.join(" UNION ALL "), values.len());
    let rows: Vec<(String, i64)> = Sql::assembled(text).bind_each(values).all(&mut *on).await?;
    let ids: Vec<i64> = rows.into_iter().map(|(_, id)| id).collect();
    let members = store::by_ids(on, site, &ids).await?;
    Ok(in_order(members, &ids))
}

fn in_order(members: Vec<Member>, ids: &[i64]) -> Vec<Member> {
    let mut by_id: std::collections::HashMap<i64, Member> = members.into_iter().map(|m| (m.id, m)).collect();
    ids.iter().filter_map(|id| by_id.remove(id)).collect()
}

/// Whether what is wanted is a set so small that it is read whole, whatever the words.
pub(super) async fn is_small<L>(on: &mut L, site: SiteId, wanted: &Wanted<'_>) -> Result<bool, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    if wanted.among.is_some() {
        return Ok(true);
    }
    let small = i64::try_from(SMALL).unwrap_or(i64::MAX);
    if wanted.classes.is_some_and(|classes| classes.iter().map(|class| class.size).sum::<i64>() <= small) {
        return Ok(true);
    }
    let Some(population) = wanted.population else { return Ok(false) };
    let size = sql("SELECT COUNT(*) FROM (SELECT mp.member_id FROM member_population mp \
         JOIN population p ON p.id = mp.population_id WHERE p.site_id = $1 AND p.slug = $2 LIMIT $3) AS few")
    .bind(site.0)
    .bind(population)
    .bind(small + 1)
    .number(on)
    .await?;
    Ok(size <= small)
}

/// A small set, by name.
pub(super) async fn of_few<L>(on: &mut L, site: SiteId, wanted: &Wanted<'_>) -> Result<Vec<Member>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    let mut values: Vec<Value> = vec![site.0.into()];
    let after = begin(&mut values, wanted.after);
    let conditions = wanted.conditions(&mut values, wanted.words, true);
    values.push(wanted.limit().into());
    // A plus sign keeps the planners from an index: here of names, elsewhere of classes.
    let text = format!(
        "SELECT {COLUMNS} FROM member m WHERE +m.site_id = $1{after}{conditions} \
         ORDER BY m.name_key, +m.id LIMIT ${}",
        values.len()
    );
    store::found(on, site, Sql::assembled(text).bind_each(values)).await
}

/// Where a page by word begins: after this place, word, name and id.
pub(super) type AfterWord = (i64, String, String, i64);

/// A page by word, best place first; and where the next one begins.
pub(super) async fn by_word<L>(
    on: &mut L,
    site: SiteId,
    wanted: &Wanted<'_>,
    mut after: Option<AfterWord>,
) -> Result<(Vec<Member>, Option<AfterWord>), DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    let driver = rarest(on, site, wanted.words).await?;
    let others: Vec<String> = wanted.words.iter().filter(|word| **word != driver).cloned().collect();
    let mut found: Vec<Member> = Vec::new();
    for place in [Place::Name as i64, Place::About as i64] {
        if after.as_ref().is_some_and(|(from, ..)| *from > place) {
            continue;
        }
        loop {
            let begin = after.take().filter(|(from, ..)| *from == place);
            let rows = words_page(on, site, wanted, &driver, &others, place, begin).await?;
            let full = rows.len() == wanted.limit;
            let ids: Vec<i64> = rows.iter().map(|(_, _, id)| *id).collect();
            let members = store::by_ids(on, site, &ids).await?;
            let known: HashSet<i64> = members.iter().map(|m| m.id).collect();
            let mut members: std::collections::HashMap<i64, Member> = members.into_iter().map(|m| (m.id, m)).collect();
            for (word, name_key, id) in rows {
                let here = (place, word, name_key, id);
                if let Some(member) = members.get(&id).filter(|member| first_match(member, &driver, &here)) {
                    if found.len() + 1 == wanted.limit {
                        return Ok((found, after));
                    }
                    found.push(member.clone());
                    members.remove(&id);
                }
                after = Some(here);
            }
            debug_assert!(ids.iter().all(|id| known.contains(id)));
            if !full {
                break;
            }
        }
    }
    Ok((found, None))
}

/// The word with the fewest members, as far as counting is worth it.
async fn rarest<L>(on: &mut L, site: SiteId, words: &[String]) -> Result<String, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    let mut best: Option<(i64, &String)> = None;
    for word in words {
        let mut count = 0;
        for place in [Place::Name as i64, Place::About as i64] {
            count += sql("SELECT COUNT(*) FROM (SELECT w.member_id FROM member_word w \
                 WHERE w.site_id = $1 AND w.place = $2 AND w.word >= $3 AND w.word < $4 LIMIT $5) AS few")
            .bind(site.0)
            .bind(place)
            .bind(word.as_str())
            .bind(end_of(word))
            .bind(i64::try_from(SMALL).unwrap_or(i64::MAX))
            .number(&mut *on)
            .await?;
        }
        if best.is_none_or(|(least, _)| count < least) {
            best = Some((count, word));
        }
        if words.len() == 1 {
            break;
        }
    }
    Ok(best.map(|(_, word)| word.clone()).unwrap_or_default())
}

/// The first text, by bytes, that no longer begins with this word: no character is greater than the last one.
fn end_of(word: &str) -> String {
    format!("{word}\u{10FFFF}")
}

async fn words_page<L>(
    on: &mut L,
    site: SiteId,
    wanted: &Wanted<'_>,
    driver: &str,
    others: &[String],
    place: i64,
    after: Option<AfterWord>,
) -> Result<Vec<(String, String, i64)>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    let mut values: Vec<Value> = vec![site.0.into(), place.into(), driver.into(), end_of(driver).into()];
    let mut begin = String::new();
    if let Some((_, word, name, id)) = after {
        values.extend([word.into(), name.into(), id.into()]);
        begin.push_str(" AND (w.word, w.name_key, w.member_id) > ($5, $6, $7)");
    }
    let conditions = wanted.conditions(&mut values, others, false);
    values.push(wanted.limit().into());
    let text = format!(
        "SELECT w.word, w.name_key, w.member_id FROM member_word w CROSS JOIN member m \
         WHERE m.id = w.member_id AND w.site_id = $1 AND w.place = $2 AND w.word >= $3 AND w.word < $4{begin}{conditions} \
         ORDER BY w.word, w.name_key, w.member_id LIMIT ${}",
        values.len()
    );
    Sql::assembled(text).bind_each(values).all(on).await
}

/// Whether this is the first place at which a member is found: they are shown there and nowhere else.
fn first_match(member: &Member, driver: &str, here: &AfterWord) -> bool {
    let words = member.words();
    let first = words.iter().find(|(_, word)| word.starts_with(driver));
    first.is_some_and(|(place, word)| *place as i64 == here.0 && *word == here.1)
}

//! Classes: members whom the contact rules cannot tell apart, because they are in the same populations and segments
//! as far as any rule speaks of them. Rules are decided between classes, and the directory is read by them.

use super::store::Member;
use super::{populations, views};
use crate::app::App;
use crate::platform::cache::Kept;
use crate::platform::db::{DbError, Link, Sql, Tx, holding_none, list, placeholders, sql};
use crate::sites::SiteId;
use domain::members::{Filter, search_text};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// So many members are looked at in one go when segments change.
const AT_ONCE: usize = 500;

/// Which groups each class is in. A class never changes: others take its place.
pub struct Classes {
    groups: Kept<Arc<[i64]>>,
}

impl Default for Classes {
    fn default() -> Self {
        Classes { groups: Kept::new(10_000) }
    }
}

impl Classes {
    /// The populations and segments of a class, sorted.
    pub async fn groups(&self, app: &App, site: SiteId, class: i64) -> Result<Arc<[i64]>, DbError> {
        holding_none();
        if let Some(groups) = self.groups.get(class) {
            return Ok(groups);
        }
        let asked = self.groups.ask();
        let found: Option<(String,)> = sql("SELECT groups FROM member_class WHERE site_id = $1 AND id = $2")
            .bind(site.0)
            .bind(class)
            .maybe(&mut app.db.read().await?)
            .await?;
        let groups: Arc<[i64]> = found.map(|(groups,)| read_groups(&groups)).unwrap_or_default().into();
        self.groups.read(asked, class, groups.clone());
        Ok(groups)
    }
}

/// A class of a site.
pub struct Class {
    /// Ours.
    pub id: i64,
    /// Its populations and segments, sorted.
    pub groups: Vec<i64>,
    /// About how many members.
    pub size: i64,
}

/// All classes of a site.
pub async fn of_site(on: impl Into<Link<'_>>, site: SiteId) -> Result<Vec<Class>, DbError> {
    let rows: Vec<(i64, String, i64)> =
        sql("SELECT id, groups, size FROM member_class WHERE site_id = $1 AND size > 0").bind(site.0).all(on).await?;
    let class = |(id, groups, size): (i64, String, i64)| Class { id, groups: read_groups(&groups), size };
    Ok(rows.into_iter().map(class).collect())
}

fn read_groups(text: &str) -> Vec<i64> {
    serde_json::from_str(text).unwrap_or_default()
}

/// The populations and views that rules of a site speak of.
struct Spoken {
    populations: Vec<(i64, String)>,
    views: Vec<(i64, Filter)>,
}

impl Spoken {
    async fn read(tx: &mut Tx, site: SiteId) -> Result<Spoken, DbError> {
        Ok(Spoken { populations: populations::in_rules(tx, site).await?, views: views::in_rules(tx, site).await? })
    }

    fn groups_of(&self, member: &Member) -> Vec<i64> {
        let populations = self.populations.iter().filter(|(_, slug)| member.populations.contains(slug));
        let mut groups: Vec<i64> = populations.map(|(id, _)| *id).collect();
        if !self.views.is_empty() {
            let text = search_text(&member.words());
            let described = member.described(&text);
            groups.extend(self.views.iter().filter(|(_, filter)| filter.matches(&described)).map(|(id, _)| *id));
        }
        groups.sort_unstable();
        groups
    }
}

/// Puts a member, about to be stored, into their class; `known` is the class they were in.
pub(super) async fn classify(app: &App, tx: &mut Tx, member: &mut Member, known: Option<i64>) -> Result<(), DbError> {
    let groups = Spoken::read(tx, member.site).await?.groups_of(member);
    member.class = ensure(app, tx, member.site, &groups).await?;
    if known != Some(member.class) {
        let text = "UPDATE member_class SET size = size + $3 WHERE site_id = $1 AND id = $2";
        for (class, more) in known.map(|class| (class, -1)).into_iter().chain([(member.class, 1_i64)]) {
            sql(text).bind(member.site.0).bind(class).bind(more).run(&mut *tx).await?;
        }
    }
    Ok(())
}

/// The class with these groups, made if needed.
async fn ensure(app: &App, tx: &mut Tx, site: SiteId, groups: &[i64]) -> Result<i64, DbError> {
    let groups = serde_json::to_string(groups).unwrap_or_default();
    let find = sql("SELECT id FROM member_class WHERE site_id = $1 AND groups = $2").bind(site.0).bind(&*groups);
    let found: Option<(i64,)> = find.clone().maybe(&mut *tx).await?;
    if let Some((id,)) = found {
        return Ok(id);
    }
    sql("INSERT INTO member_class (id, site_id, groups, size) VALUES ($1, $2, $3, 0) \
         ON CONFLICT (site_id, groups) DO NOTHING")
    .bind(app.ids.next(&app.clock))
    .bind(site.0)
    .bind(&*groups)
    .run(&mut *tx)
    .await?;
    find.number(tx).await
}

/// From now on rules speak of these populations and views. Members whose class this changes move, in the same
/// transaction; afterwards [`super::Members::forget_site`] must be called.
pub(crate) async fn follow(
    app: &App,
    tx: &mut Tx,
    site: SiteId,
    populations: &BTreeSet<i64>,
    views: &BTreeSet<i64>,
) -> Result<(), DbError> {
    let now: BTreeSet<i64> = populations::in_rules(tx, site).await?.into_iter().map(|(id, _)| id).collect();
    let now_views: BTreeSet<i64> = views::in_rules(tx, site).await?.into_iter().map(|(id, _)| id).collect();
    if &now == populations && &now_views == views {
        return Ok(());
    }
    populations::set_in_rules(tx, site, populations).await?;
    views::set_in_rules(tx, site, views).await?;
    reclassify(app, tx, site).await
}

/// Looks at every member of a site again.
pub(super) async fn reclassify(app: &App, tx: &mut Tx, site: SiteId) -> Result<(), DbError> {
    let spoken = Spoken::read(tx, site).await?;
    let mut known: HashMap<Vec<i64>, i64> = HashMap::new();
    let mut after = 0;
    loop {
        let members = super::store::after(tx, site, after, AT_ONCE).await?;
        let Some(last) = members.last() else { break };
        after = last.id;
        let mut moved: Vec<(i64, i64)> = Vec::new();
        for member in &members {
            let groups = spoken.groups_of(member);
            let class = match known.get(&groups) {
                Some(class) => *class,
                None => {
                    let class = ensure(app, tx, site, &groups).await?;
                    known.insert(groups, class);
                    class
                }
            };
            if class != member.class {
                moved.push((member.id, class));
            }
        }
        move_members(tx, site, &moved).await?;
    }
    sql("UPDATE member_class SET size = (SELECT COUNT(*) FROM member m WHERE m.class_id = member_class.id) \
         WHERE site_id = $1")
    .bind(site.0)
    .run(&mut *tx)
    .await?;
    let kept: Vec<i64> = known.into_values().collect();
    let text =
        format!("DELETE FROM member_class WHERE site_id = $1 AND size = 0 AND id NOT IN ({})", list(2, kept.len()));
    if !kept.is_empty() {
        Sql::assembled(text).bind(site.0).bind_each(kept).run(tx).await?;
    }
    Ok(())
}

async fn move_members(tx: &mut Tx, site: SiteId, moved: &[(i64, i64)]) -> Result<(), DbError> {
    if moved.is_empty() {
        return Ok(());
    }
    let text = format!(
        "UPDATE member SET class_id = v.column2 FROM (VALUES {}) AS v WHERE site_id = ${} AND member.id = v.column1",
        placeholders(1, moved.len(), 2),
        moved.len() * 2 + 1
    );
    let values = moved.iter().flat_map(|(member, class)| [*member, *class]);
    Sql::assembled(text).bind_each(values).bind(site.0).run(tx).await.map(drop)
}

//! How many members are in which of some populations and views: for knowing what a change of rules would do.

use super::{classes, store};
use crate::app::App;
use crate::platform::db::{DbError, Reader, sql};
use crate::sites::SiteId;
use domain::members::{Filter, search_text};
use std::collections::{BTreeSet, HashMap};

/// So many members are looked at in one go.
const AT_ONCE: usize = 500;

/// Members who are in the same of those groups.
pub struct Alike {
    /// The groups, sorted.
    pub groups: Vec<i64>,
    /// How many they are.
    pub size: i64,
    /// One or two of them.
    pub examples: Vec<i64>,
}

/// Where somebody belongs.
pub enum Belongs {
    /// By the class they are in.
    Class(HashMap<i64, usize>),
    /// By who they are.
    Member(HashMap<i64, usize>),
}

/// The members of a site as far as some groups tell them apart.
pub struct Survey {
    /// Those who are alike.
    pub alike: Vec<Alike>,
    /// To which of them somebody belongs.
    pub belongs: Belongs,
}

/// A population's slug or a view's filter.
struct Group {
    id: i64,
    slug: Option<String>,
    filter: Option<Filter>,
    in_rules: bool,
}

/// Looks at the members of a site. Where the rules of today speak of all these groups, their classes tell it already.
pub async fn survey(app: &App, site: SiteId, groups: &BTreeSet<i64>) -> Result<Survey, DbError> {
    let mut reader = app.db.read().await?;
    let mut all = known(&mut reader, site).await?;
    all.retain(|group| groups.contains(&group.id));
    if all.iter().all(|group| group.in_rules) {
        by_class(&mut reader, site).await
    } else {
        one_by_one(&mut reader, site, &all).await
    }
}

async fn known(reader: &mut Reader, site: SiteId) -> Result<Vec<Group>, DbError> {
    let populations: Vec<(i64, String, bool)> =
        sql("SELECT id, slug, in_rules FROM population WHERE site_id = $1").bind(site.0).all(&mut *reader).await?;
    let views: Vec<(i64, String, bool)> =
        sql("SELECT id, filter, in_rules FROM view WHERE site_id = $1").bind(site.0).all(reader).await?;
    let population = |(id, slug, in_rules)| Group { id, slug: Some(slug), filter: None, in_rules };
    let view = |(id, filter, in_rules): (i64, String, bool)| {
        let form: super::grid::FilterForm = serde_json::from_str(&filter).unwrap_or_default();
        Group { id, slug: None, filter: Some(form.filter()), in_rules }
    };
    Ok(populations.into_iter().map(population).chain(views.into_iter().map(view)).collect())
}

async fn by_class(reader: &mut Reader, site: SiteId) -> Result<Survey, DbError> {
    let classes = classes::of_site(&mut *reader, site).await?;
    let counted: Vec<(i64, i64, i64, i64)> =
        sql("SELECT class_id, COUNT(*), MIN(id), MAX(id) FROM member WHERE site_id = $1 AND erased_at IS NULL GROUP BY class_id")
            .bind(site.0)
            .all(reader)
            .await?;
    let counted: HashMap<i64, (i64, i64, i64)> = counted.into_iter().map(|(id, n, a, b)| (id, (n, a, b))).collect();
    let mut survey = Survey { alike: Vec::new(), belongs: Belongs::Class(HashMap::new()) };
    let Belongs::Class(belongs) = &mut survey.belongs else { return Ok(survey) };
    for class in classes {
        let Some((size, first, last)) = counted.get(&class.id).copied() else { continue };
        belongs.insert(class.id, survey.alike.len());
        let examples = if first == last { vec![first] } else { vec![first, last] };
        survey.alike.push(Alike { groups: class.groups, size, examples });
    }
    Ok(survey)
}

async fn one_by_one(reader: &mut Reader, site: SiteId, groups: &[Group]) -> Result<Survey, DbError> {
    let (mut places, mut alike, mut belongs): (HashMap<Vec<i64>, usize>, Vec<Alike>, _) =
        (HashMap::new(), Vec::new(), HashMap::new());
    let mut after = 0;
    loop {
        let members = store::after(reader, site, after, AT_ONCE).await?;
        let Some(last) = members.last() else { break };
        after = last.id;
        for member in members.iter().filter(|member| !member.is_erased()) {
            let text = search_text(&member.words());
            let described = member.described(&text);
            let is_in = |group: &&Group| match (&group.slug, &group.filter) {
                (Some(slug), _) => member.populations.contains(slug),
                (_, Some(filter)) => filter.matches(&described),
                _ => false,
            };
            let mut of: Vec<i64> = groups.iter().filter(is_in).map(|group| group.id).collect();
            of.sort_unstable();
            let place = *places.entry(of.clone()).or_insert_with(|| {
                alike.push(Alike { groups: of, size: 0, examples: Vec::new() });
                alike.len() - 1
            });
            alike[place].size += 1;
            if alike[place].examples.len() < 2 {
                alike[place].examples.push(member.id);
            }
            belongs.insert(member.id, place);
        }
    }
    Ok(Survey { alike, belongs: Belongs::Member(belongs) })
}

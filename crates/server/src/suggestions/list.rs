//! The members who suit somebody best, of those they may see and start with.

use super::index::{Carrier, carried};
use super::store;
use crate::app::App;
use crate::members::directory::views_with;
use crate::members::{Member, MemberView, Relation};
use crate::platform::http::{Answer, Code, Page, Problem};
use crate::rules::{self, Between};
use crate::sites::Site;
use domain::rules::Right;
use domain::suggestions::Affinity;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use utoipa::ToSchema;

/// The rules are asked of each who is found; if some may not be shown, so often others are looked for.
const MOST_ROUNDS: usize = 3;

/// A member proposed to another.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Suggestion {
    /// Who.
    pub member: MemberView,
    /// How well they suit, 0 to 1; the same seen from either side.
    #[schema(minimum = 0.0, maximum = 1.0)]
    pub score: f64,
    /// Interests the two share, the rarest first.
    pub shared: Vec<String>,
    /// What they offer and the caller looks for.
    pub offers: Vec<String>,
    /// What they look for and the caller offers.
    pub looks_for: Vec<String>,
    /// What the caller may do with them: as in `member`.
    pub relation: Relation,
}

/// Suggestions are on, and members may chat.
pub(super) fn check(site: &Site, me: &Member) -> Answer<()> {
    rules::permit_own(site, me)?;
    if site.settings.features.matchmaking { Ok(()) } else { Err(Problem::new(Code::FeatureOff)) }
}

/// The best first. Whoever carries no theme is suggested nobody.
pub async fn page(app: &App, site: &Site, me: &Arc<Member>, limit: usize) -> Answer<Page<Suggestion>> {
    check(site, me)?;
    if carried(me).is_empty() {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let passed_over = store::passed_over(&mut app.db.read().await?, site.id, me.id).await?.into_iter().collect();
    let classes = rules::startable_classes(app, site, me).await?;
    let mut search = Search { app, site, me, myself: Carrier::of(me), passed_over, classes };
    let (mut members, mut between) = (Vec::new(), HashMap::new());
    for _ in 0..MOST_ROUNDS {
        let asked = limit - members.len();
        let found = search.best(asked).await?;
        let short = found.len() < asked;
        members.extend(search.permitted(found, &mut between).await?);
        if short || members.len() >= limit {
            break;
        }
    }
    let items = search.shown(members, &between).await?;
    Ok(Page { items, next: None })
}

struct Search<'a> {
    app: &'a App,
    site: &'a Site,
    me: &'a Arc<Member>,
    myself: Carrier,
    passed_over: HashSet<i64>,
    /// The classes whose members one may see and write to first; `None`: all.
    classes: Option<HashSet<i64>>,
}

impl Search<'_> {
    /// The best of those who are left; they count as shown.
    async fn best(&self, most: usize) -> Answer<Vec<i64>> {
        let Search { app, site, me, myself, passed_over, classes } = self;
        let best = app.suggestions.ask(app, site.id, |index, exposure| {
            let may = |id: i64, class: i64| {
                classes.as_ref().is_none_or(|classes| classes.contains(&class))
                    && !passed_over.contains(&id)
                    && exposure.allows(me.id, id)
            };
            let best: Vec<i64> = index.best(myself, most, may).into_iter().map(|(id, _)| id).collect();
            exposure.shown(me.id, best.iter().copied());
            best
        });
        Ok(best.await?)
    }

    /// Those whom the rules let one see and write to first: what the index knows of rules is not the decision.
    async fn permitted(&mut self, found: Vec<i64>, between: &mut HashMap<i64, Between>) -> Answer<Vec<Arc<Member>>> {
        let (app, site, me) = (self.app, self.site, self.me);
        let mut members = app.members.get_all(&app.db, site.id, &found).await?;
        between.extend(rules::between(app, site, me, &found).await?);
        self.passed_over.extend(found.iter().copied());
        let mut permitted = Vec::with_capacity(found.len());
        for id in found {
            let Some(member) = members.remove(&id) else { continue };
            let between = between.get(&id).copied().unwrap_or_default();
            let mut may = member.profile.contactable;
            for right in [Right::See, Right::Start] {
                may = may && rules::permit(app, site, me, &member, right, &between).await.is_ok();
            }
            if may {
                permitted.push(member);
            }
        }
        Ok(permitted)
    }

    /// With score and reasons.
    async fn shown(&self, members: Vec<Arc<Member>>, between: &HashMap<i64, Between>) -> Answer<Vec<Suggestion>> {
        let Search { app, site, me, .. } = self;
        let suits = app.suggestions.ask(app, site.id, |index, _| {
            let suits =
                |other: &Arc<Member>| Affinity::between(carried(me), carried(other), |theme| index.rarity_of(theme));
            members.iter().map(suits).collect::<Vec<Affinity>>()
        });
        let suits = suits.await?;
        let views = views_with(app, site, me, &members, between).await?;
        let mut all: Vec<(Affinity, MemberView)> = suits.into_iter().zip(views).collect();
        all.sort_by(|(a, _), (b, _)| b.score.total_cmp(&a.score));
        let suggestion = |(suits, member): (Affinity, MemberView)| Suggestion {
            score: (suits.score * 10_000.0).round() / 10_000.0,
            shared: suits.shared,
            offers: suits.offers,
            looks_for: suits.looks_for,
            relation: member.relation.clone(),
            member,
        };
        Ok(all.into_iter().map(suggestion).collect())
    }
}

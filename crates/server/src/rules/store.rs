use super::preview::Between;
use crate::members::survey::{Belongs, Survey};
use crate::platform::db::{DbError, Link, Sql, Tx, placeholders, sql};
use crate::platform::http::{Answer, Code, Problem};
use crate::sites::SiteId;
use domain::rules::{Effect, Right, Rights, Rule, Target};

type RuleRow = (i64, Option<i64>, bool, i64);

/// The rules of a site, in order.
pub(super) async fn all(on: impl Into<Link<'_>>, site: SiteId) -> Result<Vec<Rule>, DbError> {
    let rows = sql("SELECT from_group, to_group, never, rights FROM contact_rule WHERE site_id = $1 ORDER BY place");
    let rows: Vec<RuleRow> = rows.bind(site.0).all(on).await?;
    let rule = |(from, to, never, rights): RuleRow| Rule {
        from,
        to: to.map_or(Target::Everyone, Target::Group),
        effect: if never { Effect::Never } else { Effect::Allow },
        rights: Right::ALL.into_iter().filter(|right| rights & (1 << *right as i64) != 0).collect(),
    };
    Ok(rows.into_iter().map(rule).collect())
}

/// These are the rules from now on.
pub(super) async fn replace(tx: &mut Tx, site: SiteId, rules: &[Rule]) -> Result<(), DbError> {
    sql("DELETE FROM contact_rule WHERE site_id = $1").bind(site.0).run(&mut *tx).await?;
    for (first, chunk) in rules.chunks(100).enumerate() {
        let mut query = Sql::assembled(format!(
            "INSERT INTO contact_rule (site_id, place, from_group, to_group, never, rights) VALUES {}",
            placeholders(1, chunk.len(), 6)
        ));
        for (place, rule) in chunk.iter().enumerate() {
            let to = match rule.to {
                Target::Everyone => None,
                Target::Group(group) => Some(group),
            };
            let place = i64::try_from(first * 100 + place).unwrap_or(i64::MAX);
            query = query.bind(site.0).bind(place).bind(rule.from).bind(to).bind(rule.effect == Effect::Never);
            query = query.bind(bits(rule.rights));
        }
        query.run(&mut *tx).await?;
    }
    Ok(())
}

fn bits(rights: Rights) -> i64 {
    Right::ALL.into_iter().filter(|right| rights.has(*right)).map(|right| 1 << right as i64).sum()
}

/// A population or a view that rules speak of can't go: the problem names them (their places, from 1).
pub async fn refuse_if_used(tx: &mut Tx, site: SiteId, group: i64) -> Answer<()> {
    let rules = all(tx, site).await?;
    let speaks = |rule: &Rule| rule.from == group || rule.to == Target::Group(group);
    let used: Vec<String> =
        rules.iter().enumerate().filter(|(_, rule)| speaks(rule)).map(|(at, _)| (at + 1).to_string()).collect();
    match used.as_slice() {
        [] => Ok(()),
        [one] => Err(Problem::with(Code::Conflict, format!("contact rule {one} uses it: change that rule first"))),
        more => {
            let detail = format!("contact rules {} use it: change those rules first", more.join(", "));
            Err(Problem::with(Code::Conflict, detail))
        }
    }
}

/// The direct conversations of a site, counted by the two sides.
pub(super) async fn between(on: impl Into<Link<'_>>, site: SiteId, survey: &Survey) -> Result<Vec<Between>, DbError> {
    let text = match &survey.belongs {
        Belongs::Class(_) => {
            "SELECT ma.class_id, mb.class_id, a.wrote, b.wrote, COUNT(*) FROM conversation c \
             JOIN participant a ON a.conversation_id = c.id \
             JOIN participant b ON b.conversation_id = c.id AND b.member_id > a.member_id \
             JOIN member ma ON ma.id = a.member_id JOIN member mb ON mb.id = b.member_id \
             WHERE c.site_id = $1 AND c.kind = 'direct' GROUP BY ma.class_id, mb.class_id, a.wrote, b.wrote"
        }
        Belongs::Member(_) => {
            "SELECT a.member_id, b.member_id, a.wrote, b.wrote, CAST(1 AS BIGINT) FROM conversation c \
             JOIN participant a ON a.conversation_id = c.id \
             JOIN participant b ON b.conversation_id = c.id AND b.member_id > a.member_id \
             WHERE c.site_id = $1 AND c.kind = 'direct'"
        }
    };
    let rows: Vec<(i64, i64, bool, bool, i64)> = sql(text).bind(site.0).all(on).await?;
    Ok(rows.into_iter().filter_map(|row| Between::of(&survey.belongs, row)).collect())
}

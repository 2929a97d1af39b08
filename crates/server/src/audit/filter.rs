//! Which entries somebody asks for.

use crate::platform::clock::Millis;
use crate::platform::http::{Answer, Problem};
use crate::platform::ids;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use utoipa::IntoParams;

const DAY: Millis = 24 * 60 * 60 * 1_000;

/// Which entries, and which page of them.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct AuditQuery {
    /// Who did it: an id, or the whole name.
    pub actor: Option<String>,
    /// What: `sanction.create`, or `sanction` for all of that kind.
    pub action: Option<String>,
    /// To what: an id, or a kind (`member`).
    pub subject: Option<String>,
    /// Not before: a time (RFC 3339) or a day (`2026-11-21`, UTC).
    pub from: Option<String>,
    /// Before this time, or until the end of this day.
    pub to: Option<String>,
    /// At most this many: 50 unless given, never more than 200. Not for the export.
    pub limit: Option<i64>,
    /// The `next` of the page before. Not for the export.
    pub cursor: Option<String>,
}

/// The same, read.
#[derive(Default)]
pub(super) struct Filter {
    pub actor: Option<Actor>,
    pub action: Option<String>,
    pub subject: Option<String>,
    pub from: Option<Millis>,
    pub before: Option<Millis>,
}

/// Who did it.
pub(super) enum Actor {
    Id(i64),
    Name(String),
}

impl AuditQuery {
    /// What is asked for; what is empty is not asked.
    pub fn filter(&self) -> Answer<Filter> {
        let given = |text: &Option<String>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
        let actor = given(&self.actor).map(|text| ids::read(&text).map_or(Actor::Name(text), Actor::Id));
        let from = given(&self.from).map(|text| time("from", &text)).transpose()?;
        let to = given(&self.to).map(|text| time("to", &text)).transpose()?;
        Ok(Filter {
            actor,
            action: given(&self.action),
            subject: given(&self.subject),
            from: from.map(|(at, _)| at),
            before: to.map(|(at, whole_day)| if whole_day { at + DAY } else { at }),
        })
    }
}

/// A time, or the beginning of a day.
fn time(field: &str, text: &str) -> Answer<(Millis, bool)> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok((at.as_millisecond(), false));
    }
    let day = text.parse::<Date>().ok().and_then(|day| day.to_zoned(TimeZone::UTC).ok());
    let refused =
        || Problem::invalid(format!("{field}: a time such as 2026-11-21T10:00:00Z, or a day such as 2026-11-21"));
    day.map(|day| (day.timestamp().as_millisecond(), true)).ok_or_else(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_days() {
        let query =
            |from: &str, to: &str| AuditQuery { from: Some(from.into()), to: Some(to.into()), ..AuditQuery::default() };
        let filter = query("2026-11-21T10:00:00Z", "2026-11-21").filter().unwrap();
        assert_eq!((filter.from, filter.before), (Some(1_795_255_200_000), Some(1_795_305_600_000)));
        let filter = query("2026-11-21T11:00:00+01:00", "").filter().unwrap();
        assert_eq!((filter.from, filter.before), (Some(1_795_255_200_000), None));
        assert!(query("yesterday", "").filter().is_err());
    }
}

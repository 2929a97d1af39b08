//! How a site is doing, on one page.

use super::{DAY, store, write_down};
use crate::app::App;
use crate::members;
use crate::operators::SignedInOperator;
use crate::platform::clock::{Millis, rfc3339};
use crate::platform::db::Reader;
use crate::platform::http::{Answer, ProblemBody};
use crate::sites::SiteId;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How far back one looks.
const DAYS: i64 = 30;
/// How fast the organizers answer, and who was here on days that are over, is worked out this often at most.
const FRESH: Millis = 5 * 60 * 1_000;

/// The routes of this slice.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read_overview))
}

/// How the site is doing. Days are days of UTC.
#[derive(Serialize, ToSchema)]
struct Overview {
    /// Members who are connected now.
    connected: usize,
    /// Members there are.
    members: i64,
    /// Messages sent today.
    messages_today: i64,
    /// Members who were here today.
    active_today: i64,
    /// Conversations with the organizers that hold something unread.
    waiting_conversations: i64,
    /// Reports that nobody has looked after.
    open_reports: i64,
    /// In how many minutes the organizers answered, in the middle case of the last 30 days; null: they never had to.
    response_minutes: Option<f64>,
    /// The last 30 days, today last.
    days: Vec<DayFigures>,
}

/// A day.
#[derive(Default, Serialize, ToSchema)]
struct DayFigures {
    /// Which (`2026-11-21`).
    day: String,
    /// Messages sent.
    messages: i64,
    /// Members who were here.
    active: i64,
    /// Of the messages, those between members and organizers.
    organizer_messages: i64,
}

/// How the site is doing.
#[utoipa::path(get, path = "/admin/overview", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = Overview), (status = 401, body = ProblemBody)))]
async fn read_overview(State(app): State<App>, me: SignedInOperator) -> Answer<Json<Overview>> {
    write_down(&app).await?;
    let (site, now) = (me.site.id, app.clock.now());
    let days = days(&app, site, now / DAY).await?;
    let response_minutes = response_minutes(&app, site, now).await?;
    let mut reader = app.db.read().await?;
    let today = days.last();
    Ok(Json(Overview {
        connected: app.hub.connected_members(site.0).len(),
        members: members::count(&mut reader, site).await?,
        messages_today: today.map_or(0, |day| day.messages),
        active_today: today.map_or(0, |day| day.active),
        waiting_conversations: store::waiting(&mut reader, site).await?,
        open_reports: store::open_reports(&mut reader, site).await?,
        response_minutes,
        days,
    }))
}

async fn days(app: &App, site: SiteId, today: i64) -> Answer<Vec<DayFigures>> {
    let first = today - DAYS + 1;
    let mut reader = app.db.read().await?;
    let said: HashMap<i64, (i64, i64)> =
        store::said(&mut reader, site, first).await?.into_iter().map(|(day, all, some)| (day, (all, some))).collect();
    let mut active = days_over(app, &mut reader, site, (first, today - 1)).await?;
    active.extend(store::active(&mut reader, site, (today, today)).await?);
    let figures = |day: i64| {
        let (messages, organizer_messages) = said.get(&day).copied().unwrap_or_default();
        let active = active.get(&day).copied().unwrap_or_default();
        DayFigures { day: rfc3339(day * DAY)[..10].to_owned(), messages, active, organizer_messages }
    };
    Ok((first..=today).map(figures).collect())
}

/// Who was here on days that are over: of a large site, many rows that change no more.
async fn days_over(
    app: &App,
    reader: &mut Reader,
    site: SiteId,
    (first, last): (i64, i64),
) -> Answer<HashMap<i64, i64>> {
    let now = app.clock.now();
    if let Some(known) = app.figures.days_over.get(&(site, last), now) {
        return Ok(known);
    }
    let active: HashMap<i64, i64> = store::active(reader, site, (first, last)).await?.into_iter().collect();
    app.figures.days_over.keep((site, last), active.clone(), (now, now + FRESH));
    Ok(active)
}

async fn response_minutes(app: &App, site: SiteId, now: Millis) -> Answer<Option<f64>> {
    if let Some(minutes) = app.figures.answering.get(&site, now) {
        return Ok(minutes);
    }
    let rows = store::exchanges(&mut app.db.read().await?, site, now - DAYS * DAY).await?;
    let minutes = median(waits(&rows)).map(|wait| (wait as f64 / 6_000.0).round() / 10.0);
    app.figures.answering.keep(site, minutes, (now, now + FRESH));
    Ok(minutes)
}

/// How long members waited: from their first word that was not answered to the answer.
fn waits(rows: &[(i64, String, Millis)]) -> Vec<Millis> {
    let (mut waits, mut waiting): (Vec<Millis>, Option<(i64, Millis)>) = (Vec::new(), None);
    for (conversation, author, at) in rows {
        waiting = waiting.filter(|(of, _)| of == conversation);
        match (author.as_str(), waiting) {
            ("member", None) => waiting = Some((*conversation, *at)),
            ("operator", Some((_, since))) => {
                waits.push(at - since);
                waiting = None;
            }
            _ => {}
        }
    }
    waits
}

fn median(mut of: Vec<Millis>) -> Option<Millis> {
    of.sort_unstable();
    let middle = of.len().checked_sub(1)? / 2;
    Some(if of.len() % 2 == 1 { of[middle] } else { (of[middle] + of[middle + 1]) / 2 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_from_the_first_unanswered_word_to_the_answer() {
        let row = |of: i64, who: &str, at: Millis| (of, who.to_owned(), at);
        let rows = [
            row(1, "operator", 0),
            row(1, "member", 10),
            row(1, "member", 50),
            row(1, "operator", 110),
            row(1, "operator", 120),
            row(1, "member", 130),
            row(2, "operator", 500),
            row(2, "member", 600),
            row(2, "operator", 650),
        ];
        assert_eq!(waits(&rows), [100, 50]);
        assert_eq!((median(vec![3, 1, 2]), median(vec![4, 1, 2, 3]), median(vec![])), (Some(2), Some(2), None));
    }
}

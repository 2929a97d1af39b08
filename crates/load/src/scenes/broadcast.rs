//! A broadcast to many, while some others go on talking to each other at a steady rate.

use super::Probe;
use super::direct::{Talk, finish};
use crate::crowd::Crowd;
use crate::report::{Report, Target};
use crate::stage::{Member, Stage, text};
use crate::stats::Histogram;
use crate::{Options, Res};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Pairs that talk, and messages a second of all of them.
const PAIRS: usize = 50;
const RATE: u32 = 200;
/// A broadcast that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(300);

/// Lets them talk, then sends the broadcast beside it.
pub fn play(options: &Options, recipients: usize, report: &mut Report) -> Res {
    let mut stage = Stage::new(options)?;
    stage.import(recipients)?;
    let members = stage.members(0, 2 * PAIRS)?;
    let both: Vec<(&Member, &Member)> = members.chunks(2).map(|pair| (&pair[0], &pair[1])).collect();
    let mut talk = Talk::of(stage.pairs(&both)?);
    talk.over = true;
    let mut crowd = Crowd::new(stage.address(), &members, false)?;
    let everybody: Vec<usize> = (0..members.len()).collect();
    crowd.connect(&everybody, 100)?;
    crowd.settle(Duration::from_millis(300))?;
    let mut pace = Pace { begin: Instant::now(), sent: 0 };
    let length = Duration::from_secs(options.seconds);
    pace.run(&mut crowd, &mut talk, |begin| Ok(begin.elapsed() < length))?;
    let before = told(report, &mut talk, "alone");

    let wish = json!({"client_id": "018f4e2a-0000-7000-8000-000000000001", "body": "Doors open at nine", "filter": {"query": "import"}});
    let asked = Instant::now();
    let made = stage.ask_as_owner("POST", "/api/v1/admin/broadcasts", Some(&wish))?;
    report.add("P10", "accepted, s", asked.elapsed().as_secs_f64(), Target::AtMost(1.0));
    let probe = Probe::new(stage.server()?)?;
    let path = format!("/api/v1/admin/broadcasts/{}", text(&made, "id")?);
    let mut last = Value::Null;
    let mut looked = Instant::now();
    pace.run(&mut crowd, &mut talk, |begin| {
        if looked.elapsed() > Duration::from_secs(1) {
            last = stage.ask_as_owner("GET", &path, None)?;
            looked = Instant::now();
        }
        Ok(last["state"] != "done" && begin.elapsed() < PATIENCE)
    })?;
    let cost = probe.since(stage.server()?)?;
    let during = told(report, &mut talk, "during the broadcast");
    let delivered = last["delivered"].as_f64().unwrap_or(0.0);
    report.fault("recipients who did not get it", recipients as u64 - delivered as u64);
    report.add("P10", format!("delivered to {recipients} within, s"), cost.seconds, Target::AtMost(60.0));
    report.add("P10", "recipients/s", delivered / cost.seconds, Target::None);
    report.add("P10", "server CPU per recipient, us", cost.server / delivered * 1e6, Target::None);
    report.add("P10", "delivery p99, times that alone", during / before, Target::AtMost(2.0));
    report.add("P10", "server memory, MiB", stage.server()?.memory()? / 1024.0, Target::None);
    finish(&mut crowd, &mut talk, report)?;
    stage.stop()
}

/// Messages at a steady rate, whatever the answers do.
struct Pace {
    begin: Instant,
    sent: u32,
}

impl Pace {
    fn run(&mut self, crowd: &mut Crowd, talk: &mut Talk, mut goes_on: impl FnMut(Instant) -> Res<bool>) -> Res {
        let begin = Instant::now();
        (self.begin, self.sent) = (begin, 0);
        while goes_on(begin)? {
            let due = (self.begin.elapsed().as_secs_f64() * f64::from(RATE)) as u32;
            while self.sent < due {
                talk.send(&mut crowd.net, self.sent as usize % PAIRS);
                self.sent += 1;
            }
            crowd.turn(Duration::from_millis(2), talk)?;
        }
        Ok(())
    }
}

/// How long messages took; the p99 of delivery.
fn told(report: &mut Report, talk: &mut Talk, when: &str) -> f64 {
    let p99 = talk.delivery.percentile(0.99);
    report.add("P10", format!("delivery p50 ms, {when}"), talk.delivery.percentile(0.5), Target::None);
    report.add("P10", format!("delivery p99 ms, {when}"), p99, Target::None);
    (talk.ack, talk.delivery) = (Histogram::default(), Histogram::default());
    p99
}

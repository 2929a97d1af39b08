//! P1 and P2: what a connection costs on which nothing happens. The members have signed in before, and the server was started anew
//! since: the difference in memory is all that it keeps for a socket that can resume, sessions included.

use super::Probe;
use crate::crowd::{Crowd, Quiet};
use crate::report::{Report, Target};
use crate::stage::Stage;
use crate::{Options, Res, pause};
use std::time::{Duration, Instant};

const AT_ONCE: usize = 100;

/// Opens the connections, and rests.
pub fn play(options: &Options, connections: usize, rest: u64, report: &mut Report) -> Res {
    let mut stage = Stage::new(options)?;
    let members = stage.members(0, connections)?;
    stage.restart()?;
    let mut crowd = Crowd::new(stage.address(), &members, false)?;
    let ids: Vec<usize> = (0..connections).collect();
    // The first connection warms up what every server has once.
    crowd.connect(&ids[..1], 1)?;
    crowd.settle(Duration::from_millis(300))?;
    let before = stage.server()?.memory()?;
    let probe = Probe::new(stage.server()?)?;
    crowd.connect(&ids[1..], AT_ONCE)?;
    let cost = probe.since(stage.server()?)?;
    crowd.settle(Duration::from_secs(1))?;
    let many = (connections - 1) as f64;
    let after = stage.server()?.memory()?;
    report.add(
        "P1",
        format!("memory per idle connection of {connections}, KiB"),
        (after - before) / many,
        Target::AtMost(6.0),
    );
    report.add("P1", "server memory with all of them, MiB", after / 1024.0, Target::None);
    report.add("P1", "server CPU per connection made, us", cost.server / many * 1e6, Target::None);
    report.add("P1", "connections made per second", many / cost.seconds, Target::None);
    let (probe, begin, length) = (Probe::new(stage.server()?)?, Instant::now(), Duration::from_secs(rest));
    while begin.elapsed() < length {
        crowd.turn(pause(length, begin), &mut Quiet)?;
    }
    let cost = probe.since(stage.server()?)?;
    let each = cost.server / cost.seconds / connections as f64 * 1e6;
    report.add("P2", "idle CPU per connection and second, heartbeats on, us", each, Target::AtMost(1.0));
    let resting = stage.server()?.memory()?;
    report.add("P2", format!("memory per connection after {rest} s, KiB"), (resting - before) / many, Target::None);
    crowd.judge(report);
    stage.stop()
}

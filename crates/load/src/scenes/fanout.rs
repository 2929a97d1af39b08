//! P3 and P4: one group (or room), everybody connected, one sender. First as fast as the slowest reader allows, then at a fixed rate, then at the
//! same rate while some have stopped reading.

use super::Probe;
use crate::crowd::{BODY, Crowd, Quiet, Scene, message};
use crate::net::Net;
use crate::report::{Report, Target};
use crate::stage::{Member, Stage};
use crate::stats::Histogram;
use crate::{Options, Res};
use std::time::{Duration, Instant};

const SENDER: usize = 0;
const RING: u64 = 4096;
/// Long messages that fill the sockets of those who stopped reading, until the server feels it.
const FILL: u64 = 800;

/// What is to be played.
pub struct Plan {
    /// In a room rather than a group.
    pub room: bool,
    /// Members of the group, the sender among them.
    pub members: usize,
    /// Messages on their way at most, as long as there is no rate.
    pub window: u64,
    /// Messages a second in the second part.
    pub rate: u64,
    /// Per cent of stalled readers in the third part.
    pub stalled: usize,
}

impl Plan {
    /// The targets are for a thousand.
    fn target(&self, target: Target) -> Target {
        if self.members == 1_000 { target } else { Target::None }
    }

    fn place(&self) -> String {
        format!("{} of {}", if self.room { "room" } else { "group" }, self.members)
    }
}

/// The sender's side, and when who got what.
struct Flow {
    conversation: String,
    body: String,
    /// Sent so far, over all parts: makes every `client_id` another.
    serial: u64,
    readers: u32,
    /// Messages to send in this part, and at most so many on their way.
    quota: u64,
    window: u64,
    sent: u64,
    answered: u64,
    complete: u64,
    /// How many have each of the messages on their way.
    counts: Vec<u32>,
    /// When message `first` was due, and the time between two; without, no latency is taken.
    clock: Option<(Instant, Duration)>,
    first: u64,
    last_seq: u64,
    latency: Histogram,
}

impl Flow {
    fn new(conversation: String, readers: usize) -> Self {
        Self {
            conversation,
            body: BODY.to_owned(),
            serial: 0,
            readers: readers as u32,
            quota: 0,
            window: 0,
            sent: 0,
            answered: 0,
            complete: 0,
            counts: vec![0; RING as usize],
            clock: None,
            first: 0,
            last_seq: 0,
            latency: Histogram::default(),
        }
    }

    /// Begins a part.
    fn begin(&mut self, quota: u64, window: u64) {
        (self.quota, self.window, self.sent, self.answered, self.complete) = (quota, window, 0, 0, 0);
        (self.first, self.clock, self.latency) = (self.last_seq + 1, None, Histogram::default());
        self.counts.fill(0);
    }

    fn send(&mut self, net: &mut Net) {
        self.serial += 1;
        self.sent += 1;
        net.send(SENDER, &message(&self.conversation, SENDER, self.serial, &self.body));
    }

    fn fill_window(&mut self, net: &mut Net) {
        while self.sent < self.quota && self.sent < self.complete.min(self.answered) + self.window {
            self.send(net);
        }
    }
}

impl Scene for Flow {
    fn delivered(&mut self, net: &mut Net, id: usize, seq: u64) {
        if id == SENDER {
            return;
        }
        self.last_seq = self.last_seq.max(seq);
        if let Some((begin, step)) = self.clock {
            let due = begin + step * seq.saturating_sub(self.first) as u32;
            self.latency.add(Instant::now().saturating_duration_since(due));
        }
        let count = &mut self.counts[(seq % RING) as usize];
        *count += 1;
        if *count == self.readers {
            *count = 0;
            self.complete += 1;
            self.fill_window(net);
        }
    }

    fn answered(&mut self, net: &mut Net, _: usize, _: &[u8]) {
        self.answered += 1;
        self.fill_window(net);
    }
}

/// Plays the parts one after the other.
pub fn play(options: &Options, plan: &Plan, report: &mut Report) -> Res {
    let mut stage = Stage::new(options)?;
    let members = stage.members(0, plan.members)?;
    let conversation = if plan.room { stage.room("Everybody")? } else { stage.group("Everybody", &members)? };
    let mut flow = Flow::new(conversation, plan.members - 1);
    flood(options, plan, &stage, &members, &mut flow, report)?;
    if plan.rate > 0 {
        let length = Duration::from_secs(options.seconds.max(10));
        let usual = steady(plan, &stage, &members, &mut flow, length, 0, report)?;
        if plan.stalled > 0 {
            let some = plan.members * plan.stalled / 100;
            let disturbed = steady(plan, &stage, &members, &mut flow, length, some, report)?;
            let what = "p99 of the others with stalled readers, of the p99 without";
            report.add("P4", what, disturbed / usual, plan.target(Target::AtMost(1.1)));
        }
    }
    stage.stop()
}

/// Everybody connects, and a first message shows where the numbers begin.
fn gather(plan: &Plan, stage: &Stage, members: &[Member], cursors: bool, flow: &mut Flow) -> Res<Crowd> {
    let mut crowd = Crowd::new(stage.address(), members, cursors)?;
    crowd.enter(plan.room.then(|| flow.conversation.clone()));
    crowd.connect(&(0..members.len()).collect::<Vec<_>>(), 100)?;
    crowd.settle(Duration::from_millis(300))?;
    flow.body = BODY.to_owned();
    flow.begin(1, 1);
    drive(&mut crowd, flow, Duration::from_secs(10))?;
    Ok(crowd)
}

/// Sends the part's messages and waits until they are with everybody.
fn drive(crowd: &mut Crowd, flow: &mut Flow, patience: Duration) -> Res {
    let begin = Instant::now();
    flow.fill_window(&mut crowd.net);
    while flow.complete < flow.quota || flow.answered < flow.quota {
        crowd.turn(Duration::from_millis(100), flow)?;
        if begin.elapsed() > patience {
            let state = format!("{} of {} with everybody, {} answered", flow.complete, flow.quota, flow.answered);
            return Err(format!("the messages don't arrive: {state}").into());
        }
    }
    Ok(())
}

fn flood(
    options: &Options,
    plan: &Plan,
    stage: &Stage,
    members: &[Member],
    flow: &mut Flow,
    report: &mut Report,
) -> Res {
    let mut crowd = gather(plan, stage, members, false, flow)?;
    let server = stage.server()?;
    flow.begin(u64::MAX, plan.window);
    flow.fill_window(&mut crowd.net);
    let run = |crowd: &mut Crowd, flow: &mut Flow, length: Duration| -> Res {
        let begin = Instant::now();
        while begin.elapsed() < length {
            crowd.turn(Duration::from_millis(20), flow)?;
        }
        Ok(())
    };
    run(&mut crowd, flow, Duration::from_secs(1))?;
    let (before, others, probe) = (crowd.tally().deliveries, crowd.tally().others, Probe::new(server)?);
    run(&mut crowd, flow, Duration::from_secs(options.seconds))?;
    let (cost, deliveries) = (probe.since(server)?, (crowd.tally().deliveries - before) as f64);
    let others = (crowd.tally().others - others) as f64 / deliveries;
    let (name, place) = ("P3", plan.place());
    let enough = plan.target(Target::AtLeast(740_000.0));
    report.add(name, format!("deliveries/s, {place}"), deliveries / cost.seconds, enough);
    let little = plan.target(Target::AtMost(1.3));
    report.add(name, format!("server CPU per delivery, us, {place}"), cost.server / deliveries * 1e6, little);
    report.add(name, "messages/s", deliveries / cost.seconds / plan.members as f64, Target::None);
    report.add(name, "server CPU, %", cost.server / cost.seconds * 100.0, Target::None);
    report.add(name, "load tool CPU, %", cost.own_share, Target::None);
    report.add(name, "server memory, MiB", server.memory()? / 1024.0, Target::None);
    report.add(name, "events of other kinds per delivery", others, Target::None);
    flow.quota = flow.sent;
    drive(&mut crowd, flow, Duration::from_secs(30))?;
    crowd.await_all(&(0..members.len()).collect::<Vec<_>>(), flow.last_seq, Duration::from_secs(10), report)?;
    crowd.judge(report);
    crowd.cut(&(0..members.len()).collect::<Vec<_>>());
    Ok(())
}

/// A fixed rate, the last `stalled` of the members not reading; answers the p99 of the others.
fn steady(
    plan: &Plan,
    stage: &Stage,
    members: &[Member],
    flow: &mut Flow,
    length: Duration,
    stalled: usize,
    report: &mut Report,
) -> Res<f64> {
    flow.readers = plan.members as u32 - 1;
    let mut crowd = gather(plan, stage, members, true, flow)?;
    let asleep: Vec<usize> = (plan.members - stalled..plan.members).collect();
    put_to_sleep(&mut crowd, flow, &asleep)?;
    let server = stage.server()?;
    let name = "P4";
    flow.begin(0, 0);
    let probe = Probe::new(server)?;
    pace(&mut crowd, flow, plan.rate, length)?;
    let cost = probe.since(server)?;
    let what = match stalled {
        0 => format!("{}, {} messages/s", plan.place(), plan.rate),
        some => format!("{}, {} messages/s, {some} stalled", plan.place(), plan.rate),
    };
    report.add(name, format!("{what}: p50 ms"), flow.latency.percentile(0.5), Target::None);
    let p99 = flow.latency.percentile(0.99);
    report.add(name, format!("{what}: p99 ms"), p99, plan.target(Target::AtMost(9.0)));
    let deliveries = flow.sent as f64 * f64::from(flow.readers);
    report.add(name, format!("{what}: server CPU per delivery, us"), cost.server / deliveries * 1e6, Target::None);
    report.add(name, format!("{what}: server memory, MiB"), server.memory()? / 1024.0, Target::None);
    if stalled > 0 {
        wake(&mut crowd, &asleep, &what, report)?;
    }
    crowd.await_all(&(0..members.len()).collect::<Vec<_>>(), flow.last_seq, Duration::from_secs(20), report)?;
    crowd.judge(report);
    crowd.cut(&(0..members.len()).collect::<Vec<_>>());
    Ok(p99)
}

/// These readers come back with small buffers, stop reading, and have those filled.
fn put_to_sleep(crowd: &mut Crowd, flow: &mut Flow, asleep: &[usize]) -> Res {
    if asleep.is_empty() {
        return Ok(());
    }
    let wanted = crowd.signed_in();
    crowd.cut(asleep);
    for &id in asleep {
        crowd.open(id, Some(4096))?;
    }
    while crowd.signed_in() < wanted {
        crowd.turn(Duration::from_millis(100), &mut Quiet)?;
    }
    crowd.stall(asleep, true)?;
    flow.readers -= asleep.len() as u32;
    flow.body = "x".repeat(4000);
    flow.begin(FILL, 16);
    drive(crowd, flow, Duration::from_secs(120))?;
    flow.body = BODY.to_owned();
    crowd.settle(Duration::from_millis(300))
}

/// Sends on time, whatever comes back, and waits for the last.
fn pace(crowd: &mut Crowd, flow: &mut Flow, rate: u64, length: Duration) -> Res {
    let step = Duration::from_secs(1) / rate as u32;
    let (begin, quota) = (Instant::now() + Duration::from_millis(50), rate * length.as_secs());
    flow.clock = Some((begin, step));
    while flow.sent < quota {
        let due = begin + step * flow.sent as u32;
        let left = due.saturating_duration_since(Instant::now());
        if left.is_zero() {
            flow.send(&mut crowd.net);
            crowd.net.flush()?;
        }
        // The kernel's clock for waiting is coarse: the last stretch is watched.
        crowd.turn(left.saturating_sub(Duration::from_millis(2)), flow)?;
    }
    flow.quota = quota;
    drive(crowd, flow, Duration::from_secs(30))
}

/// The sleepers read again; those that were closed meanwhile come back where they stopped.
fn wake(crowd: &mut Crowd, asleep: &[usize], what: &str, report: &mut Report) -> Res {
    crowd.stall(asleep, false)?;
    crowd.settle(Duration::from_millis(500))?;
    let away = crowd.away(asleep);
    crowd.connect(&away, 100)?;
    crowd.settle(Duration::from_millis(300))?;
    report.add("P4", format!("{what}: closed meanwhile"), away.len() as f64, Target::None);
    report.add("P4", format!("{what}: had to load again"), crowd.tally().resyncs as f64, Target::None);
    eprintln!("  closed by code: {:?}", crowd.tally().set_aside);
    Ok(())
}

//! P7: everybody is cut at once and comes back with a cursor: first having missed nothing, then twenty messages behind.

use super::Probe;
use crate::crowd::{BODY, Crowd, Scene, message};
use crate::net::Net;
use crate::report::{Report, Target};
use crate::stage::{Member, Stage};
use crate::{Options, Res};
use std::time::{Duration, Instant};

/// Readers in each group at most: with the writer, who stays connected, as many as a group may have.
const GROUP: usize = 999;
const BEHIND: u64 = 20;

/// Counts the answers to the writers.
#[derive(Default)]
struct Answers(u64);

impl Scene for Answers {
    fn delivered(&mut self, _: &mut Net, _: usize, _: u64) {}
    fn answered(&mut self, _: &mut Net, _: usize, _: &[u8]) {
        self.0 += 1;
    }
}

struct Town {
    stage: Stage,
    crowd: Crowd,
    groups: Vec<Group>,
    serial: u64,
}

struct Group {
    conversation: String,
    writer: usize,
    readers: Vec<usize>,
}

/// Both storms.
pub fn play(options: &Options, clients: usize, behind: usize, report: &mut Report) -> Res {
    if clients > 0 {
        let mut town = settle(options, clients)?;
        town.storm(&format!("{clients} clients back"), Target::AtMost(0.3), report)?;
        town.stage.stop()?;
    }
    if behind > 0 {
        let mut town = settle(options, behind)?;
        let readers = town.readers();
        town.crowd.cut(&readers);
        town.write(BEHIND)?;
        town.storm(&format!("{behind} clients back and {BEHIND} messages caught up"), Target::AtMost(2.5), report)?;
        town.stage.stop()?;
    }
    Ok(())
}

/// Groups of connected members who have heard something already.
fn settle(options: &Options, clients: usize) -> Res<Town> {
    let stage = Stage::new(options)?;
    let count = clients.div_ceil(GROUP);
    let members = stage.members(0, clients + count)?;
    let (size, mut groups) = (clients.div_ceil(count) + 1, Vec::new());
    for (number, part) in members.chunks(size).enumerate() {
        let conversation = stage.group(&format!("Group {number}"), part)?;
        let writer = number * size;
        groups.push(Group { conversation, writer, readers: (writer + 1..writer + part.len()).collect() });
    }
    let crowd = Crowd::new(stage.address(), &members, true)?;
    let mut town = Town { stage, crowd, groups, serial: 0 };
    town.enter(&members)?;
    Ok(town)
}

impl Town {
    fn enter(&mut self, members: &[Member]) -> Res {
        self.crowd.connect(&(0..members.len()).collect::<Vec<_>>(), 100)?;
        self.crowd.settle(Duration::from_millis(500))?;
        self.write(1)?;
        self.crowd.settle(Duration::from_millis(500))
    }

    fn readers(&self) -> Vec<usize> {
        self.groups.iter().flat_map(|group| group.readers.iter().copied()).collect()
    }

    /// Every writer says so many things, and waits until they are acknowledged.
    fn write(&mut self, count: u64) -> Res {
        let (begin, mut answers) = (Instant::now(), Answers::default());
        for group in &self.groups {
            for number in 0..count {
                let text = message(&group.conversation, group.writer, self.serial + number, BODY);
                self.crowd.net.send(group.writer, &text);
            }
        }
        self.serial += count;
        while answers.0 < count * self.groups.len() as u64 {
            self.crowd.turn(Duration::from_millis(100), &mut answers)?;
            if begin.elapsed() > Duration::from_secs(60) {
                return Err("the writers get no answers".into());
            }
        }
        self.crowd.settle(Duration::from_millis(300))
    }

    /// The readers, cut now if they were not, come back all at once.
    fn storm(&mut self, what: &str, target: Target, report: &mut Report) -> Res {
        let (readers, server) = (self.readers(), self.stage.server()?);
        self.crowd.cut(&readers);
        let probe = Probe::new(server)?;
        let retries = self.crowd.connect(&readers, usize::MAX / 2)?;
        let cost = probe.since(server)?;
        report.add("P7", format!("{what}: seconds"), cost.seconds, target);
        let each = cost.server / readers.len() as f64 * 1e6;
        report.add("P7", format!("{what}: server CPU per client, us"), each, Target::None);
        report.add("P7", format!("{what}: connections tried again"), retries as f64, Target::None);
        report.add("P7", format!("{what}: server memory, MiB"), server.memory()? / 1024.0, Target::None);
        report.fault("clients that had to load again", self.crowd.tally().resyncs);
        for group in &self.groups {
            let last = self.crowd.last(group.writer);
            self.crowd.await_all(&group.readers, last, Duration::from_secs(20), report)?;
        }
        // What came twice would come now.
        self.crowd.settle(Duration::from_millis(500))?;
        self.crowd.judge(report);
        Ok(())
    }
}

//! P5: pairs that talk to each other. Each sender waits until its message is acknowledged, which means durable.

use super::Probe;
use crate::crowd::{BODY, Crowd, Scene, message};
use crate::net::Net;
use crate::report::{Report, Target};
use crate::stage::{Member, Stage};
use crate::stats::Histogram;
use crate::{Options, Res};
use std::time::{Duration, Instant};

/// Sent times that are remembered per pair: one message waits for its answer, some may still be on their way to the other.
const RING: usize = 64;

pub struct Pair {
    conversation: String,
    sent: u64,
    answered: u64,
    /// The number of the pair's first message.
    first: u64,
    times: [Instant; RING],
}

/// Pairs that talk.
#[derive(Default)]
pub struct Talk {
    pairs: Vec<Pair>,
    acknowledged: u64,
    /// From sending to the acknowledgement.
    pub ack: Histogram,
    /// From sending to the other's socket.
    pub delivery: Histogram,
    /// No answer is followed by another message.
    pub over: bool,
}

impl Talk {
    /// In these conversations; nobody says anything yet.
    pub fn of(conversations: Vec<String>) -> Talk {
        let now = Instant::now();
        let pair = |conversation| Pair { conversation, sent: 0, answered: 0, first: 0, times: [now; RING] };
        Talk { pairs: conversations.into_iter().map(pair).collect(), ..Talk::default() }
    }

    /// One of a pair says something.
    pub fn send(&mut self, net: &mut Net, number: usize) {
        let pair = &mut self.pairs[number];
        pair.times[pair.sent as usize % RING] = Instant::now();
        pair.sent += 1;
        net.send(number * 2, &message(&pair.conversation, number, pair.sent, BODY));
    }
}

impl Scene for Talk {
    fn delivered(&mut self, _: &mut Net, id: usize, seq: u64) {
        if id.is_multiple_of(2) {
            return;
        }
        let pair = &mut self.pairs[id / 2];
        if pair.first == 0 {
            pair.first = seq;
        }
        let sent = pair.times[seq.saturating_sub(pair.first) as usize % RING];
        self.delivery.add(sent.elapsed());
    }

    fn answered(&mut self, net: &mut Net, id: usize, _: &[u8]) {
        let pair = &mut self.pairs[id / 2];
        self.ack.add(pair.times[pair.answered as usize % RING].elapsed());
        pair.answered += 1;
        self.acknowledged += 1;
        if !self.over {
            self.send(net, id / 2);
        }
    }
}

/// Lets them talk.
pub fn play(options: &Options, pairs: usize, report: &mut Report) -> Res {
    let mut stage = Stage::new(options)?;
    let members = stage.members(0, pairs * 2)?;
    let both: Vec<(&Member, &Member)> = members.chunks(2).map(|pair| (&pair[0], &pair[1])).collect();
    let mut talk = Talk::of(stage.pairs(&both)?);
    let mut crowd = Crowd::new(stage.address(), &members, false)?;
    let everybody: Vec<usize> = (0..members.len()).collect();
    crowd.connect(&everybody, 100)?;
    crowd.settle(Duration::from_millis(300))?;
    for number in 0..pairs {
        talk.send(&mut crowd.net, number);
    }
    run(&mut crowd, &mut talk, Duration::from_secs(2))?;
    (talk.ack, talk.delivery) = (Histogram::default(), Histogram::default());
    let (before, server) = (talk.acknowledged, stage.server()?);
    let probe = Probe::new(server)?;
    run(&mut crowd, &mut talk, Duration::from_secs(options.seconds))?;
    let (cost, messages) = (probe.since(server)?, (talk.acknowledged - before) as f64);
    report.add("P5", format!("durable messages/s, {pairs} pairs"), messages / cost.seconds, Target::AtLeast(25_000.0));
    report.add("P5", "acknowledgement p50 ms", talk.ack.percentile(0.5), Target::None);
    report.add("P5", "acknowledgement p99 ms", talk.ack.percentile(0.99), Target::AtMost(15.0));
    report.add("P5", "delivery p50 ms", talk.delivery.percentile(0.5), Target::None);
    report.add("P5", "delivery p99 ms", talk.delivery.percentile(0.99), Target::AtMost(15.0));
    report.add("P5", "server CPU per message, us", cost.server / messages * 1e6, Target::None);
    report.add("P5", "server CPU, %", cost.server / cost.seconds * 100.0, Target::None);
    report.add("P5", "load tool CPU, %", cost.own_share, Target::None);
    report.add("P5", "server memory, MiB", server.memory()? / 1024.0, Target::None);
    finish(&mut crowd, &mut talk, report)?;
    stage.stop()
}

fn run(crowd: &mut Crowd, talk: &mut Talk, length: Duration) -> Res {
    let begin = Instant::now();
    while begin.elapsed() < length {
        crowd.turn(Duration::from_millis(20), talk)?;
    }
    Ok(())
}

/// Waits for what is under way, and checks that every acknowledged message is with its reader.
pub fn finish(crowd: &mut Crowd, talk: &mut Talk, report: &mut Report) -> Res {
    let begin = Instant::now();
    talk.over = true;
    let arrived =
        |crowd: &Crowd, number: usize, pair: &Pair| (crowd.last(number * 2 + 1) + 1).saturating_sub(pair.first);
    let done = |crowd: &Crowd, talk: &Talk| {
        let mut pairs = talk.pairs.iter().enumerate();
        pairs.all(|(number, pair)| pair.answered == pair.sent && arrived(crowd, number, pair) == pair.sent)
    };
    while !done(crowd, talk) && begin.elapsed() < Duration::from_secs(15) {
        crowd.turn(Duration::from_millis(20), talk)?;
    }
    for (number, pair) in talk.pairs.iter().enumerate() {
        report.fault("commands never answered", pair.sent - pair.answered);
        report.fault("messages that never came", pair.answered.saturating_sub(arrived(crowd, number, pair)));
    }
    crowd.judge(report);
    Ok(())
}

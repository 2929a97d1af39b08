//! P8: the last page of a conversation of a million messages, and the list of somebody who has hundreds of conversations. The
//! messages are written over the socket, as members would.

use crate::crowd::{BODY, Crowd, Scene, message};
use crate::http::{self, Client};
use crate::net::Net;
use crate::report::{Report, Target};
use crate::stage::{Member, Stage};
use crate::stats::Histogram;
use crate::{Options, Res};
use std::time::{Duration, Instant};

/// Messages of the import that are not answered yet, at most.
const WINDOW: u64 = 1_000;
const CONNECTIONS: usize = 16;

struct Import {
    conversation: String,
    wanted: u64,
    sent: u64,
    answered: u64,
}

impl Import {
    fn go_on(&mut self, net: &mut Net) {
        while self.sent < self.wanted && self.sent < self.answered + WINDOW {
            self.sent += 1;
            net.send(0, &message(&self.conversation, 0, self.sent, BODY));
        }
    }
}

impl Scene for Import {
    fn delivered(&mut self, _: &mut Net, _: usize, _: u64) {}
    fn answered(&mut self, net: &mut Net, _: usize, _: &[u8]) {
        self.answered += 1;
        self.go_on(net);
    }
}

/// Writes, then reads.
pub fn play(options: &Options, messages: u64, conversations: usize, rate: u64, report: &mut Report) -> Res {
    let mut stage = Stage::new(options)?;
    let members = stage.members(0, conversations + 1)?;
    let pairs: Vec<(&Member, &Member)> = members[1..].iter().map(|other| (other, &members[0])).collect();
    let opened = stage.pairs(&pairs)?;
    write_long(&stage, &members, &opened[0], messages, report)?;
    write_one_each(&stage, &members, &opened)?;
    let me = &members[0].token;
    let page = format!("/api/v1/conversations/{}/messages?limit=50", opened[0]);
    let what = format!("last 50 of {messages} messages, {rate} requests/s");
    ask(options, &stage, &page, me, rate, &what, report)?;
    let list = "/api/v1/conversations?limit=50";
    let what = format!("first 50 of {conversations} conversations with unread counts, {rate} requests/s");
    ask(options, &stage, list, me, rate, &what, report)?;
    report.add("P8", "server memory, MiB", stage.server()?.memory()? / 1024.0, Target::None);
    stage.stop()
}

fn write_long(stage: &Stage, members: &[Member], conversation: &str, messages: u64, report: &mut Report) -> Res {
    let mut crowd = Crowd::new(stage.address(), &members[..2], false)?;
    crowd.connect(&[0, 1], 2)?;
    let begin = Instant::now();
    let mut import = Import { conversation: conversation.to_owned(), wanted: messages, sent: 0, answered: 0 };
    import.go_on(&mut crowd.net);
    while import.answered < messages {
        crowd.turn(Duration::from_millis(100), &mut import)?;
        if begin.elapsed() > Duration::from_secs(600) {
            return Err(format!("only {} messages were written in ten minutes", import.answered).into());
        }
    }
    report.add(
        "P8",
        "messages/s written into one conversation by one sender",
        messages as f64 / begin.elapsed().as_secs_f64(),
        Target::None,
    );
    crowd.await_all(&[1], messages, Duration::from_secs(20), report)?;
    crowd.judge(report);
    Ok(())
}

fn write_one_each(stage: &Stage, members: &[Member], opened: &[String]) -> Res {
    http::parallel(stage.address(), CONNECTIONS, opened.len(), |client, index| {
        let body = serde_json::json!({"client_id": format!("00000000-0000-4000-9000-{index:012x}"), "body": BODY});
        let path = format!("/api/v1/conversations/{}/messages", opened[index]);
        client.call("POST", &path, &members[index + 1].token, Some(&body))
    })?;
    Ok(())
}

/// Asks at a fixed rate, whatever comes back; each latency counts from when the request was due.
fn ask(options: &Options, stage: &Stage, path: &str, token: &str, rate: u64, what: &str, report: &mut Report) -> Res {
    let (first, bytes) = Client::new(stage.address())?.raw("GET", path, token, None)?;
    if first != 200 {
        return Err(format!("GET {path} answered {first}: {}", String::from_utf8_lossy(&bytes)).into());
    }
    let server = stage.server()?;
    let before = server.cpu()?;
    let (begin, step, count) =
        (Instant::now() + Duration::from_millis(50), Duration::from_secs(1) / rate as u32, rate * options.seconds);
    let latencies = http::parallel(stage.address(), CONNECTIONS, count as usize, |client, index| {
        let due = begin + step * index as u32;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        let (status, _) = client.raw("GET", path, token, None)?;
        Ok((status, Instant::now().saturating_duration_since(due)))
    })?;
    let mut histogram = Histogram::default();
    latencies.iter().for_each(|(_, latency)| histogram.add(*latency));
    report.fault("requests that failed", latencies.iter().filter(|(status, _)| *status != 200).count() as u64);
    report.add("P8", format!("{what}: p50 ms"), histogram.percentile(0.5), Target::None);
    report.add("P8", format!("{what}: p99 ms"), histogram.percentile(0.99), Target::AtMost(5.0));
    report.add(
        "P8",
        format!("{what}: server CPU per request, us"),
        (server.cpu()? - before) / count as f64 * 1e6,
        Target::None,
    );
    report.add("P8", format!("{what}: answer, KiB"), bytes.len() as f64 / 1024.0, Target::None);
    Ok(())
}

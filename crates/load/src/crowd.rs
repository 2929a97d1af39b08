//! The members' sockets: each signs in, takes its events, and checks that the numbers of its conversation's messages follow each other.

use crate::net::{Handler, Net};
use crate::report::Report;
use crate::scan::{self, Kind};
use crate::stage::Member;
use crate::{Res, pause};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// What a scene does with what arrives.
pub trait Scene {
    /// Member `id` got message `seq` of their conversation, for the first time.
    fn delivered(&mut self, net: &mut Net, id: usize, seq: u64);
    /// A command of member `id` was carried out.
    fn answered(&mut self, net: &mut Net, id: usize, text: &[u8]);
}

/// A scene in which nothing but signing in and receiving happens.
pub struct Quiet;

impl Scene for Quiet {
    fn delivered(&mut self, _: &mut Net, _: usize, _: u64) {}
    fn answered(&mut self, _: &mut Net, _: usize, _: &[u8]) {}
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Out,
    Connecting,
    In,
}

#[derive(Default)]
struct Client {
    token: String,
    cursor: Vec<u8>,
    /// The number that has to come next; 0 before the first.
    next: u64,
    missing: Vec<u64>,
    state: State,
    /// Stopped reading on purpose: may be closed, and may have to load again.
    stalled: bool,
    resynced: bool,
}

/// What happened to all of them together.
#[derive(Default)]
pub struct Tally {
    /// Messages received, the author's own copies included.
    pub deliveries: u64,
    /// Events of other kinds.
    pub others: u64,
    /// Stalled readers that were closed, by close code (0: none).
    pub set_aside: BTreeMap<u16, u64>,
    /// Times that the server could not resume.
    pub resyncs: u64,
    /// How often a socket ended that the tool did not cut, by close code.
    closed: BTreeMap<u16, u64>,
    /// Connections that ended before they were signed in, by close code.
    turned_away: BTreeMap<u16, u64>,
    refused: u64,
    doubled: u64,
    disordered: u64,
    refusal: String,
}

/// Everything about the members but their sockets.
#[derive(Default)]
struct People {
    clients: Vec<Client>,
    tally: Tally,
    signed_in: usize,
    dropped: Vec<usize>,
    keep_cursors: bool,
    /// The room that everybody enters as soon as they are connected.
    room: Option<String>,
}

/// The members and their sockets.
pub struct Crowd {
    /// The sockets.
    pub net: Net,
    people: People,
}

struct Play<'a, S> {
    people: &'a mut People,
    scene: &'a mut S,
}

impl Crowd {
    /// One socket for each of these members, none of them connected yet. With `keep_cursors`, each can resume where it was cut.
    pub fn new(address: SocketAddr, members: &[Member], keep_cursors: bool) -> Res<Self> {
        let clients =
            members.iter().map(|member| Client { token: member.token.clone(), ..Client::default() }).collect();
        Ok(Self { net: Net::new(address)?, people: People { clients, keep_cursors, ..People::default() } })
    }

    /// Everybody who connects from now on enters this room.
    pub fn enter(&mut self, room: Option<String>) {
        self.people.room = room;
    }

    /// What happened so far.
    pub fn tally(&self) -> &Tally {
        &self.people.tally
    }

    /// How many are signed in now.
    pub fn signed_in(&self) -> usize {
        self.people.signed_in
    }

    /// The last number that member `id` received.
    pub fn last(&self, id: usize) -> u64 {
        self.people.clients[id].next.saturating_sub(1)
    }

    /// Lets things happen for at most `patience`.
    pub fn turn(&mut self, patience: Duration, scene: &mut impl Scene) -> Res<usize> {
        self.net.turn(patience, &mut Play { people: &mut self.people, scene })
    }

    /// Begins to connect one member.
    pub fn open(&mut self, id: usize, receive_buffer: Option<usize>) -> Res {
        self.people.clients[id].state = State::Connecting;
        self.net.open(id, receive_buffer)
    }

    /// Connects these members, at most `at_once` of them on their way at a time, and waits until all are signed in. Those whose
    /// connection fails try again; answers how often that was.
    pub fn connect(&mut self, ids: &[usize], at_once: usize) -> Res<u64> {
        let (begin, wanted) = (Instant::now(), self.people.signed_in + ids.len());
        let (mut waiting, mut retries, mut opened) =
            (ids.iter().rev().copied().collect::<Vec<_>>(), 0, self.people.signed_in);
        while self.people.signed_in < wanted {
            while opened < self.people.signed_in + at_once
                && let Some(id) = waiting.pop()
            {
                self.open(id, None)?;
                opened += 1;
            }
            self.turn(Duration::from_millis(100), &mut Quiet)?;
            for id in std::mem::take(&mut self.people.dropped) {
                waiting.push(id);
                opened -= 1;
                retries += 1;
            }
            if begin.elapsed() > Duration::from_secs(60) || retries > 20 * ids.len() as u64 {
                return Err(self.no_entry(wanted, retries).into());
            }
        }
        Ok(retries)
    }

    fn no_entry(&self, wanted: usize, retries: u64) -> String {
        let (People { signed_in, tally, .. }, refusal) = (&self.people, &self.net.refusal);
        format!(
            "the members can't sign in: {signed_in} of {wanted} did, {retries} retries, turned away by code {:?}, closed later {:?}; {} {refusal}",
            tally.turned_away, tally.closed, tally.refusal
        )
    }

    /// Cuts these members' connections.
    pub fn cut(&mut self, ids: &[usize]) {
        for &id in ids {
            self.net.cut(id);
            if self.people.clients[id].state == State::In {
                self.people.signed_in -= 1;
            }
            self.people.clients[id].state = State::Out;
        }
    }

    /// Waits until nothing has arrived for `silence`, at most a minute.
    pub fn settle(&mut self, silence: Duration) -> Res {
        let begin = Instant::now();
        let mut last = Instant::now();
        while last.elapsed() < silence && begin.elapsed() < Duration::from_secs(60) {
            if self.turn(pause(silence, last), &mut Quiet)? > 0 {
                last = Instant::now();
            }
        }
        Ok(())
    }

    /// Marks these as readers that stop reading, and stops them; or lets them read again.
    pub fn stall(&mut self, ids: &[usize], stalled: bool) -> Res {
        for &id in ids {
            self.people.clients[id].stalled = true;
            if self.people.clients[id].state == State::In {
                self.net.pause(id, stalled)?;
            }
        }
        Ok(())
    }

    /// Those of these members who are not signed in now.
    pub fn away(&self, ids: &[usize]) -> Vec<usize> {
        ids.iter().copied().filter(|&id| self.people.clients[id].state == State::Out).collect()
    }

    /// Waits until all of these have message `seq`, at most `patience`; counts what is still missing then as lost.
    pub fn await_all(&mut self, ids: &[usize], seq: u64, patience: Duration, report: &mut Report) -> Res {
        let begin = Instant::now();
        let behind = |client: &Client| {
            if client.resynced { 0 } else { (seq + 1).saturating_sub(client.next) }
        };
        while ids.iter().any(|&id| behind(&self.people.clients[id]) > 0) && begin.elapsed() < patience {
            self.turn(Duration::from_millis(5), &mut Quiet)?;
        }
        let lost = ids.iter().map(|&id| behind(&self.people.clients[id])).sum();
        report.fault("messages that never came", lost);
        Ok(())
    }

    /// Adds to the report what must never happen.
    pub fn judge(&self, report: &mut Report) {
        let tally = &self.people.tally;
        report.fault("lost in the middle", self.people.clients.iter().map(|client| client.missing.len() as u64).sum());
        report.fault("doubled", tally.doubled);
        report.fault("out of order", tally.disordered);
        report.fault(&format!("refused ({})", tally.refusal), tally.refused);
        report.fault(&format!("closed (by code: {:?})", tally.closed), tally.closed.values().sum());
    }
}

impl<S: Scene> Play<'_, S> {
    fn created(&mut self, net: &mut Net, id: usize, text: &[u8]) {
        let tally = &mut self.people.tally;
        let Some(seq) = scan::seq(text) else { return };
        tally.deliveries += 1;
        let client = &mut self.people.clients[id];
        if client.next == 0 || seq == client.next {
            client.next = seq + 1;
        } else if seq > client.next {
            client.missing.extend(client.next..seq);
            client.next = seq + 1;
        } else if let Some(place) = client.missing.iter().position(|&missing| missing == seq) {
            client.missing.swap_remove(place);
            tally.disordered += 1;
        } else {
            tally.doubled += 1;
            return;
        }
        self.scene.delivered(net, id, seq);
    }

    fn ready(&mut self, id: usize, text: &[u8]) {
        let client = &mut self.people.clients[id];
        if client.state != State::In {
            client.state = State::In;
            self.people.signed_in += 1;
        }
        if let Some(cursor) = scan::cursor(text) {
            cursor.clone_into(&mut client.cursor);
        }
    }
}

impl<S: Scene> Handler for Play<'_, S> {
    fn opened(&mut self, net: &mut Net, id: usize) {
        let client = &self.people.clients[id];
        let mut hello = format!(r#"{{"type":"hello","access_token":"{}""#, client.token).into_bytes();
        if self.people.keep_cursors && !client.cursor.is_empty() {
            hello.extend_from_slice(b",\"resume\":\"");
            hello.extend_from_slice(&client.cursor);
            hello.push(b'"');
        }
        hello.push(b'}');
        net.send(id, &hello);
        if let Some(room) = &self.people.room {
            net.send(id, &entering(room, &client.cursor));
        }
    }

    fn text(&mut self, net: &mut Net, id: usize, text: &[u8]) {
        match scan::kind(text) {
            Kind::Created => self.created(net, id, text),
            Kind::Ok if self.people.room.is_some() && text.windows(ENTER.len()).any(|part| part == ENTER) => {}
            Kind::Ok => return self.scene.answered(net, id, text),
            Kind::Ready => return self.ready(id, text),
            Kind::Resync => {
                self.people.tally.resyncs += 1;
                let client = &mut self.people.clients[id];
                (client.next, client.resynced) = (0, true);
                client.missing.clear();
            }
            Kind::Error => {
                self.people.tally.refused += 1;
                self.people.tally.refusal = String::from_utf8_lossy(text).into_owned();
            }
            Kind::Other => self.people.tally.others += 1,
        }
        if self.people.keep_cursors
            && let Some(cursor) = scan::cursor(text)
        {
            cursor.clone_into(&mut self.people.clients[id].cursor);
        }
    }

    fn closed(&mut self, _: &mut Net, id: usize, code: Option<u16>) {
        let client = &mut self.people.clients[id];
        if client.state == State::In {
            self.people.signed_in -= 1;
            let tally = &mut self.people.tally;
            let count = if client.stalled { &mut tally.set_aside } else { &mut tally.closed };
            *count.entry(code.unwrap_or(0)).or_default() += 1;
        } else {
            self.people.dropped.push(id);
            *self.people.tally.turned_away.entry(code.unwrap_or(0)).or_default() += 1;
        }
        client.state = State::Out;
    }
}

/// How an answer to entering a room is told from others.
const ENTER: &[u8] = b"\"ref\":\"enter\"";

/// A `room.enter` command, resuming where the member was cut.
pub fn entering(room: &str, cursor: &[u8]) -> Vec<u8> {
    let mut command = format!(r#"{{"type":"room.enter","ref":"enter","conversation_id":"{room}""#).into_bytes();
    if !cursor.is_empty() {
        command.extend_from_slice(b",\"resume\":\"");
        command.extend_from_slice(cursor);
        command.push(b'"');
    }
    command.push(b'}');
    command
}

/// A `message.send` command, whose `client_id` is unique by member and number, and time-ordered as those of the web
/// client are (UUID version 7).
pub fn message(conversation: &str, id: usize, number: u64, body: &str) -> Vec<u8> {
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_millis() as u64);
    format!(
        r#"{{"type":"message.send","ref":"{number}","conversation_id":"{conversation}","client_id":"{:08x}-{:04x}-7{:03x}-8{:03x}-{:012x}","body":"{body}"}}"#,
        now >> 16 & 0xffff_ffff,
        now & 0xffff,
        id >> 12 & 0xfff,
        id & 0xfff,
        number & 0xffff_ffff_ffff,
    )
    .into_bytes()
}

/// What everybody says: 160 bytes.
pub const BODY: &str = "The doors of the great hall open at nine tomorrow; whoever wants to see the printing press at work should come to the second floor before ten, tickets in hand..";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ceiling::{event, frame, welcome};
    use std::io::{Read, Write};
    use std::net::{Ipv4Addr, TcpListener};

    /// What the tool finds when a server sends these numbers, the bytes in pieces of `piece`, and then the close code 4408.
    fn hear(numbers: &[u64], piece: usize) -> Res<(Crowd, Report)> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let mut bytes = Vec::new();
        numbers.iter().for_each(|&seq| frame(&mut bytes, &event(seq)));
        bytes.extend_from_slice(&[0x89, 2, b'h', b'i', 0x88, 2, 0x11, 0x38]);
        let member = Member { id: String::new(), token: "t".to_owned() };
        let mut crowd = Crowd::new(listener.local_addr()?, &[member], true)?;
        let (go, gone) = std::sync::mpsc::channel();
        let server = std::thread::spawn(move || {
            let mut socket = welcome(&listener).expect("a client");
            socket.set_nodelay(true).expect("a socket");
            gone.recv().expect("the client is signed in");
            // The close at the end may overtake the last pieces' acknowledgement, never the pieces.
            let sent = bytes.chunks(piece).try_for_each(|piece| socket.write_all(piece));
            let mut rest = Vec::new();
            let _ = socket.read_to_end(&mut rest);
            sent.is_ok()
        });
        crowd.connect(&[0], 1)?;
        go.send(())?;
        while crowd.signed_in() > 0 {
            crowd.turn(Duration::from_millis(10), &mut Quiet)?;
        }
        assert!(server.join().expect("the server ends"));
        Ok((crowd, Report::default()))
    }

    #[test]
    fn numbers_in_a_row_are_right_however_the_bytes_are_cut() -> Res {
        for piece in [1, 7, 100, 100_000] {
            let (crowd, _) = hear(&[5, 6, 7, 8], piece)?;
            let tally = crowd.tally();
            assert_eq!((tally.deliveries, tally.doubled, tally.disordered, crowd.last(0)), (4, 0, 0, 8));
            assert_eq!(tally.closed, BTreeMap::from([(4408, 1)]));
            assert_eq!(crowd.people.clients[0].cursor, b"e.8");
        }
        Ok(())
    }

    #[test]
    fn what_is_lost_doubled_or_late_is_counted() -> Res {
        let (crowd, mut report) = hear(&[1, 2, 2, 5, 3], 100_000)?;
        let tally = crowd.tally();
        assert_eq!(
            (tally.doubled, tally.disordered, crowd.people.clients[0].missing.as_slice()),
            (1, 1, [4].as_slice())
        );
        crowd.judge(&mut report);
        // One lost, one doubled, one out of order, one closing.
        assert_eq!(report.faults(), 4);
        Ok(())
    }

    #[test]
    fn a_message_says_160_bytes_under_an_id_of_its_own() {
        assert_eq!(BODY.len(), 160);
        assert_ne!(message("c", 1, 2, BODY), message("c", 2, 1, BODY));
    }
}

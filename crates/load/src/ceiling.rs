//! The machine and the tool by themselves: a thread on the server's core writes ready-made events to a thousand sockets, one event or
//! sixteen in each write. That is the least any server could pay here for a delivery, and what the tool can take: absolute figures of
//! two machines are only comparable next to these.

use crate::crowd::{BODY, Crowd, Quiet};
use crate::report::{Report, Target};
use crate::server::cpu_of;
use crate::stage::Member;
use crate::{Options, Res};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const SOCKETS: usize = 1_000;
const BATCH: u64 = 16;

/// Plays it.
pub fn play(options: &Options, report: &mut Report) -> Res {
    for batch in [1, BATCH] {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let over = AtomicBool::new(false);
        let members = vec![Member { id: String::new(), token: String::new() }; SOCKETS];
        let floor = std::thread::scope(|scope| -> Res<f64> {
            let work = || write(&listener, options.server_core, batch, &over).map_err(|error| error.to_string());
            let writer = scope.spawn(work);
            let outcome = read(options, Crowd::new(address, &members, false)?, batch, report);
            over.store(true, Ordering::Relaxed);
            let floor = writer.join().map_err(|_| "the writing thread failed")??;
            outcome.map(|()| floor)
        })?;
        report.add("-", format!("this machine: CPU per frame, us, {batch} in each write"), floor, Target::None);
    }
    Ok(())
}

fn read(options: &Options, mut crowd: Crowd, batch: u64, report: &mut Report) -> Res {
    crowd.connect(&(0..SOCKETS).collect::<Vec<_>>(), SOCKETS)?;
    let (begin, before, own) = (Instant::now(), crowd.tally().deliveries, thread_cpu()?);
    let length = Duration::from_secs(options.seconds.min(5));
    while begin.elapsed() < length {
        crowd.turn(Duration::from_millis(20), &mut Quiet)?;
    }
    let frames = (crowd.tally().deliveries - before) as f64;
    let cpu = (thread_cpu()? - own) / frames;
    if batch == BATCH {
        let what = "the tool alone: frames/s on a full core";
        report.add("-", what, 1.0 / cpu, Target::AtLeast(1_500_000.0));
    }
    crowd.judge(report);
    crowd.cut(&(0..SOCKETS).collect::<Vec<_>>());
    Ok(())
}

/// Processor time of this thread alone.
fn thread_cpu() -> Res<f64> {
    cpu_of("thread-self")
}

/// Writes until it is over, and answers the microseconds of processor time that a frame took.
fn write(listener: &TcpListener, core: Option<usize>, batch: u64, over: &AtomicBool) -> Res<f64> {
    if let Some(core) = core {
        let mut set = rustix::thread::CpuSet::new();
        set.set(core);
        rustix::thread::sched_setaffinity(None, &set)?;
    }
    let mut sockets = (0..SOCKETS).map(|_| welcome(listener)).collect::<Res<Vec<_>>>()?;
    let (mut seq, before) = (0, thread_cpu()?);
    while !over.load(Ordering::Relaxed) {
        let mut bytes = Vec::new();
        for _ in 0..batch {
            seq += 1;
            frame(&mut bytes, &event(seq));
        }
        // The reader cuts the sockets when it has seen enough.
        sockets.retain_mut(|socket| socket.write_all(&bytes).is_ok());
    }
    Ok((thread_cpu()? - before) / (seq * SOCKETS as u64) as f64 * 1e6)
}

/// Takes a connection, lets it upgrade and calls it signed in whatever it says.
pub fn welcome(listener: &TcpListener) -> Res<TcpStream> {
    let (mut socket, _) = listener.accept()?;
    let mut request = Vec::new();
    while memchr::memmem::find(&request, b"\r\n\r\n").is_none() {
        let mut byte = [0; 512];
        let count = socket.read(&mut byte)?;
        request.extend_from_slice(&byte[..count]);
    }
    let mut answer = b"HTTP/1.1 101 Switching Protocols\r\n\r\n".to_vec();
    frame(&mut answer, r#"{"type":"ready","cursor":"0","member":{}}"#);
    socket.write_all(&answer)?;
    Ok(socket)
}

/// An event as a server would send it.
pub fn event(seq: u64) -> String {
    format!(
        r#"{{"type":"message.created","cursor":"e.{seq}","message":{{"id":"0123456789abc.{seq}","conversation_id":"0123456789abc","seq":{seq},"client_id":"00000000-0000-4000-8000-000000000000","author":{{"kind":"member","id":"0123456789abc","name":"Member 0"}},"body":"{BODY}","sent_at":"2026-01-01T00:00:00.000Z","edited_at":null,"removed":null,"whisper_to":null,"reply_to":null}}}}"#
    )
}

/// Appends a server's text frame.
pub fn frame(out: &mut Vec<u8>, text: &str) {
    out.push(0x81);
    match text.len() {
        length @ 0..=125 => out.push(length as u8),
        length => {
            out.push(126);
            out.extend_from_slice(&(length as u16).to_be_bytes());
        }
    }
    out.extend_from_slice(text.as_bytes());
}

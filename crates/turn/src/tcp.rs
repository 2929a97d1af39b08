//! Connections: TCP, and TLS on the same port (the first byte tells them apart). Messages follow each other in the
//! stream, data of channels padded to four bytes (RFC 8656 section 12.5).

use crate::clock::pause;
use crate::relay::{Client, Source};
use crate::server::Shared;
use crate::stun::HEADER;
use std::cell::RefCell;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::spawn_local;
use tokio::time::timeout;

/// What a TLS record of a handshake begins with; no STUN message and no channel does.
const TLS_HANDSHAKE: u8 = 0x16;
/// What somebody without an allocation may send at once: requests, and those are small.
const SMALL: usize = 2_048;
/// What is read at once.
const CHUNK: usize = 16 * 1_024;
/// A connection that takes nothing for so long is closed.
const STUCK: Duration = Duration::from_secs(30);

/// The connections there are.
#[derive(Default)]
pub struct Connections {
    open: RefCell<HashMap<u64, Rc<Outbox>>>,
    per_ip: RefCell<HashMap<IpAddr, usize>>,
    next: RefCell<u64>,
}

/// What waits to be written to a connection.
#[derive(Default)]
struct Outbox {
    waiting: RefCell<Vec<u8>>,
    more: Notify,
}

impl Connections {
    /// Puts something in line for a connection; false if the line is too long (or the connection gone).
    pub fn queue(&self, number: u64, bytes: &[u8], most: usize) -> bool {
        let open = self.open.borrow();
        let Some(outbox) = open.get(&number) else { return false };
        let mut waiting = outbox.waiting.borrow_mut();
        if waiting.len() + bytes.len() > most {
            return false;
        }
        waiting.extend_from_slice(bytes);
        let padded = waiting.len() + bytes.len().next_multiple_of(4) - bytes.len();
        waiting.resize(padded, 0);
        outbox.more.notify_one();
        true
    }
}

/// A place among the connections, given back when dropped.
struct Place {
    shared: Rc<Shared>,
    number: u64,
    ip: IpAddr,
}

impl Place {
    fn take(shared: &Rc<Shared>, ip: IpAddr) -> Option<Place> {
        let (connections, limits) = (&shared.connections, shared.config.limits);
        let mut per_ip = connections.per_ip.borrow_mut();
        let of_ip = per_ip.entry(ip).or_default();
        if *of_ip >= limits.connections_per_ip || connections.open.borrow().len() >= limits.connections {
            if *of_ip == 0 {
                per_ip.remove(&ip);
            }
            shared.figures.refused_connections.one();
            return None;
        }
        *of_ip += 1;
        let number = connections.next.replace_with(|next| *next + 1);
        connections.open.borrow_mut().insert(number, Rc::default());
        shared.figures.connections.one();
        Some(Place { shared: shared.clone(), number, ip })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let connections = &self.shared.connections;
        connections.open.borrow_mut().remove(&self.number);
        let mut per_ip = connections.per_ip.borrow_mut();
        if let Some(count) = per_ip.get_mut(&self.ip) {
            *count -= 1;
            if *count == 0 {
                per_ip.remove(&self.ip);
            }
        }
        self.shared.figures.connections.less(1);
        self.shared.relay.borrow_mut().gone(Client::Connection(self.number));
    }
}

/// Clients who come by TCP or TLS.
pub async fn accept(shared: Rc<Shared>, listener: TcpListener) {
    loop {
        match listener.accept().await {
            Ok((stream, address)) => {
                if let Some(place) = Place::take(&shared, address.ip()) {
                    spawn_local(connection(place, stream, address));
                }
            }
            // No file left, perhaps: others may close theirs.
            Err(_) => pause(Duration::from_millis(100)).await,
        }
    }
}

async fn connection(place: Place, stream: TcpStream, address: SocketAddr) {
    let patience = Duration::from_secs(place.shared.config.limits.idle_seconds);
    let _ = stream.set_nodelay(true);
    let mut first = [0];
    let Ok(Ok(1)) = timeout(patience, stream.peek(&mut first)).await else { return };
    if first[0] != TLS_HANDSHAKE {
        return serve(&place, stream, address, false).await;
    }
    let tls = place.shared.tls.borrow().clone();
    if let Some(tls) = tls
        && let Ok(Ok(stream)) = timeout(patience, tls.accept(stream)).await
    {
        serve(&place, stream, address, true).await;
    }
}

async fn serve<S: AsyncRead + AsyncWrite + Unpin>(place: &Place, stream: S, address: SocketAddr, records: bool) {
    let outbox = place.shared.connections.open.borrow().get(&place.number).cloned();
    let Some(outbox) = outbox else { return };
    let (reader, writer) = tokio::io::split(stream);
    let source = Source { client: Client::Connection(place.number), address };
    tokio::select! {
        () = read(&place.shared, source, reader) => {}
        () = write(&outbox, writer, records) => {}
    }
}

/// Writes what waits, all of it at once; with `records`, each message in a TLS record of its own, since there are clients
/// (coturn's) that take a record for a message.
async fn write<W: AsyncWrite + Unpin>(outbox: &Outbox, mut writer: W, records: bool) {
    loop {
        outbox.more.notified().await;
        let bytes = outbox.waiting.take();
        let written = async {
            let mut left = bytes.as_slice();
            while let Frame::Whole { padded, .. } = frame(left)
                && records
            {
                writer.write_all(&left[..padded]).await?;
                left = &left[padded..];
            }
            writer.write_all(left).await?;
            writer.flush().await
        };
        if !matches!(timeout(STUCK, written).await, Ok(Ok(()))) {
            return;
        }
    }
}

/// Reads until the end, or until somebody without an allocation stays too long or sends what can't be a request.
async fn read<R: AsyncRead + Unpin>(shared: &Shared, source: Source, mut reader: R) {
    let idle = shared.config.limits.idle_seconds;
    let mut buffer = Vec::new();
    let mut idle_since = shared.clock.now().steady;
    loop {
        buffer.reserve(CHUNK);
        let arrived = timeout(Duration::from_secs(idle), reader.read_buf(&mut buffer)).await;
        let relayed = shared.relay.borrow().has_allocation(source.client);
        let now = shared.clock.now().steady;
        if relayed {
            idle_since = now;
        }
        match arrived {
            Ok(Ok(0) | Err(_)) => return,
            Ok(Ok(_)) if now - idle_since > 2 * idle * 1_000 => return,
            Ok(Ok(_)) => {}
            Err(_) if relayed => continue,
            Err(_) => return,
        }
        let mut at = 0;
        loop {
            match frame(&buffer[at..]) {
                Frame::Whole { length, padded } => {
                    shared.client_sent(source, &buffer[at..at + length], &mut shared.buffers.borrow_mut().output);
                    at += padded;
                }
                Frame::Begun(length) if relayed || length <= SMALL => break,
                Frame::Begun(_) | Frame::None => {
                    shared.figures.malformed.one();
                    return;
                }
            }
        }
        buffer.drain(..at);
        if buffer.is_empty() {
            buffer = Vec::new();
        }
    }
}

/// What a stream begins with.
#[derive(Debug, PartialEq, Eq)]
enum Frame {
    /// A message, and how many bytes it takes with its padding.
    Whole { length: usize, padded: usize },
    /// The beginning of one that will take so many bytes; 0 if that can't be told yet.
    Begun(usize),
    /// Nothing of ours.
    None,
}

fn frame(bytes: &[u8]) -> Frame {
    let Some(head) = bytes.first_chunk::<4>() else {
        return if bytes.first().is_none_or(|first| first & 0x80 == 0) { Frame::Begun(0) } else { Frame::None };
    };
    let told = usize::from(u16::from_be_bytes([head[2], head[3]]));
    let (length, padded) = match head[0] & 0xC0 {
        0x00 if told % 4 == 0 => (HEADER + told, HEADER + told),
        0x40 => (4 + told, 4 + told.next_multiple_of(4)),
        _ => return Frame::None,
    };
    if bytes.len() >= padded { Frame::Whole { length, padded } } else { Frame::Begun(padded) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_of_channels_is_padded_in_a_stream() {
        assert_eq!(frame(&[0x40, 0, 0, 5, 1, 2, 3, 4, 5, 0, 0, 0]), Frame::Whole { length: 9, padded: 12 });
        assert_eq!(frame(&[0x40, 0, 0, 5, 1, 2, 3, 4, 5]), Frame::Begun(12));
        assert_eq!(frame(&[0x40, 0, 0, 0]), Frame::Whole { length: 4, padded: 4 });
        assert_eq!(frame(&[0, 1, 0, 4]), Frame::Begun(24));
        assert_eq!(frame(&[0, 1, 0, 3]), Frame::None);
        assert_eq!((frame(&[0x80]), frame(&[0xC0, 0, 0, 0])), (Frame::None, Frame::None));
        assert_eq!((frame(&[]), frame(&[0, 1])), (Frame::Begun(0), Frame::Begun(0)));
    }
}

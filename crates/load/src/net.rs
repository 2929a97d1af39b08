//! Thousands of WebSockets on one thread: level-triggered epoll, one read buffer for all of them, nothing allocated per frame.

use crate::{Res, ws};
use rustix::buffer::spare_capacity;
use rustix::event::{Timespec, epoll};
use rustix::fd::OwnedFd;
use rustix::io::Errno;
use rustix::net::{AddressFamily, SocketFlags, SocketType, sockopt};
use std::net::SocketAddr;
use std::time::Duration;

const READ_BUFFER: usize = 512 * 1024;
const EVENTS_PER_TURN: usize = 256;

/// What is told about the sockets. `id` is the number that `Net::open` was given.
pub trait Handler {
    /// The upgrade went through: frames may be sent.
    fn opened(&mut self, net: &mut Net, id: usize);
    /// A text frame arrived.
    fn text(&mut self, net: &mut Net, id: usize, text: &[u8]);
    /// The other side closed, with the code of its close frame if there was one.
    fn closed(&mut self, net: &mut Net, id: usize, code: Option<u16>);
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Closed,
    Connecting,
    Upgrading,
    Open,
}

#[derive(Default)]
struct Socket {
    fd: Option<OwnedFd>,
    phase: Phase,
    generation: u32,
    waits_for_room: bool,
    paused: bool,
    dirty: bool,
    close_code: Option<u16>,
    /// The beginning of a frame whose rest has not come yet.
    carry: Vec<u8>,
    out: Vec<u8>,
}

/// All sockets of the tool.
pub struct Net {
    epoll: OwnedFd,
    address: SocketAddr,
    request: Vec<u8>,
    sockets: Vec<Socket>,
    dirty: Vec<usize>,
    buffer: Vec<u8>,
    events: Vec<epoll::Event>,
    /// The last answer that was no upgrade, for the person who runs the tool.
    pub refusal: String,
}

impl Net {
    /// Sockets towards one server.
    pub fn new(address: SocketAddr) -> Res<Self> {
        Ok(Self {
            epoll: epoll::create(epoll::CreateFlags::CLOEXEC)?,
            address,
            request: ws::upgrade(&address.to_string(), "/api/v1/realtime").into_bytes(),
            sockets: Vec::new(),
            dirty: Vec::new(),
            buffer: vec![0; READ_BUFFER],
            events: Vec::with_capacity(EVENTS_PER_TURN),
            refusal: String::new(),
        })
    }

    /// Begins to connect socket `id`. A small `receive_buffer` makes a reader that blocks early when it is paused.
    pub fn open(&mut self, id: usize, receive_buffer: Option<usize>) -> Res {
        if self.sockets.len() <= id {
            self.sockets.resize_with(id + 1, Socket::default);
        }
        let flags = SocketFlags::NONBLOCK | SocketFlags::CLOEXEC;
        let fd = rustix::net::socket_with(AddressFamily::INET, SocketType::STREAM, flags, None)?;
        sockopt::set_tcp_nodelay(&fd, true)?;
        // Cutting resets the connection, as a dead network or process does, and leaves no port waiting.
        sockopt::set_socket_linger(&fd, Some(Duration::ZERO))?;
        if let Some(size) = receive_buffer {
            sockopt::set_socket_recv_buffer_size(&fd, size)?;
        }
        match rustix::net::connect(&fd, &self.address) {
            Ok(()) | Err(Errno::INPROGRESS) => {}
            Err(error) => return Err(error.into()),
        }
        let socket = &mut self.sockets[id];
        let generation = socket.generation.wrapping_add(1);
        let data = epoll::EventData::new_u64((u64::from(generation) << 32) | id as u64);
        epoll::add(&self.epoll, &fd, data, epoll::EventFlags::OUT)?;
        *socket =
            Socket { fd: Some(fd), phase: Phase::Connecting, generation, waits_for_room: true, ..Socket::default() };
        Ok(())
    }

    /// Ends socket `id` without a word, as a cut line does.
    pub fn cut(&mut self, id: usize) {
        let Some(socket) = self.sockets.get_mut(id) else {
            return;
        };
        *socket = Socket { generation: socket.generation.wrapping_add(1), ..Socket::default() };
    }

    /// Stops or goes on reading from socket `id`.
    pub fn pause(&mut self, id: usize, paused: bool) -> Res {
        self.sockets[id].paused = paused;
        self.interest(id)
    }

    /// Queues a text frame; it leaves at the end of the turn, together with what else was queued.
    pub fn send(&mut self, id: usize, text: &[u8]) {
        self.queue(id, ws::TEXT, text);
    }

    fn queue(&mut self, id: usize, opcode: u8, payload: &[u8]) {
        let socket = &mut self.sockets[id];
        ws::append(&mut socket.out, opcode, payload);
        if !socket.dirty {
            socket.dirty = true;
            self.dirty.push(id);
        }
    }

    fn interest(&mut self, id: usize) -> Res {
        let socket = &self.sockets[id];
        let Some(fd) = &socket.fd else { return Ok(()) };
        let mut flags = epoll::EventFlags::empty();
        if !socket.paused && socket.phase != Phase::Connecting {
            flags |= epoll::EventFlags::IN;
        }
        if socket.waits_for_room {
            flags |= epoll::EventFlags::OUT;
        }
        let data = epoll::EventData::new_u64((u64::from(socket.generation) << 32) | id as u64);
        Ok(epoll::modify(&self.epoll, fd, data, flags)?)
    }

    /// Writes what is queued.
    pub fn flush(&mut self) -> Res {
        while let Some(id) = self.dirty.pop() {
            self.sockets[id].dirty = false;
            if self.sockets[id].phase != Phase::Connecting {
                self.write(id)?;
            }
        }
        Ok(())
    }

    fn write(&mut self, id: usize) -> Res {
        let socket = &mut self.sockets[id];
        let Some(fd) = &socket.fd else { return Ok(()) };
        let mut sent = 0;
        while sent < socket.out.len() {
            match rustix::net::send(fd, &socket.out[sent..], rustix::net::SendFlags::NOSIGNAL) {
                Ok(count) => sent += count,
                Err(Errno::INTR) => {}
                // A dead connection is noticed, and told, when it is read.
                Err(_) => break,
            }
        }
        socket.out.drain(..sent);
        let waits = !socket.out.is_empty();
        if socket.out.capacity() > 4096 && !waits {
            socket.out = Vec::new();
        }
        if waits != socket.waits_for_room {
            socket.waits_for_room = waits;
            self.interest(id)?;
        }
        Ok(())
    }

    /// Waits at most `patience` for something to happen and tells the handler; answers how many sockets had something.
    pub fn turn(&mut self, patience: Duration, handler: &mut impl Handler) -> Res<usize> {
        self.flush()?;
        let wait = Timespec { tv_sec: patience.as_secs() as i64, tv_nsec: i64::from(patience.subsec_nanos()) };
        let mut events = std::mem::take(&mut self.events);
        events.clear();
        match epoll::wait(&self.epoll, spare_capacity(&mut events), Some(&wait)) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let count = events.len();
        for event in &events {
            let data = event.data.u64();
            let id = (data & 0xffff_ffff) as usize;
            if u64::from(self.sockets[id].generation) == data >> 32 {
                self.happened(id, event.flags, handler)?;
            }
        }
        self.events = events;
        self.flush()?;
        Ok(count)
    }

    fn happened(&mut self, id: usize, flags: epoll::EventFlags, handler: &mut impl Handler) -> Res {
        if flags.contains(epoll::EventFlags::OUT) {
            if self.sockets[id].phase == Phase::Connecting {
                self.sockets[id].phase = Phase::Upgrading;
                self.sockets[id].out.extend_from_slice(&self.request);
            }
            self.write(id)?;
            if self.sockets[id].phase == Phase::Upgrading {
                self.interest(id)?;
            }
        }
        let readable = epoll::EventFlags::IN | epoll::EventFlags::HUP | epoll::EventFlags::ERR;
        if flags.intersects(readable) {
            self.read(id, handler);
        }
        Ok(())
    }

    fn read(&mut self, id: usize, handler: &mut impl Handler) {
        let mut buffer = std::mem::take(&mut self.buffer);
        let socket = &mut self.sockets[id];
        let kept = socket.carry.len();
        if buffer.len() < kept * 2 {
            buffer.resize(kept * 2, 0);
        }
        buffer[..kept].copy_from_slice(&socket.carry);
        socket.carry.clear();
        let outcome = match &socket.fd {
            Some(fd) => rustix::io::read(fd, &mut buffer[kept..]),
            None => Ok(0),
        };
        match outcome {
            Ok(0) => self.gone(id, handler),
            Ok(count) => self.take(id, &buffer[..kept + count], handler),
            Err(Errno::AGAIN | Errno::INTR) => self.sockets[id].carry.extend_from_slice(&buffer[..kept]),
            Err(error) => {
                self.refusal = error.to_string();
                self.gone(id, handler);
            }
        }
        self.buffer = buffer;
    }

    fn gone(&mut self, id: usize, handler: &mut impl Handler) {
        let code = self.sockets[id].close_code;
        self.cut(id);
        handler.closed(self, id, code);
    }

    fn take(&mut self, id: usize, bytes: &[u8], handler: &mut impl Handler) {
        let generation = self.sockets[id].generation;
        let mut rest = bytes;
        if self.sockets[id].phase == Phase::Upgrading {
            let Some(end) = memchr::memmem::find(rest, b"\r\n\r\n") else {
                return self.keep(id, rest);
            };
            if !rest.starts_with(b"HTTP/1.1 101") {
                self.refusal = String::from_utf8_lossy(&rest[..rest.len().min(600)]).into_owned();
                return self.gone(id, handler);
            }
            self.sockets[id].phase = Phase::Open;
            rest = &rest[end + 4..];
            handler.opened(self, id);
        }
        while let Some(frame) = ws::parse(rest) {
            match frame.opcode {
                ws::TEXT => handler.text(self, id, frame.payload),
                ws::PING => self.queue(id, ws::PONG, frame.payload),
                ws::CLOSE => {
                    let code: Option<[u8; 2]> = frame.payload.get(..2).and_then(|code| code.try_into().ok());
                    self.sockets[id].close_code = code.map(u16::from_be_bytes);
                    return self.gone(id, handler);
                }
                _ => {}
            }
            rest = &rest[frame.taken..];
            // The handler may have cut this very socket.
            if self.sockets[id].generation != generation {
                return;
            }
        }
        self.keep(id, rest);
    }

    fn keep(&mut self, id: usize, rest: &[u8]) {
        let carry = &mut self.sockets[id].carry;
        if rest.is_empty() {
            *carry = Vec::new();
        } else {
            carry.extend_from_slice(rest);
        }
    }
}

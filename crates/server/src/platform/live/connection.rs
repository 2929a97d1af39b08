use axum::extract::ws::Utf8Bytes;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// Frames waiting for a slow reader; beyond either bound the connection is closed with 4408.
const MOST_BYTES: usize = 1 << 20;
const MOST_FRAMES: usize = 8_192;
/// While a client's own commands may come to so many bytes of answers, no more of them are read: who sends fast must
/// not overflow the outbox by what comes back.
const MOST_UNDER_WAY: usize = MOST_BYTES / 2;

/// Who is at the other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Person {
    /// A member.
    Member(i64),
    /// An operator.
    Operator(i64),
}

/// Why a connection is closed by us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Close {
    /// The hello was late or not valid, or the session ended.
    Unauthorized,
    /// The reader was too slow for its outbox.
    Slow,
    /// Nothing was heard for too long.
    Silent,
    /// A frame that is no text.
    NotText,
    /// A frame that is too large.
    TooLarge,
    /// The server is going away: reconnect.
    Restart,
}

impl Close {
    /// What a failed read means: too large a frame is told so, for the rest there is nobody left to tell.
    pub(super) fn of_error(error: &axum::Error) -> Option<Close> {
        let text = error.to_string();
        (text.contains("too long") || text.contains("too large") || text.contains("Space limit"))
            .then_some(Close::TooLarge)
    }

    /// The WebSocket close code (RFC 6455, 7.4; 4000 and above are ours) and its sentence.
    pub fn code(self) -> (u16, &'static str) {
        match self {
            Close::Unauthorized => (4401, "sign in again"),
            Close::Slow => (4408, "too slow, resume"),
            Close::Silent => (4408, "nothing heard, resume"),
            Close::NotText => (1003, "text frames only"),
            Close::TooLarge => (1009, "frame too large"),
            Close::Restart => (1012, "restarting, reconnect"),
        }
    }
}

/// What waits to be written.
pub(super) enum Out {
    Frame(Utf8Bytes),
    /// What a reader missed. It is shared with the log and bounded by it; counted here, whoever missed much
    /// could never catch up.
    Missed(Vec<Utf8Bytes>),
    Ping,
}

impl Out {
    pub(super) fn len(&self) -> usize {
        match self {
            Out::Frame(frame) => frame.len(),
            Out::Missed(_) | Out::Ping => 0,
        }
    }
}

#[derive(Default)]
struct Outbox {
    waiting: VecDeque<Out>,
    bytes: usize,
    close: Option<Close>,
}

/// One signed-in socket.
pub struct Connection {
    /// Distinguishes the tabs of one person.
    pub id: u64,
    /// Who it is.
    pub person: Person,
    /// Their site.
    pub site: i64,
    /// What contact rules can tell of a member; 0 for operators.
    class: AtomicI64,
    /// The hash of the access token it was opened with.
    pub session: [u8; 32],
    outbox: Mutex<Outbox>,
    wake: Notify,
    heard: AtomicI64,
    under_way: AtomicUsize,
    /// The rooms it is inside.
    rooms: Mutex<Vec<i64>>,
}

/// A command whose answer is still to come; it counts until it is dropped.
pub struct UnderWay {
    connection: Arc<Connection>,
    bytes: usize,
}

impl UnderWay {
    /// Where the answer goes, which counts as waiting there from now on.
    pub fn arrives(self) -> Arc<Connection> {
        self.connection.clone()
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.connection.under_way.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

impl Connection {
    /// A connection that just said hello.
    pub fn new(id: u64, person: Person, site: i64, class: i64, session: [u8; 32], now: i64) -> Connection {
        Connection {
            id,
            person,
            site,
            class: AtomicI64::new(class),
            session,
            outbox: Mutex::new(Outbox::default()),
            wake: Notify::new(),
            heard: AtomicI64::new(now),
            under_way: AtomicUsize::new(0),
            rooms: Mutex::new(Vec::new()),
        }
    }

    /// What contact rules can tell of the member.
    pub(super) fn class(&self) -> i64 {
        self.class.load(Ordering::Relaxed)
    }

    pub(super) fn set_class(&self, class: i64) {
        self.class.store(class, Ordering::Relaxed);
    }

    /// The rooms it is inside.
    pub(super) fn rooms(&self) -> MutexGuard<'_, Vec<i64>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a frame for writing.
    pub fn push(&self, frame: Utf8Bytes) {
        let bytes = frame.len();
        self.queue(Out::Frame(frame), bytes);
    }

    /// Queues what was missed, before anything else.
    pub(super) fn replay(&self, missed: Vec<Utf8Bytes>) {
        self.queue(Out::Missed(missed), 0);
    }

    pub(super) fn ping(&self) {
        self.queue(Out::Ping, 0);
    }

    /// A command of so many bytes is answered later: with the message, after the same message as an event.
    pub fn owe(self: &Arc<Self>, command: usize) -> UnderWay {
        let bytes = 2 * command + 1_200;
        self.under_way.fetch_add(bytes, Ordering::Relaxed);
        UnderWay { connection: self.clone(), bytes }
    }

    /// Whether the next command may be read.
    pub(super) fn listens(&self) -> bool {
        self.under_way.load(Ordering::Relaxed) < MOST_UNDER_WAY
    }

    /// Asks for the connection to be closed, before anything that still waits.
    pub fn close(&self, why: Close) {
        let mut outbox = self.outbox.lock().unwrap_or_else(PoisonError::into_inner);
        if outbox.close.is_none() {
            outbox.close = Some(why);
            outbox.waiting = VecDeque::new();
        }
        drop(outbox);
        self.wake.notify_one();
    }

    fn queue(&self, out: Out, bytes: usize) {
        let mut outbox = self.outbox.lock().unwrap_or_else(PoisonError::into_inner);
        if outbox.close.is_some() {
            return;
        }
        if outbox.bytes + bytes > MOST_BYTES || outbox.waiting.len() >= MOST_FRAMES {
            outbox.close = Some(Close::Slow);
            outbox.waiting = VecDeque::new();
            metrics::counter!("parvis_slow_consumers_total").increment(1);
            drop(outbox);
            self.wake.notify_one();
            return;
        }
        outbox.bytes += bytes;
        outbox.waiting.push_back(out);
        let first = outbox.waiting.len() == 1;
        drop(outbox);
        if first {
            self.wake.notify_one();
        }
    }

    /// Waits until there is something to write.
    pub(super) async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Takes everything that waits; the bytes count as waiting until [`Connection::written`].
    pub(super) fn take(&self) -> Result<VecDeque<Out>, Close> {
        let mut outbox = self.outbox.lock().unwrap_or_else(PoisonError::into_inner);
        match outbox.close {
            Some(why) => Err(why),
            None => Ok(std::mem::take(&mut outbox.waiting)),
        }
    }

    pub(super) fn written(&self, bytes: usize) {
        let mut outbox = self.outbox.lock().unwrap_or_else(PoisonError::into_inner);
        outbox.bytes = outbox.bytes.saturating_sub(bytes);
        if !outbox.waiting.is_empty() {
            self.wake.notify_one();
        }
    }

    pub(super) fn closing(&self) -> Option<Close> {
        self.outbox.lock().unwrap_or_else(PoisonError::into_inner).close
    }

    pub(super) fn hear(&self, now: i64) {
        self.heard.store(now, Ordering::Relaxed);
    }

    pub(super) fn heard(&self) -> i64 {
        self.heard.load(Ordering::Relaxed)
    }
}

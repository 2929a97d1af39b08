//! A small HTTP/1.1 client for the preparations and the history scene: one kept-alive connection, one request at a time.

use crate::Res;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};

/// One kept-alive connection.
pub struct Client {
    address: SocketAddr,
    stream: BufReader<TcpStream>,
}

/// A response: its status and its JSON, or null.
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub json: Value,
}

impl Client {
    /// Connects.
    pub fn new(address: SocketAddr) -> Res<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self { address, stream: BufReader::new(stream) })
    }

    /// Asks, and fails unless the answer is a success.
    pub fn call(&mut self, method: &str, path: &str, bearer: &str, body: Option<&Value>) -> Res<Value> {
        let answer = self.ask(method, path, bearer, body)?;
        if !(200..300).contains(&answer.status) {
            return Err(format!("{method} {path} answered {}: {}", answer.status, answer.json).into());
        }
        Ok(answer.json)
    }

    /// Asks.
    pub fn ask(&mut self, method: &str, path: &str, bearer: &str, body: Option<&Value>) -> Res<Answer> {
        let (status, body) = self.raw(method, path, bearer, body)?;
        let json = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).unwrap_or(Value::Null) };
        Ok(Answer { status, json })
    }

    /// Asks, without looking into the body that comes back.
    pub fn raw(&mut self, method: &str, path: &str, bearer: &str, body: Option<&Value>) -> Res<(u16, Vec<u8>)> {
        self.text(method, path, bearer, "application/json", &body.map(Value::to_string).unwrap_or_default())
    }

    /// The same with a body of any kind.
    pub fn text(&mut self, method: &str, path: &str, bearer: &str, kind: &str, body: &str) -> Res<(u16, Vec<u8>)> {
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n", self.address, body.len());
        if !bearer.is_empty() {
            request += &format!("Authorization: Bearer {bearer}\r\n");
        }
        if !body.is_empty() {
            request += &format!("Content-Type: {kind}\r\n");
        }
        request += "\r\n";
        request += body;
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.answer()
    }

    fn answer(&mut self) -> Res<(u16, Vec<u8>)> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status: u16 = line.split(' ').nth(1).and_then(|word| word.parse().ok()).ok_or("no HTTP answer")?;
        let mut length = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(':') else {
                break;
            };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse()?;
            } else if name.eq_ignore_ascii_case("transfer-encoding") {
                return Err("a chunked answer, which this tool does not read".into());
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok((status, body))
    }
}

/// Does `job` for every number below `count` over several connections at once; the answers are in order.
pub fn parallel<T: Send>(
    address: SocketAddr,
    connections: usize,
    count: usize,
    job: impl Fn(&mut Client, usize) -> Res<T> + Sync,
) -> Res<Vec<T>> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<Vec<(usize, T)>, String> {
        let mut client = Client::new(address).map_err(|error| error.to_string())?;
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return Ok(done);
            }
            done.push((index, job(&mut client, index).map_err(|error| error.to_string())?));
        }
    };
    let parts: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..connections.min(count)).map(|_| scope.spawn(work)).collect();
        threads.into_iter().map(|thread| thread.join()).collect()
    });
    let mut all = Vec::with_capacity(count);
    for part in parts {
        all.extend(part.map_err(|_| "a thread of the load tool failed")??);
    }
    all.sort_by_key(|(index, _)| *index);
    Ok(all.into_iter().map(|(_, value)| value).collect())
}

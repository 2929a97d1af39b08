//! The other side: a small client of STUN and TURN, for finding out which ways work, and for tests.

use crate::chance::random;
use crate::credentials::{Credentials, Key, long_term_key};
use crate::stun::{Class, HEADER, Message, Writer, attribute, method};
use std::io::{Error, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::timeout;
use tokio_rustls::{TlsConnector, rustls};

/// After so long a request is sent again by UDP; each time twice as long.
const AGAIN: Duration = Duration::from_millis(250);
/// So often.
const TIMES: u32 = 4;
/// So long a connection may take, and an answer over it.
const PATIENCE: Duration = Duration::from_secs(4);

/// Why something did not work.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// No way there, or the connection ended.
    #[error("{0}")]
    Io(#[from] Error),
    /// Nothing came back.
    #[error("no answer")]
    Silent,
    /// The server said no: a code of RFC 8489 or RFC 8656.
    #[error("refused with {0}")]
    Refused(u16),
    /// What came back is no answer.
    #[error("an answer that makes no sense")]
    Odd,
}

impl Failure {
    /// The code of a refusal.
    pub fn code(&self) -> Option<u16> {
        if let Failure::Refused(code) = self { Some(*code) } else { None }
    }
}

/// What browsers trust: the authorities of the public web.
///
/// # Errors
/// None that could happen: the cryptography is compiled in.
pub fn public_roots() -> Result<Arc<rustls::ClientConfig>, Failure> {
    let roots: rustls::RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::other(error.to_string()))?;
    Ok(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
}

/// A stream of bytes both ways.
trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

enum Way {
    Udp(UdpSocket),
    Stream(Box<dyn Stream>, Vec<u8>),
}

/// A client of one server.
pub struct TurnClient {
    way: Way,
    credentials: Option<Credentials>,
    /// The realm to answer with, if not the server's.
    asked_realm: Option<String>,
    realm: String,
    nonce: String,
    /// What was received while an answer was waited for.
    early: Vec<Received>,
}

/// What an allocation got.
#[derive(Clone, Copy, Debug)]
pub struct Allocated {
    /// The address others reach it by.
    pub relayed: SocketAddr,
    /// The address the server sees.
    pub mapped: SocketAddr,
    /// For so many seconds.
    pub lifetime: u32,
}

/// Data from a peer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// Over a channel.
    Channel(u16, Vec<u8>),
    /// Without one.
    From(SocketAddr, Vec<u8>),
}

impl TurnClient {
    /// By UDP.
    pub async fn udp(server: SocketAddr) -> Result<TurnClient, Failure> {
        let any: IpAddr = if server.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
        let socket = UdpSocket::bind((any, 0)).await?;
        socket.connect(server).await?;
        Ok(TurnClient::by(Way::Udp(socket)))
    }

    /// By TCP.
    pub async fn tcp(server: SocketAddr) -> Result<TurnClient, Failure> {
        let stream = timeout(PATIENCE, TcpStream::connect(server)).await.map_err(|_| Failure::Silent)??;
        stream.set_nodelay(true)?;
        Ok(TurnClient::by(Way::Stream(Box::new(stream), Vec::new())))
    }

    /// By TLS, with a certificate that must be `name`'s.
    pub async fn tls(server: SocketAddr, name: &str, config: Arc<rustls::ClientConfig>) -> Result<TurnClient, Failure> {
        let stream = timeout(PATIENCE, TcpStream::connect(server)).await.map_err(|_| Failure::Silent)??;
        stream.set_nodelay(true)?;
        let name = name.to_owned().try_into().map_err(|_| Error::new(ErrorKind::InvalidInput, "not a host name"))?;
        let handshake = TlsConnector::from(config).connect(name, stream);
        let stream = timeout(PATIENCE, handshake).await.map_err(|_| Failure::Silent)??;
        Ok(TurnClient::by(Way::Stream(Box::new(stream), Vec::new())))
    }

    fn by(way: Way) -> TurnClient {
        TurnClient {
            way,
            credentials: None,
            asked_realm: None,
            realm: String::new(),
            nonce: String::new(),
            early: Vec::new(),
        }
    }

    /// Who asks from now on.
    pub fn sign_in(&mut self, credentials: Credentials) {
        self.credentials = Some(credentials);
    }

    /// The same, whatever realm the server is of.
    pub fn sign_in_for(&mut self, credentials: Credentials, realm: &str) {
        self.sign_in(credentials);
        self.asked_realm = Some(realm.to_owned());
    }

    /// Which address the server sees.
    pub async fn binding(&mut self) -> Result<SocketAddr, Failure> {
        let answer = self.ask(method::BINDING, &[], &[]).await?;
        answer.address(attribute::XOR_MAPPED_ADDRESS)
    }

    /// Asks for a relayed address, for so many seconds if said.
    pub async fn allocate(&mut self, seconds: Option<u32>) -> Result<Allocated, Failure> {
        self.allocate_with(seconds.map(|s| (attribute::LIFETIME, s.to_be_bytes().to_vec()))).await
    }

    /// Asks for one of a family of addresses: 1 is IPv4, 2 is IPv6.
    pub async fn allocate_of(&mut self, family: u8) -> Result<Allocated, Failure> {
        self.allocate_with(Some((attribute::REQUESTED_ADDRESS_FAMILY, vec![family, 0, 0, 0]))).await
    }

    async fn allocate_with(&mut self, more: Option<(u16, Vec<u8>)>) -> Result<Allocated, Failure> {
        let mut attributes = vec![(attribute::REQUESTED_TRANSPORT, vec![17, 0, 0, 0])];
        attributes.extend(more);
        let answer = self.ask(method::ALLOCATE, &attributes, &[]).await?;
        Ok(Allocated {
            relayed: answer.address(attribute::XOR_RELAYED_ADDRESS)?,
            mapped: answer.address(attribute::XOR_MAPPED_ADDRESS)?,
            lifetime: answer.number(attribute::LIFETIME)?,
        })
    }

    /// Keeps the allocation for so many seconds more, or ends it with 0. Answers how long it lives.
    pub async fn refresh(&mut self, seconds: u32) -> Result<u32, Failure> {
        let lifetime = (attribute::LIFETIME, seconds.to_be_bytes().to_vec());
        self.ask(method::REFRESH, &[lifetime], &[]).await?.number(attribute::LIFETIME)
    }

    /// Opens the allocation to peers.
    pub async fn permit(&mut self, peers: &[SocketAddr]) -> Result<(), Failure> {
        self.ask(method::CREATE_PERMISSION, &[], peers).await.map(drop)
    }

    /// Binds a channel to a peer.
    pub async fn bind(&mut self, channel: u16, peer: SocketAddr) -> Result<(), Failure> {
        let [high, low] = channel.to_be_bytes();
        self.ask(method::CHANNEL_BIND, &[(attribute::CHANNEL_NUMBER, vec![high, low, 0, 0])], &[peer]).await.map(drop)
    }

    /// Sends to a peer.
    pub async fn send(&mut self, peer: SocketAddr, data: &[u8]) -> Result<(), Failure> {
        let mut out = Vec::new();
        Writer::new(&mut out, Class::Indication, method::SEND, random())
            .address(attribute::XOR_PEER_ADDRESS, peer)
            .attribute(attribute::DATA, data)
            .done();
        self.write(&out).await
    }

    /// Sends over a channel.
    pub async fn send_channel(&mut self, channel: u16, data: &[u8]) -> Result<(), Failure> {
        let length = u16::try_from(data.len()).map_err(|_| Failure::Odd)?;
        let mut out = [channel.to_be_bytes(), length.to_be_bytes()].concat();
        out.extend_from_slice(data);
        if matches!(self.way, Way::Stream(..)) {
            out.resize(out.len().next_multiple_of(4), 0);
        }
        self.write(&out).await
    }

    /// What comes next from a peer.
    pub async fn receive(&mut self) -> Result<Received, Failure> {
        if !self.early.is_empty() {
            return Ok(self.early.remove(0));
        }
        loop {
            let bytes = timeout(PATIENCE, self.read()).await.map_err(|_| Failure::Silent)??;
            if let Some(received) = received(&bytes) {
                return Ok(received);
            }
        }
    }

    /// Sends bytes as they are.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match &mut self.way {
            Way::Udp(socket) => drop(socket.send(bytes).await?),
            Way::Stream(stream, _) => {
                stream.write_all(bytes).await?;
                stream.flush().await?;
            }
        }
        Ok(())
    }

    /// What comes next, whatever it is.
    pub async fn read(&mut self) -> Result<Vec<u8>, Failure> {
        match &mut self.way {
            Way::Udp(socket) => {
                let mut bytes = vec![0; 1 << 16];
                let length = socket.recv(&mut bytes).await?;
                bytes.truncate(length);
                Ok(bytes)
            }
            Way::Stream(stream, buffer) => loop {
                if let Some((length, padded)) = whole(buffer) {
                    let mut bytes: Vec<u8> = buffer.drain(..padded).collect();
                    bytes.truncate(length);
                    return Ok(bytes);
                }
                if stream.read_buf(buffer).await? == 0 {
                    return Err(Error::from(ErrorKind::UnexpectedEof).into());
                }
            },
        }
    }

    /// A request, signed as soon as the server wants that, and its answer.
    async fn ask(
        &mut self,
        method: u16,
        attributes: &[(u16, Vec<u8>)],
        peers: &[SocketAddr],
    ) -> Result<Answer, Failure> {
        for _ in 0..3 {
            let transaction = random();
            let mut out = Vec::new();
            let mut request = Writer::new(&mut out, Class::Request, method, transaction);
            for (kind, value) in attributes {
                request = request.attribute(*kind, value);
            }
            for peer in peers {
                request = request.address(attribute::XOR_PEER_ADDRESS, *peer);
            }
            if let Some(credentials) = self.credentials.as_ref().filter(|_| !self.nonce.is_empty()) {
                let key: Key = long_term_key(&credentials.username, &self.realm, &credentials.password);
                request
                    .attribute(attribute::USERNAME, credentials.username.as_bytes())
                    .attribute(attribute::REALM, self.realm.as_bytes())
                    .attribute(attribute::NONCE, self.nonce.as_bytes())
                    .sign(&key);
            }
            let answer = Answer(self.exchange(&out, transaction).await?);
            let Some(code) = answer.code() else { return Ok(answer) };
            let first = code == 401 && self.nonce.is_empty() && self.credentials.is_some();
            if !(first || code == 438) {
                return Err(Failure::Refused(code));
            }
            self.realm = self.asked_realm.clone().map_or_else(|| answer.text(attribute::REALM), Ok)?;
            self.nonce = answer.text(attribute::NONCE)?;
        }
        Err(Failure::Odd)
    }

    async fn exchange(&mut self, request: &[u8], transaction: [u8; 12]) -> Result<Vec<u8>, Failure> {
        let udp = matches!(self.way, Way::Udp(_));
        for time in 0..if udp { TIMES } else { 1 } {
            self.write(request).await?;
            let patience = if udp { AGAIN * 2u32.pow(time) } else { PATIENCE };
            match timeout(patience, self.answer_to(transaction)).await {
                Ok(answer) => return answer,
                Err(_) => continue,
            }
        }
        Err(Failure::Silent)
    }

    async fn answer_to(&mut self, transaction: [u8; 12]) -> Result<Vec<u8>, Failure> {
        loop {
            let bytes = self.read().await?;
            if Message::read(&bytes).is_some_and(|message| message.transaction == transaction) {
                return Ok(bytes);
            }
            self.early.extend(received(&bytes));
        }
    }
}

/// The first whole message of a stream, and how much it takes with its padding.
fn whole(buffer: &[u8]) -> Option<(usize, usize)> {
    let told = usize::from(u16::from_be_bytes([*buffer.get(2)?, *buffer.get(3)?]));
    let channel = buffer[0] & 0xC0 == 0x40;
    let length = if channel { 4 + told } else { HEADER + told };
    (buffer.len() >= length.next_multiple_of(4)).then_some((length, length.next_multiple_of(4)))
}

fn received(bytes: &[u8]) -> Option<Received> {
    if let [high @ 0x40..=0x7F, low, l0, l1, data @ ..] = bytes {
        let length = usize::from(u16::from_be_bytes([*l0, *l1]));
        return Some(Received::Channel(u16::from_be_bytes([*high, *low]), data.get(..length)?.to_vec()));
    }
    let message = Message::read(bytes).filter(|m| m.class == Class::Indication && m.method == method::DATA)?;
    let peer = message.address(message.get(attribute::XOR_PEER_ADDRESS)?)?;
    Some(Received::From(peer, message.get(attribute::DATA)?.to_vec()))
}

/// An answer.
struct Answer(Vec<u8>);

impl Answer {
    fn message(&self) -> Result<Message<'_>, Failure> {
        Message::read(&self.0).ok_or(Failure::Odd)
    }

    fn get(&self, kind: u16) -> Result<&[u8], Failure> {
        self.message()?.get(kind).ok_or(Failure::Odd)
    }

    fn code(&self) -> Option<u16> {
        let value = self.get(attribute::ERROR_CODE).ok()?;
        Some(u16::from(*value.get(2)?) * 100 + u16::from(*value.get(3)?))
    }

    fn address(&self, kind: u16) -> Result<SocketAddr, Failure> {
        self.message()?.address(self.get(kind)?).ok_or(Failure::Odd)
    }

    fn number(&self, kind: u16) -> Result<u32, Failure> {
        Ok(u32::from_be_bytes(self.get(kind)?.try_into().map_err(|_| Failure::Odd)?))
    }

    fn text(&self, kind: u16) -> Result<String, Failure> {
        String::from_utf8(self.get(kind)?.to_vec()).map_err(|_| Failure::Odd)
    }
}

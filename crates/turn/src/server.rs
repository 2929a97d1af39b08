//! The server: its sockets, its thread, what is shared there.

use crate::clock::{Clock, pause};
use crate::config::{Config, Tls};
use crate::figures::Figures;
use crate::relay::{Act, Client, Relay, Source};
use crate::tcp::{self, Connections};
use crate::udp::{self, Binder};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use socket2::{Domain, Protocol, Socket, Type};
use std::cell::RefCell;
use std::collections::HashSet;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls;

/// What waits in the kernel for the thread to come round, for all who come by UDP; the system may allow less.
const RECEIVE_BUFFER: usize = 4 << 20;
/// Connections that wait to be accepted.
const BACKLOG: i32 = 1_024;
/// Where any port will do, so many are tried for one that is free for UDP and TCP.
const TRIES: usize = 32;
/// How often a renewed certificate is looked for, in sweeps of a second.
const RENEWAL: u64 = 3_600;

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// It can't listen there.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// The certificate or its key can't be used.
    #[error("cannot use the certificate {0} with its key: {1}")]
    Certificate(String, String),
    /// There is nothing to relay from, or nowhere to listen.
    #[error("{0}")]
    Config(&'static str),
    /// The system gives no thread.
    #[error("cannot start a thread: {0}")]
    Thread(std::io::Error),
}

/// A running server; it stops when this is dropped.
pub struct Server {
    stop: Option<oneshot::Sender<()>>,
    done: oneshot::Receiver<()>,
    figures: Arc<Figures>,
    addresses: Vec<SocketAddr>,
}

/// What the tasks of the thread share.
pub(crate) struct Shared {
    pub relay: RefCell<Relay<Binder>>,
    pub udp: Vec<tokio::net::UdpSocket>,
    pub connections: Connections,
    pub tls: RefCell<Option<TlsAcceptor>>,
    pub figures: Arc<Figures>,
    pub clock: Clock,
    pub config: Config,
    /// Where datagrams are received into, and answers written: nobody waits while using them.
    pub buffers: RefCell<Buffers>,
}

/// See [`Shared::buffers`].
pub(crate) struct Buffers {
    pub input: Vec<u8>,
    pub output: Vec<u8>,
}

/// Sockets that listen for UDP and TCP on one address.
struct Listener {
    udp: std::net::UdpSocket,
    tcp: std::net::TcpListener,
}

impl Server {
    /// Starts: binds what it listens on and makes a thread. Relayed addresses are bound when somebody asks for one.
    ///
    /// # Errors
    /// What can't be used in the configuration, in a sentence.
    pub fn start(config: Config) -> Result<Server, StartError> {
        if config.listen.is_empty() || config.relays.is_empty() {
            return Err(StartError::Config("there must be an address to listen on, and one to relay from"));
        }
        let tls = config.tls.as_ref().map(acceptor).transpose()?;
        let listeners =
            config.listen.iter().map(|address| listen(*address)).collect::<Result<Vec<Listener>, StartError>>()?;
        let addresses: Vec<SocketAddr> = listeners.iter().filter_map(|l| l.udp.local_addr().ok()).collect();
        let figures = Arc::new(Figures::default());
        let (stop, stopped) = oneshot::channel();
        let (ended, done) = oneshot::channel();
        let counted = figures.clone();
        let thread = std::thread::Builder::new().name("turn".to_owned());
        let work = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            match runtime {
                Ok(runtime) => {
                    let local = tokio::task::LocalSet::new();
                    local.block_on(&runtime, run(config, listeners, tls, counted, stopped));
                }
                Err(error) => tracing::error!(%error, "the relay for calls has no runtime"),
            }
            let _ = ended.send(());
        };
        thread.spawn(work).map_err(StartError::Thread)?;
        Ok(Server { stop: Some(stop), done, figures, addresses })
    }

    /// Where it listens, with the real ports.
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// What it counts.
    pub fn figures(&self) -> &Arc<Figures> {
        &self.figures
    }

    /// Stops it, and waits until its sockets are closed.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let _ = (&mut self.done).await;
    }
}

async fn run(
    config: Config,
    listeners: Vec<Listener>,
    tls: Option<TlsAcceptor>,
    figures: Arc<Figures>,
    mut stopped: oneshot::Receiver<()>,
) {
    let (mut udp, mut tcp) = (Vec::new(), Vec::new());
    for listener in listeners {
        match (tokio::net::UdpSocket::from_std(listener.udp), tokio::net::TcpListener::from_std(listener.tcp)) {
            (Ok(u), Ok(t)) => {
                udp.push(u);
                tcp.push(t);
            }
            (Err(error), _) | (_, Err(error)) => tracing::error!(%error, "the relay for calls cannot listen"),
        }
    }
    let ports: HashSet<u16> = udp.iter().filter_map(|u| u.local_addr().ok()).map(|address| address.port()).collect();
    let clock = config.clock.clone();
    let shared = Rc::new_cyclic(|shared| Shared {
        relay: RefCell::new(Relay::new(
            config.clone(),
            ports,
            Binder::new(shared.clone()),
            figures.clone(),
            clock.now(),
        )),
        udp,
        connections: Connections::default(),
        tls: RefCell::new(tls),
        figures,
        clock,
        config,
        buffers: RefCell::new(Buffers { input: vec![0; 1 << 16], output: Vec::with_capacity(1 << 16) }),
    });
    for index in 0..shared.udp.len() {
        tokio::task::spawn_local(udp::serve(shared.clone(), index));
    }
    for listener in tcp {
        tokio::task::spawn_local(tcp::accept(shared.clone(), listener));
    }
    let mut sweeps = 0;
    loop {
        tokio::select! {
            _ = &mut stopped => return,
            () = pause(Duration::from_secs(1)) => sweeps += 1,
        }
        shared.relay.borrow_mut().sweep(shared.clock.now());
        if sweeps % RENEWAL == 0 {
            shared.renew();
        }
    }
}

impl Shared {
    /// What a client sent: brought where it belongs.
    pub fn client_sent(&self, source: Source, bytes: &[u8], output: &mut Vec<u8>) {
        let now = self.clock.now();
        let mut relay = self.relay.borrow_mut();
        let act = catch_unwind(AssertUnwindSafe(|| relay.client_sent(source, bytes, now, output)));
        match act {
            Ok(Act::Nothing) => {}
            Ok(Act::Tell(client)) => self.tell(client, output),
            Ok(Act::Send(place, peer, data)) => {
                if let Some(socket) = relay.socket(place)
                    && socket.send(data, peer).is_err()
                {
                    self.figures.dropped.one();
                }
            }
            Err(_) => {
                // One client's message: one client's end.
                self.figures.panics.one();
                relay.gone(source.client);
            }
        }
    }

    /// Brings something to a client; it is dropped where the way is full.
    pub fn tell(&self, client: Client, bytes: &[u8]) {
        let sent = match client {
            Client::Udp(index, address) => {
                let socket = self.udp.get(usize::from(index));
                socket.is_some_and(|socket| udp::send(socket, bytes, address).is_ok())
            }
            Client::Connection(number) => self.connections.queue(number, bytes, self.config.limits.queue_bytes),
        };
        if !sent {
            self.figures.dropped.one();
        }
    }

    /// Certificates are renewed while the server runs.
    fn renew(&self) {
        match self.config.tls.as_ref().map(acceptor).transpose() {
            Ok(tls) => drop(self.tls.replace(tls)),
            Err(error) => tracing::warn!(%error, "the relay for calls keeps its old certificate"),
        }
    }
}

fn acceptor(tls: &Tls) -> Result<TlsAcceptor, StartError> {
    let wrong = |why: String| StartError::Certificate(tls.certificates.display().to_string(), why);
    let certificates: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(&tls.certificates)
        .and_then(Iterator::collect)
        .map_err(|error| wrong(error.to_string()))?;
    let key = PrivateKeyDer::from_pem_file(&tls.key).map_err(|error| wrong(error.to_string()))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_no_client_auth().with_single_cert(certificates, key))
        .map_err(|error| wrong(error.to_string()))?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn listen(address: SocketAddr) -> Result<Listener, StartError> {
    let mut last = None;
    for _ in 0..if address.port() == 0 { TRIES } else { 1 } {
        match udp::bind(address, RECEIVE_BUFFER).and_then(|udp| Ok((udp.local_addr()?, udp))) {
            Ok((bound, udp)) => match listen_tcp(bound) {
                Ok(tcp) => return Ok(Listener { udp, tcp }),
                Err(error) => last = Some(error),
            },
            Err(error) => last = Some(error),
        }
    }
    Err(StartError::Listen(address, last.unwrap_or_else(|| std::io::ErrorKind::AddrInUse.into())))
}

fn listen_tcp(address: SocketAddr) -> std::io::Result<std::net::TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if address.is_ipv6() {
        socket.set_only_v6(true)?;
    }
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

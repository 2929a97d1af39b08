//! Datagrams: of clients, and of peers to relayed addresses.

use crate::relay::{Client, Sockets, Source};
use crate::server::{Buffers, Shared};
use socket2::{Domain, Protocol, SockRef, Socket, Type};
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::{Rc, Weak};
use tokio::net::UdpSocket;
use tokio::task::{AbortHandle, spawn_local};

/// What waits in the kernel for one relayed address: a key frame of video comes in a burst.
const RELAY_BUFFER: usize = 512 * 1_024;
/// So many datagrams of one socket before the others have their turn.
const BATCH: usize = 64;

/// A UDP socket that does not block.
pub fn bind(address: SocketAddr, receive_buffer: usize) -> std::io::Result<std::net::UdpSocket> {
    let socket = Socket::new(Domain::for_address(address), Type::DGRAM, Some(Protocol::UDP))?;
    if address.is_ipv6() {
        socket.set_only_v6(true)?;
    }
    // Where the system allows less, it gives what it allows.
    let _ = socket.set_recv_buffer_size(receive_buffer);
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    Ok(socket.into())
}

/// Sends at once or not at all. The runtime is not asked whether the socket can: of one that was bound a moment ago it does
/// not know yet.
pub fn send(socket: &UdpSocket, data: &[u8], to: SocketAddr) -> std::io::Result<usize> {
    SockRef::from(socket).send_to(data, &to.into())
}

/// Clients who come by UDP.
pub async fn serve(shared: Rc<Shared>, index: usize) {
    let number = u16::try_from(index).unwrap_or(u16::MAX);
    while shared.udp[index].readable().await.is_ok() {
        let Buffers { input, output } = &mut *shared.buffers.borrow_mut();
        for _ in 0..BATCH {
            match shared.udp[index].try_recv_from(input) {
                Ok((length, address)) => {
                    let source = Source { client: Client::Udp(number, address), address };
                    shared.client_sent(source, &input[..length], output);
                }
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => break,
                // What an earlier datagram met on its way.
                Err(_) => {}
            }
        }
    }
}

/// Makes the sockets of relayed addresses, each with a task that reads it.
pub struct Binder {
    shared: Weak<Shared>,
}

impl Binder {
    /// For the server that `shared` is of.
    pub fn new(shared: Weak<Shared>) -> Binder {
        Binder { shared }
    }
}

/// The socket of a relayed address; dropped, it is closed.
pub struct RelaySocket {
    socket: Rc<UdpSocket>,
    reader: AbortHandle,
}

impl RelaySocket {
    /// Sends to a peer; a full socket drops.
    pub fn send(&self, data: &[u8], peer: SocketAddr) -> std::io::Result<usize> {
        send(&self.socket, data, peer)
    }
}

impl Drop for RelaySocket {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

impl Sockets for Binder {
    type Socket = RelaySocket;

    fn bind(&mut self, address: SocketAddr, place: usize, generation: u64) -> std::io::Result<RelaySocket> {
        let socket = Rc::new(UdpSocket::from_std(bind(address, RELAY_BUFFER)?)?);
        let reader = spawn_local(read_peers(self.shared.clone(), socket.clone(), place, generation)).abort_handle();
        Ok(RelaySocket { socket, reader })
    }
}

async fn read_peers(shared: Weak<Shared>, socket: Rc<UdpSocket>, place: usize, generation: u64) {
    while socket.readable().await.is_ok() {
        let Some(shared) = shared.upgrade() else { return };
        let Buffers { input, output } = &mut *shared.buffers.borrow_mut();
        for _ in 0..BATCH {
            let (length, peer) = match socket.try_recv_from(input) {
                Ok(received) => received,
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => break,
                // A peer that is not there: the client finds out by itself.
                Err(_) => continue,
            };
            let now = shared.clock.now();
            let mut relay = shared.relay.borrow_mut();
            let data = &input[..length];
            let client = catch_unwind(AssertUnwindSafe(|| relay.peer_sent(place, generation, peer, data, now, output)));
            match client {
                Ok(Some(client)) => shared.tell(client, output),
                Ok(None) => {}
                Err(_) => shared.figures.panics.one(),
            }
        }
    }
}

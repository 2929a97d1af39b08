//! A STUN and TURN server (RFC 8489, RFC 8656) for a process that does other things too: UDP, TCP and TLS on one port,
//! on a thread of its own. It knows nothing of members or sites: whoever has credentials made with the secret may relay,
//! within quotas, to addresses of the public Internet and to each other.
//!
//! `relay` decides and does no input or output; `server`, `udp` and `tcp` carry datagrams to it and from it; `client` is
//! the other side, for tests and for finding out which ways work.

mod chance;
pub mod client;
mod clock;
mod config;
mod credentials;
mod figures;
mod limits;
mod nonce;
mod peers;
mod relay;
mod server;
mod stun;
mod tcp;
mod udp;

pub use clock::{Clock, Now};
pub use config::{Config, Limits, RelayAddress, Tls};
pub use credentials::{Credentials, credentials};
pub use figures::{Count, Figures};
pub use peers::{Cidr, NotARange, is_own, is_public};
pub use server::{Server, StartError};

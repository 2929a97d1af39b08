//! The relay for calls (STUN and TURN): the one inside this process or another, who may use it, which ways work.
//!
//! The relay itself is a crate of its own that knows no members. Here it is started, and members are given credentials:
//! for minutes, for themselves alone.

mod args;
pub mod check;
pub mod http;
mod offer;
mod start;
mod store;
mod wanted;

pub use args::TurnArgs;
pub use offer::{IceServer, Offer, Ticket};
pub use start::{CannotBegin, begin, told};
pub use wanted::{TurnConfig, Wanted};

use crate::platform::http::{Bucket, RateLimit};
use std::sync::OnceLock;

/// How often one member may ask for credentials: a call asks once, and again when it has to begin anew.
const ASKING: Bucket = Bucket { per_second: 0.2, burst: 20.0 };

/// What an application knows of its relay.
#[derive(Default)]
pub struct Turn {
    offer: OnceLock<Offer>,
    asking: RateLimit<i64>,
}

impl Turn {
    /// From now on this is offered; only the first one counts.
    pub fn offers(&self, offer: Offer) {
        let _ = self.offer.set(offer);
    }

    /// What is offered; nothing before a server is started, as in commands.
    pub fn offer(&self) -> Option<&Offer> {
        self.offer.get()
    }

    /// Brings the relay's figures to where metrics are read.
    pub fn tell_metrics(&self) {
        let server = self.offer().and_then(Offer::server);
        metrics::gauge!("parvis_turn_up").set(if server.is_some() { 1.0 } else { 0.0 });
        let Some(server) = server else { return };
        let figures = server.figures();
        metrics::gauge!("parvis_turn_allocations").set(figures.allocations.get() as f64);
        metrics::gauge!("parvis_turn_connections").set(figures.connections.get() as f64);
        metrics::counter!("parvis_turn_allocations_total").absolute(figures.allocated.get());
        metrics::counter!("parvis_turn_relayed_bytes_total").absolute(figures.relayed_bytes.get());
        metrics::counter!("parvis_turn_relayed_packets_total").absolute(figures.relayed_packets.get());
        metrics::counter!("parvis_turn_dropped_total").absolute(figures.dropped.get());
        metrics::counter!("parvis_turn_malformed_total").absolute(figures.malformed.get());
        metrics::counter!("parvis_turn_panics_total").absolute(figures.panics.get());
        for (why, count) in [
            ("credentials", &figures.refused_credentials),
            ("quota", &figures.refused_quota),
            ("peer", &figures.refused_peers),
            ("connections", &figures.refused_connections),
            ("rate", &figures.unanswered),
        ] {
            metrics::counter!("parvis_turn_refused_total", "why" => why).absolute(count.get());
        }
    }
}

//! The scenes, one per group of targets. Each starts with a fresh server, so that no run profits from or suffers under another.

pub mod broadcast;
pub mod direct;
pub mod enter;
pub mod fanout;
pub mod history;
pub mod idle;
pub mod start;
pub mod storm;

use crate::Res;
use crate::server::{Server, cpu_of};
use std::time::Instant;

/// The beginning of a measurement, and with `since` its end.
pub struct Probe {
    at: Instant,
    server: f64,
    own: f64,
}

/// What a stretch of time cost.
pub struct Cost {
    /// How long it was, in seconds.
    pub seconds: f64,
    /// Processor time of the server, in seconds.
    pub server: f64,
    /// Processor time of this tool, in per cent of one core.
    pub own_share: f64,
}

impl Probe {
    /// Begins.
    pub fn new(server: &Server) -> Res<Self> {
        Ok(Self { server: server.cpu()?, own: cpu_of("self")?, at: Instant::now() })
    }

    /// What it cost since.
    pub fn since(&self, server: &Server) -> Res<Cost> {
        let seconds = self.at.elapsed().as_secs_f64();
        let own_share = (cpu_of("self")? - self.own) / seconds * 100.0;
        Ok(Cost { seconds, server: server.cpu()? - self.server, own_share })
    }
}

//! In step: what somebody loaded before, plus the events they received, is what they would load afresh. For each kind
//! of action, with a socket that was away meanwhile, and for actions at random.

mod apart;
mod chance;
mod desk;
mod each;
mod state;
mod watcher;

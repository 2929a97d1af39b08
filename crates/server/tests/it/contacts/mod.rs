//! Contacts: asking, answering, taking back; blocking and what it hides; marks in one's own list.

mod blocks;
mod marks;
mod requests;

use crate::harness::Socket;
use serde_json::Value;

/// What was told, but for comings and goings: kinds in order.
pub async fn kinds(socket: &mut Socket) -> Vec<String> {
    socket.told_of_talk().await.iter().map(|event| event["type"].as_str().unwrap().to_owned()).collect()
}

pub async fn told_request(socket: &mut Socket) -> Value {
    socket.expect_event("contact_request.updated").await["contact_request"].take()
}

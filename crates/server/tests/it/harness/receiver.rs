use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// Something that a website's server was told.
#[derive(Clone, Debug)]
pub struct Told {
    pub headers: HeaderMap,
    pub text: String,
}

impl Told {
    pub fn body(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
}

#[derive(Default)]
struct Script {
    told: Vec<Told>,
    answers: VecDeque<u16>,
}

/// A website's server that is told things.
#[derive(Clone)]
pub struct Receiver {
    pub url: String,
    script: Arc<Mutex<Script>>,
}

impl Receiver {
    pub async fn start() -> Receiver {
        let script: Arc<Mutex<Script>> = Arc::default();
        let shared = script.clone();
        let hook = post(async move |headers: HeaderMap, body: Bytes| take(&shared, headers, &body));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let routes = Router::new().route("/hook", hook.clone()).route("/elsewhere", hook);
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Receiver { url, script }
    }

    /// What it answers next, one after the other; then 204.
    pub fn will_answer(&self, answers: impl IntoIterator<Item = u16>) {
        self.script.lock().unwrap().answers.extend(answers);
    }

    /// What it was told until now.
    pub fn told(&self) -> Vec<Told> {
        self.script.lock().unwrap().told.clone()
    }

    /// The same, once it is so many.
    pub async fn is_told(&self, so_often: usize) -> Vec<Told> {
        super::eventually_some("the website is told", || Some(self.told()).filter(|told| told.len() >= so_often)).await
    }
}

fn take(script: &Mutex<Script>, headers: HeaderMap, body: &Bytes) -> Response {
    let mut script = script.lock().unwrap();
    script.told.push(Told { headers, text: String::from_utf8(body.to_vec()).unwrap() });
    let status = script.answers.pop_front().unwrap_or(204);
    let elsewhere = [(HeaderName::from_static("location"), "/elsewhere")];
    (StatusCode::from_u16(status).unwrap(), elsewhere).into_response()
}

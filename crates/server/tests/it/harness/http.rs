use reqwest::Method;
use reqwest::header::{AUTHORIZATION, HeaderMap};
use serde_json::Value;

/// Somebody's way to the API: an address, and perhaps an access token.
#[derive(Clone)]
pub struct Api {
    http: reqwest::Client,
    /// `http://127.0.0.1:…`
    pub origin: String,
    /// Who is calling.
    pub token: Option<String>,
}

/// What the server answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
    what: String,
}

impl Api {
    /// Nobody's.
    pub fn at(origin: &str) -> Api {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Api { http, origin: origin.to_owned(), token: None }
    }

    pub fn with_token(&self, token: &str) -> Api {
        Api { token: Some(token.to_owned()), ..self.clone() }
    }

    /// A request to be finished by hand; `path` is under `/api/v1` unless it begins with `/`.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let address = match path.strip_prefix('/') {
            Some(rest) => format!("{}/{rest}", self.origin),
            None => format!("{}/api/v1/{path}", self.origin),
        };
        let request = self.http.request(method, address);
        match &self.token {
            Some(token) => request.header(AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        }
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let request = request.build().unwrap();
        let what = format!("{} {}", request.method(), request.url().path());
        let response = super::within(&what, self.http.execute(request)).await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = super::within(&what, response.text()).await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Answer { status, headers, body, what }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::POST, path).json(&body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::PATCH, path).json(&body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::PUT, path).json(&body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// All entries of a list, page by page, each page of `limit`.
    pub async fn all(&self, path: &str, limit: usize) -> Vec<Value> {
        let mut items = Vec::new();
        let mut next: Option<String> = None;
        loop {
            let joint = if path.contains('?') { '&' } else { '?' };
            let cursor = next.map_or(String::new(), |cursor| format!("&cursor={cursor}"));
            let page = self.get(&format!("{path}{joint}limit={limit}{cursor}")).await.is(200);
            let found = page["items"].as_array().unwrap();
            assert!(found.len() <= limit, "a page of {} where {limit} were asked", found.len());
            items.extend(found.iter().cloned());
            match page["next"].as_str() {
                Some(cursor) => next = Some(cursor.to_owned()),
                None => return items,
            }
        }
    }
}

impl Answer {
    /// The body, if the status is this one.
    #[track_caller]
    pub fn is(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}: {}", self.what, self.body);
        self.body
    }

    /// Refused, with this status and code, as a problem (RFC 9457); the sentence is returned.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> String {
        let Answer { what, headers, body, .. } = &self;
        assert_eq!((self.status, body["code"].as_str()), (status, Some(code)), "{what}: {body}");
        assert_eq!(headers["content-type"], "application/problem+json", "{what}");
        assert_eq!(body["status"], status, "{what}: {body}");
        for field in ["type", "title", "detail"] {
            assert!(body[field].as_str().is_some_and(|text| !text.is_empty()), "{what}: no {field} in {body}");
        }
        body["detail"].as_str().unwrap().to_owned()
    }
}

//! What was answered or told, without what differs between two sites anyway: ids are called by the order in which
//! they were first seen, times by whether there are any.

use serde_json::{Map, Value};
use std::collections::HashMap;

/// The names that one reader has given.
pub struct Plain {
    names: HashMap<String, usize>,
}

impl Plain {
    /// These ids first.
    pub fn naming(ids: &[&str]) -> Plain {
        Plain { names: ids.iter().enumerate().map(|(at, id)| ((*id).to_owned(), at)).collect() }
    }

    pub fn of(&mut self, value: &Value) -> Value {
        match value {
            Value::Object(fields) => Value::Object(self.fields(fields)),
            Value::Array(items) => items.iter().map(|item| self.of(item)).collect(),
            Value::String(text) => Value::String(self.text(text)),
            other => other.clone(),
        }
    }

    fn fields(&mut self, fields: &Map<String, Value>) -> Map<String, Value> {
        let mut plain = Map::new();
        for (name, value) in fields {
            let value = match name.as_str() {
                "cursor" | "next" if value.is_string() => Value::String("a place".to_owned()),
                "client_id" => Value::Null,
                _ => self.of(value),
            };
            plain.insert(name.clone(), value);
        }
        plain
    }

    fn text(&mut self, text: &str) -> String {
        let (id, rest) = text.split_once('.').unwrap_or((text, ""));
        if id.len() == 13 && parvis::platform::ids::read(id).is_some() {
            let next = self.names.len();
            let name = self.names.entry(id.to_owned()).or_insert(next);
            return format!("#{name}.{rest}");
        }
        let time = text.len() > 18 && text.ends_with('Z') && text.as_bytes()[10] == b'T';
        if time { "a time".to_owned() } else { text.to_owned() }
    }
}

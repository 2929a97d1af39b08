//! What is refused in the body of each route.

use super::Scene;
use super::table::{Route, Whose, routes};
use crate::harness::Answer;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};

fn with_bodies() -> impl Iterator<Item = (Route, fn(&Scene) -> Value)> {
    routes().into_iter().filter_map(|route| route.body.map(|body| (route, body)))
}

/// The object in a body: the body itself, or the first of a list.
fn object(body: &mut Value) -> &mut Value {
    if body.is_array() { &mut body[0] } else { body }
}

async fn raw(scene: &Scene, route: &Route, kind: Option<&str>, bytes: impl Into<Vec<u8>>) -> Answer {
    let api = route.rightful(scene);
    let mut request = api.request(route.method.clone(), &route.own(scene)).body(bytes.into());
    if let Some(kind) = kind {
        request = request.header(CONTENT_TYPE, kind);
    }
    api.send(request).await
}

const JSON: Option<&str> = Some("application/json");

#[tokio::test]
async fn what_is_no_json_or_not_said_to_be() {
    let scene = Scene::start().await;
    let before = scene.site.dump().await;
    for (route, body) in with_bodies() {
        let good = body(&scene).to_string();
        let nothing = if route.takes_nothing() { " " } else { "" };
        for bad in [nothing, " ", "{", "nonsense", "\u{0}", &good[..good.len() - 1], &format!("{good}x")] {
            raw(&scene, &route, JSON, bad).await.refused(400, "bad_request");
        }
        for bad in [&b"\xff"[..], b"{\"\xc3\x28\":1}", b"\xef\xbb\xbf{}"] {
            raw(&scene, &route, JSON, bad).await.refused(400, "bad_request");
        }
        // In a text of a body that is else as it should be.
        let mut broken = good.clone().into_bytes();
        if let Some(at) = good.find(":\"") {
            broken.insert(at + 2, 0xff);
            raw(&scene, &route, JSON, broken).await.refused(400, "bad_request");
        }
        for kind in [None, Some("text/plain"), Some("application/x-www-form-urlencoded"), Some("application"), Some("")]
        {
            raw(&scene, &route, kind, good.clone()).await.refused(415, "unsupported_media_type");
        }
    }
    assert_eq!(scene.site.dump().await, before);
}

#[tokio::test]
async fn what_is_too_large() {
    let scene = Scene::start().await;
    let before = scene.site.dump().await;
    for (route, body) in with_bodies() {
        let mut large = body(&scene);
        object(&mut large)["filling"] = "x".repeat(route.largest() + 1_000).into();
        raw(&scene, &route, JSON, large.to_string()).await.refused(413, "too_large");
        let good = body(&scene).to_string();
        let padded = format!("{good}{}", " ".repeat(route.largest()));
        raw(&scene, &route, JSON, padded).await.refused(413, "too_large");
    }
    assert_eq!(scene.site.dump().await, before);
}

#[tokio::test]
async fn unknown_fields_and_other_shapes_are_named() {
    let scene = Scene::start().await;
    let before = scene.site.dump().await;
    for (route, body) in with_bodies() {
        let mut more = body(&scene);
        object(&mut more)["colour"] = "red".into();
        let said = raw(&scene, &route, JSON, more.to_string()).await.refused(422, "invalid");
        assert!(said.contains("colour"), "{}: {said}", route.title());
        let others = ["null", "17", "\"text\"", "true", "[{}]", if body(&scene).is_array() { "{}" } else { "[]" }];
        for other in others {
            raw(&scene, &route, JSON, other).await.refused(422, "invalid");
        }
        for field in object(&mut body(&scene)).as_object().unwrap().keys() {
            for odd in [json!({"a": {"b": 1}}), json!(17.5), json!([[]])] {
                let mut changed = body(&scene);
                object(&mut changed)[field] = odd.clone();
                let answer = raw(&scene, &route, JSON, changed.to_string()).await;
                assert_eq!(answer.status, 422, "{} {field} {odd}: {}", route.title(), answer.body);
            }
        }
    }
    assert_eq!(scene.site.dump().await, before);
}

/// In every text of every body: characters that are no part of a text.
#[tokio::test]
async fn control_characters() {
    let scene = Scene::start().await;
    let before = scene.site.dump().await;
    for (route, body) in with_bodies() {
        for (field, value) in object(&mut body(&scene)).as_object().unwrap() {
            let odd: fn(&str) -> Value = match value {
                Value::String(_) => |text| json!(text),
                Value::Array(_) => |text| json!([text]),
                _ => continue,
            };
            for text in ["a\u{0}b", "a\u{7}b", "a\u{1b}[31m", "a\u{7f}b", "a\u{85}b", "https://a\u{7}b.example"] {
                let mut changed = body(&scene);
                object(&mut changed)[field] = odd(text);
                let answer = raw(&scene, &route, JSON, changed.to_string()).await;
                let expected: &[u16] = if route.whose == Whose::Anybody { &[401, 404, 422, 429] } else { &[404, 422] };
                let what = format!("{} {field} {text:?}: {} {}", route.title(), answer.status, answer.body);
                assert!(expected.contains(&answer.status), "{what}");
            }
        }
    }
    assert_eq!(scene.site.dump().await, before);
}

//! Sites: what their organizers choose, which pages may use them, and that they are strictly apart.

use crate::harness::{Site, Socket};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn anybody_may_know_how_a_site_is_called_and_how_one_signs_in() {
    let site = Site::start().await;
    let known = site.api.get("sites/demo").await.is(200);
    assert_eq!((&known["name"], &known["accounts"]), (&json!("Salon des Savoirs"), &json!("token")));
    assert!(known.get("secret").is_none() && known.get("origins").is_none(), "{known}");
    site.api.get("sites/elsewhere").await.refused(404, "not_found");
}

#[tokio::test]
async fn a_fresh_site_has_everything_on_but_what_needs_a_decision() {
    let site = Site::start().await;
    let features = &site.api.get("sites/demo").await.is(200)["features"];
    let off: Vec<&String> =
        features.as_object().unwrap().iter().filter(|(_, on)| **on == json!(false)).map(|(f, _)| f).collect();
    assert_eq!(off, ["matchmaking", "moderation", "video"]);
    assert_eq!(features.as_object().unwrap().len(), 9);
}

#[tokio::test]
async fn settings_change_by_merge_patch() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    let patch =
        json!({"features": {"video": true}, "texts": {"fr": {"organizer.title": "Accueil"}}, "list_template": 3});
    let changed = olga.patch("admin/settings", patch).await.is(200);
    assert_eq!((&changed["features"]["video"], &changed["features"]["messaging"]), (&json!(true), &json!(true)));
    assert_eq!(changed["texts"]["fr"]["organizer.title"], "Accueil");

    let more = olga
        .patch("admin/settings", json!({"texts": {"en": {"organizer.title": "Desk"}}, "features": null}))
        .await
        .is(200);
    assert_eq!(more["texts"]["fr"]["organizer.title"], "Accueil", "what is not named stays");
    assert_eq!(
        (&more["features"]["video"], &more["list_template"]),
        (&json!(false), &json!(3)),
        "null brings a default back"
    );
    assert_eq!(olga.get("admin/settings").await.is(200), more);
}

#[tokio::test]
async fn bad_settings_are_refused_by_name_and_change_nothing() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    let before = olga.get("admin/settings").await.is(200);
    for (patch, named) in [
        (json!({"featurs": {"video": true}}), "featurs"),
        (json!({"features": {"vidéo": true}}), "vidéo"),
        (json!({"features": {"video": true, "rooms": "yes"}}), "invalid type"),
        (json!({"list_template": 0}), "template"),
        (json!({"origins": ["example.com"]}), "origins"),
        (json!({"origins": ["https://example.com/page"]}), "origins"),
        (json!({"jwks_url": "ftp://example.com"}), "jwks_url"),
        (json!({"limits": {"messages": {"per_second": -1}}}), "limits.messages"),
        (json!(["a list"]), "object"),
    ] {
        let said = olga.patch("admin/settings", patch.clone()).await.refused(422, "invalid");
        assert!(said.contains(named), "{patch}: {said}");
    }
    assert_eq!(olga.get("admin/settings").await.is(200), before);
}

#[tokio::test]
async fn a_change_is_told_to_everybody_at_once() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "admin").await;
    let mut anna = site.member("anna").await.socket().await;
    let mut desk = olga.socket().await;
    olga.patch("admin/settings", json!({"list_order": "oldest_first"})).await.is(200);
    for socket in [&mut anna, &mut desk] {
        let event = socket.expect_event("site.updated").await;
        assert_eq!(event["site"]["list_order"], "oldest_first");
        assert!(event["site"].get("origins").is_none(), "members are told what they may know: {event}");
    }
}

/// Every door is closed to a page that is not on the list, even with a good token in its hands.
#[tokio::test]
async fn foreign_origins_are_refused_by_the_server() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    let olga = site.operator("Olga", "owner").await;
    let from = |method: Method, path: &str, origin: &str| anna.request(method, path).header("origin", origin);
    anna.send(from(Method::GET, "me", "https://evil.example")).await.is(200);

    olga.patch("admin/settings", json!({"origins": ["https://www.example.com", "http://localhost:3000"]}))
        .await
        .is(200);
    for (origin, allowed) in [
        ("https://www.example.com", true),
        ("HTTPS://WWW.EXAMPLE.COM", true),
        ("http://localhost:3000", true),
        (site.api.origin.as_str(), true),
        ("https://example.com", false),
        ("https://www.example.com.evil.example", false),
        ("http://www.example.com", false),
        ("http://localhost:3001", false),
        ("null", false),
    ] {
        let token = site.token("anna").signed(&site.secret);
        let form = json!({"site": "demo", "token": token});
        let requests = [
            from(Method::GET, "me", origin),
            from(Method::GET, "sites/demo", origin),
            from(Method::GET, "conversations", origin),
            from(Method::POST, "sessions", origin).json(&form),
        ];
        for request in requests {
            let answer = anna.send(request).await;
            assert_eq!(matches!(answer.status, 200 | 201), allowed, "{origin}: {answer:?}");
            if !allowed {
                answer.refused(403, "origin_refused");
            }
        }
        let mut socket = Socket::connect(&anna.api, Some(origin)).await;
        socket.say(json!({"type": "hello", "access_token": anna.token})).await;
        if allowed {
            assert_eq!(socket.event().await["type"], "ready", "{origin}");
        } else {
            assert_eq!(socket.closed().await.0, 4401, "{origin}");
        }
    }
    anna.get("me").await.is(200);
}

#[tokio::test]
async fn an_operators_page_needs_the_origin_too() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    site.configure(json!({"origins": ["https://www.example.com"]})).await;
    let ask = |origin: &str| olga.request(Method::GET, "admin/settings").header("origin", origin);
    olga.send(ask("https://evil.example")).await.refused(403, "origin_refused");
    olga.send(ask(&site.api.origin)).await.is(200);
}

/// A page may always ask, so that its script can read why it is refused.
#[tokio::test]
async fn browsers_may_ask_from_anywhere_without_cookies() {
    let site = Site::start().await;
    let request = site.api.request(Method::OPTIONS, "conversations");
    let request = request.header("origin", "https://www.example.com").header("access-control-request-method", "POST");
    let answer = site.api.send(request.header("access-control-request-headers", "authorization,content-type")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["access-control-allow-origin"], "*");
    assert!(answer.headers.get("access-control-allow-credentials").is_none());
}

#[tokio::test]
async fn sites_are_strictly_apart() {
    let site = Site::start().await;
    let other = site.neighbour("other").await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let anna_there = other.member("anna").await;
    assert_ne!(anna.id, anna_there.id, "the same sub on two sites is two members");
    let between = anna.opens_direct(&ben).await;
    let message = anna.sends(&between, "for Ben").await;

    anna_there.get(&format!("members/{}", ben.id)).await.refused(404, "not_found");
    anna_there.get("members/@ben").await.refused(404, "not_found");
    assert!(anna_there.all("members", 200).await.is_empty());
    anna_there.post("conversations", json!({"kind": "direct", "member": ben.id})).await.refused(404, "not_found");
    let path = format!("conversations/{between}");
    anna_there.get(&path).await.refused(404, "not_found");
    anna_there.get(&format!("{path}/messages")).await.refused(404, "not_found");
    anna_there.says(&between, &crate::harness::client_id(), "hello?").await.refused(404, "not_found");
    anna_there.edits(&message, "mine").await.refused(404, "not_found");
    anna_there.withdraws(&message).await.refused(404, "not_found");
    anna_there.delete(&path).await.refused(404, "not_found");
    assert_eq!(anna.history(&between).await, vec![message]);
}

#[tokio::test]
async fn nothing_of_a_site_is_told_on_another() {
    let site = Site::start().await;
    let other = site.neighbour("other").await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let mut elsewhere = other.member("carl").await.socket().await;
    elsewhere.told().await;
    let _here = ben.socket().await;
    let between = anna.opens_direct(&ben).await;
    anna.sends(&between, "psst").await;
    site.configure(json!({"list_order": "oldest_first"})).await;
    anna.patch("me", json!({"headline": "Here"})).await.is(200);
    assert_eq!(elsewhere.told_of_talk().await, Vec::<serde_json::Value>::new());
    assert!(!elsewhere.told().await.iter().any(|e| e["member_id"] == json!(ben.id)));
}

#[tokio::test]
async fn an_operator_looks_after_their_own_site_only() {
    let site = Site::start().await;
    let other = site.neighbour("other").await;
    let anna = site.member("anna").await;
    let with_desk = anna.opens_organizer().await;
    let stranger = other.operator("Igor", "owner").await;
    stranger.get(&format!("admin/members/{}", anna.id)).await.refused(404, "not_found");
    stranger.patch(&format!("admin/members/{}", anna.id), json!({"name": "X"})).await.refused(404, "not_found");
    stranger.get(&format!("admin/conversations/{with_desk}")).await.refused(404, "not_found");
    stranger.get(&format!("admin/conversations/{with_desk}/messages")).await.refused(404, "not_found");
    stranger
        .post("admin/conversations", json!({"kind": "organizer", "member": anna.id}))
        .await
        .refused(404, "not_found");
    assert!(stranger.inbox().await.is_empty());
    assert!(stranger.all("admin/members", 200).await.is_empty());
}

//! Members: finding each other, one's own profile, and what the organizers decide about somebody.

mod csv;
mod grid;

use crate::harness::{Member, Site};
use serde_json::{Value, json};

fn names(items: &[Value]) -> Vec<&str> {
    items.iter().map(|m| m["name"].as_str().unwrap()).collect()
}

async fn found(by: &Member, query: &str) -> Vec<String> {
    let request = by.request(reqwest::Method::GET, "members").query(&[("query", query)]);
    let page = by.send(request).await.is(200);
    names(page["items"].as_array().unwrap()).into_iter().map(str::to_owned).collect()
}

#[tokio::test]
async fn the_directory_shows_the_others_by_name() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    for (sub, name) in [("1", "Zoé"), ("2", "émile"), ("3", "Eric"), ("4", "Åsa")] {
        site.member_with(site.token(sub).with("name", name)).await;
    }
    let page = anna.get("members").await.is(200);
    assert_eq!(names(page["items"].as_array().unwrap()), ["Åsa", "émile", "Eric", "Zoé"]);
    assert_eq!(page["next"], Value::Null);
    let relation = &page["items"][0]["relation"];
    let open = json!({"can_message": true, "can_call": false, "can_request_contact": true, "contact": "none",
        "contact_request_id": null, "blocked": false, "conversation_id": null});
    assert_eq!(*relation, open);
    assert!(page["items"][0].get("email").is_none() && page["items"][0].get("external_id").is_none(), "{page}");
}

#[tokio::test]
async fn search_is_blind_to_case_and_accents() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    let zoe = site.token("z1").with("name", "Zoé d'Aubigné").with("login", "zaub").with("headline", "Éditrice");
    site.member_with(zoe.with("interests", json!(["Œuvres complètes", "C++"]))).await;
    site.member_with(site.token("z2").with("name", "Bruno Straße").with("login", "bru_no")).await;
    let zoe = vec!["Zoé d'Aubigné".to_owned()];
    for query in [
        "zoe",
        "ZOÉ",
        "zoe\u{301}",
        "aub",
        "d'aub",
        "editr",
        "ŒUV",
        "oeuv",
        "zaub",
        "zo aubigne",
        "  zoe  ",
        "c++",
        "@zaub",
    ] {
        assert_eq!(found(&anna, query).await, zoe, "{query:?}");
    }
    assert_eq!(found(&anna, "STRASSE").await, ["Bruno Straße"]);
    for query in ["uvres", "ubigne", "zoe bruno", "%", "_", "zo%x", "\u{0}", "'; --", "anna"] {
        let nobody_or_all = if query.chars().any(char::is_alphanumeric) { 0 } else { 2 };
        assert_eq!(found(&anna, query).await.len(), nobody_or_all, "{query:?}");
    }
}

#[tokio::test]
async fn who_is_connected_can_be_asked_for() {
    let site = Site::start().await;
    let (anna, ben, carl) = (site.member("anna").await, site.member("ben").await, site.member("carl").await);
    let mut mine = anna.socket().await;
    let bens = ben.socket().await;
    mine.expect_presence(&ben.id, true).await;
    let here = anna.all("members?connected=true", 50).await;
    assert_eq!(names(&here), ["Ben"]);
    assert_eq!(here[0]["connected"], true);
    assert_eq!(anna.get(&format!("members/{}", carl.id)).await.is(200)["connected"], false);
    bens.leave().await;
    mine.expect_presence(&ben.id, false).await;
    assert!(anna.all("members?connected=true", 50).await.is_empty());
}

#[tokio::test]
async fn populations_are_named_by_slug() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    let olga = site.operator("Olga", "admin").await;
    olga.post("admin/populations", json!({"slug": "press", "name": "Presse"})).await.is(201);
    olga.post("admin/populations", json!({"slug": "press", "name": "Again"})).await.refused(409, "conflict");
    olga.post("admin/populations", json!({"slug": "Pro Members", "name": "Pro"})).await.refused(422, "invalid");
    let ben = site.member_with(site.token("ben").with("populations", json!(["press", "unheard-of"]))).await;
    assert_eq!(ben.get("me").await.is(200)["populations"], json!(["press"]), "an unknown slug is ignored");
    assert_eq!(anna.all("members?population=press", 50).await.len(), 1);
    assert!(anna.all("members?population=unheard-of", 50).await.is_empty());
    assert_eq!(olga.get("admin/populations").await.is(200)["items"], json!([{"slug": "press", "name": "Presse"}]));
    site.member_with(site.token("ben").with("populations", json!([]))).await;
    assert!(anna.all("members?population=press", 50).await.is_empty());
}

#[tokio::test]
async fn pages_hold_what_was_asked_for_and_together_everybody_once() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "agent").await;
    for n in 0..230 {
        let form = json!({"login": format!("m{n:03}"), "name": format!("Member {}", n % 7)});
        olga.post("admin/members", form).await.is(201);
    }
    let anna = site.member("anna").await;
    assert_eq!(anna.get("members").await.is(200)["items"].as_array().unwrap().len(), 50);
    assert_eq!(anna.get("members?limit=1000").await.is(200)["items"].as_array().unwrap().len(), 200, "clamped");
    for limit in [7, 199, 200] {
        let mut ids: Vec<String> = anna
            .all("members?query=member", limit)
            .await
            .iter()
            .map(|m| m["id"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(ids.len(), 230, "{limit}");
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 230, "each once");
    }
    assert_eq!(olga.all("admin/members", 100).await.len(), 231);
}

#[tokio::test]
async fn bad_questions_are_answered_by_name() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    for (query, named) in [
        ("limit=0", "limit"),
        ("limit=-5", "limit"),
        ("limit=many", "limit"),
        ("cursor=tomorrow", "cursor"),
        ("cursor=e30", "cursor"),
        ("connected=perhaps", "connected"),
        ("sort=name", "sort"),
    ] {
        let said = anna.get(&format!("members?{query}")).await.refused(422, "invalid");
        assert!(said.contains(named), "{query}: {said}");
    }
}

#[tokio::test]
async fn one_member_is_found_by_id_or_login() {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("Ben").await);
    let by_id = anna.get(&format!("members/{}", ben.id)).await.is(200);
    assert_eq!(by_id["login"], "Ben");
    for login in ["@ben", "@BEN", "@Ben"] {
        assert_eq!(anna.get(&format!("members/{login}")).await.is(200), by_id);
    }
    assert_eq!(anna.get("members/@anna").await.is(200)["relation"]["can_message"], false, "not oneself");
    for nobody in ["@nobody", "0000000000000", "x", "@", "%00", "@%00", "ben", "zzzzzzzzzzzzz", "%F0%9F%8E%88"] {
        anna.get(&format!("members/{nobody}")).await.refused(404, "not_found");
    }
    anna.get("members/%FF").await.refused(400, "bad_request");
}

#[tokio::test]
async fn ones_own_profile() {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let mut bens = ben.socket().await;
    let patch = json!({"contactable": false, "locale": "fr", "headline": "  Ici   depuis hier ", "interests": ["Rust", "Rust", "Cafés"]});
    let me = anna.patch("me", patch).await.is(200);
    assert_eq!((&me["headline"], &me["interests"]), (&json!("Ici depuis hier"), &json!({"Rust": 1.0, "Cafés": 1.0})));
    assert_eq!(bens.expect_event("member.updated").await["member"]["headline"], "Ici depuis hier");
    assert_eq!(anna.patch("me", json!({"headline": ""})).await.is(200)["headline"], Value::Null);
    assert_eq!(anna.patch("me", json!({})).await.is(200)["locale"], "fr");

    let before = anna.get("me").await.is(200);
    for (patch, named) in [
        (json!({"name": "Queen"}), "name"),
        (json!({"contactable": "no"}), "boolean"),
        (json!({"headline": "x".repeat(201)}), "headline"),
        (json!({"headline": "a\nb"}), "headline"),
        (json!({"locale": "français"}), "locale"),
        (json!({"interests": {"Rust": -1}}), "interests"),
    ] {
        let said = anna.patch("me", patch.clone()).await.refused(422, "invalid");
        assert!(said.contains(named), "{patch}: {said}");
    }
    assert_eq!(anna.get("me").await.is(200), before);
}

#[tokio::test]
async fn who_does_not_wish_to_be_contacted_is_not_by_strangers() {
    let site = Site::start().await;
    let (anna, ben, carl) = (site.member("anna").await, site.member("ben").await, site.member("carl").await);
    let known = anna.opens_direct(&ben).await;
    ben.patch("me", json!({"contactable": false})).await.is(200);
    carl.post("conversations", json!({"kind": "direct", "member": ben.id})).await.refused(403, "not_contactable");
    assert_eq!(carl.get("members/@ben").await.is(200)["relation"]["can_message"], false);
    let relation = anna.get("members/@ben").await.is(200)["relation"].clone();
    assert_eq!((&relation["can_message"], &relation["conversation_id"]), (&json!(true), &json!(known)));
    anna.sends(&known, "we know each other").await;
    ben.opens_direct(&carl).await;
}

#[tokio::test]
async fn whom_the_organizers_shut_out_is_out_at_once() {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let olga = site.operator("Olga", "agent").await;
    let between = anna.opens_direct(&ben).await;
    anna.sends(&between, "before").await;
    let (mut one, mut two) = (ben.socket().await, ben.socket().await);
    olga.lets_chat(&ben, false).await;
    assert_eq!((one.closed().await.0, two.closed().await.0), (4401, 4401));
    assert_eq!(ben.get("me").await.is(200)["chat_enabled"], false);
    for path in ["conversations", "members", "members/@anna", &format!("conversations/{between}/messages")] {
        ben.get(path).await.refused(403, "feature_off");
    }
    ben.says(&between, &crate::harness::client_id(), "let me in").await.refused(403, "feature_off");

    assert!(anna.all("members", 50).await.is_empty());
    anna.get("members/@ben").await.refused(404, "not_found");
    let seen = anna.conversation(&between).await;
    assert_eq!((&seen["can_write"], &seen["cannot_write"]["code"]), (&json!(false), &json!("read_only")), "{seen}");
    anna.says(&between, &crate::harness::client_id(), "hello?").await.refused(403, "read_only");
    assert_eq!(anna.history(&between).await.len(), 1, "what was said stays readable");

    olga.lets_chat(&ben, true).await;
    ben.sends(&between, "back").await;
    assert_eq!(anna.history(&between).await.len(), 2);
}

/// Shut out is shut out: no way back in by a new socket, to hear what is said in groups.
#[tokio::test]
async fn whom_the_organizers_shut_out_cannot_listen_either() {
    let site = Site::start().await;
    let ben = site.member("ben").await;
    let olga = site.operator("Olga", "agent").await;
    olga.lets_chat(&ben, false).await;
    let mut socket = crate::harness::Socket::connect(&ben.api, None).await;
    socket.say(json!({"type": "hello", "access_token": ben.token})).await;
    assert_eq!(socket.closed().await.0, 4401);
    olga.lets_chat(&ben, true).await;
    ben.socket().await;
}

#[tokio::test]
async fn operators_make_members_and_change_them() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "agent").await;
    let form = json!({"login": "carl", "external_id": "c-1", "name": "Carl", "email": "carl@example.com", "badges": ["Speaker"]});
    let carl = olga.post("admin/members", form).await.is(201);
    let path = format!("admin/members/{}", carl["id"].as_str().unwrap());
    assert_eq!(olga.get(&path).await.is(200), carl);
    let changed = olga.patch(&path, json!({"headline": "Talks at ten", "email": ""})).await.is(200);
    assert_eq!(
        (&changed["headline"], &changed["email"], &changed["name"]),
        (&json!("Talks at ten"), &Value::Null, &json!("Carl"))
    );
    let signed_in = site.member_with(site.token("c-1")).await;
    assert_eq!(signed_in.id, carl["id"].as_str().unwrap(), "the website's id is theirs");

    for (form, status, code) in [
        (json!({"login": "CARL"}), 409, "conflict"),
        (json!({"login": "karl", "external_id": "c-1"}), 409, "conflict"),
        (json!({"login": "no spaces"}), 422, "invalid"),
        (json!({"login": "karl", "external_id": ""}), 422, "invalid"),
        (json!({"login": "karl", "external_id": "a\u{0}b"}), 422, "invalid"),
        (json!({"login": "karl", "external_id": "x".repeat(256)}), 422, "invalid"),
        (json!({"login": "karl", "email": "a\u{0}@b"}), 422, "invalid"),
        // Populations decide who may reach whom, and a password is all one needs to be somebody.
        (json!({"login": "karl", "password": "long enough"}), 404, "not_found"),
        (json!({"login": "karl", "populations": ["press"]}), 404, "not_found"),
        (json!({"name": "no login"}), 422, "invalid"),
        (json!({"login": "karl", "role": "owner"}), 422, "invalid"),
    ] {
        olga.post("admin/members", form).await.refused(status, code);
    }
    for patch in [json!({"password": "long enough"}), json!({"populations": []})] {
        olga.patch(&path, patch).await.refused(404, "not_found");
    }
    // What is refused changes nothing.
    let adam = site.operator("Adam", "admin").await;
    adam.patch(&path, json!({"headline": "Another", "password": "short"})).await.refused(422, "invalid");
    assert_eq!(olga.get(&path).await.is(200)["headline"], "Talks at ten");
    adam.patch(&path, json!({"password": "long enough"})).await.is(200);
    assert_eq!(adam.get("admin/audit").await.is(200)["items"][0]["action"], "member.password");
    adam.post("admin/members", json!({"login": "karl", "password": "short"})).await.refused(422, "invalid");
    assert_eq!(olga.all("admin/members?query=karl", 50).await.len(), 0);
}

/// On either engine: a change of mine and one of the organizers at the same moment both hold.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn changes_at_the_same_moment_do_not_undo_each_other() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    let olga = site.operator("Olga", "agent").await;
    let path = format!("admin/members/{}", anna.id);
    for n in 0..10 {
        let (headline, badge) = (format!("headline {n}"), format!("badge {n}"));
        let mine = anna.patch("me", json!({"headline": headline}));
        let theirs = olga.patch(&path, json!({"badges": [badge]}));
        let signing_in = site.sign_in(site.token("anna").with("name", format!("Anna {n}")).signed(&site.secret));
        let (one, two, three) = tokio::join!(mine, theirs, signing_in);
        assert_eq!((one.status, two.status, three.status), (200, 200, 201));
        let me = anna.get("me").await.is(200);
        assert_eq!((&me["headline"], &me["badges"][0]), (&json!(headline), &json!(badge)), "{n}");
        assert_eq!(me["name"], format!("Anna {n}"));
    }
}

/// A text no database column holds is a bad value of the caller's, never our failure.
#[tokio::test]
async fn a_nul_character_is_never_our_fault() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    site.configure(json!({"accounts": "password"})).await;
    let nul = "a\u{0}b";
    site.api.get("sites/a%00b").await.refused(404, "not_found");
    site.api.get("/app/a%00b").await.refused(404, "not_found");
    anna.get("members/@a%00b").await.refused(404, "not_found");
    assert_eq!(anna.get("members?population=a%00b").await.status, 200);
    for form in [
        json!({"site": nul, "token": "x"}),
        json!({"site": "demo", "login": nul, "password": nul}),
        json!({"site": "demo", "login": "anna", "password": nul}),
    ] {
        site.api.post("sessions", form).await.refused(401, "unauthorized");
    }
    let form = json!({"site": "demo", "email": nul, "password": nul});
    site.api.post("admin/sessions", form).await.refused(401, "unauthorized");
}

#[tokio::test]
async fn who_shares_a_group_is_told_of_a_changed_profile_whatever_the_rules_say() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    olga.makes_group("Jury", &[&anna, &ben]).await;
    olga.post("admin/populations", json!({"slug": "press", "name": "Press"})).await.is(201);
    let nobody_sees_them = json!([{"from": "press", "to": "everyone", "effect": "allow", "rights": ["see"]}]);
    olga.put("admin/rules", nobody_sees_them).await.is(200);
    let mut annas = anna.socket().await;
    ben.patch("me", json!({"headline": "new here"})).await.is(200);
    assert_eq!(annas.expect_event("member.updated").await["member"]["headline"], "new here");
}

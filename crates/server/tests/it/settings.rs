//! Settings in the back-office: what is written down of them, the site's name and its secret.

use crate::harness::{Member, Operator, Site, Socket, client_id, send};
use serde_json::{Value, json};
use std::time::Duration;

async fn last_act(olga: &Operator) -> Value {
    olga.all("admin/audit", 50).await.remove(0)
}

#[tokio::test]
async fn a_change_is_written_down() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "admin").await;
    olga.patch("admin/settings", json!({"features": {"video": true}, "list_template": 3})).await.is(200);
    let act = last_act(&olga).await;
    assert_eq!((&act["action"], &act["actor"]["name"]), (&json!("settings.change"), &json!("Olga")));
    assert_eq!(act["detail"], json!({"features": {"video": true}, "list_template": 3}));
    // What is refused is not.
    olga.patch("admin/settings", json!({"list_template": 9})).await.refused(422, "invalid");
    assert_eq!(olga.all("admin/audit", 50).await.len(), 1);
    let long = "x".repeat(9_000);
    olga.patch("admin/settings", json!({"texts": {"fr": {"organizer.title": long}}})).await.is(200);
    assert_eq!(last_act(&olga).await["detail"], json!({"changed": ["texts"]}));
}

/// Whoever publishes the keys can be any member: it is the owners' to say where they are.
#[tokio::test]
async fn where_keys_are_published_is_for_owners() {
    let site = Site::start().await;
    let (adam, olga) = (site.operator("Adam", "admin").await, site.operator("Olga", "owner").await);
    let keys = json!({"jwks_url": "https://example.org/keys.json"});
    adam.patch("admin/settings", keys.clone()).await.refused(404, "not_found");
    let key = olga.post("admin/api-keys", json!({"name": "server"})).await.is(201);
    let key = site.api.with_token(key["key"].as_str().unwrap());
    key.patch("admin/settings", keys.clone()).await.refused(404, "not_found");
    olga.patch("admin/settings", keys).await.is(200);
    adam.patch("admin/settings", json!({"list_template": 3})).await.is(200);
}

/// How the elements look is told to everybody at once.
#[tokio::test]
async fn the_theme_is_everybodys() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "admin").await;
    let mut anna = site.member("anna").await.socket().await;
    let theme = json!({"accent": "#0b7a3e", "radius": "4px", "font": "Georgia, serif"});
    olga.patch("admin/settings", json!({ "theme": theme })).await.is(200);
    assert_eq!(anna.expect_event("site.updated").await["site"]["theme"], theme);
    olga.patch("admin/settings", json!({"theme": {"accent": null, "font": null}})).await.is(200);
    let left = json!({"accent": null, "radius": "4px", "font": null});
    assert_eq!(site.api.get("sites/demo").await.is(200)["theme"], left);
}

#[tokio::test]
async fn the_site_has_another_name_at_once() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "admin").await;
    let mut anna = site.member("anna").await.socket().await;
    let shown = site.operator("Alma", "agent").await.get("admin/site").await.is(200);
    let tag = format!("<script type=\"module\" src=\"{}/embed.js\" data-site=\"demo\"></script>", site.api.origin);
    assert_eq!((&shown["slug"], &shown["embed"]), (&json!("demo"), &json!(tag)));
    assert_eq!(olga.patch("admin/site", json!({"name": " The fair "})).await.is(200)["name"], "The fair");
    assert_eq!(anna.expect_event("site.updated").await["site"]["name"], "The fair");
    assert_eq!(site.api.get("sites/demo").await.is(200)["name"], "The fair");
    assert_eq!(last_act(&olga).await["detail"]["before"]["name"], "Salon des Savoirs");
    olga.patch("admin/site", json!({"name": ""})).await.refused(422, "invalid");
}

#[tokio::test]
async fn a_secret_is_replaced_and_the_old_one_holds_for_a_while() {
    let site = Site::with_clock_in_hand().await;
    let olga = site.operator("Olga", "owner").await;
    assert_eq!(olga.get("admin/settings/secret").await.is(200), json!({"secret": site.secret, "previous_until": null}));
    let made = olga.post("admin/settings/secret/rotate", json!({"keep_hours": 2})).await.is(200);
    let new = made["secret"].as_str().unwrap();
    assert_ne!(new, site.secret);
    assert!(made["previous_until"].is_string());
    let token = || site.token("anna");
    site.sign_in(token().signed(new)).await.is(201);
    site.sign_in(token().signed(&site.secret)).await.is(201);
    site.sign_in(token().signed("neither")).await.refused(401, "unauthorized");
    site.advance(Duration::from_secs(2 * 3_600));
    site.sign_in(token().signed(&site.secret)).await.refused(401, "unauthorized");
    site.sign_in(token().signed(new)).await.is(201);
    assert_eq!(olga.get("admin/settings/secret").await.is(200)["previous_until"], json!(null));
    let act = last_act(&olga).await;
    assert_eq!((&act["action"], &act["detail"]), (&json!("settings.secret_rotate"), &json!({"keep_hours": 2})));
    assert!(!act.to_string().contains(new));
}

#[tokio::test]
async fn a_leaked_secret_ends_at_once() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    let made = olga.post("admin/settings/secret/rotate", json!({"keep_hours": 0})).await.is(200);
    assert_eq!(made["previous_until"], json!(null));
    site.sign_in(site.token("anna").signed(&site.secret)).await.refused(401, "unauthorized");
    for bad in [-1, 169] {
        olga.post("admin/settings/secret/rotate", json!({"keep_hours": bad})).await.refused(422, "invalid");
    }
}

#[tokio::test]
async fn the_sites_own_sentences_are_listed() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "admin").await;
    olga.patch("admin/settings", json!({"texts": {"fr": {"organizer.title": "Le salon"}}})).await.is(200);
    let all = olga.get("admin/texts").await.is(200);
    let title = all["items"].as_array().unwrap().iter().find(|one| one["key"] == "organizer.title").unwrap();
    assert_eq!(title["custom"], json!({"fr": "Le salon"}));
}

/// What the server says itself is a sentence of the site too: over both ways, in the reader's language, at once.
#[tokio::test]
async fn the_sites_own_words_are_said() {
    let site = Site::start().await;
    let neighbour = site.neighbour("other").await;
    let olga = site.operator("Olga", "admin").await;
    let (anna, ben) = (site.member("anna").await, neighbour.member("ben").await);
    let mut socket = Socket::open(&anna.api, None).await;
    let asks = async |member: &Member, lang: &str| {
        let asked = member.request(reqwest::Method::GET, "conversations/01").header("accept-language", lang);
        member.send(asked).await.refused(404, "not_found")
    };
    let mut writes = async || {
        let answer = socket.command(send("01", &client_id(), "Hello")).await;
        Socket::refused(&answer, "not_found")
    };
    assert_eq!(
        (asks(&anna, "en").await, writes().await),
        ("There is nothing here.".into(), "There is nothing here.".into())
    );
    let own = json!({"en": {"refusal.not_found": "Nothing of the kind."}});
    olga.patch("admin/settings", json!({"texts": own})).await.is(200);
    assert_eq!(
        (asks(&anna, "en").await, writes().await),
        ("Nothing of the kind.".into(), "Nothing of the kind.".into())
    );
    assert_eq!(asks(&anna, "fr").await, "Il n’y a rien ici.");
    assert_eq!(asks(&ben, "en").await, "There is nothing here.");
    let odd = json!({"texts": {"fr": {"refusal.call.busy": "{name} est occupé"}}});
    olga.patch("admin/settings", odd).await.refused(422, "invalid");
}

/// A website's page.
async fn page_of(html: String) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/page", listener.local_addr().unwrap());
    let page = axum::routing::get(async move || axum::response::Html(html));
    let routes = axum::Router::new().route("/page", page);
    tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    address
}

#[tokio::test]
async fn whether_a_page_carries_the_elements() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "admin").await;
    let tag = olga.get("admin/site").await.is(200)["embed"].as_str().unwrap().to_owned();
    let check = async |html: String| {
        let page = page_of(html).await;
        olga.get(&format!("admin/embed/check?url={page}")).await.is(200)
    };
    let good = check(format!("<html>{tag}<parvis-messenger></parvis-messenger>")).await;
    assert_eq!(good["problems"], json!([]), "{good}");
    assert_eq!((&good["reachable"], &good["script"], &good["site"]), (&json!(true), &json!(true), &json!("demo")));
    assert_eq!(good["elements"], json!(["parvis-messenger"]));
    let bare = check("<html>nothing".to_owned()).await;
    assert_eq!((&bare["reachable"], &bare["script"], &bare["site"]), (&json!(true), &json!(false), &json!(null)));
    assert_eq!(bare["problems"].as_array().unwrap().len(), 2);
    site.configure(json!({"origins": ["https://www.example.com"]})).await;
    let closed = check(format!("<html>{tag}<parvis-messenger></parvis-messenger>")).await;
    assert!(closed["problems"][0].as_str().unwrap().contains("list of origins"), "{closed}");
    let away = olga.get("admin/embed/check?url=http://127.0.0.1:1/").await.is(200);
    assert_eq!(away["reachable"], false);
    for bad in ["ftp://a.example", "page.html", "file:///etc/passwd"] {
        olga.get(&format!("admin/embed/check?url={bad}")).await.refused(422, "invalid");
    }
}

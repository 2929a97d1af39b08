//! Sessions: how a website signs its member in, how accounts of the site's own do, and how it all ends.

use crate::harness::{Key, KeyServer, Member, Site, Socket, Token};
use futures_util::future::join_all;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};
use std::time::Duration;

const HOUR: u64 = 3_600;

#[tokio::test]
async fn a_website_signs_its_member_in() {
    let site = Site::start().await;
    let token = site.token("u-17").with("login", "Anna_B").with("name", "Anna  Bell").with("email", "anna@example.com");
    let token = token.with("headline", "Editor").with("locale", "fr-CA").with("interests", json!({"Rust": 0.5}));
    let session = site.sign_in(token.signed(&site.secret)).await.is(201);
    let me = &session["member"];
    assert_eq!(
        (&me["external_id"], &me["login"], &me["name"]),
        (&json!("u-17"), &json!("Anna_B"), &json!("Anna Bell"))
    );
    assert_eq!(
        (&me["email"], &me["headline"], &me["locale"]),
        (&json!("anna@example.com"), &json!("Editor"), &json!("fr-CA"))
    );
    assert_eq!(
        (&me["interests"], &me["contactable"], &me["chat_enabled"]),
        (&json!({"Rust": 0.5}), &json!(true), &json!(true))
    );
    assert_eq!((&session["site"]["slug"], &session["site"]["features"]["messaging"]), (&json!("demo"), &json!(true)));

    let api = site.api.with_token(session["access_token"].as_str().unwrap());
    assert_eq!(api.get("me").await.is(200), *me);
}

#[tokio::test]
async fn only_sub_and_exp_are_needed() {
    let site = Site::start().await;
    let session = site.sign_in(site.token("Zoé d'Aubigné").signed(&site.secret)).await.is(201);
    assert_eq!(session["member"]["login"], "zoe.d.aubigne");
    assert_eq!(session["member"]["name"], "zoe.d.aubigne");
}

/// One sentence for all of them: what exactly is wrong helps nobody who didn't sign it.
#[tokio::test]
async fn bad_tokens_are_refused() {
    let site = Site::start().await;
    let other = site.neighbour("other").await;
    let good = || site.token("anna");
    let clock = site.clock();
    let secret = &site.secret;
    let hs = |algorithm| good().signed_as(algorithm, &EncodingKey::from_secret(secret.as_bytes()), None);
    let signed = good().signed(secret);
    let tampered = good().with("sub", "olga").signed("guess");
    let (head, rest) = signed.split_once('.').unwrap();
    let swapped = format!("{head}.{}", tampered.split_once('.').unwrap().1);
    let bad = [
        ("alg none", good().unsigned("none")),
        ("alg None", good().unsigned("None")),
        ("no signature", good().unsigned("HS256")),
        ("unknown algorithm", good().unsigned("HS1")),
        ("a foreign secret", good().signed(&other.secret)),
        ("an empty secret", good().signed("")),
        ("another audience", good().with("aud", "other").signed(secret)),
        ("no audience", good().without("aud").signed(secret)),
        ("no sub", good().without("sub").signed(secret)),
        ("an empty sub", good().with("sub", "").signed(secret)),
        ("a sub with a control character", good().with("sub", "a\u{0}b").signed(secret)),
        ("a sub that is no text", good().with("sub", 17).signed(secret)),
        ("no exp", good().without("exp").signed(secret)),
        ("expired", good().expiring(clock, -1).signed(secret)),
        ("more than a day", good().expiring(clock, 25 * 3_600).signed(secret)),
        ("forever", good().with("exp", i64::MAX).signed(secret)),
        ("not yet valid", good().with("nbf", clock.now() / 1_000 + 600).signed(secret)),
        ("HS384", hs(Algorithm::HS384)),
        ("HS512", hs(Algorithm::HS512)),
        ("a key that is not published", Key::rsa().sign(&good())),
        ("another's claims", swapped),
        ("cut off", rest.to_owned()),
        ("no JWT", "abc".to_owned()),
        ("empty", String::new()),
        ("far too long", "a".repeat(100_000)),
    ];
    let mut said = Vec::new();
    for (what, token) in bad {
        let answer = site.sign_in(token).await;
        assert_eq!(answer.status, 401, "{what}: {}", answer.body);
        said.push(answer.refused(401, "unauthorized"));
    }
    said.dedup();
    assert_eq!(said, ["You need to sign in."]);
    let unknown = site.api.post("sessions", json!({"site": "elsewhere", "token": signed})).await;
    assert_eq!(unknown.refused(401, "unauthorized"), said[0], "a site that isn't there answers alike");
}

#[tokio::test]
async fn an_audience_may_be_one_of_several() {
    let site = Site::start().await;
    let token = site.token("anna").with("aud", json!(["shop", "demo"]));
    site.sign_in(token.signed(&site.secret)).await.is(201);
    let token = site.token("anna").with("aud", json!(["shop"]));
    site.sign_in(token.signed(&site.secret)).await.refused(401, "unauthorized");
}

#[tokio::test]
async fn published_keys_sign_with_rs256_es256_and_eddsa() {
    let site = Site::start().await;
    let keys = [Key::rsa(), Key::elliptic(), Key::edwards()];
    let server = KeyServer::publishing(&[&keys[0], &keys[1], &keys[2]]).await;
    site.configure(json!({"jwks_url": server.url})).await;
    for key in &keys {
        site.sign_in(key.sign(&site.token("anna"))).await.is(201);
        let expired = site.token("anna").expiring(site.clock(), -5);
        site.sign_in(key.sign(&expired)).await.refused(401, "unauthorized");
        site.sign_in(key.sign(&site.token("anna").with("aud", "other"))).await.refused(401, "unauthorized");
    }
    assert_eq!(server.asked(), 1, "fetched once, then known");
    site.sign_in(site.token("anna").signed(&site.secret)).await.is(201);
}

/// The oldest trick: the public key used as if it were the secret; and one key's name on another's signature.
#[tokio::test]
async fn published_keys_are_no_secrets() {
    let site = Site::start().await;
    let (rsa, elliptic) = (Key::rsa(), Key::elliptic());
    let server = KeyServer::publishing(&[&rsa, &elliptic]).await;
    site.configure(json!({"jwks_url": server.url})).await;
    for public in [include_bytes!("keys/rs256.pub.pem").as_slice(), include_bytes!("keys/rs256.pem").as_slice()] {
        let token = site.token("anna").signed_as(Algorithm::HS256, &EncodingKey::from_secret(public), Some(rsa.id));
        site.sign_in(token).await.refused(401, "unauthorized");
    }
    let misnamed = Key { id: rsa.id, ..Key::elliptic() };
    site.sign_in(misnamed.sign(&site.token("anna"))).await.refused(401, "unauthorized");
    let nameless = site.sign_in(Key { id: "", ..Key::edwards() }.sign(&site.token("anna"))).await;
    nameless.refused(401, "unauthorized");
}

#[tokio::test]
async fn keys_stay_known_while_their_server_is_away() {
    let site = Site::with_clock_in_hand().await;
    let key = Key::elliptic();
    let server = KeyServer::publishing(&[&key]).await;
    site.configure(json!({"jwks_url": server.url})).await;
    site.sign_in(key.sign(&site.token("anna"))).await.is(201);
    server.stop();
    site.advance(Duration::from_secs(HOUR));
    site.sign_in(key.sign(&site.token("anna"))).await.is(201);
}

#[tokio::test]
async fn a_new_key_is_looked_for_but_not_at_every_bad_token() {
    let site = Site::with_clock_in_hand().await;
    let server = KeyServer::publishing(&[&Key::rsa()]).await;
    site.configure(json!({"jwks_url": server.url})).await;
    site.sign_in(Key::rsa().sign(&site.token("anna"))).await.is(201);
    for _ in 0..5 {
        site.sign_in(Key::edwards().sign(&site.token("anna"))).await.refused(401, "unauthorized");
    }
    assert_eq!(server.asked(), 1);
    site.advance(Duration::from_secs(11));
    site.sign_in(Key::edwards().sign(&site.token("anna"))).await.refused(401, "unauthorized");
    assert_eq!(server.asked(), 2);
}

#[tokio::test]
async fn a_later_session_updates_what_the_claims_name() {
    let site = Site::start().await;
    let anna =
        site.member_with(site.token("u1").with("login", "anna").with("name", "Anna").with("headline", "Editor")).await;
    anna.patch("me", json!({"contactable": false, "headline": "My own words"})).await.is(200);
    let ben = site.member("ben").await;
    let mut seen = ben.socket().await;

    let again = site.member_with(site.token("u1").with("name", "Anna Bell").with("locale", "fr")).await;
    assert_eq!(again.id, anna.id);
    let me = again.get("me").await.is(200);
    assert_eq!((&me["name"], &me["login"], &me["locale"]), (&json!("Anna Bell"), &json!("anna"), &json!("fr")));
    assert_eq!(
        (&me["headline"], &me["contactable"]),
        (&json!("My own words"), &json!(false)),
        "what is not named stays"
    );
    assert_eq!(seen.expect_event("member.updated").await["member"]["name"], "Anna Bell");
    assert_eq!(anna.get("me").await.is(200), me, "the earlier session sees it too");
}

#[tokio::test]
async fn bad_claims_are_named_and_change_nothing() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    let before = anna.get("me").await.is(200);
    let cases: [(&str, Value); 7] = [
        ("login", json!("two words")),
        ("name", json!("x".repeat(101))),
        ("email", json!("nobody")),
        ("avatar_url", json!("javascript:alert(1)")),
        ("locale", json!("fr;drop")),
        ("interests", json!({"Rust": 7})),
        ("badges", json!(["a\u{7}b"])),
    ];
    for (claim, value) in cases {
        let token = site.token("anna").with("headline", "changed").with(claim, value.clone());
        let said = site.sign_in(token.signed(&site.secret)).await.refused(422, "invalid");
        assert!(said.contains(claim), "{claim} {value}: {said}");
    }
    assert_eq!(anna.get("me").await.is(200), before);
}

#[tokio::test]
async fn of_two_with_the_same_login_the_second_gets_another() {
    let site = Site::start().await;
    let first = site.member_with(site.token("u1").with("login", "kevin")).await;
    let second = site.member_with(site.token("u2").with("login", "Kevin")).await;
    assert_eq!((first.login.as_str(), second.login.as_str()), ("kevin", "kevin2"));
    let renamed = site.member_with(site.token("u2").with("login", "KEVIN").with("name", "Kevin II")).await;
    assert_eq!((renamed.login.as_str(), renamed.id.as_str()), ("kevin2", second.id.as_str()));
    let moved = site.member_with(site.token("u1").with("login", "kev")).await;
    assert_eq!((moved.login.as_str(), moved.id.as_str()), ("kev", first.id.as_str()));
    let taken = site.member_with(site.token("u2").with("login", "kevin")).await;
    assert_eq!(taken.login, "kevin");
}

/// Two tabs of a page that somebody opens for the first time; and a class of people with one name.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_sign_in_may_come_from_many_tabs_at_once() {
    let site = Site::start().await;
    let token = |sub: &str| site.token(sub).with("login", "anna").signed(&site.secret);
    let same = join_all((0..10).map(|_| site.sign_in(token("u1")))).await;
    let ids: Vec<Value> = same.into_iter().map(|answer| answer.is(201)["member"]["id"].clone()).collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");

    let subs: Vec<String> = (2..12).map(|n| format!("u{n}")).collect();
    let namesakes = join_all(subs.iter().map(|sub| site.sign_in(token(sub)))).await;
    let mut logins: Vec<String> = Vec::new();
    for answer in namesakes {
        logins.push(answer.is(201)["member"]["login"].as_str().unwrap().to_owned());
    }
    logins.sort_unstable();
    logins.dedup();
    assert_eq!(logins.len(), 10, "{logins:?}");
}

#[tokio::test]
async fn a_form_is_either_a_token_or_a_password() {
    let site = Site::start().await;
    for form in [
        json!({"site": "demo"}),
        json!({"site": "demo", "login": "anna"}),
        json!({"site": "demo", "token": "t", "login": "anna", "password": "p"}),
    ] {
        site.api.post("sessions", form).await.refused(422, "invalid");
    }
    let said = site
        .api
        .post("sessions", json!({"site": "demo", "token": "t", "remember": true}))
        .await
        .refused(422, "invalid");
    assert!(said.contains("remember"), "{said}");
}

async fn site_with_accounts(site: &Site) -> Value {
    let olga = site.operator("Olga", "owner").await;
    site.configure(json!({"accounts": "password"})).await;
    let form = json!({"login": "Anna", "name": "Anna Bell", "password": "a long enough one"});
    olga.post("admin/members", form).await.is(201)
}

async fn with_password(site: &Site, login: &str, password: &str) -> crate::harness::Answer {
    site.api.post("sessions", json!({"site": site.slug, "login": login, "password": password})).await
}

#[tokio::test]
async fn a_site_may_have_accounts_of_its_own() {
    let site = Site::start().await;
    let made = site_with_accounts(&site).await;
    let session = with_password(&site, "anna", "a long enough one").await.is(201);
    assert_eq!((&session["member"]["id"], &session["member"]["login"]), (&made["id"], &json!("Anna")));
    for (login, password) in [("anna", "a long enough One"), ("anna", ""), ("nobody", "a long enough one"), ("", "")] {
        with_password(&site, login, password).await.refused(401, "unauthorized");
    }
    site.configure(json!({"accounts": "token"})).await;
    with_password(&site, "anna", "a long enough one").await.refused(401, "unauthorized");
}

/// argon2id, and neither the password nor the access token stands anywhere in the database.
#[tokio::test]
async fn secrets_of_people_are_not_kept() {
    let site = Site::start().await;
    site_with_accounts(&site).await;
    let session = with_password(&site, "anna", "a long enough one").await.is(201);
    let mut reader = site.app.db.read().await.unwrap();
    let query = parvis::platform::db::sql("SELECT password_hash FROM member WHERE password_hash IS NOT NULL");
    let hashes: Vec<(String,)> = query.all(&mut reader).await.unwrap();
    assert!(hashes[0].0.starts_with("$argon2id$v=19$"), "{hashes:?}");
    let query = parvis::platform::db::sql("SELECT token_hash FROM session");
    let kept: Vec<(Vec<u8>,)> = query.all(&mut reader).await.unwrap();
    let token = session["access_token"].as_str().unwrap().as_bytes();
    assert!(kept.iter().all(|(hash,)| hash.len() == 32 && hash != token));
}

#[tokio::test]
async fn another_password_ends_the_sessions() {
    let site = Site::start().await;
    let made = site_with_accounts(&site).await;
    let session = with_password(&site, "anna", "a long enough one").await.is(201);
    let api = site.api.with_token(session["access_token"].as_str().unwrap());
    let mut socket = Socket::open(&api, None).await;
    let olga = site.operator("Oscar", "admin").await;
    let path = format!("admin/members/{}", made["id"].as_str().unwrap());
    olga.patch(&path, json!({"password": "short"})).await.refused(422, "invalid");
    api.get("me").await.is(200);
    olga.patch(&path, json!({"password": "another long one"})).await.is(200);
    assert_eq!(socket.closed().await.0, 4401);
    api.get("me").await.refused(401, "unauthorized");
    with_password(&site, "anna", "a long enough one").await.refused(401, "unauthorized");
    with_password(&site, "anna", "another long one").await.is(201);
}

async fn ends(member: &Member) {
    member.delete("sessions/current").await.is(204);
}

#[tokio::test]
async fn ending_a_session_ends_it_everywhere_it_is_open() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    let phone = site.again(&anna).await;
    let (mut one, mut two) = (anna.socket().await, anna.socket().await);
    let mut on_phone = phone.socket().await;
    ends(&anna).await;
    assert_eq!((one.closed().await.0, two.closed().await.0), (4401, 4401));
    anna.get("me").await.refused(401, "unauthorized");
    anna.delete("sessions/current").await.refused(401, "unauthorized");
    let mut late = Socket::connect(&anna.api, None).await;
    late.say(json!({"type": "hello", "access_token": anna.token})).await;
    assert_eq!(late.closed().await.0, 4401);

    assert!(on_phone.told_of_talk().await.is_empty(), "another session goes on");
    phone.get("me").await.is(200);
}

#[tokio::test]
async fn a_session_ends_by_itself_after_a_day() {
    let site = Site::with_clock_in_hand().await;
    let anna = site.member("anna").await;
    site.advance(Duration::from_secs(23 * HOUR));
    anna.get("me").await.is(200);
    site.advance(Duration::from_secs(2 * HOUR));
    anna.get("me").await.refused(401, "unauthorized");
}

#[tokio::test]
async fn sign_in_limits_count_failures_never_successes() {
    let site = Site::with_clock_in_hand().await;
    site_with_accounts(&site).await;
    for _ in 0..15 {
        with_password(&site, "anna", "a long enough one").await.is(201);
    }
    for _ in 0..10 {
        with_password(&site, "anna", "a guess").await.refused(401, "unauthorized");
    }
    let limited = with_password(&site, "Anna", "a long enough one").await;
    let wait: u64 = limited.headers["retry-after"].to_str().unwrap().parse().unwrap();
    limited.refused(429, "rate_limited");
    assert!((1..=6).contains(&wait), "{wait}");
    with_password(&site, "ben", "a guess").await.refused(401, "unauthorized");
    site.advance(Duration::from_secs(wait));
    with_password(&site, "anna", "a long enough one").await.is(201);
}

#[tokio::test]
async fn bad_tokens_are_limited_by_address() {
    let site = Site::with_clock_in_hand().await;
    let from = |address: &str, token: &Token| {
        let form = json!({"site": "demo", "token": token.signed(&site.secret)});
        let request = site.api.request(reqwest::Method::POST, "sessions").json(&form);
        site.api.send(request.header("x-forwarded-for", format!("10.9.9.9, {address}")))
    };
    let (good, bad) = (site.token("anna"), site.token("anna").with("aud", "other"));
    for _ in 0..60 {
        from("10.0.0.1", &good).await.is(201);
    }
    for _ in 0..40 {
        from("10.0.0.2", &bad).await.refused(401, "unauthorized");
    }
    from("10.0.0.2", &bad).await.refused(429, "rate_limited");
    from("10.0.0.1", &good).await.is(201);
}

#[tokio::test]
async fn operators_sign_in_too_and_are_limited_likewise() {
    let site = Site::with_clock_in_hand().await;
    let olga = site.operator("Olga", "agent").await;
    assert_eq!(olga.get("admin/me").await.is(200)["role"], "agent");
    let form = json!({"site": "demo", "email": "OLGA@staff.example", "password": "a guess"});
    for _ in 0..10 {
        site.api.post("admin/sessions", form.clone()).await.refused(401, "unauthorized");
    }
    site.api.post("admin/sessions", form).await.refused(429, "rate_limited");
    olga.delete("admin/sessions/current").await.is(204);
    olga.get("admin/me").await.refused(401, "unauthorized");
}

/// Who may name an address must not make the server ask its own neighbours.
#[tokio::test]
async fn keys_are_not_fetched_inside_where_that_is_not_wished() {
    let site = Site::asking_public_addresses_only().await;
    let key = Key::elliptic();
    let server = KeyServer::publishing(&[&key]).await;
    site.configure(json!({"jwks_url": server.url})).await;
    site.sign_in(key.sign(&site.token("anna"))).await.refused(401, "unauthorized");
    assert_eq!(server.asked(), 0);
    let olga = site.operator("Olga", "owner").await;
    for bad in ["https://", "https://a b.example/keys", "ftp://a.example/keys", "https://user:pass@a.example/keys"] {
        olga.patch("admin/settings", json!({"jwks_url": bad})).await.refused(422, "invalid");
    }
}

/// Guessing at the same time is no way round the limit, and whoever knows the password waits their turn.
#[tokio::test]
async fn guesses_made_at_once_are_counted_like_others() {
    let site = Site::with_clock_in_hand().await;
    site_with_accounts(&site).await;
    let all = join_all((0..25).map(|_| with_password(&site, "anna", "a long enough one"))).await;
    assert!(all.iter().all(|answer| answer.status == 201));
    let member = join_all((0..40).map(|_| with_password(&site, "anna", "a guess"))).await;
    let form = json!({"site": "demo", "email": "olga@staff.example", "password": "a guess"});
    let operator = join_all((0..40).map(|_| site.api.post("admin/sessions", form.clone()))).await;
    for answers in [member, operator] {
        let (tried, limited): (Vec<_>, Vec<_>) = answers.iter().map(|a| a.status).partition(|status| *status == 401);
        assert_eq!((tried.len(), limited), (10, vec![429; 30]));
    }
}

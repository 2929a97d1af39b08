use super::{ACCEPT, acts, invitation, signs_in};
use crate::harness::{Operator, PASSWORD, Site};
use parvis::operators::totp;
use serde_json::{Value, json};
use std::time::Duration;

const OLGA: &str = "olga@staff.example";

/// An authenticator app.
struct App {
    secret: Vec<u8>,
    recovery: Vec<Value>,
}

impl App {
    fn code(&self, site: &Site) -> String {
        totp::now(&self.secret, site.clock().now())
    }

    async fn of(site: &Site, olga: &Operator) -> App {
        let offered = olga.post("admin/me/totp", json!(null)).await.is(200);
        let mut app = App { secret: totp::read(offered["secret"].as_str().unwrap()).unwrap(), recovery: Vec::new() };
        assert!(offered["uri"].as_str().unwrap().contains(offered["secret"].as_str().unwrap()));
        assert!(offered["qr_svg"].as_str().unwrap().contains("<svg"));
        let on = olga.put("admin/me/totp", json!({"code": app.code(site)})).await.is(200);
        app.recovery = on["recovery_codes"].as_array().unwrap().clone();
        app
    }
}

#[tokio::test]
async fn with_a_second_factor_the_password_is_not_enough() {
    let site = Site::with_clock_in_hand().await;
    let olga = site.operator("Olga", "owner").await;
    assert_eq!(olga.get("admin/me").await.is(200)["totp"], false);
    let app = App::of(&site, &olga).await;
    assert_eq!(olga.get("admin/me").await.is(200)["totp"], true);
    signs_in(&site, OLGA, json!({})).await.refused(401, "totp_required");
    signs_in(&site, OLGA, json!({"password": "wrong", "code": app.code(&site)})).await.refused(401, "unauthorized");
    signs_in(&site, OLGA, json!({"code": "000000"})).await.refused(401, "totp_invalid");
    // The code that turned it on was taken then.
    signs_in(&site, OLGA, json!({"code": app.code(&site)})).await.refused(401, "totp_invalid");
    site.advance(Duration::from_secs(30));
    let code = app.code(&site);
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    signs_in(&site, OLGA, json!({"code": spaced})).await.is(201);
    signs_in(&site, OLGA, json!({"code": code})).await.refused(401, "totp_invalid");
    assert_eq!(acts(&olga).await, ["operator.totp_on"]);
}

#[tokio::test]
async fn clocks_may_differ_by_a_step_either_way() {
    let site = Site::with_clock_in_hand().await;
    let olga = site.operator("Olga", "owner").await;
    let app = App::of(&site, &olga).await;
    let at = |seconds: i64| totp::now(&app.secret, site.clock().now() + seconds * 1_000);
    site.advance(Duration::from_secs(300));
    signs_in(&site, OLGA, json!({"code": at(-60)})).await.refused(401, "totp_invalid");
    signs_in(&site, OLGA, json!({"code": at(60)})).await.refused(401, "totp_invalid");
    signs_in(&site, OLGA, json!({"code": at(-30)})).await.is(201);
    signs_in(&site, OLGA, json!({"code": at(30)})).await.is(201);
    // Once a later one was taken, those before it are not.
    signs_in(&site, OLGA, json!({"code": at(0)})).await.refused(401, "totp_invalid");
}

#[tokio::test]
async fn codes_are_not_guessed() {
    let site = Site::with_clock_in_hand().await;
    let olga = site.operator("Olga", "owner").await;
    let app = App::of(&site, &olga).await;
    site.advance(Duration::from_secs(60));
    for _ in 0..5 {
        signs_in(&site, OLGA, json!({"code": "000000"})).await.refused(401, "totp_invalid");
    }
    signs_in(&site, OLGA, json!({"code": app.code(&site)})).await.refused(429, "rate_limited");
    site.advance(Duration::from_secs(30));
    signs_in(&site, OLGA, json!({"code": app.code(&site)})).await.is(201);
}

#[tokio::test]
async fn a_recovery_code_works_once() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    let app = App::of(&site, &olga).await;
    assert_eq!(app.recovery.len(), 10);
    let bare = app.recovery[0].as_str().unwrap().replace('-', "").to_uppercase();
    let dump = site.dump().await;
    assert!(!dump.contains(&bare) && !dump.contains(app.recovery[0].as_str().unwrap()));
    signs_in(&site, OLGA, json!({"code": app.recovery[0]})).await.is(201);
    signs_in(&site, OLGA, json!({"code": app.recovery[0]})).await.refused(401, "totp_invalid");
    signs_in(&site, OLGA, json!({"code": app.recovery[1].as_str().unwrap().to_uppercase()})).await.is(201);
}

#[tokio::test]
async fn it_is_turned_off_with_the_password() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    App::of(&site, &olga).await;
    olga.post("admin/me/totp", json!(null)).await.refused(409, "conflict");
    let body =
        |password: &str| olga.request(reqwest::Method::DELETE, "admin/me/totp").json(&json!({"password": password}));
    olga.send(body("wrong")).await.refused(422, "invalid");
    olga.send(body(PASSWORD)).await.is(204);
    signs_in(&site, OLGA, json!({})).await.is(201);
    assert_eq!(acts(&olga).await, ["operator.totp_off", "operator.totp_on"]);
}

#[tokio::test]
async fn a_link_alone_does_not_pass_it_unless_an_owner_says_so() {
    let site = Site::start().await;
    let (olga, otto) = (site.operator("Olga", "owner").await, site.operator("Otto", "owner").await);
    App::of(&site, &olga).await;
    let path = format!("admin/operators/{}/invitation", olga.id);
    let link = invitation(&otto.post(&path, json!({})).await.is(201));
    assert_eq!(site.api.post("admin/invitations/read", json!({"invitation": link})).await.is(200)["totp"], true);
    site.api.post(ACCEPT, json!({"invitation": link, "password": PASSWORD})).await.refused(401, "totp_required");
    site.api
        .post(ACCEPT, json!({"invitation": link, "password": PASSWORD, "code": "000000"}))
        .await
        .refused(401, "totp_invalid");
    let link = invitation(&otto.post(&path, json!({"without_totp": true})).await.is(201));
    let session = site.api.post(ACCEPT, json!({"invitation": link, "password": PASSWORD})).await.is(201);
    assert_eq!(session["operator"]["totp"], false);
}

#[tokio::test]
async fn nothing_was_offered() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    olga.put("admin/me/totp", json!({"code": "123456"})).await.refused(409, "conflict");
    olga.post("admin/me/totp", json!(null)).await.is(200);
    olga.put("admin/me/totp", json!({"code": "no code!"})).await.refused(422, "invalid");
    signs_in(&site, OLGA, json!({})).await.is(201);
}

#[tokio::test]
async fn codes_are_not_guessed_at_once_either() {
    let site = Site::with_clock_in_hand().await;
    let olga = site.operator("Olga", "owner").await;
    App::of(&site, &olga).await;
    let guess = |n: usize| signs_in(&site, "olga@staff.example", json!({"code": format!("{n:06}")}));
    let answers = futures_util::future::join_all((0..30).map(guess)).await;
    let tried = answers.iter().filter(|answer| answer.status == 401).count();
    assert_eq!((tried, answers.iter().filter(|answer| answer.status == 429).count()), (5, 25));
}

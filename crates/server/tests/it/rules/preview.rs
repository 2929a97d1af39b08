use crate::harness::{Member, Operator, Site};
use serde_json::{Value, json};

struct Scene {
    site: Site,
    olga: Operator,
    anna: Member,
    ben: Member,
    carl: Member,
}

/// Anna exhibits; Ben and Carl visit.
async fn scene() -> Scene {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    for population in ["exhibitors", "visitors", "press"] {
        olga.makes_population(population).await;
    }
    let member = async |login: &str, of: &str| {
        let token = site.token(login).with("login", login).with("name", login).with("populations", json!([of]));
        site.member_with(token).await
    };
    let (anna, ben, carl) =
        (member("anna", "exhibitors").await, member("ben", "visitors").await, member("carl", "visitors").await);
    Scene { site, olga, anna, ben, carl }
}

fn rule(from: &str, to: Value, rights: &[&str]) -> Value {
    json!({"from": from, "to": to, "effect": "allow", "rights": rights})
}

const ALL: [&str; 4] = ["see", "start", "reply", "call"];

async fn preview(olga: &Operator, rules: Value) -> Value {
    olga.post("admin/rules/preview", json!({"rules": rules})).await.is(200)
}

fn counts(preview: &Value) -> [i64; 4] {
    ["opened", "closed", "reply_closed", "reply_opened"].map(|what| preview[what].as_i64().unwrap())
}

#[tokio::test]
async fn what_the_first_rules_would_close() {
    let Scene { site, olga, anna, ben, carl } = scene().await;
    anna.sends(&anna.opens_direct(&ben).await, "hello").await;
    ben.sends(&ben.opens_direct(&carl).await, "hello").await;
    let before = site.dump().await;
    // Exhibitors may do all; visitors nothing: four pairs of six are closed, and both conversations for somebody.
    let shown = preview(&olga, json!([rule("exhibitors", json!("everyone"), &ALL)])).await;
    assert_eq!(counts(&shown), [0, 4, 2, 0]);
    let sample = shown["sample"].as_array().unwrap();
    assert!(
        !sample.is_empty() && sample.iter().all(|one| one["before"] == true && one["after"] == false),
        "{sample:?}"
    );
    assert!(sample.iter().all(|one| one["from"]["id"] != json!(anna.id)), "{sample:?}");
    assert_eq!(site.dump().await, before, "nothing was changed");
    assert_eq!(counts(&preview(&olga, json!([])).await), [0; 4]);
}

#[tokio::test]
async fn what_other_rules_would_open_and_close() {
    let Scene { site: _site, olga, anna, ben, carl } = scene().await;
    anna.sends(&anna.opens_direct(&ben).await, "hello").await;
    ben.sends(&ben.opens_direct(&carl).await, "hello").await;
    let visitors = json!({"population": "visitors"});
    olga.sets_rules(json!([rule("exhibitors", visitors.clone(), &ALL), rule("visitors", json!("everyone"), &["see"])]))
        .await;
    // Visitors, of whom the rules of today speak already, may write to each other, and see exhibitors no longer.
    let shown =
        preview(&olga, json!([rule("exhibitors", visitors.clone(), &ALL), rule("visitors", visitors.clone(), &ALL)]))
            .await;
    assert_eq!(counts(&shown), [0, 2, 0, 1]);
    // What is opened is what one may then do.
    assert!(shown["sample"].as_array().unwrap().iter().any(|one| one["right"] == "start" && one["after"] == true));
    // Of the press, and of a view, no rule speaks yet.
    let view = olga.makes_view(json!({"query": "carl"})).await;
    let shown =
        preview(&olga, json!([rule("visitors", json!({"view": view}), &ALL), rule("press", json!("everyone"), &ALL)]))
            .await;
    assert_eq!(counts(&shown), [0, 5, 1, 1], "{shown}");
}

#[tokio::test]
async fn bad_rules_are_refused_as_when_they_are_saved() {
    let Scene { site: _site, olga, .. } = scene().await;
    let said = olga.post("admin/rules/preview", json!({"rules": [rule("nobody", json!("everyone"), &ALL)]})).await;
    assert!(said.refused(422, "invalid").contains("nobody"));
}

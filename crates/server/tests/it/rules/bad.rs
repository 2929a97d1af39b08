//! Rules that cannot be: a clear answer, and nothing changed.

use super::{ALL, Fair, allow, population, view};
use serde_json::{Value, json};

#[tokio::test]
async fn rules_that_cannot_be_change_nothing() {
    let fair = Fair::start().await;
    let other = fair.site.neighbour("other").await;
    let otto = other.operator("Otto", "owner").await;
    otto.makes_population("theirs").await;
    let foreign = otto.makes_view(json!({})).await;
    let passing = fair.olga.makes_view(json!({"connected": true})).await;
    let gone = fair.olga.makes_view(json!({})).await;
    fair.olga.delete(&format!("admin/views/{gone}")).await.is(204);
    fair.olga.sets_rules(json!([allow("visitors", json!("everyone"), &ALL)])).await;
    let before = fair.site.dump().await;
    let good = allow("visitors", json!("everyone"), &["see"]);
    let mut extra = good.clone();
    extra["note"] = json!("why");
    let mut number = good.clone();
    number["rights"] = json!([1]);
    for (bad, named) in [
        (allow("unheard-of", json!("everyone"), &ALL), "unheard-of"),
        (allow("theirs", json!("everyone"), &ALL), "theirs"),
        (allow("visitors", population("theirs"), &ALL), "theirs"),
        (allow("visitors", population("Visitors "), &ALL), "Visitors "),
        (allow("visitors", view(&foreign), &ALL), &*foreign),
        (allow("visitors", view(&gone), &ALL), &*gone),
        (allow("visitors", view("nonsense"), &ALL), "nonsense"),
        (allow("visitors", view(&passing), &ALL), "asks what changes by itself"),
        (allow("visitors", json!("everyone"), &[]), "rights"),
        (allow("visitors", json!("everyone"), &["see", "fly"]), "fly"),
        (allow("visitors", json!("nobody"), &ALL), ""),
        (allow("visitors", json!({"population": "visitors", "view": gone}), &ALL), ""),
        (json!({"from": "visitors", "to": "everyone", "effect": "perhaps", "rights": ["see"]}), "perhaps"),
        (json!({"from": "visitors", "effect": "allow", "rights": ["see"]}), "to"),
        (extra, "note"),
        (number, ""),
        (Value::Null, ""),
        (json!("all"), ""),
    ] {
        let said = fair.olga.put("admin/rules", json!([good, bad])).await.refused(422, "invalid");
        assert!(said.contains(named), "{bad}: {said}");
    }
    let many: Vec<Value> = std::iter::repeat_n(good.clone(), 501).collect();
    fair.olga.put("admin/rules", json!(many)).await.refused(422, "invalid");
    fair.olga.put("admin/rules", json!({"rules": []})).await.refused(422, "invalid");
    assert_eq!(fair.site.dump().await, before);
    fair.olga.sets_rules(json!(many[..500])).await;
    assert_eq!(fair.olga.get("admin/rules").await.is(200).as_array().unwrap().len(), 500);
}

#[tokio::test]
async fn what_rules_use_cannot_go_and_the_answer_names_them() {
    let fair = Fair::start().await;
    let segment = fair.olga.makes_view(json!({"badge": "VIP"})).await;
    let path = format!("admin/views/{segment}");
    let rules = json!([
        allow("visitors", json!("everyone"), &ALL),
        allow("press", view(&segment), &ALL),
        allow("visitors", population("press"), &["see"]),
        allow("visitors", view(&segment), &["see"]),
    ]);
    assert_eq!(fair.olga.sets_rules(rules.clone()).await, rules);
    let before = fair.site.dump().await;
    let said = fair.olga.delete(&path).await.refused(409, "conflict");
    assert!(said.contains("2, 4"), "{said}");
    let said = fair.olga.delete("admin/populations/press").await.refused(409, "conflict");
    assert!(said.contains("2, 3"), "{said}");
    fair.olga.patch(&path, json!({"filter": {"connected": true}})).await.refused(422, "invalid");
    fair.olga.patch(&path, json!({"filter": {"population": "unheard-of"}})).await.refused(422, "invalid");
    fair.olga.patch(&path, json!({"filter": {"colour": "red"}})).await.refused(422, "invalid");
    assert_eq!(fair.site.dump().await, before);
    fair.olga.sets_rules(json!([])).await;
    fair.olga.delete(&path).await.is(204);
    fair.olga.delete("admin/populations/press").await.is(204);
}

#[tokio::test]
async fn questions_about_nobody() {
    let fair = Fair::start().await;
    let other = fair.site.neighbour("other").await;
    let (yan, agent) = (other.member("yan").await, fair.site.operator("Alma", "agent").await);
    let ask = |from: &str, to: &str| json!({"from": from, "to": to});
    for (from, to) in [(&*fair.eve.id, &*yan.id), (&*yan.id, &*fair.eve.id), ("nonsense", &*fair.eve.id)] {
        fair.olga.post("admin/rules/explain", ask(from, to)).await.refused(404, "not_found");
    }
    fair.olga.post("admin/rules/explain", ask(&fair.eve.id, &fair.eve.id)).await.refused(422, "invalid");
    agent.put("admin/rules", json!([])).await.refused(404, "not_found");
    agent.get("admin/rules").await.refused(404, "not_found");
}

use super::{Scene, calling, calls, does, open, text};
use serde_json::{Value, json};

#[tokio::test]
async fn whom_one_may_call() {
    let scene = Scene::start().await;
    let (anna, ben, olga) = (&scene.anna, &scene.ben, &scene.olga);
    let before = scene.site.dump().await;
    anna.post("calls", json!({"member": anna.id, "media": "video"})).await.refused(422, "invalid");
    for nobody in ["0000000000000", "x", ""] {
        anna.post("calls", json!({"member": nobody, "media": "video"})).await.refused(404, "not_found");
    }
    for (field, odd) in [
        ("media", json!("smoke")),
        ("client_id", json!("not a uuid")),
        ("device", json!("")),
        ("device", json!("x".repeat(65))),
        ("device", json!("a b")),
    ] {
        let mut asked = json!({"member": ben.id, "media": "video"});
        asked[field] = odd;
        anna.post("calls", asked).await.refused(422, "invalid");
    }
    assert_eq!(scene.site.dump().await, before);
    anna.blocks(ben).await;
    calling(anna, ben, "video").await.refused(403, "blocked_by_you");
    anna.unblocks(ben).await;
    olga.makes_population("guests").await;
    olga.changes(anna, json!({"populations": ["guests"]})).await;
    let rule = |rights: &[&str]| json!([{"from": "guests", "to": "everyone", "effect": "allow", "rights": rights}]);
    olga.sets_rules(rule(&["see", "start", "reply"])).await;
    calling(anna, ben, "video").await.refused(403, "rule_denied");
    olga.sets_rules(rule(&["start", "reply", "call"])).await;
    calling(anna, ben, "video").await.refused(404, "not_found");
    olga.sets_rules(rule(&["see", "call"])).await;
    // Not contactable: that is for writing first.
    ben.patch("me", json!({"contactable": false})).await.is(200);
    let call = calls(anna, ben).await;
    does(ben, "decline", &call).await.is(200);
    olga.lets_chat(ben, false).await;
    calling(anna, ben, "video").await.refused(404, "not_found");
}

/// The button stands where it works: the same decision everywhere.
#[tokio::test]
async fn the_button_stands_where_it_works() {
    let scene = Scene::start().await;
    let (anna, ben, olga) = (&scene.anna, &scene.ben, &scene.olga);
    let shown = async |expected: Value| {
        let view = anna.conversation(&scene.between).await;
        assert_eq!(view["can_call"], expected.is_null(), "{view}");
        assert_eq!(view["can_call_denied"]["code"], expected, "{view}");
        let relation = anna.relation(ben).await;
        assert_eq!(relation["can_call"], if relation.is_null() { Value::Null } else { json!(expected.is_null()) });
        let called = calling(anna, ben, "video").await;
        assert_eq!(called.status == 201, expected.is_null(), "{called:?}");
        if called.status == 201 {
            does(anna, "hang-up", &called.body).await.is(200);
        }
    };
    let mut annas = anna.socket().await;
    shown(Value::Null).await;
    scene.site.configure(json!({"features": {"video": false}})).await;
    annas.expect_event("site.updated").await;
    shown(json!("feature_off")).await;
    scene.site.configure(json!({"features": {"video": true}})).await;
    olga.makes_population("guests").await;
    olga.changes(anna, json!({"populations": ["guests"]})).await;
    let rule = |rights: &[&str]| json!([{"from": "guests", "to": "everyone", "effect": "allow", "rights": rights}]);
    olga.sets_rules(rule(&["see", "start", "reply"])).await;
    annas.expect_conversation(|view| view["can_call_denied"]["code"] == "rule_denied").await;
    shown(json!("rule_denied")).await;
    olga.sets_rules(rule(&["reply", "call"])).await;
    shown(json!("rule_denied")).await;
    olga.sets_rules(json!([])).await;
    annas.expect_conversation(|view| view["can_call"] == true).await;
    anna.blocks(ben).await;
    shown(json!("blocked_by_you")).await;
    anna.unblocks(ben).await;
    ben.blocks(anna).await;
    shown(Value::Null).await;
    ben.unblocks(anna).await;
    olga.lets_chat(ben, false).await;
    shown(json!("read_only")).await;
    let desk = anna.opens_organizer().await;
    let desk = anna.conversation(&desk).await;
    assert_eq!((&desk["can_call"], &desk["can_call_denied"]), (&json!(false), &Value::Null));
}

#[tokio::test]
async fn a_call_is_for_its_two() {
    let scene = Scene::start().await;
    let (anna, ben, carl) = (&scene.anna, &scene.ben, &scene.carl);
    let call = calls(anna, ben).await;
    let before = scene.site.dump().await;
    for what in ["accept", "decline", "hang-up", "rejoin"] {
        does(carl, what, &call).await.refused(404, "not_found");
    }
    carl.get(&format!("calls/{}", text(&call["id"]))).await.refused(404, "not_found");
    assert!(open(carl).await.is_empty());
    assert_eq!(scene.site.dump().await, before);
}

#[tokio::test]
async fn nobody_calls_all_the_time() {
    let scene = Scene::start().await;
    let (anna, ben) = (&scene.anna, &scene.ben);
    for _ in 0..5 {
        let call = calls(anna, ben).await;
        does(anna, "hang-up", &call).await.is(200);
    }
    let before = scene.site.dump().await;
    calling(anna, ben, "video").await.refused(429, "rate_limited");
    assert_eq!(scene.site.dump().await, before);
    // Others may be called still, up to ten in all.
    let mut left = 0;
    for n in 0..10 {
        let one = scene.site.member(&format!("m{n}")).await;
        let answer = calling(anna, &one, "voice").await;
        if answer.status == 429 {
            break;
        }
        left += 1;
        does(anna, "hang-up", &answer.is(201)).await.is(200);
    }
    assert_eq!(left, 4, "the refused one was counted too");
    scene.passes(30, &mut []).await;
    calls(anna, ben).await;
}

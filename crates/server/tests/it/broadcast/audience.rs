use super::{Fair, heard};
use serde_json::json;

#[tokio::test]
async fn the_number_shown_is_the_number_delivered_and_says_who_is_left_out() {
    let fair = Fair::of(5).await;
    let ids: Vec<&str> = fair.visitors.iter().map(|member| member.id.as_str()).collect();
    fair.olga.lets_chat(&fair.visitors[0], false).await;
    let ban = json!({"member": ids[1], "room": null, "kind": "ban", "minutes": 60, "reason": "Rules."});
    fair.olga.post("admin/moderation/sanctions", ban).await.is(201);
    let mut twice = ids.clone();
    twice.extend(&ids);
    twice.push("0000000000000");
    let everybody = [json!({"members": twice}), json!({"filter": {}}), json!({"filter": {"population": "visitors"}})];
    for audience in everybody {
        let preview = fair.preview(audience.clone()).await;
        assert_eq!(preview["count"], 3, "{audience}: {preview}");
        let left_out = json!([{"reason": "chat_off", "count": 1}, {"reason": "banned", "count": 1}]);
        assert_eq!(preview["left_out"], left_out, "{audience}");
    }
    let view = fair.olga.makes_view(json!({"population": "visitors"})).await;
    let sent = fair.over(&fair.sends(json!({"view": view}), "Doors open at nine").await).await;
    assert_eq!((&sent["recipients"], &sent["delivered"], &sent["state"]), (&json!(3), &json!(3), &json!("done")));
    assert_eq!(sent["left_out"].as_array().unwrap().len(), 2);
    for member in &fair.visitors[1..] {
        let expected: &[&str] = if member.id == ids[1] { &[] } else { &["Doors open at nine"] };
        assert_eq!(heard(member).await, expected);
    }
}

#[tokio::test]
async fn only_those_who_are_here_now() {
    let fair = Fair::of(3).await;
    let here = fair.visitors[1].socket().await;
    let audience = json!({"filter": {"connected": true}});
    assert_eq!(fair.preview(audience.clone()).await["count"], 1);
    fair.over(&fair.sends(audience, "Come to the stage").await).await;
    assert_eq!(heard(&fair.visitors[1]).await, ["Come to the stage"]);
    assert!(heard(&fair.visitors[0]).await.is_empty());
    here.leave().await;
}

#[tokio::test]
async fn an_audience_is_one_thing_and_of_this_site() {
    let fair = Fair::of(1).await;
    let neighbour = fair.site.neighbour("elsewhere").await;
    let stranger = neighbour.member("stranger").await;
    let view = neighbour.operator("Nora", "owner").await.makes_view(json!({})).await;
    for bad in [
        json!({}),
        json!({"members": [], "view": view}),
        json!({"view": view}),
        json!({"view": "x"}),
        json!({"follow_up": "0000000000000"}),
        json!({"filter": {"colour": "red"}}),
        json!({"filter": {"last_seen": "soon"}}),
        json!({"filter": {"population": "vistors"}}),
        json!({"filter": {"badge": vec!["x"; 200_000]}}),
    ] {
        fair.olga.post("admin/broadcasts/preview", bad.clone()).await.refused(422, "invalid");
    }
    assert_eq!(fair.preview(json!({"members": [stranger.id]})).await["count"], 0);
    let wish = json!({"client_id": crate::harness::client_id(), "body": "hello"});
    let said = fair.asks(json!({"members": [stranger.id]}), wish).await.refused(422, "invalid");
    assert!(said.contains("Nobody"), "{said}");
    fair.site.configure(json!({"features": {"messaging": false}})).await;
    let preview = fair.preview(json!({"filter": {}})).await;
    assert_eq!((&preview["count"], &preview["left_out"][0]["reason"]), (&json!(0), &json!("messaging_off")));
}

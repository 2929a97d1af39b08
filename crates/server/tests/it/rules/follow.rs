//! A segment follows its members as their data changes, at once, for everybody who is connected.

use super::{ALL, Fair, allow, view};
use crate::harness::{Member, Socket};
use serde_json::{Value, json};

/// Whether every door lets one see and write to the other.
async fn reaches(who: &Member, other: &Member, yes: bool) {
    let found = who.get(&format!("members/@{}", other.login)).await;
    assert_eq!(found.status, if yes { 200 } else { 404 }, "the profile");
    for asked in ["", &format!("?query={}", other.login), "?connected=true"] {
        let listed = who.directory(asked).await.contains(&other.login);
        assert!(!listed || yes, "{asked}");
        assert!(listed || !yes || asked.contains("connected"), "{asked}");
    }
}

async fn told_of(socket: &mut Socket, member: &Member) {
    while socket.expect_event("member.updated").await["member"]["id"] != member.id.as_str() {}
}

async fn told_can_write(socket: &mut Socket, conversation: &str, yes: bool) {
    socket.expect_conversation(|told| told["id"] == conversation && told["can_write"] == yes).await;
}

#[tokio::test]
async fn whoever_comes_to_match_is_let_in_and_out_again() {
    let fair = Fair::start().await;
    let wood = fair.olga.makes_view(json!({"attributes": {"sector": "wood"}})).await;
    let between = fair.vic.opens_direct(&fair.eve).await;
    fair.vic.sends(&between, "hello").await;
    let (mut vics, mut vals) = (fair.vic.socket().await, fair.val.socket().await);
    fair.olga.sets_rules(json!([allow("visitors", view(&wood), &ALL)])).await;
    vals.expect_event("site.updated").await;
    told_can_write(&mut vics, &between, false).await;
    reaches(&fair.vic, &fair.eve, false).await;

    fair.olga.changes(&fair.eve, json!({"attributes": {"sector": ["Steel", "Wood"]}})).await;
    told_of(&mut vals, &fair.eve).await;
    told_can_write(&mut vics, &between, true).await;
    reaches(&fair.vic, &fair.eve, true).await;
    fair.vic.sends(&between, "now").await;
    let mut eves = fair.eve.socket().await;
    vics.expect_presence(&fair.eve.id, true).await;
    assert_eq!(fair.vic.directory("?connected=true").await, ["eve"]);

    // The website says otherwise at the next sign-in.
    fair.site.member_with(fair.site.token("eve").with("attributes", json!({"sector": "Steel"}))).await;
    told_of(&mut vals, &fair.eve).await;
    told_can_write(&mut vics, &between, false).await;
    reaches(&fair.vic, &fair.eve, false).await;
    assert_eq!(fair.vic.conversation(&between).await["peer"]["connected"], false);
    vics.told().await;
    eves.told().await;
    eves.leave().await;
    fair.site.shows_gone(&fair.eve.id).await;
    // A visitor who changes side sees with other eyes, at once.
    fair.olga.changes(&fair.vic, json!({"populations": ["press"]})).await;
    told_of(&mut vics, &fair.vic).await;
    assert_eq!(fair.vic.directory("").await, Vec::<String>::new());
    assert!(vics.told().await.iter().all(|event| event["type"] != "presence"), "of whom one no longer sees");
}

#[tokio::test]
async fn a_view_that_changes_moves_its_members() {
    let fair = Fair::start().await;
    let segment = fair.olga.makes_view(json!({"badge": "Speaker"})).await;
    fair.olga.sets_rules(json!([allow("visitors", view(&segment), &ALL)])).await;
    let mut vics = fair.vic.socket().await;
    fair.olga.changes(&fair.ned, json!({"badges": ["Speaker"]})).await;
    told_of(&mut vics, &fair.ned).await;
    assert_eq!(fair.vic.directory("").await, ["ned"]);
    let path = format!("admin/views/{segment}");
    let changed = fair.olga.patch(&path, json!({"filter": {"population": "exhibitors"}})).await.is(200);
    assert_eq!(changed["in_rules"], true);
    vics.expect_event("site.updated").await;
    assert_eq!(fair.vic.directory("").await, ["eve"]);
    fair.olga.patch(&path, json!({"name": "Called otherwise"})).await.is(200);
    assert_eq!(fair.vic.directory("").await, ["eve"]);
    let between = fair.vic.opens_direct(&fair.eve).await;
    fair.olga.patch(&path, json!({"filter": {"query": "ned"}})).await.is(200);
    told_can_write(&mut vics, &between, false).await;
    reaches(&fair.vic, &fair.eve, false).await;
}

/// Whoever changes their own headline may walk into a segment by it, and out.
#[tokio::test]
async fn ones_own_words_count_too() {
    let fair = Fair::start().await;
    let segment = fair.olga.makes_view(json!({"query": "carpenter", "interest": "wood"})).await;
    fair.olga.sets_rules(json!([allow("visitors", view(&segment), &["see"])])).await;
    let mut vics = fair.vic.socket().await;
    for (patch, seen) in [
        (json!({"headline": "Carpenter since 1990"}), 0),
        (json!({"interests": ["Wood"]}), 1),
        (json!({"headline": "Retired"}), 0),
        (json!({"headline": "A carpenter again"}), 1),
    ] {
        fair.ned.patch("me", patch.clone()).await.is(200);
        assert_eq!(fair.vic.directory("").await.len(), seen, "{patch}");
    }
    let told = vics.told().await.into_iter().filter(|event| event["type"] == "member.updated");
    let told: Vec<Value> = told.map(|event| event["member"]["headline"].clone()).collect();
    let seen = json!(["Carpenter since 1990", "Retired", "A carpenter again"]);
    assert_eq!(json!(told), seen, "not before they were seen; and when they went");
}

/// Rules over segments hold for members who come later, and for those made in the back-office.
#[tokio::test]
async fn whoever_is_new_is_in_their_segments_at_once() {
    let fair = Fair::start().await;
    let segment = fair.olga.makes_view(json!({"badge": "VIP"})).await;
    fair.olga
        .sets_rules(json!([allow("visitors", view(&segment), &ALL), allow("press", json!("everyone"), &ALL)]))
        .await;
    let form = json!({"login": "made", "name": "Made", "badges": ["vip"]});
    fair.olga.post("admin/members", form).await.is(201);
    fair.site.member_with(fair.site.token("come").with("login", "come").with("badges", json!(["VIP"]))).await;
    let mut seen = fair.vic.directory("").await;
    seen.sort_unstable();
    assert_eq!(seen, ["come", "made"]);
    let pia = super::somebody(&fair.site, "pia", json!(["press"])).await;
    assert_eq!(pia.directory("").await.len(), 6);
}

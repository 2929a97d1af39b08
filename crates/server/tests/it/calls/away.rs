use super::{Scene, calls, comes_to, does, is_missed, number, open, said, stands, told_that};
use crate::harness::{Binary, Database, eventually, within};
use serde_json::json;

#[tokio::test]
async fn who_is_away_for_long_has_left_the_call() {
    let scene = Scene::start().await;
    let (anna, ben) = (&scene.anna, &scene.ben);
    let (mut annas, bens) = (anna.socket().await, ben.socket().await);
    let call = calls(anna, ben).await;
    does(ben, "accept", &call).await.is(200);
    annas.told().await;
    bens.leave().await;
    scene.misses(&call, ben).await;
    scene.passes(19, &mut [&mut annas]).await;
    let mut again = ben.socket().await;
    let id = (number(&call["id"]), number(&json!(ben.id)));
    eventually("he is here again", || async { !scene.site.app.calls.misses(id.0, id.1) }).await;
    scene.passes(30, &mut [&mut annas, &mut again]).await;
    assert_eq!(stands(anna, &call).await, "active", "whoever is back in time goes on");
    again.leave().await;
    scene.misses(&call, ben).await;
    scene.passes(20, &mut [&mut annas]).await;
    told_that(&mut annas, "call.updated", "ended").await;
    assert_eq!(said(&scene.last_line(anna).await).0, "ended");
}

#[tokio::test]
async fn a_caller_who_is_gone_has_given_up() {
    let scene = Scene::start().await;
    let (anna, ben) = (&scene.anna, &scene.ben);
    let (annas, mut bens) = (anna.socket().await, ben.socket().await);
    let call = calls(anna, ben).await;
    annas.leave().await;
    scene.misses(&call, anna).await;
    scene.passes(20, &mut [&mut bens]).await;
    comes_to(ben, &call, "cancelled").await;
}

/// "Can be reached" is policy, not presence: it rings for whoever is away, and they find it when they come.
#[tokio::test]
async fn it_rings_for_who_is_away() {
    let scene = Scene::start().await;
    let (anna, ben) = (&scene.anna, &scene.ben);
    let mut annas = anna.socket().await;
    let call = calls(anna, ben).await;
    scene.passes(40, &mut [&mut annas]).await;
    assert_eq!(open(ben).await[0]["id"], call["id"], "who comes late finds it ringing");
    annas.told().await;
    scene.passes(5, &mut [&mut annas]).await;
    told_that(&mut annas, "call.updated", "missed").await;
    assert!(open(ben).await.is_empty());
}

/// A call is a row: a server that was killed goes on with it, and ends what nobody came back to.
#[tokio::test]
async fn a_restart_loses_no_call() {
    let database = Database::fresh().await;
    let binary = Binary::over(database.folder(), database.url());
    binary.makes_site("demo").await;
    binary.makes_owner("demo", "correct horse battery").await;
    let serving = binary.serve().await;
    let olga = serving.operator_signs_in("demo", "olga@staff.example", "correct horse battery").await;
    olga.patch("admin/settings", json!({"features": {"video": true}})).await.is(200);
    let mut people = Vec::new();
    for login in ["anna", "ben", "carl", "dora"] {
        people.push(serving.sign_in("demo", &binary.token("demo", login).await).await);
    }
    let [anna, ben, carl, dora] = &people[..] else { unreachable!() };
    let (active, ringing) = (calls(anna, ben).await, calls(carl, dora).await);
    let _annas = anna.socket().await;
    does(ben, "accept", &active).await.is(200);
    serving.kill().await;
    // Carl's call rang long ago.
    database.run("UPDATE call SET started_at = started_at - 45000 WHERE state = 'ringing'").await;

    let serving = binary.serve().await;
    let back = |who: &crate::harness::Member| crate::harness::Member {
        api: crate::harness::Api::at(&serving.api.origin).with_token(who.api.token.as_deref().unwrap()),
        ..who.clone()
    };
    let (anna, ben, carl) = (back(anna), back(ben), back(carl));
    comes_to(&carl, &ringing, "missed").await;
    let (_a, mut bens) = (anna.socket().await, ben.socket().await);
    assert_eq!(open(&ben).await[0]["id"], active["id"]);
    let signal = json!({"type": "call.signal", "call_id": active["id"], "data": {"ice": "restart"}});
    let mut annas = anna.socket().await;
    crate::harness::Socket::accepted(annas.command(signal).await);
    within("the other hears it", bens.expect_event("call.signal")).await;
    does(&anna, "hang-up", &active).await.is(200);
}

/// After a restart everybody has to come back: they have longer than when they alone were away.
#[tokio::test]
async fn a_server_that_began_waits_longer() {
    let scene = Scene::start().await;
    let (anna, ben) = (&scene.anna, &scene.ben);
    let (mut annas, mut bens) = (anna.socket().await, ben.socket().await);
    let call = calls(anna, ben).await;
    does(ben, "accept", &call).await.is(200);
    // Whom the first server has connected, the one that begins now has not.
    let begun = scene.site.beside().await;
    let watching = tokio::spawn(parvis::calls::watch_forever(begun.clone()));
    is_missed(&begun, &call, anna).await;
    is_missed(&begun, &call, ben).await;
    scene.passes(29, &mut [&mut annas, &mut bens]).await;
    // It looks in order: when it has found who calls next to be away, it has looked at these two.
    let other = calls(&scene.carl, &scene.site.member("dora").await).await;
    is_missed(&begun, &other, &scene.carl).await;
    assert_eq!(stands(anna, &call).await, "active");
    scene.passes(1, &mut [&mut annas, &mut bens]).await;
    comes_to(anna, &call, "ended").await;
    does(&scene.carl, "hang-up", &other).await.is(200);
    watching.abort();
}

/// Nobody is left in it: it ends all the same.
#[tokio::test]
async fn a_call_that_both_left_is_over() {
    let scene = Scene::start().await;
    let (anna, ben) = (&scene.anna, &scene.ben);
    let call = calls(anna, ben).await;
    does(ben, "accept", &call).await.is(200);
    scene.misses(&call, anna).await;
    scene.misses(&call, ben).await;
    scene.passes(20, &mut []).await;
    comes_to(anna, &call, "ended").await;
}

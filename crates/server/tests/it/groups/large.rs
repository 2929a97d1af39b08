use super::{names, puts, takes_out, wanted};
use crate::harness::{Member, Site, client_id};
use serde_json::{Value, json};

/// So many more members, without the cost of signing each in: their ids.
async fn crowd(site: &Site, count: usize) -> Vec<String> {
    let columns = "site_id, name, name_key, badges, interests, attributes, class_id, search_text, contactable, chat_enabled, created_at";
    site.stores(&format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) \
         INSERT INTO member (id, external_id, login, login_key, {columns}) \
         SELECT 1000 + i, 'x' || i, 'x' || i, 'x' || i, {columns} FROM member, n WHERE login = 'anna'"
    ))
    .await;
    (1..=count).map(|n| parvis::platform::ids::show(1_000 + i64::try_from(n).unwrap())).collect()
}

#[tokio::test]
async fn a_thousand_take_part() {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let crowd = crowd(&site, 1_000).await;
    let x9 = site.member_with(site.token("x9")).await;
    let (mut bens, mut nines) = (ben.socket().await, x9.socket().await);
    let mut body = wanted("All", &[&ben]);
    body["members"].as_array_mut().unwrap().extend(crowd[..998].iter().map(|id| json!(id)));
    let made = anna.post("conversations", body).await.is(201);
    assert_eq!(made["participants"], 1_000);
    let group = made["id"].as_str().unwrap().to_owned();
    for (member, socket) in [(&ben, &mut bens), (&x9, &mut nines)] {
        let told = socket.expect_event("conversation.updated").await;
        assert_eq!(told["conversation"], member.conversation(&group).await);
    }
    let place = |id: &str| format!("conversations/{group}/participants/{id}");
    let before = site.dump().await;
    anna.put(&place(&crowd[999]), json!({})).await.refused(409, "conflict");
    assert_eq!(site.dump().await, before);
    anna.sends(&group, "hello all of you").await;
    assert_eq!(nines.expect_event("message.created").await["message"]["body"], "hello all of you");
    let path = format!("conversations/{group}");
    anna.patch(&path, json!({"name": "All of us"})).await.is(200);
    assert_eq!(nines.expect_event("conversation.updated").await["conversation"]["name"], "All of us");
    x9.post(&format!("{path}/read"), json!({"seq": 2})).await.is(204);
    bens.told().await;
    let told = nines.told_of_talk().await;
    assert!(told.iter().any(|event| event["type"] == "conversation.read"), "one's own devices are told: {told:?}");
    let readers = anna.get(&format!("{path}/messages/{group}.2/readers")).await.is(200);
    assert_eq!(readers["items"].as_array().unwrap().len(), 1);
    let all = anna.all(&format!("{path}/participants"), 200).await;
    assert_eq!(all.len(), 1_000);
    takes_out(&anna, &group, &x9).await.is(204);
    puts(&anna, &group, &x9, json!({})).await.is(200);
    let last: &Value = &anna.history(&group).await.pop().unwrap()["system"];
    assert_eq!((&last["event"], &last["members"][0]["login"]), (&json!("members_added"), &json!("x9")));
    writes_while_it_changes(&anna, &ben, &group).await;
}

/// A change is told to all of them one by one; nobody's message waits for that.
async fn writes_while_it_changes(anna: &Member, ben: &Member, group: &str) {
    let path = format!("conversations/{group}");
    let renaming = anna.patch(&path, json!({"name": "Meanwhile"}));
    let writing = async {
        for n in 0..20 {
            ben.says(group, &client_id(), &n.to_string()).await.is(201);
        }
    };
    let (renamed, ()) = async { tokio::join!(renaming, writing) }.await;
    renamed.is(200);
    assert_eq!(names(ben, group).await.len(), 1_000);
    assert_eq!(anna.whole(group).await.len(), 5 + 1 + 20);
}

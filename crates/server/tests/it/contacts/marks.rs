use super::kinds;
use crate::harness::Site;
use serde_json::{Value, json};

#[tokio::test]
async fn marked_as_unread_until_it_is_read() {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let between = anna.opens_direct(&ben).await;
    anna.sends(&between, "hello").await;
    ben.reads(&between, 1).await;
    let (mut annas, mut bens) = (anna.socket().await, ben.socket().await);
    let path = format!("conversations/{between}");
    for _ in 0..2 {
        ben.post(&format!("{path}/unread"), json!({})).await.is(204);
    }
    let told = bens.expect_conversation(|told| told["marked_unread"] == true).await;
    assert_eq!(told["unread"], 0);
    assert_eq!(told, ben.conversation(&between).await);
    // Where one stands already, too.
    ben.reads(&between, 1).await;
    bens.expect_conversation(|told| told["marked_unread"] == false).await;
    ben.post(&format!("{path}/unread"), json!({})).await.is(204);
    anna.sends(&between, "hello again").await;
    ben.reads(&between, 2).await;
    assert_eq!(ben.conversation(&between).await["marked_unread"], false);
    assert_eq!(anna.conversation(&between).await["peer_read_seq"], 2);
    let others = kinds(&mut annas).await;
    assert!(!others.contains(&"conversation.updated".to_owned()), "it is one's own: {others:?}");
    site.member("carl").await.post(&format!("{path}/unread"), json!({})).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_deleted_conversation_is_put_back() {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let between = anna.opens_direct(&ben).await;
    anna.sends(&between, "hello").await;
    let path = format!("conversations/{between}");
    anna.deletes(&between).await;
    let mut annas = site.again(&anna).await.socket().await;
    let view = anna.patch(&path, json!({"listed": true})).await.is(200);
    assert_eq!((&view["listed"], &view["last_message"]["body"]), (&json!(true), &json!("hello")));
    assert_eq!(annas.expect_conversation(|told| told["listed"] == true).await, view);
    assert_eq!(anna.list().await, [view]);
    for bad in [json!({"listed": "yes"}), json!({"listed": true, "name": "x"}), json!([]), Value::Null] {
        anna.patch(&path, bad).await.refused(422, "invalid");
    }
    site.member("carl").await.patch(&path, json!({"listed": true})).await.refused(404, "not_found");
    assert_eq!(anna.list().await.len(), 1);
}

use super::{Three, is_not_there, kinds, leaves, lines, makes, names, puts, takes_out};
use crate::harness::Site;
use serde_json::{Value, json};

#[tokio::test]
async fn somebody_leaves() {
    let Three { site: _site, anna, ben, carl, group, .. } = Three::start().await;
    let (mut annas, mut bens) = (anna.socket().await, ben.socket().await);
    let last = ben.sends(&group, "farewell").await;
    bens.told().await;
    leaves(&ben, &group).await;
    let told = bens.told_of_talk().await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((&told[0]["type"], &told[0]["left"]), (&json!("conversation.removed"), &json!(true)));
    annas.expect_event("conversation.updated").await;
    assert_eq!(lines(&anna, &group).await, ["group_created by anna", "member_left by ben"]);
    assert_eq!(names(&carl, &group).await, ["anna*", "carl"]);
    assert_eq!(anna.conversation(&group).await["participants"], 2);
    is_not_there(&ben, &group, last["id"].as_str().unwrap(), &carl).await;
    takes_out(&ben, &group, &ben).await.refused(404, "not_found");
    assert_eq!(kinds(&mut bens).await, Vec::<String>::new());
    assert_eq!(anna.whole(&group).await[1], (2, "farewell".to_owned()), "his words stay");
}

/// Otherwise the group would have nobody who looks after it.
#[tokio::test]
async fn the_last_admin_has_an_heir() {
    let Three { site, anna, ben, carl, group } = Three::start().await;
    let dora = site.member("dora").await;
    puts(&anna, &group, &dora, json!({})).await.is(200);
    let mut bens = ben.socket().await;
    leaves(&anna, &group).await;
    assert_eq!(names(&dora, &group).await, ["ben*", "carl", "dora"]);
    let said =
        ["group_created by anna", "members_added by anna: dora", "member_left by anna", "admin_made by anna: ben"];
    assert_eq!(lines(&dora, &group).await, said);
    assert_eq!(bens.expect_event("conversation.updated").await["conversation"]["my_role"], "admin");
    // With another admin there is no heir.
    puts(&ben, &group, &dora, json!({"role": "admin"})).await.is(200);
    leaves(&ben, &group).await;
    assert_eq!(names(&dora, &group).await, ["carl", "dora*"]);
    // An ordinary participant leaves no office.
    leaves(&carl, &group).await;
    assert_eq!(names(&dora, &group).await, ["dora*"]);
    // Handed over first.
    puts(&dora, &group, &anna, json!({})).await.is(200);
    puts(&dora, &group, &anna, json!({"role": "admin"})).await.is(200);
    leaves(&dora, &group).await;
    assert_eq!(names(&anna, &group).await, ["anna*"]);
}

#[tokio::test]
async fn with_the_last_participant_the_group_ends() {
    let Three { site, anna, ben, carl, group } = Three::start().await;
    let secret = "the last words of this group";
    let said = anna.sends(&group, secret).await;
    assert!(site.dump().await.contains(secret));
    for member in [&carl, &anna] {
        leaves(member, &group).await;
    }
    let mut bens = ben.socket().await;
    leaves(&ben, &group).await;
    assert_eq!(kinds(&mut bens).await, ["conversation.removed"]);
    let id = said["id"].as_str().unwrap();
    for member in [&anna, &ben, &carl] {
        is_not_there(member, &group, id, &anna).await;
    }
    let stored = site.dump().await;
    assert!(!stored.contains(secret) && !stored.contains("Jury"), "{stored}");
    let olga = site.operator("Olga", "owner").await;
    let place = format!("admin/conversations/{group}/participants/{}", anna.id);
    olga.put(&place, json!({})).await.refused(404, "not_found");
}

/// Everybody at the same moment: it ends once, and nothing is left behind.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_leave_at_once() {
    let site = Site::start().await;
    let (anna, ben, carl) = (site.member("anna").await, site.member("ben").await, site.member("carl").await);
    let before = site.dump().await;
    for _ in 0..4 {
        let group = makes(&anna, &[&ben, &carl]).await;
        tokio::join!(leaves(&anna, &group), leaves(&ben, &group), leaves(&carl, &group));
        for member in [&anna, &ben, &carl] {
            member.get(&format!("conversations/{group}")).await.refused(404, "not_found");
        }
    }
    assert_eq!(site.dump().await, before);
    // Two admins who take each other out: at most one succeeds.
    let group = makes(&anna, &[&ben, &carl]).await;
    puts(&anna, &group, &ben, json!({"role": "admin"})).await.is(200);
    let (one, other) = tokio::join!(takes_out(&anna, &group, &ben), takes_out(&ben, &group, &anna));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 404]);
    assert_eq!(names(&carl, &group).await.len(), 2);
    assert_eq!(carl.conversation(&group).await["participants"], 2);
    let listed: Vec<Value> = carl.list().await.iter().map(|one| one["id"].clone()).collect();
    assert_eq!(listed, [json!(group)]);
}

use super::names;
use crate::harness::{Member, Operator, Site, eventually};
use serde_json::{Value, json};

/// Members named A to F, of two populations, with badges, interests and attributes.
async fn people(site: &Site, olga: &Operator) -> Vec<Member> {
    for slug in ["press", "guests"] {
        olga.makes_population(slug).await;
    }
    let mut found = Vec::new();
    for (number, name) in ["Ada", "Bea", "Cleo", "Dora", "Élise", "Fay"].into_iter().enumerate() {
        let population = if number % 2 == 0 { "press" } else { "guests" };
        let token = site.token(&format!("m{number}")).with("name", name).with("populations", json!([population]));
        let token = token.with("badges", if number < 2 { json!(["Speaker"]) } else { json!([]) });
        let token = token.with("interests", if number == 3 { json!(["Énergie"]) } else { json!([]) });
        let token =
            token.with("attributes", if number == 4 { json!({"sector": ["Wood", "Paper"]}) } else { json!({}) });
        found.push(site.member_with(token).await);
    }
    found
}

async fn shown(olga: &Operator, asked: &str) -> Vec<String> {
    let page = olga.get(&format!("admin/members?{asked}")).await.is(200);
    let count = olga.get(&format!("admin/members/count?{asked}")).await.is(200)["count"].clone();
    let shown = names(page["items"].as_array().unwrap()).into_iter().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(count, shown.len(), "{asked}: the number fits what is shown");
    shown
}

#[tokio::test]
async fn it_is_filtered_by_what_members_are() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    let people = people(&site, &olga).await;
    olga.lets_chat(&people[5], false).await;
    olga.changes(&people[1], json!({"contactable": false})).await;
    for (asked, expected) in [
        ("", &["Ada", "Bea", "Cleo", "Dora", "Élise", "Fay"][..]),
        ("query=eli", &["Élise"]),
        ("query=energie", &["Dora"]),
        ("population=press", &["Ada", "Cleo", "Élise"]),
        ("badge=speaker", &["Ada", "Bea"]),
        ("badge=speaker&population=press", &["Ada"]),
        ("interest=%C3%89NERGIE", &["Dora"]),
        ("contactable=false", &["Bea"]),
        ("chat_enabled=false", &["Fay"]),
        ("sanction=none&badge=speaker", &["Ada", "Bea"]),
        ("sanction=any", &[]),
        ("population=nowhere", &[]),
        ("filter=%7B%22attributes%22%3A%7B%22sector%22%3A%22Paper%22%7D%7D", &["Élise"]),
        ("filter=%7B%22badge%22%3A%5B%22Speaker%22%2C%22VIP%22%5D%7D&population=press", &["Ada"]),
        ("query=%25", &["Ada", "Bea", "Cleo", "Dora", "Élise", "Fay"]),
    ] {
        assert_eq!(shown(&olga, asked).await, expected, "{asked}");
    }
    let ban = json!({"member": people[2].id, "room": null, "kind": "ban", "minutes": 5, "reason": "Rules."});
    olga.post("admin/moderation/sanctions", ban).await.is(201);
    assert_eq!(shown(&olga, "sanction=ban").await, ["Cleo"]);
    assert_eq!(olga.get("admin/members?query=cleo").await.is(200)["items"][0]["sanctions"], json!(["ban"]));
    for bad in
        ["sanction=all", "last_seen=soon", "sort=colour", "view=x", "offset=1&cursor=WzFd", "colour=red", "filter=%7B"]
    {
        olga.get(&format!("admin/members?{bad}")).await.refused(422, "invalid");
    }
    let facets = olga.get("admin/members/facets").await.is(200);
    assert_eq!((&facets["members"], &facets["with_interests"]), (&json!(6), &json!(1)));
    assert_eq!(facets["badges"], json!([{"value": "Speaker", "count": 2}]));
    assert_eq!(facets["populations"][1], json!({"slug": "press", "name": "press", "count": 3}));
}

#[tokio::test]
async fn who_is_here_and_who_was() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    let people = people(&site, &olga).await;
    assert_eq!(shown(&olga, "last_seen=never").await.len(), 6);
    let socket = people[0].socket().await;
    assert_eq!(shown(&olga, "connected=true").await, ["Ada"]);
    assert_eq!(shown(&olga, "connected=false").await.len(), 5);
    assert_eq!(shown(&olga, "last_seen=1").await, ["Ada"]);
    assert_eq!(olga.get("admin/members?query=ada").await.is(200)["items"][0]["connected"], true);
    socket.leave().await;
    site.shows_gone(&people[0].id).await;
    eventually("it is stored when she was here", || async {
        let ada = olga.get("admin/members?query=ada").await.is(200)["items"][0].clone();
        ada["connected"] == false && ada["last_seen_at"].is_string()
    })
    .await;
    assert_eq!(shown(&olga, "last_seen=7").await, ["Ada"]);
    assert_eq!(shown(&olga, "last_seen=-7").await.len(), 5);
}

#[tokio::test]
async fn any_place_of_it_can_be_shown_in_any_order() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    people(&site, &olga).await;
    let page = async |asked: &str| olga.get(&format!("admin/members?{asked}")).await.is(200);
    for sort in ["name", "-name", "login", "-login", "last_seen", "-last_seen", "created_at", "-created_at"] {
        let whole = page(&format!("sort={sort}")).await["items"].clone();
        let mut by_cursor = Vec::new();
        let mut next = String::new();
        loop {
            let cursor = if next.is_empty() { next } else { format!("&cursor={next}") };
            let part = page(&format!("sort={sort}&limit=2{cursor}")).await;
            by_cursor.extend(part["items"].as_array().unwrap().clone());
            match part["next"].as_str() {
                Some(more) => next = more.to_owned(),
                None => break,
            }
        }
        assert_eq!(json!(by_cursor), whole, "{sort}");
        let third = page(&format!("sort={sort}&limit=2&offset=3")).await["items"].clone();
        assert_eq!(third, json!([whole[3], whole[4]]), "{sort}");
    }
    let down = page("sort=-name").await;
    assert_eq!(names(down["items"].as_array().unwrap()), ["Fay", "Élise", "Dora", "Cleo", "Bea", "Ada"]);
}

#[tokio::test]
async fn a_view_keeps_filter_columns_and_order_for_all_or_for_oneself() {
    let site = Site::start().await;
    let (olga, otto) = (site.operator("Olga", "owner").await, site.operator("Otto", "agent").await);
    people(&site, &olga).await;
    let form =
        json!({"name": "Press", "filter": {"population": "press"}, "columns": ["name", "badges"], "sort": "-name"});
    let shared = olga.post("admin/views", form.clone()).await.is(201);
    assert_eq!(
        (&shared["shared"], &shared["sort"], &shared["columns"]),
        (&json!(true), &json!("-name"), &form["columns"])
    );
    let id = shared["id"].as_str().unwrap();
    assert_eq!(shown(&otto, &format!("view={id}")).await, ["Élise", "Cleo", "Ada"]);
    assert_eq!(shown(&otto, &format!("view={id}&sort=name&badge=speaker")).await, ["Ada"]);
    let mut own = form.clone();
    own["shared"] = json!(false);
    let own = olga.post("admin/views", own).await.is(201);
    let path = format!("admin/views/{}", own["id"].as_str().unwrap());
    assert_eq!(olga.get("admin/views").await.is(200)["items"].as_array().unwrap().len(), 2);
    assert_eq!(otto.get("admin/views").await.is(200)["items"].as_array().unwrap().len(), 1);
    otto.get(&format!("admin/members?view={}", own["id"].as_str().unwrap())).await.refused(422, "invalid");
    otto.patch(&path, json!({"name": "Mine"})).await.refused(404, "not_found");
    otto.delete(&path).await.refused(404, "not_found");
    let rule = json!({"from": "press", "to": {"view": own["id"]}, "effect": "allow", "rights": ["see"]});
    olga.put("admin/rules", json!([rule])).await.refused(422, "invalid");
    let passing = olga.makes_view(json!({"last_seen": "7"})).await;
    let rule = json!({"from": "press", "to": {"view": passing}, "effect": "allow", "rights": ["see"]});
    olga.put("admin/rules", json!([rule])).await.refused(422, "invalid");
    assert_eq!(olga.patch(&path, json!({"shared": true})).await.is(200)["shared"], true);
    assert_eq!(otto.get("admin/views").await.is(200)["items"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn many_are_changed_at_once() {
    let site = Site::start().await;
    let (olga, alma) = (site.operator("Olga", "owner").await, site.operator("Alma", "agent").await);
    let people = people(&site, &olga).await;
    let does = async |change: Value| olga.post("admin/members/bulk", change).await.is(200);
    let press = json!({"population": "press"});
    let badge = json!({"filter": press, "do": "add_badge", "value": "Badge"});
    assert_eq!(does(badge.clone()).await, json!({"matched": 3, "changed": 3}));
    assert_eq!(does(badge).await, json!({"matched": 3, "changed": 0}));
    assert_eq!(shown(&olga, "badge=badge").await, ["Ada", "Cleo", "Élise"]);
    does(json!({"members": [people[0].id], "do": "remove_badge", "value": "BADGE"})).await;
    assert_eq!(shown(&olga, "badge=badge").await, ["Cleo", "Élise"]);
    does(json!({"filter": press, "do": "add_population", "value": "guests"})).await;
    assert_eq!(shown(&olga, "population=guests").await.len(), 6);
    does(json!({"filter": {}, "do": "remove_population", "value": "guests"})).await;
    assert_eq!(shown(&olga, "population=guests").await.len(), 0);
    let mut socket = people[0].socket().await;
    does(json!({"members": [people[0].id, people[0].id], "do": "disable_chat"})).await;
    assert_eq!(socket.closed().await.0, 4401);
    assert_eq!(shown(&olga, "chat_enabled=false").await, ["Ada"]);
    does(json!({"filter": {"chat_enabled": false}, "do": "enable_chat"})).await;
    assert!(shown(&olga, "chat_enabled=false").await.is_empty());
    let population = json!({"filter": {}, "do": "add_population", "value": "press"});
    alma.post("admin/members/bulk", population).await.refused(404, "not_found");
    for bad in [
        json!({"do": "enable_chat"}),
        json!({"filter": {}, "members": [], "do": "enable_chat"}),
        json!({"filter": {}, "do": "add_population", "value": "nowhere"}),
        json!({"filter": {}, "do": "add_badge"}),
        json!({"filter": {}, "do": "fire"}),
    ] {
        olga.post("admin/members/bulk", bad).await.refused(422, "invalid");
    }
    let log = olga.get("admin/audit").await.is(200);
    assert_eq!(log["items"][0]["action"], "members.change");
    assert_eq!(log["items"][0]["detail"], json!({"do": "enable_chat", "value": "", "matched": 1, "changed": 1}));
}

#[tokio::test]
async fn somebody_who_is_deleted_is_forgotten_and_what_they_wrote_stays() {
    let site = Site::start().await;
    let (olga, alma) = (site.operator("Olga", "owner").await, site.operator("Alma", "agent").await);
    let people = people(&site, &olga).await;
    let [ada, bea, ..] = &people[..] else { panic!("people") };
    let between = ada.opens_direct(bea).await;
    ada.sends(&between, "hello").await;
    let mut socket = ada.socket().await;
    let path = format!("admin/members/{}", ada.id);
    alma.delete(&path).await.refused(404, "not_found");
    olga.delete(&path).await.is(204);
    assert_eq!(socket.closed().await.0, 4401);
    ada.get("me").await.refused(401, "unauthorized");
    for gone in [&path, &format!("members/{}", ada.id)] {
        olga.get(gone).await;
    }
    olga.get(&path).await.refused(404, "not_found");
    olga.delete(&path).await.refused(404, "not_found");
    olga.patch(&path, json!({"name": "Ada"})).await.refused(404, "not_found");
    assert_eq!(shown(&olga, "").await, ["Bea", "Cleo", "Dora", "Élise", "Fay"]);
    assert!(!bea.directory("").await.contains(&"Ada".to_owned()));
    let read = &bea.history(&between).await[0];
    assert_eq!((&read["body"], &read["author"]["name"]), (&json!("hello"), &json!("Deleted member")));
    bea.says(&between, &crate::harness::client_id(), "are you there?").await;
    // The website may bring somebody of the same name again: it is somebody else.
    let again = site.member_with(site.token("m0").with("name", "Ada")).await;
    assert_ne!(again.id, ada.id);
    assert_eq!(again.login, ada.login);
    assert!(again.list().await.is_empty());
}

#[tokio::test]
async fn a_member_is_shown_with_their_whole_exchange_with_the_organizers() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "agent").await;
    let anna = site.member("anna").await;
    let path = format!("admin/members/{}/messages", anna.id);
    assert_eq!(olga.get(&path).await.is(200), json!({"conversation_id": null, "items": [], "next": null}));
    let with = anna.opens_organizer().await;
    anna.sends(&with, "where?").await;
    olga.answers(&with, "here").await;
    let page = olga.get(&path).await.is(200);
    assert_eq!(page["conversation_id"], with.as_str());
    let bodies: Vec<&str> = page["items"].as_array().unwrap().iter().map(|m| m["body"].as_str().unwrap()).collect();
    assert_eq!(bodies, ["where?", "here"]);
}

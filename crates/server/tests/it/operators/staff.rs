use super::{ACCEPT, acts, invitation, invites, signs_in, with};
use crate::harness::{PASSWORD, Site, client_id};
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn an_invitation_is_accepted_once() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    let (_, link) = invites(&olga, "Otis", "agent").await;
    signs_in(&site, "otis@staff.example", json!({"password": ""})).await.refused(401, "unauthorized");
    let shown = site.api.post("admin/invitations/read", json!({"invitation": link})).await.is(200);
    assert_eq!(shown["site"], json!({"slug": "demo", "name": "Salon des Savoirs"}));
    assert_eq!((&shown["email"], &shown["name"]), (&json!("otis@staff.example"), &json!("Otis")));
    site.api.post(ACCEPT, json!({"invitation": link, "password": "short"})).await.refused(422, "invalid");
    let session =
        site.api.post(ACCEPT, json!({"invitation": link, "password": PASSWORD, "name": "Otis R."})).await.is(201);
    let me = with(&site, &session).get("admin/me").await.is(200);
    assert_eq!((&me["name"], &me["role"]), (&json!("Otis R."), &json!("agent")));
    site.api.post("admin/invitations/read", json!({"invitation": link})).await.refused(404, "not_found");
    site.api.post(ACCEPT, json!({"invitation": link, "password": PASSWORD})).await.refused(404, "not_found");
    signs_in(&site, "otis@staff.example", json!({})).await.is(201);
    assert_eq!(acts(&olga).await, ["operator.accept", "operator.create"]);
}

#[tokio::test]
async fn a_link_holds_a_week_and_a_new_one_takes_its_place() {
    let site = Site::with_clock_in_hand().await;
    let olga = site.operator("Olga", "owner").await;
    let (id, first) = invites(&olga, "Otis", "agent").await;
    let again = olga.post(&format!("admin/operators/{id}/invitation"), json!({})).await.is(201);
    let second = invitation(&again);
    site.api.get(&first).await.refused(404, "not_found");
    site.advance(Duration::from_secs(7 * 24 * 3_600 - 1));
    site.api.post("admin/invitations/read", json!({"invitation": second})).await.is(200);
    site.advance(Duration::from_secs(1));
    site.api.post("admin/invitations/read", json!({"invitation": second})).await.refused(404, "not_found");
    site.api.post(ACCEPT, json!({"invitation": second, "password": PASSWORD})).await.refused(404, "not_found");
    assert!(!site.dump().await.contains(second.rsplit('/').next().unwrap()));
}

#[tokio::test]
async fn a_link_also_gives_another_password_and_ends_what_was_open() {
    let site = Site::start().await;
    let (olga, otis) = (site.operator("Olga", "owner").await, site.operator("Otis", "agent").await);
    let again = olga.post(&format!("admin/operators/{}/invitation", otis.id), json!({})).await.is(201);
    otis.get("admin/me").await.is(200);
    site.api.post(ACCEPT, json!({"invitation": invitation(&again), "password": "another one entirely"})).await.is(201);
    otis.get("admin/me").await.refused(401, "unauthorized");
    signs_in(&site, "otis@staff.example", json!({})).await.refused(401, "unauthorized");
    signs_in(&site, "otis@staff.example", json!({"password": "another one entirely"})).await.is(201);
}

/// A link that somebody kept opens nothing more than what it was made for.
#[tokio::test]
async fn a_link_ends_with_another_role_and_with_another_password() {
    let site = Site::start().await;
    let (olga, adam) = (site.operator("Olga", "owner").await, site.operator("Adam", "admin").await);
    let otis = site.operator("Otis", "agent").await;
    let path = format!("admin/operators/{}", otis.id);
    let kept = invitation(&adam.post(&format!("{path}/invitation"), json!({})).await.is(201));
    olga.patch(&path, json!({"role": "owner"})).await.is(200);
    site.api
        .post(ACCEPT, json!({"invitation": kept, "password": "another one entirely"}))
        .await
        .refused(404, "not_found");
    olga.patch(&path, json!({"role": "agent"})).await.is(200);
    let kept = invitation(&adam.post(&format!("{path}/invitation"), json!({})).await.is(201));
    let words = json!({"old": PASSWORD, "new": "a third one entirely"});
    otis.put("admin/me/password", words).await.is(204);
    site.api.post("admin/invitations/read", json!({"invitation": kept})).await.refused(404, "not_found");
}

#[tokio::test]
async fn admins_look_after_agents_and_owners_after_all() {
    let site = Site::start().await;
    let (olga, adam) = (site.operator("Olga", "owner").await, site.operator("Adam", "admin").await);
    let alma = site.operator("Alma", "agent").await;
    for role in ["admin", "owner"] {
        let form = json!({"email": "x@staff.example", "name": "X", "role": role});
        adam.post("admin/operators", form).await.refused(404, "not_found");
    }
    invites(&adam, "Otis", "agent").await;
    let path = |id: &str| format!("admin/operators/{id}");
    adam.patch(&path(&alma.id), json!({"name": "Alma A."})).await.is(200);
    adam.patch(&path(&alma.id), json!({"role": "admin"})).await.refused(404, "not_found");
    adam.patch(&path(&adam.id), json!({"role": "owner"})).await.refused(404, "not_found");
    adam.patch(&path(&olga.id), json!({"name": "Not Olga"})).await.refused(404, "not_found");
    adam.delete(&path(&olga.id)).await.refused(404, "not_found");
    adam.post(&format!("{}/invitation", path(&olga.id)), json!({})).await.refused(404, "not_found");
    assert_eq!(olga.patch(&path(&alma.id), json!({"role": "admin"})).await.is(200)["role"], "admin");
    adam.delete(&path(&alma.id)).await.refused(404, "not_found");
    alma.get("admin/settings").await.is(200);
}

#[tokio::test]
async fn agents_see_names_and_admins_see_more() {
    let site = Site::start().await;
    let (olga, alma) = (site.operator("Olga", "owner").await, site.operator("Alma", "agent").await);
    invites(&olga, "Otis", "agent").await;
    let names = alma.all("admin/operators", 50).await;
    assert_eq!(names.len(), 3);
    assert!(names.iter().all(|one| one.as_object().unwrap().len() == 2 && one["name"].is_string()), "{names:?}");
    let all = olga.all("admin/operators", 50).await;
    assert!(all[0]["last_seen_at"].is_string() && all[0]["invited_until"].is_null(), "{all:?}");
    assert!(all[2]["last_seen_at"].is_null() && all[2]["invited_until"].is_string(), "{all:?}");
    assert_eq!(all[2]["email"], "otis@staff.example");
}

#[tokio::test]
async fn who_goes_is_out_at_once_and_their_words_keep_their_name() {
    let site = Site::start().await;
    let (olga, otis) = (site.operator("Olga", "owner").await, site.operator("Otis", "agent").await);
    let anna = site.member("anna").await;
    let desk = otis.opens_with(&anna).await;
    otis.answers(&desk, "Welcome").await;
    let mut socket = otis.socket().await;
    olga.delete(&format!("admin/operators/{}", otis.id)).await.is(204);
    assert_eq!(socket.closed().await.0, 4401);
    otis.get("admin/me").await.refused(401, "unauthorized");
    signs_in(&site, "otis@staff.example", json!({})).await.refused(401, "unauthorized");
    assert_eq!(anna.history(&desk).await[0]["author"]["name"], "Otis");
    anna.says(&desk, &client_id(), "Thank you").await.is(201);
    assert_eq!(acts(&olga).await, ["operator.delete"]);
    olga.delete(&format!("admin/operators/{}", otis.id)).await.refused(404, "not_found");
}

#[tokio::test]
async fn the_last_owner_stays() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    let path = format!("admin/operators/{}", olga.id);
    // Whoever has not come in yet can't look after the site.
    invites(&olga, "Otis", "owner").await;
    olga.delete(&path).await.refused(409, "conflict");
    olga.patch(&path, json!({"role": "admin"})).await.refused(409, "conflict");
    site.operator("Oda", "owner").await;
    olga.patch(&path, json!({"role": "admin"})).await.is(200);
    olga.delete(&path).await.refused(404, "not_found");
}

#[tokio::test]
async fn an_address_belongs_to_one_operator_of_a_site() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    let form = |email: &str| json!({"email": email, "name": "O", "role": "agent"});
    olga.post("admin/operators", form("OLGA@staff.example")).await.refused(409, "conflict");
    for bad in ["olga", "a b@c.example", ""] {
        olga.post("admin/operators", form(bad)).await.refused(422, "invalid");
    }
}

/// What somebody changes of themselves never brings back a role that was taken from them meanwhile.
#[tokio::test]
async fn ones_own_name_does_not_undo_a_demotion() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    let adam = site.operator("Adam", "admin").await;
    let path = format!("admin/operators/{}", adam.id);
    for round in 0..10 {
        olga.patch(&path, json!({"role": "admin"})).await.is(200);
        let own = async {
            for name in 0..4 {
                adam.patch("admin/me", json!({"name": format!("Adam {round}.{name}")})).await.is(200);
            }
        };
        let demotion = olga.patch(&path, json!({"role": "agent"}));
        tokio::join!(own, async { demotion.await.is(200) });
        assert_eq!(adam.get("admin/me").await.is(200)["role"], "agent");
    }
}

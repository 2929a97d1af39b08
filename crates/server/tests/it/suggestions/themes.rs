//! Where the site has themes, members choose from these.

use crate::harness::Site;
use serde_json::json;

#[tokio::test]
async fn members_choose_from_the_themes_of_the_site() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    assert_eq!(anna.get("themes").await.is(200), json!({"domains": []}));
    anna.patch("me", json!({"interests": ["Falconry"], "offers": ["My own words"]})).await.is(200);
    let themes =
        json!([{"domain": "Land", "themes": ["Bees", "Wood"]}, {"domain": "Sea", "themes": ["Énergie des marées"]}]);
    site.configure(json!({"themes": themes})).await;
    assert_eq!(anna.get("themes").await.is(200), json!({"domains": themes}));
    let chosen = json!({"interests": {"bees": 0.5, "falconry": 1.0}, "looks_for": ["energie des marees"]});
    let me = anna.patch("me", chosen).await.is(200);
    assert_eq!(
        me["interests"],
        json!({"Bees": 0.5, "Falconry": 1.0}),
        "written as the site does; what one has may stay"
    );
    assert_eq!((&me["looks_for"], &me["offers"]), (&json!(["Énergie des marées"]), &json!(["My own words"])));
    for bad in [json!({"interests": ["Chess"]}), json!({"offers": ["Chess"]}), json!({"looks_for": ["Chess"]})] {
        assert!(anna.patch("me", bad).await.refused(422, "invalid").contains("Chess"));
    }
    // What the website says of its members is its own.
    let token = site.token("ben").with("interests", json!(["Chess"]));
    let ben = site.member_with(token).await;
    assert_eq!(ben.get("me").await.is(200)["interests"], json!({"Chess": 1.0}));
}

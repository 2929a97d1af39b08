use crate::harness::{Answer, Operator, Site};
use serde_json::{Value, json};
use std::pin::pin;

async fn import(olga: &Operator, file: impl Into<Vec<u8>>, dry: bool) -> Answer {
    let request = olga.request(reqwest::Method::POST, "admin/members/import").query(&[("dry_run", dry)]);
    olga.send(request.body(file.into())).await
}

async fn export(olga: &Operator, asked: &str) -> String {
    let request = olga.request(reqwest::Method::GET, &format!("admin/members/export?{asked}"));
    let answer = request.send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
    answer.text().await.unwrap()
}

const FILE: &str = "\u{FEFF}external_id;login;name;email;populations;badges;interests;contactable;attributes.sector\r\n\
    1;ada;Ada Lovelace;ada@example.org;press|guests;Speaker|Jury;Maths|Énergie;yes;Wood\r\n\
    2;bea;\"Béa; la \"\"grande\"\"\";;press;;;non;\r\n";

#[tokio::test]
async fn a_file_is_looked_at_before_it_is_taken_in() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    olga.makes_population("press").await;
    olga.makes_population("guests").await;
    let before = site.dump().await;
    let looked = import(&olga, FILE, true).await.is(200);
    let numbers = |done: &Value| {
        ["rows", "created", "updated", "unchanged", "error_count"].map(|name| done[name].as_i64().unwrap())
    };
    assert_eq!(numbers(&looked), [2, 2, 0, 0, 0]);
    assert_eq!(
        (&looked["changes"][1]["name"], &looked["changes"][1]["kind"]),
        (&json!("Béa; la \"grande\""), &json!("create"))
    );
    assert_eq!(site.dump().await, before, "looking changes nothing");
    assert_eq!(numbers(&import(&olga, FILE, false).await.is(200)), [2, 2, 0, 0, 0]);
    let ada = olga.get("admin/members?query=ada").await.is(200)["items"][0].clone();
    assert_eq!((&ada["external_id"], &ada["email"]), (&json!("1"), &json!("ada@example.org")));
    assert_eq!((&ada["populations"], &ada["badges"]), (&json!(["guests", "press"]), &json!(["Speaker", "Jury"])));
    assert_eq!(ada["attributes"], json!({"sector": ["Wood"]}));
    assert_eq!(numbers(&import(&olga, FILE, false).await.is(200)), [2, 0, 0, 2, 0], "the same again is nothing new");
    // What is not named stays, an empty cell takes away.
    let change = "login,name,email\nada,Ada King,\nbea,,\n";
    let looked = import(&olga, change, true).await.is(200);
    assert_eq!(numbers(&looked), [2, 0, 1, 1, 0]);
    let fields = json!([{"field": "email", "before": "ada@example.org", "after": ""},
        {"field": "name", "before": "Ada Lovelace", "after": "Ada King"}]);
    assert_eq!(
        looked["changes"],
        json!([{"line": 2, "login": "ada", "name": "Ada King", "kind": "update", "fields": fields}])
    );
    import(&olga, change, false).await.is(200);
    let ada = olga.get("admin/members?query=ada").await.is(200)["items"][0].clone();
    assert_eq!((&ada["name"], &ada["email"]), (&json!("Ada King"), &Value::Null));
    assert_eq!(ada["badges"], json!(["Speaker", "Jury"]));
    let log = olga.get("admin/audit").await.is(200);
    assert_eq!(log["items"][0]["action"], "members.import");
}

#[tokio::test]
async fn what_is_wrong_is_told_by_line_and_the_rest_is_taken_in() {
    let site = Site::start().await;
    let (olga, alma) = (site.operator("Olga", "owner").await, site.operator("Alma", "agent").await);
    let file = "login,name,email,contactable,populations\n\
        ada,Ada,not an address,yes,\n\
        b c,Bea,,yes,\n\
        cleo,Cleo,,perhaps,\n\
        dora,Dora,,,nowhere\n\
        eve,Eve,,,\n\
        EVE,Eve again,,,\n\
        ,,,,\n\
        ,,x@example.org,,\n\
        finn,Finn,,,,too much\n\
        gus,Gus,,,\n";
    for dry in [true, false] {
        let done = import(&olga, file, dry).await.is(200);
        let errors: Vec<(i64, Option<&str>)> = done["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["line"].as_i64().unwrap(), one["column"].as_str()))
            .collect();
        let mut lines: Vec<i64> = errors.iter().map(|(line, _)| *line).collect();
        lines.sort_unstable();
        assert_eq!(lines, [2, 3, 4, 5, 7, 9, 10], "{done}");
        assert!(errors.contains(&(4, Some("contactable"))) && errors.contains(&(5, Some("populations"))), "{errors:?}");
        assert_eq!((&done["created"], &done["error_count"]), (&json!(2), &json!(7)));
    }
    assert_eq!(olga.get("admin/members/count").await.is(200)["count"], 2);
    for (bad, word) in [
        ("", "needed"),
        ("login,colour\nada,red\n", "colour"),
        ("login,login\nada,ada\n", "twice"),
        ("email\na@example.org\n", "needed"),
    ] {
        let said = import(&olga, bad, false).await.refused(422, "invalid");
        assert!(said.contains(word), "{bad:?}: {said}");
    }
    import(&alma, file, true).await.refused(404, "not_found");
}

#[tokio::test]
async fn older_spreadsheets_and_other_separators_are_read() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    let mut latin = b"login;name\r\nzoe;Zo\xe9 d\x92Aubign\xe9\r\n".to_vec();
    import(&olga, latin.clone(), false).await.is(200);
    assert_eq!(olga.get("admin/members").await.is(200)["items"][0]["name"], "Zoé d’Aubigné");
    latin.iter_mut().filter(|byte| **byte == b';').for_each(|byte| *byte = b'\t');
    assert_eq!(import(&olga, latin, false).await.is(200)["unchanged"], 1);
    // Without a login, one is made of the name.
    import(&olga, "name\nZoé d’Aubigné\nZoé d’Aubigné\n", false).await.is(200);
    let found = olga.get("admin/members?sort=login").await.is(200);
    let logins: Vec<&str> = found["items"].as_array().unwrap().iter().map(|m| m["login"].as_str().unwrap()).collect();
    assert_eq!(logins, ["zoe", "zoe.d.aubigne", "zoe.d.aubigne2"]);
}

#[tokio::test]
async fn what_goes_out_comes_back_in() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    olga.makes_population("press").await;
    olga.makes_population("guests").await;
    import(&olga, FILE, false).await.is(200);
    let member = json!({"login": "evil", "name": "=HYPERLINK(1)", "headline": "@SUM(1)", "badges": ["a|b"]});
    olga.post("admin/members", member).await.is(201);
    let file = export(&olga, "").await;
    assert!(file.starts_with('\u{FEFF}') && file.lines().count() == 4, "{file}");
    assert!(file.contains("'=HYPERLINK(1)") && file.contains("'@SUM(1)"), "{file}");
    assert_eq!(
        export(&olga, "query=ada&columns=login,populations,attributes.sector").await,
        "\u{FEFF}login,populations,attributes.sector\r\nada,guests|press,Wood\r\n"
    );
    let done = import(&olga, file, true).await.is(200);
    assert_eq!(
        (&done["unchanged"], &done["updated"], &done["error_count"]),
        (&json!(2), &json!(1), &json!(0)),
        "{done}"
    );
    assert_eq!(done["changes"][0]["fields"][0]["field"], "badges", "two badges, since one held the sign between them");
    let beas = olga.get("admin/members?query=bea").await.is(200)["items"][0]["id"].clone();
    let request = olga
        .request(reqwest::Method::POST, "admin/members/export")
        .json(&json!({"members": [beas], "columns": ["login"]}));
    assert_eq!(request.send().await.unwrap().text().await.unwrap(), "\u{FEFF}login\r\nbea\r\n");
    olga.get("admin/members/export?columns=password").await.refused(422, "invalid");
}

/// A limit keeps newcomers out, one by one, and nobody who is there.
#[tokio::test]
async fn a_site_takes_in_so_many() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    let anna = site.member("anna").await;
    olga.patch("admin/settings", json!({"limits": {"members": 3}})).await.is(200);
    let file = "login,name\nbea,Bea\ncarl,Carl\ndora,Dora\nanna,Anna\n";
    for dry in [true, false] {
        let done = import(&olga, file, dry).await.is(200);
        assert_eq!((&done["created"], &done["error_count"]), (&json!(2), &json!(1)), "{done}");
        assert_eq!(done["errors"][0]["line"], 4);
    }
    let new = json!({"login": "ella", "name": "Ella"});
    olga.post("admin/members", new.clone()).await.refused(403, "limit_reached");
    let token = site.token("fred").signed(&site.secret);
    let refused =
        site.api.post("sessions", json!({"site": "demo", "token": token})).await.refused(403, "limit_reached");
    assert!(refused.contains("as many members as it may"), "{refused}");
    // Whoever is there goes on, and may be changed, below the limit and above.
    olga.patch("admin/settings", json!({"limits": {"members": 1}})).await.is(200);
    site.again(&anna).await.patch("me", json!({"headline": "Still here"})).await.is(200);
    olga.patch("admin/settings", json!({"limits": {"members": null}})).await.is(200);
    olga.post("admin/members", new).await.is(201);
}

/// Of many lines, those that can't be are told by their numbers, and the others come in.
#[tokio::test]
async fn one_bad_line_keeps_no_other_out() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    olga.post("admin/members", json!({"login": "taken", "name": "T", "external_id": "77"})).await.is(201);
    let file = "external_id,login,name,chat_enabled\n1,one,One,no\n2,taken,Two,\n3,three,Three,\n";
    let done = import(&olga, file, false).await.is(200);
    assert_eq!((&done["created"], &done["errors"][0]["line"]), (&json!(2), &json!(3)), "{done}");
    let list = olga.get("admin/members?chat_enabled=false").await.is(200);
    assert_eq!(list["items"][0]["login"], "one");
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

/// What looking tells is what doing does.
#[tokio::test]
async fn whose_login_is_taken_is_known_before() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    olga.post("admin/members", json!({"login": "ada", "name": "Ada", "external_id": "77"})).await.is(201);
    let file =
        "external_id,login,name\n1,Ada,Another Ada\n2,bea,Bea\n3,BEA,Another Bea\n77,,Ada King\n,ada,Ada again\n";
    let looked = import(&olga, file, true).await.is(200);
    let lines = |done: &Value| -> Vec<i64> {
        done["errors"].as_array().unwrap().iter().map(|error| error["line"].as_i64().unwrap()).collect()
    };
    assert_eq!(lines(&looked), [2, 4, 6], "{looked}");
    let done = import(&olga, file, false).await.is(200);
    assert_eq!(lines(&done), lines(&looked));
    assert_eq!((&done["created"], &done["updated"]), (&looked["created"], &looked["updated"]));
    assert_eq!(olga.get("admin/members?query=ada").await.is(200)["items"][0]["name"], "Ada King");
}

/// Pressing twice, or a proxy that gave up, makes nobody twice.
#[tokio::test]
async fn one_file_at_a_time() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    let file = "name\nAnna\nBen\n";
    let (mut one, mut other) = (pin!(import(&olga, file, false)), pin!(import(&olga, file, false)));
    // Whichever comes first waits for the members' turn, so it is still reading when the other comes.
    let held = site.app.order(site.id().await).await;
    let (refused, taken) = tokio::select! {
        refused = &mut one => (refused, other),
        refused = &mut other => (refused, one),
    };
    let said = refused.refused(409, "busy");
    assert!(said.contains("being read"), "{said}");
    drop(held);
    assert_eq!(taken.await.is(200)["created"], 2);
    assert_eq!(olga.get("admin/members/count").await.is(200)["count"], 2);
    import(&olga, "name\nOne more\n", false).await.is(200);
}

#[tokio::test]
async fn who_takes_members_away_is_written_down() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "agent").await;
    let anna = site.member("anna").await;
    export(&olga, "columns=login,email").await;
    let form = json!({"members": [anna.id], "columns": ["login"]});
    olga.send(olga.request(reqwest::Method::POST, "admin/members/export").json(&form)).await;
    let owner = site.operator("Otto", "owner").await;
    let log = owner.all("admin/audit?action=members.export", 50).await;
    let details: Vec<&Value> = log.iter().map(|one| &one["detail"]).collect();
    let (first, second) =
        (json!({"members": 1, "columns": ["login", "email"]}), json!({"members": 1, "columns": ["login"]}));
    assert_eq!(details, [&second, &first]);
    assert_eq!(log[0]["actor"]["name"], "Olga");
}

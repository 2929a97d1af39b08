//! Who can reach whom on a small site, as a table that people can read: change a rule and see what changes.

use crate::harness::{Member, Site};
use crate::rules::{ALL, allow, never, population, somebody, view};
use serde_json::json;
use std::fmt::Write;

/// Rows ask, columns are asked: s(ee), (s)t(art), r(eply), c(all); a dot where not.
const EXPECTED: &str = "
           eva    emil   vic    vera   paul   ned    off
  eva      -      s.rc   strc   s.rc   strc   strc   ....
  emil     strc   -      strc   s.rc   strc   strc   ....
  vic      s.r.   s.r.   -      ....   strc   ....   ....
  vera     s.r.   s.r.   ....   -      strc   ....   ....
  paul     strc   s.rc   ....   ....   -      strc   ....
  ned      ....   ....   ....   ....   ....   -      ....
  off      ....   ....   ....   ....   ....   ....   -
";

async fn table(site: &Site, people: &[&Member]) -> String {
    let olga = site.operator("Olga", "admin").await;
    let mut table = format!("\n{:11}", "");
    people.iter().for_each(|one| write!(table, "{:7}", one.login).unwrap());
    let mut text = table.trim_end().to_owned() + "\n";
    for from in people {
        let mut row = format!("  {:9}", from.login);
        for to in people {
            if from.id == to.id {
                row += "-      ";
                continue;
            }
            let explained = olga.explains(from, to).await;
            let letter = |(right, letter): (&str, char)| if explained[right]["allowed"] == true { letter } else { '.' };
            row.extend(ALL.into_iter().zip("strc".chars()).map(letter));
            row += "   ";
        }
        text = text + row.trim_end() + "\n";
    }
    text
}

/// Exhibitors reach everybody but for those who do not wish it; visitors see exhibitors, answer them, and may do
/// everything with speakers; the press reaches all but visitors; whoever is nothing of all this reaches nobody.
#[tokio::test]
async fn who_reaches_whom() {
    let site = Site::start().await;
    site.configure(json!({"features": {"video": true}})).await;
    let olga = site.operator("Otto", "admin").await;
    for slug in ["exhibitors", "visitors", "press"] {
        olga.makes_population(slug).await;
    }
    let speakers = olga.makes_view(json!({"badge": "Speaker"})).await;
    olga.sets_rules(json!([
        allow("exhibitors", json!("everyone"), &ALL),
        allow("visitors", population("exhibitors"), &["see", "reply"]),
        allow("visitors", view(&speakers), &ALL),
        allow("press", json!("everyone"), &ALL),
        never("press", population("visitors"), &["see"]),
    ]))
    .await;
    let (eva, emil) =
        (somebody(&site, "eva", json!(["exhibitors"])).await, somebody(&site, "emil", json!(["exhibitors"])).await);
    let (vic, vera) =
        (somebody(&site, "vic", json!(["visitors"])).await, somebody(&site, "vera", json!(["visitors"])).await);
    let (paul, ned) = (somebody(&site, "paul", json!(["press"])).await, somebody(&site, "ned", json!([])).await);
    let off = somebody(&site, "off", json!(["exhibitors"])).await;
    olga.changes(&paul, json!({"badges": ["Speaker"]})).await;
    olga.lets_chat(&off, false).await;
    for shy in [&vera, &emil] {
        shy.patch("me", json!({"contactable": false})).await.is(200);
    }
    let people = [&eva, &emil, &vic, &vera, &paul, &ned, &off];
    let shown = table(&site, &people).await;
    assert_eq!(shown, EXPECTED, "{shown}");
}

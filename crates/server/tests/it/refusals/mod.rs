//! Who is refused, and what: every route of the API and every command of the socket. One that is missing here fails
//! the build. Whatever is refused changes nothing.

mod bodies;
mod callers;
mod commands;
mod office;
mod rooms;
mod staff;
mod table;

use crate::harness::{Api, Member, Operator, Site};
use serde_json::{Value, json};

/// Two sites on one server, with people on both: the second is where strangers come from.
pub struct Scene {
    pub site: Site,
    pub anna: Member,
    pub ben: Member,
    /// Takes part in nothing.
    pub carl: Member,
    pub olga: Operator,
    pub admin: Operator,
    pub agent: Operator,
    /// Between Anna and Ben, with a message of Anna's.
    pub between: String,
    pub message: String,
    /// Between Anna and the organizers.
    pub desk: String,
    /// A group of Anna's, with Ben.
    pub group: String,
    /// Carl has asked Anna to become contacts.
    pub request: String,
    pub view: String,
    pub picture: String,
    /// Ben called Anna, and she declined.
    pub call: String,
    pub lobby: rooms::Lobby,
    pub office: office::Office,
    pub back_room: staff::BackRoom,
    pub elsewhere: Elsewhere,
}

/// The same things of another site.
pub struct Elsewhere {
    pub member: String,
    pub conversation: String,
    pub message: String,
    pub desk: String,
    pub request: String,
    pub view: String,
    pub broadcast: String,
    pub call: String,
    pub back_room: staff::BackRoom,
}

/// A view, and a population that no rule speaks of.
async fn view_of(olga: &Operator, population: &str) -> String {
    olga.post("admin/populations", json!({"slug": population, "name": "P"})).await.is(201);
    id(&olga.post("admin/views", json!({"name": "All", "filter": {}})).await.is(201))
}

fn id(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

/// A call that is over.
async fn declined(site: &Site, caller: &Member, callee: &Member) -> String {
    site.configure(json!({"features": {"video": true}})).await;
    let call = id(&caller.post("calls", json!({"member": callee.id, "media": "video"})).await.is(201));
    callee.post(&format!("calls/{call}/decline"), json!({})).await.is(200);
    call
}

impl Scene {
    /// Ben calls Anna anew, whatever call they were in: the path of what she may do about it.
    pub async fn rings(&self, route: &table::Route) -> String {
        for open in self.ben.get("calls").await.is(200)["items"].as_array().unwrap() {
            self.ben.post(&format!("calls/{}/hang-up", id(open)), json!({})).await.is(200);
        }
        let call = id(&self.ben.post("calls", json!({"member": self.anna.id, "media": "video"})).await.is(201));
        if route.path.ends_with("rejoin") {
            self.anna.post(&format!("calls/{call}/accept"), json!({})).await.is(200);
        }
        route.path.replace("{call}", &call)
    }

    pub async fn of(site: Site) -> Scene {
        site.configure(json!({"features": {"matchmaking": true}})).await;
        let (anna, ben, carl) = (site.member("anna").await, site.member("ben").await, site.member("carl").await);
        let between = anna.opens_direct(&ben).await;
        let message = id(&anna.sends(&between, "hello").await);
        let desk = anna.opens_organizer().await;
        anna.sends(&desk, "a question").await;
        let group = json!({"kind": "group", "name": "Makers", "members": [ben.id]});
        let group = id(&anna.post("conversations", group).await.is(201));
        let request = id(&carl.post("contact-requests", json!({"member": anna.id})).await.is(201));
        let elsewhere = Elsewhere::beside(&site).await;
        let (olga, agent) = (site.operator("Olga", "owner").await, site.operator("Alma", "agent").await);
        let admin = site.operator("Adam", "admin").await;
        let view = view_of(&olga, "makers").await;
        olga.post("admin/populations", json!({"slug": "press", "name": "Press"})).await.is(201);
        let picture = anna.request(reqwest::Method::POST, "pictures").body(table::picture());
        let picture = id(&anna.send(picture).await.is(201));
        let call = declined(&site, &ben, &anna).await;
        let lobby = rooms::Lobby::of(&site, &anna, &ben, &olga).await;
        let office = office::Office::of(&olga, &desk).await;
        let back_room = staff::BackRoom::of(&site, &olga).await;
        Scene {
            site,
            anna,
            ben,
            carl,
            olga,
            admin,
            agent,
            between,
            message,
            desk,
            group,
            request,
            view,
            picture,
            call,
            lobby,
            office,
            back_room,
            elsewhere,
        }
    }

    pub async fn start() -> Scene {
        Scene::of(Site::start().await).await
    }

    /// Nobody's way to the server.
    pub fn nobody(&self) -> &Api {
        &self.site.api
    }
}

impl Elsewhere {
    async fn beside(site: &Site) -> Elsewhere {
        let other = site.neighbour("other").await;
        let (yan, zed) = (other.member("yan").await, other.member("zed").await);
        let conversation = yan.opens_direct(&zed).await;
        let message = id(&yan.sends(&conversation, "elsewhere").await);
        let desk = yan.opens_organizer().await;
        yan.sends(&desk, "elsewhere").await;
        let request = id(&zed.post("contact-requests", json!({"member": yan.id})).await.is(201));
        // The same e-mail and password as on the first site.
        let olga = other.operator("Olga", "owner").await;
        let view = view_of(&olga, "theirs").await;
        let broadcast = office::Office::of(&olga, &desk).await.broadcast;
        let call = declined(&other, &zed, &yan).await;
        let back_room = staff::BackRoom::of(&other, &olga).await;
        Elsewhere { member: yan.id.clone(), conversation, message, desk, request, view, broadcast, call, back_room }
    }
}

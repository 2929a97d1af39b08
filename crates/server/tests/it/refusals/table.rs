//! The table: each route, who may use it, and a body that it takes.

use super::Scene;
use crate::harness::{Api, client_id};
use reqwest::Method;
use serde_json::{Value, json};

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Anybody: it is how one comes in, or what one may know before.
    Anybody,
    /// A member, whether or not they may chat.
    Member,
    /// A member who may chat.
    Chatting,
    /// An operator.
    Operator,
    /// An operator who is at least an admin.
    Admin,
    /// An owner.
    Owner,
}

/// A line of the table.
pub struct Route {
    pub method: Method,
    /// As in the OpenAPI document, without `/api/v1/`.
    pub path: &'static str,
    pub whose: Whose,
    /// A body that it takes.
    pub body: Option<fn(&Scene) -> Value>,
}

fn draft(_: &Scene) -> Value {
    json!({"client_id": client_id(), "body": "hello"})
}

fn mark(_: &Scene) -> Value {
    json!({"seq": 1})
}

fn on_device(_: &Scene) -> Value {
    json!({"device": "laptop"})
}

fn role(_: &Scene) -> Value {
    json!({"role": "admin"})
}

/// The smallest PNG.
pub fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(1, 1).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Method, path, whose it is, a body that it takes.
pub type Line = (Method, &'static str, Whose, Option<fn(&Scene) -> Value>);

/// In an order in which each works after the ones before it.
pub fn routes() -> Vec<Route> {
    use Whose::{Admin, Anybody, Chatting, Member, Operator};
    let (get, post, put) = (Method::GET, Method::POST, Method::PUT);
    let (patch, delete) = (Method::PATCH, Method::DELETE);
    let mut lines: Vec<Line> = vec![
        (get.clone(), "sites/{slug}", Anybody, None),
        (
            post.clone(),
            "sessions",
            Anybody,
            Some(|s| json!({"site": "demo", "token": s.site.token("dora").signed(&s.site.secret)})),
        ),
        (
            post.clone(),
            "admin/sessions",
            Anybody,
            Some(|_| json!({"site": "demo", "email": "alma@staff.example", "password": crate::harness::PASSWORD})),
        ),
        (get.clone(), "me", Member, None),
        (
            patch.clone(),
            "me",
            Member,
            Some(|_| json!({"headline": "here", "locale": "fr", "contactable": true, "interests": ["cheese"]})),
        ),
        (get.clone(), "members", Chatting, None),
        (get.clone(), "members/{member}", Chatting, None),
        (get.clone(), "populations", Chatting, None),
        (get.clone(), "ice-servers", Chatting, None),
        (get.clone(), "conversations", Chatting, None),
        (post.clone(), "conversations", Chatting, Some(|s| json!({"kind": "direct", "member": s.ben.id}))),
        (get.clone(), "conversations/{conversation}", Chatting, None),
        (get.clone(), "conversations/{conversation}/messages", Chatting, None),
        (post.clone(), "conversations/{conversation}/messages", Chatting, Some(draft)),
        (post.clone(), "conversations/{conversation}/read", Chatting, Some(mark)),
        (
            patch.clone(),
            "conversations/{conversation}/messages/{message}",
            Chatting,
            Some(|_| json!({"body": "better"})),
        ),
        (delete.clone(), "conversations/{conversation}/messages/{message}", Chatting, None),
        (post.clone(), "conversations/{conversation}/unread", Chatting, None),
        (delete.clone(), "conversations/{conversation}", Chatting, None),
        (patch.clone(), "conversations/{conversation}", Chatting, Some(|_| json!({"listed": true}))),
        (get.clone(), "conversations/{conversation}/participants", Chatting, None),
        (put.clone(), "conversations/{conversation}/participants/{member}", Chatting, Some(role)),
        (get.clone(), "conversations/{conversation}/messages/{message}/readers", Chatting, None),
        (delete.clone(), "conversations/{conversation}/participants/{member}", Chatting, None),
        (get.clone(), "contact-requests", Chatting, None),
        (post.clone(), "contact-requests", Chatting, Some(|s| json!({"member": s.ben.id, "note": "hello"}))),
        (post.clone(), "contact-requests/{request}/decline", Chatting, None),
        (post.clone(), "contact-requests/{request}/undo", Chatting, None),
        (post.clone(), "contact-requests/{request}/accept", Chatting, None),
        (post.clone(), "contact-requests/{request}/cancel", Chatting, None),
        (get.clone(), "blocks", Chatting, None),
        (get.clone(), "themes", Chatting, None),
        (get.clone(), "suggestions", Chatting, None),
        (get.clone(), "suggestions/dismissed", Chatting, None),
        (post.clone(), "suggestions/{member}/dismiss", Chatting, None),
        (delete.clone(), "suggestions/{member}/dismiss", Chatting, None),
        (put.clone(), "blocks/{member}", Chatting, None),
        (delete.clone(), "blocks/{member}", Chatting, None),
        (get.clone(), "calls", Member, None),
        (
            post.clone(),
            "calls",
            Chatting,
            Some(|s| json!({"member": s.ben.id, "media": "video", "client_id": client_id(), "device": "laptop"})),
        ),
        (get.clone(), "calls/{call}", Member, None),
        (post.clone(), "calls/{call}/accept", Member, Some(on_device)),
        (post.clone(), "calls/{call}/rejoin", Member, Some(on_device)),
        (post.clone(), "calls/{call}/hang-up", Member, Some(on_device)),
        (post.clone(), "calls/{call}/decline", Member, Some(on_device)),
        (post.clone(), "pictures", Chatting, None),
        (get.clone(), "pictures/{picture}", Anybody, None),
        (post.clone(), "admin/pictures", Operator, None),
        (get.clone(), "admin/me", Operator, None),
        (patch.clone(), "admin/me", Operator, Some(|_| json!({"name": "Olga O."}))),
        (get.clone(), "admin/members", Operator, None),
        (
            post.clone(),
            "admin/members",
            Operator,
            Some(|_| {
                json!({"login": "emil", "external_id": "e-1", "name": "Emil", "email": "e@example.com",
                    "avatar_url": "/e.png", "headline": "new", "locale": "en", "badges": ["Speaker"]})
            }),
        ),
        (get.clone(), "admin/members/{member}", Operator, None),
        (
            patch.clone(),
            "admin/members/{member}",
            Operator,
            Some(|_| {
                json!({"name": "Anna A.", "email": "a@example.com", "avatar_url": "/a.png", "headline": "renamed",
                    "locale": "en", "badges": ["Guide"]})
            }),
        ),
        (get.clone(), "admin/populations", Operator, None),
        (post.clone(), "admin/populations", Admin, Some(|_| json!({"slug": "visitors", "name": "Visitors"}))),
        (patch.clone(), "admin/populations/{population}", Admin, Some(|_| json!({"name": "Makers"}))),
        (delete.clone(), "admin/populations/{population}", Admin, None),
        (get.clone(), "admin/views", Operator, None),
        (post.clone(), "admin/views", Operator, Some(|_| json!({"name": "Jury", "filter": {"badge": "jury"}}))),
        (patch.clone(), "admin/views/{view}", Operator, Some(|_| json!({"name": "The jury"}))),
        (delete.clone(), "admin/views/{view}", Operator, None),
        (get.clone(), "admin/rules", Admin, None),
        (
            put.clone(),
            "admin/rules",
            Admin,
            Some(|_| json!([{"from": "press", "to": "everyone", "effect": "allow", "rights": ["see"]}])),
        ),
        (post.clone(), "admin/rules/explain", Admin, Some(|s| json!({"from": s.anna.id, "to": s.ben.id}))),
        (get.clone(), "admin/audit", Admin, None),
        (get.clone(), "admin/settings", Admin, None),
        (get.clone(), "admin/network", Admin, None),
        (patch, "admin/settings", Admin, Some(|_| json!({"list_template": 3, "origins": []}))),
        (get.clone(), "admin/conversations", Operator, None),
        (
            post.clone(),
            "admin/conversations",
            Operator,
            Some(|s| json!({"kind": "group", "name": "Jury", "members": [s.anna.id, s.ben.id]})),
        ),
        (get.clone(), "admin/conversations/{conversation}", Operator, None),
        (get, "admin/conversations/{conversation}/messages", Operator, None),
        (post.clone(), "admin/conversations/{conversation}/messages", Operator, Some(draft)),
        (post, "admin/conversations/{conversation}/read", Operator, Some(mark)),
        (put, "admin/conversations/{conversation}/participants/{member}", Operator, Some(role)),
        (delete.clone(), "admin/conversations/{conversation}/participants/{member}", Operator, None),
    ];
    lines.extend(super::rooms::lines());
    lines.extend(super::office::lines());
    lines.extend(super::staff::lines());
    lines.push((delete.clone(), "sessions/current", Member, None));
    lines.push((delete, "admin/sessions/current", Operator, None));
    lines.into_iter().map(|(method, path, whose, body)| Route { method, path, whose, body }).collect()
}

/// What stands in the places of a path.
#[derive(Clone, Copy)]
struct Target<'a> {
    conversation: &'a str,
    message: &'a str,
    member: &'a str,
    request: &'a str,
    view: &'a str,
    picture: &'a str,
    population: &'a str,
    slug: &'a str,
    room: &'a str,
    held: &'a str,
    report: &'a str,
    sanction: &'a str,
    broadcast: &'a str,
    note: &'a str,
    answer: &'a str,
    /// An operator, a session, an invitation, a key.
    staff: &'a str,
    delivery: &'a str,
    call: &'a str,
}

impl<'a> Target<'a> {
    fn all(text: &'a str) -> Target<'a> {
        Target {
            conversation: text,
            message: text,
            member: text,
            request: text,
            view: text,
            picture: text,
            population: text,
            slug: text,
            room: text,
            held: text,
            report: text,
            sanction: text,
            broadcast: text,
            note: text,
            answer: text,
            staff: text,
            delivery: text,
            call: text,
        }
    }
}

impl Route {
    pub fn is_for_staff(&self) -> bool {
        matches!(self.whose, Whose::Operator | Whose::Admin | Whose::Owner)
    }

    /// Somebody who may use it.
    pub fn rightful<'s>(&self, scene: &'s Scene) -> &'s Api {
        match self.whose {
            Whose::Anybody => scene.nobody(),
            Whose::Member | Whose::Chatting => &scene.anna.api,
            Whose::Operator | Whose::Admin | Whose::Owner => &scene.olga.api,
        }
    }

    fn to(&self, target: &Target<'_>) -> String {
        let parts = [
            ("{conversation}", target.conversation),
            ("{message}", target.message),
            ("{member}", target.member),
            ("{request}", target.request),
            ("{view}", target.view),
            ("{picture}", target.picture),
            ("{population}", target.population),
            ("{slug}", target.slug),
            ("{room}", target.room),
            ("{held}", target.held),
            ("{report}", target.report),
            ("{sanction}", target.sanction),
            ("{broadcast}", target.broadcast),
            ("{note}", target.note),
            ("{answer}", target.answer),
            ("{operator}", target.staff),
            ("{session}", target.staff),
            ("{invitation}", target.staff),
            ("{key}", target.staff),
            ("{webhook}", target.staff),
            ("{delivery}", target.delivery),
            ("{call}", target.call),
        ];
        parts.iter().fold(self.path.to_owned(), |path, (name, value)| path.replace(name, value))
    }

    /// Its path to what the rightful may see.
    pub fn own(&self, scene: &Scene) -> String {
        let first = format!("{}.1", scene.group);
        let lobby = &scene.lobby;
        let (conversation, message) = match (self.is_of_groups(), self.is_for_staff()) {
            _ if self.is_of_rooms() => (&lobby.room, &lobby.message),
            (true, _) => (&scene.group, &first),
            (false, true) => (&scene.desk, &scene.message),
            (false, false) => (&scene.between, &scene.message),
        };
        let member = match self.path {
            // Nobody blocks themselves, or is suggested to themselves.
            path if path.starts_with("blocks") || path.starts_with("suggestions/") => &scene.carl.id,
            "admin/members/{member}" if self.method == Method::DELETE => &scene.carl.id,
            _ if self.is_of_groups() => &scene.ben.id,
            _ => &scene.anna.id,
        };
        self.to(&Target {
            conversation,
            message,
            member,
            request: &scene.request,
            view: &scene.view,
            picture: &scene.picture,
            population: "makers",
            slug: "demo",
            room: &lobby.room,
            held: if self.path.ends_with("approve") { &lobby.held[0] } else { &lobby.held[1] },
            report: &lobby.report,
            sanction: if self.is_for_staff() { &lobby.everywhere } else { &lobby.sanction },
            broadcast: &scene.office.broadcast,
            note: &scene.office.note,
            answer: &scene.office.answer,
            staff: scene.back_room.of_path(self.path),
            delivery: &scene.back_room.delivery,
            call: &scene.call,
        })
    }

    /// What it is about is a call that is not over.
    pub fn needs_a_call(&self) -> bool {
        self.path.starts_with("calls/{call}/")
    }

    fn is_of_groups(&self) -> bool {
        self.path.contains("participants") || self.path.ends_with("readers")
    }

    /// What it is about is a room.
    fn is_of_rooms(&self) -> bool {
        let last = self.path.split("{conversation}/").nth(1).and_then(|rest| rest.split('/').next());
        matches!(last, Some("connected" | "logins" | "held" | "moderation" | "sanctions"))
            || self.path.ends_with("restore")
            || (self.is_for_staff() && self.path.contains("{message}"))
    }

    /// Its body may be left out.
    pub fn takes_nothing(&self) -> bool {
        ["participants/{member}", "/invitation", "secret/rotate"].iter().any(|end| self.path.ends_with(end))
            || self.path.contains("{held}")
            || self.path.contains("{report}")
            || self.needs_a_call()
    }

    /// Its query, where it needs one.
    pub fn query(&self) -> &'static str {
        match self.path {
            "contact-requests" if self.method == Method::GET => "?box=received",
            "admin/embed/check" => "?url=http://127.0.0.1:1/",
            _ => "",
        }
    }

    /// Its paths to what is not there for them: of another site, of others, of nobody.
    pub fn absent(&self, scene: &Scene) -> Vec<String> {
        if !self.path.contains('{') {
            return Vec::new();
        }
        let there = &scene.elsewhere;
        let foreign = Target {
            conversation: if self.is_for_staff() { &there.desk } else { &there.conversation },
            message: &there.message,
            member: &there.member,
            request: &there.request,
            view: &there.view,
            // Another site's can be seen: it is told by its name alone.
            picture: "nowhere",
            population: "theirs",
            slug: "nowhere",
            room: &there.desk,
            held: &there.request,
            report: &there.request,
            sanction: &there.request,
            broadcast: &there.broadcast,
            note: &there.request,
            answer: &there.request,
            // An invitation is told by its name alone, wherever it is.
            staff: if self.path.contains("{invitation}") { "nowhere" } else { there.back_room.of_path(self.path) },
            delivery: &there.back_room.delivery,
            call: &there.call,
        };
        let nobody = "0000000000000.1";
        let unknown = Target { message: nobody, ..Target::all("0000000000000") };
        let mut paths =
            vec![self.to(&foreign), self.to(&unknown), self.to(&Target::all("x")), self.to(&Target::all("%00"))];
        if self.is_for_staff() && self.path.contains("{conversation}") {
            // Between members: none of the staff's business.
            paths.push(self.to(&Target { conversation: &scene.between, ..Target::all("") }));
        }
        if self.is_of_groups() && self.path.contains("{member}") {
            paths.push(self.to(&Target { conversation: &scene.group, ..foreign }));
            paths.push(self.to(&Target { conversation: &scene.group, ..unknown }));
        }
        if self.is_of_rooms() && self.path.matches('{').count() > 1 {
            paths.push(self.to(&Target { conversation: &scene.lobby.room, ..foreign }));
            paths.push(self.to(&Target { conversation: &scene.lobby.room, ..unknown }));
        }
        if self.path.contains("{message}") {
            paths.push(self.to(&Target { conversation: &scene.between, ..foreign }));
            paths.push(self.to(&Target { message: &scene.message, ..foreign }));
        }
        paths
    }

    /// A request of it, with a body that it takes.
    pub fn request(&self, api: &Api, path: &str, scene: &Scene) -> reqwest::RequestBuilder {
        let request = api.request(self.method.clone(), &format!("{path}{}", self.query()));
        match self.body {
            Some(body) => request.json(&body(scene)),
            None if self.path.ends_with("import") => request.body("login,name\nemma,Emma\n"),
            None if self.takes_a_file() => request.body(picture()),
            None => request,
        }
    }

    /// Its body is a file.
    pub fn takes_a_file(&self) -> bool {
        self.method == Method::POST && (self.path.ends_with("pictures") || self.path.ends_with("import"))
    }

    /// A body is never larger: a selection of many members is a long list.
    pub fn largest(&self) -> usize {
        let many = ["admin/members/bulk", "admin/members/export"].contains(&self.path)
            || self.path.starts_with("admin/broadcasts");
        if many { 4 << 20 } else { 256 << 10 }
    }

    pub fn title(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

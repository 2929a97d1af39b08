//! Fills the demonstration site, once. Every step can be taken again: a start that was broken off is finished by the
//! next one, and once the last conversation is there nothing is touched any more.

use super::content::{Content, Conversation, Person, Request, RoomContent};
use super::store;
use crate::app::App;
use crate::audit::{Actor, ActorKind};
use crate::contacts::requests;
use crate::conversations::actions::{open_direct, open_organizer};
use crate::conversations::groups;
use crate::members::{self, Member, Profile, actions::NewMember};
use crate::messages::{self, Imported};
use crate::operators::{self, Role};
use crate::platform::clock::Millis;
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::ids;
use crate::rooms::{self, RoomRules};
use crate::rules;
use crate::sites::{self, Site};
use domain::members::Login;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::Arc;

/// The slug of the site.
const SLUG: &str = "demo";

/// The seeded demonstration.
pub struct DemoSite {
    pub(super) content: Content,
    pub(super) site: Arc<Site>,
    password: String,
}

impl DemoSite {
    /// What `parvis demo` prints.
    pub fn describe(&self, public_url: &str) -> String {
        format!(
            "\nThe demonstration site, {name}:\n  {public_url}/demo/      in French\n  {public_url}/demo/en/   in English\n\
             Sign in there as somebody, open a second window, sign in as somebody else: the two can talk and call.\n\n\
             The back-office: {public_url}/admin/{SLUG}\n\
             The operator {operator} answers there for the organizers:\n  e-mail    {email}\n  password  {password}\n\
             The API: {public_url}/api/docs/",
            name = self.content.site.name,
            operator = self.content.site.operator.name,
            email = self.content.site.operator.email,
            password = self.password,
        )
    }
}

/// Makes the demonstration site, once.
pub async fn seed(app: &App) -> Answer<DemoSite> {
    let content = Content::read().map_err(|error| Problem::with(Code::Internal, error))?;
    let site = match app.sites.by_slug(&app.db, SLUG).await? {
        Some(site) => site,
        None => Arc::new(sites::actions::create(app, SLUG, &content.site.name).await?),
    };
    let password = password(&site);
    if !complete(app, &site, &content).await? {
        let features = json!({"features": {"moderation": true, "matchmaking": true, "video": true}});
        sites::actions::change_settings(app, &site, &features).await?;
        populations(app, &site, &content).await?;
        let people = people(app, &site, &content).await?;
        for request in &content.requests {
            ask(app, &site, &people, request).await?;
        }
        let operator = operator(app, &site, &content, &password).await?;
        let history = History {
            app,
            site: &site,
            people,
            operator,
            operator_name: &content.site.operator.name,
            start: app.clock.now(),
        };
        for conversation in &content.conversations {
            history.fill(conversation).await?;
        }
    }
    Ok(DemoSite { content, site, password })
}

/// The operator's password: the same at every start over the same data, another for every installation.
fn password(site: &Site) -> String {
    let digest = Sha256::new().chain_update(&site.secret).chain_update("\u{0}the demonstration's operator").finalize();
    let text = data_encoding::BASE32_NOPAD.encode(&digest[..10]).to_lowercase();
    [&text[..4], &text[4..8], &text[8..12], &text[12..]].join("-")
}

/// Whether the last conversation is there.
async fn complete(app: &App, site: &Site, content: &Content) -> Answer<bool> {
    let Some(login) = content.conversations.last().and_then(|last| last.between.first()) else { return Ok(true) };
    match store::members(app, site.id).await?.get(login) {
        Some(member) => Ok(store::has_asked(app, site.id, *member).await?),
        None => Ok(false),
    }
}

async fn populations(app: &App, site: &Site, content: &Content) -> Answer<()> {
    let known = store::populations(app, site.id).await?;
    for population in content.site.population.iter().filter(|p| !known.contains(&p.slug)) {
        members::populations::create(app, site, &population.slug, &population.name, None).await?;
    }
    Ok(())
}

async fn people(app: &App, site: &Site, content: &Content) -> Answer<HashMap<String, Arc<Member>>> {
    let known = store::members(app, site.id).await?;
    for person in content.members.iter().filter(|person| !known.contains_key(&person.login)) {
        members::actions::create(app, site, new_member(person)?, None).await?;
    }
    let ids = store::members(app, site.id).await?;
    let found = app.members.get_all(&app.db, site.id, &ids.values().copied().collect::<Vec<_>>()).await?;
    Ok(found.into_values().map(|member| (member.login.clone(), member)).collect())
}

fn new_member(person: &Person) -> Answer<NewMember> {
    let login = Login::parse(&person.login).ok_or_else(|| Problem::invalid("login"))?;
    let profile = Profile {
        name: person.name.clone(),
        email: Some(format!("{}@demo.example", person.login)),
        avatar_url: person.look.as_ref().map(|_| format!("/demo/avatars/{}.svg", person.login)),
        headline: Some(person.headline.clone()),
        // Who writes the site's own language chose none: the page's decides.
        locale: (person.locale != "fr").then(|| person.locale.clone()),
        badges: person.badges.clone(),
        interests: person.interests.iter().map(|theme| (theme.clone(), 1.0)).collect(),
        offers: person.offers.clone(),
        looks_for: person.looks_for.clone(),
        contactable: person.contactable,
    };
    Ok(NewMember {
        external_id: None,
        login,
        profile,
        populations: person.populations.clone(),
        attributes: Default::default(),
        password: None,
    })
}

/// One asks another to become contacts, unless they did.
async fn ask(app: &App, site: &Site, people: &HashMap<String, Arc<Member>>, request: &Request) -> Answer<()> {
    let person = |login: &String| people.get(login).ok_or_else(Problem::not_found);
    let (from, to) = (person(&request.from)?, person(&request.to)?);
    if rules::between(app, site, from, &[to.id]).await?.get(&to.id).is_some_and(|known| known.request.is_some()) {
        return Ok(());
    }
    requests::ask(app, site, from, &ids::show(to.id), request.note.as_deref()).await?;
    if request.accepted {
        // Asked as well, they are contacts.
        requests::ask(app, site, to, &ids::show(from.id), None).await?;
    }
    Ok(())
}

async fn operator(app: &App, site: &Site, content: &Content, password: &str) -> Answer<i64> {
    let wanted = &content.site.operator;
    if let Some(id) = store::operator(app, site.id, &wanted.email).await? {
        return Ok(id);
    }
    let made =
        operators::actions::create(app, site, &wanted.email, &wanted.name, Role::Owner, password.to_owned()).await?;
    Ok(made.id)
}

struct History<'a> {
    app: &'a App,
    site: &'a Site,
    people: HashMap<String, Arc<Member>>,
    operator: i64,
    operator_name: &'a str,
    start: Millis,
}

impl History<'_> {
    fn person(&self, login: &str) -> Answer<&Arc<Member>> {
        self.people.get(login).ok_or_else(Problem::not_found)
    }

    /// Opens a conversation unless it is there, and puts in what was said unless something was.
    async fn fill(&self, conversation: &Conversation) -> Answer<()> {
        let id = self.open(conversation).await?;
        if store::has_messages(self.app, self.site.id, id).await? {
            return Ok(());
        }
        let times = conversation.times(self.start);
        let mut messages = Vec::with_capacity(times.len());
        for (line, sent_at) in conversation.lines.iter().zip(times) {
            let (author, operator_name) = match &line.author {
                Some(login) => (self.person(login)?.id, None),
                None => (self.operator, Some(self.operator_name.to_owned())),
            };
            messages.push(Imported { author, operator_name, body: line.body.clone(), sent_at });
        }
        let mut read = vec![(None, conversation.read_by_staff())];
        for login in &conversation.between {
            read.push((Some(self.person(login)?.id), conversation.read_by(login)));
        }
        messages::import(self.app, self.site.id, id, &messages, &read).await
    }

    async fn open(&self, conversation: &Conversation) -> Answer<i64> {
        let Self { app, site, .. } = self;
        if let (Some(room), Some(name)) = (&conversation.room, &conversation.name) {
            return self.room(name, room).await;
        }
        let opened = match (&conversation.name, &*conversation.between) {
            (Some(name), everybody) => return self.group(name, everybody).await,
            (None, [one, other]) => {
                open_direct(app, site, self.person(one)?, &ids::show(self.person(other)?.id)).await?
            }
            (None, [alone]) => open_organizer(app, site, self.person(alone)?).await?,
            _ => return Err(Problem::invalid("a conversation of several needs a name")),
        };
        ids::read(&opened.0.id).ok_or_else(Problem::not_found)
    }

    async fn room(&self, name: &str, room: &RoomContent) -> Answer<i64> {
        if let Some(id) = store::room(self.app, self.site.id, &room.slug).await? {
            return Ok(id);
        }
        let rules = RoomRules {
            populations: room.populations.clone(),
            moderators: room.moderators.clone(),
            moderation: !room.moderators.is_empty(),
            ..RoomRules::default()
        };
        let doer = Actor { kind: ActorKind::Operator, id: self.operator, name: self.operator_name.to_owned() };
        let made = rooms::make(self.app, self.site, &doer, name.to_owned(), Some(room.slug.clone()), rules).await?;
        Ok(made.id)
    }

    async fn group(&self, name: &str, everybody: &[String]) -> Answer<i64> {
        if let Some(id) = store::group(self.app, self.site.id, name).await? {
            return Ok(id);
        }
        let mut members = Vec::with_capacity(everybody.len());
        for login in everybody {
            members.push(ids::show(self.person(login)?.id));
        }
        let new = groups::NewGroup { name, members: &members, picture: None, history: groups::History::All };
        groups::create_for_site(self.app, self.site, None, new).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Setup;
    use crate::platform::clock::Clock;
    use crate::platform::db::{Db, sql};
    use crate::platform::language::Lang;
    use std::sync::atomic::{AtomicI64, Ordering};

    const NOW: Millis = 1_800_000_000_000;

    async fn app(folder: &std::path::Path, clock: Clock) -> App {
        let db = Db::open_sqlite(folder).await.unwrap();
        App::new(Setup {
            db,
            clock,
            public_url: String::new(),
            trust_proxy: false,
            event_log_bytes: 1 << 20,
            webhooks_public_only: false,
        })
        .0
    }

    /// Everything that a second start could have changed.
    async fn everything(app: &App) -> Vec<(String, i64, i64)> {
        let mut reader = app.db.read().await.unwrap();
        let rows = sql(
            "SELECT 'member ' || login, id, created_at FROM member UNION ALL SELECT 'operator ' || email, id, created_at FROM operator \
             UNION ALL SELECT kind, id, last_seq FROM conversation UNION ALL SELECT body, conversation_id, seq FROM message \
             UNION ALL SELECT 'read', conversation_id + member_id, read_seq FROM participant ORDER BY 1, 2, 3",
        );
        rows.all(&mut reader).await.unwrap()
    }

    fn explained(problem: Problem) -> String {
        problem.body(Lang::default()).detail
    }

    #[tokio::test]
    async fn a_second_start_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let time = Arc::new(AtomicI64::new(NOW));
        let first = app(folder.path(), Clock::Manual(time.clone())).await;
        let site = seed(&first).await.map_err(explained).unwrap();
        let before = everything(&first).await;
        assert!(before.len() > 250, "{}", before.len());
        first.db.close().await;

        time.fetch_add(3 * 24 * 60 * 60 * 1_000, Ordering::SeqCst);
        let second = app(folder.path(), Clock::Manual(time)).await;
        let again = seed(&second).await.map_err(explained).unwrap();
        assert_eq!(everything(&second).await, before);
        assert_eq!(again.password, site.password);
        assert!(again.describe("http://x").contains(&site.password));
    }

    #[tokio::test]
    async fn a_start_that_was_broken_off_is_finished() {
        let whole = tempfile::tempdir().unwrap();
        let whole = app(whole.path(), Clock::Manual(Arc::new(AtomicI64::new(NOW)))).await;
        seed(&whole).await.map_err(explained).unwrap();

        let folder = tempfile::tempdir().unwrap();
        let broken = app(folder.path(), Clock::Manual(Arc::new(AtomicI64::new(NOW)))).await;
        let mut content = Content::read().unwrap();
        content.members.truncate(44);
        content.site.population.truncate(2);
        let site = sites::actions::create(&broken, SLUG, "Salon").await.map_err(explained).unwrap();
        populations(&broken, &site, &content).await.map_err(explained).unwrap();
        let people = people(&broken, &site, &content).await.map_err(explained).unwrap();
        let history = History { app: &broken, site: &site, people, operator: 1, operator_name: "", start: NOW };
        history.fill(&content.conversations[0]).await.map_err(explained).unwrap();
        // Opened, and nothing put in yet.
        history.open(&content.conversations[1]).await.map_err(explained).unwrap();
        let group = content.conversations.iter().find(|c| c.name.is_some()).unwrap();
        history.open(group).await.map_err(explained).unwrap();

        seed(&broken).await.map_err(explained).unwrap();
        let texts = |all: Vec<(String, i64, i64)>| all.into_iter().map(|(text, _, _)| text).collect::<Vec<_>>();
        assert_eq!(texts(everything(&broken).await), texts(everything(&whole).await));
    }
}

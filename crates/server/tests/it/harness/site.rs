use super::clock::Hand;
use super::{Answer, Api, Database, Member, Operator, Token};
use parvis::app::{App, Setup, router};
use parvis::platform::clock::Clock;
use parvis::serve::serve_until;
use serde_json::{Value, json};
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// A server in this process over a database of its own.
pub struct World {
    pub app: App,
    /// Nobody's way to it.
    pub api: Api,
    hand: Option<Hand>,
    stop: watch::Sender<bool>,
    // Dropped last: the connections above are closed by then.
    database: Database,
}

/// A site on it, with the website's secret.
#[derive(Clone)]
pub struct Site {
    world: Arc<World>,
    pub slug: String,
    pub secret: String,
}

impl Deref for Site {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

/// The default of `--event-log-mib`.
const EVENT_LOG: usize = 32 << 20;

impl World {
    async fn start(hand: Option<Hand>, event_log_bytes: usize, webhooks_public_only: bool) -> World {
        let database = Database::fresh().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let clock = hand.as_ref().map_or(Clock::System, Hand::clock);
        let db = database.open().await;
        let setup =
            Setup { db, clock, public_url: origin.clone(), trust_proxy: true, event_log_bytes, webhooks_public_only };
        let (app, jobs) = App::new(setup);
        drop(app.start(jobs));
        let (stop, stopped) = watch::channel(false);
        let routes = router(app.clone());
        tokio::spawn(async move { serve_until(listener, routes, stopped).await.unwrap() });
        World { app, api: Api::at(&origin), hand, stop, database }
    }

    /// Time passes. Only in stories that took the clock in hand.
    pub fn advance(&self, by: Duration) {
        self.hand.as_ref().expect("a clock in hand").advance(by);
    }

    pub fn clock(&self) -> &Clock {
        &self.app.clock
    }

    /// The application of another process over the same database, which serves nobody.
    pub async fn beside(&self) -> App {
        let setup = Setup {
            db: self.database.open().await,
            clock: self.app.clock.clone(),
            public_url: self.app.public_url.clone(),
            trust_proxy: true,
            event_log_bytes: EVENT_LOG,
            webhooks_public_only: false,
        };
        App::new(setup).0
    }

    /// Everything that is stored.
    pub async fn dump(&self) -> String {
        self.database.dump().await
    }

    /// Runs a statement beside the server's back.
    pub async fn stores(&self, statement: &str) {
        self.database.run(statement).await;
    }

    /// Stops as SIGTERM does: sockets are told to come back, nobody new is let in.
    pub fn stop(&self) {
        let _ = self.stop.send(true);
        self.app.hub.close_all();
    }
}

impl Site {
    /// Waits until the server shows a member as gone.
    pub async fn shows_gone(&self, member: &str) {
        let id = parvis::platform::ids::read(member).unwrap();
        let site = self.id().await;
        super::eventually("the server shows who is gone", || async {
            self.app.hub.connected_among(site, &[id]).is_empty()
        })
        .await;
    }

    /// Its number in the database.
    pub async fn id(&self) -> i64 {
        self.app.sites.by_slug(&self.app.db, &self.slug).await.unwrap().unwrap().id.0
    }

    /// A server with one site, `demo`.
    pub async fn start() -> Site {
        Site::first(World::start(None, EVENT_LOG, false).await).await
    }

    /// The same, of an installation that asks public addresses only.
    pub async fn asking_public_addresses_only() -> Site {
        Site::first(World::start(None, EVENT_LOG, true).await).await
    }

    /// The same, with a clock that stands still until the story moves it.
    pub async fn with_clock_in_hand() -> Site {
        Site::first(World::start(Some(Hand::starting_now()), EVENT_LOG, false).await).await
    }

    /// The same, keeping no more than so many bytes of events for those who reconnect.
    pub async fn remembering(event_log_bytes: usize) -> Site {
        Site::first(World::start(None, event_log_bytes, false).await).await
    }

    async fn first(world: World) -> Site {
        Site::made(Arc::new(world), "demo").await
    }

    /// Another site on the same server.
    pub async fn neighbour(&self, slug: &str) -> Site {
        Site::made(self.world.clone(), slug).await
    }

    async fn made(world: Arc<World>, slug: &str) -> Site {
        let made = parvis::sites::actions::create(&world.app, slug, "Salon des Savoirs").await.unwrap();
        Site { world, slug: made.slug, secret: made.secret }
    }

    /// A token for the member the website calls so, not yet signed.
    pub fn token(&self, sub: &str) -> Token {
        Token::of(&self.slug, sub, self.clock())
    }

    /// What signing in with a signed token is answered.
    pub async fn sign_in(&self, token: String) -> Answer {
        self.api.post("sessions", json!({"site": self.slug, "token": token})).await
    }

    /// Signed in by the website, with a name made of the login.
    pub async fn member(&self, login: &str) -> Member {
        let mut name: Vec<char> = login.chars().collect();
        name[0] = name[0].to_ascii_uppercase();
        self.member_with(self.token(login).with("login", login).with("name", String::from_iter(name))).await
    }

    /// Signed in with this token.
    pub async fn member_with(&self, token: Token) -> Member {
        let session = self.sign_in(token.signed(&self.secret)).await.is(201);
        Member::of(&self.api, &session)
    }

    /// The same member signed in once more, on another device.
    pub async fn again(&self, member: &Member) -> Member {
        self.member_with(self.token(&member.external_id)).await
    }

    /// Signed in, in this role.
    pub async fn operator(&self, name: &str, role: &str) -> Operator {
        let email = format!("{}@staff.example", name.to_lowercase());
        self.hires(&email, name, role).await;
        self.operator_signs_in(&email).await
    }

    async fn hires(&self, email: &str, name: &str, role: &str) {
        let site = self.app.sites.by_slug(&self.app.db, &self.slug).await.unwrap().unwrap();
        let role = parvis::operators::Role::parse(role).unwrap();
        let password = super::people::PASSWORD.to_owned();
        parvis::operators::actions::create(&self.app, &site, email, name, role, password).await.unwrap();
    }

    pub async fn operator_signs_in(&self, email: &str) -> Operator {
        let form = json!({"site": self.slug, "email": email, "password": super::people::PASSWORD});
        let session = self.api.post("admin/sessions", form).await.is(201);
        Operator::of(&self.api, &session)
    }

    /// Changes its settings as its owner would, without the cost of signing one in.
    pub async fn configure(&self, patch: Value) {
        let site = self.app.sites.by_slug(&self.app.db, &self.slug).await.unwrap().unwrap();
        parvis::sites::actions::change_settings(&self.app, &site, &patch).await.unwrap();
    }

    /// No limit on sending: for stories about something else.
    pub async fn lift_limits(&self) {
        self.configure(json!({"limits": {"messages": {"per_second": 1e6, "burst": 1e6}}})).await;
    }
}

//! The application: its parts, and the table of its slices.

use crate::broadcast;
use crate::calls::{self, Calls};
use crate::contacts;
use crate::conversations::{self, Known};
use crate::members::{self, ChattingMember, Members, Sessions, SignedInMember};
use crate::messages::{self, Queue, live::Sender};
use crate::moderation::{self, Moderation};
use crate::operators::{self, Devices, SignedInOperator};
use crate::overview;
use crate::pictures::{self, Workshop};
use crate::platform::cache::Figures;
use crate::platform::clock::{Clock, pause};
use crate::platform::db::{Db, holding_none};
use crate::platform::http::{Answer, Bucket, Code, FailureLimit, Problem, RateLimit};
use crate::platform::ids::Ids;
use crate::platform::language::{Lang, speak};
use crate::platform::live::{Command, Connection, Door, Hello, Hub, Person};
use crate::platform::outside::Outside;
use crate::rooms::{self, News, Rooms, Snapshots};
use crate::rules::{self, Policies};
use crate::sites::{self, Keys, Site, SiteId, Sites};
use crate::suggestions::{self, Suggestions};
use crate::turn::{self, Turn};
use crate::webhooks::{self, Webhooks};
use axum::http::HeaderMap;
use axum::http::header::{HeaderValue, ORIGIN};
use std::net::IpAddr;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard, mpsc};

mod caller;
mod full_page;
mod router;

pub use caller::Caller;
pub use router::{openapi, router};

/// Guesses of a password: ten at once, then one every six seconds.
const PASSWORD_GUESSES: Bucket = Bucket { per_second: 1.0 / 6.0, burst: 10.0 };
/// Bad member tokens: nobody guesses those, but each costs a signature check.
const TOKEN_FAILURES: Bucket = Bucket { per_second: 1.0, burst: 40.0 };

/// What is counted per caller: address, site, login.
type Signing = (IpAddr, String, String);

/// Everything the slices share.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// Identifiers.
    pub ids: Ids,
    /// Open sockets.
    pub hub: Hub,
    /// Known sites.
    pub sites: Sites,
    /// Websites' public keys.
    pub keys: Keys,
    /// Known members.
    pub members: Members,
    /// Who suits whom.
    pub suggestions: Arc<Suggestions>,
    /// Known contact rules.
    pub policies: Policies,
    /// Who brings broadcasts.
    pub broadcasts: broadcast::Post,
    /// The sites that take in a file of members.
    pub imports: members::grid::Imports,
    /// By what the members of large sites can be filtered.
    pub facets: Figures<SiteId, members::grid::Facets>,
    /// Who was here lately.
    pub seen: members::grid::seen::Seen,
    /// Known sessions.
    pub sessions: Sessions,
    /// Known conversations.
    pub conversations: Known,
    /// Those of them that are to be told to somebody.
    pub changes: conversations::Changes,
    /// Known rooms.
    pub rooms: Rooms,
    /// Who is inside which, in order.
    pub snapshots: Snapshots,
    /// What was said in rooms, for those who are not inside.
    pub room_news: News,
    /// What moderation knows by heart.
    pub moderation: Moderation,
    /// When members may write again in rooms that take their time.
    pub slow_rooms: RateLimit<(i64, i64)>,
    /// The way to the writer.
    pub messages: Queue,
    /// Where pictures are made.
    pub pictures: Workshop,
    /// What is known of calls.
    pub calls: Calls,
    /// How fast members send.
    pub sending: RateLimit<i64>,
    /// How often it is told that a member types, by conversation.
    pub typing: RateLimit<(i64, i64)>,
    /// How many changed members a site's large crowd is told of.
    pub profile_news: RateLimit<i64>,
    /// Whom websites want told.
    pub webhooks: Webhooks,
    /// The relay for calls.
    pub turn: Turn,
    /// The way to other servers.
    pub outside: Outside,
    /// How sites are doing.
    pub figures: overview::Figures,
    /// Failed sign-ins with passwords.
    pub password_failures: FailureLimit<Signing>,
    /// Failed codes of operators' second factor.
    pub code_failures: FailureLimit<i64>,
    /// When operators' sessions were used.
    pub devices: Devices,
    /// Failed sign-ins with tokens.
    pub token_failures: FailureLimit<Signing>,
    /// Where passwords are hashed.
    pub hashing: members::Hashing,
    /// How people reach the server.
    pub public_url: String,
    /// Whether X-Forwarded-For is believed.
    pub trust_proxy: bool,
    orders: Vec<Mutex<()>>,
}

/// The application, shared.
#[derive(Clone)]
pub struct App(Arc<Parts>);

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// What an application is made with.
pub struct Setup {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// How people reach the server.
    pub public_url: String,
    /// Whether X-Forwarded-For is believed.
    pub trust_proxy: bool,
    /// Bytes of recent events kept in memory.
    pub event_log_bytes: usize,
    /// Whether addresses that organizers give must be public ones.
    pub webhooks_public_only: bool,
}

/// What works in the background of a serving application.
pub struct Background {
    writer: tokio::task::JoinHandle<()>,
    others: Vec<tokio::task::JoinHandle<()>>,
}

impl App {
    /// An application that does not serve yet (commands need no more).
    pub fn new(setup: Setup) -> (App, mpsc::Receiver<messages::Job>) {
        let (queue, jobs) = Queue::new();
        let suggestions = Arc::new(Suggestions::default());
        let app = App(Arc::new(Parts {
            db: setup.db,
            clock: setup.clock,
            ids: Ids::new(),
            hub: Hub::new(setup.event_log_bytes),
            sites: Sites::default(),
            keys: Keys::default(),
            members: Members::new(suggestions.clone()),
            suggestions,
            sessions: Sessions::default(),
            broadcasts: broadcast::Post::default(),
            imports: members::grid::Imports::default(),
            facets: Figures::default(),
            seen: members::grid::seen::Seen::default(),
            conversations: Known::default(),
            changes: conversations::Changes::default(),
            rooms: Rooms::default(),
            snapshots: Snapshots::default(),
            room_news: News::default(),
            moderation: Moderation::default(),
            slow_rooms: RateLimit::default(),
            messages: queue,
            pictures: Workshop::default(),
            calls: Calls::default(),
            policies: Policies::default(),
            profile_news: RateLimit::default(),
            sending: RateLimit::default(),
            typing: RateLimit::default(),
            password_failures: FailureLimit::new(PASSWORD_GUESSES),
            webhooks: Webhooks::default(),
            turn: Turn::default(),
            outside: Outside::new(setup.webhooks_public_only),
            figures: overview::Figures::default(),
            code_failures: FailureLimit::new(operators::CODE_GUESSES),
            devices: Devices::default(),
            token_failures: FailureLimit::new(TOKEN_FAILURES),
            hashing: members::Hashing::default(),
            public_url: setup.public_url,
            trust_proxy: setup.trust_proxy,
            orders: (0..64).map(|_| Mutex::new(())).collect(),
        }));
        (app, jobs)
    }

    /// Starts what works in the background: the writer, heartbeats, presence, the sweeper.
    pub fn start(&self, jobs: mpsc::Receiver<messages::Job>) -> Background {
        let writer = tokio::spawn(messages::run_writer(self.clone(), jobs));
        let others = vec![
            tokio::spawn(beat(self.clone())),
            tokio::spawn(members::presence::tell_forever(self.clone())),
            tokio::spawn(conversations::tell_forever(self.clone())),
            tokio::spawn(rooms::tell_comings_forever(self.clone())),
            tokio::spawn(rooms::tell_news_forever(self.clone())),
            tokio::spawn(webhooks::deliver_forever(self.clone())),
            tokio::spawn(members::grid::seen::store_forever(self.clone())),
            tokio::spawn(broadcast::deliver_forever(self.clone())),
            tokio::spawn(calls::watch_forever(self.clone())),
            tokio::spawn(overview::write_down_forever(self.clone())),
            tokio::spawn(sweep(self.clone())),
            tokio::spawn(tidy_up(self.clone())),
        ];
        Background { writer, others }
    }

    /// Refuses a page whose origin is not on the site's list. Programs send no origin.
    pub fn check_origin(&self, site: &Site, headers: &HeaderMap) -> Answer<()> {
        self.check_origin_of(site, headers.get(ORIGIN).map(origin_text))
    }

    fn check_origin_of(&self, site: &Site, origin: Option<&str>) -> Answer<()> {
        if site.settings.allows_origin(origin, &self.public_url) {
            Ok(())
        } else {
            Err(Problem::new(Code::OriginRefused))
        }
    }

    /// The turn of the changes of one conversation, or of one site and its members: each starts from the one before,
    /// and what is committed is told in the same order.
    pub async fn order(&self, changed: i64) -> MutexGuard<'_, ()> {
        holding_none();
        let slot = usize::try_from(changed.unsigned_abs() % 61).unwrap_or(0);
        self.orders[slot].lock().await
    }
}

fn origin_text(origin: &HeaderValue) -> &str {
    origin.to_str().unwrap_or("null")
}

impl Background {
    /// Commits what is under way; the socket's ends were told before.
    pub async fn finish(self, app: &App) {
        for task in self.others {
            task.abort();
        }
        app.messages.close().await;
        let _ = tokio::time::timeout(Duration::from_secs(5), self.writer).await;
        if let Err(error) = overview::write_down(app).await {
            tracing::error!(%error, "could not write down how sites are doing");
        }
        app.db.close().await;
    }
}

async fn beat(app: App) {
    loop {
        pause(Duration::from_secs(1)).await;
        app.hub.heartbeat(app.clock.now());
    }
}

async fn tidy_up(app: App) {
    loop {
        pause(Duration::from_millis(500)).await;
        if let Err(error) = app.db.checkpoint().await {
            tracing::error!(%error, "could not checkpoint");
        }
    }
}

async fn sweep(app: App) {
    loop {
        pause(Duration::from_secs(3_600)).await;
        if let Err(error) = Sessions::sweep(&app).await {
            tracing::error!(%error, "could not sweep ended sessions");
        }
        if let Err(error) = messages::removal::sweep(&app).await {
            tracing::error!(%error, "could not erase what moderators removed");
        }
        if let Err(error) = calls::sweep(&app).await {
            tracing::error!(%error, "could not forget calls of long ago");
        }
        if let Err(error) = webhooks::sweep(&app).await {
            tracing::error!(%error, "could not forget deliveries of long ago");
        }
        if let Err(error) = overview::sweep(&app).await {
            tracing::error!(%error, "could not forget who was here long ago");
        }
    }
}

impl Door for App {
    async fn hello(&self, access_token: &str, origin: Option<&str>) -> Answer<Hello> {
        let session = self.sessions.find(self, access_token).await?;
        let refused = || Problem::new(Code::Unauthorized);
        let site = self.sites.get(&self.db, session.site).await?.ok_or_else(refused)?;
        self.check_origin_of(&site, origin)?;
        let (fields, locale, class) = match session.person {
            Person::Member(id) => {
                let member = self.members.get(&self.db, site.id, id).await?;
                // Whom the organizers shut out hears nothing either.
                let member = member.filter(|m| m.chat_enabled).ok_or_else(refused)?;
                self.figures.saw(site.id, member.id, self.clock.now());
                let me = serde_json::to_string(&members::Me::of(&member)).unwrap_or_default();
                (format!("\"member\":{me}"), member.profile.locale.clone(), member.class)
            }
            Person::Operator(_) => {
                let me = SignedInOperator::find(self, access_token, &HeaderMap::new()).await?;
                let me = operators::http::OperatorView::of(&me.operator);
                (format!("\"operator\":{}", serde_json::to_string(&me).unwrap_or_default()), None, 0)
            }
        };
        let lang = locale.as_deref().and_then(Lang::of_tag).unwrap_or_default();
        let number = self.hub.next_connection();
        let connection = Connection::new(number, session.person, site.id.0, class, session.hash, self.clock.now());
        Ok(Hello { connection: Arc::new(connection), fields, lang })
    }

    async fn command(&self, command: Command<'_>, lang: Lang) -> Answer<Option<String>> {
        match command.kind {
            "ping" => Ok(Some(String::new())),
            "message.send" => messages::live::send(self, self.sender(&command).await?, &command, lang).await,
            "conversation.read" => messages::live::read(self, self.sender(&command).await?, &command).await,
            "room.enter" => rooms::live::enter(self, self.sender(&command).await?, &command).await,
            "room.leave" => rooms::live::leave(self, &command).await,
            "typing" => messages::live::typing(self, self.sender(&command).await?, &command).await,
            "call.signal" => calls::live::signal(self, self.member(&command).await?, &command).await,
            _ => Err(Problem::with(Code::BadRequest, "type: no such command")),
        }
    }

    fn hub(&self) -> &Hub {
        &self.hub
    }

    fn clock(&self) -> &Clock {
        &self.clock
    }
}

impl App {
    /// Who a socket's command comes from, as they are now.
    async fn sender(&self, command: &Command<'_>) -> Answer<Sender> {
        let refused = || Problem::new(Code::Unauthorized);
        match command.connection.person {
            Person::Member(_) => Ok(Sender::Member(ChattingMember::of(self.member(command).await?)?)),
            Person::Operator(id) => {
                let session = session_of(command.connection);
                let site = self.sites.get(&self.db, session.site).await?.ok_or_else(refused)?;
                let operator = operators::by_id(self, site.id, id).await?.ok_or_else(refused)?;
                Ok(Sender::Operator(Box::new(SignedInOperator { session, site, operator })))
            }
        }
    }

    /// The member a socket's command comes from, whether or not they may chat. Operators have no part in it.
    async fn member(&self, command: &Command<'_>) -> Answer<SignedInMember> {
        let refused = || Problem::new(Code::Unauthorized);
        let session = session_of(command.connection);
        let Person::Member(id) = session.person else { return Err(Problem::not_found()) };
        let site = self.sites.get(&self.db, session.site).await?.ok_or_else(refused)?;
        let member = self.members.get(&self.db, site.id, id).await?.ok_or_else(refused)?;
        speak(site.clone(), None);
        Ok(SignedInMember { session, site, member })
    }
}

fn session_of(connection: &Connection) -> members::Session {
    let Connection { person, site, session, .. } = connection;
    members::Session { hash: *session, person: *person, site: SiteId(*site), expires_at: i64::MAX }
}

/// Every slice's routes, under `/api/v1`.
fn slices() -> utoipa_axum::router::OpenApiRouter<App> {
    utoipa_axum::router::OpenApiRouter::new()
        .merge(sites::http::routes())
        .merge(members::http::routes())
        .merge(members::admin::routes())
        .merge(members::grid::routes())
        .merge(members::grid::bulk::routes())
        .merge(members::grid::export::routes())
        .merge(members::grid::import::routes())
        .merge(members::populations::routes())
        .merge(members::views::routes())
        .merge(members::themes::routes())
        .merge(crate::audit::http::routes())
        .merge(pictures::http::routes())
        .merge(rules::http::routes())
        .merge(contacts::http::routes())
        .merge(suggestions::http::routes())
        .merge(conversations::http::routes())
        .merge(conversations::groups::http::routes())
        .merge(conversations::inbox::http::routes())
        .merge(rooms::http::routes())
        .merge(messages::http::routes())
        .merge(calls::http::routes())
        .merge(moderation::http::routes())
        .merge(moderation::admin::routes())
        .merge(operators::http::routes())
        .merge(broadcast::http::routes())
        .merge(crate::settings::http::routes())
        .merge(overview::http::routes())
        .merge(turn::http::routes())
        .merge(webhooks::http::routes())
        .merge(crate::api_keys::http::routes())
}

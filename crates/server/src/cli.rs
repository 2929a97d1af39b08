//! The commands.

use crate::app::{App, Setup};
use crate::config::{
    CheckArgs, Cli, Command, ConfigError, OperatorArgs, OperatorCommand, ServeArgs, SiteCommand, StoreArgs,
    StoreConfig, TokenArgs,
};
use crate::members;
use crate::operators::{self, Role};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbError};
use crate::platform::http::Problem;
use crate::platform::language::Lang;
use crate::platform::outside::{Outside, Unreached};
use crate::platform::{ids, telemetry};
use crate::serve;
use crate::sites::{self, Site, SiteId};
use crate::turn::http::IceServers;
use crate::turn::{self, CannotBegin, IceServer};
use clap::Parser;
use reqwest::Method;
use std::io::BufRead;
use std::process::ExitCode;
use std::sync::Arc;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Something to change in how it was called or configured.
    #[error("{0}")]
    Config(String),
    /// Something else.
    #[error("{0}")]
    Other(String),
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Failure {
        Failure::Config(error.to_string())
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Failure {
        match error {
            DbError::Open(_) | DbError::Newer { .. } => Failure::Config(error.to_string()),
            _ => Failure::Other(error.to_string()),
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Failure {
        let body = problem.body(Lang::default());
        if body.status < 500 { Failure::Config(body.detail) } else { Failure::Other(body.detail) }
    }
}

impl From<CannotBegin> for Failure {
    fn from(error: CannotBegin) -> Failure {
        match error {
            CannotBegin::Config(why) => Failure::Config(why),
            CannotBegin::Db(error) => error.into(),
        }
    }
}

/// Runs the command line; 2 says that something must be changed in it.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    telemetry::start_log();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&Failure::Other(format!("cannot start: {error}"))),
    };
    match runtime.block_on(run(cli.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => fail(&failure),
    }
}

fn fail(failure: &Failure) -> ExitCode {
    eprintln!("parvis: {failure}");
    match failure {
        Failure::Config(_) => ExitCode::from(2),
        Failure::Other(_) => ExitCode::FAILURE,
    }
}

async fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Serve(args) => serve::run(args.settle("./parvis-data")?, false).await,
        Command::Demo(args) => demo(args).await,
        Command::Site { command: SiteCommand::Create { store, slug, name, json } } => {
            create_site(store, &slug, &name, json).await
        }
        Command::Operator { command: OperatorCommand::Create(args) } => create_operator(args).await,
        Command::Token(args) => print_token(args).await,
        Command::CheckNetwork(args) => check_network(args).await,
        Command::Openapi => {
            println!("{}", crate::app::openapi().to_pretty_json().map_err(|e| Failure::Other(e.to_string()))?);
            Ok(())
        }
    }
}

async fn demo(args: ServeArgs) -> Result<(), Failure> {
    serve::run(args.settle("./parvis-demo")?, true).await
}

/// Tells which ways calls can go from here; fails where there is none through a relay.
async fn check_network(args: CheckArgs) -> Result<(), Failure> {
    let servers = match (args.url, args.site, args.token) {
        (Some(url), Some(site), Some(token)) => offered_by(url.trim_end_matches('/'), &site, &token).await?,
        _ => offered_here(args.serve).await?,
    };
    if servers.is_empty() {
        return Err(Failure::Other("there is no relay for calls: see --turn-listen and --turn-url".to_owned()));
    }
    let findings = turn::check::look(&servers).await;
    for finding in &findings {
        let word = finding.works.map_or("--", |works| if works { "ok" } else { "NO" });
        println!("{word}  {}", finding.says);
    }
    if turn::check::can_call(&findings) {
        println!("Calls can go through the relay from here.");
        Ok(())
    } else {
        Err(Failure::Other("calls can't go through the relay from here; only direct ways are left".to_owned()))
    }
}

/// The relay that this configuration names, with credentials of nobody. A server may be running with it.
async fn offered_here(args: ServeArgs) -> Result<Vec<IceServer>, Failure> {
    let config = args.settle("./parvis-data")?;
    let db = open(&config.store).await?;
    let public_url = config.public_url.unwrap_or_default();
    let offer = turn::told(&db, &config.turn, &public_url).await?;
    db.close().await;
    Ok(offer.ticket(SiteId(0), "check-network", 0, Clock::System.now()).ice_servers)
}

/// What a Parvis elsewhere offers one of its members.
async fn offered_by(url: &str, site: &str, token: &str) -> Result<Vec<IceServer>, Failure> {
    let outside = Outside::new(false);
    let unreached = |why: Unreached| Failure::Other(format!("{url}: {why}"));
    let form = serde_json::json!({"site": site, "token": token});
    let sign_in = outside.request(Method::POST, &format!("{url}/api/v1/sessions")).map_err(unreached)?.json(&form);
    let session: serde_json::Value = answer(url, outside.send(sign_in).await.map_err(unreached)?).await?;
    let access = session["access_token"].as_str().unwrap_or_default();
    let ask =
        outside.request(Method::GET, &format!("{url}/api/v1/ice-servers")).map_err(unreached)?.bearer_auth(access);
    let offered: IceServers = answer(url, outside.send(ask).await.map_err(unreached)?).await?;
    Ok(offered.ice_servers)
}

async fn answer<T: serde::de::DeserializeOwned>(url: &str, answer: reqwest::Response) -> Result<T, Failure> {
    let status = answer.status();
    if !status.is_success() {
        let problem: serde_json::Value = answer.json().await.unwrap_or_default();
        let detail = problem["detail"].as_str().unwrap_or("no reason given");
        return Err(Failure::Other(format!("{url} answers {status}: {detail}")));
    }
    answer.json().await.map_err(|_| Failure::Other(format!("{url} does not answer as a Parvis does")))
}

/// Opens the database that the configuration names.
pub async fn open(store: &StoreConfig) -> Result<Db, Failure> {
    if let Some(url) = &store.database_url {
        return Ok(Db::open_postgres(url).await?);
    }
    std::fs::create_dir_all(&store.data).map_err(|e| {
        Failure::Config(format!(
            "cannot make the data folder {}: {e}; choose another with --data",
            store.data.display()
        ))
    })?;
    Ok(Db::open_sqlite(&store.data).await?)
}

/// An application for a command: it shares the database with a server that may be running.
async fn app_for(store: StoreArgs) -> Result<App, Failure> {
    let store = store.settle("./parvis-data")?;
    let db = open(&store).await?;
    let setup = Setup {
        db,
        clock: Clock::System,
        public_url: String::new(),
        trust_proxy: false,
        event_log_bytes: 1 << 20,
        webhooks_public_only: false,
    };
    Ok(App::new(setup).0)
}

async fn site_of(app: &App, slug: &str) -> Result<Arc<Site>, Failure> {
    let site = app.sites.by_slug(&app.db, slug).await?;
    site.ok_or_else(|| {
        Failure::Config(format!("there is no site {slug:?}; make it with: parvis site create --slug {slug} --name …"))
    })
}

async fn create_site(store: StoreArgs, slug: &str, name: &str, json: bool) -> Result<(), Failure> {
    let app = app_for(store).await?;
    let Site { id, slug, name, secret, .. } = sites::actions::create(&app, slug, name).await?;
    app.db.close().await;
    if json {
        println!("{}", serde_json::json!({"id": ids::show(id.0), "slug": slug, "name": name, "secret": secret}));
    } else {
        println!("Made the site {slug} ({name}).");
        println!("Its secret signs member tokens (HS256); keep it on your server: {secret}");
    }
    Ok(())
}

async fn create_operator(args: OperatorArgs) -> Result<(), Failure> {
    let role =
        Role::parse(&args.role).ok_or_else(|| Failure::Config("--role must be owner, admin or agent".to_owned()))?;
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password).map_err(|e| Failure::Other(e.to_string()))?;
    let password = password.trim_end_matches(['\n', '\r']).to_owned();
    let app = app_for(args.store).await?;
    let site = site_of(&app, &args.site).await?;
    let operator = operators::actions::create(&app, &site, &args.email, &args.name, role, password).await?;
    app.db.close().await;
    if args.json {
        let view = operators::http::OperatorView::of(&operator);
        println!("{}", serde_json::to_string(&view).unwrap_or_default());
    } else {
        println!("Made the {} {} <{}> of {}.", operator.role.as_str(), operator.name, operator.email, site.slug);
    }
    Ok(())
}

async fn print_token(args: TokenArgs) -> Result<(), Failure> {
    let app = app_for(args.store).await?;
    let site = site_of(&app, &args.site).await?;
    if domain::members::Login::parse(&args.login).is_none() {
        return Err(Failure::Config("--login: letters, digits, '.', '_' and '-', at most 64".to_owned()));
    }
    let expires = app.clock.now() / 1_000 + i64::try_from(args.ttl.as_secs()).unwrap_or(3_600);
    let token = members::trial_token(&app, &site, &args.login, args.name.as_deref(), expires).await?;
    app.db.close().await;
    println!("{token}");
    Ok(())
}

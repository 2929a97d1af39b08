//! How the process is configured: flags, then environment, then a TOML file, then defaults.

use crate::turn::{TurnArgs, TurnConfig};
use clap::{Args, Parser, Subcommand};
use serde::Deserialize;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Self-hosted messaging between the members of a website.
#[derive(Parser)]
#[command(name = "parvis", version, disable_help_subcommand = false)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the process can do.
#[derive(Subcommand)]
pub enum Command {
    /// Run the server.
    Serve(ServeArgs),
    /// Run the server over a ready-made demonstration site, and print where to look.
    Demo(ServeArgs),
    /// Look after sites.
    Site {
        /// What to do with them.
        #[command(subcommand)]
        command: SiteCommand,
    },
    /// Look after operators.
    Operator {
        /// What to do with them.
        #[command(subcommand)]
        command: OperatorCommand,
    },
    /// Print a member token, as a website would sign it: for trials and scripts.
    Token(TokenArgs),
    /// Tell which ways calls can go from this machine, and what to open where they can't.
    CheckNetwork(CheckArgs),
    /// Print the OpenAPI document.
    #[command(hide = true)]
    Openapi,
}

/// Where things are kept; these hold for every command.
#[derive(Args, Clone, Debug, Default)]
pub struct StoreArgs {
    /// The folder of the SQLite database and of uploads [default: ./parvis-data; of demo: ./parvis-demo]
    #[arg(long, env = "PARVIS_DATA", value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// postgres://… selects PostgreSQL instead of SQLite in the data folder
    #[arg(long, env = "PARVIS_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// A TOML file with any of these settings (names as the flags, with _ for -)
    #[arg(long, env = "PARVIS_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// How the server runs.
#[derive(Args, Clone, Debug, Default)]
pub struct ServeArgs {
    /// Where things are kept.
    #[command(flatten)]
    pub store: StoreArgs,
    /// Address and port; port 0 picks a free one [default: 127.0.0.1:8080]
    #[arg(long, env = "PARVIS_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// The address people reach the server by [default: from --listen]
    #[arg(long, env = "PARVIS_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// nats://… joins several nodes into one service (not in this version: one node only)
    #[arg(long, env = "PARVIS_NATS_URL", value_name = "URL", hide_env_values = true)]
    pub nats_url: Option<String>,
    /// Take the caller's address from X-Forwarded-For: only behind a proxy of your own that sets it
    #[arg(long, env = "PARVIS_TRUST_PROXY", num_args = 0..=1, default_missing_value = "true", value_name = "BOOL")]
    pub trust_proxy: Option<bool>,
    /// How many MiB of recent events are kept in memory for clients that reconnect [default: 32]
    #[arg(long, env = "PARVIS_EVENT_LOG_MIB", value_name = "MIB")]
    pub event_log_mib: Option<usize>,
    /// Call webhooks, and look at pages that organizers name, at public addresses only: never at machines of a private network
    #[arg(long, env = "PARVIS_WEBHOOKS_PUBLIC_ONLY", num_args = 0..=1, default_missing_value = "true", value_name = "BOOL")]
    pub webhooks_public_only: Option<bool>,
    /// The relay for calls.
    #[command(flatten)]
    pub turn: TurnArgs,
}

/// What is looked at from here.
#[derive(Args, Default)]
pub struct CheckArgs {
    /// A Parvis elsewhere, such as https://chat.example.com [default: the one configured here]
    #[arg(long, value_name = "URL", requires = "site", requires = "token")]
    pub url: Option<String>,
    /// There: a site's slug
    #[arg(long, requires = "url")]
    pub site: Option<String>,
    /// There: a member token (parvis token prints one)
    #[arg(long, env = "PARVIS_TOKEN", requires = "url", hide_env_values = true, allow_hyphen_values = true)]
    pub token: Option<String>,
    /// How the one here runs.
    #[command(flatten)]
    pub serve: ServeArgs,
}

/// Looking after sites.
#[derive(Subcommand)]
pub enum SiteCommand {
    /// Make a site; prints its secret, with which the website signs its members in.
    Create {
        /// Where things are kept.
        #[command(flatten)]
        store: StoreArgs,
        /// Its place in addresses: lower-case letters, digits, hyphens
        #[arg(long)]
        slug: String,
        /// What people call it
        #[arg(long)]
        name: String,
        /// Print {"id","slug","name","secret"}
        #[arg(long)]
        json: bool,
    },
}

/// Looking after operators.
#[derive(Subcommand)]
pub enum OperatorCommand {
    /// Make an operator.
    Create(OperatorArgs),
}

/// An operator to be made.
#[derive(Args)]
pub struct OperatorArgs {
    /// Where things are kept.
    #[command(flatten)]
    pub store: StoreArgs,
    /// The site's slug
    #[arg(long)]
    pub site: String,
    /// With which they sign in
    #[arg(long)]
    pub email: String,
    /// What members see
    #[arg(long)]
    pub name: String,
    /// owner, admin or agent
    #[arg(long)]
    pub role: String,
    /// Read the password (one line) from standard input
    #[arg(long, required = true)]
    pub password_stdin: bool,
    /// Print {"id","email","name","role"}
    #[arg(long)]
    pub json: bool,
}

/// A member token to be printed.
#[derive(Args)]
pub struct TokenArgs {
    /// Where things are kept.
    #[command(flatten)]
    pub store: StoreArgs,
    /// The site's slug
    #[arg(long)]
    pub site: String,
    /// The member's login
    #[arg(long, allow_hyphen_values = true)]
    pub login: String,
    /// The member's name
    #[arg(long, allow_hyphen_values = true)]
    pub name: Option<String>,
    /// How long it is valid: 30s, 15m, 1h; at most 24h
    #[arg(long, default_value = "1h", value_parser = duration)]
    pub ttl: Duration,
}

fn duration(text: &str) -> Result<Duration, String> {
    let unit = text.chars().last().filter(char::is_ascii_alphabetic);
    let number =
        text.trim_end_matches(char::is_alphabetic).parse::<u64>().map_err(|_| "a number and s, m or h".to_owned())?;
    let seconds = match unit {
        Some('h') => number * 3_600,
        Some('m') => number * 60,
        Some('s') | None => number,
        Some(_) => return Err("a number and s, m or h".to_owned()),
    };
    if seconds == 0 || seconds > 86_400 {
        Err("between 1s and 24h".to_owned())
    } else {
        Ok(Duration::from_secs(seconds))
    }
}

/// A configuration that can't work; the sentence says what to change.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub String);

/// Where things are kept, settled.
#[derive(Clone, Debug)]
pub struct StoreConfig {
    /// The data folder.
    pub data: PathBuf,
    /// PostgreSQL, if chosen.
    pub database_url: Option<String>,
}

/// How the server runs, settled.
#[derive(Clone, Debug)]
pub struct ServeConfig {
    /// Where things are kept.
    pub store: StoreConfig,
    /// Where to listen.
    pub listen: SocketAddr,
    /// How people reach it, if it isn't where it listens.
    pub public_url: Option<String>,
    /// Whether X-Forwarded-For is believed.
    pub trust_proxy: bool,
    /// Bytes of recent events kept in memory.
    pub event_log_bytes: usize,
    /// Whether addresses that organizers give must be public ones.
    pub webhooks_public_only: bool,
    /// The relay for calls.
    pub turn: TurnConfig,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data: Option<PathBuf>,
    database_url: Option<String>,
    listen: Option<String>,
    public_url: Option<String>,
    nats_url: Option<String>,
    trust_proxy: Option<bool>,
    event_log_mib: Option<usize>,
    webhooks_public_only: Option<bool>,
    #[serde(skip)]
    turn: TurnArgs,
}

fn read_file(path: Option<&Path>) -> Result<File, ConfigError> {
    let Some(path) = path else { return Ok(File::default()) };
    let text = std::fs::read_to_string(path)
        .map_err(|e| ConfigError(format!("cannot read the configuration file {}: {e}", path.display())))?;
    let wrong =
        |e: toml::de::Error| ConfigError(format!("the configuration file {} is not right: {e}", path.display()));
    let table: toml::Table = toml::from_str(&text).map_err(wrong)?;
    let (turn, rest): (toml::Table, toml::Table) = table.into_iter().partition(|(name, _)| name.starts_with("turn_"));
    let file: File = rest.try_into().map_err(wrong)?;
    Ok(File { turn: turn.try_into().map_err(wrong)?, ..file })
}

impl StoreArgs {
    /// The settled configuration; `default_data` if nothing names a folder.
    pub fn settle(self, default_data: &str) -> Result<StoreConfig, ConfigError> {
        let file = read_file(self.config.as_deref())?;
        settle_store(self, &file, default_data)
    }
}

fn settle_store(args: StoreArgs, file: &File, default_data: &str) -> Result<StoreConfig, ConfigError> {
    let data = args.data.or_else(|| file.data.clone()).unwrap_or_else(|| PathBuf::from(default_data));
    let database_url = args.database_url.or_else(|| file.database_url.clone()).filter(|url| !url.is_empty());
    if let Some(url) = &database_url
        && !(url.starts_with("postgres://") || url.starts_with("postgresql://"))
    {
        return Err(ConfigError(
            "--database-url must begin with postgres:// (leave it out for SQLite in the data folder)".to_owned(),
        ));
    }
    Ok(StoreConfig { data, database_url })
}

impl ServeArgs {
    /// The settled configuration.
    pub fn settle(self, default_data: &str) -> Result<ServeConfig, ConfigError> {
        let file = read_file(self.store.config.as_deref())?;
        let store = settle_store(self.store, &file, default_data)?;
        if self.nats_url.or(file.nats_url).is_some_and(|url| !url.is_empty()) {
            return Err(ConfigError("--nats-url: this version runs as one node; leave it out".to_owned()));
        }
        let listen = self.listen.or(file.listen).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        let listen: SocketAddr = listen.parse().map_err(|_| {
            ConfigError(format!("--listen must be an address and a port such as 127.0.0.1:8080, not {listen:?}"))
        })?;
        let public_url = self.public_url.or(file.public_url).map(|url| url.trim_end_matches('/').to_owned());
        if let Some(url) = &public_url
            && !(url.starts_with("https://") || url.starts_with("http://"))
        {
            return Err(ConfigError(format!("--public-url must begin with https:// or http://, not {url:?}")));
        }
        let mib = self.event_log_mib.or(file.event_log_mib).unwrap_or(32).clamp(1, 65_536);
        let trust_proxy = self.trust_proxy.or(file.trust_proxy).unwrap_or(false);
        // Without a public address nobody comes from elsewhere: the relay opens no more than the site does.
        let home = if public_url.is_some() { Ipv4Addr::UNSPECIFIED.into() } else { listen.ip() };
        let turn = self.turn.or(file.turn).settle(home).map_err(ConfigError)?;
        let webhooks_public_only = self.webhooks_public_only.or(file.webhooks_public_only).unwrap_or(false);
        Ok(ServeConfig {
            store,
            listen,
            public_url,
            trust_proxy,
            event_log_bytes: mib << 20,
            webhooks_public_only,
            turn,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(duration("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("24h"), Ok(Duration::from_secs(86_400)));
        for bad in ["", "h", "0s", "25h", "3x", "-1s"] {
            assert!(duration(bad).is_err(), "{bad}");
        }
    }

    /// A secret is of any letters, and people call themselves what they like.
    #[test]
    fn a_value_may_begin_with_a_hyphen() {
        let parsed = |line: &[&str]| Cli::try_parse_from(line).map(|cli| cli.command).map_err(|e| e.to_string());
        let line = ["parvis", "token", "--site", "s", "--login", "-zoe", "--name", "-=Zoé=-", "--ttl", "5m"];
        let Ok(Command::Token(token)) = parsed(&line) else { panic!("{:?}", parsed(&line).err()) };
        assert_eq!((&*token.login, token.name.as_deref()), ("-zoe", Some("-=Zoé=-")));
        let line =
            ["parvis", "check-network", "--url", "https://x", "--site", "s", "--token", "-y", "--turn-secret", "-z"];
        let Ok(Command::CheckNetwork(check)) = parsed(&line) else { panic!("{:?}", parsed(&line).err()) };
        assert_eq!((check.token.as_deref(), check.serve.turn.turn_secret.as_deref()), (Some("-y"), Some("-z")));
    }

    #[test]
    fn what_cannot_work_is_said() {
        let wrong = |args: ServeArgs| args.settle("x").unwrap_err().to_string();
        assert!(wrong(ServeArgs { listen: Some("8080".into()), ..ServeArgs::default() }).contains("--listen"));
        assert!(wrong(ServeArgs { nats_url: Some("nats://x".into()), ..ServeArgs::default() }).contains("--nats-url"));
        assert!(
            wrong(ServeArgs { public_url: Some("chat.example".into()), ..ServeArgs::default() })
                .contains("--public-url")
        );
        let store = StoreArgs { database_url: Some("mysql://x".into()), ..StoreArgs::default() };
        assert!(wrong(ServeArgs { store, ..ServeArgs::default() }).contains("--database-url"));
    }

    #[test]
    fn the_relay_opens_no_more_than_the_site_does() {
        let relay = |listen: &str, public_url: Option<&str>| {
            let listen = Some(listen.to_owned());
            let args = ServeArgs { listen, public_url: public_url.map(str::to_owned), ..ServeArgs::default() };
            let TurnConfig::BuiltIn(wanted) = args.settle("x").unwrap().turn else { panic!("none is run") };
            wanted.listen[0].to_string()
        };
        assert_eq!(relay("127.0.0.1:8080", None), "127.0.0.1:3478");
        assert_eq!(relay("0.0.0.0:8080", None), "0.0.0.0:3478");
        assert_eq!(relay("127.0.0.1:8080", Some("https://chat.example.com")), "0.0.0.0:3478");
    }
}

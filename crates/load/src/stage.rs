//! Everything that a scene needs before it begins: a fresh site on a fresh server, its owner, members signed in, conversations.

use crate::http::{self, Client};
use crate::server::Server;
use crate::{Options, Res};
use jsonwebtoken::{EncodingKey, Header};
use serde_json::{Value, json};
use std::io::Write;
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use tempfile::TempDir;

const SITE: &str = "load";
const EMAIL: &str = "owner@load.test";
const PASSWORD: &str = "a long enough password, for a load test";

/// A member who signed in.
#[derive(Clone)]
pub struct Member {
    /// The server's id of the member.
    pub id: String,
    /// The access token.
    pub token: String,
}

/// A server with a site on it. The data folder goes away with it.
pub struct Stage {
    options: Options,
    secret: String,
    owner: String,
    server: Option<Server>,
    data: TempDir,
}

impl Stage {
    /// Makes the site, starts the server and lifts the sending limit.
    pub fn new(options: &Options) -> Res<Self> {
        let data = match &options.scratch {
            Some(folder) => tempfile::Builder::new().prefix("parvis-load-").tempdir_in(folder)?,
            None => tempfile::Builder::new().prefix("parvis-load-").tempdir()?,
        };
        let mut stage =
            Self { options: options.clone(), secret: String::new(), owner: String::new(), server: None, data };
        let site = stage.run(&["site", "create", "--slug", SITE, "--name", "Load", "--json"], "")?;
        let site: Value = serde_json::from_str(site.trim())?;
        stage.secret = text(&site, "secret")?;
        let operator = ["operator", "create", "--site", SITE, "--email", EMAIL, "--name", "Owner", "--role", "owner"];
        stage.run(&[operator.as_slice(), &["--password-stdin"]].concat(), PASSWORD)?;
        stage.start()?;
        let mut client = Client::new(stage.address())?;
        let claim = json!({"site": SITE, "email": EMAIL, "password": PASSWORD});
        stage.owner = text(&client.call("POST", "/api/v1/admin/sessions", "", Some(&claim))?, "access_token")?;
        let limits = json!({"limits": {"messages": {"per_second": 1_000_000, "burst": 1_000_000}}});
        client.call("PATCH", "/api/v1/admin/settings", &stage.owner, Some(&limits))?;
        Ok(stage)
    }

    /// Runs a command of the binary over the same data folder.
    fn run(&self, arguments: &[&str], input: &str) -> Res<String> {
        let mut child = Command::new(&self.options.bin)
            .args(arguments)
            .arg("--data")
            .arg(self.data.path().join("parvis"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        child.stdin.take().ok_or("no standard input")?.write_all(input.as_bytes())?;
        let output = child.wait_with_output()?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("`parvis {}` failed: {said}", arguments.join(" ")).into());
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Starts the server, which was stopped or never ran.
    pub fn start(&mut self) -> Res {
        self.server = Some(Server::start(&self.options.bin, self.data.path(), self.options.server_core)?);
        Ok(())
    }

    /// Stops the server and starts it again over the same data.
    pub fn restart(&mut self) -> Res {
        self.stop()?;
        self.start()
    }

    /// Stops the server.
    pub fn stop(&mut self) -> Res {
        self.server.take().map_or(Ok(()), Server::stop)
    }

    /// The running server.
    pub fn server(&self) -> Res<&Server> {
        self.server.as_ref().ok_or_else(|| "the server is not running".into())
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.server.as_ref().map_or_else(|| ([127, 0, 0, 1], 0).into(), |server| server.address)
    }

    /// The token that the website would give its member number `number`.
    pub fn member_token(&self, number: usize) -> Res<String> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        let claims = json!({
            "aud": SITE, "sub": format!("m{number}"), "login": format!("member{number}"),
            "name": format!("Member {number}"), "iat": now, "exp": now + 12 * 3600,
        });
        Ok(jsonwebtoken::encode(&Header::default(), &claims, &EncodingKey::from_secret(self.secret.as_bytes()))?)
    }

    /// Signs `count` members in, beginning with number `first`.
    pub fn members(&self, first: usize, count: usize) -> Res<Vec<Member>> {
        let begin = Instant::now();
        let members = http::parallel(self.address(), 64, count, |client, index| self.sign_in(client, first + index))?;
        eprintln!("  {count} members signed in within {:.1} s", begin.elapsed().as_secs_f64());
        Ok(members)
    }

    /// Signs one member in over a given connection.
    pub fn sign_in(&self, client: &mut Client, number: usize) -> Res<Member> {
        let claim = json!({"site": SITE, "token": self.member_token(number)?});
        let session = client.call("POST", "/api/v1/sessions", "", Some(&claim))?;
        let id = text(session.get("member").ok_or("a session without member")?, "id")?;
        Ok(Member { id, token: text(&session, "access_token")? })
    }

    /// Asks as the owner.
    pub fn ask_as_owner(&self, method: &str, path: &str, body: Option<&Value>) -> Res<Value> {
        Client::new(self.address())?.call(method, path, &self.owner, body)
    }

    /// Takes `count` members in from a file, who never sign in.
    pub fn import(&self, count: usize) -> Res {
        let begin = Instant::now();
        let mut file = "external_id,login,name\n".to_owned();
        (0..count).for_each(|number| file += &format!("i{number},import{number},Import {number}\n"));
        let path = "/api/v1/admin/members/import";
        let (status, said) = Client::new(self.address())?.text("POST", path, &self.owner, "text/csv", &file)?;
        if status != 200 {
            return Err(format!("the import answered {status}: {}", String::from_utf8_lossy(&said)).into());
        }
        eprintln!("  {count} members taken in within {:.1} s", begin.elapsed().as_secs_f64());
        Ok(())
    }

    /// Makes a group of these members and answers its id.
    pub fn group(&self, name: &str, members: &[Member]) -> Res<String> {
        let ids: Vec<&str> = members.iter().map(|member| member.id.as_str()).collect();
        let body = json!({"kind": "group", "name": name, "members": ids});
        let mut client = Client::new(self.address())?;
        text(&client.call("POST", "/api/v1/admin/conversations", &self.owner, Some(&body))?, "id")
    }

    /// Makes a room that everybody may enter and answers its id.
    pub fn room(&self, name: &str) -> Res<String> {
        let mut client = Client::new(self.address())?;
        text(&client.call("POST", "/api/v1/admin/rooms", &self.owner, Some(&json!({"name": name})))?, "id")
    }

    /// Opens the direct conversations of these pairs and answers their ids.
    pub fn pairs(&self, pairs: &[(&Member, &Member)]) -> Res<Vec<String>> {
        http::parallel(self.address(), 64, pairs.len(), |client, index| {
            let (from, to) = pairs[index];
            let body = json!({"kind": "direct", "member": to.id});
            text(&client.call("POST", "/api/v1/conversations", &from.token, Some(&body))?, "id")
        })
    }
}

/// The text under `key`.
pub fn text(value: &Value, key: &str) -> Res<String> {
    let found = value.get(key).and_then(Value::as_str);
    Ok(found.ok_or_else(|| format!("an answer without {key}: {value}"))?.to_owned())
}

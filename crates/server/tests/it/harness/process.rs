use super::{Api, Member, Operator, eventually_some, within};
use serde_json::json;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

/// The real binary over a data folder, perhaps with a PostgreSQL database.
#[derive(Clone)]
pub struct Binary {
    pub data: PathBuf,
    pub database_url: Option<String>,
}

/// How a command ended.
#[derive(Debug)]
pub struct Finished {
    pub status: ExitStatus,
    pub out: String,
    pub err: String,
}

/// A server that is ready.
pub struct Serving {
    child: Child,
    out: Option<BufReader<ChildStdout>>,
    /// Nobody's way to it.
    pub api: Api,
}

impl Binary {
    pub fn over(data: &Path, database_url: Option<String>) -> Binary {
        Binary { data: data.to_owned(), database_url }
    }

    /// A command line; nothing of the environment counts but what is given here.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parvis"));
        for variable in
            ["PARVIS_LISTEN", "PARVIS_NATS_URL", "PARVIS_PUBLIC_URL", "PARVIS_CONFIG", "PARVIS_DATABASE_URL"]
        {
            command.env_remove(variable);
        }
        command.args(arguments).env("PARVIS_DATA", &self.data).env("RUST_LOG", "warn");
        // Many run at the same time: a story about the relay says where it listens.
        command.env("PARVIS_TURN_LISTEN", "off");
        if let Some(url) = &self.database_url {
            command.env("PARVIS_DATABASE_URL", url);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub async fn run(&self, arguments: &[&str]) -> Finished {
        self.run_with_input(arguments, "").await
    }

    pub async fn run_with_input(&self, arguments: &[&str], input: &str) -> Finished {
        Finished::of(self.command(arguments), input).await
    }

    /// Makes a site: its secret.
    pub async fn makes_site(&self, slug: &str) -> String {
        let made = self.run(&["site", "create", "--slug", slug, "--name", "Salon", "--json"]).await.well();
        let made: serde_json::Value = serde_json::from_str(&made).unwrap();
        made["secret"].as_str().unwrap().to_owned()
    }

    /// Makes an owner `olga@staff.example` with this password.
    pub async fn makes_owner(&self, site: &str, password: &str) {
        let arguments = [
            "operator",
            "create",
            "--site",
            site,
            "--email",
            "olga@staff.example",
            "--name",
            "Olga",
            "--role",
            "owner",
        ];
        let arguments: Vec<&str> = arguments.into_iter().chain(["--password-stdin"]).collect();
        self.run_with_input(&arguments, &format!("{password}\n")).await.well();
    }

    /// A printed member token.
    pub async fn token(&self, site: &str, login: &str) -> String {
        self.run(&["token", "--site", site, "--login", login]).await.well()
    }

    /// Starts serving and waits for the line that says so.
    pub async fn serve(&self) -> Serving {
        Serving::start(self.command(&["serve", "--listen", "127.0.0.1:0"])).await
    }
}

impl Finished {
    pub async fn of(mut command: Command, input: &str) -> Finished {
        let mut child = command.spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = blocking("the command's end", move || child.wait_with_output().unwrap()).await;
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Finished { status: output.status, out: text(output.stdout), err: text(output.stderr) }
    }

    /// What it printed, if it ended well.
    #[track_caller]
    pub fn well(self) -> String {
        assert!(self.status.success(), "{self:?}");
        self.out
    }

    /// It ended with 2 and one sentence, which is returned.
    #[track_caller]
    pub fn asks_for_a_change(self) -> String {
        assert_eq!(self.status.code(), Some(2), "{self:?}");
        assert_eq!(self.err.trim_end().lines().count(), 1, "one sentence, not: {}", self.err);
        self.err.trim_end().to_owned()
    }
}

impl Serving {
    pub async fn start(mut command: Command) -> Serving {
        // Nobody reads the log of a long story: a full pipe must not stop the server.
        let mut child = command.stderr(Stdio::inherit()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let (line, out) = blocking("the line that says it is ready", move || {
            let mut line = String::new();
            out.read_line(&mut line).unwrap();
            (line, out)
        })
        .await;
        let origin = line.trim_end().strip_prefix("parvis listening on ").unwrap_or_else(|| panic!("not {line:?}"));
        Serving { child, out: Some(out), api: Api::at(origin) }
    }

    /// Signs a member in with a printed token.
    pub async fn sign_in(&self, site: &str, token: &str) -> Member {
        let session = self.api.post("sessions", json!({"site": site, "token": token.trim()})).await.is(201);
        Member::of(&self.api, &session)
    }

    pub async fn operator_signs_in(&self, site: &str, email: &str, password: &str) -> Operator {
        let form = json!({"site": site, "email": email, "password": password});
        Operator::of(&self.api, &self.api.post("admin/sessions", form).await.is(201))
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL: no time for anything.
    pub fn strike(&self) {
        assert!(Command::new("kill").args(["-KILL", &self.pid().to_string()]).status().unwrap().success());
    }

    /// The same, and waits until it is gone.
    pub async fn kill(mut self) {
        self.child.kill().unwrap();
        self.end().await;
    }

    /// SIGTERM; how it ended.
    pub async fn terminate(&mut self) -> ExitStatus {
        let told = Command::new("kill").args(["-TERM", &self.pid().to_string()]).status().unwrap();
        assert!(told.success());
        self.end().await
    }

    async fn end(&mut self) -> ExitStatus {
        eventually_some("the process's end", || self.child.try_wait().unwrap()).await
    }

    /// What it wrote to its standard output after the first line, once it has ended.
    pub async fn rest_of_output(&mut self) -> String {
        let mut out = self.out.take().unwrap();
        blocking("the output's end", move || {
            let mut rest = String::new();
            out.read_to_string(&mut rest).unwrap();
            rest
        })
        .await
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn blocking<T: Send + 'static>(what: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    within(what, tokio::task::spawn_blocking(work)).await.unwrap()
}

//! Members from a spreadsheet (CSV): what would change is shown before it is done, line by line.

use super::rows::{self, Row};
use crate::app::App;
use crate::audit::{self, Subject};
use crate::members::actions::{self, NewMember};
use crate::members::many::{self, Changed};
use crate::members::store::{self, Member};
use crate::members::{Profile, capacity, populations};
use crate::operators::{Role, SignedInOperator};
use crate::platform::http::{Answer, Code, Problem, ProblemBody, Query};
use crate::platform::language::{asked_language, sentence, speaking_here};
use crate::sites::{Site, SiteId};
use axum::Json;
use axum::extract::{DefaultBodyLimit, State};
use bytes::Bytes;
use domain::members::{Login, derive_login};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

const LARGEST_FILE: usize = 64 * 1024 * 1024;
/// So many errors and changes are told one by one.
const MOST_ERRORS: usize = 200;
const MOST_CHANGES: usize = 100;

/// The routes of this part.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(import_members)).layer(DefaultBodyLimit::max(LARGEST_FILE))
}

/// How.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ImportQuery {
    /// `true`: says what would change, and changes nothing.
    #[serde(default)]
    dry_run: bool,
}

/// What an import changed, or would.
#[derive(Default, Serialize, ToSchema)]
struct Imported {
    /// Lines with a member.
    rows: usize,
    /// Members who are new.
    created: usize,
    /// Members of whom something changed.
    updated: usize,
    /// Members who stay as they are.
    unchanged: usize,
    /// How many lines are left out because something in them is wrong.
    error_count: usize,
    /// What is wrong, the first two hundred.
    errors: Vec<LineError>,
    /// What changes, the first hundred.
    changes: Vec<LineChange>,
}

/// What is wrong with a line.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct LineError {
    /// Its number in the file; the first line has the names of the columns.
    pub line: u64,
    /// In which column.
    pub column: Option<String>,
    /// A sentence.
    pub message: String,
}

/// What a line changes.
#[derive(Serialize, ToSchema)]
struct LineChange {
    /// Its number.
    line: u64,
    /// Whose.
    login: String,
    /// Their name.
    name: String,
    /// `create` or `update`.
    kind: &'static str,
    /// From what to what.
    fields: Vec<FieldChange>,
}

/// A value before and after.
#[derive(Serialize, ToSchema)]
struct FieldChange {
    /// The column.
    field: String,
    /// As it is.
    before: String,
    /// As it will be.
    after: String,
}

/// Takes in members from CSV: a first line with the names of the columns (`external_id`, `login`, `name`, `email`,
/// `avatar_url`, `headline`, `locale`, `populations`, `badges`, `interests`, `offers`, `looks_for`, `contactable`, `chat_enabled`, `password`,
/// `attributes.…`), then one line for each; parted by commas, semicolons or tabs, several values in a cell by `|`. A
/// member is known by `external_id`, else by `login`; the login of a member who is known stays, and so does their
/// password. An empty cell takes a value away; a column that is not there leaves
/// it. Lines with an error are left out, the others are taken in.
#[utoipa::path(post, path = "/admin/members/import", tag = "back-office", security(("operator" = [])), params(ImportQuery),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = Imported), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 413, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn import_members(
    State(app): State<App>,
    me: SignedInOperator,
    Query(asked): Query<ImportQuery>,
    file: Bytes,
) -> Answer<Json<Imported>> {
    me.require(Role::Admin)?;
    let _turn = app.imports.turn(me.site.id)?;
    let known: Vec<String> =
        populations::all(&mut app.db.read().await?, me.site.id).await?.into_iter().map(|p| p.slug).collect();
    // A large file takes seconds: not where everybody's requests are looked after.
    let lang = asked_language();
    let read = tokio::task::spawn_blocking(move || speaking_here(lang, || rows::read(&file, &known))).await;
    let (rows, errors) = read.map_err(|_| Problem::new(Code::Internal))?.map_err(Problem::said)?;
    let mut import = Import {
        app: &app,
        site: &me.site,
        dry: asked.dry_run,
        done: Imported::default(),
        changed: Changed::default(),
        taken: HashSet::new(),
        met: HashSet::new(),
        left: capacity::left(&mut app.db.read().await?, &me.site).await?,
    };
    import.done.rows = rows.len() + errors.iter().map(|error| error.line).collect::<HashSet<u64>>().len();
    errors.into_iter().for_each(|error| import.error(error));
    if asked.dry_run {
        import.take_all(&rows).await?;
        return Ok(Json(import.done));
    }
    let begun = begin(&app, &me, import.done.rows).await?;
    let taken = import.take_all(&rows).await;
    // What was taken in before something failed is there: it is written down and told all the same.
    let Import { done, changed, .. } = import;
    let detail =
        json!({"lines": done.rows, "created": done.created, "updated": done.updated, "errors": done.error_count});
    let mut tx = app.db.write("members_import").await?;
    audit::finish(&mut tx, me.site.id, begun, detail).await?;
    drop(tx.commit().await?);
    changed.tell(&app, &me.site).await?;
    taken?;
    Ok(Json(done))
}

async fn begin(app: &App, me: &SignedInOperator, lines: usize) -> Answer<audit::Begun> {
    let (site, actor) = (me.site.id, me.actor());
    let mut tx = app.db.write("members_import").await?;
    let detail = json!({"lines": lines});
    let begun =
        audit::begin(app, &mut tx, site, &actor, "members.import", &Subject::of("site", site.0), detail).await?;
    drop(tx.commit().await?);
    Ok(begun)
}

/// The sites that take in a file now: one at a time each. Whoever presses twice does not make members twice.
#[derive(Default)]
pub struct Imports(Mutex<HashSet<SiteId>>);

struct Turn<'a> {
    imports: &'a Imports,
    site: SiteId,
}

impl Imports {
    fn turn(&self, site: SiteId) -> Answer<Turn<'_>> {
        if self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(site) {
            return Ok(Turn { imports: self, site });
        }
        Err(Problem::said_with(Code::Busy, "refusal.import.busy"))
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.imports.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.site);
    }
}

struct Import<'a> {
    app: &'a App,
    site: &'a Site,
    dry: bool,
    done: Imported,
    changed: Changed,
    /// Logins and external ids of this file, so that two lines for one member are noticed.
    taken: HashSet<String>,
    /// Members whom an earlier line changes.
    met: HashSet<i64>,
    /// How many more members the site may have.
    left: Option<u64>,
}

impl Import<'_> {
    fn error(&mut self, error: LineError) {
        self.done.error_count += 1;
        if self.done.errors.len() < MOST_ERRORS {
            self.done.errors.push(error);
        }
    }

    fn wrong(&mut self, row: &Row, message: impl Into<String>) {
        self.error(LineError { line: row.line, column: None, message: message.into() });
    }

    async fn take_all(&mut self, rows: &[Row]) -> Answer<()> {
        for chunk in rows.chunks(many::AT_ONCE) {
            self.take(chunk).await?;
        }
        Ok(())
    }

    async fn take(&mut self, rows: &[Row]) -> Answer<()> {
        let known = known(self.app, self.site.id, rows).await?;
        let mut updates: HashMap<i64, &Row> = HashMap::new();
        let mut new = Vec::new();
        for row in rows {
            let known_as = known.of(row);
            let first = known_as.is_none_or(|member| self.met.insert(member.id));
            if !self.taken.insert(row.key()) || !first {
                self.wrong(row, sentence("refusal.import.same").say());
                continue;
            }
            match known_as {
                Some(member) => self.update(row, member, &mut updates),
                None if self.login_is_taken(row, &known) => {
                    self.wrong(row, sentence("refusal.import.login_taken").say())
                }
                None => new.push(row),
            }
        }
        if !self.dry {
            let ids: Vec<i64> = updates.keys().copied().collect();
            let change = |member: &mut Member| updates.get(&member.id).map_or(Ok(()), |row| row.apply(member));
            self.changed.edit(self.app, self.site, &ids, change).await?;
        }
        self.create(new).await
    }

    /// Whether somebody who is not meant has the login that a line gives to a new member: on the site, or in an earlier
    /// line.
    fn login_is_taken(&mut self, row: &Row, known: &Known) -> bool {
        let (Some(login), true) = (row.text("login"), row.text("external_id").is_some()) else { return false };
        let login = login.to_lowercase();
        known.by_login.contains_key(&login) || !self.taken.insert(format!("login {login}"))
    }

    fn update<'r>(&mut self, row: &'r Row, member: &Member, updates: &mut HashMap<i64, &'r Row>) {
        let mut after = member.clone();
        if let Err(problem) = row.apply(&mut after) {
            return self.wrong(row, problem.detail());
        }
        after.populations.sort();
        if after == *member {
            self.done.unchanged += 1;
            return;
        }
        self.done.updated += 1;
        updates.insert(member.id, row);
        let fields = row.differences(member, &after);
        self.tell(row, "update", &after, fields);
    }

    async fn create(&mut self, rows: Vec<&Row>) -> Answer<()> {
        let mut ready = Vec::new();
        for row in rows {
            match self.drafted(row).await {
                Ok(_) if self.left == Some(0) => self.wrong(row, Problem::new(Code::LimitReached).detail()),
                Ok(member) => {
                    self.left = self.left.map(|left| left - 1);
                    ready.push((row, member));
                }
                Err(problem) => self.refused(row, problem)?,
            }
        }
        if self.dry {
            ready.iter().for_each(|(row, member)| self.created(row, member));
            return Ok(());
        }
        let all = ready.iter().map(|(row, member)| new_member(row, member)).collect::<Answer<_>>()?;
        if let Ok(made) = many::create(self.app, self.site, all, None).await {
            return self.keep(&ready, &made).await;
        }
        // One of them can't be: which, is told by its line.
        for one in ready {
            match actions::create(self.app, self.site, new_member(one.0, &one.1)?, None).await {
                Ok(made) => self.keep(&[one], &[made]).await?,
                Err(problem) => self.refused(one.0, problem)?,
            }
        }
        Ok(())
    }

    fn created(&mut self, row: &Row, member: &Member) {
        self.done.created += 1;
        self.tell(row, "create", member, Vec::new());
    }

    fn refused(&mut self, row: &Row, problem: Problem) -> Answer<()> {
        if problem.code == Code::Internal {
            return Err(problem);
        }
        self.wrong(row, problem.detail());
        Ok(())
    }

    /// These were made; some are shut out of the chat at once.
    async fn keep(&mut self, rows: &[(&Row, Member)], made: &[Arc<Member>]) -> Answer<()> {
        rows.iter().zip(made).for_each(|((row, _), member)| self.created(row, member));
        let both = rows.iter().zip(made);
        let out: Vec<i64> = both.filter(|((_, draft), _)| !draft.chat_enabled).map(|(_, made)| made.id).collect();
        let shut = |made: &mut Member| {
            made.chat_enabled = false;
            Ok(())
        };
        self.changed.edit(self.app, self.site, &out, shut).await
    }

    /// The member that a line makes.
    async fn drafted(&mut self, row: &Row) -> Answer<Member> {
        let login = match row.text("login") {
            Some(login) => parse_login(login)?,
            None => self.free_login(row).await?,
        };
        let name = row.text("name").unwrap_or(login.as_str()).to_owned();
        let mut member = Member {
            id: 0,
            site: self.site.id,
            external_id: row.text("external_id").unwrap_or(login.as_str()).to_owned(),
            login: login.as_str().to_owned(),
            profile: Profile::named(&name),
            populations: Vec::new(),
            attributes: Default::default(),
            chat_enabled: true,
            class: 0,
        };
        row.apply(&mut member)?;
        Ok(member)
    }

    /// A login nobody has, like their name.
    async fn free_login(&mut self, row: &Row) -> Answer<Login> {
        let given = row.text("name").or(row.text("external_id")).unwrap_or("member").to_owned();
        let mut taken: Vec<String> = Vec::new();
        loop {
            let login = derive_login(&given, |key| {
                taken.iter().any(|known| known == key) || self.taken.contains(&format!("login {key}"))
            });
            if store::by_login(&mut self.app.db.read().await?, self.site.id, login.as_str()).await?.is_none() {
                self.taken.insert(format!("login {}", login.key()));
                return Ok(login);
            }
            taken.push(login.key());
        }
    }

    fn tell(&mut self, row: &Row, kind: &'static str, member: &Member, fields: Vec<(String, String, String)>) {
        if self.done.changes.len() < MOST_CHANGES {
            let fields = fields.into_iter().map(|(field, before, after)| FieldChange { field, before, after });
            let (login, name) = (member.login.clone(), member.profile.name.clone());
            self.done.changes.push(LineChange { line: row.line, login, name, kind, fields: fields.collect() });
        }
    }
}

fn parse_login(text: &str) -> Answer<Login> {
    Login::parse(text).ok_or_else(|| Problem::said("refusal.member.login"))
}

fn new_member(row: &Row, draft: &Member) -> Answer<NewMember> {
    Ok(NewMember {
        external_id: Some(draft.external_id.clone()),
        login: parse_login(&draft.login)?,
        profile: draft.profile.clone(),
        populations: draft.populations.clone(),
        attributes: draft.attributes.clone(),
        password: row.text("password").map(str::to_owned),
    })
}

/// The members that lines speak of.
struct Known {
    by_external_id: HashMap<String, Member>,
    by_login: HashMap<String, Member>,
}

impl Known {
    fn of(&self, row: &Row) -> Option<&Member> {
        match row.text("external_id") {
            Some(id) => self.by_external_id.get(id),
            None => self.by_login.get(&row.text("login")?.to_lowercase()),
        }
    }
}

async fn known(app: &App, site: SiteId, rows: &[Row]) -> Answer<Known> {
    let mut reader = app.db.read().await?;
    let external: Vec<String> = rows.iter().filter_map(|row| Some(row.text("external_id")?.to_owned())).collect();
    let logins: Vec<String> = rows.iter().filter_map(|row| Some(row.text("login")?.to_lowercase())).collect();
    let by_external_id = store::by_external_ids(&mut reader, site, &external).await?;
    let by_login = store::by_login_keys(&mut reader, site, &logins).await?;
    Ok(Known {
        by_external_id: by_external_id.into_iter().map(|member| (member.external_id.clone(), member)).collect(),
        by_login: by_login.into_iter().map(|member| (member.login.to_lowercase(), member)).collect(),
    })
}

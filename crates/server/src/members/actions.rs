//! What changes members and their sessions.

use super::claims::{self, Claims, Interests};
use super::sessions::Session;
use super::store::{self, Attributes, Member, Profile};
use super::{accounts, capacity, classes, many, populations, presence};
use crate::app::App;
use crate::audit::{self, Actor, Subject};
use crate::platform::clock::Millis;
use crate::platform::db::Tx;
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::live::Person;
use crate::sites::{Accounts, Site};
use domain::members::{Login, clean_headline, clean_interests, clean_label, clean_name, clean_themes, derive_login};
use domain::suggestions::MOST_OFFERED;
use serde_json::json;
use std::sync::Arc;

/// How long a website's vouching lasts.
const TOKEN_SESSION: Millis = 24 * 60 * 60 * 1_000;
/// How long a sign-in with a password lasts.
const PASSWORD_SESSION: Millis = 30 * 24 * 60 * 60 * 1_000;

/// A new session with its access token.
pub struct SignedIn {
    /// Told once.
    pub access_token: String,
    /// The session.
    pub session: Session,
    /// Who.
    pub member: Arc<Member>,
}

/// Signs in a member for whom the website vouches; the first sight of a `sub` makes the member.
pub async fn sign_in_with_token(app: &App, site: &Site, token: &str) -> Answer<SignedIn> {
    let claims = claims::check(app, site, token).await?;
    let _order = app.order(site.id.0).await;
    let mut tx = app.db.write("sign_in").await?;
    let (member, change) = match store::by_external_id(&mut tx, site.id, &claims.sub).await? {
        Some(known) => renew(app, &mut tx, known, &claims).await?,
        None => (admit(app, &mut tx, site, &claims).await?, Change::New),
    };
    let now = app.clock.now();
    let (access_token, session) =
        app.sessions.open(&mut tx, Person::Member(member.id), site.id, now, TOKEN_SESSION).await?;
    let committed = tx.commit().await?;
    app.sessions.remember(session);
    let member = Arc::new(member);
    if !matches!(change, Change::Nothing) {
        app.members.changed(member.clone());
    }
    if let Change::Profile(known) = change {
        presence::tell_profile(app, &known, &member).await?;
    }
    drop(committed);
    Ok(SignedIn { access_token, session, member })
}

/// Signs in with a built-in account.
pub async fn sign_in_with_password(app: &App, site: &Site, login: &str, password: String) -> Answer<SignedIn> {
    if site.settings.accounts != Accounts::Password {
        return Err(Problem::new(Code::Unauthorized));
    }
    let found = store::password_of(&mut app.db.read().await?, site.id, login).await?;
    let (id, hash) = found.map_or((None, None), |(id, hash)| (Some(id), Some(hash)));
    if !accounts::verify_password(app, password, hash).await? {
        return Err(Problem::new(Code::Unauthorized));
    }
    let id = id.ok_or_else(|| Problem::new(Code::Unauthorized))?;
    let member = app.members.get(&app.db, site.id, id).await?.ok_or_else(|| Problem::new(Code::Unauthorized))?;
    let mut tx = app.db.write("sign_in").await?;
    let now = app.clock.now();
    let (access_token, session) =
        app.sessions.open(&mut tx, Person::Member(id), site.id, now, PASSWORD_SESSION).await?;
    drop(tx.commit().await?);
    app.sessions.remember(session);
    Ok(SignedIn { access_token, session, member })
}

enum Change {
    Nothing,
    New,
    /// From this.
    Profile(Box<Member>),
}

async fn renew(app: &App, tx: &mut Tx, known: Member, claims: &Claims) -> Answer<(Member, Change)> {
    let mut member = known.clone();
    apply(&mut member, claims)?;
    if let Some(login) = &claims.login
        && login.to_lowercase() != known.login.to_lowercase()
        && store::by_login(tx, known.site, login).await?.is_some()
    {
        // The website gave somebody else's login: they keep the one they had.
        member.login = known.login.clone();
    }
    if let Some(slugs) = &claims.populations {
        member.populations = populations::known(&mut *tx, known.site, slugs).await?;
    }
    if member == known {
        return Ok((member, Change::Nothing));
    }
    classes::classify(app, tx, &mut member, Some(known.class)).await?;
    store::update(tx, &known, &member).await?;
    app.webhooks.member_updated(app, tx, &member).await?;
    Ok((member, Change::Profile(Box::new(known))))
}

async fn admit(app: &App, tx: &mut Tx, site: &Site, claims: &Claims) -> Answer<Member> {
    capacity::check(&mut *tx, site, 1).await?;
    let wanted = claims.login.as_deref().map(login_claim).transpose()?;
    let login = match wanted {
        Some(login) if store::by_login(tx, site.id, login.as_str()).await?.is_none() => login,
        wanted => {
            let given = wanted.as_ref().map(Login::as_str).or(claims.name.as_deref()).unwrap_or(&claims.sub);
            free_login(tx, site, given).await?
        }
    };
    let mut member = Member {
        id: app.ids.next(&app.clock),
        site: site.id,
        external_id: claims.sub.clone(),
        login: login.as_str().to_owned(),
        profile: Profile::named(login.as_str()),
        populations: Vec::new(),
        attributes: Attributes::new(),
        chat_enabled: true,
        class: 0,
    };
    apply(&mut member, claims)?;
    member.login = login.as_str().to_owned();
    if let Some(slugs) = &claims.populations {
        member.populations = populations::known(&mut *tx, site.id, slugs).await?;
    }
    classes::classify(app, tx, &mut member, None).await?;
    store::insert(tx, &member, app.clock.now()).await?;
    app.webhooks.member_created(app, tx, &member).await?;
    Ok(member)
}

/// A login nobody has, like the one given.
async fn free_login(tx: &mut Tx, site: &Site, given: &str) -> Answer<Login> {
    let mut taken: Vec<String> = Vec::new();
    loop {
        let login = derive_login(given, |key| taken.iter().any(|t| t == key));
        if store::by_login(tx, site.id, login.as_str()).await?.is_none() {
            return Ok(login);
        }
        taken.push(login.key());
    }
}

fn login_claim(text: &str) -> Answer<Login> {
    Login::parse(text).ok_or_else(|| Problem::said("refusal.member.login"))
}

/// What the claims name replaces what was there.
fn apply(member: &mut Member, claims: &Claims) -> Answer<()> {
    if let Some(login) = &claims.login {
        member.login = login_claim(login)?.as_str().to_owned();
    }
    let profile = &mut member.profile;
    if let Some(name) = &claims.name {
        profile.name = clean_name(name).ok_or_else(|| Problem::said("refusal.member.name"))?;
    }
    if let Some(email) = &claims.email {
        profile.email = optional(email, email_address, "refusal.member.email")?;
    }
    if let Some(url) = &claims.avatar_url {
        profile.avatar_url = optional(url, picture_address, "refusal.member.avatar_url")?;
    }
    if let Some(headline) = &claims.headline {
        profile.headline = optional(headline, clean_headline, "refusal.member.headline")?;
    }
    if let Some(locale) = &claims.locale {
        profile.locale = optional(locale, language_tag, "refusal.member.locale")?;
    }
    if let Some(badges) = &claims.badges {
        profile.badges = clean_badges(badges)?;
    }
    if let Some(interests) = &claims.interests {
        profile.interests = interests_of(interests)?;
    }
    apply_themes(profile, claims.offers.as_deref(), claims.looks_for.as_deref())?;
    if let Some(attributes) = &claims.attributes {
        member.attributes = attributes.clean()?;
    }
    Ok(())
}

/// An empty text takes the value away.
pub(super) fn optional(
    given: &str,
    clean: fn(&str) -> Option<String>,
    refusal: &'static str,
) -> Answer<Option<String>> {
    if given.trim().is_empty() {
        return Ok(None);
    }
    clean(given).map(Some).ok_or_else(|| Problem::said(refusal))
}

pub(super) fn clean_badges(badges: &[String]) -> Answer<Vec<String>> {
    let clean: Option<Vec<String>> = badges.iter().map(|b| clean_label(b)).collect();
    clean.filter(|b| b.len() <= 20).ok_or_else(|| Problem::said("refusal.member.badges"))
}

pub(super) fn interests_of(interests: &Interests) -> Answer<Vec<(String, f64)>> {
    clean_interests(interests.pairs()).ok_or_else(|| Problem::said("refusal.member.interests"))
}

/// What is given of the two replaces what was there.
pub(super) fn apply_themes(
    profile: &mut Profile,
    offers: Option<&[String]>,
    looks_for: Option<&[String]>,
) -> Answer<()> {
    for (name, given, kept) in
        [("offers", offers, &mut profile.offers), ("looks_for", looks_for, &mut profile.looks_for)]
    {
        let Some(given) = given else { continue };
        let refused = || Problem::invalid(format!("{name}: at most {MOST_OFFERED} themes of at most 80 characters"));
        *kept = clean_themes(given).ok_or_else(refused)?;
    }
    Ok(())
}

pub(super) fn email_address(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    let plain = text.len() <= 254 && !text.chars().any(|c| c.is_control() || c.is_whitespace());
    (plain && !local.is_empty() && !domain.is_empty()).then(|| text.to_owned())
}

pub(super) fn picture_address(text: &str) -> Option<String> {
    let text = text.trim();
    let known = text.starts_with("https://")
        || text.starts_with("http://")
        || (text.starts_with('/') && !text.starts_with("//"));
    (known && text.len() <= 2_000 && !text.chars().any(|c| c.is_control() || c.is_whitespace()))
        .then(|| text.to_owned())
}

pub(super) fn language_tag(text: &str) -> Option<String> {
    let text = text.trim();
    let plain = (2..=35).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    plain.then(|| text.to_owned())
}

/// What a member changes of their own profile.
#[derive(Default)]
pub struct ProfileChange {
    /// Whether those who don't know one may write first.
    pub contactable: Option<bool>,
    /// The language; an empty text takes it away.
    pub locale: Option<String>,
    /// The headline; an empty text takes it away.
    pub headline: Option<String>,
    /// The themes.
    pub interests: Option<Interests>,
    /// Themes one offers something in.
    pub offers: Option<Vec<String>>,
    /// Themes in which one looks for somebody.
    pub looks_for: Option<Vec<String>>,
}

/// Changes one's own profile; everybody who may see it is told.
pub async fn change_profile(app: &App, member: &Member, change: ProfileChange) -> Answer<Arc<Member>> {
    edit(app, member, None, |changed| {
        let profile = &mut changed.profile;
        if let Some(contactable) = change.contactable {
            profile.contactable = contactable;
        }
        if let Some(locale) = &change.locale {
            profile.locale = optional(locale, language_tag, "refusal.member.locale")?;
        }
        if let Some(headline) = &change.headline {
            profile.headline = optional(headline, clean_headline, "refusal.member.headline")?;
        }
        if let Some(interests) = &change.interests {
            profile.interests = interests_of(interests)?;
        }
        apply_themes(profile, change.offers.as_deref(), change.looks_for.as_deref())?;
        Ok(())
    })
    .await
}

/// Changes a member as they are now, and tells; it is written down who did, if it was not they themselves.
pub(crate) async fn edit(
    app: &App,
    member: &Member,
    by: Option<&Actor>,
    change: impl FnOnce(&mut Member) -> Answer<()>,
) -> Answer<Arc<Member>> {
    // Each change starts from the one before it, and is told after it.
    let _order = app.order(member.site.0).await;
    let mut tx = app.db.write("member_edit").await?;
    let known = store::by_ids(&mut tx, member.site, &[member.id]).await?.pop().ok_or_else(Problem::not_found)?;
    let mut changed = known.clone();
    change(&mut changed)?;
    changed.populations = populations::known(&mut tx, member.site, &changed.populations).await?;
    if changed == known {
        return Ok(Arc::new(known));
    }
    classes::classify(app, &mut tx, &mut changed, Some(known.class)).await?;
    store::update(&mut tx, &known, &changed).await?;
    if let Some(by) = by {
        let (subject, detail) = (Subject::of("member", member.id), json!({"changed": differences(&known, &changed)}));
        audit::write(app, &mut tx, member.site, by, "member.change", &subject, detail).await?;
    }
    app.webhooks.member_updated(app, &mut tx, &changed).await?;
    let committed = tx.commit().await?;
    let changed = Arc::new(changed);
    app.members.changed(changed.clone());
    presence::tell_profile(app, &known, &changed).await?;
    drop(committed);
    if known.chat_enabled && !changed.chat_enabled {
        app.hub.close_person(Person::Member(changed.id));
    }
    Ok(changed)
}

/// A member made by the organizers or an import.
pub struct NewMember {
    /// The website's id of them; their login if it has none.
    pub external_id: Option<String>,
    /// What follows `@`.
    pub login: Login,
    /// What others see.
    pub profile: Profile,
    /// Slugs of populations.
    pub populations: Vec<String>,
    /// What the website declares, for segments.
    pub attributes: Attributes,
    /// For built-in accounts.
    pub password: Option<String>,
}

/// Makes a member; it is written down who did, if somebody did.
pub async fn create(app: &App, site: &Site, new: NewMember, by: Option<&Actor>) -> Answer<Arc<Member>> {
    many::create(app, site, vec![new], by).await?.pop().ok_or_else(Problem::not_found)
}

pub(super) async fn add(app: &App, tx: &mut Tx, site: &Site, new: NewMember) -> Answer<Member> {
    if store::by_login(tx, site.id, new.login.as_str()).await?.is_some() {
        return Err(Problem::with(Code::Conflict, "login: taken"));
    }
    let external_id = new.external_id.unwrap_or_else(|| new.login.as_str().to_owned());
    if !claims::is_external_id(&external_id) {
        return Err(Problem::invalid("external_id: 1 to 255 bytes without control characters"));
    }
    if store::by_external_id(tx, site.id, &external_id).await?.is_some() {
        return Err(Problem::with(Code::Conflict, "external_id: taken"));
    }
    let mut member = Member {
        id: app.ids.next(&app.clock),
        site: site.id,
        external_id,
        login: new.login.as_str().to_owned(),
        profile: new.profile,
        populations: populations::known(&mut *tx, site.id, &new.populations).await?,
        attributes: new.attributes,
        chat_enabled: true,
        class: 0,
    };
    classes::classify(app, tx, &mut member, None).await?;
    store::insert(tx, &member, app.clock.now()).await?;
    app.webhooks.member_created(app, tx, &member).await?;
    Ok(member)
}

/// Which fields of theirs are others than before.
fn differences(before: &Member, after: &Member) -> Vec<&'static str> {
    let (was, is) = (&before.profile, &after.profile);
    let all = [
        ("name", was.name != is.name),
        ("email", was.email != is.email),
        ("avatar_url", was.avatar_url != is.avatar_url),
        ("headline", was.headline != is.headline),
        ("locale", was.locale != is.locale),
        ("badges", was.badges != is.badges),
        ("interests", was.interests != is.interests),
        ("contactable", was.contactable != is.contactable),
        ("populations", before.populations != after.populations),
        ("attributes", before.attributes != after.attributes),
        ("chat_enabled", before.chat_enabled != after.chat_enabled),
    ];
    all.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}

/// Gives a built-in account another password; its sessions end everywhere.
pub async fn set_password(app: &App, member: &Member, hash: &str, by: &Actor) -> Answer<()> {
    let mut tx = app.db.write("member_password").await?;
    store::set_password(&mut tx, member, hash).await?;
    let subject = Subject::of("member", member.id);
    audit::write(app, &mut tx, member.site, by, "member.password", &subject, json!({})).await?;
    drop(tx.commit().await?);
    app.sessions.end_all(app, member.site, Person::Member(member.id)).await
}

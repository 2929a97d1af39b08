use crate::platform::db::DbError;
use crate::platform::language::{Lang, Sentence, asked_language, sentence};
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::messages::{BodyError, MAX_CHARACTERS};
use domain::rules::Denial;
use serde::Serialize;
use utoipa::ToSchema;

/// What went wrong, as programs see it. Codes are stable; the sentences are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// 400: not JSON, or not what HTTP asks for.
    BadRequest,
    /// 401: no token, a bad one, an ended one, or one of the wrong kind.
    Unauthorized,
    /// 401: the password is right; a code of the second factor is needed too.
    TotpRequired,
    /// 401: the code is not right, or was used already.
    TotpInvalid,
    /// 403: the page's origin is not on the site's list.
    OriginRefused,
    /// 403: the site's contact rules do not allow it.
    RuleDenied,
    /// 403: the member does not wish to be contacted.
    NotContactable,
    /// 403: the caller has blocked this member.
    BlockedByYou,
    /// 403: the site has switched this off, for everybody or for the caller.
    FeatureOff,
    /// 403: it can be read, not written to.
    ReadOnly,
    /// 403: the room is closed at this hour.
    RoomClosed,
    /// 403: a moderator or the organizers muted the caller.
    Muted,
    /// 403: a moderator or the organizers banned the caller.
    Banned,
    /// 403: the site has as many of these as it may have.
    LimitReached,
    /// 404: it does not exist, or the caller may not see it.
    NotFound,
    /// 405: not with this method.
    MethodNotAllowed,
    /// 409: it contradicts what exists.
    Conflict,
    /// 409: something of the kind is under way.
    Busy,
    /// 413: too large.
    TooLarge,
    /// 415: not `application/json`.
    UnsupportedMediaType,
    /// 422: an unknown field or a bad value, which `detail` names.
    Invalid,
    /// 422: the site's content policy or the form of a message refuses the text.
    ContentRejected,
    /// 422: a whisper that can't be sent; `logins` says which of those addressed are the reason.
    WhisperRefused,
    /// 429: too often; `Retry-After` says how many seconds to wait.
    RateLimited,
    /// 500: our fault; the log says more.
    Internal,
    /// 503: the server is stopping or overloaded; try again.
    Unavailable,
    /// 507: the disk is full; nothing was stored.
    StorageFull,
}

impl Code {
    /// Its own sentence, where nothing more precise is said.
    fn sentence(self) -> Sentence {
        sentence(match self {
            Code::BadRequest => "refusal.bad_request",
            Code::Unauthorized => "refusal.unauthorized",
            Code::TotpRequired => "refusal.totp_required",
            Code::TotpInvalid => "refusal.totp_invalid",
            Code::OriginRefused => "refusal.origin_refused",
            Code::RuleDenied => "refusal.rule_denied",
            Code::NotContactable => "refusal.not_contactable",
            Code::BlockedByYou => "refusal.blocked_by_you",
            Code::FeatureOff => "refusal.feature_off",
            Code::ReadOnly => "refusal.read_only",
            Code::RoomClosed => "refusal.room_closed",
            Code::Muted => "refusal.muted",
            Code::Banned => "refusal.banned",
            Code::LimitReached => "refusal.limit_reached",
            Code::NotFound => "refusal.not_found",
            Code::MethodNotAllowed => "refusal.method_not_allowed",
            Code::Conflict => "refusal.conflict",
            Code::Busy => "refusal.busy",
            Code::TooLarge => "refusal.too_large",
            Code::UnsupportedMediaType => "refusal.unsupported_media_type",
            Code::Invalid => "refusal.invalid",
            Code::ContentRejected => "refusal.content_rejected",
            Code::WhisperRefused => "refusal.whisper_refused",
            Code::RateLimited => "refusal.rate_limited",
            Code::Internal => "refusal.internal",
            Code::Unavailable => "refusal.unavailable",
            Code::StorageFull => "refusal.storage_full",
        })
    }
}

/// An answer that says no: RFC 9457, with a stable `code`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The stable code.
    pub code: Code,
    /// More precise than the code's own sentence; for developers, in English.
    detail: Option<String>,
    /// Seconds to wait, for [`Code::RateLimited`].
    retry_after: Option<u64>,
    /// Whom it concerns.
    concerns: Option<Box<Concerned>>,
}

/// Whom a problem concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Concerned {
    Logins(Vec<String>),
    Members(Vec<String>),
}

/// A problem on the wire (`application/problem+json`).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// `about:blank`: the code says it all.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The status in words.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// One sentence for people, in their language.
    pub detail: String,
    /// The stable code for programs.
    pub code: Code,
    /// Seconds to wait before trying again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// The logins that can't be whispered to, as they were typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logins: Option<Vec<String>>,
    /// The ids of the members whom it concerns, if not all that were named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<String>>,
}

impl Problem {
    /// A problem with its code's own sentence.
    pub fn new(code: Code) -> Problem {
        Problem { code, detail: None, retry_after: None, concerns: None }
    }

    /// What was asked for is not there, or not for the caller.
    pub fn not_found() -> Problem {
        Problem::new(Code::NotFound)
    }

    /// A bad value or an unknown field; the sentence names it.
    pub fn invalid(detail: impl Into<String>) -> Problem {
        Problem { detail: Some(detail.into()), ..Problem::new(Code::Invalid) }
    }

    /// Anything with a sentence of its own.
    pub fn with(code: Code, detail: impl Into<String>) -> Problem {
        Problem { detail: Some(detail.into()), ..Problem::new(code) }
    }

    /// A bad value, in a sentence that people read: its key in `i18n`.
    pub fn said(what: impl Into<Sentence>) -> Problem {
        Problem::said_with(Code::Invalid, what)
    }

    /// Anything with a sentence that people read.
    pub fn said_with(code: Code, what: impl Into<Sentence>) -> Problem {
        Problem::with(code, what.into().say())
    }

    /// Too often; wait this many seconds.
    pub fn rate_limited(seconds: u64) -> Problem {
        Problem { retry_after: Some(seconds.max(1)), ..Problem::new(Code::RateLimited) }
    }

    /// A whisper that can't be sent, because of these.
    pub fn whisper_refused(why: impl Into<Sentence>, logins: Vec<String>) -> Problem {
        let concerns = Some(Box::new(Concerned::Logins(logins)));
        Problem { concerns, ..Problem::said_with(Code::WhisperRefused, why) }
    }

    /// To be tried again in so many seconds.
    pub fn after(self, seconds: u64) -> Problem {
        Problem { retry_after: Some(seconds.max(1)), ..self }
    }

    /// It concerns these members.
    pub fn about(self, members: Vec<String>) -> Problem {
        Problem { concerns: Some(Box::new(Concerned::Members(members))), ..self }
    }

    /// What people read of it.
    pub fn detail(&self) -> String {
        self.body(asked_language()).detail
    }

    /// As it goes out, in a language.
    pub fn body(&self, lang: Lang) -> ProblemBody {
        let status = self.status();
        ProblemBody {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: self.detail.clone().unwrap_or_else(|| self.code.sentence().say_in(lang)),
            code: self.code,
            retry_after: self.retry_after,
            logins: match self.concerns.as_deref() {
                Some(Concerned::Logins(logins)) => Some(logins.clone()),
                _ => None,
            },
            members: match self.concerns.as_deref() {
                Some(Concerned::Members(members)) => Some(members.clone()),
                _ => None,
            },
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        match self.code {
            Code::BadRequest => StatusCode::BAD_REQUEST,
            Code::Unauthorized | Code::TotpRequired | Code::TotpInvalid => StatusCode::UNAUTHORIZED,
            Code::OriginRefused
            | Code::RuleDenied
            | Code::NotContactable
            | Code::BlockedByYou
            | Code::FeatureOff
            | Code::ReadOnly
            | Code::RoomClosed
            | Code::Muted
            | Code::Banned
            | Code::LimitReached => StatusCode::FORBIDDEN,
            Code::NotFound => StatusCode::NOT_FOUND,
            Code::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Code::Conflict | Code::Busy => StatusCode::CONFLICT,
            Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Code::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Code::Invalid | Code::ContentRejected | Code::WhisperRefused => StatusCode::UNPROCESSABLE_ENTITY,
            Code::RateLimited => StatusCode::TOO_MANY_REQUESTS,
            Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Code::StorageFull => StatusCode::INSUFFICIENT_STORAGE,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status(), Json(self.body(asked_language()))).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Problem {
        match error {
            DbError::Full => Problem::new(Code::StorageFull),
            DbError::Taken => Problem::new(Code::Conflict),
            error => {
                tracing::error!(%error, "a query failed");
                Problem::new(Code::Internal)
            }
        }
    }
}

impl From<Denial> for Problem {
    fn from(denial: Denial) -> Problem {
        Problem::new(match denial {
            Denial::FeatureOff | Denial::YouAreDisabled => Code::FeatureOff,
            Denial::NotThere | Denial::NotSeen => Code::NotFound,
            Denial::RuleDenied => Code::RuleDenied,
            Denial::NotContactable => Code::NotContactable,
            Denial::BlockedByYou => Code::BlockedByYou,
        })
    }
}

impl From<BodyError> for Problem {
    fn from(error: BodyError) -> Problem {
        let why = match error {
            BodyError::Empty => sentence("refusal.message.empty"),
            BodyError::TooLong => sentence("refusal.message.too_long").with("most", MAX_CHARACTERS),
            BodyError::Control(at) => sentence("refusal.message.control").with("at", at),
        };
        Problem::said_with(Code::ContentRejected, why)
    }
}

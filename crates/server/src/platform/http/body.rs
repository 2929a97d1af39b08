use super::{Code, Problem};
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Json, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

/// Bodies that may be left out say little.
const MOST_OPTIONAL: usize = 4_096;

/// A JSON body; what is wrong with it is answered as a problem that names the field.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Body<T>, Problem> {
        let raw = match Json::<Box<RawValue>>::from_request(request, state).await {
            Ok(Json(raw)) => raw,
            Err(JsonRejection::JsonSyntaxError(error)) => return Err(Problem::with(Code::BadRequest, cause(&error))),
            Err(JsonRejection::MissingJsonContentType(_)) => return Err(Problem::new(Code::UnsupportedMediaType)),
            Err(other) if other.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => {
                return Err(Problem::new(Code::TooLarge));
            }
            Err(_) => return Err(Problem::new(Code::BadRequest)),
        };
        Json::<T>::from_bytes(raw.get().as_bytes()).map(|Json(value)| Body(value)).map_err(|error| {
            // A reader that expects one shape calls some others no JSON at all.
            let is_json = serde_json::from_str::<serde_json::Value>(raw.get()).is_ok();
            Problem::with(if is_json { Code::Invalid } else { Code::BadRequest }, cause(&error))
        })
    }
}

/// A JSON body that may be left out: then it is the default.
pub struct MaybeBody<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Default> FromRequest<S> for MaybeBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<MaybeBody<T>, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = axum::body::to_bytes(body, MOST_OPTIONAL).await.map_err(|_| Problem::new(Code::TooLarge))?;
        if bytes.is_empty() {
            return Ok(MaybeBody(T::default()));
        }
        // A list without anything in it would pass for an object without any field.
        if serde_json::from_slice::<Vec<serde::de::IgnoredAny>>(&bytes).is_ok() {
            return Err(Problem::invalid("the body is an object"));
        }
        let Body(value) = Body::from_request(Request::from_parts(parts, bytes.into()), state).await?;
        Ok(MaybeBody(value))
    }
}

/// A query string, the same way.
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Query<T>, Problem> {
        match axum::extract::Query::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Query(value)) => Ok(Query(value)),
            Err(QueryRejection::FailedToDeserializeQueryString(error)) => Err(Problem::invalid(cause(&error))),
            Err(_) => Err(Problem::new(Code::BadRequest)),
        }
    }
}

/// The parts of a path that vary; what is no text is answered as a problem.
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Path<T>, Problem> {
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Path(value)),
            Err(_) => Err(Problem::new(Code::BadRequest)),
        }
    }
}

/// The innermost sentence of an error: the one that names the field.
fn cause(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(deeper) = innermost.source() {
        innermost = deeper;
    }
    innermost.to_string()
}

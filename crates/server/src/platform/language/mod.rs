//! What the server says to people, in the languages of `i18n/`, each in that of whoever asks.

mod lang;
mod request;
mod sentence;

pub use lang::Lang;
pub use request::{OwnWords, current as asked_language, in_language, speak, speaking, speaking_here};
pub use sentence::{Sentence, sentence};

//! The one place of this crate that draws.

/// Bytes nobody can guess.
///
/// # Panics
/// If the operating system has no randomness to give, nothing here can be safe.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(clippy::disallowed_methods, clippy::expect_used, reason = "where the crate draws; see Panics")]
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}

use super::search::fold;

/// The longest login.
pub const MAX_LOGIN: usize = 64;

/// What follows `@`: letters, digits, `.`, `_` and `-`, starting and ending with a letter or digit.
/// Logins are unique on a site whatever their case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login(String);

impl Login {
    /// The login, if `text` is one.
    pub fn parse(text: &str) -> Option<Login> {
        let fits = !text.is_empty() && text.chars().count() <= MAX_LOGIN;
        let ends = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let allowed = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
        (fits && allowed && ends(text.chars().next()) && ends(text.chars().next_back())).then(|| Login(text.to_owned()))
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it is compared.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

/// A login made from whatever the website gave (a name, else its own id of the member).
///
/// `taken` tells whether a key is in use; a number is added until it is not.
pub fn derive_login(source: &str, mut taken: impl FnMut(&str) -> bool) -> Login {
    let mut base: String = fold(source).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '.' }).collect();
    while base.contains("..") {
        base = base.replace("..", ".");
    }
    base = base.trim_matches('.').chars().take(40).collect();
    let base = match base.trim_matches('.') {
        "" => "member".to_owned(),
        base => base.to_owned(),
    };
    let mut candidate = base.clone();
    let mut number = 1;
    while taken(&candidate) {
        number += 1;
        candidate = format!("{base}{number}");
    }
    Login(candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_are_plain_words() {
        for good in ["kevin", "Zoé_92", "a.b-c", "李雷", "_x"] {
            assert!(Login::parse(good).is_some(), "{good}");
        }
        for bad in ["", "a b", "@kevin", ".a", "a.", "a,b", "a\u{200B}b", &"x".repeat(65)] {
            assert!(Login::parse(bad).is_none(), "{bad:?}");
        }
        assert_eq!(Login::parse("KéVin").map(|l| l.key()).as_deref(), Some("kévin"));
    }

    #[test]
    fn a_login_is_derived_from_a_name() {
        assert_eq!(derive_login("Zoé d'Aubigné", |_| false).as_str(), "zoe.d.aubigne");
        assert_eq!(derive_login("!!!", |_| false).as_str(), "member");
        assert_eq!(derive_login("kevin", |k| k == "kevin" || k == "kevin2").as_str(), "kevin3");
    }
}

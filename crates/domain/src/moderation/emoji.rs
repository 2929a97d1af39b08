/// Asks for the coloured, pictorial form of the sign before it.
const AS_PICTURE: char = '\u{FE0F}';
/// Makes a keycap of the sign before it.
const KEYCAP: char = '\u{20E3}';

/// Whether a text holds an emoji: a sign that is a picture by itself (faces, flags, skin tones and the sequences made
/// of them), or one that is asked to be a picture. Digits, `#`, ©, ™, ✓, arrows and the like are text unless they are
/// asked to be pictures.
pub fn has_emoji(text: &str) -> bool {
    let mut before = None;
    for c in text.chars() {
        let asked = c == AS_PICTURE && before.is_some_and(can_be_picture);
        if asked || c == KEYCAP || is_picture(c) {
            return true;
        }
        before = Some(c);
    }
    false
}

/// Letters have no other form, but for a few in frames.
fn can_be_picture(c: char) -> bool {
    matches!(c, 'ℹ' | 'Ⓜ') || !(c.is_alphabetic() || c.is_whitespace() || super::shown::is_invisible(c))
}

/// Pictures by themselves (Unicode's `Emoji_Presentation`; beyond U+1F000 also the pictographs next to them).
fn is_picture(c: char) -> bool {
    matches!(c,
        '\u{231A}'..='\u{231B}' | '\u{23E9}'..='\u{23EC}' | '\u{23F0}' | '\u{23F3}' | '\u{25FD}'..='\u{25FE}'
        | '\u{2614}'..='\u{2615}' | '\u{2648}'..='\u{2653}' | '\u{267F}' | '\u{2693}' | '\u{26A1}'
        | '\u{26AA}'..='\u{26AB}' | '\u{26BD}'..='\u{26BE}' | '\u{26C4}'..='\u{26C5}' | '\u{26CE}' | '\u{26D4}'
        | '\u{26EA}' | '\u{26F2}'..='\u{26F3}' | '\u{26F5}' | '\u{26FA}' | '\u{26FD}' | '\u{2705}'
        | '\u{270A}'..='\u{270B}' | '\u{2728}' | '\u{274C}' | '\u{274E}' | '\u{2753}'..='\u{2755}' | '\u{2757}'
        | '\u{2795}'..='\u{2797}' | '\u{27B0}' | '\u{27BF}' | '\u{2B1B}'..='\u{2B1C}' | '\u{2B50}' | '\u{2B55}'
        | '\u{1F004}' | '\u{1F0CF}' | '\u{1F170}'..='\u{1F171}' | '\u{1F17E}'..='\u{1F17F}' | '\u{1F18E}'
        | '\u{1F191}'..='\u{1F19A}' | '\u{1F1E6}'..='\u{1F1FF}' | '\u{1F201}'..='\u{1F202}' | '\u{1F21A}' | '\u{1F22F}'
        | '\u{1F232}'..='\u{1F23A}' | '\u{1F250}'..='\u{1F251}' | '\u{1F300}'..='\u{1F64F}' | '\u{1F680}'..='\u{1F6FF}'
        | '\u{1F7E0}'..='\u{1F7EB}' | '\u{1F7F0}' | '\u{1F90C}'..='\u{1F9FF}' | '\u{1FA70}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_emoji() {
        let family = "👩\u{200D}👩\u{200D}👧\u{200D}👦";
        let scotland = "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}";
        for text in [
            "😀",
            "a🎈b",
            "👍🏽",
            "🇫🇷",
            "🇫",
            family,
            scotland,
            "⭐",
            "✅",
            "☝🏽",
            "❓",
            "🕴",
            "🫠",
            "🀄",
            "🆗",
            "㊗\u{FE0F}",
        ] {
            assert!(has_emoji(text), "{text}");
        }
        for text in ["❤\u{FE0F}", "©\u{FE0F}", "™\u{FE0F}", "ℹ\u{FE0F}", "1\u{FE0F}\u{20E3}", "#\u{20E3}", "‼\u{FE0F}"]
        {
            assert!(has_emoji(text), "{text:?}");
        }
    }

    #[test]
    fn signs_are_text() {
        for text in
            ["", "0123456789 # *", "© ® ™ ℹ", "→ ← ↔ ✓ ✗ • … § ¶ † ° ½ ²", "♪ ♥ ☺ ★ ☎", "日本語 العربية", ":-) ^_^"]
        {
            assert!(!has_emoji(text), "{text}");
        }
        assert!(!has_emoji("a\u{FE0F}b \u{FE0F}"), "nothing to be seen as a picture");
        assert!(!has_emoji("🄰 🂡 🠀 𝒜 𝕏"), "letters, cards and arrows that are no emoji");
    }
}

//! Which addresses in an event may become a link.

use url::Url;

/// Longest address taken; browsers and servers commonly refuse longer ones.
const LONGEST: usize = 2_048;

/// Gives the address in its normal form, its host in ASCII, if it is safe to open.
///
/// Safe is `http` or `https` with a host, without user or password, blanks, backslashes or
/// characters that control or turn the text.
pub fn accept(address: &str) -> Option<String> {
    let address = address.trim_matches(' ');
    let odd = |letter: char| letter.is_control() || letter.is_whitespace() || letter == '\\' || turns(letter);
    if address.len() > LONGEST || address.contains(odd) {
        return None;
    }
    let (scheme, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    if !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") || authority.contains('@') {
        return None;
    }
    let url = Url::parse(address).ok()?;
    let plain = url.username().is_empty() && url.password().is_none();
    let text = String::from(url.clone());
    (plain && url.has_host() && text.len() <= LONGEST).then_some(text)
}

/// The first acceptable address inside a text.
pub(super) fn find(text: &str) -> Option<String> {
    text.split(|letter: char| letter.is_whitespace() || "<>\"'`".contains(letter))
        .filter(|word| word.contains("://"))
        .take(8)
        .filter_map(|word| {
            word.find("http")
                .map(|start| word[start..].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}']))
        })
        .find_map(accept)
}

/// Whether a character is invisible or turns the writing direction.
fn turns(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_are_taken_in_normal_form() {
        for (address, wanted) in [
            ("https://example.com/d", "https://example.com/d"),
            (" http://EXAMPLE.com ", "http://example.com/"),
            ("https://example.com:8443/a?b=c&d=%20#e", "https://example.com:8443/a?b=c&d=%20#e"),
            (
                "https://en.wikipedia.org/w/index.php?diff=6&oldid=5",
                "https://en.wikipedia.org/w/index.php?diff=6&oldid=5",
            ),
            ("https://[::1]:8080/x", "https://[::1]:8080/x"),
            ("https://social.example/@bob/5", "https://social.example/@bob/5"),
            ("https://аpple.com/", "https://xn--pple-43d.com/"),
        ] {
            assert_eq!(accept(address).as_deref(), Some(wanted));
        }
    }

    #[test]
    fn everything_else_is_refused() {
        let long = format!("https://example.com/{}", "a".repeat(2_048));
        for address in [
            "",
            "example.com",
            "/path",
            "//example.com/x",
            "javascript:alert(1)",
            "JavaScript://example.com/%0aalert(1)",
            "java\nscript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "file:///etc/passwd",
            "ftp://example.com/",
            "mailto:a@example.com",
            "vscode://open?x",
            "steam://run/1",
            "ssh://host/",
            "smb://host/share",
            "blob:https://example.com/1",
            "view-source:https://example.com",
            "https:example.com",
            "https:/example.com",
            "https:///example.com@evil.example",
            "https://",
            "https://user@example.com/",
            "https://user:password@example.com/",
            "https://example.com@evil.example/",
            "https://@example.com/",
            "https://:@example.com/",
            "https://example.com\\@evil.example/",
            "https://example.com\\evil.example/",
            "https://exa mple.com/",
            "https://example.com/a\tb",
            "https://example.com/\r\nX: y",
            "https://example.com/\u{0}",
            "https://example.com/\u{202e}gpj.exe",
            "https://exam\u{200b}ple.com/",
            "\u{1}https://example.com/",
            "https://exa%00mple.com/",
            "https://[::1/",
            "https://example.com:99999/",
            "https://256.256.256.256/",
            long.as_str(),
        ] {
            assert_eq!(accept(address), None, "{address:?}");
        }
    }

    #[test]
    fn the_first_address_in_a_text_is_found() {
        assert_eq!(
            find("Build 214 failed (see https://ci.example/214).").as_deref(),
            Some("https://ci.example/214")
        );
        assert_eq!(find("<a href=\"https://a.example/x\">x</a>").as_deref(), Some("https://a.example/x"));
        assert_eq!(
            find("ssh://a.example http://u@b.example https://c.example").as_deref(),
            Some("https://c.example/")
        );
        assert_eq!(find("no address: here"), None);
    }
}

//! HTML as plain text: what a reader would see, without what a browser would do.

/// Elements that begin on a line of their own.
const BLOCKS: &[&str] =
    &["blockquote", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "pre", "table", "tr", "ul"];
/// Elements whose content is never text.
const HIDDEN: &[&str] = &["script", "style", "template", "title"];
/// The longest reference that is looked for, in bytes; the longest that anybody writes by hand is shorter.
const LONGEST_REFERENCE: usize = 12;

/// Gives the text of an HTML fragment: a paragraph a block, a line a break, no markup.
///
/// The result may hold anything that text may hold; it is cleaned where it is shown.
pub fn text(html: &str) -> String {
    let mut page = Page::default();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        page.say(&rest[..at]);
        rest = &rest[at..];
        rest = if rest.starts_with('&') { page.reference(rest) } else { page.tag(rest) };
    }
    page.say(rest);
    page.out.trim().to_owned()
}

#[derive(Default)]
struct Page {
    out: String,
    hidden: Option<&'static str>,
}

impl Page {
    /// Says a text; blanks in a row are one, as in a browser.
    fn say(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        for letter in text.chars() {
            match letter {
                ' ' | '\t' | '\n' | '\r' => {
                    if !self.out.is_empty() && !self.out.ends_with([' ', '\n']) {
                        self.out.push(' ');
                    }
                }
                shown => self.out.push(shown),
            }
        }
    }

    fn begin_line(&mut self, blank_before: bool) {
        if self.hidden.is_some() {
            return;
        }
        self.out.truncate(self.out.trim_end_matches(' ').len());
        let newlines = self.out.len() - self.out.trim_end_matches('\n').len();
        if !self.out.is_empty() {
            let wanted = if blank_before { 2 } else { 1 };
            (newlines..wanted).for_each(|_| self.out.push('\n'));
        }
    }

    /// Takes what begins with `<`; gives the rest after it.
    fn tag<'a>(&mut self, rest: &'a str) -> &'a str {
        if let Some(comment) = rest.strip_prefix("<!--") {
            return comment.find("-->").map_or("", |end| &comment[end + 3..]);
        }
        let inside = &rest[1..];
        let closes = inside.starts_with('/');
        let named = inside.trim_start_matches('/');
        let name: String = named
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
        if name.is_empty() && !inside.starts_with(['/', '!', '?']) {
            self.say("<");
            return inside;
        }
        let Some(end) = end_of_tag(inside) else {
            // A cut or wrong tag: nobody meant the rest to be read.
            return "";
        };
        self.mark(&name, closes);
        &inside[end + 1..]
    }

    fn mark(&mut self, name: &str, closes: bool) {
        if let Some(hidden) = HIDDEN.iter().find(|hidden| **hidden == name) {
            match (self.hidden, closes) {
                (None, false) => self.hidden = Some(hidden),
                (Some(open), true) if open == *hidden => self.hidden = None,
                (None, true) | (Some(_), true | false) => {}
            }
        } else if name == "br" {
            if self.hidden.is_none() {
                self.out.truncate(self.out.trim_end_matches(' ').len());
                self.out.push('\n');
            }
        } else if BLOCKS.contains(&name) {
            self.begin_line(matches!(name, "p" | "blockquote" | "pre"));
            if name == "li" && !closes {
                self.say("• ");
            }
        }
    }

    /// Takes what begins with `&`; gives the rest after it.
    fn reference<'a>(&mut self, rest: &'a str) -> &'a str {
        let end = rest.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';');
        let known = end.and_then(|end| Some((letter(&rest[1..end])?, end)));
        let Some((letter, end)) = known else {
            self.say("&");
            return &rest[1..];
        };
        if self.hidden.is_none() {
            self.out.push(letter);
        }
        &rest[end + 1..]
    }
}

/// Where a tag ends: at the first `>` outside quotes.
fn end_of_tag(inside: &str) -> Option<usize> {
    let mut quote = None;
    inside.bytes().position(|byte| {
        match (quote, byte) {
            (None, b'>') => return true,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (None | Some(_), _) => {}
        }
        false
    })
}

/// The character of a reference, by number or by the names that servers' escaping produces.
fn letter(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
        return char::from_u32(code).filter(|letter| *letter != '\0');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "bull" => '•',
        "middot" => '·',
        "copy" => '©',
        "euro" => '€',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_as_a_browser_shows_it() {
        for (html, wanted) in [
            ("<p>hey</p>", "hey"),
            ("<p>one</p><p>two<br>three<br />four</p>", "one\n\ntwo\nthree\nfour"),
            ("a  b\n c", "a b c"),
            ("a<br>\nb", "a\nb"),
            ("<ul><li>one</li><li>two</li></ul>after", "• one\n• two\nafter"),
            (
                r#"<a href="https://a.test/?x=1>2" class='b'><span class="invisible">https://</span>a.test</a>"#,
                "https://a.test",
            ),
            ("1 &lt; 2 &amp;&amp; 3 &gt; 2 &#39;x&#x27; &eacute; &", "1 < 2 && 3 > 2 'x' &eacute; &"),
            ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
            ("a < b and <b>bold</b>", "a < b and bold"),
            ("x<script>alert('</p>')</script>y<style>p{}</style>", "xy"),
            ("x<!-- <p>no</p> -->y", "xy"),
            ("cut <a href=\"https://a", "cut"),
            ("<!DOCTYPE html><P>Shout</P>", "Shout"),
            ("&#0;&#xD800;&#99999999;", "&#0;&#xD800;&#99999999;"),
            ("é&é;", "é&é;"),
            ("", ""),
        ] {
            assert_eq!(text(html), wanted, "{html}");
        }
    }

    proptest! {
        #[test]
        fn escaped_text_comes_back_in_one_line(said in "[^ \t\r\n]{0,40}") {
            let escaped = said.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            prop_assert_eq!(text(&escaped), said.trim());
        }

        #[test]
        fn any_html_is_read_without_a_panic_and_never_grows(html in "[<>&;#xa-z/!\"' é-]{0,200}") {
            prop_assert!(text(&html).len() <= html.len() * 4);
        }
    }
}

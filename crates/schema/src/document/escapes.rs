//! Joins surrogate pairs (`\uD83D\uDE00`) in strings into the characters they stand for: the parser reads single
//! escapes only. A lone surrogate stays, and is the parser's mistake to tell.
//!
//! Refuses to know: grammar beyond strings.

use std::borrow::Cow;

use super::scan::tokens;

/// The text with every surrogate pair of its strings joined.
pub fn joined(text: &str) -> Cow<'_, str> {
    let may_hold_one = text.contains("\\uD") || text.contains("\\ud");
    if !may_hold_one {
        return Cow::Borrowed(text);
    }
    let (mut written, mut copied) = (String::with_capacity(text.len()), 0);
    for token in tokens(text) {
        if !token.starts_with('"') || token.starts_with("\"\"\"") {
            continue;
        }
        // A token is a part of the text.
        let start = token.as_ptr() as usize - text.as_ptr() as usize;
        written.push_str(&text[copied..start]);
        join(token, &mut written);
        copied = start + token.len();
    }
    written.push_str(&text[copied..]);
    Cow::Owned(written)
}

fn join(string: &str, written: &mut String) {
    let mut rest = string;
    while let Some(at) = rest.find('\\') {
        written.push_str(&rest[..at]);
        rest = &rest[at..];
        let pair = unit(rest).zip(rest.get(6..).and_then(unit));
        let joined = pair.and_then(|(high, low)| char::decode_utf16([high, low]).next()?.ok());
        let taken = match joined {
            // Two units that are one character; two plain escapes decode one by one and stay as they are.
            Some(character) if u32::from(character) > 0xffff => {
                written.push(character);
                12
            }
            _ => {
                let escape = rest.char_indices().nth(2).map_or(rest.len(), |(end, _)| end);
                written.push_str(&rest[..escape]);
                escape
            }
        };
        rest = &rest[taken..];
    }
    written.push_str(rest);
}

/// The UTF-16 unit that `\uXXXX` at the beginning of a text stands for.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_hex.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn pairs_become_characters_and_nothing_else_changes() {
        assert_eq!(joined(r#"{ a(b: "x\uD83D\uDE00y") }"#), "{ a(b: \"x😀y\") }");
        assert_eq!(joined(r#""\ud83d\ude00\uD83D\uDE00""#), "\"😀😀\"");
        for unchanged in [
            r#"{ a(b: "\\uD83D\\uDE00") }"#,
            r#"{ a(b: "\uD83D") }"#,
            r#"{ a(b: "\uD83D\u0041") }"#,
            r#"{ a(b: "\uDE00\uD83D") }"#,
            r#"{ a(b: """\uD83D\uDE00""") } # \uD83D\uDE00"#,
            r#"{ a(b: "\uD83D\uDE0"#,
            r#""\uD"#,
            r#""é\"#,
        ] {
            assert_eq!(joined(unchanged), unchanged);
        }
    }
}

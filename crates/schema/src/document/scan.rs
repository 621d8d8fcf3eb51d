//! Counts tokens and brackets of a document's text in one pass, before the parser (which recurses) sees it.
//!
//! Refuses to know: grammar. What it cannot make sense of it leaves to the parser's own message.

use crate::error::Refusal;
use crate::limits::Limits;

/// Refuses a text that is too long, has too many tokens or nests too deeply.
///
/// # Errors
/// `limit-exceeded`.
pub fn scan(text: &str, limits: &Limits) -> Result<(), Refusal> {
    limits.query_bytes(text.len())?;
    let (mut count, mut nesting) = (0, 0usize);
    for token in tokens(text) {
        count += 1;
        limits.tokens(count)?;
        match token.as_bytes() {
            [b'{' | b'[' | b'('] => {
                nesting += 1;
                limits.nesting(nesting)?;
            }
            [b'}' | b']' | b')'] => nesting = nesting.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

/// The tokens of a text, more or less: strings are whole, a run of letters, digits, signs and points is one token.
pub fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at;
            at = match bytes.get(at)? {
                b' ' | b'\t' | b'\r' | b'\n' | b',' => {
                    at += 1;
                    continue;
                }
                b'#' => {
                    at = line_end(bytes, at);
                    continue;
                }
                b'"' => string_end(bytes, at),
                byte if is_word(*byte) => word_end(bytes, at),
                _ => char_end(text, at),
            };
            return Some(&text[start..at]);
        }
    })
}

fn char_end(text: &str, start: usize) -> usize {
    (start + 1..text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len())
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'.')
}

fn word_end(bytes: &[u8], start: usize) -> usize {
    bytes[start..].iter().position(|byte| !is_word(*byte)).map_or(bytes.len(), |length| start + length)
}

fn line_end(bytes: &[u8], start: usize) -> usize {
    bytes[start..].iter().position(|byte| matches!(byte, b'\r' | b'\n')).map_or(bytes.len(), |length| start + length)
}

fn string_end(bytes: &[u8], start: usize) -> usize {
    let block = bytes[start..].starts_with(b"\"\"\"");
    let mut at = start + if block { 3 } else { 1 };
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if block && bytes[at..].starts_with(b"\\\"\"\"") => at += 4,
            b'\\' if !block => at = (at + 2).min(bytes.len()),
            b'"' if block && bytes[at..].starts_with(b"\"\"\"") => return at + 3,
            b'"' if !block => return at + 1,
            b'\n' | b'\r' if !block => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Option<&'static str> {
        let limits = Limits { tokens: 10, nesting: 3, query_bytes: 100, ..Limits::default() };
        scan(text, &limits).err().and_then(|refusal| refusal.limit).map(|limit| limit.name)
    }

    #[test]
    fn strings_and_comments_are_one_token_or_none() {
        assert_eq!(refused(r#"{ a(b: "{{{{ \" {{{{") } # {{{{{{{{{"#), None);
        assert_eq!(refused("{ a(b: \"\"\"{{{{ \\\"\"\" {{{{\"\"\") }"), None);
        assert_eq!(refused("\"unterminated {{{{{"), None);
        assert_eq!(refused("\\"), None);
        assert_eq!(refused("\"\\"), None);
    }

    #[test]
    fn each_limit_is_named() {
        assert_eq!(refused("{{{{"), Some("nesting"));
        assert_eq!(refused("a b c d e f g h i j k"), Some("tokens"));
        assert_eq!(refused(&"a".repeat(101)), Some("query_bytes"));
    }
}

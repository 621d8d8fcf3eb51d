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
    let bytes = text.as_bytes();
    let (mut at, mut tokens, mut nesting) = (0, 0, 0usize);
    while at < bytes.len() {
        let start = at;
        at = match bytes[at] {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => {
                at += 1;
                continue;
            }
            b'#' => {
                at = line_end(bytes, at);
                continue;
            }
            b'{' | b'[' | b'(' => {
                nesting += 1;
                limits.nesting(nesting)?;
                at + 1
            }
            b'}' | b']' | b')' => {
                nesting = nesting.saturating_sub(1);
                at + 1
            }
            b'"' => string_end(bytes, at),
            byte if is_word(byte) => word_end(bytes, at),
            _ => at + 1,
        };
        debug_assert!(at > start);
        tokens += 1;
        limits.tokens(tokens)?;
    }
    Ok(())
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
            b'\\' if !block => at += 2,
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

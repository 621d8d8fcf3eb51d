//! The functions by which PostgreSQL parts a text into words, in schema `purlin`: by Unicode's own tables and not by the
//! database's locale, so that every database finds the same, and the same as SQLite.

use std::fmt::Write;

use regex_syntax::hir::{Class, HirKind};
use tokio_postgres::{Error, GenericClient};

/// Characters of a text that are searched; PostgreSQL keeps at most a megabyte of words of a row.
const CHARACTERS: u32 = 200_000;
/// Letters of a word that count.
const LETTERS: u32 = 500;
/// Positions that PostgreSQL tells apart.
const POSITIONS: u32 = 16_383;

/// Makes the functions, if they are not there, inside the caller's transaction.
///
/// # Errors
/// Those of PostgreSQL.
pub async fn ensure(client: &impl GenericClient) -> Result<(), Error> {
    let exists = "SELECT to_regprocedure('purlin.search_document(text[])') IS NOT NULL";
    if client.query_one(exists, &[]).await?.try_get(0)? {
        return Ok(());
    }
    client.batch_execute(&functions()).await
}

fn functions() -> String {
    let folding: String = pages()
        .iter()
        .map(|(first, last, upper, lower)| {
            let range = format!("[\\u{first:04x}-\\u{last:04x}]");
            format!("  IF content ~ '{range}' THEN content := translate(content, '{upper}', '{lower}'); END IF;\n")
        })
        .collect();
    let separators = separators();
    format!(
        "CREATE FUNCTION purlin.search_fold(content text) RETURNS text\n\
         LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $function$\nBEGIN\n\
         \x20 content := lower(content COLLATE \"C\");\n\
         \x20 IF content !~ '[^\\u0001-\\u007f]' THEN RETURN content; END IF;\n\
         {folding}  RETURN content;\nEND\n$function$;\n\
         CREATE FUNCTION purlin.search_document(VARIADIC texts text[]) RETURNS tsvector\n\
         LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000 AS $function$\n\
         \x20 SELECT coalesce(string_agg('''' || word || ''':' || position, ' '), '')::tsvector FROM (\n\
         \x20   SELECT left(word, {LETTERS}) AS word,\n\
         \x20          least(row_number() OVER (ORDER BY texts.number, words.number) + texts.number, {POSITIONS}) AS position\n\
         \x20   FROM unnest(texts) WITH ORDINALITY AS texts (content, number),\n\
         \x20        regexp_split_to_table(purlin.search_fold(left(content, {CHARACTERS})), '[{separators}]+')\n\
         \x20          WITH ORDINALITY AS words (word, number)\n\
         \x20   WHERE word <> '') AS found\n$function$;\n\
         COMMENT ON FUNCTION purlin.search_document(text[]) IS 'The words of texts, for full-text search.';\n"
    )
}

/// Letters that have one lower-case letter, by blocks of 256: first and last of the block's, upper, lower.
fn pages() -> Vec<(u32, u32, String, String)> {
    let mut pages: Vec<(u32, u32, String, String)> = Vec::new();
    for code in 0x80..=0xffff_u32 {
        let Some(upper) = char::from_u32(code) else { continue };
        let mut lower = upper.to_lowercase();
        let (Some(only), None) = (lower.next(), lower.next()) else { continue };
        // Sigma at the end of a word is the same letter.
        let only = if upper == 'ς' { 'σ' } else { only };
        if only == upper {
            continue;
        }
        match pages.last_mut() {
            Some((first, last, uppers, lowers)) if *first >> 8 == code >> 8 => {
                *last = code;
                uppers.push(upper);
                lowers.push(only);
            }
            _ => pages.push((code, code, upper.to_string(), only.to_string())),
        }
    }
    pages
}

/// What parts words, as ranges of a regular expression: all but letters, marks, digits and private characters. What
/// Unicode has not given away yet goes with its neighbours.
fn separators() -> String {
    let given = ranges(r"[\p{P}\p{S}\p{Z}\p{Cc}\p{Cf}]");
    let words = ranges(r"[\p{L}\p{M}\p{N}\p{Co}]");
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for (first, last) in given {
        let first = Ord::max(first, 1);
        let is_apart = |end: u32| words.iter().any(|(start, _)| *start > end && *start < first);
        match joined.last_mut() {
            Some((_, end)) if !is_apart(*end) => *end = last,
            _ => joined.push((first, last)),
        }
    }
    let mut text = String::new();
    for (first, last) in joined {
        let _ = match first == last {
            true => write!(text, "\\U{first:08x}"),
            false => write!(text, "\\U{first:08x}-\\U{last:08x}"),
        };
    }
    text
}

fn ranges(class: &str) -> Vec<(u32, u32)> {
    let parsed = regex_syntax::Parser::new().parse(class);
    match parsed.map(regex_syntax::hir::Hir::into_kind) {
        Ok(HirKind::Class(Class::Unicode(class))) => {
            class.iter().map(|range| (u32::from(range.start()), u32::from(range.end()))).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_what_is_in_no_word() {
        let text = separators();
        assert!(text.starts_with("\\U00000001-\\U0000002f\\U0000003a-\\U00000040"), "{}", &text[..80]);
        assert!(!pages().is_empty() && text.len() < 12_000, "{}", text.len());
    }
}

//! Bytes or URL → GraphQL requests. Unknown keys are tolerated, wrong types are not.

use serde_json::{Map, Value as Json};

use super::refusal::Refusal;

/// What a body holds.
#[derive(Debug)]
pub enum Requests {
    /// One request.
    One(Sent),
    /// An array of them.
    Batch(Vec<Sent>),
}

/// The SHA-256 of a document's bytes.
pub type Hash = [u8; 32];

/// A request as sent: with its document, its hash, or both.
#[derive(Debug, Default)]
pub struct Sent {
    /// The document.
    pub query: Option<String>,
    /// Its hash.
    pub hash: Option<Hash>,
    /// Which of its operations.
    pub operation_name: Option<String>,
    /// Values of its variables.
    pub variables: Map<String, Json>,
}

/// Reads a body.
pub fn of_body(body: &[u8], batch: usize) -> Result<Requests, Refusal> {
    let json: Json = serde_json::from_slice(body).map_err(|error| {
        // The parser's text may quote the body; its place does not.
        Refusal::not_json(&format!(" (line {}, column {})", error.line(), error.column()))
    })?;
    match json {
        Json::Object(fields) => one(fields).map(Requests::One),
        Json::Array(items) if items.is_empty() => Err(Refusal::not_a_request("$", "the array is empty")),
        Json::Array(items) if items.len() > batch => Err(Refusal::batch(batch)),
        Json::Array(items) => items.into_iter().map(item).collect::<Result<_, _>>().map(Requests::Batch),
        _ => Err(Refusal::not_a_request("$", "expected an object or an array of objects")),
    }
}

/// Reads the query string of a GET; `variables` and `extensions` are JSON.
pub fn of_query(query: &str) -> Result<Sent, Refusal> {
    let mut fields = Map::new();
    for (name, value) in pairs(query) {
        let value = match name.as_str() {
            "query" | "operationName" => Json::String(value),
            "variables" | "extensions" if value.is_empty() => Json::Null,
            "variables" | "extensions" => serde_json::from_str(&value)
                .map_err(|_| Refusal::not_a_request("$", "`variables` and `extensions` must be JSON in a URL"))?,
            _ => continue,
        };
        if fields.insert(name, value).is_some() {
            return Err(Refusal::not_a_request("$", "a parameter is given twice"));
        }
    }
    if fields.get("operationName").is_some_and(|name| name == "") {
        fields.remove("operationName");
    }
    one(fields)
}

fn item(json: Json) -> Result<Sent, Refusal> {
    match json {
        Json::Object(fields) => one(fields),
        _ => Err(Refusal::not_a_request("$", "expected objects in the array")),
    }
}

fn one(mut fields: Map<String, Json>) -> Result<Sent, Refusal> {
    let hash = match fields.remove("extensions") {
        None | Some(Json::Null) => None,
        Some(Json::Object(extensions)) => extensions.get("persistedQuery").map(hash_of).transpose()?,
        Some(_) => return Err(Refusal::not_a_request("$.extensions", "`extensions` must be an object")),
    };
    let query = match fields.remove("query") {
        Some(Json::String(query)) => Some(query),
        // Some clients send an empty text with a hash.
        None | Some(Json::Null) if hash.is_some() => None,
        _ => return Err(Refusal::no_query()),
    };
    let query = query.filter(|query| !query.is_empty() || hash.is_none());
    let operation_name = match fields.remove("operationName") {
        None | Some(Json::Null) => None,
        Some(Json::String(name)) => Some(name),
        Some(_) => return Err(Refusal::not_a_request("$.operationName", "`operationName` must be a string")),
    };
    let variables = match fields.remove("variables") {
        None | Some(Json::Null) => Map::new(),
        Some(Json::Object(variables)) => variables,
        Some(_) => return Err(Refusal::not_a_request("$.variables", "`variables` must be an object")),
    };
    Ok(Sent { query, hash, operation_name, variables })
}

/// `{version: 1, sha256Hash: …}`.
fn hash_of(persisted: &Json) -> Result<Hash, Refusal> {
    let path = "$.extensions.persistedQuery";
    if persisted.get("version").and_then(Json::as_u64) != Some(1) {
        return Err(Refusal::not_a_request(path, "`version` must be 1"));
    }
    let hash = persisted.get("sha256Hash").and_then(Json::as_str).and_then(hexadecimal);
    hash.ok_or_else(|| Refusal::not_a_request(path, "`sha256Hash` must have 64 hexadecimal digits"))
}

fn hexadecimal(text: &str) -> Option<Hash> {
    let mut hash = [0; 32];
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    if pairs.len() != hash.len() {
        return None;
    }
    for (byte, [high, low]) in hash.iter_mut().zip(pairs) {
        let digit = |digit: u8| char::from(digit).to_digit(16);
        *byte = (digit(*high)? * 16 + digit(*low)?) as u8;
    }
    Some(hash)
}

/// Names and values of a query string, decoded. Text that is not UTF-8 keeps a replacement character.
fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    })
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        let digit = |index: usize| after.get(index).and_then(|digit| char::from(*digit).to_digit(16));
        match (byte, digit(0), digit(1)) {
            (b'+', ..) => bytes.push(b' '),
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &after[2..];
            }
            (byte, ..) => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::of_query;

    #[test]
    fn a_url_becomes_a_request() {
        let request =
            of_query("query=%7B+a%28x%3A%20%22%C3%A9%2B%22%29+%7D&variables=%7B%22x%22%3A1%7D&other=1").unwrap();
        assert_eq!(request.query.as_deref(), Some("{ a(x: \"é+\") }"));
        assert_eq!(request.variables["x"], 1);
        let hash = "0".repeat(63) + "f";
        let by_hash = format!(r#"extensions={{"persistedQuery":{{"version":1,"sha256Hash":"{hash}"}}}}"#);
        assert_eq!(of_query(&by_hash).unwrap().hash.map(|hash| hash[31]), Some(15));
        for bad in ["", "query", "query=a&query=b", "query=a&variables=x", "query=a&variables=[]", "variables={}"] {
            let refused = of_query(bad);
            assert_eq!(refused.is_err(), bad != "query", "{bad}");
        }
    }
}

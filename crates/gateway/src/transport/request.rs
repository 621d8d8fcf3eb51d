//! Bytes or URL → GraphQL requests. Unknown keys are tolerated, wrong types are not.

use purlin_schema::Request;
use serde_json::{Map, Value as Json};

use super::refusal::Refusal;

/// What a body holds.
#[derive(Debug)]
pub enum Requests {
    /// One request.
    One(Request),
    /// An array of them.
    Batch(Vec<Request>),
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
pub fn of_query(query: &str) -> Result<Request, Refusal> {
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

fn item(json: Json) -> Result<Request, Refusal> {
    match json {
        Json::Object(fields) => one(fields),
        _ => Err(Refusal::not_a_request("$", "expected objects in the array")),
    }
}

fn one(mut fields: Map<String, Json>) -> Result<Request, Refusal> {
    let persisted = match fields.remove("extensions") {
        None | Some(Json::Null) => false,
        Some(Json::Object(extensions)) => extensions.contains_key("persistedQuery"),
        Some(_) => return Err(Refusal::not_a_request("$.extensions", "`extensions` must be an object")),
    };
    let query = match fields.remove("query") {
        Some(Json::String(query)) => query,
        None | Some(Json::Null) if persisted => return Err(Refusal::persisted_query()),
        _ => return Err(Refusal::not_a_request("$.query", "`query` must be a string")),
    };
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
    Ok(Request { query, operation_name, variables })
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
        assert_eq!(request.query, "{ a(x: \"é+\") }");
        assert_eq!(request.variables["x"], 1);
        for bad in ["", "query", "query=a&query=b", "query=a&variables=x", "query=a&variables=[]", "variables={}"] {
            let refused = of_query(bad);
            assert_eq!(refused.is_err(), bad != "query", "{bad}");
        }
    }
}

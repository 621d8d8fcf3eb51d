//! Paths into claims: `$`, `$.a.b[0]`, `$['a key']`.

use serde_json::Value as Json;

/// A path from the root of the claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

impl Path {
    /// Reads a path; `None` if it is not one.
    pub fn parse(text: &str) -> Option<Path> {
        let mut rest = text.strip_prefix('$')?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (step, after) = step(rest)?;
            steps.push(step);
            rest = after;
        }
        Some(Path { steps })
    }

    /// The path to one key of the root.
    pub fn key(name: &str) -> Path {
        Path { steps: vec![Step::Key(name.to_owned())] }
    }

    /// What is there.
    pub fn find<'a>(&self, root: &'a Json) -> Option<&'a Json> {
        self.steps.iter().try_fold(root, |value, step| match step {
            Step::Key(key) => value.as_object()?.get(key),
            Step::Index(index) => value.as_array()?.get(*index),
        })
    }
}

fn step(text: &str) -> Option<(Step, &str)> {
    if let Some(rest) = text.strip_prefix('.') {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (key, rest) = rest.split_at(end);
        return (!key.is_empty()).then(|| (Step::Key(key.to_owned()), rest));
    }
    let inner = text.strip_prefix('[')?;
    for quote in ['\'', '"'] {
        if let Some(quoted) = inner.strip_prefix(quote) {
            let (key, rest) = quoted.split_once(quote)?;
            return Some((Step::Key(key.to_owned()), rest.strip_prefix(']')?));
        }
    }
    let (index, rest) = inner.split_once(']')?;
    Some((Step::Index(index.parse().ok()?), rest))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Path;

    #[test]
    fn paths_find_keys_and_items() {
        let claims = json!({"a": {"b": [10, {"c d": true}]}, "https://x/y": "z"});
        let table = [
            ("$", Some(claims.clone())),
            ("$.a.b[0]", Some(json!(10))),
            ("$['a'].b[1]['c d']", Some(json!(true))),
            ("$[\"https://x/y\"]", Some(json!("z"))),
            ("$.a.missing", None),
            ("$.a.b[2]", None),
            ("$.a[0]", None),
        ];
        for (path, expected) in table {
            assert_eq!(Path::parse(path).unwrap().find(&claims).cloned(), expected, "{path}");
        }
    }

    #[test]
    fn anything_else_is_no_path() {
        for text in ["", "a", "$a", "$.", "$..a", "$[", "$[x]", "$['a'", "$['a", "$[-1]", "$.a[]"] {
            assert_eq!(Path::parse(text), None, "{text}");
        }
    }
}

//! `purlin explain CODE`: what a code means, from the one table of codes.

use purlin_model::code::{self, CODES, Origin};
use serde_json::json;

use super::{Outcome, Output};
use crate::problem::Problem;

/// What a code means.
pub fn run(name: &str) -> Outcome {
    let Some(found) = code::by_name(name) else { return Err(unknown(name).into()) };
    let origin = match found.origin {
        Origin::Model => "in a model",
        Origin::Api => "in an answer of the API, as `extensions.code`",
        Origin::Command => "on the command line",
    };
    let text = format!(
        "{}: {}\n\n{}\n\nIt appears {origin}, for example by:\n\n    {}\n",
        found.code, found.title, found.explanation, found.example
    );
    let json = json!({ "code": found.code, "title": found.title, "explanation": found.explanation,
        "origin": format!("{:?}", found.origin).to_lowercase(), "example": found.example });
    Ok(Output::new(text, json))
}

fn unknown(name: &str) -> Problem {
    let problem = Problem::new("code", format!("there is no code `{name}`"));
    let distance = |known: &str| strsim::damerau_levenshtein(known, &name.to_lowercase());
    match CODES.iter().map(|known| (distance(known.code), known.code)).min() {
        Some((distance, known)) if distance <= 3 => problem.hint(format!("did you mean `{known}`?")),
        _ => problem.hint("codes are printed in brackets behind `error` and sent as `extensions.code`"),
    }
}

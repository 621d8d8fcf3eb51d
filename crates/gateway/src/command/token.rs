//! `purlin token`: credentials for trying the API in a role.

use std::time::{SystemTime, UNIX_EPOCH};

use purlin_auth::{jwt, mint};
use serde_json::{Map, json};

use super::arguments::TokenArguments;
use super::server::config_problem;
use super::{Outcome, Output, Problems};
use crate::problem::{Exit, Problem};
use crate::project;
use crate::settings::{Kind, Settings, Value};

/// A token signed with the shared JWT secret, or headers with the admin secret.
pub fn run(settings: &Settings, arguments: &TokenArguments) -> Outcome {
    let variables = variables(&arguments.variables)?;
    let shared = match &settings.jwt_secret {
        Some(text) => jwt::Config::shared_secret(text).map_err(config_problem)?,
        None => None,
    };
    if let Some((algorithm, secret)) = shared {
        let claims = claims(arguments, &variables)?;
        // A shared secret is one of an algorithm that can sign.
        let token = mint::token(algorithm, &secret, &claims).unwrap_or_default();
        return Ok(Output::new(format!("{token}\n"), json!({ "token": token })));
    }
    let secret = match &settings.admin_secret {
        Some(secret) => Some(secret.clone()),
        None => project::development_secret(&settings.project)?,
    };
    let Some(secret) = secret else {
        return Err(Problem::new("token", "there is neither a shared JWT secret nor an admin secret")
            .hint("`purlin dev` makes a development secret")
            .into());
    };
    let mut headers =
        vec![("x-hasura-admin-secret".to_owned(), secret), ("x-hasura-role".to_owned(), arguments.role.clone())];
    headers.extend(variables);
    let text = headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect::<String>();
    let object: Map<String, _> = headers.into_iter().map(|(name, value)| (name, json!(value))).collect();
    Ok(Output::new(text, json!({ "headers": object })))
}

/// Session variables of the command line, by their header's name.
pub fn variables(given: &[String]) -> Result<Vec<(String, String)>, Problems> {
    let variable = |text: &String| {
        let (name, value) = text.split_once('=').filter(|(name, _)| !name.is_empty())?;
        let name = name.to_ascii_lowercase();
        let name = if name.starts_with("x-hasura-") { name } else { format!("x-hasura-{name}") };
        Some((name, value.to_owned()))
    };
    let usage = |text: &String| {
        let problem = Problem::new("usage", format!("`{text}` is no session variable"))
            .because("expected `NAME=VALUE`, such as `user-id=7`");
        Problems::from(Problem { exit: Exit::Usage, ..problem })
    };
    given.iter().map(|text| variable(text).ok_or_else(|| usage(text))).collect()
}

fn claims(arguments: &TokenArguments, variables: &[(String, String)]) -> Result<serde_json::Value, Problems> {
    let valid = match Kind::Duration.parse(&arguments.valid) {
        Ok(Value::Duration(valid)) => valid,
        _ => {
            let problem = Problem::new("usage", format!("`--valid` cannot be `{}`", arguments.valid))
                .because(format!("expected {}", Kind::Duration.expectation()));
            return Err(Problem { exit: Exit::Usage, ..problem }.into());
        }
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let mut allowed = vec![arguments.role.clone()];
    allowed.extend(arguments.allowed.iter().cloned());
    let mut hasura = Map::new();
    hasura.insert("x-hasura-allowed-roles".to_owned(), json!(allowed));
    hasura.insert("x-hasura-default-role".to_owned(), json!(arguments.role));
    hasura.extend(variables.iter().map(|(name, value)| (name.clone(), json!(value))));
    Ok(json!({ "iat": now.as_secs(), "exp": (now + valid).as_secs(), "https://hasura.io/jwt/claims": hasura }))
}

//! A GraphQL request → an answer, and plans of both databases: parse → limits → lower → compile → run.
//!
//! Inputs are written as the cases of `crates/schema/tests`: lines `#@ role NAME`, `#@ session NAME VALUE`,
//! `#@ variables JSON`, `#@ operation NAME`, `#@ backend`, and the document.

use std::cell::Cell;

use purlin_model::{Role, Session};
use purlin_plan::plan::Dialect;
use purlin_schema::{Limits, OperationKind, Request, explain};

use crate::project;

/// Mutations after which the rows are loaded anew, so that tables stay small.
const MUTATIONS: u32 = 64;

thread_local! {
    static MUTATED: Cell<u32> = const { Cell::new(0) };
}

/// Expects an answer, and the same refusal or a plan for either database.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (request, session) = read(text);
    let compiled = [Dialect::Sqlite, Dialect::Postgres].map(|dialect| {
        let explained = explain(project::catalog(), Limits::default(), &request, &session, dialect)?;
        explained.bindings(&request, &session).map(drop)
    });
    assert_eq!(compiled[0], compiled[1], "the databases differ in what is refused");
    let (response, _) = project::with(|project| project::wait(project.ask(&request, &session)));
    if let (Err(refusal), None) = (&compiled[0], &response.failed) {
        panic!("it was answered, although {refusal:?}");
    }
    if response.failed.is_none() && response.run.kind == Some(OperationKind::Mutation) {
        MUTATED.set(MUTATED.get() + 1);
        if MUTATED.get().is_multiple_of(MUTATIONS) {
            project::renew();
        }
    }
}

fn read(text: &str) -> (Request, Session) {
    let (mut request, mut session) = (Request::default(), project::session(None));
    for line in text.split_inclusive('\n') {
        let Some(setting) = line.strip_prefix("#@ ") else {
            request.query.push_str(line);
            continue;
        };
        let (name, value) = setting.trim_end().split_once(' ').unwrap_or((setting.trim_end(), ""));
        match name {
            "role" => session.role = Role::new(value),
            "backend" => session.backend = true,
            "operation" => request.operation_name = Some(value.to_owned()),
            "variables" => request.variables = serde_json::from_str(value).unwrap_or_default(),
            "session" => {
                let (name, value) = value.split_once(' ').unwrap_or((value, ""));
                session.variables.insert(name.into(), value.into());
            }
            _ => {}
        }
    }
    (request, session)
}

//! What an operation compiles to, without running it and without a database.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use purlin_model::Session;
use purlin_model::catalog::{Catalog, TableId};
use purlin_plan::Plan;
use purlin_plan::plan::{Bindings, Dialect};

use crate::bind::{self, Supply};
use crate::document::{self, Given};
use crate::lower::RowCount;
use crate::service::State;
use crate::{OperationKind, Refusal, Request, RoleLimits};

/// An operation as it would run.
pub struct Explanation {
    /// What kind it is.
    pub kind: OperationKind,
    /// Tables it is about, those of relations included: the role's rules on them are merged into the plan.
    pub tables: BTreeSet<TableId>,
    /// What would run.
    pub plan: Plan,
    state: State,
    counts: Vec<RowCount>,
}

/// Compiles a request for a dialect.
///
/// # Errors
/// What the API would refuse.
pub fn explain(
    catalog: Arc<Catalog>,
    limits: impl Into<RoleLimits>,
    request: &Request,
    session: &Session,
    dialect: Dialect,
) -> Result<Explanation, Refusal> {
    let state = State::new(0, catalog, limits.into());
    let operation =
        document::prepare(&request.query, request.operation_name.as_deref(), state.limits.of(&session.role))?;
    let given = Given::new(&operation, &request.variables)?;
    let (lowered, _) = state.lower(&given, session)?;
    let tables = lowered.query.tables();
    let plan = purlin_plan::compile(&state.catalog, &session.role, lowered.query, dialect);
    let (kind, counts) = (operation.kind(), lowered.counts);
    Ok(Explanation { kind, tables, plan, state, counts })
}

impl Explanation {
    /// The request's values.
    ///
    /// # Errors
    /// What the API would refuse: values that do not fit, session variables that are missing.
    pub fn bindings(&self, request: &Request, session: &Session) -> Result<Bindings, Refusal> {
        let supply = Supply {
            catalog: &self.state.catalog,
            patterns: &self.state.patterns,
            limits: self.state.limits.of(&session.role),
            variables: &request.variables,
            session,
            now: Timestamp::now(),
        };
        bind::bind(&self.plan, &self.counts, &supply)
    }
}

//! PostgreSQL: the engine.

use std::sync::Arc;

use purlin_plan::Plan;
use purlin_plan::plan::Bindings;

use crate::{DatabaseError, Failure, Options};

/// An open PostgreSQL database.
pub struct Engine {}

impl Engine {
    /// Opens it.
    ///
    /// # Errors
    /// [`DatabaseError::Unavailable`] with the reason.
    pub async fn connect(url: &str, _options: Options) -> Result<Engine, DatabaseError> {
        Err(DatabaseError::Unavailable(format!("cannot open {url} yet")))
    }

    /// Runs a plan; see [`crate::Database::run`].
    ///
    /// # Errors
    /// See there.
    pub async fn run(&self, _plan: Arc<Plan>, _bindings: Bindings, _buffer: Vec<u8>) -> Result<Vec<u8>, Failure> {
        Err(DatabaseError::Unavailable("not open".to_owned()).into())
    }
}

//! Keeps connections: exclusive ones for one request at a time, shared ones that many short reads send through.
//! Refuses to know: plans.

use std::ops::Deref;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::connect::Connector;
use super::connection::Connection;
use super::fault::told_to_operator;
use super::routing::Planning;
use crate::DatabaseError;
use crate::measure::{Load, Measures};

/// Connections that short reads share, for statements planned once and as many for those the server plans as it likes.
const SHARED_CONNECTIONS: usize = 4;
/// What a connection for statements planned once is told.
const PLAN_ONCE: &str = "set plan_cache_mode = force_generic_plan";
/// Reads under way on one shared connection; one more takes an exclusive connection.
const PIPELINE_DEPTH: usize = 32;
/// Longest wait for a cancelled connection to end.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(30);

/// The connections of one database.
pub(super) struct Pool {
    connector: Connector,
    permits: Arc<Semaphore>,
    idle: Mutex<Vec<Connection>>,
    waiting: AtomicUsize,
    queue: usize,
    wait: Duration,
    planned_once: Sharing,
    planned_freely: Sharing,
    generation: AtomicU64,
    connections: usize,
    measures: Measures,
}

/// Shared connections of one kind.
struct Sharing {
    slots: [Slot; SHARED_CONNECTIONS],
    next: AtomicUsize,
    /// What each is told when it has been opened.
    settings: Option<&'static str>,
}

/// A place for a shared connection.
#[derive(Default)]
struct Slot {
    connection: tokio::sync::Mutex<Option<Arc<Connection>>>,
    under_way: AtomicUsize,
}

impl Pool {
    /// Opens the first connection, to tell at once when the database cannot be reached.
    ///
    /// # Errors
    /// [`DatabaseError::Unavailable`] with the reason.
    pub(super) async fn open(
        connector: Connector,
        connections: usize,
        queue: usize,
        wait: Duration,
    ) -> Result<Arc<Pool>, DatabaseError> {
        let first = connector.connect().await?;
        if !connector.keeps_sessions() {
            // A pooler answers by itself until there is something to ask the server.
            let asked = first.client().simple_query("select 1").await;
            asked.map_err(|error| DatabaseError::Unavailable(told_to_operator(&error)))?;
        }
        let pool = Pool::new(connector, connections, queue, wait);
        pool.idle().push(first);
        Ok(pool)
    }

    /// Opens nothing until somebody asks.
    pub(super) fn new(connector: Connector, connections: usize, queue: usize, wait: Duration) -> Arc<Pool> {
        Arc::new(Pool {
            connector,
            permits: Arc::new(Semaphore::new(connections.max(1))),
            idle: Mutex::default(),
            waiting: AtomicUsize::new(0),
            queue,
            wait,
            planned_once: Sharing::new(Some(PLAN_ONCE)),
            planned_freely: Sharing::new(None),
            generation: AtomicU64::new(0),
            connections: connections.max(1),
            measures: Measures::default(),
        })
    }

    /// What it has measured.
    pub(super) fn measures(&self) -> &Measures {
        &self.measures
    }

    /// How busy it is now.
    pub(super) fn load(&self) -> Load {
        Load {
            used: self.connections - self.permits.available_permits(),
            most: self.connections,
            waiting: self.waiting.load(Ordering::Relaxed),
            waiting_writes: 0,
        }
    }

    /// What opens connections.
    pub(super) fn connector(&self) -> &Connector {
        &self.connector
    }

    /// Whether a connection is a session of its own; if not, none is shared.
    pub(super) fn keeps_sessions(&self) -> bool {
        self.connector.keeps_sessions()
    }

    /// Makes every connection prepare its statements anew before it is handed out again: the schema has changed.
    pub(super) fn renew(&self) {
        self.generation.fetch_add(1, Ordering::Relaxed);
    }

    /// Gives up every connection that nobody uses: one was found broken, and the others may not have noticed yet.
    pub(super) fn distrust(&self) {
        self.idle().clear();
        for slot in self.planned_once.slots.iter().chain(&self.planned_freely.slots) {
            if let Ok(mut held) = slot.connection.try_lock() {
                *held = None;
            }
        }
    }

    /// A connection for one request alone.
    ///
    /// # Errors
    /// [`DatabaseError::Busy`] when too many wait already or the wait was too long; [`DatabaseError::Unavailable`].
    pub(super) async fn exclusive(self: &Arc<Self>) -> Result<Exclusive, DatabaseError> {
        let permit = self.permit().await?;
        let idle = self.take_idle();
        let connection = match idle {
            Some(connection) => connection,
            None => self.connector.connect().await?,
        };
        connection.renew(self.generation.load(Ordering::Relaxed));
        Ok(Exclusive { connection: Some(connection), pool: self.clone(), permit: Some(permit) })
    }

    /// A connection to share, if one is not too busy.
    ///
    /// # Errors
    /// [`DatabaseError::Unavailable`].
    pub(super) async fn shared(self: &Arc<Self>, planning: Planning) -> Result<Option<Shared>, DatabaseError> {
        let sharing = self.sharing(planning);
        let slot = sharing.next.fetch_add(1, Ordering::Relaxed) % SHARED_CONNECTIONS;
        let Some(under_way) = UnderWay::enter(self, planning, slot) else { return Ok(None) };
        // Somebody is just opening it, which may take long: others need not wait for that.
        let Ok(mut held) = sharing.slots[slot].connection.try_lock() else { return Ok(None) };
        let connection = match held.as_ref().filter(|connection| !connection.client().is_closed()) {
            Some(connection) => connection.clone(),
            None => {
                let opened = Arc::new(self.connector.connect().await?);
                if let Some(settings) = sharing.settings {
                    let told = opened.client().batch_execute(settings).await;
                    told.map_err(|error| DatabaseError::Unavailable(error.to_string()))?;
                }
                *held = Some(opened.clone());
                opened
            }
        };
        connection.renew(self.generation.load(Ordering::Relaxed));
        Ok(Some(Shared { connection, _under_way: under_way }))
    }

    fn sharing(&self, planning: Planning) -> &Sharing {
        match planning {
            Planning::Once => &self.planned_once,
            Planning::ServersChoice => &self.planned_freely,
        }
    }

    async fn permit(self: &Arc<Self>) -> Result<OwnedSemaphorePermit, DatabaseError> {
        if let Ok(permit) = self.permits.clone().try_acquire_owned() {
            self.measures.wait.observe(0);
            return Ok(permit);
        }
        let began = Instant::now();
        let _waiting = Waiting::enter(&self.waiting, self.queue).ok_or(DatabaseError::Busy)?;
        let permit = tokio::time::timeout(self.wait, self.permits.clone().acquire_owned()).await;
        self.measures.wait.observe_time(began.elapsed());
        match permit {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) | Err(_) => Err(DatabaseError::Busy),
        }
    }

    fn take_idle(&self) -> Option<Connection> {
        let mut idle = self.idle();
        while let Some(connection) = idle.pop() {
            if !connection.client().is_closed() {
                return Some(connection);
            }
        }
        None
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sharing {
    fn new(settings: Option<&'static str>) -> Sharing {
        Sharing { slots: Default::default(), next: AtomicUsize::new(0), settings }
    }
}

/// One of those who wait for a connection.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn enter(waiting: &'a AtomicUsize, queue: usize) -> Option<Waiting<'a>> {
        let entered = Waiting(waiting);
        let before = waiting.fetch_add(1, Ordering::Relaxed);
        (before < queue).then_some(entered)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A connection nobody else uses. Dropped, it is *cancelled and closed*, for nobody knows what it is doing; who does
/// know gives it back.
pub(super) struct Exclusive {
    connection: Option<Connection>,
    pool: Arc<Pool>,
    permit: Option<OwnedSemaphorePermit>,
}

impl Exclusive {
    /// Makes it and all others prepare their statements anew: the schema has changed.
    pub(super) fn prepare_anew(&self) {
        self.pool.renew();
        self.renew(self.pool.generation.load(Ordering::Relaxed));
    }

    /// Gives it back: everything asked of it has been answered, or will be before anything else is.
    pub(super) fn give_back(mut self) {
        if let Some(connection) = self.connection.take()
            && !connection.client().is_closed()
        {
            self.pool.idle().push(connection);
        }
    }
}

impl Deref for Exclusive {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        match &self.connection {
            Some(connection) => connection,
            // Taken only by functions that consume `self`.
            None => unreachable!("the connection was given back"),
        }
    }
}

impl Drop for Exclusive {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        // Without a runtime there is no connection left to end either.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let (pool, permit) = (self.pool.clone(), self.permit.take());
        // The place in the pool is free again only when the server's side has ended.
        runtime.spawn(async move {
            let end = connection.cancel_and_close(&pool.connector);
            if tokio::time::timeout(CLOSE_TIMEOUT, end).await.is_err() {
                tracing::warn!("a cancelled connection did not end in time");
            }
            drop(permit);
        });
    }
}

/// A connection that others use too: what is under way on it is never cancelled.
pub(super) struct Shared {
    connection: Arc<Connection>,
    _under_way: UnderWay,
}

impl Deref for Shared {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

/// One of the reads under way on a shared connection.
struct UnderWay {
    pool: Arc<Pool>,
    planning: Planning,
    slot: usize,
}

impl UnderWay {
    fn enter(pool: &Arc<Pool>, planning: Planning, slot: usize) -> Option<UnderWay> {
        let entered = UnderWay { pool: pool.clone(), planning, slot };
        let before = entered.count().fetch_add(1, Ordering::Relaxed);
        (before < PIPELINE_DEPTH).then_some(entered)
    }

    fn count(&self) -> &AtomicUsize {
        &self.pool.sharing(self.planning).slots[self.slot].under_way
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.count().fetch_sub(1, Ordering::Relaxed);
    }
}

//! Replicas: which one the next read may go to, and how that is learned.
//!
//! ```text
//! commit → its position → Mark ─┐
//! primary, asked → Trail ───────┼→ may a read go there?
//! replica, asked → Position ────┘
//! ```
//!
//! Refuses to know: plans.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::connect::Connector;
use super::connection::Connection;
use super::fault::{Fault, told_to_operator};
use super::pool::Pool;
use super::position::{Mark, Position, Trail, cells};
use crate::measure::{Reads, ReplicaReads};
use crate::{DatabaseError, Options, Pooler};

/// Between two questions where a server is.
const INTERVAL: Duration = Duration::from_millis(100);
/// The same, first after a write and then twice as long each time, while a replica does not show it.
const CATCHING_UP: Duration = Duration::from_millis(5);
/// Longest wait for such an answer.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long a replica that has failed is left alone.
const BACK_OFF: Duration = Duration::from_secs(2);

const PRIMARY: &str = "select pg_current_wal_insert_lsn(), pg_current_wal_flush_lsn()";
/// What has been written so far ends there; a commit that is not flushed yet included.
const WRITTEN: &str = "select pg_current_wal_insert_lsn()";
const REPLICA: &str = "select pg_is_in_recovery(), pg_last_wal_replay_lsn()";

/// The replicas of one database, watched until this is dropped.
pub(super) struct Watched {
    replicas: Arc<Replicas>,
    _watching: JoinSet<()>,
}

impl std::ops::Deref for Watched {
    type Target = Arc<Replicas>;

    fn deref(&self) -> &Arc<Replicas> {
        &self.replicas
    }
}

/// The replicas of one database.
pub(super) struct Replicas {
    all: Box<[Replica]>,
    mark: Mark,
    trail: Mutex<Trail>,
    /// Told when the mark has changed.
    marked: watch::Sender<()>,
    /// Oldest state that may be shown.
    lag: Duration,
    next: AtomicUsize,
    on_primary: AtomicU64,
    repeated: AtomicU64,
}

/// One of them.
pub(super) struct Replica {
    /// From 1, as the setting lists them.
    number: usize,
    pool: Arc<Pool>,
    /// What it had replayed when it was last asked; zero while it is not to be used.
    replayed: Arc<AtomicU64>,
    /// Of when, at least, is what it shows.
    shows: Mutex<Option<Instant>>,
    /// Told when it has failed, and how often it has.
    failed: watch::Sender<u64>,
    reads: AtomicU64,
    /// Whether it was used when last told in the log.
    told: AtomicBool,
}

impl Watched {
    /// Watches the replicas that the options name; `None` if there are none. None of them need be there yet.
    ///
    /// # Errors
    /// [`DatabaseError::Unavailable`] when one of the URLs cannot be read.
    pub(super) fn start(primary: &Arc<Pool>, options: &Options) -> Result<Option<Watched>, DatabaseError> {
        let replicas = options.replicas.iter().enumerate().map(|(index, url)| {
            let replayed = Arc::new(AtomicU64::new(0));
            let connector = Connector::new(url.reveal(), options.statement_timeout, Pooler::None)?;
            let connector = connector.not_before(replayed.clone());
            Ok(Replica {
                number: index + 1,
                pool: Pool::new(connector, options.connections, options.queue, options.statement_timeout),
                replayed,
                shows: Mutex::default(),
                failed: watch::Sender::new(0),
                reads: AtomicU64::new(0),
                told: AtomicBool::new(true),
            })
        });
        let all: Box<[Replica]> = replicas.collect::<Result<_, DatabaseError>>()?;
        if all.is_empty() {
            return Ok(None);
        }
        let replicas = Arc::new(Replicas {
            all,
            mark: Mark::default(),
            trail: Mutex::new(Trail::new(options.replica_lag)),
            marked: watch::Sender::new(()),
            lag: options.replica_lag,
            next: AtomicUsize::new(0),
            on_primary: AtomicU64::new(0),
            repeated: AtomicU64::new(0),
        });
        // Whoever has written before this process began is to be seen too.
        replicas.mark.lose();
        let mut watching = JoinSet::new();
        watching.spawn(watch_primary(replicas.clone(), primary.clone()));
        for index in 0..replicas.all.len() {
            watching.spawn(watch_replica(replicas.clone(), index));
        }
        Ok(Some(Watched { replicas, _watching: watching }))
    }
}

impl Replicas {
    /// A replica that shows everything written here and is not too old; they take turns.
    pub(super) fn choose(&self) -> Option<&Replica> {
        let (count, now) = (self.all.len(), Instant::now());
        let first = self.next.fetch_add(1, Ordering::Relaxed);
        let chosen = (0..count).map(|step| &self.all[(first.wrapping_add(step)) % count]);
        let chosen = chosen.into_iter().find(|replica| self.may_be_read(replica, now));
        match chosen {
            Some(replica) => replica.reads.fetch_add(1, Ordering::Relaxed),
            None => self.on_primary.fetch_add(1, Ordering::Relaxed),
        };
        chosen
    }

    fn may_be_read(&self, replica: &Replica, now: Instant) -> bool {
        let replayed = replica.position();
        replayed != Position::default()
            && self.mark.is_reached(replayed)
            && replica.shows().is_some_and(|shown| now.duration_since(shown) <= self.lag)
            // Who would have to wait is answered sooner elsewhere.
            && replica.pool.load().waiting == 0
    }

    /// Decides what becomes of a read that a replica did not answer: whether the primary is asked.
    pub(super) fn failed(&self, replica: &Replica, fault: &Fault) -> bool {
        if fault.is_stale() {
            replica.pool.renew();
        }
        if fault.is_disconnected() || fault.is_unavailable() {
            replica.fail();
        }
        let asks = !fault.is_of_request();
        if asks {
            self.repeated.fetch_add(1, Ordering::Relaxed);
            self.on_primary.fetch_add(1, Ordering::Relaxed);
            tracing::debug!(replica = replica.number, ?fault, "a read is repeated on the primary");
        }
        asks
    }

    /// Makes all prepare their statements anew, and wait for what was written just now: tables have changed.
    pub(super) fn renew(&self) {
        self.lose();
        for replica in &self.all {
            replica.pool.renew();
        }
    }

    /// Something may have been written, and nobody knows where it ends.
    pub(super) fn lose(&self) {
        self.mark.lose();
        self.marked.send_replace(());
    }

    /// What opens connections to each.
    pub(super) fn connectors(&self) -> impl Iterator<Item = &Connector> {
        self.all.iter().map(|replica| replica.pool.connector())
    }

    /// How many reads went where.
    pub(super) fn reads(&self) -> Reads {
        let now = Instant::now();
        let of = |replica: &Replica| ReplicaReads {
            reads: replica.reads.load(Ordering::Relaxed),
            is_used: self.may_be_read(replica, now),
            lag: replica.shows().map(|shown| now.duration_since(shown)),
        };
        Reads {
            primary: self.on_primary.load(Ordering::Relaxed),
            repeated: self.repeated.load(Ordering::Relaxed),
            replicas: self.all.iter().map(of).collect(),
        }
    }

    fn trail(&self) -> std::sync::MutexGuard<'_, Trail> {
        self.trail.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, replica: &Replica, replayed: Position) {
        if let Some(shown) = self.trail().shown(replayed) {
            *replica.shows.lock().unwrap_or_else(PoisonError::into_inner) = Some(shown);
        }
        replica.replayed.store(replayed.0, Ordering::SeqCst);
    }

    /// Says in the log when a replica begins or ceases to be used.
    fn tell(&self, replica: &Replica, reason: Option<&str>) {
        let is_used = reason.is_none();
        if replica.told.swap(is_used, Ordering::Relaxed) == is_used {
            return;
        }
        let number = replica.number;
        match reason {
            Some(reason) => tracing::warn!(replica = number, reason, "a replica is not read from"),
            None => tracing::info!(replica = number, "a replica is read from again"),
        }
    }
}

impl Replica {
    /// Where it is reached.
    pub(super) fn pool(&self) -> &Arc<Pool> {
        &self.pool
    }

    /// Runs a read on it, until it is known to have failed.
    pub(super) async fn run(&self, read: impl Future<Output = Result<(), Fault>>) -> Result<(), Fault> {
        let mut failed = self.failed.subscribe();
        tokio::select! {
            biased;
            answered = read => answered,
            _ = failed.changed() => Err(DatabaseError::Unavailable("the replica has failed".to_owned()).into()),
        }
    }

    fn position(&self) -> Position {
        Position(self.replayed.load(Ordering::SeqCst))
    }

    fn shows(&self) -> Option<Instant> {
        *self.shows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Not to be used until it has been asked again, after a rest.
    fn fail(&self) {
        if self.replayed.swap(0, Ordering::SeqCst) != 0 {
            self.pool.distrust();
            self.failed.send_modify(|times| *times += 1);
        }
    }
}

/// Runs what writes; where it ends in the log is asked in the same flight, if there are replicas to wait for it.
pub(super) async fn noted<T, E>(
    replicas: Option<&Replicas>,
    connection: &Connection,
    write: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let Some(replicas) = replicas else { return write.await };
    let mut ending = Ending { replicas, position: None };
    // `join` polls its first future first: the question leaves right behind what writes.
    let (written, asked) = futures_util::future::join(write, connection.client().simple_query(WRITTEN)).await;
    ending.position = asked.ok().and_then(|told| cells(&told).first().copied().flatten().and_then(Position::read));
    written
}

/// Where a write ends; lost if it is dropped without knowing.
struct Ending<'a> {
    replicas: &'a Replicas,
    position: Option<Position>,
}

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        match self.position {
            Some(position) => {
                self.replicas.mark.written(position);
                self.replicas.marked.send_replace(());
            }
            None => self.replicas.lose(),
        }
    }
}

/// Notes where the primary is, and finds what was lost, for ever.
async fn watch_primary(replicas: Arc<Replicas>, primary: Arc<Pool>) {
    let mut marked = replicas.marked.subscribe();
    loop {
        if let Err(reason) = follow_primary(&replicas, &primary, &mut marked).await {
            tracing::warn!(reason, "the primary does not say where it is");
        }
        tokio::time::sleep(BACK_OFF).await;
    }
}

async fn follow_primary(replicas: &Replicas, primary: &Pool, marked: &mut watch::Receiver<()>) -> Result<(), String> {
    let connection = primary.connector().connect().await.map_err(|error| error.to_string())?;
    loop {
        let (missing, asked) = (replicas.mark.missing(), Instant::now());
        let told = ask(&connection, PRIMARY).await?;
        let position = |index: usize| told.get(index)?.as_deref().and_then(Position::read);
        let (inserted, flushed) = position(0).zip(position(1)).ok_or("it does not know")?;
        replicas.trail().note(asked, flushed);
        if let Some(missing) = missing {
            replicas.mark.find(missing, inserted);
            replicas.marked.send_replace(());
        }
        tokio::select! {
            () = tokio::time::sleep(INTERVAL) => {}
            _ = marked.wait_for(|()| replicas.mark.missing().is_some()) => {}
        }
    }
}

/// Learns where a replica is, for ever.
async fn watch_replica(replicas: Arc<Replicas>, index: usize) {
    let replica = &replicas.all[index];
    loop {
        if let Err(reason) = follow_replica(&replicas, replica).await {
            replica.fail();
            replicas.tell(replica, Some(&reason));
        }
        tokio::time::sleep(BACK_OFF).await;
    }
}

async fn follow_replica(replicas: &Replicas, replica: &Replica) -> Result<(), String> {
    let connection = replica.pool.connector().connect().await.map_err(|error| error.to_string())?;
    let (mut failed, mut marked) = (replica.failed.subscribe(), replicas.marked.subscribe());
    let mut pause = CATCHING_UP;
    loop {
        marked.mark_unchanged();
        let told = ask(&connection, REPLICA).await?;
        let told: Vec<Option<&str>> = told.iter().map(Option::as_deref).collect();
        let [Some("t"), Some(replayed)] = told[..] else { return Err("it is not in recovery".to_owned()) };
        let replayed = Position::read(replayed).ok_or("it does not know where it is")?;
        replicas.note(replica, replayed);
        replicas.tell(replica, None);
        let is_reached = replicas.mark.is_reached(replayed);
        pause = if is_reached { CATCHING_UP } else { (pause * 2).min(INTERVAL) };
        let next = async {
            if !is_reached {
                return tokio::time::sleep(pause).await;
            }
            // Nothing is to be learned until something is written, and then not at once.
            if tokio::time::timeout(INTERVAL, marked.changed()).await.is_ok() {
                tokio::time::sleep(CATCHING_UP).await;
            }
        };
        tokio::select! {
            () = next => {}
            _ = failed.changed() => return Err("a read has failed there".to_owned()),
        }
    }
}

/// The cells of the only row, in time.
async fn ask(connection: &Connection, sql: &str) -> Result<Vec<Option<String>>, String> {
    let asked = tokio::time::timeout(PATIENCE, connection.client().simple_query(sql)).await;
    let told = asked.map_err(|_| "it does not answer".to_owned())?;
    let told = told.map_err(|error| told_to_operator(&error))?;
    Ok(cells(&told).into_iter().map(|cell| cell.map(str::to_owned)).collect())
}

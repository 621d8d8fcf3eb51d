//! `purlin dev`: serves a project while it is written.
//!
//! ```text
//! saved files → settings, catalog → migration → tables and catalog at once → what changed, on one screen
//! ```
//! Whatever was saved is a mistake or is served; what was served before goes on until then.

mod change;
mod event;
mod files;
mod migration;
mod screen;
mod terminal;
mod watch;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use purlin_auth::Secret;
use purlin_db::{Database, migrate as migrations};
use purlin_model::{Catalog, Compiled};
use purlin_schema::{RoleLimits, Service};
use serde_json::json;

use super::database::{self, Missing};
use super::server::{self, Server};
use super::{Given, Outcome, Output, Problems, migrate, seed};
use crate::problem::Problem;
use crate::settings::{Origin, Setting, Settings, Values, table};
use crate::{operations, project, transport};
use change::Change;
use event::{Event, Events};
use files::Files;
use migration::Step;
use terminal::Terminal;
use watch::Watch;

/// Longest time for requests under way once `dev` is asked to stop: somebody waits at the terminal.
const GRACE: Duration = Duration::from_millis(500);

/// What is logged at a terminal, unless somebody says otherwise.
const QUIET: &str = "warn";

/// Migrates what is safe, loads seeds, serves with a development admin secret if none is set, and does so again whenever
/// something is saved.
pub fn run(given: &Given<'_>, mut settings: Settings, values: Values) -> Outcome {
    refuse_exposure(&settings)?;
    let events = Events::new(settings.format);
    let mut config = server::config(&settings)?;
    let secret = match config.admin_secret.is_none() && !config.insecure_admin {
        true => Some(project::make_development_secret(&settings.project)?),
        false => None,
    };
    if let Some(secret) = &secret {
        config.admin_secret = Some(Secret::new(secret));
    }
    let guard = server::guard(config)?;
    suit_development(&mut settings, &values, events, guard.is_open());
    server::run(&settings, async {
        // Not kept in version control, so a fresh clone has none.
        project::write_prelude(&settings.project)?;
        // Before anything is read, so that nothing saved meanwhile is missed.
        let mut watch = Watch::start(&settings.project)?;
        let (mut files, compiled) = first_model(&settings, events, &mut watch).await?;
        let catalog = Arc::new(compiled.catalog.clone());
        let limits = operations::limits(&settings, &catalog)?;
        let database = Arc::new(database::open_for_reads(&settings, Missing::Make).await?);
        let applied = bring_up_to_date(&settings, &compiled, &database, events).await?;
        files.note_migrations(&settings.project);
        let loaded = seed::load(&settings, &catalog, &database).await?;
        let service = Service::new(Arc::clone(&database), Arc::clone(&catalog), limits);
        let server = Server::prepare(&settings, guard, service, Arc::clone(&database)).await?;
        events.print(&Event::Serving {
            url: server.url()?,
            console: server.console()?,
            admin_secret: secret,
            database: format!("{:?}", settings.database_url),
            applied,
            loaded: loaded_files(&loaded),
            warnings: compiled.warnings,
        });
        let state = Arc::clone(&server.state);
        let reader = Reader { given, settings: &settings, last: values.clone(), first: values };
        let terminal = Terminal::open(settings.format);
        let dev = Dev {
            reader,
            state,
            database,
            catalog,
            files,
            events,
            terminal,
            told: None,
            seeds_wait: false,
            question: None,
        };
        tokio::select! {
            () = server.serve() => Ok(()),
            ended = dev.watch(watch) => ended.map(|never| match never {}).map_err(Problems::from),
        }
    })?;
    Ok(Output::new(String::new(), json!({ "event": "stopped", "ok": true })))
}

/// What is otherwise than for `serve`, where nobody says how it shall be.
fn suit_development(settings: &mut Settings, values: &Values, events: Events, is_open: bool) {
    settings.console.get_or_insert(true);
    // Where development has a door, pages that are developed on this machine may knock. An open one stays shut to them.
    settings.http.cors_loopback = settings.http.cors_origins.is_empty() && !is_open;
    if values.origin(&table::SHUTDOWN_GRACE) == Origin::Default {
        settings.http.shutdown_grace = GRACE;
    }
    if events.is_watched() && values.origin(&table::LOG) == Origin::Default {
        // What happens is on the screen already.
        settings.log = QUIET.to_owned();
    }
}

/// The model without mistakes: at a terminal, somebody is there to mend them.
async fn first_model(settings: &Settings, events: Events, watch: &mut Watch) -> Result<(Files, Compiled), Problem> {
    loop {
        let files = Files::read(&settings.project);
        match project::compile(settings) {
            Ok(compiled) => return Ok((files, compiled)),
            Err(problem) if events.is_watched() => {
                events.print(&Event::Mistakes { problems: vec![problem], serving: false });
                watch.saved().await?;
            }
            Err(problem) => return Err(problem),
        }
    }
}

/// Tables that were there before the first migration are served as they are; else what is safe is written and applied.
async fn bring_up_to_date(
    settings: &Settings,
    compiled: &Compiled,
    database: &Database,
    events: Events,
) -> Result<Vec<String>, Problem> {
    let step = migration::step(settings, &compiled.catalog, database).await?;
    step.refuse_losses(&settings.project, &[])?;
    step.run(settings, compiled, database, events).await
}

/// With its development secret, `dev` is for whoever sits at this machine.
fn refuse_exposure(settings: &Settings) -> Result<(), Problem> {
    use std::net::ToSocketAddrs;
    let binds = [Some(&settings.bind), settings.metrics_bind.as_ref()];
    for bind in binds.into_iter().flatten().filter(|_| !settings.expose) {
        // An address that cannot be had is told when it is taken.
        let Ok(mut addresses) = bind.to_socket_addrs() else { continue };
        if addresses.any(|address| !address.ip().is_loopback()) {
            return Err(Problem::new("dev-exposed", "`dev` listens on loopback addresses only")
                .at(format!("`{bind}`"))
                .because("others could reach a server that is under development, with its development admin secret")
                .hint(
                    "use `--bind 127.0.0.1:8080`; `--expose` is for those who mean it; `purlin serve` is for others",
                ));
        }
    }
    Ok(())
}

fn loaded_files(loaded: &[purlin_db::data::seed::Loaded]) -> Vec<(String, u64)> {
    loaded.iter().map(|one| (one.file.clone(), one.added.unwrap_or(0))).collect()
}

/// The settings while they may change.
struct Reader<'a> {
    given: &'a Given<'a>,
    /// As they were at the start.
    settings: &'a Settings,
    first: Values,
    /// Those in force, and those that wait for a restart.
    last: Values,
}

/// Settings that are not in force yet.
struct Read {
    settings: Settings,
    values: Values,
    /// Keys of those that can be taken over.
    taken: Vec<&'static str>,
    /// Keys of those that are otherwise than at the start and need another one; none if that is no news.
    restart: Vec<&'static str>,
}

impl Reader<'_> {
    /// The settings as the file says now.
    fn read(&self) -> Result<Read, Problems> {
        let (mut settings, values) = self.given.read()?;
        // The database at hand was opened for these.
        settings.databases.clone_from(&self.settings.databases);
        let keys = |changed: Vec<&'static Setting>, live: bool| {
            let keys = changed.into_iter().filter(|setting| setting.live == live).map(|setting| setting.key);
            keys.collect::<Vec<&'static str>>()
        };
        let taken = keys(self.last.changed(&values), true);
        let is_news = !keys(self.last.changed(&values), false).is_empty();
        let restart = if is_news { keys(self.first.changed(&values), false) } else { Vec::new() };
        Ok(Read { settings, values, taken, restart })
    }
}

/// A server and the project it is made of.
struct Dev<'a> {
    reader: Reader<'a>,
    state: Arc<transport::State>,
    database: Arc<Database>,
    /// What is served.
    catalog: Arc<Catalog>,
    /// What it was made of, or what was refused since.
    files: Files,
    events: Events,
    terminal: Terminal,
    /// The mistakes that were told and still are there.
    told: Option<String>,
    /// Whether seeds were saved and are not loaded yet.
    seeds_wait: bool,
    /// What was asked at the terminal.
    question: Option<Question>,
}

/// Whether losses are meant.
struct Question {
    saved: Vec<String>,
    losses: Vec<String>,
}

impl Dev<'_> {
    /// Takes over whatever is saved.
    async fn watch(mut self, mut watch: Watch) -> Result<Infallible, Problem> {
        self.tell_drift().await;
        loop {
            tokio::select! {
                since = watch.saved() => {
                    let since = since?;
                    let files = Files::read(&self.reader.settings.project);
                    let saved = self.files.saved(&files);
                    self.files = files;
                    if !saved.is_empty() {
                        self.take(&saved, since, &[]).await;
                    }
                }
                line = self.terminal.line() => {
                    let Some(Question { saved, losses }) = self.question.take() else { continue };
                    match terminal::is_yes(&line) {
                        true => self.take(&saved, Instant::now(), &losses).await,
                        false => self.events.print(&Event::Declined),
                    }
                }
            }
        }
    }

    /// Takes over what was saved; `meant` are losses somebody agreed to.
    async fn take(&mut self, saved: &[String], since: Instant, meant: &[String]) {
        self.question = None;
        match self.try_take(saved, since, meant).await {
            Ok(()) => {}
            Err(Problems(problems)) => {
                let event = Event::Mistakes { problems, serving: true };
                let text = event.human(false);
                // Told once, however often something else is saved.
                if self.told.as_ref() != Some(&text) {
                    self.events.print(&event);
                    self.told = Some(text);
                }
            }
        }
    }

    async fn try_take(&mut self, saved: &[String], since: Instant, meant: &[String]) -> Result<(), Problems> {
        self.seeds_wait |= saved.iter().any(|name| name.starts_with("schema/seeds/"));
        let Read { settings, values, taken, restart } = self.reader.read()?;
        let compiled = project::compile(&settings)?;
        let next = &compiled.catalog;
        let limits = operations::limits(&settings, &Arc::new(next.clone()))?;
        let step = migration::step(&settings, next, &self.database).await?;
        if let Err(refusal) = step.refuse_losses(&settings.project, meant) {
            self.refuse(saved, next, &step, refusal);
            return Ok(());
        }
        let before = Arc::clone(&self.catalog);
        let changes = *next != *before || !step.is_empty();
        let mut applied = Vec::new();
        let saves_operations = saved.iter().any(|name| name.starts_with(project::OPERATIONS));
        if changes || saves_operations || !taken.is_empty() {
            applied = self.replace(&compiled, &step, &settings, limits).await?;
        }
        let milliseconds = since.elapsed().as_millis();
        self.reader.last = values;
        let was_mistaken = self.told.take().is_some();
        let has_settings = !taken.is_empty() || !restart.is_empty();
        if has_settings {
            self.events.print(&Event::Settings { taken, restart });
        }
        if changes {
            let change = Change::between(&before, next, step.plan(), self.database.dialect());
            let (saved, warnings, agreed) = (saved.to_vec(), compiled.warnings.clone(), !meant.is_empty());
            self.events.print(&Event::Changed { saved, change, agreed, applied, milliseconds, warnings });
        } else if was_mistaken {
            self.events.print(&Event::Fixed);
        } else if saves_operations {
            self.events.print(&Event::Operations { saved: saved.to_vec() });
        } else if !self.seeds_wait && !has_settings {
            self.events.print(&Event::Unchanged { saved: saved.to_vec() });
        }
        if self.seeds_wait || changes {
            let loaded = seed::load(&settings, next, &self.database).await?;
            self.seeds_wait = false;
            let is_all = !changes && !was_mistaken && !has_settings;
            if !loaded.is_empty() || is_all {
                self.events.print(&Event::Loaded { loaded: loaded_files(&loaded) });
            }
        }
        Ok(())
    }

    /// Tables and catalog change at once: requests under way end before, those that come wait.
    async fn replace(
        &mut self,
        compiled: &Compiled,
        step: &Step,
        settings: &Settings,
        limits: RoleLimits,
    ) -> Result<Vec<String>, Problem> {
        let service = &self.state.service;
        let pause = match step.changes_tables() {
            true => Some(service.pause().await),
            false => None,
        };
        let outcome = step.run(settings, compiled, &self.database, self.events).await;
        // Written or taken back: neither is a save.
        self.files.note_migrations(&settings.project);
        let applied = outcome?;
        // Somebody else may have changed tables.
        self.database.prepare_anew();
        self.catalog = Arc::new(compiled.catalog.clone());
        service.swap(Arc::clone(&self.catalog), limits);
        drop(pause);
        Ok(applied)
    }

    /// What loses data is asked for at a terminal; elsewhere the command that does it is told.
    fn refuse(&mut self, saved: &[String], next: &Catalog, step: &Step, refusal: Problem) {
        let change = Change::between(&self.catalog, next, step.plan(), self.database.dialect());
        let (saved, losses, asks) = (saved.to_vec(), step.losses(), self.terminal.is_open());
        let told = (saved.clone(), losses.clone());
        self.events.print(&Event::Refused { saved: told.0, change, losses: told.1, asks, hint: refusal.hint });
        // Once it is mended, that is news.
        self.told = Some(String::new());
        self.question = asks.then_some(Question { saved, losses });
    }

    /// A database that was changed elsewhere since its last migration.
    async fn tell_drift(&self) {
        let folder = project::migrations(self.reader.settings);
        match migrations::drift(&self.database, &folder).await {
            Ok(Some(differences)) if !differences.is_empty() => self.events.print(&Event::Drift { differences }),
            Ok(_) => {}
            Err(error) => {
                self.events.print(&Event::Mistakes { problems: vec![migrate::problem(error)], serving: true })
            }
        }
    }
}

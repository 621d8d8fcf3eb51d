//! `purlin dev` and `purlin serve`: settings → guard, catalog and database → a server.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;

use purlin_auth::{Config, ConfigError, Guard, Secret, jwt};
use purlin_db::Database;
use purlin_schema::Service;
use serde_json::json;
use tokio::net::TcpListener;

use super::database::{self, Missing};
use super::{Outcome, Output, Problems, done, migrate, seed};
use crate::problem::{Exit, Problem};
use crate::serve::{Door, StopSignals};
use crate::settings::{Format, Settings};
use crate::slow::SlowLog;
use crate::{log, project, serve, transport};

/// Migrates what is safe, loads seeds and serves, with a development admin secret if none is set.
pub fn dev(settings: &Settings) -> Outcome {
    let mut config = config(settings)?;
    if config.admin_secret.is_none() && !config.insecure_admin {
        config.admin_secret = Some(Secret::new(&project::make_development_secret(&settings.project)?));
    }
    let guard = guard(config)?;
    run(settings, async {
        // Not kept in version control, so a fresh clone has none.
        project::write_prelude(&settings.project)?;
        let catalog = Arc::new(project::compile(settings)?.catalog);
        let database = Arc::new(database::open(settings, Missing::Make).await?);
        migrate::bring_up_to_date(settings, &catalog, &database).await?;
        seed::load(settings, &catalog, &database).await?;
        listen(settings, guard, catalog, database, true).await
    })
}

/// Serves.
pub fn serve(settings: &Settings) -> Outcome {
    let guard = guard(config(settings)?)?;
    run(settings, async {
        let catalog = Arc::new(project::compile(settings)?.catalog);
        let missing = if settings.migrate { Missing::Make } else { Missing::Refuse };
        let database = Arc::new(database::open(settings, missing).await?);
        if settings.migrate {
            migrate::refuse_undescribed(settings, &catalog)?;
            migrate::apply_pending(settings, &database).await?;
        }
        migrate::refuse_pending(settings, &catalog, &database).await?;
        listen(settings, guard, catalog, database, false).await
    })
}

/// Starts the log and a runtime, and waits for the server to end.
fn run(settings: &Settings, server: impl Future<Output = Result<(), Problems>>) -> Outcome {
    let log = log::start(settings)?;
    database::runtime()?.block_on(server)?;
    drop(log);
    Ok(Output::new(String::new(), done(json!({}))))
}

async fn listen(
    settings: &Settings,
    guard: Guard,
    catalog: Arc<purlin_model::Catalog>,
    database: Arc<Database>,
    development: bool,
) -> Result<(), Problems> {
    let service = Service::new(Arc::clone(&database), catalog, settings.document.clone());
    let mut http = settings.http.clone();
    // Where development has a door, pages that are developed on this machine may knock. An open one stays shut to them.
    http.cors_loopback = development && http.cors_origins.is_empty() && !guard.is_open();
    let observer = observer(settings, &database);
    let state = transport::State::new(service, guard, database, http);
    let state = Arc::new(state.observed_by(observer));
    let listener = bind(settings, &state).await?;
    let metrics_listener = bind_metrics(settings).await?;
    refresh_keys(&state).await?;
    let listening =
        |error: std::io::Error| Problem::new("runtime", "cannot listen to signals").because(error.to_string());
    let signals = StopSignals::listen().map_err(listening)?;
    announce(settings, &listener, development)?;
    let limits = &settings.http;
    let stop = asked_to_stop(signals, Arc::clone(&state), limits.shutdown_delay).shared();
    let metrics = Arc::clone(&state.observer.metrics);
    let main = serve::serve(Door { listener, metrics }, transport::router(Arc::clone(&state)), limits, stop.clone());
    let inner = async {
        if let Some(listener) = metrics_listener {
            // Who reads metrics is not counted among the clients.
            let door = Door { listener, metrics: Arc::default() };
            serve::serve(door, transport::metrics_router(state), limits, stop).await;
        }
    };
    tokio::join!(main, inner);
    Ok(())
}

fn observer(settings: &Settings, database: &Arc<Database>) -> transport::Observer {
    let threshold = settings.slow_query;
    let slow = (!threshold.is_zero()).then(|| SlowLog::start(threshold, Arc::clone(database)));
    transport::Observer { slow, ..transport::Observer::default() }
}

/// Done when no new connections are to be taken any more: asked to stop, and load balancers have had time to see it.
async fn asked_to_stop(mut signals: StopSignals, state: Arc<transport::State>, delay: Duration) {
    signals.next().await;
    state.stop();
    tracing::info!(?delay, "asked to stop");
    tokio::select! {
        () = tokio::time::sleep(delay) => {}
        // Asked twice.
        () = signals.next() => {}
    }
}

async fn bind_metrics(settings: &Settings) -> Result<Option<TcpListener>, Problem> {
    let Some(bind) = &settings.metrics_bind else { return Ok(None) };
    let failed = |error: std::io::Error| {
        Problem::new("bind", format!("cannot serve metrics at `{bind}`"))
            .because(error.to_string())
            .hint("choose another address with `--metrics-bind HOST:PORT`")
    };
    let listener = TcpListener::bind(bind).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    tracing::info!(%address, "serving metrics");
    if !address.ip().is_loopback() {
        tracing::warn!(%address, "metrics are served to everybody who reaches this address");
    }
    Ok(Some(listener))
}

async fn bind(settings: &Settings, state: &transport::State) -> Result<TcpListener, Problem> {
    let failed = |error: std::io::Error| {
        Problem::new("bind", format!("cannot serve at `{}`", settings.bind))
            .because(error.to_string())
            .hint("choose another address with `--bind HOST:PORT`")
    };
    let listener = TcpListener::bind(&settings.bind).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    if state.guard.is_open() && !address.ip().is_loopback() {
        return Err(Problem::new("insecure-admin", "`insecure_admin` serves loopback addresses only")
            .at(format!("`bind` is `{}`", settings.bind))
            .hint("use `--bind 127.0.0.1:8080`, or set an admin secret"));
    }
    Ok(listener)
}

/// Fetches the keys of a JWKS URL once before anybody is served, then keeps them fresh.
async fn refresh_keys(state: &Arc<transport::State>) -> Result<(), Problem> {
    let failed = |error: purlin_egress::EgressError| Problem::new("egress", error.to_string());
    let client = purlin_egress::Client::new().map_err(failed)?;
    let state = Arc::clone(state);
    let (fetched, first) = tokio::sync::oneshot::channel();
    let fetched = std::sync::Mutex::new(Some(fetched));
    tokio::spawn(async move {
        let attempted = || {
            let mut fetched = fetched.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            // Only the first attempt is waited for.
            if let Some(fetched) = fetched.take() {
                let _ = fetched.send(());
            }
        };
        state.guard.keep_keys_fresh(&client, attempted).await;
    });
    // Without a JWKS URL the task ends and the channel with it.
    let _ = first.await;
    Ok(())
}

/// Says where the server is, once it can be reached.
fn announce(settings: &Settings, listener: &TcpListener, development: bool) -> Result<(), Problem> {
    let address = listener.local_addr().map_err(|error| Problem::new("bind", error.to_string()))?;
    let url = format!("http://{address}/v1/graphql");
    let secret = match development && settings.admin_secret.is_none() && !settings.insecure_admin {
        true => project::development_secret(&settings.project)?,
        false => None,
    };
    let text = match (settings.format, &secret) {
        (Format::Json, secret) => format!("{}\n", json!({ "url": url, "admin_secret": secret })),
        (Format::Human, Some(secret)) => {
            format!("GraphQL:      {url}\nadmin secret: {secret}   (x-hasura-admin-secret)\n")
        }
        (Format::Human, None) => format!("GraphQL:      {url}\n"),
    };
    let mut out = std::io::stdout();
    // A closed pipe must not stop a server.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    tracing::info!(%address, database = ?settings.database_url, "serving");
    Ok(())
}

fn config(settings: &Settings) -> Result<Config, Problem> {
    Ok(Config {
        admin_secret: settings.admin_secret.as_deref().map(Secret::new),
        jwt: settings.jwt_secret.as_deref().map(jwt::Config::parse).transpose().map_err(config_problem)?,
        unauthorized_role: settings.unauthorized_role.clone(),
        insecure_admin: settings.insecure_admin,
    })
}

fn guard(config: Config) -> Result<Guard, Problem> {
    Guard::new(config).map_err(config_problem)
}

/// Credentials that cannot be configured like this.
pub fn config_problem(error: ConfigError) -> Problem {
    Problem { exit: Exit::Mistake, ..Problem::new("credentials", error.message).hint(error.hint) }
}

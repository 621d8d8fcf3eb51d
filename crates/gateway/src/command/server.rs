//! `purlin serve`: settings → guard, catalog and database → a server.

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
use super::{Outcome, Output, Problems, done, migrate};
use crate::problem::{Exit, Problem};
use crate::serve::{Door, StopSignals};
use crate::settings::{Format, HttpLimits, Settings};
use crate::slow::SlowLog;
use crate::tls::{Certificates, Hangup};
use crate::traces::Traces;
use crate::{log, operations, project, serve, transport};

/// Serves.
pub fn serve(settings: &Settings) -> Outcome {
    let guard = guard(config(settings)?)?;
    run(settings, async {
        let compiled = project::compile(settings)?;
        let catalog = Arc::new(compiled.catalog.clone());
        let limits = operations::limits(settings, &catalog)?;
        let missing = if settings.migrate { Missing::Make } else { Missing::Refuse };
        let database = Arc::new(database::open_for_reads(settings, missing).await?);
        if settings.migrate {
            migrate::refuse_undescribed(settings, &catalog)?;
            migrate::apply_pending(settings, &database).await?;
        }
        migrate::refuse_pending(settings, &catalog, &database).await?;
        project::try_sql(&compiled, &database).await?;
        let service = Service::new(Arc::clone(&database), catalog, limits);
        let server = Server::prepare(settings, guard, service, database).await?;
        announce(settings, &server.url()?, server.console()?.as_deref());
        server.serve().await;
        Ok(())
    })
}

/// Starts the log and a runtime, and waits for the server to end.
pub fn run(settings: &Settings, server: impl Future<Output = Result<(), Problems>>) -> Outcome {
    let log = log::start(settings)?;
    database::runtime()?.block_on(server)?;
    drop(log);
    Ok(Output::new(String::new(), done(json!({}))))
}

/// A server that can be reached and does not answer yet.
pub struct Server {
    /// What it answers from.
    pub state: Arc<transport::State>,
    listener: TcpListener,
    certificates: Option<Arc<Certificates>>,
    metrics_listener: Option<TcpListener>,
    signals: StopSignals,
    limits: HttpLimits,
}

impl Server {
    /// Takes its addresses, listens to signals and fetches what it needs before it may answer anybody.
    ///
    /// # Errors
    /// An address that cannot be had; keys that cannot be asked for.
    pub async fn prepare(
        settings: &Settings,
        guard: Guard,
        service: Service,
        database: Arc<Database>,
    ) -> Result<Server, Problem> {
        let observer = observer(settings, &database)?;
        let state = transport::State::new(service, guard, database, settings.http.clone());
        let console = settings.console.unwrap_or(false).then(|| project::name(settings));
        let state = Arc::new(state.observed_by(observer).with_console(console));
        let certificates = certificates(settings)?;
        let listener = bind(settings, &state).await?;
        let metrics_listener = bind_metrics(settings).await?;
        refresh_keys(&state).await?;
        let listening =
            |error: std::io::Error| Problem::new("runtime", "cannot listen to signals").because(error.to_string());
        let signals = StopSignals::listen().map_err(listening)?;
        Ok(Server { state, listener, certificates, metrics_listener, signals, limits: settings.http.clone() })
    }

    /// Where GraphQL is.
    pub fn url(&self) -> Result<String, Problem> {
        Ok(format!("{}/v1/graphql", self.origin()?))
    }

    /// Where the console is, if it is served.
    pub fn console(&self) -> Result<Option<String>, Problem> {
        let origin = self.origin()?;
        Ok(self.state.console.as_ref().map(|_| format!("{origin}{}", transport::console::PATH)))
    }

    fn origin(&self) -> Result<String, Problem> {
        let address = self.listener.local_addr().map_err(|error| Problem::new("bind", error.to_string()))?;
        let scheme = if self.certificates.is_some() { "https" } else { "http" };
        Ok(format!("{scheme}://{address}"))
    }

    /// Serves until the process is asked to stop.
    pub async fn serve(self) {
        let Server { state, listener, certificates, metrics_listener, signals, limits } = self;
        let stop = asked_to_stop(signals, Arc::clone(&state), limits.shutdown_delay).shared();
        let metrics = Arc::clone(&state.observer.metrics);
        let router = transport::router(Arc::clone(&state));
        let main = serve::serve(Door { listener, certificates, metrics }, router, &limits, stop.clone());
        let inner = async {
            if let Some(listener) = metrics_listener {
                // Who reads metrics is not counted among the clients.
                let door = Door { listener, certificates: None, metrics: Arc::default() };
                serve::serve(door, transport::metrics_router(Arc::clone(&state)), &limits, stop).await;
            }
        };
        tokio::join!(main, inner);
        if let Some(traces) = &state.observer.traces {
            traces.end().await;
        }
    }
}

fn observer(settings: &Settings, database: &Arc<Database>) -> Result<transport::Observer, Problem> {
    let threshold = settings.slow_query;
    let slow = (!threshold.is_zero()).then(|| SlowLog::start(threshold, Arc::clone(database)));
    let traces = settings.traces_endpoint.as_deref().map(|endpoint| Traces::start(endpoint, settings.traces_parent));
    Ok(transport::Observer { slow, traces: traces.transpose()?, ..transport::Observer::default() })
}

/// The certificate, replaced whenever its files change.
fn certificates(settings: &Settings) -> Result<Option<Arc<Certificates>>, Problem> {
    let Some((certificate, key)) = &settings.tls else { return Ok(None) };
    let certificates = Arc::new(Certificates::load(certificate, key)?);
    let failed = |error: std::io::Error| Problem::new("runtime", "cannot listen to signals").because(error.to_string());
    let asked = Hangup::listen().map_err(failed)?;
    let watched = Arc::clone(&certificates);
    tokio::spawn(async move { watched.watch(asked).await });
    Ok(Some(certificates))
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
fn announce(settings: &Settings, url: &str, console: Option<&str>) {
    let text = match settings.format {
        Format::Json => format!("{}\n", json!({ "url": url, "console": console, "admin_secret": null })),
        Format::Human => match console {
            Some(console) => format!("GraphQL:      {url}\nconsole:      {console}\n"),
            None => format!("GraphQL:      {url}\n"),
        },
    };
    let mut out = std::io::stdout();
    // A closed pipe must not stop a server.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    tracing::info!(url, database = ?settings.database_url, "serving");
}

/// Whose credentials are taken.
pub fn config(settings: &Settings) -> Result<Config, Problem> {
    Ok(Config {
        admin_secret: settings.admin_secret.as_deref().map(Secret::new),
        second_admin_secret: settings.second_admin_secret.as_deref().map(Secret::new),
        jwt: settings.jwt_secret.as_deref().map(jwt::Config::parse).transpose().map_err(config_problem)?,
        unauthorized_role: settings.unauthorized_role.clone(),
        insecure_admin: settings.insecure_admin,
    })
}

/// What says who asks.
pub fn guard(config: Config) -> Result<Guard, Problem> {
    Guard::new(config).map_err(config_problem)
}

/// Credentials that cannot be configured like this.
pub fn config_problem(error: ConfigError) -> Problem {
    Problem { exit: Exit::Mistake, ..Problem::new("credentials", error.message).hint(error.hint) }
}

//! Counts → OpenMetrics text, which Prometheus reads. Each metric is one line of [`Writer`] calls and one row of
//! `docs/operations.md`; a test compares the two.

use std::fmt::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, MetricEncoder, NoLabelSet, text};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::exemplar::Exemplar;
use prometheus_client::registry::{Registry, Unit};
use purlin_db::Database;
use purlin_db::measure::Histogram;
use purlin_schema::Service;

use super::{Asked, Metrics, RoleClass, STATUSES, process};

/// The media type of the text.
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Everything that has counted something.
pub struct Sources {
    /// The gateway.
    pub metrics: Arc<Metrics>,
    /// The database.
    pub database: Arc<Database>,
    /// The service's prepared operations.
    pub service: Arc<Service>,
}

impl std::fmt::Debug for Sources {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the sources of metrics")
    }
}

/// All metrics as text.
pub fn text(sources: Sources) -> String {
    let mut registry = Registry::with_prefix("purlin");
    registry.register_collector(Box::new(sources));
    let mut out = String::new();
    // Writing into a string cannot fail.
    let _ = text::encode(&mut out, &registry);
    out
}

impl Collector for Sources {
    fn encode(&self, encoder: DescriptorEncoder) -> Result<(), Error> {
        let mut writer = Writer { encoder };
        self.requests(&mut writer)?;
        self.connections(&mut writer)?;
        self.database(&mut writer)?;
        self.operations(&mut writer)?;
        writer.counter("log_lines_dropped", "Log lines that nobody took in time", crate::log::dropped())?;
        process(&mut writer)
    }
}

impl Sources {
    fn requests(&self, writer: &mut Writer<'_>) -> Result<(), Error> {
        let metrics = &*self.metrics;
        let help = "Requests answered, by kind of operation, class of role and status";
        let mut answered = writer.family("requests", help, None, MetricType::Counter)?;
        for (asked, role, status, count) in answered_of(metrics) {
            let labels = [("operation", asked.text()), ("role", role.text()), ("status", &status)];
            counted(&mut answered.encode_family(&labels)?, count)?;
        }
        let help = "Time from a request's headers to its answer";
        let mut durations = writer.family("request_duration", help, Some(&Unit::Seconds), MetricType::Histogram)?;
        by_operation(&mut durations, &metrics.durations)?;
        let mut errors = writer.family("errors", "Errors, by code", None, MetricType::Counter)?;
        let codes = metrics.errors.lock().map_or_else(|broken| broken.into_inner().clone(), |codes| codes.clone());
        for (code, count) in codes {
            counted(&mut errors.encode_family(&[("code", code)])?, count)?;
        }
        writer.counter("requests_abandoned", "Requests whose client went away", read(&metrics.abandoned))?;
        writer.counter("slow_operations", "Operations slower than `slow_query.threshold`", read(&metrics.slow))?;
        writer.gauge("requests_under_way", "Requests that are being answered", metrics.requests.get())?;
        let bytes = Some(&Unit::Bytes);
        let mut received = writer.family("request_body", "Bodies of requests", bytes, MetricType::Histogram)?;
        distribution(&mut received, &metrics.received, 1.0)?;
        let mut sent = writer.family("response_body", "Bodies of answers", bytes, MetricType::Histogram)?;
        distribution(&mut sent, &metrics.sent, 1.0)
    }

    fn connections(&self, writer: &mut Writer<'_>) -> Result<(), Error> {
        let metrics = &*self.metrics;
        writer.gauge("connections", "Open connections", metrics.connections.get())?;
        let refused = read(&metrics.refused_connections);
        writer.counter("connections_refused", "Connections beyond the limits", refused)?;
        let failed = read(&metrics.failed_handshakes);
        writer.counter("tls_handshakes_failed", "TLS handshakes that failed or took too long", failed)
    }

    fn database(&self, writer: &mut Writer<'_>) -> Result<(), Error> {
        let (load, measures) = (self.database.load(), self.database.measures());
        let seconds = Some(&Unit::Seconds);
        let help = "Time the database took of a request, waiting for it included";
        let mut database = writer.family("database_duration", help, seconds, MetricType::Histogram)?;
        by_operation(&mut database, &self.metrics.database)?;
        let help = "Wait for a reader, the writer or a connection";
        let mut wait = writer.family("database_wait", help, seconds, MetricType::Histogram)?;
        distribution(&mut wait, &measures.wait, MICROSECOND)?;
        let help = "Writes that shared one transaction (SQLite)";
        let mut group = writer.family("database_group_writes", help, None, MetricType::Histogram)?;
        distribution(&mut group, &measures.group, 1.0)?;
        writer.gauge("database_pool_used", "Readers or connections at work", load.used as i64)?;
        writer.gauge("database_pool_size", "Readers or connections there can be", load.most as i64)?;
        writer.gauge("database_queue", "Requests that wait for a reader or a connection", load.waiting as i64)?;
        self.reads(writer)?;
        writer.gauge("database_write_queue", "Writes that wait for the writer (SQLite)", load.waiting_writes as i64)
    }

    /// Without replicas there is nothing to tell apart.
    fn reads(&self, writer: &mut Writer<'_>) -> Result<(), Error> {
        let reads = self.database.reads();
        let replicas = || reads.iter().flat_map(|reads| &reads.replicas).zip(1..);
        let help = "Reads by the server they went to, with replicas";
        let mut family = writer.family("database_reads", help, None, MetricType::Counter)?;
        if let Some(reads) = &reads {
            counted(&mut family.encode_family(&[("server", "primary")])?, reads.primary)?;
        }
        for (replica, number) in replicas() {
            counted(&mut family.encode_family(&[("server", &*format!("replica-{number}"))])?, replica.reads)?;
        }
        let help = "Reads that a replica did not answer and the primary did";
        let repeated = reads.as_ref().map_or(0, |reads| reads.repeated);
        writer.counter("database_reads_repeated", help, repeated)?;
        let help = "Replicas that the next read may go to";
        let used = replicas().filter(|(replica, _)| replica.is_used).count();
        writer.gauge("database_replicas_used", help, used as i64)?;
        let help = "How old what a replica shows can be";
        let mut family = writer.family("database_replica_lag", help, Some(&Unit::Seconds), MetricType::Gauge)?;
        for (replica, number) in replicas() {
            let Some(lag) = replica.lag else { continue };
            family.encode_family(&[("server", &*format!("replica-{number}"))])?.encode_gauge(&lag.as_secs_f64())?;
        }
        Ok(())
    }

    fn operations(&self, writer: &mut Writer<'_>) -> Result<(), Error> {
        let (done, kept) = (self.service.statistics(), self.service.kept());
        writer.counter("prepared_hits", "Requests that found their prepared operation", done.hits)?;
        writer.counter("prepared_misses", "Operations validated and compiled", done.lowerings)?;
        writer.counter("documents_parsed", "Documents parsed", done.parses)?;
        writer.gauge("prepared_operations", "Prepared operations that are kept", kept.operations as i64)?;
        let mut bytes = writer.family(
            "prepared_operations_memory",
            "Memory of prepared operations, roughly",
            Some(&Unit::Bytes),
            MetricType::Gauge,
        )?;
        bytes.encode_gauge(&(kept.bytes as i64))
    }
}

fn process(writer: &mut Writer<'_>) -> Result<(), Error> {
    let mut build = writer.family("build", "The version that runs", None, MetricType::Info)?;
    build.encode_info(&[("version", env!("CARGO_PKG_VERSION"))])?;
    let Some(process) = process::now() else { return Ok(()) };
    let help = "Memory of the process";
    let mut resident = writer.family("process_resident_memory", help, Some(&Unit::Bytes), MetricType::Gauge)?;
    resident.encode_gauge(&(process.resident as i64))?;
    let help = "CPU time of the process";
    let mut cpu = writer.family("process_cpu", help, Some(&Unit::Seconds), MetricType::Counter)?;
    cpu.encode_counter::<NoLabelSet, f64, f64>(&process.cpu, None)?;
    writer.gauge("process_open_files", "Open files and sockets", process.files as i64)?;
    let most = i64::try_from(process.most_files).unwrap_or(i64::MAX);
    writer.gauge("process_open_files_limit", "Files and sockets there may be", most)?;
    writer.gauge("process_threads", "Threads", process.threads as i64)
}

/// Every combination that was counted.
fn answered_of(metrics: &Metrics) -> impl Iterator<Item = (Asked, RoleClass, String, u64)> {
    Asked::ALL.into_iter().flat_map(move |asked| {
        RoleClass::ALL.into_iter().flat_map(move |role| {
            let counts = STATUSES.iter().zip(&metrics.answered[asked as usize][role as usize]);
            counts.filter_map(move |(status, count)| {
                let name = if *status == 0 { "other".to_owned() } else { status.to_string() };
                Some((asked, role, name, read(count))).filter(|(.., count)| *count > 0)
            })
        })
    })
}

/// Times are kept in microseconds and told in seconds.
const MICROSECOND: f64 = 1e-6;

fn by_operation(family: &mut MetricEncoder<'_>, histograms: &[Histogram]) -> Result<(), Error> {
    for (asked, histogram) in Asked::ALL.into_iter().zip(histograms) {
        if histogram.ranges().any(|(_, count)| count > 0) {
            distribution(&mut family.encode_family(&[("operation", asked.text())])?, histogram, MICROSECOND)?;
        }
    }
    Ok(())
}

fn distribution(encoder: &mut MetricEncoder<'_>, histogram: &Histogram, unit: f64) -> Result<(), Error> {
    // Dividing gives the nearest number to 0.0025; multiplying gives one beside it.
    let scaled = |value: u64| value as f64 / (1.0 / unit).round();
    let ranges: Vec<(f64, u64)> =
        histogram.ranges().map(|(bound, count)| (bound.map_or(f64::INFINITY, scaled), count)).collect();
    let count = ranges.iter().map(|(_, count)| count).sum();
    encoder.encode_histogram::<NoLabelSet>(scaled(histogram.sum()), count, &ranges, None)
}

fn counted(encoder: &mut MetricEncoder<'_>, count: u64) -> Result<(), Error> {
    encoder.encode_counter(&count, None::<&Exemplar<NoLabelSet, f64>>)
}

fn read(counter: &AtomicU64) -> u64 {
    counter.load(Ordering::Relaxed)
}

/// Writes metrics one after the other.
struct Writer<'a> {
    encoder: DescriptorEncoder<'a>,
}

impl Writer<'_> {
    fn family<'s>(
        &'s mut self,
        name: &'s str,
        help: &str,
        unit: Option<&'s Unit>,
        kind: MetricType,
    ) -> Result<MetricEncoder<'s>, Error> {
        self.encoder.encode_descriptor(name, help, unit, kind)
    }

    fn counter(&mut self, name: &str, help: &str, count: u64) -> Result<(), Error> {
        counted(&mut self.family(name, help, None, MetricType::Counter)?, count)
    }

    fn gauge(&mut self, name: &str, help: &str, value: i64) -> Result<(), Error> {
        self.family(name, help, None, MetricType::Gauge)?.encode_gauge(&value)
    }
}

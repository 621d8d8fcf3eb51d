//! What the process takes of the machine, as Linux tells it.

/// The process now.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Process {
    /// Memory in use, in bytes.
    pub resident: u64,
    /// CPU time so far, in seconds.
    pub cpu: f64,
    /// Open files and sockets.
    pub files: u64,
    /// How many there may be.
    pub most_files: u64,
    /// Threads.
    pub threads: u64,
}

/// The process now; `None` where the system does not tell.
#[cfg(target_os = "linux")]
pub fn now() -> Option<Process> {
    use procfs::process::LimitValue;
    let process = procfs::process::Process::myself().ok()?;
    let stat = process.stat().ok()?;
    let most_files = match process.limits().ok()?.max_open_files.soft_limit {
        LimitValue::Value(most) => most,
        LimitValue::Unlimited => u64::MAX,
    };
    Some(Process {
        resident: stat.rss * procfs::page_size(),
        cpu: (stat.utime + stat.stime) as f64 / procfs::ticks_per_second() as f64,
        files: process.fd_count().ok()? as u64,
        most_files,
        threads: u64::try_from(stat.num_threads).unwrap_or_default(),
    })
}

/// The process now; `None` where the system does not tell.
#[cfg(not(target_os = "linux"))]
pub fn now() -> Option<Process> {
    None
}

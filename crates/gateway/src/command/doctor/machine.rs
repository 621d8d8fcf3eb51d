//! What the files and the disk show.

use std::path::{Path, PathBuf};

use super::{Finding, Severity, finding};
use crate::settings::{Settings, table};

/// Free space below which a database soon stops, in bytes.
const DISK_BYTES: u64 = 1 << 30;

/// What is to be mended on this machine.
pub fn findings(settings: &Settings) -> Vec<Finding> {
    let mut findings = secret_files(settings);
    if let Some(path) = settings.database_url.sqlite_path() {
        if is_open(path) {
            let message = format!("others on this machine can read `{}`", path.display());
            let reason = "the file's permissions are wider than its owner";
            let hint = "`chmod 600` the file, and `700` its folder";
            findings.push(finding(Severity::Warning, "doctor-database-file", message, reason, hint));
        }
        findings.extend(disk(path));
    }
    findings
}

/// Files that hold secrets: those that variables name, and the key of the certificate.
fn secret_files(settings: &Settings) -> Vec<Finding> {
    let named = table::all().filter(|setting| setting.secret);
    let named = named.filter_map(|setting| std::env::var_os(setting.file_variable()).map(PathBuf::from));
    let key = settings.tls.iter().map(|(_, key)| key.clone());
    let open = named.chain(key).filter(|path| is_open(path));
    open.map(|path| {
        let message = format!("others on this machine can read the secret in `{}`", path.display());
        let reason = "the file's permissions are wider than its owner";
        finding(Severity::Error, "doctor-secret-file", message, reason, "`chmod 600` the file")
    })
    .collect()
}

/// Whether the group or everybody may read the file.
#[cfg(unix)]
fn is_open(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|facts| facts.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open(_path: &Path) -> bool {
    false
}

#[cfg(unix)]
fn disk(database: &Path) -> Option<Finding> {
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let facts = rustix::fs::statvfs(folder).ok()?;
    let free = facts.f_bavail.saturating_mul(facts.f_frsize);
    (free < DISK_BYTES).then(|| {
        let message = "there is little room left for the database";
        let reason = format!("{} MB are free in `{}`", free >> 20, folder.display());
        let hint = "make room, or move the file";
        finding(Severity::Error, "doctor-disk", message, reason, hint)
    })
}

#[cfg(not(unix))]
fn disk(_database: &Path) -> Option<Finding> {
    None
}

//! Puts `dist` into the crate: `scripts/console` makes it where Node is there, then every file becomes an item of
//! `FILES`. Without Node the crate is built without files, and says so.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, io};

/// Media types by ending.
const MEDIA_TYPES: &[(&str, &str)] = &[
    ("html", "text/html; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("svg", "image/svg+xml"),
    ("md", "text/plain; charset=utf-8"),
];

fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    for watched in ["build.rs", "web/src", "web/index.html", "web/vite.config.ts", "web/package-lock.json"] {
        println!("cargo:rerun-if-changed={watched}");
    }
    let dist = here.join("dist");
    if !up_to_date(&here) {
        // What is embedded is not what it should be: look again once somebody has made it. A folder that is not there
        // makes every build look.
        println!("cargo:rerun-if-changed=dist");
    }
    let mut files = Vec::new();
    if dist.is_dir() {
        collect(&dist, &dist, &mut files)?;
    }
    files.sort();
    fs::write(out.join("files.rs"), table(&dist, &out, &files)?)
}

/// Runs `scripts/console`, which does nothing where `dist` is up to date already.
fn up_to_date(here: &Path) -> bool {
    let script = here.join("../../scripts/console");
    match Command::new("bash").arg(script).stdin(Stdio::null()).output() {
        Ok(output) => {
            for line in String::from_utf8_lossy(&output.stdout).lines() {
                println!("cargo:warning={line}");
            }
            if !output.status.success() {
                let why = String::from_utf8_lossy(&output.stderr);
                let last = why.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("no reason was given");
                println!("cargo:warning=the console is not built: {last}");
            }
            output.status.success()
        }
        Err(error) => {
            println!("cargo:warning=the console is not built: `bash` cannot be run: {error}");
            false
        }
    }
}

/// The paths of compressed files below a folder, without their ending `.gz`.
fn collect(dist: &Path, folder: &Path, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(dist, &path, files)?;
        } else if let Some(name) = path.strip_prefix(dist).ok().and_then(Path::to_str) {
            files.extend(name.strip_suffix(".gz").map(|name| name.replace('\\', "/")));
        }
    }
    Ok(())
}

/// The source of `FILES`. Files are copied beside it, so that the compiler does not read what a script replaces.
fn table(dist: &Path, out: &Path, files: &[String]) -> io::Result<String> {
    let mut text = String::from("/// Every file, by path.\nconst FILES: &[File] = &[\n");
    for (index, path) in files.iter().enumerate() {
        let copy = out.join(format!("{index}.gz"));
        fs::copy(dist.join(format!("{path}.gz")), &copy)?;
        let ending = path.rsplit('.').next().unwrap_or_default();
        let known = MEDIA_TYPES.iter().find(|(known, _)| *known == ending);
        let (_, media_type) =
            known.ok_or_else(|| io::Error::other(format!("`{path}` has no media type in build.rs")))?;
        let _ = writeln!(
            text,
            "    File {{ path: {path:?}, media_type: {media_type:?}, gzip: include_bytes!({copy:?}) }},"
        );
    }
    text.push_str("];\n");
    Ok(text)
}

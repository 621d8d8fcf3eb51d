//! `tests/command/*.txt` are sessions at a terminal: lines that begin with `$` are run by a shell in an empty folder,
//! and what they print stands below. What differs each time (folders, times, secrets) is shown as a word in capitals.

use std::path::Path;
use std::process::Command;

use purlin_testkit::{Expectations, TemporaryFolder, cases};

#[test]
fn commands_print_what_the_sessions_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/command");
    let mut expectations = Expectations::new();
    for path in cases(&folder, |path| path.extension().is_some_and(|extension| extension == "txt")) {
        let text = std::fs::read_to_string(&path).unwrap();
        expectations.check(&path, &session(&text));
    }
    expectations.finish();
}

fn session(text: &str) -> String {
    let folder = TemporaryFolder::create();
    let mut shown = String::new();
    // Text above the first command says what the session is about.
    for line in text.lines().take_while(|line| !line.starts_with("$ ")) {
        shown.push_str(line);
        shown.push('\n');
    }
    for line in text.lines().filter(|line| line.starts_with("$ ")) {
        shown.push_str(line);
        shown.push('\n');
        shown.push_str(&run(&line[2..], folder.path()));
        shown.push('\n');
    }
    shown
}

fn run(line: &str, folder: &Path) -> String {
    let binaries = Path::new(env!("CARGO_BIN_EXE_purlin")).parent().unwrap();
    let path = format!("{}:{}", binaries.display(), std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{{ {line}\n}} 2>&1")]).current_dir(folder);
    command.env_clear().env("PATH", path).env("LC_ALL", "C");
    let output = command.output().expect("a shell");
    let mut text = steady(&String::from_utf8_lossy(&output.stdout), folder);
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    if !output.status.success() {
        text.push_str(&format!("[exit {}]\n", output.status.code().unwrap_or(-1)));
    }
    text
}

/// The text without what differs each time.
fn steady(text: &str, folder: &Path) -> String {
    let text = text.replace(&folder.display().to_string(), "FOLDER");
    let mut steady = String::new();
    let mut word = String::new();
    for letter in text.chars().chain(['\n']) {
        if letter.is_ascii_alphanumeric() || letter == '-' || letter == ':' || letter == '.' {
            word.push(letter);
            continue;
        }
        steady.push_str(&named(&word));
        word.clear();
        steady.push(letter);
    }
    steady.pop();
    steady
}

fn named(word: &str) -> String {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return "SECRET".to_owned();
    }
    if word.len() == 14 && digits(word) {
        return "VERSION".to_owned();
    }
    let is_time = word.len() >= 20 && word.ends_with('Z') && word.as_bytes().get(10) == Some(&b'T');
    if is_time { "TIME".to_owned() } else { word.to_owned() }
}

//! The files of a project that its server is made of, each with its size and time: which were saved since.
//!
//! Refuses to know: what is in them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::settings::FILE;

/// The folders that are looked at, with all that is in them.
pub const FOLDERS: [&str; 2] = ["schema", MIGRATIONS];
const MIGRATIONS: &str = "migrations";
/// Endings of files that mean something; what editors leave beside them does not.
const ENDINGS: [&str; 4] = ["graphql", "json", "csv", "sql"];
/// Folders inside each other.
const DEPTH: usize = 16;

/// Names from the project's folder on (`schema/tasks.graphql`), each with size and time of its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<String, (u64, Option<SystemTime>)>);

impl Files {
    /// The files as they are. What cannot be read is not there.
    pub fn read(project: &Path) -> Files {
        let mut files = Files::default();
        files.add(project, FILE.to_owned());
        for folder in FOLDERS {
            files.add_folder(project, folder, DEPTH);
        }
        files
    }

    /// Names of the files that are new, gone or other than in `later`.
    pub fn saved(&self, later: &Files) -> Vec<String> {
        let gone = self.0.keys().filter(|name| !later.0.contains_key(*name));
        let new = later.0.iter().filter(|(name, facts)| self.0.get(*name) != Some(facts)).map(|(name, _)| name);
        let mut names: Vec<String> = gone.chain(new).cloned().collect();
        names.sort();
        names
    }

    /// Takes note of migrations that this process has written itself.
    pub fn note_migrations(&mut self, project: &Path) {
        self.0.retain(|name, _| !name.starts_with(MIGRATIONS));
        self.add_folder(project, MIGRATIONS, DEPTH);
    }

    fn add(&mut self, project: &Path, name: String) {
        if let Ok(facts) = fs::metadata(project.join(&name)) {
            self.0.insert(name, (facts.len(), facts.modified().ok()));
        }
    }

    fn add_folder(&mut self, project: &Path, folder: &str, depth: usize) {
        let Ok(entries) = fs::read_dir(project.join(folder)) else { return };
        for entry in entries.flatten() {
            let Ok(name) = entry.file_name().into_string() else { continue };
            let name = format!("{folder}/{name}");
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && depth > 0 => self.add_folder(project, &name, depth - 1),
                Ok(_) if matters(Path::new(&name)) => self.add(project, name),
                _ => {}
            }
        }
    }
}

/// Whether a file's name is one that is read.
pub fn matters(path: &Path) -> bool {
    let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
    let ending = path.extension().map(|ending| ending.to_string_lossy());
    !hidden && ending.is_some_and(|ending| ENDINGS.contains(&&*ending))
}

/// What of the project a path is about: `None` for what nobody reads.
pub fn relevant(project: &Path, path: &Path) -> Option<PathBuf> {
    let name = path.strip_prefix(project).ok()?;
    let first = name.components().next()?.as_os_str();
    let is_folder = FOLDERS.iter().any(|folder| *folder == first);
    (is_folder || name == Path::new(FILE)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use purlin_testkit::TemporaryFolder;

    use super::*;

    #[test]
    fn what_was_saved_is_found_and_what_editors_leave_is_not() {
        let folder = TemporaryFolder::create();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        for name in ["purlin.toml", "schema/a.graphql", "schema/seeds/01.json", "migrations/sqlite/1_a.up.sql"] {
            write(name, "");
        }
        let before = Files::read(folder.path());
        assert_eq!(before.0.len(), 4);
        write("schema/a.graphql", "longer");
        for name in ["schema/.a.graphql.swp", "schema/a.graphql~", "schema/4913", "other/b.graphql", ".purlin/x.sql"] {
            write(name, "");
        }
        fs::rename(folder.path().join("schema/seeds/01.json"), folder.path().join("schema/seeds/02.json")).unwrap();
        write("migrations/sqlite/1_a.up.sql", "longer");
        let mut after = Files::read(folder.path());
        let names =
            ["migrations/sqlite/1_a.up.sql", "schema/a.graphql", "schema/seeds/01.json", "schema/seeds/02.json"];
        assert_eq!(before.saved(&after), names);
        fs::remove_dir_all(folder.path().join("schema")).unwrap();
        assert_eq!(after.saved(&Files::read(folder.path())), ["schema/a.graphql", "schema/seeds/02.json"]);
        after.note_migrations(folder.path());
        assert_eq!(before.saved(&after)[0], names[0]);
    }
}

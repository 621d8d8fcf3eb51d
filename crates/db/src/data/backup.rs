//! A database → one archive, and back into an empty database of either kind. Refuses to know how rows are read and
//! written.
//!
//! An archive is a gzipped tar: what it is, the model, the migrations, the rows of each table as NDJSON in pieces, and at
//! the end a manifest with the count and the hash of everything before it. It is read whole and compared with its
//! manifest after it was written, and before anything is restored from it.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use purlin_model::Catalog;
use purlin_plan::plan::Dialect;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::digest::Digest;
use super::error::DataError;
use super::session::Session;
use super::shape::{Chunk, Gathering, Row, Shape};
use super::target::{Arrived, Expected, Filling, Histories, Target};
use super::{Progress, Told, ndjson};
use crate::migrate::folder::{self, folder_name};
use crate::{Database, DatabaseError, Options, migrate, physical};

/// The version of the archive's form.
const FORMAT: u32 = 1;
/// The first entry.
const HEADER: &str = "purlin-backup.json";
/// The last entry.
const MANIFEST: &str = "manifest.json";
const MODEL: &str = "model.graphql";
const DATA: &str = "data/";
/// Largest entry in bytes; a piece of rows is far smaller unless a single row is so large.
const ENTRY_BYTES: u64 = 1 << 30;

/// What the archive is.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    format: u32,
    /// The kind of database it was made of.
    database: String,
    created_at: String,
}

/// What the archive holds.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Manifest {
    /// Tables by the names of their types.
    tables: BTreeMap<String, TableEntry>,
    /// SHA-256 of every other entry.
    files: BTreeMap<String, String>,
}

#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct TableEntry {
    rows: u64,
    hash: String,
    /// The last key it gave by itself.
    #[serde(default)]
    last_key: Option<i64>,
}

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The tables in it.
    pub tables: Vec<Arrived>,
    /// Tables of the database that are not in it, since the model does not know them.
    pub left_out: Vec<String>,
    /// Bytes of the file.
    pub bytes: u64,
}

/// Writes a backup of a database as it is at one moment; others may read and write meanwhile. The file appears under its
/// name when it is whole and was read back; only its owner may read it.
///
/// # Errors
/// [`DataError`]; no file then.
pub async fn backup(
    database: &Database,
    catalog: &Catalog,
    migrations: &Path,
    out: &Path,
    told: Told<'_>,
) -> Result<Saved, DataError> {
    let part = super::export::part(out);
    // What an earlier attempt left behind would keep its permissions.
    let _ = fs::remove_file(&part);
    let written = write(database, catalog, migrations, &part, told).await;
    let saved = written.and_then(|(manifest, left_out)| {
        let read = Contents::verify(&part)?;
        if read.manifest != manifest {
            return Err(archive(out, "what was read back is not what was written"));
        }
        let bytes = fs::metadata(&part).map_err(|error| DataError::file(&part, error))?.len();
        fs::rename(&part, out).map_err(|error| DataError::file(out, error))?;
        let tables = manifest.tables.iter().map(|(table, entry)| Arrived {
            table: table.clone(),
            rows: entry.rows,
            hash: entry.hash.clone(),
        });
        Ok(Saved { tables: tables.collect(), left_out, bytes })
    });
    if saved.is_err() {
        let _ = fs::remove_file(&part);
    }
    saved
}

fn archive(path: &Path, reason: impl Into<String>) -> DataError {
    DataError::Archive { path: path.to_owned(), reason: reason.into() }
}

async fn write(
    database: &Database,
    catalog: &Catalog,
    migrations: &Path,
    path: &Path,
    told: Told<'_>,
) -> Result<(Manifest, Vec<String>), DataError> {
    let dialect = database.dialect();
    let session = Session::read(database).await?;
    let histories = Histories::read(&session, dialect).await?;
    // The tables are as the last migration left them, whatever the folder says by now.
    let of_history = histories.model().map(|model| migrate::plan::compile(model, &[dialect])).transpose()?;
    let catalog = of_history.as_ref().unwrap_or(catalog);
    let model = purlin_model::print(catalog, purlin_model::PrintOptions { permissions: false });

    let mut writer = Writer::create(path)?;
    let header = Header {
        format: FORMAT,
        database: folder_name(dialect).to_owned(),
        created_at: purlin_model::value::format_instant(jiff::Timestamp::now()),
    };
    writer.file(HEADER, &to_json(&header))?;
    writer.file(MODEL, model.as_bytes())?;
    let versions = histories.versions();
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let applied = folder::read(migrations, dialect)?;
        for migration in applied.iter().filter(|migration| versions.contains(&migration.version.as_str())) {
            let folder = format!("migrations/{}/", folder_name(dialect));
            writer.file(&format!("{folder}{}", migration.up_file()), migration.up.as_bytes())?;
            if let Some(down) = &migration.down {
                writer.file(&format!("{folder}{}", migration.down_file()), down.as_bytes())?;
            }
        }
    }
    for shape in Shape::all(catalog) {
        writer.table(&session, &shape, told).await?;
    }
    for (name, rows) in [("purlin_migrations", histories.migrations), ("purlin_seeds", histories.seeds)] {
        let shape = Shape::of_system(name)?;
        let mut digest = Digest::default();
        rows.iter().for_each(|row| digest.add(&shape, row));
        writer.rows(&shape, 0, &rows)?;
        writer.note(&shape, &digest, None);
    }
    let left_out = left_out(&session, catalog).await?;
    Ok((writer.finish()?, left_out))
}

async fn left_out(session: &Session, catalog: &Catalog) -> Result<Vec<String>, DataError> {
    let live = session.tables().await?;
    let expected = physical::of(catalog, session.dialect());
    let own = migrate::system::wanted(session.dialect())?;
    let is_known = |name: &&physical::TableName| expected.tables.contains_key(*name) || own.tables.contains_key(*name);
    Ok(live.tables.keys().filter(|name| !is_known(name)).map(ToString::to_string).collect())
}

fn to_json(value: &impl Serialize) -> Vec<u8> {
    // Strings and numbers: nothing here that JSON could not hold.
    serde_json::to_vec_pretty(value).unwrap_or_default()
}

fn checksum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An archive that is being written.
struct Writer {
    path: PathBuf,
    tar: tar::Builder<GzEncoder<BufWriter<File>>>,
    manifest: Manifest,
}

impl Writer {
    fn create(path: &Path) -> Result<Writer, DataError> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(|error| DataError::file(path, error))?;
        let packed = GzEncoder::new(BufWriter::new(file), Compression::default());
        Ok(Writer { path: path.to_owned(), tar: tar::Builder::new(packed), manifest: Manifest::default() })
    }

    fn entry(&mut self, name: &str, bytes: &[u8]) -> Result<(), DataError> {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o600);
        self.tar.append_data(&mut header, name, bytes).map_err(|error| DataError::file(&self.path, error))
    }

    fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), DataError> {
        self.manifest.files.insert(name.to_owned(), checksum(bytes));
        self.entry(name, bytes)
    }

    fn rows(&mut self, shape: &Shape, piece: u64, rows: &[Row]) -> Result<(), DataError> {
        let mut lines = Vec::new();
        rows.iter().for_each(|row| ndjson::write(&mut lines, shape, row));
        self.entry(&format!("{DATA}{}/{piece:08}.ndjson", shape.name), &lines)
    }

    fn note(&mut self, shape: &Shape, digest: &Digest, last_key: Option<i64>) {
        let entry = TableEntry { rows: digest.rows, hash: digest.hex(), last_key };
        self.manifest.tables.insert(shape.name.to_string(), entry);
    }

    async fn table(&mut self, session: &Session, shape: &Arc<Shape>, told: Told<'_>) -> Result<(), DataError> {
        let (mut digest, mut piece) = (Digest::default(), 0);
        session
            .scan(shape, true, async |chunk: Chunk| {
                chunk.iter().for_each(|row| digest.add(shape, row));
                told(&Progress { label: format!("back up {}", shape.name), rows: digest.rows, bytes: None });
                self.rows(shape, piece, &chunk)?;
                piece += 1;
                Ok::<(), DataError>(())
            })
            .await?;
        let last_key = session.last_key(shape).await?;
        self.note(shape, &digest, last_key);
        Ok(())
    }

    fn finish(mut self) -> Result<Manifest, DataError> {
        let manifest = to_json(&self.manifest);
        self.entry(MANIFEST, &manifest)?;
        let failed = |error: io::Error| DataError::file(&self.path, error);
        let file = self.tar.into_inner().and_then(GzEncoder::finish).map_err(failed)?;
        let file = file.into_inner().map_err(|error| failed(error.into_error()))?;
        file.sync_all().map_err(failed)?;
        Ok(self.manifest)
    }
}

/// Everything of an archive but the rows, after all of it was read and compared with its manifest.
struct Contents {
    header: Header,
    manifest: Manifest,
    /// Entries that are no rows, by name.
    files: BTreeMap<String, String>,
}

impl Contents {
    fn verify(path: &Path) -> Result<Contents, DataError> {
        let (mut header, mut manifest) = (None, None);
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        let mut digests: BTreeMap<String, Digest> = BTreeMap::new();
        entries(path, |name, bytes| {
            if header.is_none() && name != HEADER {
                return Err(archive(path, "it is not a backup of Purlin"));
            }
            if manifest.is_some() {
                return Err(archive(path, "it goes on behind its end"));
            }
            if let Some(table) = table_of(&name) {
                let digest = digests.entry(table.to_owned()).or_default();
                bytes.split_inclusive(|byte| *byte == b'\n').for_each(|line| digest.add_line(line));
                return Ok(());
            }
            let text = String::from_utf8(bytes).map_err(|_| archive(path, format!("`{name}` is not UTF-8")))?;
            let damaged = |error: serde_json::Error| archive(path, format!("`{name}` cannot be read: {error}"));
            match name.as_str() {
                MANIFEST => manifest = Some(serde_json::from_str::<Manifest>(&text).map_err(damaged)?),
                HEADER => {
                    let read: Header = serde_json::from_str(&text).map_err(damaged)?;
                    if read.format != FORMAT {
                        let reason = format!("its form is version {}, and this program reads {FORMAT}", read.format);
                        return Err(archive(path, reason));
                    }
                    header = Some(read);
                }
                _ => {}
            }
            files.insert(name, text);
            Ok(())
        })?;
        let header = header.ok_or_else(|| archive(path, "it is not a backup of Purlin"))?;
        let manifest = manifest.ok_or_else(|| archive(path, "it ends too early"))?;
        files.remove(MANIFEST);
        let contents = Contents { header, manifest, files };
        contents.compare(path, &digests)?;
        Ok(contents)
    }

    fn compare(&self, path: &Path, digests: &BTreeMap<String, Digest>) -> Result<(), DataError> {
        let found: BTreeMap<String, String> =
            self.files.iter().map(|(name, text)| (name.clone(), checksum(text.as_bytes()))).collect();
        if found != self.manifest.files {
            return Err(archive(path, "its model or migrations are not those of its manifest"));
        }
        if let Some(extra) = digests.keys().find(|table| !self.manifest.tables.contains_key(*table)) {
            return Err(archive(path, format!("its manifest does not know the rows of `{extra}`")));
        }
        let nothing = Digest::default();
        for (table, entry) in &self.manifest.tables {
            let digest = digests.get(table).unwrap_or(&nothing);
            if digest.rows != entry.rows || digest.hex() != entry.hash {
                return Err(archive(path, format!("the rows of `{table}` are not those of its manifest")));
            }
        }
        Ok(())
    }
}

/// `data/tasks/00000001.ndjson` is of `tasks`.
fn table_of(name: &str) -> Option<&str> {
    name.strip_prefix(DATA)?.split_once('/').map(|(table, _)| table)
}

/// Gives every entry of an archive, one after the other.
fn entries(path: &Path, mut each: impl FnMut(String, Vec<u8>) -> Result<(), DataError>) -> Result<(), DataError> {
    let damaged = |error: io::Error| match error.kind() {
        io::ErrorKind::UnexpectedEof => archive(path, "it ends too early"),
        _ => archive(path, format!("it is damaged, or no backup: {error}")),
    };
    let file = File::open(path).map_err(|error| DataError::file(path, error))?;
    let mut tar = tar::Archive::new(GzDecoder::new(BufReader::new(file)));
    for entry in tar.entries().map_err(damaged)? {
        let entry = entry.map_err(damaged)?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let size = entry.size();
        if size > ENTRY_BYTES {
            return Err(archive(path, format!("`{name}` is larger than {ENTRY_BYTES} bytes")));
        }
        let mut bytes = Vec::new();
        entry.take(ENTRY_BYTES).read_to_end(&mut bytes).map_err(damaged)?;
        if bytes.len() as u64 != size {
            return Err(archive(path, "it ends too early"));
        }
        each(name, bytes)?;
    }
    // To the end, where gzip has its own checksum.
    io::copy(&mut tar.into_inner(), &mut io::sink()).map_err(damaged)?;
    Ok(())
}

/// Fills an empty database from a backup, of whichever kind either is.
///
/// # Errors
/// [`DataError`]; the database then holds no rows of it (its empty tables may have been made).
pub async fn restore(path: &Path, url: &str, options: Options, told: Told<'_>) -> Result<Vec<Arrived>, DataError> {
    let contents = Contents::verify(path)?;
    let target = Target::open(url, options).await?;
    let dialect = target.database()?.dialect();
    let model = contents.files.get(MODEL).map_or("", String::as_str);
    let catalog = migrate::plan::compile(model, &[dialect])?;
    let scripts = Scripts::unpack(&contents, dialect)?;
    let made = target.prepare(&catalog, &scripts.0).await?;
    drop(scripts);

    let filling = Filling::begin(target.database()?, &catalog, made).await?;
    let shapes: BTreeMap<&str, &Arc<Shape>> = filling.shapes.iter().map(|shape| (&*shape.name, shape)).collect();
    let system = [Shape::of_system("purlin_migrations")?, Shape::of_system("purlin_seeds")?];
    let mut histories =
        Histories { same_kind: contents.header.database == folder_name(dialect), ..Histories::default() };
    let (mut pieces, reader) = pieces(path);
    let mut rows = 0;
    while let Some((table, text)) = pieces.recv().await {
        if let Some(shape) = system.iter().find(|shape| *shape.name == *table) {
            let read = lines(&text).map(|line| row(path, shape, line)).collect::<Result<Vec<_>, _>>()?;
            match table.as_str() {
                "purlin_migrations" => histories.migrations.extend(read),
                _ => histories.seeds.extend(read),
            }
            continue;
        }
        let Some(shape) = shapes.get(table.as_str()) else {
            return Err(archive(path, format!("its model does not know `{table}`")));
        };
        let mut gathering = Gathering::default();
        for line in lines(&text) {
            rows += 1;
            if let Some(chunk) = gathering.push(row(path, shape, line)?) {
                filling.insert(shape, chunk).await?;
            }
        }
        if let Some(chunk) = gathering.take() {
            filling.insert(shape, chunk).await?;
        }
        told(&Progress { label: format!("restore {table}"), rows, bytes: None });
    }
    reader.await.unwrap_or_else(|error| Err(DatabaseError::Internal(error.to_string()).into()))?;
    let expected = expected(path, &contents.manifest, &filling.shapes)?;
    filling.histories(&histories).await?;
    let arrived = filling.finish(&expected).await?;
    target.finish()?;
    Ok(arrived)
}

/// A table and lines of its rows.
type Piece = (String, String);
/// The thread that reads pieces.
type Reading = JoinHandle<Result<(), DataError>>;

/// The pieces of rows of an archive, read on a thread of its own.
fn pieces(path: &Path) -> (mpsc::Receiver<Piece>, Reading) {
    let (sender, receiver) = mpsc::channel(1);
    let path = path.to_owned();
    let reader = tokio::task::spawn_blocking(move || {
        entries(&path, |name, bytes| {
            let Some(table) = table_of(&name) else { return Ok(()) };
            let text = String::from_utf8(bytes).map_err(|_| archive(&path, format!("`{name}` is not UTF-8")))?;
            // Nobody may be waiting any more.
            sender.blocking_send((table.to_owned(), text)).map_err(|_| archive(&path, "it was read in vain"))
        })
    });
    (receiver, reader)
}

/// Lines end with a line feed and nothing else: text may hold what Unicode calls one.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split_terminator('\n')
}

/// The scripts of an archive for one kind of database, in a folder of their own until this is dropped.
struct Scripts(PathBuf);

impl Scripts {
    /// None are unpacked if they are not all there: then the model makes the tables.
    fn unpack(contents: &Contents, dialect: Dialect) -> Result<Scripts, DataError> {
        let now = jiff::Timestamp::now().as_nanosecond();
        let scripts = Scripts(std::env::temp_dir().join(format!("purlin-restore-{}-{now}", std::process::id())));
        let folder = format!("migrations/{}/", folder_name(dialect));
        let own = contents.files.iter().filter_map(|(name, text)| Some((name.strip_prefix(&folder)?, text)));
        let own: Vec<(&str, &String)> = own.filter(|(name, _)| is_file_name(name)).collect();
        let applied = contents.manifest.tables.get("purlin_migrations").map_or(0, |entry| entry.rows);
        if own.iter().filter(|(name, _)| name.ends_with(".up.sql")).count() as u64 != applied {
            return Ok(scripts);
        }
        let failed = |error| DataError::file(&scripts.0, error);
        let to = scripts.0.join(folder_name(dialect));
        fs::create_dir_all(&to).map_err(failed)?;
        for (name, text) in own {
            fs::write(to.join(name), text).map_err(failed)?;
        }
        if let Some(model) = contents.files.get(MODEL) {
            folder::write_model(&scripts.0, model)?;
        }
        Ok(scripts)
    }
}

impl Drop for Scripts {
    fn drop(&mut self) {
        // A folder left behind in the system's place for temporary files goes with it.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn is_file_name(name: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.');
    !name.starts_with('.') && name.chars().all(fits)
}

fn row(path: &Path, shape: &Shape, line: &str) -> Result<Row, DataError> {
    ndjson::read(shape, line).map_err(|reason| archive(path, format!("a row of `{}`: {reason}", shape.name)))
}

/// What the tables are to hold by the manifest.
fn expected(path: &Path, manifest: &Manifest, shapes: &[Arc<Shape>]) -> Result<Vec<Expected>, DataError> {
    let of = |shape: &Arc<Shape>| {
        let entry = manifest.tables.get(&*shape.name);
        let entry = entry.ok_or_else(|| archive(path, format!("it has no rows of `{}`", shape.name)))?;
        let digest = Digest::from_parts(entry.rows, &entry.hash);
        let digest = digest.ok_or_else(|| archive(path, "a hash of its manifest is none"))?;
        Ok(Expected { shape: shape.clone(), digest, last_key: entry.last_key })
    };
    shapes.iter().map(of).collect()
}

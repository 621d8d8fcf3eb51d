//! Tables → files of rows, all from one snapshot. Refuses to know where a program is told its progress.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use purlin_model::Catalog;

use super::rows::Format;
use super::session::Session;
use super::shape::{Chunk, Shape};
use super::source::is_packed;
use super::{DataError, Progress, Told, csv, ndjson};
use crate::Database;

/// Where rows go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Out {
    /// The standard output: one table.
    Standard,
    /// A file: one table.
    File(PathBuf),
    /// A folder: a file for each table.
    Folder(PathBuf),
}

/// A table that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The type's name.
    pub table: String,
    /// Its rows.
    pub rows: u64,
    /// The file; `None` for the standard output.
    pub file: Option<PathBuf>,
}

/// Writes tables as they are at one moment. A file appears under its name when it is whole.
///
/// # Errors
/// [`DataError`].
pub async fn export(
    database: &Database,
    shapes: &[Arc<Shape>],
    format: Format,
    out: &Out,
    told: Told<'_>,
) -> Result<Vec<Exported>, DataError> {
    if let (Out::Standard | Out::File(_), [_, _, ..] | []) = (out, shapes) {
        return Err(DataError::Request {
            message: format!("one file holds one table, and there are {}", shapes.len()),
            hint: "name one with `--table`, or a folder with `--out`",
        });
    }
    let session = Session::read(database).await?;
    let mut exported = Vec::with_capacity(shapes.len());
    for shape in shapes {
        let path = match out {
            Out::Standard => None,
            Out::File(path) => Some(path.clone()),
            Out::Folder(folder) => Some(folder.join(format!("{}.{}", shape.name, format.extension()))),
        };
        let rows = match &path {
            None => write(&session, shape, format, &mut BufWriter::new(io::stdout()), told).await,
            Some(path) => to_file(&session, shape, format, path, told).await,
        }?;
        exported.push(Exported { table: shape.name.to_string(), rows, file: path });
    }
    Ok(exported)
}

/// The tables to export: those that are named, or all of the model.
///
/// # Errors
/// [`DataError::Request`] for a table that is not there.
pub fn shapes(catalog: &Catalog, tables: &[String]) -> Result<Vec<Arc<Shape>>, DataError> {
    if tables.is_empty() {
        return Ok(Shape::all(catalog));
    }
    tables.iter().map(|name| super::import::shape(catalog, name)).collect()
}

async fn to_file(
    session: &Session,
    shape: &Arc<Shape>,
    format: Format,
    path: &Path,
    told: Told<'_>,
) -> Result<u64, DataError> {
    let failed = |error| DataError::file(path, error);
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let part = part(path);
    let file = BufWriter::new(File::create(&part).map_err(failed)?);
    let written = match is_packed(path) {
        false => {
            let mut file = file;
            let rows = write(session, shape, format, &mut file, told).await;
            rows.and_then(|rows| file.flush().map(|()| rows).map_err(failed))
        }
        true => {
            let mut packed = GzEncoder::new(file, Compression::default());
            let rows = write(session, shape, format, &mut packed, told).await;
            rows.and_then(|rows| packed.finish().and_then(|mut file| file.flush()).map(|()| rows).map_err(failed))
        }
    };
    let done = written.and_then(|rows| fs::rename(&part, path).map(|()| rows).map_err(failed));
    if done.is_err() {
        // What is half there is of no use; that it cannot be removed is not worth a second error.
        let _ = fs::remove_file(&part);
    }
    done
}

/// The name of a file that is not whole yet.
pub(super) fn part(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

async fn write(
    session: &Session,
    shape: &Arc<Shape>,
    format: Format,
    out: &mut dyn Write,
    told: Told<'_>,
) -> Result<u64, DataError> {
    if let ([only], Format::Csv) = (&*shape.fields, format)
        && only.nullable
    {
        return Err(DataError::Request {
            message: format!("CSV cannot tell NULL in `{}` from an empty line: it has one column", shape.name),
            hint: "use `--format ndjson`",
        });
    }
    let (mut buffer, mut rows) = (Vec::new(), 0);
    if format == Format::Csv {
        csv::write_header(&mut buffer, shape);
    }
    let failed = |error: io::Error| DataError::file(Path::new("the output"), error);
    session
        .scan(shape, true, async |chunk: Chunk| {
            for row in &chunk {
                match format {
                    Format::Csv => csv::write(&mut buffer, row),
                    Format::Ndjson => ndjson::write(&mut buffer, shape, row),
                }
            }
            rows += chunk.len() as u64;
            told(&Progress { label: format!("export {}", shape.name), rows, bytes: None });
            out.write_all(&buffer).map_err(failed)?;
            buffer.clear();
            Ok::<(), DataError>(())
        })
        .await?;
    out.write_all(&buffer).and_then(|()| out.flush()).map_err(failed)?;
    Ok(rows)
}

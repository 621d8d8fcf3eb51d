//! Opening: files made, files refused, settings.

use purlin_db::sqlite::Engine;
use purlin_db::{DatabaseError, Options};
use purlin_testkit::TemporaryFolder;

#[tokio::test]
async fn a_missing_file_is_made_with_its_folder() {
    let folder = TemporaryFolder::create();
    let path = folder.path().join("a/b/data.db");
    let engine = Engine::open(path.to_str().unwrap(), Options::default()).await.unwrap();
    let settings = engine.read(|connection| {
        let text = |name: &str| connection.query_row(&format!("pragma {name}"), [], |row| row.get::<_, String>(0));
        let number = |name: &str| connection.query_row(&format!("pragma {name}"), [], |row| row.get::<_, i64>(0));
        Ok((text("journal_mode")?, number("synchronous")?, number("foreign_keys")?, number("query_only")?))
    });
    assert_eq!(settings.await.unwrap(), ("wal".to_owned(), 2, 1, 1));
    assert!(path.exists());
}

#[tokio::test]
async fn readers_cannot_write() {
    let folder = TemporaryFolder::create();
    let path = folder.path().join("data.db");
    let engine = Engine::open(path.to_str().unwrap(), Options::default()).await.unwrap();
    let error = engine.read(|connection| Ok(connection.execute_batch("create table a (b)")?)).await.unwrap_err();
    assert!(matches!(error, DatabaseError::Unavailable(_)), "{error:?}");
}

#[tokio::test]
async fn what_is_no_sqlite_file_is_refused() {
    let folder = TemporaryFolder::create();
    let other = folder.path().join("notes.txt");
    std::fs::write(&other, "this is a list of things to do").unwrap();
    let short = folder.path().join("short");
    std::fs::write(&short, "SQLite").unwrap();
    for (path, reason) in [
        (other.to_str().unwrap(), "it is not an SQLite file"),
        (short.to_str().unwrap(), "it is not an SQLite file"),
        (folder.path().to_str().unwrap(), "it is a folder, not an SQLite file"),
    ] {
        let Err(DatabaseError::Unavailable(text)) = Engine::open(path, Options::default()).await else {
            panic!("{path} was opened");
        };
        assert_eq!(text, format!("`{path}`: {reason}"));
    }
    assert_eq!(std::fs::read(&other).unwrap(), b"this is a list of things to do");
    assert!(Engine::open("", Options::default()).await.is_err());
}

#[tokio::test]
async fn a_path_is_only_a_path() {
    let folder = TemporaryFolder::create();
    for name in ["file:data.db?mode=memory", "a b%20c.db"] {
        let path = folder.path().join(name);
        let engine = Engine::open(path.to_str().unwrap(), Options::default()).await.unwrap();
        drop(engine);
        assert!(path.exists(), "{name}");
    }
}

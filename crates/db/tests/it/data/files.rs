//! Files of rows: exact round trips, mistakes with their places, interrupted imports.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use purlin_db::Database;
use purlin_db::data::export::{self, Out};
use purlin_db::data::import::{self, Imported, Options};
use purlin_db::data::{Conflict, DataError, Format, Progress, Session, Shape};
use purlin_model::Catalog;
use purlin_plan::plan::Dialect;

use super::random;
use crate::migrate::project::{DIALECTS, Project, model};

fn quiet(_: &Progress) {}

struct Setup {
    project: Project,
    database: Database,
    catalog: Catalog,
}

impl Setup {
    async fn of(text: &str, dialect: Dialect) -> Setup {
        let project = Project::create(dialect);
        let database = project.open().await;
        let catalog = model(text);
        project.migrate(&database, &catalog).await;
        Setup { project, database, catalog }
    }

    fn file(&self, name: &str) -> PathBuf {
        let path = self.project.seeds().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        std::fs::write(self.file(name), text).unwrap();
        self.file(name)
    }

    async fn import(&self, paths: &[&PathBuf], options: Options) -> Result<Vec<Imported>, DataError> {
        let paths: Vec<PathBuf> = paths.iter().map(|path| (*path).clone()).collect();
        let sources = import::sources(&self.catalog, &paths, None, None)?;
        import::import(&self.database, &self.catalog, &sources, &options, &quiet).await
    }

    async fn query(&self, sql: &str) -> Vec<String> {
        self.project.query(&self.database, sql).await
    }

    /// The reasons without the folder.
    fn reasons(&self, error: &DataError) -> Vec<String> {
        let folder = format!("{}/", self.project.seeds().display());
        error.reasons().iter().map(|reason| reason.replace(&folder, "")).collect()
    }
}

fn show(error: DataError) -> String {
    format!("{}: {error}\n{}\n{:?}", error.code(), error.reasons().join("\n"), error.hint())
}

#[tokio::test]
async fn every_value_comes_back_through_every_kind_of_file_on_both_databases() {
    let mut digests = Vec::new();
    let folder = purlin_testkit::TemporaryFolder::create();
    for dialect in DIALECTS {
        let setup = Setup::of(random::EVERYTHING, dialect).await;
        let shape = Shape::all(&setup.catalog).remove(0);
        let rows = random::rows(&setup.catalog, &shape, 400);
        random::insert(&Session::write(&setup.database).await.unwrap(), &shape, rows.clone()).await;
        let read = Session::read(&setup.database).await.unwrap().rows(&shape).await.unwrap();
        assert_eq!(read, rows, "{dialect:?}");
        for (name, format) in
            [("everything.csv", Format::Csv), ("everything.ndjson", Format::Ndjson), ("everything.csv.gz", Format::Csv)]
        {
            let path = folder.path().join(format!("{dialect:?}")).join(name);
            let shapes = [Arc::clone(&shape)];
            let out = Out::File(path);
            export::export(&setup.database, &shapes, format, &out, &quiet).await.map_err(show).unwrap();
        }
        digests.push(Session::read(&setup.database).await.unwrap().digest(&shape).await.unwrap().to_string());
    }
    assert_eq!(digests[0], digests[1]);
    // What one database wrote, both read.
    for writer in DIALECTS {
        for name in ["everything.csv", "everything.ndjson", "everything.csv.gz"] {
            let path = folder.path().join(format!("{writer:?}")).join(name);
            let other = folder.path().join(format!("{:?}", DIALECTS[0])).join(name);
            if !name.ends_with("gz") {
                assert_eq!(std::fs::read(&path).unwrap(), std::fs::read(&other).unwrap(), "{name}");
            }
            for reader in DIALECTS {
                let setup = Setup::of(random::EVERYTHING, reader).await;
                let imported = setup.import(&[&path], Options::default()).await.map_err(show).unwrap();
                assert_eq!((imported[0].rows, imported[0].written), (400, 400));
                let shape = Shape::all(&setup.catalog).remove(0);
                let digest = Session::read(&setup.database).await.unwrap().digest(&shape).await.unwrap();
                assert_eq!(digest.to_string(), digests[0], "{name}, {writer:?} to {reader:?}");
            }
        }
    }
}

const NOTES: &str = r#"
enum mood { good bad }
type authors @table {
  id: Int! @id @default(autoincrement: true)
  name: String! @unique
}
type notes @table {
  id: Int! @id @default(autoincrement: true)
  author_id: Int!
  author: authors! @relation(fields: [author_id])
  text: String! @length(min: 1, max: 5)
  mood: mood! @default(value: good)
  price: numeric @column(precision: 6, scale: 2) @range(min: "0")
  document: jsonb
}
"#;

/// Files in `tests/data/*`, each with the mistakes that are found in it, the same on both databases.
#[tokio::test]
async fn damaged_files_are_refused_with_the_place_of_every_mistake() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut expectations = purlin_testkit::Expectations::new();
    let cases =
        purlin_testkit::cases(&folder, |path| path.extension().is_some_and(|end| end == "csv" || end == "ndjson"));
    for dialect in DIALECTS {
        let setup = Setup::of(NOTES, dialect).await;
        setup.project.execute(&setup.database, "INSERT INTO authors (name) VALUES ('Ada')").await;
        for case in &cases {
            let sources = import::sources(&setup.catalog, std::slice::from_ref(case), Some("notes"), None).unwrap();
            let options = Options::default();
            let error = import::import(&setup.database, &setup.catalog, &sources, &options, &quiet).await.unwrap_err();
            let text = format!(
                "{}: {error}\n{}\nhelp: {}\n",
                error.code(),
                error.reasons().join("\n"),
                error.hint().unwrap_or_default()
            );
            let folder = format!("{}/", folder.display());
            let expected = PathBuf::from(format!("{}.txt", case.display()));
            expectations.check(&expected, &text.replace(&folder, ""));
            assert_eq!(setup.query("SELECT count(*) FROM notes").await, ["0"], "{}", case.display());
        }
    }
    expectations.finish();
}

#[tokio::test]
async fn a_folder_is_loaded_parents_first_and_keys_go_on_behind() {
    for dialect in DIALECTS {
        let setup = Setup::of(NOTES, dialect).await;
        let notes = setup.write("a/notes.ndjson", "");
        let folder = notes.parent().unwrap().to_owned();
        std::fs::write(&notes, "{\"author_id\": 7, \"text\": \"one\", \"document\": null}\n\n{\"id\": 20, \"text\": \"two\", \"author_id\": 7}\r\n").unwrap();
        std::fs::write(folder.join("authors.csv"), "\u{feff}name,id\r\n\"Ada\nL\",7\r\n").unwrap();
        let imported = setup.import(&[&folder], Options::default()).await.map_err(show).unwrap();
        assert_eq!(imported.iter().map(|one| one.table.as_str()).collect::<Vec<_>>(), ["authors", "notes"]);
        let rows = setup
            .query("SELECT text, mood, CASE WHEN document IS NULL THEN 'none' ELSE 'null' END FROM notes ORDER BY text")
            .await;
        assert_eq!(rows, ["one|good|null", "two|good|none"]);
        setup.project.execute(&setup.database, "INSERT INTO notes (text, author_id) VALUES ('next', 7)").await;
        assert_eq!(setup.query("SELECT id FROM notes WHERE text = 'next'").await, ["21"]);
    }
}

#[tokio::test]
async fn rows_that_are_there_are_an_error_or_skipped_or_updated() {
    for dialect in DIALECTS {
        let setup = Setup::of(NOTES, dialect).await;
        setup.project.execute(&setup.database, "INSERT INTO authors (id, name) VALUES (1, 'Ada')").await;
        let path = setup.write("authors.csv", "id,name\n2,Bo\n1,Cy\n");
        let error = setup.import(&[&path], Options::default()).await.unwrap_err();
        assert_eq!(setup.reasons(&error), ["authors.csv:3:1: another row has the same values of `authors_pkey`"]);
        assert_eq!(setup.query("SELECT id, name FROM authors ORDER BY id").await, ["1|Ada"]);
        let conflict = |conflict| Options { conflict, ..Options::default() };
        let skipped = setup.import(&[&path], conflict(Conflict::Skip)).await.map_err(show).unwrap();
        assert_eq!((skipped[0].rows, skipped[0].written), (2, 1));
        assert_eq!(setup.query("SELECT id, name FROM authors ORDER BY id").await, ["1|Ada", "2|Bo"]);
        setup.write("authors.csv", "id,name\n1,Cy\n1,Di\n");
        setup.import(&[&path], conflict(Conflict::Update)).await.map_err(show).unwrap();
        assert_eq!(setup.query("SELECT id, name FROM authors ORDER BY id").await, ["1|Di", "2|Bo"]);
    }
}

#[tokio::test]
async fn an_import_goes_on_behind_its_last_batch() {
    for dialect in DIALECTS {
        let setup = Setup::of(NOTES, dialect).await;
        let lines = |bad: usize| -> String {
            let line = |index: usize| match index == bad {
                true => "0,name 1\n".to_owned(),
                false => format!("{index},name {index}\n"),
            };
            format!("id,name\n{}", (1..=25).map(line).collect::<String>())
        };
        let path = setup.write("authors.csv", &lines(18));
        let options = || Options { batch: 10, ..Options::default() };
        let error = setup.import(&[&path], options()).await.unwrap_err();
        assert_eq!(setup.reasons(&error), ["authors.csv:19:1: another row has the same values of `authors_name_key`"]);
        assert!(error.hint().unwrap().starts_with("10 rows before it are written"), "{:?}", error.hint());
        assert_eq!(setup.query("SELECT count(*) FROM authors").await, ["10"]);
        // Another beginning is another file.
        setup.write("authors.csv", &lines(0).replace("name 3\n", "name three\n"));
        let error = setup.import(&[&path], options()).await.unwrap_err();
        assert_eq!(error.code(), "data-resume");
        setup.write("authors.csv", &lines(0));
        let imported = setup.import(&[&path], options()).await.map_err(show).unwrap();
        assert_eq!((imported[0].rows, imported[0].resumed, imported[0].written), (25, 10, 15));
        assert_eq!(setup.query("SELECT count(*), min(id), max(id) FROM authors").await, ["25|1|25"]);
        // Done is done: the same command begins anew.
        let error = setup.import(&[&path], options()).await.unwrap_err();
        assert_eq!(setup.reasons(&error), ["authors.csv:2:1: another row has the same values of `authors_pkey`"]);
    }
}

const TREE: &str = r#"
type people @table {
  id: Int! @id
  boss_id: Int
  boss: people @relation(fields: [boss_id])
  team_id: Int!
  team: teams! @relation(fields: [team_id])
}
type teams @table {
  id: Int! @id
  lead_id: Int!
  lead: people! @relation(fields: [lead_id])
}
"#;

#[tokio::test]
async fn tables_that_point_at_each_other_are_loaded_in_one_transaction() {
    for dialect in DIALECTS {
        let setup = Setup::of(TREE, dialect).await;
        let people = setup.write("people.csv", "id,boss_id,team_id\n1,2,5\n2,,5\n");
        let teams = setup.write("teams.csv", "id,lead_id\n5,1\n");
        let options = || Options { batch: 1, ..Options::default() };
        setup.import(&[&people, &teams], options()).await.map_err(show).unwrap();
        assert_eq!(setup.query("SELECT id, boss_id FROM people ORDER BY id").await, ["1|2", "2|NULL"]);
        assert_eq!(setup.project.differences(&setup.database, &setup.catalog).await, Vec::<String>::new());
        setup.write("people.csv", "id,boss_id,team_id\n3,9,5\n");
        let error = setup.import(&[&people], options()).await.unwrap_err();
        assert_eq!(setup.reasons(&error), ["the row that `people_boss_id_fkey` points at is not there"]);
        assert_eq!(setup.query("SELECT count(*) FROM people").await, ["2"]);
    }
}

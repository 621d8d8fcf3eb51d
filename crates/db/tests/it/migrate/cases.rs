//! Cases in folders: two models and the scripts between them, applied to databases with rows in them.

use std::fs;
use std::path::Path;

use purlin_db::migrate::{self, Plan};
use purlin_testkit::{Expectations, cases};

use super::project::{DIALECTS, Project, model, show};

fn text(folder: &Path, name: &str) -> String {
    let path = folder.join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What people are told, as one text.
fn told(plan: &Plan) -> String {
    let lines = |lines: Vec<String>| lines.into_iter().map(|line| format!("{line}\n")).collect::<String>();
    let findings = lines(plan.findings.iter().map(ToString::to_string).collect());
    format!("# {}\n## destructive\n{findings}## may fail\n{}", plan.name, lines(plan.warnings.clone()))
}

#[tokio::test]
async fn scripts_are_as_expected_and_rows_survive() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/migrate");
    let mut expectations = Expectations::new();
    for case in cases(&folder, Path::is_dir) {
        let (before, after) = (model(&text(&case, "before.graphql")), model(&text(&case, "after.graphql")));
        for dialect in DIALECTS {
            let project = Project::create(dialect);
            let database = project.open().await;
            project.migrate(&database, &before).await;
            project.execute(&database, &text(&case, "data.sql")).await;
            let mut plan = migrate::plan_diff(&project.migrations(), &after, &DIALECTS).unwrap();
            migrate::count_rows(&database, &mut plan).await;
            expectations.check(&case.join("told.txt"), &told(&plan));
            let (_, scripts) = plan.texts.iter().find(|(of, _)| *of == dialect).unwrap();
            let name = migrate::folder::folder_name(dialect);
            expectations.check(&case.join(format!("{name}.up.sql")), &scripts.up);
            expectations.check(&case.join(format!("{name}.down.sql")), &scripts.down);
            let refused = project.diff(&after, false).err().map(|error| error.code());
            assert_eq!(refused.is_some(), !plan.findings.is_empty(), "{}: {refused:?}", case.display());
            if refused.is_some() {
                project.diff(&after, true).unwrap();
            }
            if let Err(error) = project.apply(&database).await {
                expectations.fail(format!("{} on {name}: {}", case.display(), show(&error)));
                continue;
            }
            let rows = project.query(&database, &text(&case, "query.sql")).await.join("\n") + "\n";
            expectations.check(&case.join("rows.txt"), &rows);
            let drift = project.drift(&database).await;
            if !drift.is_empty() {
                expectations.fail(format!("{} on {name} drifts: {drift:#?}", case.display()));
            }
            if let Err(error) = migrate::down(&database, &project.migrations()).await {
                expectations.fail(format!("{} back on {name}: {}", case.display(), show(&error)));
                continue;
            }
            let drift = project.differences(&database, &before).await;
            if !drift.is_empty() {
                expectations.fail(format!("{} back on {name} drifts: {drift:#?}", case.display()));
            }
        }
    }
    expectations.finish();
}

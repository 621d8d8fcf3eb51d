//! A generated project of any width, to see what tables and roles cost.

use std::fmt::Write;

/// The model of a project with so many tables and roles, as file names and SDL, a file per table: every table has
/// twelve columns, a foreign key to the table before it with the relation both ways, and rules for every role.
pub fn wide_model(tables: usize, roles: usize) -> Vec<(String, String)> {
    let enums = "enum wide_status {\n  open\n  waiting\n  closed\n}\n".to_owned();
    let table = |index| {
        let mut sdl = String::new();
        write_table(&mut sdl, index, tables);
        write_rules(&mut sdl, index, roles);
        (format!("{}.graphql", wide_table(index)), sdl)
    };
    std::iter::once(("enums.graphql".to_owned(), enums)).chain((0..tables).map(table)).collect()
}

/// The name of a role of [`wide_model`].
pub fn wide_role(index: usize) -> String {
    format!("role_{index:02}")
}

/// The name of a table of [`wide_model`].
pub fn wide_table(index: usize) -> String {
    format!("records_{index:03}")
}

fn write_table(sdl: &mut String, index: usize, tables: usize) {
    let name = wide_table(index);
    let _ = write!(
        sdl,
        "\"Records of kind {index}.\"
type {name} @table @index(fields: [status, due_on]) {{
  id: uuid! @id @default(uuid: v7)
  owner_id: uuid!
  \"What people call it.\"
  name: String! @length(min: 1, max: 200)
  status: wide_status! @default(value: open)
  quantity: Int! @default(value: 0) @range(min: 0)
  amount: numeric @column(precision: 12, scale: 2)
  weight: Float
  active: Boolean! @default(value: true)
  due_on: date
  data: jsonb
  created_at: timestamptz! @default(now: true)
  updated_at: timestamptz! @updated_at
"
    );
    if index > 0 {
        let before = wide_table(index - 1);
        let _ =
            writeln!(sdl, "  parent_id: uuid\n  parent: {before} @relation(fields: [parent_id], on_delete: set_null)");
    }
    if index + 1 < tables {
        let _ = writeln!(sdl, "  children: [{}!]! @relation(inverse: parent)", wide_table(index + 1));
    }
    sdl.push_str("}\n");
}

fn write_rules(sdl: &mut String, index: usize, roles: usize) {
    let _ = writeln!(sdl, "\nextend type {}", wide_table(index));
    for role in 0..roles {
        let role = wide_role(role);
        let own = "{owner_id: {_eq: \"X-Hasura-User-Id\"}}";
        let _ = writeln!(
            sdl,
            "  @allow(
    role: \"{role}\"
    select: {{where: {own}, columns: all, limit: 100, aggregations: true}}
    insert: {{check: {{}}, set: {{owner_id: \"X-Hasura-User-Id\"}}, columns: [name, status, quantity, amount, data]}}
    update: {{where: {own}, columns: [name, status, quantity, amount, data]}}
    delete: {{where: {own}}}
  )"
        );
    }
}

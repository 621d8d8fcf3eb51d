//! A PostgreSQL database's tables, from its catalogue.

use std::collections::BTreeMap;

use purlin_plan::plan::Dialect;
use tokio_postgres::{Error, GenericClient, Row};

use crate::physical::{
    Identity, PhysicalCheck, PhysicalColumn, PhysicalForeignKey, PhysicalIndex, PhysicalKey, PhysicalSchema,
    PhysicalSearch, PhysicalTable, PhysicalView, TableName, without_brackets,
};

/// Schemas that are looked at: the user's own, and not those of extensions.
const USER_SCHEMAS: &str = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_class'::regclass AND x.objid = c.oid AND x.deptype = 'e')";

/// Reads them all.
///
/// # Errors
/// Those of PostgreSQL.
pub async fn introspect(client: &impl GenericClient) -> Result<PhysicalSchema, Error> {
    read(client, USER_SCHEMAS).await
}

/// Reads the temporary tables of this session, as if they were in no schema.
///
/// # Errors
/// Those of PostgreSQL.
pub async fn introspect_temporary(client: &impl GenericClient) -> Result<PhysicalSchema, Error> {
    read(client, "n.oid = pg_my_temp_schema()").await
}

async fn read(client: &impl GenericClient, schemas: &str) -> Result<PhysicalSchema, Error> {
    let mut schema = PhysicalSchema {
        dialect: Dialect::Postgres,
        tables: BTreeMap::new(),
        views: BTreeMap::new(),
        unsupported: Vec::new(),
    };
    relations(client, schemas, &mut schema).await?;
    columns(client, schemas, &mut schema).await?;
    constraints(client, schemas, &mut schema).await?;
    indexes(client, schemas, &mut schema).await?;
    triggers(client, schemas, &mut schema).await?;
    Ok(schema)
}

/// SQL that gives what a view selects, in PostgreSQL's words and without the semicolon at the end.
pub fn view_sql(view: &str) -> String {
    format!("SELECT btrim(pg_get_viewdef({view}::regclass), E' \\n;')")
}

fn table_name(row: &Row) -> Result<TableName, Error> {
    Ok(TableName { schema: row.try_get("schema")?, name: row.try_get("table")? })
}

async fn relations(client: &impl GenericClient, schemas: &str, schema: &mut PhysicalSchema) -> Result<(), Error> {
    let sql = format!(
        "SELECT n.nspname::text AS schema, c.relname::text AS table, c.relkind::text AS kind, c.relispartition AS is_partition,
                EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid OR i.inhparent = c.oid) AS inherits,
                c.relrowsecurity AS row_security, obj_description(c.oid, 'pg_class') AS comment,
                c.reloptions IS NULL
                  AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
                  AND NOT EXISTS (SELECT FROM pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN') AS plain,
                CASE WHEN c.relkind = 'v' THEN ({}) END AS query
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND {schemas} ORDER BY 1, 2",
        view_sql("c.oid")
    );
    for row in client.query(&sql, &[]).await? {
        let name = table_name(&row)?;
        let kind: String = row.try_get("kind")?;
        let mut cannot = |what: &str| schema.unsupported.push(format!("{what} `{name}`"));
        match kind.as_str() {
            "v" | "m" => {
                let plain: bool = row.try_get("plain")?;
                let sql: Option<String> = row.try_get("query")?;
                let sql = sql.filter(|_| plain && kind == "v");
                let view = PhysicalView { sql, comment: row.try_get("comment")?, ..PhysicalView::default() };
                schema.views.insert(name, view);
            }
            "f" => cannot("foreign table"),
            // A partition is part of its table.
            _ if row.try_get("is_partition")? => {}
            _ => {
                if kind == "p" {
                    cannot("partitioning of");
                } else if row.try_get("inherits")? {
                    cannot("inheritance of");
                }
                if row.try_get("row_security")? {
                    cannot("row-level security of");
                }
                let table = PhysicalTable { comment: row.try_get("comment")?, ..PhysicalTable::default() };
                schema.tables.insert(name, table);
            }
        }
    }
    Ok(())
}

async fn columns(client: &impl GenericClient, schemas: &str, schema: &mut PhysicalSchema) -> Result<(), Error> {
    let sql = format!(
        "SELECT n.nspname::text AS schema, c.relname::text AS table, a.attname::text AS name,
                format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS not_null, a.attidentity::text AS identity,
                a.attgenerated::text AS generated, pg_get_expr(d.adbin, d.adrelid) AS default,
                CASE WHEN a.attcollation <> t.typcollation THEN l.collname::text END AS collation,
                col_description(c.oid, a.attnum::int) AS comment,
                EXISTS (SELECT FROM pg_depend o JOIN pg_class s ON s.oid = o.objid AND s.relkind = 'S'
                        WHERE o.refobjid = c.oid AND o.refobjsubid = a.attnum AND o.deptype = 'a'
                          AND pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%') AS serial
         FROM pg_attribute a
         JOIN pg_class c ON c.oid = a.attrelid
         JOIN pg_namespace n ON n.oid = c.relnamespace
         JOIN pg_type t ON t.oid = a.atttypid
         LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
         LEFT JOIN pg_collation l ON l.oid = a.attcollation
         WHERE c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped AND {schemas}
         ORDER BY 1, 2, a.attnum"
    );
    for row in client.query(&sql, &[]).await? {
        let name = table_name(&row)?;
        let tables = schema.tables.get_mut(&name).map(|table| &mut table.columns);
        let Some(columns) = tables.or_else(|| schema.views.get_mut(&name).map(|view| &mut view.columns)) else {
            continue;
        };
        let (identity, generated): (String, String) = (row.try_get("identity")?, row.try_get("generated")?);
        let serial: bool = row.try_get("serial")?;
        let default: Option<String> = row.try_get("default")?;
        let is_generated = !generated.is_empty();
        columns.push(PhysicalColumn {
            name: row.try_get("name")?,
            declared_type: row.try_get("type")?,
            not_null: row.try_get("not_null")?,
            default: default.clone().filter(|_| !serial && !is_generated),
            identity: match identity.as_str() {
                "" if serial => Some(Identity::Serial),
                "" => None,
                _ => Some(Identity::Autoincrement),
            },
            generated: default.filter(|_| is_generated),
            collation: row.try_get("collation")?,
            comment: row.try_get("comment")?,
        });
    }
    Ok(())
}

async fn constraints(client: &impl GenericClient, schemas: &str, schema: &mut PhysicalSchema) -> Result<(), Error> {
    let names = |table: &str, keys: &str| {
        format!(
            "ARRAY(SELECT a.attname::text FROM unnest({keys}) WITH ORDINALITY AS k (number, position)
                   JOIN pg_attribute a ON a.attrelid = {table} AND a.attnum = k.number ORDER BY k.position)"
        )
    };
    let sql = format!(
        "SELECT n.nspname::text AS schema, c.relname::text AS table, o.conname::text AS name, o.contype::text AS kind,
                {} AS columns, {} AS target_columns, tn.nspname::text AS target_schema, tc.relname::text AS target,
                o.confdeltype::text AS on_delete, o.confupdtype::text AS on_update, o.confmatchtype::text AS matching,
                o.condeferrable AS deferrable, o.condeferred AS deferred, o.convalidated AS validated,
                pg_get_expr(o.conbin, o.conrelid) AS expression
         FROM pg_constraint o
         JOIN pg_class c ON c.oid = o.conrelid
         JOIN pg_namespace n ON n.oid = c.relnamespace
         LEFT JOIN pg_class tc ON tc.oid = o.confrelid
         LEFT JOIN pg_namespace tn ON tn.oid = tc.relnamespace
         WHERE c.relkind IN ('r', 'p') AND o.contype IN ('p', 'u', 'f', 'c', 'x') AND {schemas}
         ORDER BY 1, 2, o.contype, o.conname",
        names("o.conrelid", "o.conkey"),
        names("o.confrelid", "o.confkey"),
    );
    for row in client.query(&sql, &[]).await? {
        let owner = table_name(&row)?;
        let Some(table) = schema.tables.get_mut(&owner) else { continue };
        let (name, kind): (String, String) = (row.try_get("name")?, row.try_get("kind")?);
        let columns: Vec<String> = row.try_get("columns")?;
        let mut odd = |what: &str| schema.unsupported.push(format!("{what} `{name}` on `{owner}`"));
        let (deferrable, deferred): (bool, bool) = (row.try_get("deferrable")?, row.try_get("deferred")?);
        if !row.try_get::<_, bool>("validated")? {
            odd("the missing validation of constraint");
        }
        match kind.as_str() {
            "x" => odd("exclusion constraint"),
            "c" => {
                let expression: String = row.try_get("expression")?;
                let expression = without_brackets(&expression).to_owned();
                table.checks.push(PhysicalCheck { name, expression });
            }
            "f" => {
                if deferrable && !deferred {
                    odd("INITIALLY IMMEDIATE of deferrable foreign key");
                }
                if row.try_get::<_, String>("matching")? == "f" {
                    odd("MATCH FULL of foreign key");
                }
                table.foreign_keys.push(PhysicalForeignKey {
                    name,
                    columns,
                    target: TableName { schema: row.try_get("target_schema")?, name: row.try_get("target")? },
                    target_columns: row.try_get("target_columns")?,
                    on_delete: action(&row.try_get::<_, String>("on_delete")?).to_owned(),
                    on_update: action(&row.try_get::<_, String>("on_update")?).to_owned(),
                    deferrable: deferrable && deferred,
                });
            }
            _ => {
                if deferrable {
                    odd("the deferral of key");
                }
                let key = PhysicalKey { name, columns };
                if kind == "p" { table.primary_key = Some(key) } else { table.uniques.push(key) }
            }
        }
    }
    Ok(())
}

fn action(code: &str) -> &'static str {
    match code {
        "r" => "RESTRICT",
        "c" => "CASCADE",
        "n" => "SET NULL",
        "d" => "SET DEFAULT",
        _ => "NO ACTION",
    }
}

async fn indexes(client: &impl GenericClient, schemas: &str, schema: &mut PhysicalSchema) -> Result<(), Error> {
    let sql = format!(
        "SELECT n.nspname::text AS schema, c.relname::text AS table, ic.relname::text AS name, i.indisunique AS is_unique,
                m.amname::text AS method, pg_get_expr(i.indpred, i.indrelid) AS condition,
                pg_get_expr(i.indexprs, i.indrelid) AS expression,
                i.indexprs IS NOT NULL OR i.indnatts <> i.indnkeyatts OR NOT i.indisvalid
                  OR (to_jsonb(i) ->> 'indnullsnotdistinct')::boolean IS TRUE
                  OR EXISTS (SELECT FROM unnest(i.indoption) AS option WHERE option <> 0) AS odd,
                ARRAY(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY AS k (number, position)
                      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number ORDER BY k.position) AS columns
         FROM pg_index i
         JOIN pg_class ic ON ic.oid = i.indexrelid
         JOIN pg_am m ON m.oid = ic.relam
         JOIN pg_class c ON c.oid = i.indrelid
         JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'p') AND {schemas}
           AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = ic.oid AND o.contype IN ('p', 'u', 'x'))
         ORDER BY 1, 2, 3"
    );
    for row in client.query(&sql, &[]).await? {
        let owner = table_name(&row)?;
        let Some(table) = schema.tables.get_mut(&owner) else { continue };
        let name: String = row.try_get("name")?;
        let expression: Option<String> = row.try_get("expression")?;
        if let Some(columns) = expression.as_deref().and_then(searched_columns)
            && table.search.is_none()
        {
            table.search = Some(PhysicalSearch { name, columns });
            continue;
        }
        if row.try_get("odd")? {
            let reason = "it is over an expression, descends, includes columns or is not valid";
            schema.unsupported.push(format!("index `{name}` on `{owner}`: {reason}"));
            continue;
        }
        let method: String = row.try_get("method")?;
        let condition: Option<String> = row.try_get("condition")?;
        table.indexes.push(PhysicalIndex {
            name,
            columns: row.try_get("columns")?,
            unique: row.try_get("is_unique")?,
            condition: condition.map(|condition| without_brackets(&condition).to_owned()),
            using: Some(method).filter(|method| method != "btree"),
        });
    }
    Ok(())
}

/// The columns of `purlin.search_document(VARIADIC ARRAY[title, "Body"])`.
fn searched_columns(expression: &str) -> Option<Vec<String>> {
    let inner = expression.strip_prefix("purlin.search_document(VARIADIC ARRAY[")?.strip_suffix("])")?;
    let column = |part: &str| {
        // `(name)::text` of another text type.
        let part = part.trim().strip_prefix('(').and_then(|rest| rest.split_once(")::")).map_or(part.trim(), |it| it.0);
        match part.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(quoted) => quoted.replace("\"\"", "\""),
            None => part.to_owned(),
        }
    };
    Some(inner.split(", ").map(column).collect())
}

async fn triggers(client: &impl GenericClient, schemas: &str, schema: &mut PhysicalSchema) -> Result<(), Error> {
    let sql = format!(
        "SELECT 'trigger', t.tgname::text, n.nspname::text AS schema, c.relname::text AS table
         FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE NOT t.tgisinternal AND c.relkind IN ('r', 'p', 'v', 'f') AND {schemas}
         UNION ALL
         SELECT 'rule', r.rulename::text, n.nspname::text, c.relname::text
         FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'p') AND {schemas}
         ORDER BY 1, 3, 4, 2"
    );
    for row in client.query(&sql, &[]).await? {
        let (kind, name): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        schema.unsupported.push(format!("{kind} `{name}` on `{}`", table_name(&row)?));
    }
    Ok(())
}

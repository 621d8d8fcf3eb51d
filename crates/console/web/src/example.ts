// A role's schema → a query that is worth running: the list with most relations, with its names and its neighbours.

import {
  getNamedType, isEnumType, isInputObjectType, isListType, isNonNullType, isObjectType, isScalarType,
  type GraphQLField, type GraphQLObjectType, type GraphQLOutputType, type GraphQLSchema,
} from 'graphql';

/** What is shown of a selection: rows of its list, columns, and relations to one and to many rows. */
interface Extent {
  rows: number;
  columns: number;
  one: number;
  many: number;
}
const OUTER: Extent = { rows: 5, columns: 3, one: 1, many: 2 };
const INNER: Extent = { rows: 3, columns: 2, one: 1, many: 0 };
const ROW: Extent = { rows: 1, columns: 1, one: 0, many: 0 };

/** What people call the column by which they know a row, best first. */
const NAMES = ['name', 'title', 'label', 'slug', 'subject', 'email', 'username', 'body', 'text'];

type Field = GraphQLField<unknown, unknown>;

/** The document; it is valid against `schema`. */
export function example(schema: GraphQLSchema): string {
  const lists = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(isRows);
  const [best] = lists.sort(heaviest);
  if (!best) return '# This role sees no table. Choose another one above.\n{\n  __typename\n}\n';
  return `# An example over your own tables.\n# Ctrl-Enter runs it, Ctrl-Space completes.\n\nquery Example {\n${rows(best, OUTER, 1, [])}}\n`;
}

/** A field that gives rows of a table, many or one. */
function isRows(field: Field): boolean {
  return isList(field.type) && isObjectType(getNamedType(field.type)) && has(field, 'limit') && plain(field);
}

/** How much there is to show. A table that others refer to says more than one that joins two. */
function weight(field: Field): number {
  const fields = Object.values(rowType(field).getFields());
  const named = columns(rowType(field)).some((name) => NAMES.includes(name)) ? 4 : 0;
  return named + fields.filter(isRows).length * 2 + fields.filter(isRow).length;
}

function rows(field: Field, extent: Extent, depth: number, above: GraphQLObjectType[]): string {
  const order = orderOf(field);
  const by = order === null ? '' : `, order_by: {${order}: asc}`;
  return block(`${field.name}(limit: ${extent.rows}${by})`, rowType(field), extent, depth, above);
}

function block(head: string, type: GraphQLObjectType, extent: Extent, depth: number, above: GraphQLObjectType[]) {
  return line(depth, `${head} {`) + selection(type, extent, depth + 1, [...above, type]) + line(depth, '}');
}

function selection(type: GraphQLObjectType, extent: Extent, depth: number, above: GraphQLObjectType[]): string {
  const shown = columns(type).slice(0, extent.columns);
  // The way back, and a tree's own branches, say less than its neighbours.
  const fields = Object.values(type.getFields()).filter((field) => !above.includes(rowType(field)));
  const one = fields.filter(isRow).sort(heaviest).slice(0, extent.one);
  const many = fields.filter(isRows).sort(heaviest).slice(0, extent.many);
  return [
    ...(shown.length > 0 ? shown : ['__typename']).map((name) => line(depth, name)),
    ...one.map((field) => block(field.name, rowType(field), ROW, depth, above)),
    ...many.map((field) => rows(field, INNER, depth, above)),
  ].join('');
}

function heaviest(a: Field, b: Field): number {
  return weight(b) - weight(a) || a.name.localeCompare(b.name);
}

/** A relation to one row. */
function isRow(field: Field): boolean {
  const type = isNonNullType(field.type) ? field.type.ofType : field.type;
  return isObjectType(type) && plain(field) && !field.name.endsWith('_aggregate') && field.args.length === 0;
}

/** Columns without arguments: those by which people know a row first, keys that are only numbers last. */
function columns(type: GraphQLObjectType): string[] {
  const leaf = (field: Field) => isScalarType(getNamedType(field.type)) || isEnumType(getNamedType(field.type));
  const names = Object.values(type.getFields())
    .filter((field) => leaf(field) && !isList(field.type) && plain(field) && field.args.length === 0)
    .map((field) => field.name);
  const rank = (name: string) => {
    const at = NAMES.indexOf(name);
    if (at >= 0) return at;
    return name.endsWith('_id') || name.endsWith('_at') ? 200 : name === 'id' ? 50 : 100;
  };
  return names.sort((a, b) => rank(a) - rank(b));
}

/** A column by which the list can be sorted and which is shown. */
function orderOf(field: Field): string | null {
  const argument = field.args.find((argument) => argument.name === 'order_by');
  const type = argument && getNamedType(argument.type);
  if (!isInputObjectType(type)) return null;
  return columns(rowType(field)).find((name) => name in type.getFields()) ?? null;
}

function rowType(field: Field): GraphQLObjectType {
  return getNamedType(field.type) as GraphQLObjectType;
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

function has(field: Field, argument: string): boolean {
  return field.args.some((candidate) => candidate.name === argument);
}

/** Whether it can be selected without giving an argument. */
function plain(field: Field): boolean {
  return field.args.every((argument) => !isNonNullType(argument.type) || argument.defaultValue !== undefined);
}

function line(depth: number, text: string): string {
  return `${'  '.repeat(depth)}${text}\n`;
}

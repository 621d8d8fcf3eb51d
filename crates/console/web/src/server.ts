// Requests to this server and its answers, with numbers as they were written.

import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema, type IntrospectionQuery } from 'graphql';
import { credentialHeaders, headersOf, type Credential, type Session } from './session';

/** Why something was not answered. */
export interface Failure {
  message: string;
  code?: string;
  hint?: string;
  /** Where in the request. */
  path?: string;
  /** Line and column in the document. */
  place?: string;
}

/** A GraphQL request. */
export interface Request {
  query: string;
  variables?: unknown;
  operationName?: string | null;
}

/** A GraphQL answer. */
export interface Answer {
  data?: unknown;
  errors?: unknown;
}

/** What the server says to whom about its project. */
export interface Project {
  project: string;
  /** The role of the credential. */
  role: string;
  /** Every role that has a rule; only admins are told. */
  roles: string[] | null;
}

const GRAPHQL = '/v1/graphql';
const PROJECT = '/console/project.json';
/** What the server cannot know: where on this page a variable is set. */
const VARIABLE_HINT = 'set it under Session, above';

/** Answers a GraphQL request; every failure, of the network too, is an answer with `errors`. */
export async function ask(session: Session, request: Request): Promise<Answer> {
  try {
    const response = await fetch(GRAPHQL, {
      method: 'POST',
      headers: { ...headersOf(session), 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(request),
      credentials: 'same-origin',
      redirect: 'error',
    });
    return answerOf(await response.text(), response.status);
  } catch (error) {
    return unreachable(error);
  }
}

/** The project, as far as the credential may know it. */
export async function project(credential: Credential): Promise<Project | Failure[]> {
  try {
    const response = await fetch(PROJECT, { headers: credentialHeaders(credential), redirect: 'error' });
    const answer = answerOf(await response.text(), response.status);
    return 'role' in answer ? (answer as unknown as Project) : failuresOf(answer);
  } catch (error) {
    return failuresOf(unreachable(error));
  }
}

/** The schema as the session sees it. */
export async function introspect(session: Session): Promise<GraphQLSchema | Failure[]> {
  const query = getIntrospectionQuery({ inputValueDeprecation: false });
  const answer = await ask(session, { query, operationName: 'IntrospectionQuery' });
  const failures = failuresOf(answer);
  if (failures.length > 0) return failures;
  try {
    return buildClientSchema(answer.data as IntrospectionQuery, { assumeValid: true });
  } catch (error) {
    return [{ message: `the schema cannot be read: ${text(error)}` }];
  }
}

/** The errors of an answer. */
export function failuresOf(answer: Answer): Failure[] {
  if (!Array.isArray(answer.errors)) return [];
  return answer.errors.map((error: Record<string, unknown>) => {
    const extensions = (error.extensions ?? {}) as Record<string, unknown>;
    const message = String(error.message ?? 'the server gave no reason');
    const location = (error.locations as { line: number; column: number }[] | undefined)?.[0];
    return {
      message,
      code: optional(extensions.code),
      hint: optional(extensions.hint) ?? (message.startsWith('missing session variable') ? VARIABLE_HINT : undefined),
      path: optional(extensions.path),
      place: location && `line ${location.line}, column ${location.column}`,
    };
  });
}

function answerOf(body: string, status: number): Answer {
  try {
    const answer: unknown = parse(body);
    if (typeof answer === 'object' && answer !== null) return answer;
  } catch {
    // Told below.
  }
  return { errors: [{ message: `the answer is not JSON (HTTP status ${status})` }] };
}

function unreachable(error: unknown): Answer {
  return { errors: [{ message: `the server cannot be reached: ${text(error)}` }] };
}

// A `bigint` or `numeric` may have more digits than a JavaScript number. Where the browser knows how, such a number
// keeps its text, so that what is shown is what was sent.
type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown;
const raw = (JSON as unknown as { rawJSON?: (text: string) => unknown }).rawJSON;
const exact: Reviver = (_key, value, context) =>
  typeof value === 'number' && raw && context?.source !== undefined && String(value) !== context.source
    ? raw(context.source)
    : value;

function parse(body: string): unknown {
  return JSON.parse(body, exact as (key: string, value: unknown) => unknown);
}

function optional(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

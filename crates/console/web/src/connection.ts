// A session → what it opens: the project, its schema for the role, or why it does not open.

import type { GraphQLSchema } from 'graphql';
import { introspect, project, type Failure, type Project } from './server';
import type { Session } from './session';

/** What a session has come to. */
export type Connection =
  | { state: 'connecting' }
  | { state: 'refused'; failures: Failure[] }
  | { state: 'open'; project: Project; schema: GraphQLSchema | null; failures: Failure[] };

/** Asks the server who the session is, then what it may see. */
export async function connect(session: Session): Promise<Connection> {
  const about = await project(session.credential);
  if (Array.isArray(about)) return { state: 'refused', failures: about };
  const schema = await introspect(session);
  return Array.isArray(schema)
    ? { state: 'open', project: about, schema: null, failures: schema }
    : { state: 'open', project: about, schema, failures: [] };
}

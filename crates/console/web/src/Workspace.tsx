// GraphiQL over one session: its schema, its example, its errors.

import { explorerPlugin } from '@graphiql/plugin-explorer';
import { useEditorContext } from '@graphiql/react';
import { GraphiQL } from 'graphiql';
import { parse } from 'graphql';
import { useEffect, useMemo, useRef, useState, type ComponentProps } from 'react';
import type { Connection } from './connection';
import { example } from './example';
import { Failures } from './Failures';
import { ask, failuresOf, type Failure, type Request } from './server';
import type { Session } from './session';
import { storageOf, type Store } from './storage';
import { subscriptions } from './subscriptions';

type Properties = ComponentProps<typeof GraphiQL>;

/** Requests that are remembered. */
const HISTORY = 50;
/** Where the example that was typed in last is stored. */
const EXAMPLE = 'example';
const EXPLORER = { ...explorerPlugin({ showAttribution: false }), title: 'Explorer' };
const PLUGINS = [EXPLORER, subscriptions];

interface Open {
  session: Session;
  connection: Extract<Connection, { state: 'open' }>;
  theme: 'light' | 'dark';
}

export function Workspace({ session, connection, theme }: Open) {
  const { project, schema } = connection;
  const [failures, setFailures] = useState<Failure[]>([]);
  const tab = useRef<string | null>(null);
  const storage = useMemo(() => storageOf(project.project), [project.project]);
  const query = useMemo(() => (schema ? example(schema) : ''), [schema]);

  const fetcher = useMemo<Properties['fetcher']>(
    () => async (request) => {
      setFailures([]);
      const answer = await ask(session, named(request));
      setFailures(failuresOf(answer));
      return answer as Awaited<ReturnType<Properties['fetcher']>>;
    },
    [session],
  );
  // Errors belong to the tab that asked.
  const onTabChange: Properties['onTabChange'] = ({ tabs, activeTabIndex }) => {
    const active = tabs[activeTabIndex]?.id ?? null;
    if (tab.current !== null && tab.current !== active) setFailures([]);
    tab.current = active;
  };

  return (
    <main className="workspace">
      <GraphiQL
        fetcher={fetcher}
        schema={schema}
        dangerouslyAssumeSchemaIsValid
        plugins={PLUGINS}
        storage={storage}
        defaultQuery={query}
        defaultEditorToolsVisibility={false}
        // Credentials and variables are the session's, so that none is ever stored with a query.
        isHeadersEditorEnabled={false}
        shouldPersistHeaders={false}
        maxHistoryLength={HISTORY}
        forcedTheme={theme}
        onTabChange={onTabChange}
      >
        <GraphiQL.Logo>
          <span />
        </GraphiQL.Logo>
        <GraphiQL.Footer>
          <Failures failures={failures} title={failures.length === 1 ? 'Error' : `${failures.length} errors`} />
        </GraphiQL.Footer>
        <ExampleOfRole query={query} storage={storage} />
      </GraphiQL>
    </main>
  );
}

/**
 * Puts the example of another role in place of an example that nobody has edited. What was put there last is stored,
 * since GraphiQL stores the tab it is in.
 */
function ExampleOfRole({ query, storage }: { query: string; storage: Store }) {
  const { queryEditor } = useEditorContext({ nonNull: true });
  useEffect(() => {
    if (!queryEditor || query === '') return;
    const written = queryEditor.getValue();
    if (written === storage.getItem(EXAMPLE) && written !== query) queryEditor.setValue(query);
    storage.setItem(EXAMPLE, query);
  }, [query, queryEditor, storage]);
  return null;
}

/** The request without a name that its document does not have: right after an edit GraphiQL still gives the old one. */
function named(request: Request): Request {
  if (!request.operationName) return request;
  try {
    const has = parse(request.query).definitions.some(
      (definition) => definition.kind === 'OperationDefinition' && definition.name?.value === request.operationName,
    );
    return has ? request : { ...request, operationName: undefined };
  } catch {
    // The server says better what is wrong with the document.
    return request;
  }
}

// The panel for subscriptions. It says what the schema has; today no schema has any.

import { useSchemaStore, type GraphiQLPlugin } from '@graphiql/react';
import { PulseIcon } from './icons';

function Subscriptions() {
  const { schema } = useSchemaStore();
  const fields = Object.values(schema?.getSubscriptionType()?.getFields() ?? {});
  return (
    <section aria-label="Subscriptions" className="subscriptions">
      <h2 className="graphiql-doc-explorer-title">Subscriptions</h2>
      {fields.length === 0 ? (
        <>
          <p><strong>Subscriptions are not served yet.</strong></p>
          <p>This server answers queries and mutations. Once it serves live queries, this panel lists them.</p>
        </>
      ) : (
        <ul>{fields.map((field) => <li key={field.name}><code>{field.name}</code> {field.description}</li>)}</ul>
      )}
    </section>
  );
}

export const subscriptions: GraphiQLPlugin = { title: 'Subscriptions', icon: PulseIcon, content: Subscriptions };

// Errors as people read them: the message first, then where, why and what to do.

import type { Failure } from './server';

/** Errors shown; a long list is cut, and says so. */
const SHOWN = 5;

export function Failures({ failures, title }: { failures: Failure[]; title: string }) {
  if (failures.length === 0) return null;
  return (
    <section className="failures" role="alert" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {failures.slice(0, SHOWN).map((failure, index) => (
          <li key={index}>
            <strong>{failure.message}</strong>
            <span className="facts">
              {failure.code && <code title={`purlin explain ${failure.code}`}>{failure.code}</code>}
              {failure.place && <span>{failure.place}</span>}
              {failure.path && failure.path !== '$' && <span className="path">{failure.path}</span>}
            </span>
            {failure.hint && <span className="hint">{failure.hint}</span>}
          </li>
        ))}
      </ul>
      {failures.length > SHOWN && <p>… and {failures.length - SHOWN} more</p>}
    </section>
  );
}

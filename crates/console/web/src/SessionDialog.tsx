// The editor of a session: credential and session variables.

import { useEffect, useRef, useState } from 'react';
import { CredentialFields, credentialProblem } from './CredentialFields';
import { Failures } from './Failures';
import { CloseIcon, PlusIcon } from './icons';
import { headerName, headerProblem, type Session, type Variable } from './session';

interface Properties {
  session: Session;
  onSession(session: Session): void;
  onSignOut(): void;
  onClose(): void;
}

export function SessionDialog({ session, onSession, onSignOut, onClose }: Properties) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [credential, setCredential] = useState(session.credential);
  const [variables, setVariables] = useState<Variable[]>(
    session.variables.length > 0 ? session.variables : [{ name: 'X-Hasura-User-Id', value: '' }],
  );
  useEffect(() => dialog.current?.showModal(), []);
  const written = variables.filter(({ name, value }) => name.trim() !== '' && value !== '');
  const problems = [credentialProblem(credential), ...written.map(variableProblem)].filter((problem) => problem !== null);
  const change = (index: number, part: Partial<Variable>) =>
    setVariables(variables.map((variable, at) => (at === index ? { ...variable, ...part } : variable)));

  return (
    <dialog ref={dialog} className="session" aria-labelledby="session-title" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (problems.length === 0) {
            // Another credential may not have the role; it begins with its own.
            const same = JSON.stringify(credential) === JSON.stringify(session.credential);
            onSession({ credential, role: same ? session.role : null, variables: written });
          }
        }}
      >
        <header>
          <h2 id="session-title">Session</h2>
          <button type="button" className="quiet icon" aria-label="Close" onClick={() => dialog.current?.close()}>
            <CloseIcon />
          </button>
        </header>
        <CredentialFields credential={credential} onCredential={setCredential} />
        {credential.kind === 'token' ? (
          <p className="note">Session variables come from the token.</p>
        ) : (
          <fieldset className="variables">
            <legend>Session variables</legend>
            {variables.map((variable, index) => (
              <div className="variable" key={index}>
                <input
                  aria-label={`Name of variable ${index + 1}`}
                  value={variable.name}
                  spellCheck={false}
                  onChange={(event) => change(index, { name: event.target.value })}
                />
                <input
                  aria-label={`Value of variable ${index + 1}`}
                  value={variable.value}
                  placeholder="value"
                  spellCheck={false}
                  onChange={(event) => change(index, { value: event.target.value })}
                />
                <button
                  type="button"
                  className="quiet icon"
                  aria-label={`Remove ${variable.name}`}
                  onClick={() => setVariables(variables.filter((_, at) => at !== index))}
                >
                  <CloseIcon />
                </button>
              </div>
            ))}
            <button type="button" className="quiet" onClick={() => setVariables([...variables, { name: 'X-Hasura-', value: '' }])}>
              <PlusIcon />
              Add a variable
            </button>
          </fieldset>
        )}
        <Failures failures={problems.map((message) => ({ message }))} title="This cannot be sent" />
        <footer>
          <button type="button" className="quiet" onClick={onSignOut}>Sign out</button>
          <span className="space" />
          <button type="submit" className="primary">Apply</button>
        </footer>
      </form>
    </dialog>
  );
}

function variableProblem({ name, value }: Variable): string | null {
  const header = headerName(name);
  if (header === null) return `\`${name}\` cannot be the name of a session variable`;
  if (header === 'x-hasura-role' || header === 'x-hasura-admin-secret') return `\`${name}\` is set above`;
  const problem = headerProblem(value);
  return problem && `the value of \`${name}\` ${problem}`;
}

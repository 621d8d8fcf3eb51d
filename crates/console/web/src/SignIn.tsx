// The question for a credential, asked where a session opens nothing.

import { useState } from 'react';
import { CredentialFields, credentialProblem } from './CredentialFields';
import { Failures } from './Failures';
import { Mark } from './icons';
import type { Failure } from './server';
import { NOBODY, type Credential, type Session } from './session';

interface Properties {
  session: Session;
  failures: Failure[];
  busy: boolean;
  onSession(session: Session): void;
}

export function SignIn({ session, failures, busy, onSession }: Properties) {
  const [credential, setCredential] = useState<Credential>(
    session.credential.kind === 'none' ? { kind: 'secret', secret: '' } : session.credential,
  );
  const problem = credentialProblem(credential);
  // Who has given nothing yet has made no mistake.
  const shown = problem ? [{ message: problem }] : session.credential.kind === 'none' ? unreachable(failures) : failures;
  return (
    <main className="sign-in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!problem) onSession({ ...NOBODY, credential });
        }}
      >
        <div className="brand">
          <Mark />
          <h1>Purlin</h1>
        </div>
        <CredentialFields credential={credential} onCredential={setCredential} focus />
        <Failures failures={shown} title="This does not open the server" />
        <button type="submit" className="primary" disabled={busy}>{busy ? 'Asking…' : 'Open'}</button>
        <p className="note">
          <code>purlin dev</code> prints the admin secret, <code>purlin token</code> mints tokens. Either is kept in this
          tab until it is closed, and sent to this server alone.
        </p>
      </form>
    </main>
  );
}

/** Failures that are about the server, not about who asks. */
function unreachable(failures: Failure[]): Failure[] {
  return failures.filter((failure) => failure.code === undefined);
}

// The fields of a credential: which kind, and its text.

import { useId } from 'react';
import { headerProblem, type Credential } from './session';

const KINDS = [
  ['secret', 'Admin secret'],
  ['token', 'Bearer token'],
  ['none', 'No credential'],
] as const;

interface Properties {
  credential: Credential;
  onCredential(credential: Credential): void;
  /** Whether the field takes the focus at once. */
  focus?: boolean;
}

export function CredentialFields({ credential, onCredential, focus }: Properties) {
  const name = useId();
  return (
    <>
      <fieldset className="kinds">
        <legend>Who asks</legend>
        {KINDS.map(([kind, label]) => (
          <label key={kind}>
            <input
              type="radio"
              name={name}
              checked={credential.kind === kind}
              onChange={() => onCredential(credentialOf(kind, textOf(credential)))}
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      {credential.kind === 'none' ? (
        <p className="note">Requests carry no credential: they act in the role for everybody, if there is one.</p>
      ) : (
        <label className="field">
          <span>{credential.kind === 'secret' ? 'Admin secret' : 'Token (JWT)'}</span>
          <input
            type="password"
            autoComplete="off"
            spellCheck={false}
            autoFocus={focus}
            required
            value={textOf(credential)}
            onChange={(event) => onCredential(credentialOf(credential.kind, event.target.value))}
          />
        </label>
      )}
    </>
  );
}

/** What is wrong with it, in words. */
export function credentialProblem(credential: Credential): string | null {
  if (credential.kind === 'none') return null;
  const problem = headerProblem(textOf(credential));
  return problem && `the ${credential.kind === 'secret' ? 'admin secret' : 'token'} ${problem}`;
}

function textOf(credential: Credential): string {
  switch (credential.kind) {
    case 'secret':
      return credential.secret;
    case 'token':
      return credential.token;
    case 'none':
      return '';
  }
}

function credentialOf(kind: Credential['kind'], text: string): Credential {
  switch (kind) {
    case 'secret':
      return { kind, secret: text };
    case 'token':
      // People paste the whole header.
      return { kind, token: text.trim().replace(/^bearer\s+/i, '') };
    case 'none':
      return { kind };
  }
}

// Who asks: a credential, a role and session variables → the headers of a request. Kept for this tab alone.

/** What opens the server. */
export type Credential =
  | { kind: 'none' }
  | { kind: 'secret'; secret: string }
  | { kind: 'token'; token: string };

/** A session variable: `X-Hasura-User-Id`, `7`. */
export interface Variable {
  name: string;
  value: string;
}

/** Everything that decides what a request may see. */
export interface Session {
  credential: Credential;
  /** `null` is the credential's own role. */
  role: string | null;
  variables: Variable[];
}

export const NOBODY: Session = { credential: { kind: 'none' }, role: null, variables: [] };

const KEY = 'purlin.session';
const HAND_OVER = '#admin-secret=';
const PREFIX = 'x-hasura-';

/** The headers of the credential alone. */
export function credentialHeaders(credential: Credential): Record<string, string> {
  switch (credential.kind) {
    case 'secret':
      return { 'x-hasura-admin-secret': credential.secret };
    case 'token':
      return { authorization: `Bearer ${credential.token}` };
    case 'none':
      return {};
  }
}

/** The headers of a request. A token brings its own variables, so those typed in are left out. */
export function headersOf(session: Session): Record<string, string> {
  const headers = credentialHeaders(session.credential);
  if (session.role !== null) headers['x-hasura-role'] = session.role;
  if (session.credential.kind === 'token') return headers;
  for (const { name, value } of session.variables) {
    const header = headerName(name);
    if (header !== null && !(header in headers)) headers[header] = value;
  }
  return headers;
}

/** `user-id`, `X-Hasura-User-Id` → `x-hasura-user-id`; `null` if it cannot be a header's name. */
export function headerName(name: string): string | null {
  const lower = name.trim().toLowerCase();
  const full = lower.startsWith(PREFIX) ? lower : PREFIX + lower;
  return full.length > PREFIX.length && /^[a-z0-9_-]+$/.test(full) ? full : null;
}

/** What is wrong with a credential or variable, in words; `null` if nothing is. Headers take Latin-1 on one line. */
export function headerProblem(value: string): string | null {
  return /^[\t\x20-\x7e\xa0-\xff]*$/.test(value) ? null : 'has characters that a header cannot carry';
}

/** The roles a token may act in; the server checks it, this only fills a list. */
export function rolesOfToken(token: string): string[] {
  try {
    const payload = token.split('.')[1]?.replace(/-/g, '+').replace(/_/g, '/') ?? '';
    return allowedRoles(JSON.parse(atob(payload)), 4);
  } catch {
    return [];
  }
}

function allowedRoles(claims: unknown, depth: number): string[] {
  if (typeof claims === 'string' && claims.startsWith('{')) return allowedRoles(JSON.parse(claims), depth - 1);
  if (depth === 0 || typeof claims !== 'object' || claims === null) return [];
  for (const [name, value] of Object.entries(claims)) {
    if (name.toLowerCase() === 'x-hasura-allowed-roles' && Array.isArray(value)) return value.map(String);
    const inner = allowedRoles(value, depth - 1);
    if (inner.length > 0) return inner;
  }
  return [];
}

/**
 * The session this tab begins with: the secret that `purlin dev` puts behind `#` in the address it prints, or what the
 * tab had before. Browsers never send that part of an address, and it is taken out of the address before anything else
 * happens.
 */
export function firstSession(): Session {
  const { hash, pathname, search } = window.location;
  if (hash.startsWith(HAND_OVER)) {
    window.history.replaceState(null, '', pathname + search);
    const secret = decodeURIComponent(hash.slice(HAND_OVER.length));
    if (secret !== '') return { ...NOBODY, credential: { kind: 'secret', secret } };
  }
  try {
    const kept = JSON.parse(window.sessionStorage.getItem(KEY) ?? 'null') as Session | null;
    return kept ?? NOBODY;
  } catch {
    return NOBODY;
  }
}

/** Keeps the session until the tab is closed. */
export function keep(session: Session) {
  try {
    window.sessionStorage.setItem(KEY, JSON.stringify(session));
  } catch {
    // A browser that stores nothing asks again after a reload.
  }
}

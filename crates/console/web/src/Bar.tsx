// The bar above GraphiQL: whose project, in which role, with which session.

import { useState } from 'react';
import type { Connection } from './connection';
import { Failures } from './Failures';
import { DarkIcon, KeyIcon, LightIcon, Mark, ReloadIcon, SystemIcon } from './icons';
import { SessionDialog } from './SessionDialog';
import { rolesOfToken, type Session } from './session';
import type { Choice, Theme } from './theme';

interface Properties {
  session: Session;
  connection: Extract<Connection, { state: 'open' }>;
  busy: boolean;
  theme: Theme;
  onSession(session: Session): void;
  onReload(): void;
  onSignOut(): void;
}

const NEXT: Record<Choice, Choice> = { system: 'light', light: 'dark', dark: 'system' };
const THEME_ICON = { system: SystemIcon, light: LightIcon, dark: DarkIcon };

export function Bar({ session, connection, busy, theme, onSession, onReload, onSignOut }: Properties) {
  const [editing, setEditing] = useState(false);
  const { project, failures } = connection;
  const ThemeIcon = THEME_ICON[theme.choice];
  return (
    <header className="bar">
      <div className="bar-row">
        <Mark />
        <h1>Purlin</h1>
        <span className="project" title="The project that is served here">{project.project}</span>
        <span className="space" />
        <span className="status" role="status">{busy ? 'Loading the schema…' : ''}</span>
        <RoleSwitch session={session} connection={connection} onSession={onSession} />
        <button type="button" className="quiet" onClick={() => setEditing(true)} aria-haspopup="dialog">
          <KeyIcon />
          Session
          {session.variables.length > 0 && (
            <span className="count" aria-label={`${session.variables.length} session variables`}>
              {session.variables.length}
            </span>
          )}
        </button>
        <button type="button" className="quiet icon" onClick={onReload} disabled={busy} aria-label="Reload the schema" title="Reload the schema">
          <ReloadIcon />
        </button>
        <button
          type="button"
          className="quiet icon"
          onClick={() => theme.choose(NEXT[theme.choice])}
          aria-label={`Theme: ${theme.choice}`}
          title={`Theme: ${theme.choice}`}
        >
          <ThemeIcon />
        </button>
      </div>
      <Failures failures={failures} title={`The schema of ${session.role ?? project.role} cannot be read`} />
      {editing && (
        <SessionDialog
          session={session}
          onClose={() => setEditing(false)}
          onSession={(changed) => {
            setEditing(false);
            onSession(changed);
          }}
          onSignOut={() => {
            setEditing(false);
            onSignOut();
          }}
        />
      )}
    </header>
  );
}

function RoleSwitch({ session, connection, onSession }: Pick<Properties, 'session' | 'connection' | 'onSession'>) {
  const { credential } = session;
  const own = connection.project.role;
  const others = connection.project.roles ?? (credential.kind === 'token' ? rolesOfToken(credential.token) : []);
  const roles = [...new Set([own, ...others, ...(session.role === null ? [] : [session.role])])];
  return (
    <label className="role">
      <span>Role</span>
      <select
        value={session.role ?? own}
        disabled={roles.length === 1}
        onChange={(event) => onSession({ ...session, role: event.target.value === own ? null : event.target.value })}
      >
        {roles.map((role) => <option key={role} value={role}>{role}</option>)}
      </select>
    </label>
  );
}

// The whole page: a session, what it opens, and GraphiQL over it; or the question for a credential.

import { useCallback, useEffect, useState } from 'react';
import { Bar } from './Bar';
import { connect, type Connection } from './connection';
import { SignIn } from './SignIn';
import { NOBODY, keep, type Session } from './session';
import { useTheme } from './theme';
import { Workspace } from './Workspace';

export function App({ first }: { first: Session }) {
  const [session, setSession] = useState(first);
  const [connection, setConnection] = useState<Connection>({ state: 'connecting' });
  const [busy, setBusy] = useState(true);
  const [reloads, setReloads] = useState(0);
  const theme = useTheme();

  useEffect(() => {
    keep(session);
    let current = true;
    setBusy(true);
    void connect(session).then((made) => {
      // An answer to a session that was left is of no interest.
      if (!current) return;
      setConnection(made);
      setBusy(false);
    });
    return () => {
      current = false;
    };
  }, [session, reloads]);

  const signOut = useCallback(() => setSession(NOBODY), []);
  const reload = useCallback(() => setReloads((count) => count + 1), []);

  if (connection.state === 'connecting') {
    return <p className="connecting" role="status">Connecting…</p>;
  }
  if (connection.state === 'refused') {
    return <SignIn session={session} failures={connection.failures} busy={busy} onSession={setSession} />;
  }
  return (
    <div className="console" data-ready={!busy}>
      <Bar
        session={session}
        connection={connection}
        busy={busy}
        theme={theme}
        onSession={setSession}
        onReload={reload}
        onSignOut={signOut}
      />
      <Workspace session={session} connection={connection} theme={theme.shown} />
    </div>
  );
}

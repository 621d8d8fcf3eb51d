// The page begins here.

import { createRoot } from 'react-dom/client';
import '@graphiql/plugin-explorer/style.css';
import 'graphiql/style.css';
import './style.css';
import { App } from './App';
import { firstSession } from './session';

// First of all, so that a secret is out of the address before anything can fail.
const session = firstSession();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App first={session} />);

// Light, dark, or as the system says; remembered by the browser.

import { useEffect, useState } from 'react';

export type Choice = 'system' | 'light' | 'dark';

export interface Theme {
  choice: Choice;
  shown: 'light' | 'dark';
  choose(choice: Choice): void;
}

const KEY = 'purlin.theme';
const DARK = '(prefers-color-scheme: dark)';

export function useTheme(): Theme {
  const [choice, setChoice] = useState<Choice>(kept);
  const [dark, setDark] = useState(() => window.matchMedia(DARK).matches);
  useEffect(() => {
    const media = window.matchMedia(DARK);
    const changed = () => setDark(media.matches);
    media.addEventListener('change', changed);
    return () => media.removeEventListener('change', changed);
  }, []);
  const shown = choice === 'system' ? (dark ? 'dark' : 'light') : choice;
  useEffect(() => {
    // GraphiQL looks at these classes as well.
    document.body.classList.toggle('graphiql-dark', shown === 'dark');
    document.body.classList.toggle('graphiql-light', shown === 'light');
  }, [shown]);
  const choose = (choice: Choice) => {
    setChoice(choice);
    try {
      window.localStorage.setItem(KEY, choice);
    } catch {
      // It holds until the page is closed.
    }
  };
  return { choice, shown, choose };
}

function kept(): Choice {
  try {
    const kept = window.localStorage.getItem(KEY);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
}

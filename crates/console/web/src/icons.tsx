// Icons, drawn as lines in the colour of the text around them.

import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg viewBox="0 0 20 20" width="16" height="16" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      {children}
    </svg>
  );
}

export const Mark = () => (
  <svg className="mark" viewBox="0 0 32 32" width="24" height="24" fill="none" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
    <path className="roof" d="M4 17 16 7l12 10" />
    <path className="beams" d="M8 22h16M12 27h8" />
  </svg>
);
export const KeyIcon = () => <Icon><circle cx="7" cy="13" r="3.5" /><path d="m9.5 10.5 7-7M13 7l2.5 2.5" /></Icon>;
export const ReloadIcon = () => <Icon><path d="M16.5 10a6.5 6.5 0 1 1-2-4.7M16.5 3v3.5H13" /></Icon>;
export const CloseIcon = () => <Icon><path d="m5 5 10 10M15 5 5 15" /></Icon>;
export const PlusIcon = () => <Icon><path d="M10 4v12M4 10h12" /></Icon>;
export const LightIcon = () => <Icon><circle cx="10" cy="10" r="3.5" /><path d="M10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M15.700 4.3l-1.1 1.1M5.400 14.6l-1.1 1.1" /></Icon>;
export const DarkIcon = () => <Icon><path d="M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5z" /></Icon>;
export const SystemIcon = () => <Icon><rect x="2.5" y="3.5" width="15" height="10" rx="1.5" /><path d="M7 17h6" /></Icon>;
export const PulseIcon = () => <Icon><path d="M2 10h4l2-5 4 10 2-5h4" /></Icon>;

import type { ConnectionKind } from './explore-model.ts';

/** A sample of a connection's stroke, as drawn on the canvas. */
export function ConnectionSample({ kind }: { readonly kind: ConnectionKind }) {
  return (
    <svg width="24" height="12" viewBox="0 0 24 12" fill="none" aria-hidden="true">
      {strokes[kind]}
    </svg>
  );
}

const arrow = 'M17 2.6l6.5 3.4-6.5 3.4z';
const strokes: Readonly<Record<ConnectionKind, React.ReactNode>> = {
  READABLE: (
    <>
      <path d="M0 6h18" stroke="var(--edge)" strokeWidth="2" />
      <path d={arrow} fill="var(--edge)" />
    </>
  ),
  UNREADABLE: (
    <>
      <path d="M1 6h17" stroke="var(--edge)" strokeWidth="2" strokeDasharray="1.5 3.5" strokeLinecap="round" />
      <path d={arrow} fill="var(--edge)" />
    </>
  ),
  ACCESS: (
    <>
      <path d="M0 4.4h18M0 7.6h18" stroke="var(--ink-2)" strokeWidth="1.2" />
      <path d={arrow} fill="var(--ink-2)" />
    </>
  ),
  ENGAGEMENT: (
    <>
      <path d="M0 6h17" stroke="var(--edge)" strokeWidth="1.4" strokeDasharray="6 3" />
      <path d={arrow} stroke="var(--edge)" strokeWidth="1.2" />
    </>
  ),
  OWNS: <path d="M0 6h23" stroke="var(--edge)" strokeWidth="1.2" />,
  HOLDS: (
    <>
      <path d="M0 6h18" stroke="var(--edge)" strokeWidth="1.5" />
      <path d={arrow} fill="var(--edge)" />
    </>
  ),
  REVEALS: <path d="M0 6h22.500M17 2.600l5.500 3.400-5.500 3.400" stroke="var(--ink-2)" strokeWidth="1.3" />,
};

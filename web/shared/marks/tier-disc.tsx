import type { Tier } from '../generated/operations.ts';

/** A tier as a shape: full disc, half disc, ring with a lock. Hidden from screen readers, because the word always stands beside it. */
export function TierDisc({ tier, size = 14 }: { readonly tier: Tier; readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 14 14" aria-hidden="true" style={{ flex: 'none', display: 'block' }}>
      <DiscMark tier={tier} />
    </svg>
  );
}

/** The marks of a tier's disc, on a 14 by 14 grid. */
export function DiscMark({ tier }: { readonly tier: Tier }) {
  switch (tier) {
    case 'EXPOSED':
      return <circle cx="7" cy="7" r="6.25" fill="var(--exposed)" />;
    case 'POSSIBLE':
      return (
        <>
          <circle cx="7" cy="7" r="5.4" fill="none" stroke="var(--possible)" strokeWidth="1.6" />
          <path d="M7 1.6a5.4 5.4 0 0 0 0 10.8z" fill="var(--possible)" />
        </>
      );
    case 'CONTAINED':
      return (
        <>
          <circle cx="7" cy="7" r="5.6" fill="none" stroke="var(--contained)" strokeWidth="1.4" />
          <rect x="4.4" y="6.5" width="5.2" height="3.6" rx="0.7" fill="var(--contained)" />
          <path d="M5.4 6.6V5.6a1.6 1.6 0 0 1 3.2 0v1" fill="none" stroke="var(--contained)" strokeWidth="1.1" />
        </>
      );
  }
}

const DASHES: Readonly<Record<Tier, string | undefined>> = { EXPOSED: undefined, POSSIBLE: '6 4', CONTAINED: '1.5 4' };

/** The line of copies of a tier, as on the canvas. */
export function TierLine({ tier }: { readonly tier: Tier }) {
  return (
    <svg width="27" height="12" viewBox="0 0 27 12" aria-hidden="true">
      <path
        d="M1 6h25"
        stroke={`var(--${tier.toLowerCase()})`}
        strokeWidth="1.8"
        strokeDasharray={DASHES[tier]}
        strokeLinecap={tier === 'CONTAINED' ? 'round' : undefined}
      />
    </svg>
  );
}

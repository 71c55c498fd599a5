import type { OracleCopy } from './custody.ts';
import { byKeys } from './order.ts';

export interface OracleBounds {
  readonly low: number;
  readonly high: number;
}

export const nothing: OracleBounds = { low: 0, high: 0 };

/** The portion that copies of one artifact disclose together (§4). Named fragments join; other portions have only bounds. */
export function boundsOfCopies(copies: readonly OracleCopy[], fragmentCount: number | null): OracleBounds {
  if (copies.length === 0) return nothing;
  const inOrder = [...copies].sort(byKeys(({ id }) => id));
  const union = new Set(inOrder.flatMap(({ fragments }) => fragments ?? []));
  const known = fragmentCount === null ? 0 : Math.min(1, union.size / fragmentCount);
  const others = inOrder.filter(({ fragments }) => fragments === null).map(({ portion }) => portion);
  return {
    low: Math.max(known, ...others),
    high: Math.min(
      1,
      others.reduce((sum, portion) => sum + portion, known),
    ),
  };
}

/** Over reveals (§4): the bounds of each revealing artifact's own copies, times the degree. */
export function boundsOfLeads(leads: readonly { readonly bounds: OracleBounds; readonly degree: number }[]): OracleBounds {
  return {
    low: Math.max(0, ...leads.map(({ bounds, degree }) => bounds.low * degree)),
    high: leads.reduce((sum, { bounds, degree }) => sum + bounds.high * degree, 0),
  };
}

export function joinBounds(own: OracleBounds, revealed: OracleBounds): OracleBounds {
  return { low: Math.max(own.low, revealed.low), high: Math.min(1, own.high + revealed.high) };
}

import type { Tier } from '../../shared/generated/operations.ts';
import { kindPaths } from '../../shared/marks/kind-paths.ts';
import type { Tokens } from './tokens.ts';

/** Images inside nodes, as SVG data URLs. Their colors are fixed, so a theme change creates them again. */

export function iconImage(kind: keyof typeof kindPaths, color: string): string {
  return toDataAddress(
    24,
    `<path d="${kindPaths[kind]}" fill="none" stroke="${color}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`,
  );
}

/** The disc of a tier on a 14 by 14 grid, as DiscMark draws it; of what has left the radius, a dashed ring. */
export function discShapes(tier: Tier | 'LEFT', { exposed, possible, contained, left }: Tokens): string {
  switch (tier) {
    case 'EXPOSED':
      return `<circle cx="7" cy="7" r="6.25" fill="${exposed}"/>`;
    case 'POSSIBLE':
      return `<circle cx="7" cy="7" r="5.4" fill="none" stroke="${possible}" stroke-width="1.6"/><path d="M7 1.6a5.4 5.4 0 0 0 0 10.8z" fill="${possible}"/>`;
    case 'CONTAINED':
      return `<circle cx="7" cy="7" r="5.6" fill="none" stroke="${contained}" stroke-width="1.4"/><rect x="4.4" y="6.5" width="5.2" height="3.6" rx="0.7" fill="${contained}"/><path d="M5.4 6.6V5.6a1.6 1.6 0 0 1 3.2 0v1" fill="none" stroke="${contained}" stroke-width="1.1"/>`;
    case 'LEFT':
      return `<circle cx="7" cy="7" r="6.25" fill="none" stroke="${left}" stroke-width="1.5" stroke-dasharray="2.6 2"/>`;
  }
}

/** A disc of 14 px in an image of 24 px, on a ground that hides lines. A marked one has a ring around it. */
export function discImage(tier: Tier | 'LEFT', tokens: Tokens, isMarked = false): string {
  const ring = isMarked ? `<circle cx="12" cy="12" r="11" fill="none" stroke="${tokens.ink}" stroke-width="2"/>` : '';
  const ground = `<circle cx="12" cy="12" r="7" fill="${tokens.surface}"/>`;
  return toDataAddress(24, `${ground}<g transform="translate(5 5)">${discShapes(tier, tokens)}</g>${ring}`);
}

/** An image of a node that is as wide as high. */
export function toDataAddress(size: number, inside: string): string {
  // Four times as large as shown, because a canvas scales down crisply but not up.
  const side = size * 4;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 ${size} ${size}">${inside}</svg>`;
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}

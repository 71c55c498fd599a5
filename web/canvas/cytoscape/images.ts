import { type IconName, iconPaths } from './icon-paths.ts';

/** Images inside nodes, as SVG data URLs. Their colors are fixed, so a theme change creates them again. */

export type Disc = 'full' | 'half' | 'ring-lock' | 'dashed-ring';

export function iconImage(icon: IconName, color: string): string {
  return toDataAddress(
    24,
    `<path d="${iconPaths[icon]}" fill="none" stroke="${color}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`,
  );
}

/** A tier's disc on a 14 by 14 grid. Lists show the same shape, so that color is never the only sign. */
export function discImage(disc: Disc, color: string): string {
  return toDataAddress(14, discMarkup(disc, color));
}

export function discMarkup(disc: Disc, color: string): string {
  switch (disc) {
    case 'full':
      return `<circle cx="7" cy="7" r="6.5" fill="${color}"/>`;
    case 'half':
      return `<circle cx="7" cy="7" r="5.75" fill="none" stroke="${color}" stroke-width="1.5"/><path d="M7 1.25a5.75 5.75 0 0 0 0 11.5z" fill="${color}"/>`;
    case 'ring-lock':
      return `<circle cx="7" cy="7" r="5.75" fill="none" stroke="${color}" stroke-width="1.5"/><path d="M5.6 6.6v-1a1.4 1.4 0 0 1 2.8 0v1" fill="none" stroke="${color}" stroke-width="1"/><rect x="4.7" y="6.5" width="4.6" height="3.4" rx=".8" fill="${color}"/>`;
    case 'dashed-ring':
      return `<circle cx="7" cy="7" r="5.75" fill="none" stroke="${color}" stroke-width="1.5" stroke-dasharray="2.4 2"/>`;
  }
}

function toDataAddress(size: number, inside: string): string {
  // Four times as large as shown, because a canvas scales down crisply but not up.
  const side = size * 4;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 ${size} ${size}">${inside}</svg>`;
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}

import { type IconName, iconPaths } from './icon-paths.ts';

/** Images inside nodes, as SVG data URLs. Their colors are fixed, so a theme change creates them again. */

export function iconImage(icon: IconName, color: string): string {
  return toDataAddress(
    24,
    `<path d="${iconPaths[icon]}" fill="none" stroke="${color}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`,
  );
}

function toDataAddress(size: number, inside: string): string {
  // Four times as large as shown, because a canvas scales down crisply but not up.
  const side = size * 4;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 ${size} ${size}">${inside}</svg>`;
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}

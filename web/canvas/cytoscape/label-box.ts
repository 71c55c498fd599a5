/** Labels as boxes, so that a layout can keep them apart without a screen. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function doBoxesMeet(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Shortens a text to `most` code points by cutting its middle, because similar names differ at their ends. */
export function cutInTheMiddle(text: string, most = 26): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const head = Math.ceil((most - 1) / 2);
  const tail = most - 1 - head;
  return `${characters.slice(0, head).join('').trimEnd()}…${characters
    .slice(characters.length - tail)
    .join('')
    .trimStart()}`;
}

/** An upper bound of a text's width in Inter, in pixels. Wide scripts count one em a character. */
export function estimateWidth(text: string, size: number): number {
  let ems = 0;
  for (const character of text) {
    if (character > '\u2e80') ems += 1.05;
    else if ("ijlt.,:;'|!I ()f".includes(character)) ems += 0.36;
    else if ('mwMW%@—'.includes(character)) ems += 0.95;
    else if (character >= 'A' && character <= 'Z') ems += 0.72;
    else ems += 0.6;
  }
  return Math.ceil(ems * size);
}

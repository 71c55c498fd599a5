import { createHash } from 'node:crypto';

const longestId = 200;

/** The id for a clean name: the name itself, so it is unique and stable between editions. A long name is cut and gets a digest. */
export function toStableId(name: string): string {
  if (name.length <= longestId) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return `${name.slice(0, longestId - 20).replace(/[\uD800-\uDBFF]$/, '')} ${digest}`;
}

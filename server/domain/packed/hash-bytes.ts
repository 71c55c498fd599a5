import { randomInt } from 'node:crypto';

const seed = randomInt(2 ** 32);
/** Odd, so that no information is lost. */
const factor = randomInt(2 ** 31) * 2 + 1;

/**
 * A hash of bytes, or of several texts one after another. The seed is random for each run, so an attacker cannot choose texts that collide and
 * slow down a hash table.
 *
 * @param hash the hash of the preceding texts
 */
export function hashBytes(bytes: Uint8Array, start: number, end: number, hash = seed): number {
  let mixed = hash;
  for (let at = start; at < end; at++) mixed = mix(mixed, bytes[at] as number);
  return mixed;
}

/** As `hashBytes`, for a number from 0 to 2^32 - 1 in place of a text. */
export function hashNumber(number: number, hash = seed): number {
  return mix(hash, number);
}

function mix(hash: number, value: number): number {
  const product = Math.imul(hash ^ value, factor);
  return product ^ (product >>> 15);
}

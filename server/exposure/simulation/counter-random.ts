/*
 * Stateless random numbers: each is a function of a seed, the number of the run, and the key of an event. So order, batches and
 * threads do not matter, and an event that two scenarios share gets the same numbers in both.
 *
 * The function is Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3; 2011):
 * the key of the cipher is (seed, run), its plain text the 64 bits of the drawn thing.
 */

const parity = 0x1bd11bda;

/**
 * A number in [0, 1) with 53 random bits.
 *
 * @param seed, run, key0, key1 32 bits each, signed or not
 */
export function drawUniform(seed: number, run: number, key0: number, key1: number): number {
  const third = parity ^ seed ^ run;
  let a = (key0 + seed) | 0;
  let b = (key1 + run) | 0;

  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a;
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a;
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a;
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a;
  a = (a + run) | 0;
  b = (b + third + 1) | 0;

  a = (a + b) | 0;
  b = ((b << 17) | (b >>> 15)) ^ a;
  a = (a + b) | 0;
  b = ((b << 29) | (b >>> 3)) ^ a;
  a = (a + b) | 0;
  b = ((b << 16) | (b >>> 16)) ^ a;
  a = (a + b) | 0;
  b = ((b << 24) | (b >>> 8)) ^ a;
  a = (a + third) | 0;
  b = (b + seed + 2) | 0;

  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a;
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a;
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a;
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a;
  a = (a + seed) | 0;
  b = (b + run + 3) | 0;

  a = (a + b) | 0;
  b = ((b << 17) | (b >>> 15)) ^ a;
  a = (a + b) | 0;
  b = ((b << 29) | (b >>> 3)) ^ a;
  a = (a + b) | 0;
  b = ((b << 16) | (b >>> 16)) ^ a;
  a = (a + b) | 0;
  b = ((b << 24) | (b >>> 8)) ^ a;
  a = (a + run) | 0;
  b = (b + third + 4) | 0;

  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a;
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a;
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a;
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a;
  a = (a + third) | 0;
  b = (b + seed + 5) | 0;

  return ((a >>> 0) * 2 ** 21 + (b >>> 11)) * 2 ** -53;
}

/** 64 bits that identify an event, hashed from its kind and ids. */
export type RandomKey = readonly [key0: number, key1: number];

/**
 * The key of an event, from its kind and ids: two multiplicative hashes with different factors over UTF-16 units, mixed at the end.
 * Each part is hashed with its length, so ("ab", "c") differs from ("a", "bc").
 */
export function randomKey(kind: string, ...ids: readonly string[]): RandomKey {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (const part of [kind, ...ids]) {
    a = Math.imul(a ^ part.length, 2654435761);
    b = Math.imul(b ^ part.length, 1597334677);
    for (let i = 0; i < part.length; i++) {
      const unit = part.charCodeAt(i);
      a = Math.imul(a ^ unit, 2654435761);
      b = Math.imul(b ^ unit, 1597334677);
      // Multiplication carries only upward. Without this shift, the low bits would depend on only a few characters of a long id.
      a ^= a >>> 15;
      b ^= b >>> 13;
    }
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return [a | 0, b | 0];
}

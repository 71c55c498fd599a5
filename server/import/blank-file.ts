import type { ReadFile } from './read-options.ts';

/** A file of which nothing is known but its bytes. */
export function blankFile(name: string, digest: { readonly sizeBytes: number; readonly sha256: string }): ReadFile {
  const form = { encoding: 'utf-8', delimiter: ',', headerLine: 1, preamble: [], header: [], sample: [] };
  return { name, ...digest, ...form, rowCount: 0, isFaulty: false, mapping: null };
}

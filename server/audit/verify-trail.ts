import { createReadStream, existsSync } from 'node:fs';
import type { AuditPaths } from './audit-files.ts';
import { firstSeal, parseEntry, readHead, sealEntry } from './audit-files.ts';

const maxSentences = 20;

/**
 * Finds every edit, cut and change of order in the trail, unless its author could change the head, or had the key and added entries at the end.
 *
 * @param key EXPOSURE_AUDIT_KEY, the one with which the trail was written
 * @returns sentences; empty for a sound trail
 */
export async function verifyTrail({ trail, head: headPath }: AuditPaths, key: string | null): Promise<string[]> {
  const sentences: string[] = [];
  const head = readHead(headPath, key);
  let seal = firstSeal;
  let count = 0;
  let sealAtHead = head?.seq === 0 ? firstSeal : undefined;
  let isOver = false;
  for await (const line of readLines(trail)) {
    count++;
    const entry = parseEntry(line);
    const isSound = entry !== undefined && entry.seq === count && sealEntry(key, seal, count, entry).seal === entry.seal;
    if (!isSound) {
      sentences.push(`Line ${count} of ${trail} is not the entry that was written there.`);
      isOver = sentences.length >= maxSentences;
      if (isOver) break;
    }
    seal = entry?.seal ?? seal;
    if (count === head?.seq) sealAtHead = seal;
  }
  if (isOver) return [...sentences, 'There are more problems than these; the rest was not checked.'];
  if (head === undefined) {
    if (count > 0 || existsSync(headPath))
      sentences.push(`The head ${headPath} is missing, damaged or signed with another key, so a cut at the end cannot be seen.`);
  } else if (head.seq > count)
    sentences.push(`The trail ends after entry ${count}, and the head names entry ${head.seq}: the end was cut off.`);
  else if (sealAtHead !== head.seal) sentences.push(`Entry ${head.seq} is not the one that the head names.`);
  return sentences;
}

/** The lines of a file. A last line without a line feed is left out: a crash cut it short before it was acknowledged. */
async function* readLines(path: string): AsyncGenerator<string> {
  if (!existsSync(path)) return;
  let rest = '';
  for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() as string;
    yield* lines;
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareCodePoints } from '../../../server/domain/compare.ts';
import { PackedAssertions } from '../../../server/domain/packed/packed-assertions.ts';
import { hasHidden, replaceHidden } from '../../../server/domain/text/hidden-characters.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import type { FactWrite } from '../../../server/store/fact-write.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import type { StoreRecord } from '../../../server/store/store-record.ts';

/*
 * Earlier versions of the program took hidden characters in ids and names. A store of theirs is made by a restore: private characters take
 * the place of the hidden ones while a scratch store plans the writes.
 */

/** Fills an empty store with writes as an earlier version recorded them. */
export async function recordEarlier(store: FactStore, ...writes: readonly FactWrite[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-earlier-'));
  const scratch = await openStore(`sqlite:${join(folder, 'facts.db')}`);
  try {
    for (const write of writes) {
      const { isWritten, violations } = await scratch.commit(changeTexts(write, disguise));
      if (!isWritten) throw new Error(JSON.stringify(violations));
    }
    await store.restore(revealed(scratch.readRecords()));
  } finally {
    await scratch.close();
    rmSync(folder, { recursive: true });
  }
}

async function* revealed(records: AsyncIterable<StoreRecord>): AsyncGenerator<StoreRecord> {
  for await (const record of records) {
    const shown = changeTexts(record, reveal);
    if (shown.type !== 'assertions') yield shown;
    else {
      // The batches of these small worlds hold a whole kind. Its keys may stand in another order now.
      const order = shown.assertions.map((_, i) => i);
      order.sort((a, b) => compareCodePoints(shown.assertions[a]?.key ?? '', shown.assertions[b]?.key ?? ''));
      const assertions = order.map((i) => shown.assertions[i] as (typeof shown.assertions)[number]);
      yield { ...shown, assertions, effects: Uint8Array.from(order, (i) => shown.effects[i] as number) };
    }
  }
}

const plane15 = 0xf0000;
const plane16 = 0x100000;

/** NUL separates the two keys of a pair, and is no part of a text. */
function disguise(text: string): string {
  if (!hasHidden(text)) return text;
  return replaceHidden(text, (character) => {
    const code = character.codePointAt(0) as number;
    return code === 0 ? character : String.fromCodePoint((code > 0xffff ? plane16 : plane15) + (code & 0xffff));
  });
}

function reveal(text: string): string {
  return text.replace(/[\u{F0000}-\u{10FFFF}]/gu, (character) => {
    const code = character.codePointAt(0) as number;
    return String.fromCodePoint(code >= plane16 ? code - plane16 + 0xe0000 : code - plane15);
  });
}

function changeTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T;
  if (value instanceof Map) return new Map([...value].map(([key, one]) => [change(key), changeTexts(one, change)])) as T;
  if (value instanceof PackedAssertions) return PackedAssertions.of(changeTexts([...value], change)) as T;
  if (Array.isArray(value)) return value.map((one) => changeTexts(one, change)) as T;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, changeTexts(one, change)])) as T;
}

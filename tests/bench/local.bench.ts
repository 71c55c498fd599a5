import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBlastRadius } from '../../server/exposure/radius/confidentiality.ts';
import type { RadiusQuestion } from '../../server/exposure/radius/resolve-radius-input.ts';
import { resolveRadiusInput } from '../../server/exposure/radius/resolve-radius-input.ts';
import type { Projection } from '../../server/projection/projection.ts';
import { LocalFacts } from '../../server/questions/facts/held-facts.ts';
import type { WholeStore } from '../../server/store/fact-store.ts';
import { milliseconds, type Report, summarizeTimes } from './report.ts';

const widest = { from: Date.UTC(2026, 8, 19), to: Date.UTC(2026, 9, 1) };

/**
 * Measures radii that read their own facts on demand against reading all facts, with transfers packed in a file and read from the
 * database. Compares the answers before it measures time.
 *
 * @param whole all facts
 * @param loads the times to load these, in milliseconds
 * @param origins indexes of organizations
 */
export async function benchLocal(
  store: WholeStore,
  whole: Projection,
  loads: readonly number[],
  origins: readonly number[],
  report: Report,
): Promise<void> {
  const now = widest.to;
  const question = (origin: number, from = widest.from): RadiusQuestion => ({
    origins: [whole.organizations.id.get(origin)],
    widest: { from, to: widest.to },
  });
  const answer = (projection: Projection, asked: RadiusQuestion) =>
    findBlastRadius(projection, resolveRadiusInput(projection, asked, undefined, now)).summary;
  const measure = async (local: LocalFacts, name: string) => {
    let transfers = 0;
    for (const origin of origins) {
      const part = await local.forRadius(question(origin), undefined, now);
      assert.deepEqual(answer(part, question(origin)), answer(whole, question(origin)));
      transfers = Math.max(transfers, part.transfers.count);
    }
    const times: number[] = [];
    for (const origin of origins) {
      const start = performance.now();
      // Uses another window, because the cache holds the facts for the one above.
      const asked = question(origin, widest.from - 1);
      answer(await local.forRadius(asked, undefined, now), asked);
      times.push(performance.now() - start);
    }
    report.ratio(
      `a radius from the part of the facts that it needs, ${name}, beside loading all of them`,
      summarizeTimes(times),
      summarizeTimes(loads),
    );
    report.line(
      `  p95 ${milliseconds(summarizeTimes(times).p95)}; the largest part had ${transfers} of ${whole.transfers.count} transfers`,
    );
  };
  await measure(new LocalFacts(store), 'transfers from the database');
  const folder = mkdtempSync(join(tmpdir(), 'exposure-bench-packed-'));
  const packed = new LocalFacts(store, Date.now, { path: join(folder, 'packed'), onTrouble: (sentence) => report.line(sentence) });
  await packed.read();
  const start = performance.now();
  await packed.packed();
  report.line(`  all transfers packed in ${milliseconds(performance.now() - start)}`);
  await measure(packed, 'packed transfers');
  await packed.close();
  rmSync(folder, { recursive: true });
}

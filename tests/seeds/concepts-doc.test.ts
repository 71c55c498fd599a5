import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { radiusDefaults } from '../../server/domain/radius-options.ts';
import { findBlastRadius } from '../../server/exposure/radius/confidentiality.ts';
import { findIntegrityRadius } from '../../server/exposure/radius/integrity.ts';
import { commitImport } from '../../server/import/commit-import.ts';
import { readImport } from '../../server/import/read-import.ts';
import type { Projection } from '../../server/projection/projection.ts';
import { CurrentProjection } from '../../server/projection/refresh/refresh.ts';
import { toInput } from '../support/answers/engine-answers.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { importSeedWorld, type SeedWorld } from '../support/worlds/seed-world.ts';

interface StatedRow {
  readonly origin: string;
  readonly core: string;
  readonly widest: string;
  /** Empty, an option and its value, or `T-2` and a deletion state. */
  readonly change: string;
  /** Reached, exposed, possible, contained, blind spots, worst case, weighted loss. */
  readonly figures: readonly number[];
}

/** The table at the end of docs/concepts.md. */
function readStatedRows(): StatedRow[] {
  const text = readFileSync(new URL('../../docs/concepts.md', import.meta.url), 'utf8');
  return text
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells.length === 13 && /^\d/.test(cells[5] ?? ''))
    .map(([, origin = '', core = '', widest = '', change = '', ...figures]) => ({
      origin,
      core,
      widest,
      change,
      figures: figures.slice(0, 7).map(Number),
    }));
}

const day = 24 * 3_600_000;

/** A closed window of whole days: `from` or `from/to`. */
function parseDays(text: string) {
  const [from = '', to = from] = text.split('/');
  return { from: Date.parse(from), to: Date.parse(to) + day - 1 };
}

function questionOf(projection: Projection, { origin, core, widest, change }: Omit<StatedRow, 'figures'>) {
  const [name = '', value = ''] = change.split(' ');
  const option = name in radiusDefaults ? { [name]: Number(value) } : {};
  const windows = { core: parseDays(core), widest: parseDays(widest) };
  return toInput(projection, { ...radiusDefaults, ...option, origins: [origin], ...windows, scopes: [] });
}

describe('docs/concepts.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-concepts-'));
  let world: SeedWorld;
  beforeAll(async () => {
    world = await importSeedWorld('four-parties');
  });
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The world after Deneb said that it deleted its copy. */
  async function importDeletion(state: string): Promise<Projection> {
    const path = join(folder, 'transfers.csv');
    writeFileSync(path, `id,artifact,sender,recipient,deletion_state,deleted_at\nT-2,guidelines,vega,deneb,${state},2026-05-01\n`);
    const at = Date.parse('2026-11-24T10:00:00Z');
    const read = await readImport([{ name: 'transfers.csv', path }], { assertedAt: at, source: null });
    const order = { id: `deletion-${state}`, by: 'test', at, createdAt: at, source: "Deneb's answer", assertedAt: null };
    await commitImport(world.store, read, order, 'ALL_OR_NOTHING');
    const { projection } = await new CurrentProjection(world.store, () => at).read();
    return projection;
  }

  it.each(readStatedRows())('[D7] $origin, core $core, widest $widest, $change', async ({ figures, ...row }) => {
    const [, state] = /^T-2 (\w+)$/.exec(row.change) ?? [];
    const projection = state === undefined ? world.projection : await importDeletion(state);
    const { summary } = findBlastRadius(projection, questionOf(projection, row));
    const counts = [summary.reachedCount, summary.exposedCount, summary.possibleCount, summary.containedCount, summary.blindSpotCount];
    expect([...counts, summary.worstCaseLossUsd, summary.weightedLossUsd]).toEqual(figures);
  });

  it('[D7] states ten answers', () => {
    expect(readStatedRows()).toHaveLength(10);
  });

  it('[D7] Vega and Deneb are notifiers of a breach at Deneb; half of the guidelines at Deneb is the other copy of one at Vega', () => {
    const { projection } = world;
    const ask = (origin: string) =>
      findBlastRadius(projection, questionOf(projection, { origin, core: '2026-06-01', widest: '2026-06-01', change: '' }));
    expect(ask('deneb').notifiers.map((index) => projection.organizations.id.get(index))).toEqual(['deneb', 'vega']);
    const holders = ask('vega').otherCopies.map((copy) => projection.organizations.id.get(projection.copies.holder.at(copy)));
    expect(holders).toEqual(['deneb']);
  });

  it('[D7] Vega could have altered the copy that it sent on Feb 10, and none after Jun 1', () => {
    const { projection } = world;
    const ask = (core: string) =>
      findIntegrityRadius(projection, questionOf(projection, { origin: 'vega', core, widest: core, change: '' }));
    const { tainted } = ask('2026-02-01/2026-02-28');
    expect(tainted.map(({ holder, since }) => [projection.organizations.id.get(holder), since])).toEqual([
      ['deneb', Date.parse('2026-02-10')],
    ]);
    expect(ask('2026-06-01/2026-06-30').tainted).toEqual([]);
  });
});

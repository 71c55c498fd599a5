import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import type { Projection } from '../../../server/projection/projection.ts';
import { refreshProjection } from '../../../server/projection/refresh/refresh-projection.ts';
import { shareProjection } from '../../../server/projection/share-projection.ts';
import { openSnapshot, writeSnapshot } from '../../../server/projection/snapshot-file.ts';
import { bytesOf, type KeptFacts, SnapshotDamage, takeColumns } from '../../../server/projection/snapshot-format.ts';
import { runAtOnce } from '../../../server/projection/turns.ts';
import { projectionInPlain } from '../../support/answers/projection-in-plain.ts';
import { afterAll, describe, expect, it } from '../../support/test.ts';
import { worlds } from '../../support/worlds/arbitraries.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';
import { toRecordedFacts, world } from '../../support/worlds/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-snapshot-'));
let count = 0;
const key = { store: 'this store', program: 'this program' };

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const some = { question: '["ranking",{}]', values: Float64Array.from([1, 0.1 + 0.2, -0, 1e300]) };

function write(projection: Projection, figures = some): string {
  const path = join(folder, String(count++));
  writeSnapshot(path, shareProjection(projection), key, figures);
  return path;
}

async function read(path: string): Promise<Projection> {
  return (await readAll(path)).projection;
}

async function readAll(path: string): Promise<KeptFacts> {
  const snapshot = await openSnapshot(path);
  if (snapshot === undefined) throw new Error('There is no snapshot.');
  try {
    const read = await snapshot.readColumns();
    if (read.damaged.length > 0) throw new SnapshotDamage('some parts');
    return read;
  } finally {
    await snapshot.close();
  }
}

const columnsOf = (projection: Projection) => takeColumns({ projection: shareProjection(projection), figures: null });

const readDamaged = (path: string, bytes: Buffer) => {
  writeFileSync(path, bytes);
  return read(path).catch((error: unknown) => error);
};

describe('a snapshot of a projection', () => {
  it('[P223] gives back every column of any world, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.nat(1000), async (world, revision) => {
        const projection = buildProjection(toRecordedFacts(world), revision);
        const path = write(projection);
        const { projection: found, figures } = await readAll(path);
        rmSync(path);
        expect(figures).toEqual(some);
        expect(found.revision).toBe(revision);
        expect(projectionInPlain(found)).toEqual(projectionInPlain(projection));
        const [was, is] = [columnsOf(projection), columnsOf(found)];
        expect(is.tree).toEqual(was.tree);
        expect(is.columns.map((column) => Buffer.from(bytesOf(column)))).toEqual(was.columns.map((column) => Buffer.from(bytesOf(column))));
        expect(is.columns.every((column) => column.buffer instanceof SharedArrayBuffer)).toBe(true);
      }),
      { numRuns: generatedRuns(60) },
    );
  });

  it('[P224] notices each damaged byte, a missing end and a longer file', async () => {
    const [world] = fc.sample(worlds, { numRuns: 1, seed: 7 });
    const path = write(buildProjection(toRecordedFacts(world as NonNullable<typeof world>), 3));
    const whole = readFileSync(path);
    expect(whole.length).toBeGreaterThan(4000);
    const positions = [
      ...Array.from({ length: 16 }, (_, i) => i),
      ...Array.from({ length: 984 }, (_, i) => 16 + Math.floor((i * (whole.length - 16)) / 984)),
    ];
    expect(new Set(positions).size).toBe(1000);
    const unnoticed: number[] = [];
    for (const position of positions) {
      const bytes = Buffer.from(whole);
      bytes[position] = (bytes[position] as number) ^ (1 << (position % 8));
      if (!((await readDamaged(path, bytes)) instanceof SnapshotDamage)) unnoticed.push(position);
    }
    expect(unnoticed).toEqual([]);
    for (const length of [0, 1, 15, 16, 17, 500, whole.length >> 1, whole.length - 1]) {
      expect(await readDamaged(path, whole.subarray(0, length))).toBeInstanceOf(SnapshotDamage);
    }
    expect(await readDamaged(path, Buffer.concat([whole, Buffer.alloc(1)]))).toBeInstanceOf(SnapshotDamage);
    expect(await readDamaged(path, Buffer.from('PK'.repeat(5000)))).toBeInstanceOf(SnapshotDamage);
    writeFileSync(path, whole);
    expect((await read(path)).revision).toBe(3);
  });

  it('[P227] is readable by its owner alone, and never overwrites a file', () => {
    const path = write(buildProjection([], 1));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(() => writeSnapshot(path, shareProjection(buildProjection([], 2)), key)).toThrow('EEXIST');
  });

  it('[P298] of renewed parts can be renewed again', async () => {
    const ids = Array.from({ length: 9 }, (_, i) => `t-${i}`);
    const factsOf = (some: readonly string[]) => {
      const built = world().lab('lab').vendor('v').artifact('x', 'lab').artifact('y', 'lab');
      for (const [i, id] of some.entries()) built.transfer(id, 'xy'[i % 2] as string, i % 3 === 0 ? 'v' : 'lab', 'v');
      return toRecordedFacts(built.build());
    };
    const renew = (last: Projection, all: ReturnType<typeof factsOf>, keys: readonly string[]) => {
      const facts = all.filter(({ key: id }) => keys.includes(id));
      return runAtOnce(refreshProjection(last, new Map([['TRANSFER' as const, { keys, facts }]]), last.revision + 1, 1));
    };
    let last = buildProjection(factsOf(ids.slice(0, 3)), 1, 1);
    for (const at of [3, 4, 5]) last = renew(last, factsOf(ids.slice(0, at + 1)), [ids[at] as string]);
    last = renew(last, [], ['t-1']);
    const found = await read(write(last));
    expect(projectionInPlain(found)).toEqual(projectionInPlain(last));
    expect(found.memory.parts.length).toBe(2);
    const all = factsOf(ids);
    for (const from of [last, found])
      expect(projectionInPlain(renew(from, all, [...ids.slice(6), 't-1']))).toEqual(projectionInPlain(buildProjection(all, 1)));
    expect(projectionInPlain(found)).toEqual(projectionInPlain(last));
  });
});

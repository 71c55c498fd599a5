import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openBackup } from '../../server/backup/read-backup.ts';
import { writeBackup } from '../../server/backup/write-backup.ts';
import type { Assertion } from '../../server/domain/assertions.ts';
import { madeKey } from '../../server/domain/facts.ts';
import { packRows } from '../../server/domain/text/row-text.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { describe, expect, it } from '../support/test.ts';
import { edit, importOf, readAll, retract, say, vendor } from './assertions-for-tests.ts';
import { MemoryModel } from './contract/memory-model.ts';
import { everythingOf } from './everything-of.ts';

const organizations = ['quill', 'sable', 'vega'];
const texts = fc.constantFrom('a', 'litellm', 'ünï', '=1', 'x;y\\', '"q"', '𝒳');
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const instants = fc.integer({ min: 1, max: 9 }).map((day) => Date.UTC(2026, 2, day));
const component = fc
  .tuple(
    texts,
    maybe(fc.constantFrom('pkg:pypi/litellm', 'pkg:npm/a')),
    maybe(texts),
    maybe(texts),
    maybe(texts),
    fc.array(texts, { maxLength: 2 }),
  )
  .map(([name, purl, version, constraint, scope, hashes]) => [name, purl, version, constraint, scope, 'DIRECT', hashes] as const);
const components = fc.array(component, { maxLength: 4 }).map((rows) => packRows('COMPONENT', rows));
const affected = fc
  .array(fc.tuple(fc.constantFrom('pkg:pypi/litellm', 'pkg:npm/a'), fc.array(texts, { maxLength: 2 }), fc.array(texts, { maxLength: 1 })), {
    maxLength: 2,
  })
  .map((rows) => packRows('AFFECTED_PACKAGE', rows));
const claims = fc
  .array(fc.tuple(fc.constant('pkg:pypi/litellm'), fc.array(texts, { maxLength: 1 }), maybe(instants), fc.constant(null)), {
    minLength: 1,
    maxLength: 3,
  })
  .map((rows) => packRows('CLAIM', rows));

const list = fc
  .record({
    id: fc.constantFrom('l1', 'l2', 'l1~2'),
    organization: fc.constantFrom(...organizations),
    subject: fc.constantFrom('', 'gateway', 'pkg:oci/gateway'),
    describedAt: maybe(instants),
    isComplete: maybe(fc.boolean()),
    components,
  })
  .map((stated): Assertion => say('SOFTWARE_LIST', stated));
const advisory = fc
  .record({
    id: fc.constantFrom('MAL-1', 'GHSA-1'),
    kind: fc.constantFrom('MALWARE', 'VULNERABILITY'),
    aliases: fc.array(texts, { maxLength: 2 }),
    affected,
  })
  .map((stated): Assertion => say('ADVISORY', stated));
const availability = fc.record({ claimant: texts, claims }).map((stated): Assertion => {
  const id = madeKey('MAL-1', stated.claimant);
  return say('AVAILABILITY', { id, advisory: 'MAL-1', ...stated });
});
const statement = fc
  .record({
    organization: fc.constantFrom(...organizations),
    claimant: texts,
    state: fc.constantFrom('AFFECTED', 'FIXED'),
    at: maybe(instants),
  })
  .map((stated): Assertion => {
    const id = madeKey(stated.organization, 'MAL-1', stated.claimant);
    return say('SOFTWARE_STATEMENT', { id, advisory: 'MAL-1', ...stated });
  });

/** Assertions about software, each fact once. */
export const softwareAssertions = fc
  .array(fc.oneof(list, advisory, availability, statement), { minLength: 1, maxLength: 5 })
  .map((all) => [...new Map(all.map((one) => [`${one.kind} ${one.key}`, one])).values()]);

type Step = { readonly assertions: readonly Assertion[]; readonly act: 'import' | 'edit' | 'undo' | 'retract' };
const history: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    assertions: softwareAssertions,
    act: fc.constantFrom('import' as const, 'import' as const, 'edit' as const, 'undo' as const, 'retract' as const),
  }),
  { minLength: 1, maxLength: 6 },
);

async function play(store: FactStore, model: MemoryModel, steps: readonly Step[]): Promise<void> {
  const first = edit(organizations.map((id) => vendor(id)));
  model.commit(first);
  await store.commit(first);
  const imports: string[] = [];
  for (const [i, { act, assertions }] of steps.entries()) {
    const at = 2000 + i;
    if (act === 'undo') {
      const id = imports.pop();
      if (id === undefined) continue;
      const expected = model.undo(id);
      expect((await store.undoImport(id, 'ada', at)).outcome).toBe(expected);
      continue;
    }
    if (act === 'import') imports.push(`i${i}`);
    const known = new Set(model.facts.map(({ kind, key }) => `${kind} ${key}`));
    const gone = assertions.filter(({ kind, key }) => known.has(`${kind} ${key}`)).map(({ kind, key }) => retract(kind, key));
    const stated = act === 'retract' ? gone : assertions;
    if (stated.length === 0) continue;
    const write = act === 'import' ? importOf(`i${i}`, stated, { at }) : edit(stated, { at });
    expect((await store.commit(write)).isWritten).toBe(model.commit(write));
  }
}

/** Promises for facts of software (semantics §13.1). @param open opens an empty store of the kind; the caller closes it */
export function describeSoftwareFacts(
  name: string,
  open: () => Promise<FactStore>,
  openOther: () => Promise<FactStore>,
  runs: number,
): void {
  describe(name, () => {
    it('[S870] keep lists, advisories, claims and statements with history, undo and what was known', async () => {
      await fc.assert(
        fc.asyncProperty(history, async (steps) => {
          const store = await open();
          const model = new MemoryModel();
          await play(store, model, steps);
          expect(await readAll(store)).toEqual(model.facts);
          for (const [revision, facts] of model.known.entries()) expect(await readAll(store, { revision })).toEqual(facts);
          for (const kinds of [['ADVISORY'], ['SOFTWARE_LIST', 'SOFTWARE_STATEMENT'], ['ORGANIZATION', 'AVAILABILITY']] as const) {
            const some = [];
            for await (const { facts } of store.readFacts(undefined, kinds)) some.push(...facts);
            expect(some).toEqual(model.facts.filter(({ kind }) => (kinds as readonly string[]).includes(kind)));
          }
          expect(await store.verify()).toEqual([]);
          await store.close();
        }),
        { numRuns: runs },
      );
    });

    it('[S871] answer alike in both kinds of store, also after a backup and its restoration', async () => {
      const path = join(tmpdir(), `exposure-software-${process.pid}-${name.length}.backup`);
      await fc.assert(
        fc.asyncProperty(history, async (steps) => {
          const store = await open();
          await play(store, new MemoryModel(), steps);
          const written = await everythingOf(store);
          await writeBackup(store, path, '1.0.0', 0);
          await store.close();
          const other = await openOther();
          const backup = await openBackup(path);
          await other.restore(backup.readRecords());
          await backup.close();
          expect(await everythingOf(other)).toEqual(written);
          await other.close();
        }),
        { numRuns: runs },
      );
      rmSync(path, { force: true });
    });
  });
}

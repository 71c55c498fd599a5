import fc from 'fast-check';
import type { RecordedFact } from '../../../server/domain/assertions.ts';
import { compareCodePoints } from '../../../server/domain/compare.ts';
import { copyForms, deletionStates } from '../../../server/domain/facts.ts';
import { TransferBuilder } from '../../../server/projection/build/build-kinds.ts';
import { indexOf } from '../../../server/projection/build/fill-columns.ts';
import { TextColumn } from '../../../server/projection/columns/text-column.ts';
import { buildPackedTransfers } from '../../../server/projection/packed/build-packed-transfers.ts';
import { BlockWriter, unpackBlocks } from '../../../server/projection/packed/transfer-block.ts';
import { TextCodes, TransferRows } from '../../../server/projection/packed/transfer-rows.ts';
import type { TransferTable } from '../../../server/projection/part.ts';
import type { Projection } from '../../../server/projection/projection.ts';
import { runAtOnce } from '../../../server/projection/turns.ts';
import { say } from '../../store/assertions-for-tests.ts';
import { expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';

const organizations = ['o1', 'o2', 'ö3'];
const artifacts = ['a1', 'a2', 'a3', 'ä4'];
const engagements = ['e1', 'e2'];
const base = Object.fromEntries(
  Object.entries({ organizations, artifacts, engagements }).map(([name, ids]) => [name, { id: TextColumn.from(ids) }]),
) as unknown as Projection;

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const instant = fc.integer({ min: -(2 ** 42), max: 2 ** 42 });
const text = fc.constantFrom('sftp', 'portal', 'ünïcode', '');
const fact: fc.Arbitrary<RecordedFact> = fc
  .record({
    id: fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter((id) => !id.includes('\0') && Buffer.from(id).toString() === id),
    artifact: fc.constantFrom(...artifacts),
    sender: fc.constantFrom(...organizations),
    recipient: fc.constantFrom(...organizations),
    sentAt: orNull(instant),
    portion: fc.constantFrom(1, 0.5, 1e-12),
    fragments: orNull(fc.array(fc.constantFrom('f1', 'f2', 'ƒ3'), { maxLength: 3 })),
    form: fc.constantFrom(...copyForms),
    deletionState: fc.constantFrom(...deletionStates),
    deletedAt: orNull(instant),
    channel: orNull(text),
    engagement: orNull(fc.constantFrom(...engagements)),
    confidence: fc.constantFrom(1, 0.4),
    importId: orNull(text),
    file: orNull(text),
    line: orNull(fc.integer({ min: 1, max: 2 ** 31 - 1 })),
    assertedBy: text,
    assertedAt: instant,
    source: orNull(text),
  })
  .map(({ importId, file, line, assertedBy, assertedAt, source, ...stated }) => ({
    kind: 'TRANSFER',
    key: stated.id,
    values: say('TRANSFER', stated).values.map((value) => value ?? null),
    provenance: { importId, file, line, assertedBy, assertedAt, source },
  }));

function columnsOf(facts: readonly RecordedFact[]) {
  const builder = new TransferBuilder();
  const [ofOrganizations, ofArtifacts, ofEngagements] = [base.organizations, base.artifacts, base.engagements].map(({ id }) => indexOf(id));
  for (const one of [...facts].sort((a, b) => compareCodePoints(a.key, b.key))) {
    builder.add(one, ofOrganizations as never, ofArtifacts as never, ofEngagements as never);
  }
  return inTexts(builder.build());
}

/** Every cell, with texts in place of codes: the numbers of texts may differ. */
function inTexts({ provenance, id, channel, fragments, fragmentNames, ...numbers }: TransferTable) {
  const { importId, file, assertedBy, source, line, assertedAt } = provenance;
  return Array.from({ length: id.length }, (_, i) => ({
    id: id.get(i),
    texts: [channel, importId, file, assertedBy, source].map((column) => column.get(i)),
    numbers: Object.values(numbers).flatMap((column) => (typeof column === 'object' ? [column[i]] : [])),
    place: [line[i], assertedAt[i]],
    fragments: Array.from(fragments.values.slice(fragments.offsets[i], fragments.offsets[i + 1]), (name) => fragmentNames.get(name)),
  }));
}

it('[P290] transfers that were packed by artifact and unpacked in any order are the same columns as the facts, in every cell', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fact, { selector: ({ key }) => key, maxLength: 40 }), fc.nat(), (facts, turn) => {
      const texts = new TextCodes();
      const rows = new TransferRows(texts);
      for (const one of facts) rows.add(one);
      const blocks = packed(rows.byArtifact());
      const shifted = [...blocks.slice(turn % (blocks.length + 1)), ...blocks.slice(0, turn % (blocks.length + 1))];
      const unpacked = new TransferRows(texts);
      for (const block of shifted) unpackBlocks(block, unpacked);
      const expected = columnsOf(facts);
      expect(inTexts(runAtOnce(buildPackedTransfers(base, unpacked)))).toEqual(expected);
      expect(inTexts(runAtOnce(buildPackedTransfers(base, rows)))).toEqual(expected);
      expect(blocks.every((block) => block.byteLength % 8 === 0)).toBe(true);
    }),
    { numRuns: generatedRuns(300) },
  );
});

/** A block for each artifact. */
function packed(rows: TransferRows): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  const { artifact } = rows.columns;
  for (let from = 0; from < rows.count; ) {
    let to = from + 1;
    while (to < rows.count && artifact[to] === artifact[from]) to++;
    const writer = new BlockWriter();
    writer.add(rows, from, to, rows.findStarts());
    blocks.push(writer.take());
    from = to;
  }
  return blocks;
}

import type { FactValue } from '../../domain/assertions.ts';
import type { FieldSpec } from '../../domain/fact-fields.ts';
import { factFields, fieldsVersion } from '../../domain/fact-fields.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import type { FactKind } from '../../domain/facts.ts';
import { factKindOf, fileNameOf, tableKinds } from '../../import/rows/table-fields.ts';
import { ProjectionBuilder } from '../../projection/build/build-projection.ts';
import { chainOf, copyId, deletionStateOf, formOf } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';
import { copyKinds, rowOf } from '../../projection/projection.ts';
import type { FactStore } from '../../store/fact-store.ts';
import { factTable } from '../export-facts.ts';
import type { BytesPiece, ParquetLimits } from './parquet-table.ts';
import { ParquetTable, parquetLimits } from './parquet-table.ts';

/** The version of the layout of the files (docs/parquet.md). Raise it if a reader of the files has to change. */
const parquetFormat = '1';

const copiesName = 'copies';

/** The names of the files that an export makes, of whatever size. */
export const parquetFileName = new RegExp(
  `^(${[...tableKinds.filter((kind) => kind !== 'INCIDENT').map(fileNameOf), copiesName].join('|')})-\\d{8}\\.parquet$`,
);

export interface ParquetOptions {
  /** Name and version of the program, such as `exposure-graph version 0.2.0`. */
  readonly program: string;
  readonly limits?: ParquetLimits;
  /** Copies are derived from so many transfers at once. One artifact may have more. */
  readonly transfersAtOnce?: number;
}

/** A projection of two million transfers has some 400 MB. */
const defaultTransfersAtOnce = 2_000_000;

/**
 * The facts of the current revision as Parquet files: the tables of the canonical export without incidents, and the copies that follow from the
 * facts (semantics §2). Facts are sorted by key; copies by artifact, then by id. Each file names the revision.
 *
 * Custody never crosses from one artifact to another, so copies are derived from the transfers of some artifacts at a time. That reads
 * the transfers again for each `transfersAtOnce` of them.
 *
 * Memory: one row group, the organizations, artifacts and engagements, and the projection of `transfersAtOnce`.
 */
export async function* exportParquet(store: FactStore, options: ParquetOptions): AsyncGenerator<BytesPiece> {
  const revision = await store.readRevision();
  const counts = { artifacts: [] as string[], transfers: new Map<string, number>() };
  const begin = (name: string, fields: readonly FieldSpec[]) => {
    const metadata = {
      'exposure.table': name,
      'exposure.format': parquetFormat,
      'exposure.fields': String(fieldsVersion),
      'exposure.revision': String(revision),
    };
    return new ParquetTable(name, fields, metadata, options.program, options.limits ?? parquetLimits);
  };

  for (const kind of tableKinds) {
    if (kind === 'INCIDENT') continue;
    const { columns, rowsOf } = factTable(kind);
    const table = begin(fileNameOf(kind), columns);
    for await (const { facts } of store.readFacts({ revision }, [factKindOf(kind) as FactKind])) {
      if (kind === 'ARTIFACT') for (const { key } of facts) counts.artifacts.push(key);
      if (kind === 'TRANSFER') for (const { values } of facts) increment(counts.transfers, values[artifactField] as string);
      yield* table.write(facts.flatMap(rowsOf));
    }
    yield* table.end();
  }

  const copies = begin(copiesName, copyFields);
  for (const artifacts of splitArtifacts(counts, options.transfersAtOnce ?? defaultTransfersAtOnce))
    yield* copies.write(copyRows(await projectArtifacts(store, revision, artifacts)));
  yield* copies.end();
}

const artifactField = fieldIndex('TRANSFER', 'artifact');

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The artifacts in their order, cut into sets with at most so many transfers, or of one artifact. */
function* splitArtifacts(
  { artifacts, transfers }: { readonly artifacts: readonly string[]; readonly transfers: ReadonlyMap<string, number> },
  most: number,
): Generator<ReadonlySet<string>> {
  let some = new Set<string>();
  let count = 0;
  for (const artifact of artifacts) {
    const own = transfers.get(artifact) ?? 0;
    if (some.size > 0 && count + own > most) {
      yield some;
      some = new Set();
      count = 0;
    }
    some.add(artifact);
    count += own;
  }
  if (some.size > 0) yield some;
}

/** The custody of some artifacts. */
async function projectArtifacts(store: FactStore, revision: number, artifacts: ReadonlySet<string>): Promise<Projection> {
  const builder = new ProjectionBuilder();
  for await (const { kind, facts } of store.readFacts({ revision }, ['ORGANIZATION', 'ARTIFACT', 'ENGAGEMENT', 'TRANSFER'])) {
    if (kind === 'ARTIFACT')
      builder.add(
        kind,
        facts.filter(({ key }) => artifacts.has(key)),
      );
    else if (kind === 'TRANSFER')
      builder.add(
        kind,
        facts.filter(({ values }) => artifacts.has(values[artifactField] as string)),
      );
    else builder.add(kind, facts);
  }
  return builder.build(revision);
}

const field = (name: string, of: Partial<FieldSpec> = {}): FieldSpec => {
  const spec = factFields.TRANSFER[fieldIndex('TRANSFER', name)] as FieldSpec;
  return { ...spec, ...of } as FieldSpec;
};
const end = (column: string): FieldSpec => field('sentAt', { column });

/**
 * The columns of a copy: the fields of `type Copy` in schema.graphql, a column for each end of an interval, and ids in place of records. Those
 * that a transfer has, too, are its fields.
 */
export const copyFields: readonly FieldSpec[] = [
  field('id'),
  { name: 'kind', column: 'kind', type: 'enum', values: copyKinds, isRequired: true, isKey: false },
  field('artifact'),
  field('recipient', { column: 'holder' }),
  field('id', { column: 'transfer', isRequired: false }),
  field('form'),
  field('deletionState'),
  field('portion'),
  field('fragments'),
  field('confidence'),
  end('definite_from'),
  end('definite_until'),
  end('possible_from'),
  end('possible_until'),
  { name: 'rank', column: 'rank', type: 'integer', from: 0, to: 2 ** 31 - 1, isRequired: false, isKey: false },
  { name: 'chain', column: 'chain', type: 'texts', isRequired: true, isKey: false },
];

/** A chain of a copy is the last transfers of this number, as in the API. */
const maxChain = 100;

function* copyRows(projection: Projection): Generator<FactValue[]> {
  const { artifacts, copies, organizations, transfers } = projection;
  const endOf = (instant: number) => (Number.isFinite(instant) ? instant : null);
  for (let artifact = 0; artifact < artifacts.count; artifact++) {
    const artifactId = artifacts.id.get(artifact);
    for (const copy of rowOf(artifacts.copies, artifact)) {
      const transfer = copies.transfer.at(copy);
      const fragments = transfer < 0 ? [] : transfers.fragments.namesOf(transfer);
      const rank = copies.rank.at(copy);
      yield [
        copyId(projection, copy),
        copyKinds[copies.kind.at(copy)] as string,
        artifactId,
        organizations.id.get(copies.holder.at(copy)),
        transfer < 0 ? null : transfers.id.get(transfer),
        formOf(projection, copy),
        deletionStateOf(projection, copy),
        copies.portion.at(copy),
        fragments.length === 0 ? null : fragments,
        copies.confidence.at(copy),
        endOf(copies.definiteFrom.at(copy)),
        endOf(copies.definiteUntil.at(copy)),
        endOf(copies.possibleFrom.at(copy)),
        endOf(copies.possibleUntil.at(copy)),
        rank < 0 ? null : rank,
        chainOf(projection, copy, maxChain).map((each) => transfers.id.get(each)),
      ];
    }
  }
}

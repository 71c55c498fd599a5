import { numberFields, optionalTexts } from '../../domain/fact-fields.ts';
import { buildFromTable } from '../build/build-projection.ts';
import { orderIds } from '../columns/order-rows.ts';
import { sharedFloat64, sharedInt32, sharedText, sharedUint8, sharedUint32 } from '../columns/shared-memory.ts';
import { CodeColumn, Interner, TextColumn } from '../columns/text-column.ts';
import { byName } from '../open-parts.ts';
import type { TransferTable } from '../part.ts';
import type { Projection } from '../projection.ts';
import type { Steps } from '../turns.ts';
import type { TextCodes, TransferRows } from './transfer-rows.ts';
import { gather8, gather32, gather64, gatherLists } from './transfer-rows.ts';

/**
 * Turns transfers into columns, in the order of their ids. They name other records by indexes.
 *
 * @param base has the organizations, artifacts and engagements that they name
 * Complexity: O(n) for n transfers, and a search for each of those that they name, the first time.
 */
export function* buildPackedTransfers(
  base: Pick<Projection, 'organizations' | 'artifacts' | 'engagements'>,
  rows: TransferRows,
): Steps<TransferTable> {
  const { columns, texts, count } = rows;
  const starts = rows.findStarts();
  const order = orderIds(rows.ids, starts.ids);
  yield;
  const reference = (codes: Int32Array, ids: TextColumn) => {
    const column = gather32(codes, order, sharedInt32(count));
    texts.toIndexes(column, ids);
    return column;
  };
  const artifact = reference(columns.artifact, base.artifacts.id);
  const sender = reference(columns.sender, base.organizations.id);
  const recipient = reference(columns.recipient, base.organizations.id);
  const engagement = reference(columns.engagement, base.engagements.id);
  yield;
  const float = (column: Float64Array) => gather64(column, order, sharedFloat64(count));
  const byte = (column: Uint8Array) => gather8(column, order, sharedUint8(count));
  const text = (codes: Int32Array) => toTexts(gather32(codes, order, sharedInt32(count)), texts);
  const line = sharedUint32(count);
  line.set(gather32(columns.line, order, new Int32Array(count)));
  const transfers = {
    provenance: {
      importId: text(columns.importId),
      file: text(columns.file),
      assertedBy: text(columns.assertedBy),
      source: text(columns.source),
      line,
      assertedAt: float(columns.assertedAt),
    },
    id: gatherIds(order, rows.ids, starts.ids),
    artifact,
    sender,
    recipient,
    form: byte(columns.form),
    deletionState: byte(columns.deletionState),
    engagement,
    ...byName(numberFields('TRANSFER'), (name) => float(columns[name])),
    ...byName(optionalTexts('TRANSFER'), (name) => text(columns[name])),
  };
  yield;
  return { ...transfers, ...gatherFragments(order, rows, starts.fragments) };
}

function gatherIds(order: Uint32Array, ids: Uint8Array, starts: Uint32Array): TextColumn {
  const offsets = offsetsInOrder(order, starts);
  const bytes = sharedText(offsets[order.length] as number);
  gatherLists<Uint8Array>(ids, starts, order, bytes);
  return new TextColumn(bytes, offsets, false);
}

/** A column with only the texts that it has. @param codes replaced by its own codes */
function toTexts(codes: Int32Array, texts: TextCodes): CodeColumn {
  const interner = new Interner();
  const own = new Map([[-1, -1]]);
  let last = -1;
  let lastOwn = -1;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    if (code !== last) {
      last = code;
      const known = own.get(code);
      lastOwn = known ?? interner.code(texts.textOf(code));
      if (known === undefined) own.set(code, lastOwn);
    }
    codes[i] = lastOwn;
  }
  return new CodeColumn(codes, interner.texts());
}

function gatherFragments(order: Uint32Array, { fragments, fragmentEnd, texts }: TransferRows, starts: Uint32Array) {
  const offsets = offsetsInOrder(order, starts);
  const values = sharedInt32(fragmentEnd);
  gatherLists(fragments, starts, order, values);
  const { codes, distinct } = toTexts(values, texts);
  return { fragments: { offsets, values: codes }, fragmentNames: distinct };
}

function offsetsInOrder(order: Uint32Array, starts: Uint32Array): Uint32Array {
  const offsets = sharedUint32(order.length + 1);
  for (let i = 0; i < order.length; i++) {
    const row = order[i] as number;
    offsets[i + 1] = (offsets[i] as number) + (starts[row + 1] as number) - (starts[row] as number);
  }
  return offsets;
}

/**
 * A projection of the common block of `base`, with the same indexes, and of the transfers of some artifacts. A question that needs only these
 * gets the same answer as from a projection of all facts.
 *
 * @param transfers all those of some artifacts, without duplicates
 * Complexity: O(T) for T transfers, and O(organizations + artifacts).
 */
export function* buildPart(base: Projection, transfers: TransferRows): Steps<Projection> {
  const packed = yield* buildPackedTransfers(base, transfers);
  yield;
  return yield* buildFromTable(base.revision, base.memory, packed, undefined, base.memory);
}

import { compareCodePoints } from '../../../server/domain/compare.ts';
import { listAll } from '../../../server/projection/columns/order-rows.ts';
import { FragmentPages } from '../../../server/projection/columns/pages.ts';
import { CodeColumn, ListColumn, TextColumn } from '../../../server/projection/columns/text-column.ts';
import { copyId } from '../../../server/projection/custody.ts';
import type { Projection, Rows } from '../../../server/projection/projection.ts';
import { none } from '../../../server/projection/projection.ts';
import { expect } from '../test.ts';

/**
 * The content of a projection as plain values, without the revision: transfers and copies by their ids, with ids in place of numbers and texts
 * in place of their codes. Projections of equal facts give equal values, however their parts are cut and numbered.
 */
export function projectionInPlain(projection: Projection): unknown {
  return contentOf(projection, (value) => value);
}

/** `projectionInPlain` as one text. Equal projections give equal texts: NaN, infinities and -0, which JSON lacks, are texts there. */
export function projectionInText(projection: Projection): string {
  return JSON.stringify(contentOf(projection, writeInJson));
}

function writeInJson(value: number): number | string {
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : `${value}`;
}

/** Compares two projections by `projectionInPlain`, for properties that compare thousands: calls `expect` only to report a difference. */
export function expectSameContent(actual: Projection, expected: Projection): void {
  if (projectionInText(actual) !== projectionInText(expected)) expect(projectionInPlain(actual)).toEqual(projectionInPlain(expected));
}

/** Writes a number of a column. */
type WriteNumber = (value: number) => number | string;

/** The fields of each object stand in one order, whatever built the projection. Thousands of these are compared: each id and each column is looked up once. */
function contentOf(projection: Projection, write: WriteNumber): unknown {
  const { organizations, artifacts, transfers, copies, revision: _, memory: __, ...others } = projection;
  const { copies: held, sent, received, ...organizationColumns } = organizations;
  const { transfers: handed, copies: copiesOf, ...artifactColumns } = artifacts;
  const transferId = remembering((t) => (t === none ? null : transfers.id.get(t)));
  const idOfCopy = remembering((copy) => copyId(projection, copy));
  const rows = (from: Rows, count: number, idOf: (number: number) => string | null) =>
    Array.from({ length: count }, (_, row) => ({ isEmpty: from.isEmpty(row), ids: Array.from(from.of(row), idOf).sort() }));
  const { id, copy, count, end: ___, ranges: ____, ...transferColumns } = transfers;
  const { transfer, chainPrevious, count: copyCount, end, ranges, ...copyColumns } = copies;
  const [readTransfer, readCopy] = [readerOf(transferColumns, write), readerOf(copyColumns, write)];
  return {
    organizations: {
      ...(toPlain(organizationColumns, write) as object),
      copies: rows(held, organizations.count, idOfCopy),
      sent: rows(sent, organizations.count, transferId),
      received: rows(received, organizations.count, transferId),
    },
    artifacts: {
      ...(toPlain(artifactColumns, write) as object),
      transfers: rows(handed, artifacts.count, transferId),
      copies: rows(copiesOf, artifacts.count, idOfCopy),
    },
    transfers: {
      count,
      of: inOrder(listAll(transfers), transferId).map(([ofTransfer, t]) => ({
        id: ofTransfer,
        isFound: id.find(ofTransfer) === t,
        copy: idOfCopy(copy.at(t)),
        ...(readTransfer(t) as object),
      })),
    },
    copies: {
      count: copyCount,
      of: inOrder(listAll(copies), idOfCopy).map(([ofCopy, c]) => ({
        id: ofCopy,
        transfer: transferId(transfer.at(c)),
        chainPrevious: transferId(chainPrevious.at(c)),
        ...(readCopy(c) as object),
      })),
    },
    ...(toPlain(others, write) as object),
  };
}

function remembering<T>(idOf: (number: number) => T): (number: number) => T {
  const known = new Map<number, T>();
  return (number) => {
    const before = known.get(number);
    if (before !== undefined) return before;
    const id = idOf(number);
    known.set(number, id);
    return id;
  };
}

function inOrder(numbers: Int32Array, idOf: (number: number) => string | null): [id: string, number: number][] {
  return Array.from(numbers, (number): [string, number] => [idOf(number) as string, number]).sort(([a], [b]) => compareCodePoints(a, b));
}

/** Reads the values of a transfer or copy in columns over parts. */
function readerOf(columns: unknown, write: WriteNumber): (number: number) => unknown {
  if (typeof columns !== 'object' || columns === null) return () => columns;
  if (columns instanceof FragmentPages) return (number) => columns.namesOf(number);
  if ('at' in columns) return (number) => write((columns as { at(number: number): number }).at(number));
  if ('get' in columns) return (number) => (columns as { get(number: number): string | null }).get(number);
  const readers = sortedEntries(columns).map(([name, column]) => [name, readerOf(column, write)] as const);
  return (number) => {
    const values: Record<string, unknown> = {};
    for (const [name, read] of readers) values[name] = read(number);
    return values;
  };
}

function toPlain(value: unknown, write: WriteNumber): unknown {
  if (value instanceof TextColumn || value instanceof CodeColumn || value instanceof ListColumn) {
    const length = value instanceof CodeColumn ? value.codes.length : value.length;
    return Array.from({ length }, (_, i) => value.get(i));
  }
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array, write);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(sortedEntries(value).map(([name, part]) => [name, toPlain(part, write)]));
}

const sortedEntries = (columns: object): [string, unknown][] => Object.entries(columns).sort(([one], [other]) => (one < other ? -1 : 1));

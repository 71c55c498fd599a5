import { firstIndex } from '../domain/compare.ts';
import { numberFields, optionalTexts } from '../domain/fact-fields.ts';
import {
  CodePages,
  Float64Pages,
  FragmentPages,
  firstOf,
  IdPages,
  IndexPages,
  Int32Pages,
  NumberPages,
  rowsAPage,
  Uint8Pages,
  Uint32Pages,
} from './columns/pages.ts';
import type { NumberColumn } from './columns/shared-memory.ts';
import type { CodeColumn } from './columns/text-column.ts';
import {
  type CopyTable,
  findTransfer,
  hashOf,
  isHolder,
  type Part,
  type ProvenanceColumns,
  rowsOfOrganization,
  type TransferTable,
} from './part.ts';
import {
  type CopyColumns,
  copyKinds,
  none,
  type Projection,
  type ProjectionMemory,
  type Rows,
  type TransferColumns,
} from './projection.ts';

/** Makes a projection readable. O(parts x columns). */
export function openParts(memory: ProjectionMemory): Projection {
  const directory = new Directory(memory);
  const { revision, organizations, artifacts, engagements, access, reveals, controls } = memory;
  const copies = openCopies(directory);
  return {
    revision,
    organizations: {
      ...organizations,
      copies: directory.rowsOfHolders((part, organization) => rowsOfOrganization(part.held, organization)),
      sent: directory.rowsOfHolders((part, organization) => rowsOfOrganization(part.sent, organization)),
      received: directory.rowsOfHolders(receivedRows),
    },
    artifacts: {
      ...artifacts,
      transfers: directory.rowsOfArtifacts((part) => part.transferOffsets),
      copies: directory.rowsOfArtifacts((part) => part.copyOffsets),
    },
    engagements,
    transfers: openTransfers(directory),
    access,
    reveals,
    controls,
    copies,
    memory,
  };
}

const transferred = copyKinds.indexOf('TRANSFERRED');

/** The transfers that an organization received: those that delivered its copies. */
function receivedRows({ held, copies }: Part, organization: number): Int32Array {
  const rows = rowsOfOrganization(held, organization).filter((copy) => copies.kind[copy] === transferred);
  for (let i = 0; i < rows.length; i++) rows[i] = copies.transfer[rows[i] as number] as number;
  return rows;
}

/** Where each part's pages are. */
class Directory {
  readonly memory: ProjectionMemory;
  /** By part. */
  readonly firstOfPart: Int32Array;
  /** By page: the first number of its part. */
  readonly firsts: Int32Array;
  readonly #pageCounts: readonly number[];

  constructor(memory: ProjectionMemory) {
    this.memory = memory;
    const { parts } = memory;
    // A part has more copies than transfers, or as many.
    this.#pageCounts = parts.map(({ copies }) => Math.max(1, Math.ceil(copies.kind.length / rowsAPage)));
    const pages = this.#pageCounts.reduce((sum, count) => sum + count, 0);
    this.firstOfPart = new Int32Array(parts.length);
    this.firsts = new Int32Array(pages);
    let page = 0;
    for (const [part, count] of this.#pageCounts.entries()) {
      this.firstOfPart[part] = firstOf(page);
      this.firsts.fill(firstOf(page), page, page + count);
      page += count;
    }
  }

  get end(): number {
    return firstOf(this.firsts.length);
  }

  /** One column a page, each with the rows of its page. */
  pages<C extends NumberColumn>(columnOf: (part: Part) => C): C[] {
    return this.memory.parts.flatMap((part, i) => {
      const column = columnOf(part);
      const count = this.#pageCounts[i] as number;
      if (count === 1) return [column];
      return Array.from({ length: count }, (_, page) => column.subarray(page * rowsAPage, (page + 1) * rowsAPage) as C);
    });
  }

  /** One column a page: that of its part. */
  columns<C>(columnOf: (part: Part) => C): C[] {
    return this.memory.parts.flatMap((part, i) => {
      const count = this.#pageCounts[i] as number;
      return count === 1 ? [columnOf(part)] : Array<C>(count).fill(columnOf(part));
    });
  }

  ranges(countOf: (part: Part) => number): (readonly [first: number, end: number])[] {
    return this.memory.parts.map((part, i) => {
      const first = this.firstOfPart[i] as number;
      return [first, first + countOf(part)];
    });
  }

  rowsOfHolders(rowsIn: (part: Part, organization: number) => Int32Array): Rows {
    const { parts, lasting } = this.memory;
    const { firstOfPart } = this;
    const of = (index: number) => {
      const organization = lasting.organizations.numberOf[index] as number;
      const found: Int32Array[] = [];
      const firsts: number[] = [];
      let count = 0;
      for (let i = 0; i < parts.length; i++) {
        const part = parts[i] as Part;
        if (!isHolder(part, organization)) continue;
        const rows = rowsIn(part, organization);
        if (rows.length === 0) continue;
        found.push(rows);
        firsts.push(firstOfPart[i] as number);
        count += rows.length;
      }
      const numbers = new Int32Array(count);
      let at = 0;
      for (let i = 0; i < found.length; i++) {
        const first = firsts[i] as number;
        for (const row of found[i] as Int32Array) numbers[at++] = first + row;
      }
      return numbers;
    };
    return {
      of,
      isEmpty: (index) => {
        const organization = lasting.organizations.numberOf[index] as number;
        return !parts.some((part) => isHolder(part, organization) && rowsIn(part, organization).length > 0);
      },
    };
  }

  rowsOfArtifacts(offsetsOf: (part: Part) => Uint32Array): Rows {
    const { parts, lasting } = this.memory;
    const { firstOfPart } = this;
    const rangeOf = (index: number): [start: number, end: number] => {
      const artifact = lasting.artifacts.numberOf[index] as number;
      const at = findPart(parts, artifact);
      const part = parts[at] as Part;
      const offsets = offsetsOf(part);
      const [place, first] = [artifact - part.firstArtifact, firstOfPart[at] as number];
      return [first + (offsets[place] as number), first + (offsets[place + 1] as number)];
    };
    return {
      of: (index) => {
        const [start, end] = rangeOf(index);
        const numbers = new Int32Array(end - start);
        for (let i = 0; i < numbers.length; i++) numbers[i] = start + i;
        return numbers;
      },
      isEmpty: (index) => {
        const [start, end] = rangeOf(index);
        return start === end;
      },
    };
  }
}

/** The position of the part that has an artifact. O(log parts). */
export function findPart(parts: readonly Part[], artifact: number): number {
  return firstIndex(parts.length, (i) => (parts[i] as Part).firstArtifact > artifact, 1) - 1;
}

function openTransfers(directory: Directory): TransferColumns {
  const { firsts, memory } = directory;
  const { parts, lasting } = memory;
  const numbers = <N extends keyof TransferTable>(name: N) =>
    directory.pages((part) => part.transfers[name] as TransferTable[N] & NumberColumn);
  const codes = (column: (transfers: TransferTable) => CodeColumn) =>
    new CodePages(
      directory.columns((part) => column(part.transfers)),
      firsts,
    );
  const provenance = (name: 'importId' | 'file' | 'assertedBy' | 'source') =>
    codes(({ provenance: columns }) => columns[name as keyof ProvenanceColumns] as CodeColumn);
  return {
    kind: 'TRANSFER',
    count: parts.reduce((sum, { transfers }) => sum + transfers.artifact.length, 0),
    end: directory.end,
    ranges: directory.ranges(({ transfers }) => transfers.artifact.length),
    id: new IdPages(
      directory.columns(({ transfers }) => transfers.id),
      firsts,
      (id) => {
        const bytes = Buffer.from(id);
        const hash = hashOf(bytes);
        for (let i = 0; i < parts.length; i++) {
          const row = findTransfer(parts[i] as Part, bytes, hash);
          if (row >= 0) return (directory.firstOfPart[i] as number) + row;
        }
        return none;
      },
    ),
    artifact: new IndexPages(numbers('artifact'), lasting.artifacts.indexOf),
    sender: new IndexPages(numbers('sender'), lasting.organizations.indexOf),
    recipient: new IndexPages(numbers('recipient'), lasting.organizations.indexOf),
    engagement: new IndexPages(numbers('engagement'), lasting.engagements.indexOf),
    form: new Uint8Pages(numbers('form')),
    deletionState: new Uint8Pages(numbers('deletionState')),
    ...byName(numberFields('TRANSFER'), (name) => new Float64Pages(numbers(name))),
    ...byName(optionalTexts('TRANSFER'), (name) => codes((transfers) => transfers[name])),
    fragments: new FragmentPages(
      directory.columns(({ transfers }) => transfers.fragments),
      directory.columns(({ transfers }) => transfers.fragmentNames),
      firsts,
    ),
    copy: new NumberPages(
      directory.pages(({ copyOf }) => copyOf),
      firsts,
    ),
    provenance: {
      importId: provenance('importId'),
      file: provenance('file'),
      line: new Uint32Pages(directory.pages(({ transfers }) => transfers.provenance.line)),
      assertedBy: provenance('assertedBy'),
      assertedAt: new Float64Pages(directory.pages(({ transfers }) => transfers.provenance.assertedAt)),
      source: provenance('source'),
    },
  };
}

export function byName<N extends string, C>(names: readonly N[], toColumn: (name: N) => C): Record<N, C> {
  return Object.fromEntries(names.map((name) => [name, toColumn(name)])) as Record<N, C>;
}

function openCopies(directory: Directory): CopyColumns {
  const { firsts, memory } = directory;
  const { parts, lasting } = memory;
  const numbers = <N extends keyof CopyTable>(name: N) => directory.pages((part) => part.copies[name]);
  return {
    count: parts.reduce((sum, { copies }) => sum + copies.kind.length, 0),
    end: directory.end,
    ranges: directory.ranges(({ copies }) => copies.kind.length),
    kind: new Uint8Pages(numbers('kind')),
    artifact: new IndexPages(numbers('artifact'), lasting.artifacts.indexOf),
    holder: new IndexPages(numbers('holder'), lasting.organizations.indexOf),
    transfer: new NumberPages(numbers('transfer'), firsts),
    definiteFrom: new Float64Pages(numbers('definiteFrom')),
    definiteUntil: new Float64Pages(numbers('definiteUntil')),
    possibleFrom: new Float64Pages(numbers('possibleFrom')),
    possibleUntil: new Float64Pages(numbers('possibleUntil')),
    isReadable: new Uint8Pages(numbers('isReadable')),
    portion: new Float64Pages(numbers('portion')),
    confidence: new Float64Pages(numbers('confidence')),
    traits: new Uint8Pages(numbers('traits')),
    rank: new Int32Pages(numbers('rank')),
    chainPrevious: new NumberPages(numbers('chainPrevious'), firsts),
  };
}

import type { SharedAssertions } from '../../domain/packed/packed-assertions.ts';
import type { ThreadFailure } from '../../threads/start-thread.ts';
import type { SourceFile } from '../csv/read-table.ts';
import type { KnownOrganization } from '../matching/matching-types.ts';
import type { ReadImport } from '../read-import.ts';
import type { ReadOptions } from '../read-options.ts';
import type { CopyOrder } from '../rows/copy-rows.ts';
import type { RejectionCode } from '../rows/rejection.ts';

/** The files and options of one reading, without functions. */
export interface ReadingOrder {
  readonly type: 'order';
  readonly files: readonly SourceFile[];
  readonly options: Omit<ReadOptions, 'signal' | 'onProgress' | 'readKnown'>;
}

/** The lists of a reading that may be long. They travel in parts, so that no message blocks the event loop. */
export const longLists = ['incidents', 'rejections', 'values', 'matches'] as const;
export type LongList = (typeof longLists)[number];
export const partLength = 1000;

export type ThreadMessage =
  | { readonly type: 'progress'; readonly doneBytes: number }
  /** Asks for a part of the store's organizations or artifacts. */
  | { readonly type: 'needs'; readonly what: 'organizations' | 'artifacts'; readonly from: number }
  /** The reading, with its long lists empty. The assertions lie in shared memory. */
  | {
      readonly type: 'read';
      readonly read: Omit<ReadImport, 'assertions'>;
      readonly assertions: SharedAssertions;
      readonly lengths: Readonly<Record<LongList, number>>;
    }
  | { readonly type: 'part'; readonly items: readonly unknown[] }
  /** A check or a copy is complete. */
  | { readonly type: 'done'; readonly heapBytes: number }
  /** A FileFault, in place of `done`. */
  | {
      readonly type: 'fault';
      readonly code: RejectionCode;
      readonly line: number | null;
      readonly message: string;
      readonly heapBytes: number;
    }
  | ({ readonly type: 'failed' } & ThreadFailure);

export type HostMessage =
  | ReadingOrder
  /** Opens a workbook, to find out whether it can be read. */
  | { readonly type: 'check'; readonly file: SourceFile }
  /** Copies rows of a list into a file. */
  | { readonly type: 'copy'; readonly order: CopyOrder }
  | { readonly type: 'organizations'; readonly items: readonly KnownOrganization[]; readonly isLast: boolean }
  | { readonly type: 'artifacts'; readonly items: readonly (readonly [string, string])[]; readonly isLast: boolean }
  | { readonly type: 'next'; readonly list: LongList; readonly from: number };

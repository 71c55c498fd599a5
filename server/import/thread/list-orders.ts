import type { SourceFile } from '../csv/read-table.ts';
import type { CopyOrder } from '../rows/copy-rows.ts';
import { isHeavyHeap, withThread } from './import-threads.ts';
import type { HostMessage, ThreadMessage } from './thread-messages.ts';

/** Opens a workbook in a thread, to find out whether it can be read. Throws FileFault as `openWorkbook`, and the signal's reason. */
export async function checkWorkbook(file: SourceFile, signal: AbortSignal | undefined): Promise<void> {
  await obey({ type: 'check', file }, signal);
}

/** `copyRows` in a thread. */
export async function copyRowsInThread(order: CopyOrder): Promise<void> {
  await obey({ type: 'copy', order }, undefined);
}

async function obey(first: HostMessage, signal: AbortSignal | undefined): Promise<void> {
  await withThread<number>('LISTS', signal, {
    first,
    take: (message: ThreadMessage, _worker, end) => {
      if (message.type === 'done') end(message.heapBytes);
    },
    isHeavy: isHeavyHeap,
  });
}

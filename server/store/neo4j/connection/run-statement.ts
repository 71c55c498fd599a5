import type { Record as DriverRecord, Transaction } from 'neo4j-driver';
import type { Deadline } from './deadline.ts';

type Cells = readonly unknown[];

/** All rows of a statement, cells in the order of RETURN. Each row is a sign of life to the deadline. */
export function readRows(
  transaction: Transaction,
  deadline: Deadline,
  query: string,
  parameters: Record<string, unknown> | undefined,
): Promise<Cells[]> {
  return readEach(transaction, deadline, query, parameters, (record) => copyCells(record, new Array(record.length)));
}

/** Decodes each row of a statement as it arrives. The array of a row is reused for the next one. */
export function decodeRows<T>(
  transaction: Transaction,
  deadline: Deadline,
  query: string,
  parameters: Record<string, unknown> | undefined,
  decode: (row: Cells) => T,
): Promise<T[]> {
  const row: unknown[] = [];
  return readEach(transaction, deadline, query, parameters, (record) => decode(copyCells(record, row)));
}

/** Copies the cells, so that the driver's record, which is several objects, is not kept. */
function copyCells(record: DriverRecord, row: unknown[]): Cells {
  for (let column = 0; column < record.length; column++) row[column] = record.get(column);
  return row;
}

function readEach<T>(
  transaction: Transaction,
  deadline: Deadline,
  query: string,
  parameters: Record<string, unknown> | undefined,
  decode: (record: DriverRecord) => T,
): Promise<T[]> {
  return new Promise((resolve, reject) => {
    const decoded: T[] = [];
    let failure: { readonly error: unknown } | undefined;
    transaction.run(query, parameters).subscribe({
      onNext: (record) => {
        deadline.noteSign();
        if (failure !== undefined) return;
        try {
          decoded.push(decode(record));
        } catch (error) {
          // The driver would take an error thrown here for a fault of the connection.
          failure = { error };
        }
      },
      onCompleted: () => {
        deadline.noteSign();
        if (failure === undefined) resolve(decoded);
        else reject(failure.error);
      },
      onError: reject,
    });
  });
}

import { createWriteStream, mkdirSync, rmSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { formatFactValue } from '../../server/domain/canonical-values.ts';
import type { FieldSpec } from '../../server/domain/fact-fields.ts';
import { factFields, fileNames } from '../../server/domain/fact-fields.ts';
import { type FactKind, factKinds } from '../../server/domain/facts.ts';
import { formatInstant } from '../../server/domain/instants.ts';
import { generateWorld, type WorldSize } from './large-world.ts';

interface Output {
  buffer: string[];
  rows: number;
  readonly path: string;
  readonly stream: WriteStream;
}

/**
 * A generated world as canonical CSV, one file a kind.
 *
 * @param transfersAFile further transfers go to `1/transfers.csv`, `2/transfers.csv` and so on in the folder, to be imported afterwards
 * @returns the number of rows without headers
 */
export async function writeWorldFiles(size: WorldSize, folder: string, transfersAFile = Infinity): Promise<number> {
  const outputs = new Map(factKinds.map((kind) => [kind, openOutput(kind, folder)]));
  let rows = 0;
  let files = 1;
  for (const { kind, values, provenance } of generateWorld(size)) {
    let output = outputs.get(kind) as Output;
    if (kind === 'TRANSFER' && output.rows === transfersAFile) {
      await endOutput(output);
      output = openOutput(kind, join(folder, `${files++}`));
      outputs.set(kind, output);
    }
    const cells = factFields[kind].flatMap((spec, i) => (isWritten(spec) ? [formatFactValue(spec, values[i] ?? null) ?? ''] : []));
    output.buffer.push(`${cells.join(',')},${formatInstant(provenance.assertedAt)}\n`);
    output.rows++;
    rows++;
    if (output.buffer.length >= 10_000) {
      const { stream } = output;
      if (!stream.write(output.buffer.join(''))) await new Promise<void>((resolve) => stream.once('drain', () => resolve()));
      output.buffer = [];
    }
  }
  for (const output of outputs.values()) await endOutput(output);
  return rows;
}

function openOutput(kind: FactKind, folder: string): Output {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${fileNames[kind]}.csv`);
  const stream = createWriteStream(path);
  stream.write(`${[...factFields[kind].filter(isWritten).map(({ column }) => column), 'asserted_at'].join(',')}\n`);
  return { buffer: [], rows: 0, path, stream };
}

async function endOutput({ buffer, rows, path, stream }: Output): Promise<void> {
  await new Promise<void>((resolve) => stream.end(buffer.join(''), resolve));
  if (rows === 0) rmSync(path);
}

/** Attributes have a column each, and the generated worlds have none; internal fields have no column. */
function isWritten({ type, isInternal }: FieldSpec): boolean {
  return type !== 'attributes' && isInternal !== true;
}

import { createWriteStream, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { formatFactValue } from '../../server/domain/canonical-values.ts';
import type { FieldSpec } from '../../server/domain/fact-fields.ts';
import { factFields, fileNames } from '../../server/domain/fact-fields.ts';
import { type FactKind, factKinds } from '../../server/domain/facts.ts';
import { formatInstant } from '../../server/domain/instants.ts';
import { generateWorld, type WorldSize } from './large-world.ts';

/**
 * A generated world as canonical CSV, one file a kind.
 *
 * @returns the number of rows without headers
 */
export async function writeWorldFiles(size: WorldSize, folder: string): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const outputs = new Map<FactKind, { buffer: string[]; rows: number; stream: ReturnType<typeof createWriteStream> }>();
  for (const kind of factKinds) {
    const stream = createWriteStream(join(folder, `${fileNames[kind]}.csv`));
    stream.write(`${[...factFields[kind].filter(isWritten).map(({ column }) => column), 'asserted_at'].join(',')}\n`);
    outputs.set(kind, { buffer: [], rows: 0, stream });
  }
  let rows = 0;
  for (const { kind, values, provenance } of generateWorld(size)) {
    const output = outputs.get(kind) as { buffer: string[]; rows: number; stream: ReturnType<typeof createWriteStream> };
    const cells = factFields[kind].flatMap((spec, i) => (isWritten(spec) ? [formatFactValue(spec, values[i] ?? null) ?? ''] : []));
    output.buffer.push(`${cells.join(',')},${formatInstant(provenance.assertedAt)}\n`);
    output.rows++;
    rows++;
    if (output.buffer.length >= 10_000) {
      if (!output.stream.write(output.buffer.join(''))) await new Promise<void>((resolve) => output.stream.once('drain', () => resolve()));
      output.buffer = [];
    }
  }
  for (const [kind, { buffer, rows: written, stream }] of outputs) {
    await new Promise<void>((resolve) => stream.end(buffer.join(''), resolve));
    if (written === 0 && statSync(join(folder, `${fileNames[kind]}.csv`)).size > 0) rmSync(join(folder, `${fileNames[kind]}.csv`));
  }
  return rows;
}

/** Attributes have a column each, and the generated worlds have none; internal fields have no column. */
function isWritten({ type, isInternal }: FieldSpec): boolean {
  return type !== 'attributes' && isInternal !== true;
}

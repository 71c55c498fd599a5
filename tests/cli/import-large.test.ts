import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '../support/test.ts';
import { runExposure } from './run-exposure.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-large-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: readonly string[]) => runExposure(folder, args);
const count = 70_000;

/** 5 MB: the import writes rows while it reads. */
function writeWorld(lastRecipient: string): string[] {
  const files = {
    'organizations.csv': 'id,name,roles\nvega,Vega Labs,LAB\nkite,Kite Data,VENDOR\n',
    'artifacts.csv': 'id,name,type,owner,sensitivity\ng,Guidelines,ANNOTATION_GUIDELINES,vega,4\n',
    'transfers.csv': `id,artifact,sender,recipient,channel,sent_at\n${Array.from({ length: count }, (_, i) => {
      const recipient = i === count - 1 ? lastRecipient : 'kite';
      return `T-${String(i).padStart(8, '0')},g,vega,${recipient},a rather long channel ${i % 9},2025-01-01T00:00:00Z\n`;
    }).join('')}`,
  };
  return Object.entries(files).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
}

describe('a large import by the command line', () => {
  it.each([
    ['kite"x', 'transfers.csv:70001: A cell of line'],
    ['nobody', 'transfers.csv:70001: recipient: '],
  ])('[P288] writes nothing if its last row is bad (%s), reports as a dry run does, and skips that row alone', async (last, sentence) => {
    const files = writeWorld(last === 'nobody' ? last : `"kite"x`);
    const dry = await run('import', ...files, '--dry-run');
    const refused = await run('import', ...files);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain(sentence);
    const reported = dry.out.split('\n').filter((line) => !line.startsWith('Dry run'));
    expect(refused.out.split('\n').slice(0, reported.length - 1)).toEqual(reported.slice(0, -1));
    expect(JSON.parse((await run('imports', '--json')).out)).toEqual([]);

    const skipped = await run('import', ...files, '--skip-rejected');
    expect(skipped.code).toBe(3);
    expect(skipped.out).toContain(`3 files, ${count + 3} rows: ${count + 2} created, 0 updated, 0 unchanged, 1 rejected.`);
    expect((await run('verify')).code).toBe(0);
    const again = await run('import', ...files, '--skip-rejected');
    expect(again.out).toContain(`0 created, 0 updated, ${count + 2} unchanged, 1 rejected.`);
  });
});

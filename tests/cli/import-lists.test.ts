import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { lookAlikes } from '../import/look-alikes/look-alikes.ts';
import { separateReadings } from '../import/look-alikes/separate-readings.ts';
import { type CommandLine, startCommandLine } from './run-exposure.ts';

let commandLine: CommandLine;
beforeAll(async () => {
  commandLine = await startCommandLine();
});
afterAll(() => commandLine.stop());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-lists-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a list, by the command line', () => {
  it.each(lookAlikes.map((one) => [one.title, one] as const))(
    '[I8] %s is imported with the flags that its questions name',
    async (_, { file, content, others = {}, flags, questions }) => {
      const mapping = join(folder, 'mapping.json');
      const paths = Object.entries({ [file]: content, ...others }).map(([name, text]) => {
        writeFileSync(join(folder, name), text);
        return join(folder, name);
      });
      const asked = await commandLine.run(folder, ['import', ...paths, '--merge-exact', '--dry-run', '--json']);
      expect(asked.code).toBe(questions.length === 0 ? 0 : 1);
      const open = JSON.parse(asked.out);
      expect([open.isWritten, open.questions.map(({ kind }: { kind: string }) => kind)]).toEqual([false, questions]);

      const done = await commandLine.run(folder, ['import', ...paths, ...flags, '--merge-exact', '--json', '--save-mapping', mapping]);
      expect([done.code, done.err]).toEqual([0, '']);
      const expected = separateReadings[file]?.(content, others);
      expect(JSON.parse(done.out)).toMatchObject({
        isWritten: true,
        report: { created: (expected?.organizations ?? 0) + (expected?.engagements ?? 0) + (expected?.controls ?? 0), rejected: 0 },
        account: { read: expected?.rows, repeated: expected?.repeated, leftOut: expected?.leftOut },
      });

      const again = await commandLine.run(folder, ['import', ...paths, '--mapping', mapping, '--json']);
      expect(JSON.parse(again.out)).toMatchObject({ isWritten: true, questions: [], report: { created: 0, updated: 0, rejected: 0 } });
    },
  );
});

import { readDecisions } from '../../../server/cli/import/import-flags.ts';
import type { ReadImport } from '../../../server/import/read-import.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const read = (text: string, flags: Readonly<Record<string, unknown>> = {}) =>
  bench.read(
    { 'list.csv': text },
    { decisions: readDecisions({ map: [], sheet: [], createMissing: true, client: 'Vega Labs', ...flags } as never) },
  );

const valuesOf = ({ assertions }: ReadImport, wanted: string) =>
  [...assertions].flatMap(({ kind, values }) => (kind === wanted ? [values.slice(0, 5)] : []));

const created = { type: 'PROMPT_SET', sensitivity: 3 };

describe('a column of what the vendors get', () => {
  it.each(['Data shared', 'Datenarten', 'Types de données', 'What they get'])(
    '[I756] is kept as text, and "%s" says how it makes artifacts',
    async (header) => {
      const list = await read(`Vendor,Service,${header}\nZeta Cloud,Hosting,Prompts\n`);
      const column = list.files[0]?.mapping?.columns[2];
      expect([column?.use, column?.because]).toEqual([
        'ATTRIBUTE',
        `"${header}" may name artifacts that the vendors get (--map "${header}=artifact" makes them): kept as text`,
      ]);
      expect([list.questions, list.cells.account.keptAsText]).toEqual([[], 1]);
    },
  );

  const text = 'Vendor,Service,Data shared\nZeta Cloud,Hosting,Guide v3; Prompts\nOmega,Labels,Guide v3\nKite,Mail,n/a\n';

  it('[I756] makes artifacts and transfers beside the engagements, once a person says so and what they are', async () => {
    const asked = await read(text, { map: ['Data shared=artifact'] });
    expect(asked.questions.map(({ kind }) => kind)).toEqual(['NEW_ARTIFACTS']);
    for (const kind of ['TRANSFER', undefined]) {
      const map = [kind === undefined ? 'Data shared=artifact' : 'Data shared=transfer.artifact'];
      const list = await read(text, { map, newArtifacts: created });
      expect([list.questions, list.rejections, list.files[0]?.mapping?.kinds]).toEqual([
        [],
        [],
        ['ORGANIZATION', 'ENGAGEMENT', 'TRANSFER'],
      ]);
      expect(valuesOf(list, 'ARTIFACT').map(([id, , type, owner]) => [id, type, owner])).toEqual([
        ['Guide v3', 'PROMPT_SET', 'Vega Labs'],
        ['Prompts', 'PROMPT_SET', 'Vega Labs'],
      ]);
      expect(valuesOf(list, 'TRANSFER').map(([, ...parts]) => parts.slice(0, 3))).toEqual([
        ['Guide v3', 'Vega Labs', 'Zeta Cloud'],
        ['Prompts', 'Vega Labs', 'Zeta Cloud'],
        ['Guide v3', 'Vega Labs', 'Omega'],
      ]);
      expect(valuesOf(list, 'ENGAGEMENT').map(([id]) => id)).toEqual(['Vega Labs > Zeta Cloud', 'Vega Labs > Omega', 'Vega Labs > Kite']);
      expect(list.cells.account).toEqual({ read: 9, used: 8, keptAsText: 0, leftOut: 1, rejected: 0 });
    }
  });

  it('[I756] stays text where new artifacts are refused, and a column of another field of transfers is left out', async () => {
    const list = await read(text, { map: ['Data shared=artifact', 'Service=transfer.channel'], newArtifacts: 'REJECT' });
    expect([list.questions, list.rejections, valuesOf(list, 'TRANSFER')]).toEqual([[], [], []]);
    expect(list.cells.account).toEqual({ read: 9, used: 3, keptAsText: 2, leftOut: 4, rejected: 0 });
  });
});

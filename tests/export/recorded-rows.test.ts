import { readFileSync } from 'node:fs';
import { blastRadiusRows, dependentRows, otherCopyRows } from '../../server/export/blast-radius-rows.ts';
import { toCsv, toJson } from '../../server/export/rows.ts';
import { findBlastRadius } from '../../server/exposure/radius/confidentiality.ts';
import { buildProjection } from '../../server/projection/build/build-projection.ts';
import { toInput } from '../support/answers/engine-answers.ts';
import { describe, expect, it } from '../support/test.ts';
import { hardQuestion, hardWorld } from '../support/worlds/hard-rows.ts';
import { toRecordedFacts } from '../support/worlds/world.ts';

const projection = buildProjection(toRecordedFacts(hardWorld), 1);
const radius = findBlastRadius(projection, toInput(projection, hardQuestion));

const recorded = (name: string) => readFileSync(new URL(`recorded/${name}`, import.meta.url), 'utf8');

describe('an exported list', () => {
  it.each([blastRadiusRows(radius, new Map()), otherCopyRows(radius), dependentRows(radius)])(
    '[P760] has the bytes that an earlier version wrote: $name',
    (table) => {
      expect([...toCsv(table)].join('')).toBe(recorded(`${table.name}.csv`));
      expect([...toJson(table)].join('')).toBe(recorded(`${table.name}.json`));
    },
  );

  it('[P761] has its keys in the order of its columns', () => {
    for (const table of [blastRadiusRows(radius, new Map()), otherCopyRows(radius), dependentRows(radius)]) {
      expect(table.length).toBeGreaterThan(0);
      for (const row of table.rowsAt(0, table.length)) expect(Object.keys(row)).toEqual(table.columns);
    }
  });
});

import fc from 'fast-check';
import { formatCsvRecord } from '../../server/csv/csv-record.ts';
import { joinValues } from '../../server/domain/canonical-values.ts';
import { artifactTypes } from '../../server/domain/facts.ts';
import { blastRadiusRows } from '../../server/export/blast-radius-rows.ts';
import type { Row, RowTable, RowValue } from '../../server/export/rows.ts';
import { tableOf, toCsv, toJson } from '../../server/export/rows.ts';
import { explainWay } from '../../server/exposure/radius/because.ts';
import type { BlastRadius } from '../../server/exposure/radius/blast-radius.ts';
import { findBlastRadius } from '../../server/exposure/radius/confidentiality.ts';
import { buildProjection } from '../../server/projection/build/build-projection.ts';
import { toInput } from '../support/answers/engine-answers.ts';
import { describe, expect, it } from '../support/test.ts';
import { cases } from '../support/worlds/arbitraries.ts';
import { generatedRuns } from '../support/worlds/generated-runs.ts';
import type { World } from '../support/worlds/world.ts';
import { at, toRecordedFacts, world } from '../support/worlds/world.ts';

/** The same array as JSON.stringify writes it, with a line end after each 500 rows. */
function jsonOf(rows: readonly Row[]): string {
  if (rows.length === 0) return '[]\n';
  const lines: string[] = [];
  for (let start = 0; start < rows.length; start += 500) lines.push(JSON.stringify(rows.slice(start, start + 500)).slice(1, -1));
  return `[\n${lines.join(',\n')}\n]\n`;
}

function csvOf(columns: readonly string[], rows: readonly Row[]): string {
  const toCell = (value: RowValue) => {
    if (value === null || typeof value !== 'object') return value === null ? null : String(value);
    return 'text' in value ? value.text : joinValues(value);
  };
  return [formatCsvRecord(columns), ...rows.map((row) => formatCsvRecord(columns.map((column) => toCell(row[column] ?? null))))].join('');
}

function expectRows(table: RowTable, rows: readonly Row[]): void {
  expect([...toJson(table)].join('')).toBe(jsonOf(rows));
  expect([...toCsv(table)].join('')).toBe(csvOf(table.columns, rows));
}

function plainRows({ projection, scenario, artifacts: rows }: BlastRadius): Row[] {
  const { artifacts, organizations } = projection;
  return rows.map((row) => {
    const [way] = row.ways(1);
    return {
      artifact: artifacts.id.get(row.artifact),
      name: artifacts.name.get(row.artifact),
      type: artifactTypes[artifacts.type[row.artifact] as number] as string,
      owner: organizations.id.get(artifacts.owner[row.artifact] as number),
      tier: row.tier,
      basis: row.basis,
      portion_low: row.portion.low,
      portion_high: row.portion.high,
      exposed_low: row.exposedPortion.low,
      exposed_high: row.exposedPortion.high,
      is_usable: row.isUsable,
      likelihood: row.likelihood,
      weighted_share: row.weightedShare,
      worst_case_loss_usd: row.worstCaseLossUsd,
      weighted_loss_usd: row.weightedLossUsd,
      holders: row.holders.map(({ organization }) => organizations.id.get(organization)),
      assessment: null,
      because: way === undefined ? null : explainWay({ projection, scenario }, way),
      records_low: row.records.low,
      records_high: row.records.high,
      bytes_low: row.bytes.low,
      bytes_high: row.bytes.high,
    };
  });
}

/** Texts that a format quotes, escapes or reads as a formula, and texts of several bytes a character. */
const hard = [
  '',
  '"',
  '\\',
  ',',
  ';',
  '\n',
  '\r\n',
  '\t',
  '\0',
  '\u001f',
  '\u007f',
  '=1+1',
  '-1',
  "'=x",
  '@x',
  "'",
  'é',
  '試験',
  '😀',
  '\u2028',
];
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...hard, 'a', ' '), { maxLength: 4 }).map((parts) => parts.join('')),
);
/** Half of a surrogate pair, which UTF-8 cannot hold and JSON escapes. */
const anyText = fc.oneof(text, fc.constantFrom('\ud800', 'x\udfff"'));

function withNames({ facts }: World, names: readonly string[]): World {
  const nameAt = (i: number) => `${names[i % names.length] ?? ''}${i}`;
  return {
    facts: facts.map((fact, i) => (fact.kind === 'ORGANIZATION' || fact.kind === 'ARTIFACT' ? { ...fact, name: nameAt(i) } : fact)),
  };
}

describe('an exported list', () => {
  it('[P230] has the bytes of JSON.stringify and of plain CSV records, for any radius and any names', () => {
    fc.assert(
      fc.property(cases, fc.array(text, { minLength: 1, maxLength: 5 }), ({ world: generated, question }, names) => {
        const projection = buildProjection(toRecordedFacts(withNames(generated, names)), 1);
        const radius = findBlastRadius(projection, toInput(projection, question));
        expectRows(blastRadiusRows(radius, new Map()), plainRows(radius));
      }),
      { numRuns: generatedRuns(400) },
    );
  });

  it('[P230] has the same bytes for ids that a format escapes', () => {
    const ids = ['a;b', 'a\\b', '=a', "'a", 'a"b', 'a,b', 'é'];
    const facts = ids.reduce((built, id) => built.vendor(id), world().lab('lab'));
    for (const [i, id] of ids.entries()) {
      facts.artifact(`${id}-x`, 'lab', { valueHighUsd: 1e21 }).transfer(`${id}-t`, `${id}-x`, 'lab', id, { sentAt: at('2026-01-01') });
      facts.transfer(`${id}-u`, `${id}-x`, id, ids[(i + 1) % ids.length] as string, { sentAt: at('2026-01-02') });
    }
    const projection = buildProjection(toRecordedFacts(facts.build()), 1);
    const window = { from: at('2026-02-01'), to: at('2026-02-02') };
    const question = { origins: ids, core: window, widest: window, scopes: [], maxHops: 3, transferLikelihood: 0, minDegree: 0.05 };
    const radius = findBlastRadius(projection, toInput(projection, question));
    expect(radius.artifacts).toHaveLength(ids.length);
    expectRows(blastRadiusRows(radius, new Map()), plainRows(radius));
  });

  it('[P230] has the same bytes for any texts, numbers, flags and lists, in any number of rows', () => {
    const number = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.constantFrom(0, -0, 1e21, 1e-7, 9, 10, 99, 100, 999_999_999, 1e9, -1, NaN, Infinity),
    );
    const row = fc.record({
      text: fc.option(anyText),
      number: fc.option(number),
      flag: fc.boolean(),
      list: fc.array(anyText, { maxLength: 3 }),
    });
    const columns = ['text', 'number', 'flag', 'list'] as const;
    fc.assert(
      fc.property(fc.array(row, { maxLength: 3 }), fc.constantFrom(0, 1, 49, 50, 500, 1001), (few, length) => {
        const rows = few.length === 0 ? [] : Array.from({ length }, (_, i) => few[i % few.length] as (typeof few)[number]);
        expectRows(
          tableOf('any', columns, rows, (each) => each),
          rows,
        );
      }),
    );
  });
});

import { factFields } from '../../../server/domain/fact-fields.ts';
import { fieldIndex } from '../../../server/domain/fact-rules.ts';
import { ListBudget } from '../../../server/import/mapping/list-budget.ts';
import { FactMerger } from '../../../server/import/mapping/rows/fact-merger.ts';
import { describe, expect, it } from '../../support/test.ts';

const service = fieldIndex('ENGAGEMENT', 'service');

function merge(services: readonly string[]): FactMerger {
  const merger = new FactMerger(new ListBudget());
  services.forEach((text, row) => {
    const values = factFields.ENGAGEMENT.map((_, index) => (index === service ? text : undefined));
    merger.add('ENGAGEMENT', 'Vega > Acme', values, new Map(), { file: 'spend.csv', line: row + 2, assertedAt: 0 });
  });
  return merger;
}

describe('the rows of one engagement', () => {
  it('[I34] join their different services, at most 100 of them, and the others are counted', () => {
    const few = merge(['Hosting', 'Support', 'Hosting']);
    expect([...few.list(null)].map(({ values }) => values[service])).toEqual(['Hosting; Support']);
    const many = merge(Array.from({ length: 250 }, (_, row) => `Invoice ${row}`));
    const hundred = Array.from({ length: 100 }, (_, row) => `Invoice ${row}`);
    expect([...many.list(null)].map(({ values }) => values[service])).toEqual([hundred.join('; ')]);
    expect(many.droppedTexts).toBe(150);
  });

  it('[I34] unite all their aliases, which a later list may name', () => {
    const merger = new FactMerger(new ListBudget());
    const aliases = fieldIndex('ORGANIZATION', 'aliases');
    for (let row = 0; row < 150; row++) {
      const values = factFields.ORGANIZATION.map((_, index) => (index === aliases ? [`Brand ${row}`, 'Acme Group'] : undefined));
      merger.add('ORGANIZATION', 'Acme', values, new Map(), { file: 'vendors.csv', line: row + 2, assertedAt: 0 });
    }
    const [kept] = [...merger.list(null)].map(({ values }) => values[aliases] as string[]);
    expect([kept?.length, kept?.slice(0, 3), merger.droppedTexts]).toEqual([151, ['Brand 0', 'Acme Group', 'Brand 1'], 0]);
  });

  it('[I34] take ten times as long for ten times the rows, even if each has a service of its own', () => {
    const timeOf = (rows: number) => {
      const services = Array.from({ length: rows }, (_, row) => `Invoice number ${row} for work`);
      // Processor time: a busy machine takes longer.
      const started = process.cpuUsage();
      merge(services);
      return process.cpuUsage(started).user / 1000;
    };
    timeOf(1000);
    expect(timeOf(50_000)).toBeLessThan(40 * Math.max(20, timeOf(5000)));
  });
});

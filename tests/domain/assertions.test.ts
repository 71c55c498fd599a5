import fc from 'fast-check';
import type { FactValue, RecordedAssertion } from '../../server/domain/assertions.ts';
import { foldAssertions } from '../../server/domain/assertions.ts';
import { factFields } from '../../server/domain/fact-fields.ts';
import { expect, it } from '../support/test.ts';

const fields = factFields.ORGANIZATION;
const place = (name: string) => fields.findIndex((field) => field.name === name);
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined, freq: 2 });

/** An assertion about one organization by one of three sources. It states some fields, or retracts. */
const statement = fc.record({
  source: fc.constantFrom('source:a', 'source:b', 'source:c'),
  isRetraction: fc.boolean(),
  country: maybe(fc.constantFrom<FactValue>('US', 'DE', null)),
  website: maybe(fc.constantFrom<FactValue>('a.example', 'b.example', null)),
  roles: maybe(fc.constantFrom<FactValue>(['LAB'], ['VENDOR', 'TOOL_PROVIDER'], null)),
});

const history = fc.array(statement, { minLength: 1, maxLength: 12 }).map((statements) =>
  statements.map(({ source, isRetraction, ...stated }, i): RecordedAssertion => {
    const values: (FactValue | undefined)[] = new Array(fields.length).fill(undefined);
    values[place('id')] = 'o';
    values[place('name')] = 'O';
    for (const [name, value] of Object.entries(stated)) values[place(name)] = value;
    const isGone = isRetraction && i % 4 === 3;
    return {
      kind: 'ORGANIZATION',
      key: 'o',
      isRetraction: isGone,
      values: isGone ? [] : values,
      assertedAt: 1000 + i,
      source,
      file: null,
      line: null,
      write: i + 1,
      sourceKey: source,
      importId: `import-${i}`,
      by: 'somebody',
    };
  }),
);

it('[F70] the latest assertion that states a field decides it, for each source and for all; otherwise it has its default', () => {
  fc.assert(
    fc.property(history, (assertions) => {
      const since = assertions.slice(assertions.map(({ isRetraction }) => isRetraction).lastIndexOf(true) + 1);
      const fact = foldAssertions(assertions);
      if (since.length === 0) {
        expect(fact).toBeUndefined();
        return;
      }
      for (const name of ['country', 'website', 'roles'] as const) {
        const field = place(name);
        // Follows semantics §1: take each source's latest assertion of the field, then the latest of these.
        const ofEachSource = [...new Set(since.map(({ sourceKey }) => sourceKey))].flatMap((source) =>
          since.filter(({ sourceKey, values }) => sourceKey === source && values[field] !== undefined).slice(-1),
        );
        const latest = ofEachSource.sort((a, b) => b.write - a.write)[0];
        expect(fact?.values[field]).toEqual(latest?.values[field] ?? fields[field]?.default ?? null);
      }
      expect(fact?.provenance.assertedAt).toBe(since[0]?.assertedAt);
    }),
  );
});

import { decideColumns, parseColumnFlag } from '../../../../server/import/mapping/decisions/decide-columns.ts';
import type { ColumnMapping } from '../../../../server/import/mapping/mapping-types.ts';
import { expect, it } from '../../../support/test.ts';

const column = { index: 0, column: 'Parent', use: 'ATTRIBUTE', kind: null, field: null } as ColumnMapping;
const decide = (flag: string) => decideColumns([column], [parseColumnFlag(flag)], ['ORGANIZATION']);

it.each(['merged_into', 'mergedInto', 'organizations.merged_into', 'constructor', '__proto__'])(
  '[I80] no column of a list can be read as %s',
  (field) => {
    expect(() => decide(`Parent=${field}`)).toThrow(/^The column "Parent" cannot be read as .*: expected one of id, name, (?!.*merged)/);
  },
);

it('[I80] any other field of the fact can be chosen', () => {
  expect(decide('Parent=website')).toMatchObject([{ use: 'FIELD', kind: 'ORGANIZATION', field: 'website' }]);
});

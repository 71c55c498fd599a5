import { TEMPLATES } from '../../../web/features/import/upload/templates.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { Bench } from '../import-for-tests.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.close());

describe('the templates of the page', () => {
  it.each(TEMPLATES.map((template) => [template.name, template] as const))(
    '[W137] %s is read as the list that it is a template of, and asks for nothing but its client, the role of clients and new organizations',
    async (name, { rows }) => {
      const read = await bench.read({ [name]: `${rows.join('\r\n')}\r\n` });
      expect(read.rejections).toEqual([]);
      const kinds = read.questions
        .map(({ kind }) => kind)
        .filter((kind) => kind !== 'CLIENT' && kind !== 'CLIENT_ROLE' && kind !== 'CREATE_MISSING');
      expect(kinds).toEqual([]);
      expect(read.files[0]?.rowCount).toBe(rows.length - 1);
    },
  );
});

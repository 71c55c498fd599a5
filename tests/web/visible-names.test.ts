import { showHidden as showOnServer } from '../../server/domain/text/hidden-characters.ts';
import { editableOf } from '../../web/features/correct/forms/editable-of.ts';
import { parseForm } from '../../web/features/correct/forms/parse-form.ts';
import { Refused } from '../../web/shared/changes/ask-change.ts';
import { showHidden } from '../../web/shared/format/hidden-characters.ts';
import type { FactToCorrectQuery } from '../../web/shared/generated/operations.ts';
import { withVisibleNames } from '../../web/shared/graphql/client.ts';
import { describe, expect, it } from '../support/test.ts';

describe('[W500] hidden characters of recorded names on the page', () => {
  it('are escaped as the server escapes them', () => {
    for (let code = 0; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const text = String.fromCodePoint(code);
      if (showHidden(text) !== showOnServer(text)) throw new Error(`U+${code.toString(16)}`);
    }
  });

  it('are escaped in names and sentences of every answer; ids, channels and own texts stay exact', () => {
    const data = {
      organization: { id: 'a\u200b', name: 'A\u202eb', aliases: ['c\u2066', 'd'], attributes: [{ name: 'x', value: 'e\u200d' }] },
      import: { files: [{ name: 'f\u200b.csv' }], questions: [{ message: 'of g\u200b', choices: ['h\u200b'] }] },
      changes: [{ fields: [{ field: 'name', before: 'i\n', after: 'j' }] }],
      comparison: { before: { name: 'k\u{e0041}' }, after: null },
      note: { text: 'l\nm\u200d', channel: 'n\u200b' },
    };
    const answer = withVisibleNames(data, 'Any', JSON.stringify({ data }));
    expect(answer).toEqual({
      organization: { id: 'a\u200b', name: 'A\\u{202E}b', aliases: ['c\\u{2066}', 'd'], attributes: [{ name: 'x', value: 'e\u200d' }] },
      import: { files: [{ name: 'f\u200b.csv' }], questions: [{ message: 'of g\\u{200B}', choices: ['h\u200b'] }] },
      changes: [{ fields: [{ field: 'name', before: 'i\\u{A}', after: 'j' }] }],
      comparison: { before: { name: 'k\\u{E0041}' }, after: null },
      note: { text: 'l\nm\u200d', channel: 'n\u200b' },
    });
    expect(withVisibleNames(data, 'FactToCorrect', JSON.stringify(data))).toBe(data);
    const plain = { organization: { name: 'Öl & Gas', id: '株' } };
    expect(withVisibleNames(plain, 'Any', JSON.stringify(plain))).toBe(plain);
  });

  it('are shown in a form, which saves them as recorded unless somebody changes the text', () => {
    const name = 'Ki\u202ete';
    const organization = {
      ...{ id: 'kite', name, roles: ['VENDOR'], aliases: ['K\u200b'], status: 'ACTIVE', country: null, website: null, contactEmail: null },
      ...{ attributes: [], provenance: { source: null } },
    };
    const answer = { organization, transfer: null, access: null, engagement: null, artifact: null } as unknown as FactToCorrectQuery;
    const form = editableOf({ kind: 'ORGANIZATION', id: 'kite' }, answer);
    if (form === null) throw new Error('There is no form.');
    expect(form.values.name).toBe('Ki\\u{202E}te');
    const saved = (texts: Readonly<Record<string, string>>) => {
      const parsed = parseForm(form, { ...form.values, ...texts });
      if (parsed instanceof Refused) throw new Error(parsed.sentence);
      return form.toInput(parsed, 'a call').organizations?.[0];
    };
    expect(saved({ country: 'NZ' })).toMatchObject({ name, aliases: ['K\u200b'], country: 'NZ' });
    expect(saved({ name: 'Kite' })).toMatchObject({ name: 'Kite' });
  });
});

import { readDecisions } from '../../../server/cli/import/import-flags.ts';
import type { ReadImport } from '../../../server/import/read-import.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const decided = (flags: Readonly<Record<string, unknown>> = {}) => ({
  decisions: readDecisions({ map: [], sheet: [], createMissing: true, client: 'Acme AI', ...flags } as never),
});

/** Each engagement as provider, service, country, first and last day. */
function engaged({ assertions }: ReadImport): unknown[] {
  const countries = new Map(
    [...assertions].flatMap(({ kind, key, values }) => (kind === 'ORGANIZATION' ? [[key, values[6]] as const] : [])),
  );
  const dayOf = (value: unknown) => (typeof value === 'number' ? new Date(value).toISOString().slice(0, 10) : value);
  return [...assertions].flatMap(({ kind, values }) =>
    kind === 'ENGAGEMENT' ? [[values[2], values[3], countries.get(values[2] as string), dayOf(values[4]), dayOf(values[5])]] : [],
  );
}

describe('a list in another language', () => {
  it.each([
    [
      'Portuguese',
      'Fornecedor;Serviço;País;Data de início;Data de término\nZeta Cloud;Hospedagem;Alemanha;3 de março de 2024;indeterminado\nOmega;x;FR;2024-01-01;2024-12-31\nMoss;x;FR;2024-01-01;2024-12-31\n',
      'DE',
    ],
    [
      'Polish',
      'Dostawca;Usługa;Kraj;Data rozpoczęcia;Data zakończenia\nZeta Cloud;Hosting;Niemcy;3 marca 2024;bezterminowo\nOmega;x;FR;2024-01-01;2024-12-31\nMoss;x;FR;2024-01-01;2024-12-31\n',
      'DE',
    ],
    [
      'Russian',
      'Поставщик;Услуга;Страна;Дата начала;Дата окончания\nZeta Cloud;Хостинг;Германия;3 марта 2024;бессрочно\nOmega;x;FR;2024-01-01;2024-12-31\nMoss;x;FR;2024-01-01;2024-12-31\n',
      'DE',
    ],
    [
      'Japanese',
      '委託先名;業務内容;国;開始日;終了日\nZeta Cloud;ホスティング;ドイツ;2024-03-03;無期限\nOmega;x;FR;2024-01-01;2024-12-31\nMoss;x;FR;2024-01-01;2024-12-31\n',
      'DE',
    ],
    [
      'Chinese',
      '供应商名称;服务内容;国家;开始日期;结束日期\nZeta Cloud;托管;德国;2024-03-03;无限期\nOmega;x;FR;2024-01-01;2024-12-31\nMoss;x;FR;2024-01-01;2024-12-31\n',
      'DE',
    ],
  ])('[I929] %s is read by its headers, countries and dates', async (_, text, country) => {
    const read = await bench.read({ 'list.csv': text }, decided());
    expect([read.rejections, read.questions.map(({ kind }) => kind)]).toEqual([[], []]);
    expect(engaged(read)[0]).toEqual(['Zeta Cloud', expect.any(String), country, '2024-03-03', null]);
    // The last cell says that there is no end.
    expect(read.cells.account).toMatchObject({ read: 15, keptAsText: 0 });
  });
});

describe('a text that was decoded twice', () => {
  /** The UTF-8 of a text, read as windows-1252. */
  const garble = (text: string) => new TextDecoder('windows-1252').decode(Buffer.from(text));
  const garbled = garble('Vendor,Service\nConsultoría Álvarez,Hosting\nZeta Cloud,Support – 24h\n');

  it('[I930] is asked about, and repaired where a person says so', async () => {
    const asked = await bench.read({ 'list.csv': garbled }, decided());
    expect(asked.questions).toMatchObject([
      { kind: 'ENCODING', proposed: 'utf-8-twice', choices: ['utf-8-twice', 'utf-8'], flag: '--encoding utf-8-twice' },
    ]);
    expect(asked.questions[0]?.message).toMatch(/^2 cells of list.csv look as if decoded twice: does "Consultor.* mean "Consultoría/);
    const repaired = await bench.read({ 'list.csv': garbled }, decided({ encoding: 'utf-8-twice' }));
    expect(repaired.questions).toEqual([]);
    expect(engaged(repaired).map((one) => (one as unknown[]).slice(0, 2))).toEqual([
      ['Consultoría \u00c1lvarez', 'Hosting'],
      ['Zeta Cloud', 'Support – 24h'],
    ]);
    expect(repaired.mappingDocument?.files[0]?.encoding).toBe('utf-8-twice');
    const left = await bench.read({ 'list.csv': garbled }, decided({ encoding: 'utf-8' }));
    expect([left.questions, (engaged(left)[0] as string[])[0]]).toEqual([[], expect.stringMatching(/^ConsultorÃ/)]);
  });

  it('[I930] is seen in a web page too, and no other text is', async () => {
    const page = garble('<table><tr><th>Vendor<th>Service<tr><td>Consultoría<td>Hosting</table>');
    expect((await bench.read({ 'a.html': page }, decided())).questions).toMatchObject([
      { kind: 'ENCODING', choices: ['utf-8-twice', 'utf-8'] },
    ]);
    expect(engaged(await bench.read({ 'a.html': page }, decided({ encoding: 'utf-8-twice' })))[0]).toEqual(
      expect.arrayContaining(['Consultoría']),
    );
    const plain = 'Vendor,Service\nÂngela Árvore,Hosting\nÉcole Ñandú,«Été»\nĐặng,ÀÁ\n';
    expect((await bench.read({ 'list.csv': plain }, decided())).questions).toEqual([]);
  });
});

describe('a column of personal or secret data', () => {
  it.each([
    ['PIN', '1234'],
    ['Contact date of birth', '1980-01-02'],
    ['Gender', 'female'],
    ['Home address', '1 Main Street'],
    ['Data urodzenia', '1980-01-02'],
    ['密码', 'hunter2'],
    ['Portal', 'https://zeta.example/login?access_token=abcdef123456'],
  ])('[I931] %s is left out unless it is chosen, and never shown', async (header, text) => {
    const list = `Vendor,Service,${header}\nZeta Cloud,Hosting,${text}\nOmega,Labels,${text}x\n`;
    const read = await bench.read({ 'list.csv': list }, decided());
    expect(read.files[0]?.mapping?.columns[2]).toMatchObject({ use: 'IGNORED', because: expect.stringMatching(/private|personal|keys/) });
    expect(JSON.stringify([[...read.assertions], read.cells.notes])).not.toContain(text);
    const chosen = await bench.read({ 'list.csv': list }, decided({ map: [`${header}=attribute`] }));
    expect(JSON.stringify([...chosen.assertions])).toContain(text);
  });
});

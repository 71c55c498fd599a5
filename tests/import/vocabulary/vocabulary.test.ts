import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FieldSpec } from '../../../server/domain/fact-fields.ts';
import { factFields } from '../../../server/domain/fact-fields.ts';
import type { CustodyKind, FactKind } from '../../../server/domain/facts.ts';
import { custodyKinds } from '../../../server/domain/facts.ts';
import { toPlainName } from '../../../server/domain/names/plain-name.ts';
import type { ConceptName } from '../../../server/import/mapping/column-synonyms.ts';
import { conceptNames, concepts } from '../../../server/import/mapping/column-synonyms.ts';
import { proposeClient } from '../../../server/import/mapping/propose-client.ts';
import type { ListShape } from '../../../server/import/mapping/recognize/list-shapes.ts';
import { kindsOfShape, targetsOf } from '../../../server/import/mapping/recognize/list-shapes.ts';
import { recognizeColumn } from '../../../server/import/mapping/recognize/recognize-columns.ts';
import { recognizeList } from '../../../server/import/mapping/recognize/recognize-list.ts';
import { type FoundTable, findNoteReason } from '../../../server/import/mapping/table/find-table.ts';
import { ColumnProfile } from '../../../server/import/mapping/table/profile-columns.ts';
import { findCountry } from '../../../server/import/mapping/values/country-codes.ts';
import { isUnknown, readDate } from '../../../server/import/mapping/values/read-dates.ts';
import { isEvidence, readAnswer, readValue, unreadable } from '../../../server/import/mapping/values/read-values.ts';
import { splitNames } from '../../../server/import/mapping/values/split-names.ts';
import {
  brandRelations,
  familyOf,
  keyOfBrand,
  vendorOfHost,
  vendorOfRegistration,
} from '../../../server/import/matching/brand-families.ts';
import { cleanName } from '../../../server/import/matching/clean-name.ts';
import { columnsOf } from '../../../server/import/rows/table-fields.ts';
import { findFault, loadVocabulary } from '../../../server/import/vocabulary/load-vocabulary.ts';
import {
  legalFormUses,
  ownPath,
  readCsvLines,
  type VocabularyFile,
  vocabularyColumns,
  vocabularyRows,
  wordUses,
} from '../../../server/import/vocabulary/vocabulary-rows.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';

const files = Object.keys(vocabularyColumns) as VocabularyFile[];
const root = join(import.meta.dirname, '..', '..', '..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-vocabulary-'));
});
afterEach(() => {
  loadVocabulary(null);
  rmSync(folder, { recursive: true, force: true });
});

/** Writes files of rows, without their first line, into the folder. */
function write(rows: Partial<Record<VocabularyFile, readonly string[]>>): void {
  for (const [file, lines] of Object.entries(rows)) {
    const header = vocabularyColumns[file as VocabularyFile].join(',');
    writeFileSync(join(folder, `${file}.csv`), [header, ...lines, ''].join('\n'));
  }
}

const table: FoundTable = { header: ['Name', 'Country', 'Status'], headerLine: 1, preamble: [] };

function profileOf(cells: readonly string[]): ColumnProfile {
  const profile = new ColumnProfile(false);
  for (const cell of cells) profile.add(cell, 0);
  return profile;
}

function meaningOf(header: string, cells: readonly string[] = ['Acme', 'Zeta']): string | undefined {
  const [first] = recognizeColumn(header, profileOf(cells));
  return first?.what === 'concept' ? first.concept : first?.what === 'control' ? first.control : first?.what;
}

const specOf = (kind: FactKind, field: string) => factFields[kind].find(({ name }) => name === field) as FieldSpec;

/** One row of each file, in words that the program does not know. */
const added = {
  headers: ['PROVIDER,sv,Leverantör', 'ENDS,sv,Slutdatum', '"CLIENT",en,"Ordering party, legal"'],
  controls: ['TISAX,-,TISAX label'],
  words: ['VENDOR_LIST,sv,leverantörer', 'NO_NAME,sv,saknas', 'PRIVATE,sv,Personnummer'],
  values: ['status,ENDED,sv,Avslutad', 'answer,YES,sv,Jajamän', 'evidence,NONE,sv,pågår'],
  dates: ['5,sv,maj', 'NO_END,sv,tills vidare', 'UNKNOWN,sv,okänt'],
  'legal-forms': ['END,Rf', 'END,Sp. j.'],
  brands: [
    'Klarna,PRODUCT,Sofort,https://www.klarna.com/',
    'Google,PRODUCT,Wiz,https://www.wiz.io/',
    'Klarna,PARENT,Kinnevik,https://www.kinnevik.com/',
  ],
  vendors: [
    'Klarna,DOMAIN,klarna.example,https://www.klarna.com/,2026-01-02',
    'Klarna,REGISTRATION,556737-0431,https://www.klarna.com/,2026-01-02',
  ],
  countries: ['SE,sv,Konungariket Sverige'],
} as const satisfies Record<VocabularyFile, readonly string[]>;

/** The present meanings of the words above. */
function readAdded() {
  return {
    headers: [meaningOf('leverantor'), meaningOf('Slutdatum', ['2025-01-02']), meaningOf('Ordering party - legal')],
    controls: meaningOf('TISAX label', ['yes']),
    words: [proposeClient(['Leverantörer - Vega Labs'], 'x.csv'), cleanName('Saknas').name, meaningOf('Personnummer', ['a', 'b'])],
    values: [readValue(specOf('ORGANIZATION', 'status'), 'AVSLUTAD', null), readAnswer('jajamän'), isEvidence('Ja, pågår')],
    dates: [readDate('3 maj 2025', null), readDate('Tills vidare', null), isUnknown('okänt')],
    legalForms: [toPlainName('Acme RF'), toPlainName('Acme Sp. J.')],
    brands: [familyOf('sofort')?.evidence, familyOf('sofort')?.parent?.key, familyOf('wiz')?.head, familyOf('youtube')?.head],
    vendors: [vendorOfHost('docs.klarna.example')?.key, vendorOfHost('shop.klarna.example'), vendorOfRegistration('5567370431')?.evidence],
    countries: findCountry('Konungariket Sverige'),
  };
}

describe('the vocabulary of imports', () => {
  it('[I550] grows by the rows of a folder, of which any file may be missing', () => {
    const before = readAdded();
    write(added);
    loadVocabulary(folder);
    expect(readAdded()).toEqual({
      headers: ['PROVIDER', 'ENDS', 'CLIENT'],
      controls: 'TISAX',
      words: ['Vega Labs', '', 'private'],
      values: ['ENDED', true, false],
      dates: [{ at: Date.UTC(2025, 4, 3) }, 'NO_END', true],
      legalForms: ['acme', 'acme'],
      brands: ['is a product of Klarna (https://www.klarna.com/)', 'kinnevik', 'google', 'google'],
      vendors: [
        'klarna',
        undefined,
        'has the registration number of Klarna, 556737-0431, in the catalogue of vendors (https://www.klarna.com/, 2026-01-02)',
      ],
      countries: 'SE',
    });
    rmSync(join(folder, 'brands.csv'));
    loadVocabulary(folder);
    expect(readAdded()).toMatchObject({ countries: 'SE', brands: [undefined, undefined, undefined, 'google'] });
    loadVocabulary(null);
    expect(readAdded()).toEqual(before);
    expect(before).toMatchObject({ headers: [undefined, undefined, undefined], countries: undefined });
    expect(before.values).toEqual([unreadable, unreadable, true]);
  });

  it('[I998] knows words beside names and in rows and headers, with open ends, and grows by them too', () => {
    const read = () => ({
      names: ['Acme (valfritt från 3 maj)', 'Acme (valfritt)', 'Kontakt: Acme', 'Acme, 12 Vasastigen'].map((cell) => cleanName(cell).name),
      names2: splitNames('Omega GmbH samt Sigma GmbH'),
      hours: meaningOf('Breach notice (dygn)', ['30', '60']),
      row: findNoteReason(['Källa: registret', '', ''], table, 0),
    });
    const before = read();
    expect(before).toMatchObject({ names: ['Acme (valfritt från 3 maj)', 'Acme (valfritt)', 'Kontakt: Acme', 'Acme, 12 Vasastigen'] });
    write({
      words: [
        'NOTE,sv,valfritt från …9…',
        'NAME_LABEL,sv,kontakt',
        'STREET,sv,vasastigen',
        'AND,sv,samt',
        'OTHER_HOURS,sv,dygn',
        'NOTE_ROW,sv,källa',
      ],
    });
    loadVocabulary(folder);
    expect(read()).toEqual({
      names: ['Acme', 'Acme (valfritt)', 'Acme', 'Acme'],
      names2: ['Omega GmbH', 'Sigma GmbH'],
      hours: 'amount',
      row: 'is a note beside the table',
    });
  });

  it('[I995] has a catalogue of 200 known vendors or more, each row with an address and a date, and no domain of two', () => {
    const rows = vocabularyRows('vendors');
    expect(new Set(rows.map(({ name }) => keyOfBrand(name))).size).toBeGreaterThanOrEqual(200);
    for (const { source, date } of rows) {
      expect(source).toMatch(/^https:\/\/\S+$/);
      expect(date).toMatch(/^20\d\d-\d\d-\d\d$/);
    }
    const domains = rows.filter(({ relation }) => relation === 'DOMAIN').map(({ other }) => other);
    expect(new Set(domains).size).toBe(domains.length);
  });

  it('[I551] is the same for a thread that reads an import', () => {
    write(added);
    writeFileSync(join(folder, 'list.txt'), 'Leverantör;Land;Slutdatum\nZeta Cloud;Konungariket Sverige;3 maj 2027\nOmega;;tills vidare\n');
    const urlOf = (path: string) => JSON.stringify(`file://${join(root, 'server/import', path)}`);
    // A process of its own: a thread that another test left idle would know other words.
    const program = `
      import { loadVocabulary } from ${urlOf('vocabulary/load-vocabulary.ts')};
      import { readImport } from ${urlOf('read-import.ts')};
      import { readInThread } from ${urlOf('thread/read-in-thread.ts')};
      loadVocabulary(${JSON.stringify(folder)});
      const files = [{ name: 'list.csv', path: ${JSON.stringify(join(folder, 'list.txt'))} }];
      const options = { assertedAt: 0, source: null };
      for (const read of [await readImport(files, options), await readInThread(files, options)])
        console.log(JSON.stringify(read.files[0].mapping.columns.map(({ field }) => field)), JSON.stringify([...read.assertions].map(({ values }) => values)));
      process.exit(0);`;
    const script = join(folder, 'read-twice.mjs');
    writeFileSync(script, program);
    const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script], { cwd: root, encoding: 'utf8' });
    const [here, there] = stdout.split('\n');
    expect({ stderr, here }).toEqual({ stderr: '', here: expect.stringContaining('["name","country","endsAt"]') });
    expect(here).toContain('"SE"');
    expect(here).toContain(String(Date.UTC(2027, 4, 4)));
    expect(there).toBe(here);
  });

  it.each<[VocabularyFile, string, string]>([
    ['headers', 'ENDZ,en,Finish', '"ENDZ" is no concept; did you mean ENDS?'],
    ['headers', 'ENGAGEMENT.endsAt,en,Finish', '"ENGAGEMENT.endsAt" has a concept of its own; write ENDS or RENEWS;'],
    ['headers', 'ENDS,english,Finish', '"english" is no language; write two small letters such as de, or - for none;'],
    ['headers', 'ENDS,en,', 'the cell of header is empty; fill it, or leave the row out;'],
    ['headers', 'ENDS,en,***', '"***" has no letter or digit; write a text that has one;'],
    ['headers', 'ENDS,en,Finish, planned', '4 cells where concept,language,header need 3; put quotes around a text with a comma;'],
    ['headers', 'EMAIL,en,Phone', '"Phone" is left out as private data; leave the row out;'],
    ['headers', 'NAME,en,SOC 2', '"SOC 2" names the control SOC_2 already; leave the row out;'],
    ['controls', 'Tisax,-,TISAX', '"Tisax" is no name of a control; write 2 to 60 capitals, digits and _, such as ISO_27001;'],
    ['controls', 'ISO_27701,-,ISO 27001', '"iso 27001" is ISO_27001 already; leave the row out;'],
    ['controls', 'VENDORS,-,Vendor', '"Vendor" names the concept PROVIDER already; leave the row out;'],
    ['words', 'VENDORS_LIST,en,x', '"VENDORS_LIST" is no use; did you mean VENDOR_LIST?'],
    ['words', 'PRIVATE,en,vendor', '"vendor" names the concept PROVIDER already; leave the row out;'],
    ['values', 'Status,ENDED,en,over', '"Status" is no field with phrases; did you mean status?'],
    ['values', 'status,GONE,en,over', '"GONE" is no value of status; write ACTIVE, SUSPENDED or ENDED;'],
    ['values', 'status,ACTIVE,de,beendet', '"status beendet" is ENDED already; leave the row out;'],
    ['dates', '13,en,smarch', '"13" is no meaning;'],
    ['dates', '4,en,april showers', '"april showers" is not one word of letters;'],
    ['dates', '4,en,may', '"may" is 5 already; leave the row out;'],
    ['legal-forms', 'END,123', '"123" has no letter; write a legal form such as Oyj;'],
    ['legal-forms', 'BEHIND,Oyj', '"BEHIND" is no use;'],
    ['brands', 'Foo,PRODUCT,YouTube,https://foo.example/', '"youtube" is a name of google already; leave the row out;'],
    ['brands', 'YouTube,PRODUCT,Foo,https://foo.example/', '"YouTube" is a product of Google (https://cloud.google.com/products) already;'],
    ['brands', 'Foo,PRODUCT,Google,https://foo.example/', '"Google" has rows of its own; write it as the name, with PARENT;'],
    ['brands', 'Foo,PRODUCT,Bar,my memory', '"my memory" is no address;'],
    [
      'vendors',
      'Foo,DOMAIN,klarna.example,https://foo.example/,2026-01-02',
      '"DOMAIN klarna.example" is klarna already; leave the row out;',
    ],
    ['vendors', 'Foo,DOMAIN,https://foo.example,https://foo.example/,2026-01-02', '"https://foo.example" is no domain;'],
    ['vendors', 'Foo,LEI,529900VEGA0000000012,https://foo.example/,2026-01-02', '"LEI" is no relation;'],
    ['vendors', 'Foo,DOMAIN,foo.example,https://foo.example/,in May', '"in May" is no date; write that of the source, such as 2026-03-24;'],
    ['vendors', 'Foo,DOMAIN,foo.example,memory,2026-01-02', '"memory" is no address;'],
    ['countries', 'XY,en,Foo', '"XY" is no code of ISO 3166-1; write two capitals, such as DE;'],
    ['countries', 'US,en,Georgia', '"Georgia" means GE already; leave the row out;'],
    ['countries', '-,en,Georgia', '"Georgia" means GE already; leave the row out;'],
  ])('[I552] refuses in %s.csv the row %s', (file, row, sentence) => {
    write({ [file]: [...added[file], row] });
    const line = added[file].length + 2;
    expect(() => loadVocabulary(folder)).toThrow(
      `EXPOSURE_VOCABULARY is "${folder}"; ${file}.csv, line ${line}: ${sentence.replace(/[?;]$/, '')}`,
    );
    expect(readAdded()).toMatchObject({ countries: undefined, headers: [undefined, undefined, undefined] });
  });

  it('[I552] refuses a folder that cannot be read, a file of another name, and a file that is no such table', () => {
    const refusal = (name: string, content: string | Buffer) => {
      writeFileSync(join(folder, name), content);
      try {
        loadVocabulary(folder);
      } catch (error) {
        rmSync(join(folder, name));
        return (error as Error).message.replace(/^.*?; /s, '').replace(/; expected a folder with any of headers\.csv, .*\.$/, '');
      }
      return 'loaded';
    };
    expect(() => loadVocabulary(join(folder, 'none'))).toThrow('none"; the folder cannot be read (ENOENT); expected a folder with any of');
    expect(refusal('header.csv', 'x')).toBe('header.csv is no file of the vocabulary; did you mean headers.csv');
    expect(refusal('headers.csv', '')).toBe('headers.csv, line 1: write concept,language,header as the first line');
    expect(refusal('headers.csv', 'concept;language;header\n')).toBe(
      'headers.csv, line 1: write concept,language,header as the first line',
    );
    expect(refusal('headers.csv', Buffer.from('concept,language,header\nENDS,de,Kündigung\n', 'latin1'))).toMatch(
      /is not UTF-8; save it as/,
    );
    expect(refusal('headers.csv', 'concept,language,header\nENDS,de,"Frist\n')).toMatch(/^headers\.csv, line 2: /);
    expect(refusal('headers.csv', '\uFEFFconcept,language,header\r\n\r\nENDS,de,Frist\r\n')).toBe('loaded');
    expect(meaningOf('Frist', ['2025-01-02'])).toBe('ENDS');
  });

  it('[I552] keeps the same rules in its own files, and its README names each file, column and word of use', () => {
    const faults = files.flatMap((file) => findFault(file, readCsvLines(readFileSync(ownPath(file))), []) ?? []);
    expect(faults).toEqual([]);
    const repeated = files.flatMap((file) => {
      const rows = vocabularyRows(file).map((row) => JSON.stringify(row));
      return rows.filter((row, at) => rows.indexOf(row) !== at);
    });
    expect(repeated).toEqual([]);
    const readme = readFileSync(join(root, 'server/import/vocabulary/README.md'), 'utf8');
    const named = [
      ...files.map((file) => `\`${file}.csv\``),
      ...files.map((file) => `\`${vocabularyColumns[file].join(',')}\``),
      ...[...conceptNames().filter((name) => !name.includes('.')), ...wordUses, ...legalFormUses, ...Object.keys(brandRelations)].map(
        (name) => `\`${name}\``,
      ),
    ];
    expect(named.filter((text) => !readme.includes(text))).toEqual([]);
  });

  it('[C20] is part of the image, where the program looks for it', () => {
    const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
    expect(dockerfile).toContain('COPY --from=build /app/server/import/vocabulary ./server/import/vocabulary');
    expect(ownPath('headers')).toBe(join(root, 'server/import/vocabulary/headers.csv'));
  });
});

/** A list of each kind, as headers and cells. */
const lists: Readonly<Record<CustodyKind, Readonly<Record<string, readonly string[]>>>> = {
  ORGANIZATION: { Vendor: ['Acme', 'Zeta'], Service: ['Hosting', 'Mail'] },
  ENGAGEMENT: { Client: ['Vega', 'Vega'], Vendor: ['Acme', 'Zeta'] },
  ARTIFACT: { Artifact: ['Guide', 'Rubric'], Type: ['Rubric', 'Prompts'], Owner: ['Vega', 'Vega'], Sensitivity: ['4', '3'] },
  TRANSFER: { Artifact: ['Guide', 'Rubric'], Sender: ['Vega', 'Vega'], Recipient: ['Acme', 'Zeta'] },
  ACCESS: { 'Access by': ['Acme', 'Zeta'], 'Access to': ['Vega', 'Vega'] },
  REVEALS: { Artifact: ['Guide', 'Rubric'], Reveals: ['Spec', 'Spec'], Degree: ['0.5', '0.3'] },
  CONTROL: { Vendor: ['Acme', 'Zeta'], Control: ['MFA', 'SSO'], Evidence: ['tested', 'audit'] },
};

/** The field that a column of a list of a kind has, as `KIND.field`; its use for any other column. */
function fieldOf(kind: CustodyKind, header: string, cells: readonly string[]): string {
  const columns = Object.entries({ ...lists[kind], [header]: cells });
  const profiles = columns.map(([, some]) => profileOf(some));
  const names = columns.map(([name]) => name);
  const list = recognizeList({ names, header: names, profiles, title: '', kinds: undefined });
  if (typeof list === 'string') return list;
  const { use, kind: found, field } = list.columns.at(-1) as (typeof list.columns)[number];
  return use === 'FIELD' ? `${found}.${field}` : use;
}

describe('a field', () => {
  const optional = { isRequired: false, isKey: false } as const;
  const newFields: readonly [FieldSpec, cells: readonly string[]][] = [
    [{ name: 'batchCode', column: 'batch_code', words: 'code of the lot', type: 'text', maxLength: 100, ...optional }, ['B-1', 'B-2']],
    [{ name: 'sealedAt', column: 'sealed_at', words: 'day of sealing', type: 'instant', ...optional }, ['2025-01-02', '2025-02-03']],
    [{ name: 'crateCount', column: 'crate_count', words: 'crates', type: 'integer', from: 0, to: 99, ...optional }, ['3', '4']],
  ];

  it.each(custodyKinds)(
    '[I553] that is new to %s is recognized by its column, its words and its rows in headers.csv, without code',
    (kind) => {
      const table = factFields[kind] as FieldSpec[];
      const length = table.length;
      try {
        for (const [spec, cells] of newFields) {
          const field = `${kind}.${spec.name}`;
          expect([spec.name, fieldOf(kind, 'Losnummer', cells)]).not.toEqual([spec.name, field]);
          table.push(spec);
          write({ headers: [`${field},de,Losnummer`] });
          loadVocabulary(folder);
          for (const header of [spec.column, spec.words as string, 'LOSNUMMER'])
            expect([header, fieldOf(kind, header, cells)]).toEqual([header, field]);
          // Cells of another form contradict the header.
          if (spec.type !== 'text') expect(fieldOf(kind, spec.column, ['see contract', 'ask Bob'])).not.toBe(field);
          table.length = length;
          loadVocabulary(null);
        }
      } finally {
        table.length = length;
      }
    },
  );

  it('[I554] of each kind is stated by a list, and else by its column of a canonical file', () => {
    const shapes = Object.keys(kindsOfShape) as ListShape[];
    const byList = new Set(
      shapes.flatMap((shape) =>
        Object.entries(targetsOf(shape)).flatMap(([name, target]) =>
          (concepts().get(name as ConceptName)?.headers.length ?? 0) > 0 ? [target?.join('.')] : [],
        ),
      ),
    );
    const others = custodyKinds.flatMap((kind) =>
      factFields[kind]
        .filter(({ name, isInternal, type }) => !isInternal && type !== 'attributes' && !byList.has(`${kind}.${name}`))
        .map(({ name, column }) => [`${kind}.${name}`, columnsOf(kind).includes(column)]),
    );
    // Ids of a list are its own, its vendors are organizations, and its contracts have no id that transfers could name.
    expect(others).toEqual([
      ['ORGANIZATION.id', true],
      ['ENGAGEMENT.provider', true],
      ['TRANSFER.engagement', true],
      ['ACCESS.id', true],
    ]);
  });
});

describe('a country', () => {
  /** Names of unions, of areas without a code of ISO 3166-1, and codes of states that no longer exist. */
  const others = new Set('EU EZ UN XA XB XK ZZ UK AN BU CS DD FX NT QO SU TP YD YU ZR AC CP DG EA IC TA CQ DY HV NH RH VD'.split(' '));

  it('[I555] is known by each name that the Unicode tables have in four languages, and by its code', () => {
    const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at));
    const codes = letters.flatMap((first) => letters.map((second) => first + second)).filter((code) => !others.has(code));
    const wrong = ['en', 'de', 'fr', 'es'].flatMap((language) => {
      const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
      return codes.flatMap((code) => {
        const name = names.of(code);
        return name === undefined || (findCountry(name) === code && findCountry(code) === code) ? [] : [`${code} ${name}`];
      });
    });
    expect(wrong).toEqual([]);
  });

  it('[I555] has no code of a state that no longer exists, and no name that two countries share', () => {
    expect(['Benin', 'Bénin', 'Burkina Faso', 'Viet Nam', 'Zimbabwe'].map(findCountry)).toEqual(['BJ', 'BJ', 'BF', 'VN', 'ZW']);
    expect(['DY', 'HV', 'VD', 'XK', 'EU', 'Kongo'].map(findCountry)).toEqual(new Array(6).fill(undefined));
    expect(['Russian Federation', "Côte d'Ivoire", 'Elfenbeinküste', 'eba_GA:DE', 'U.K.', 'EE. UU.'].map(findCountry)).toEqual([
      'RU',
      'CI',
      'CI',
      'DE',
      'GB',
      'US',
    ]);
  });
});

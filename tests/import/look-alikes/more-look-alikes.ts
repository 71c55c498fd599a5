import type { LookAlike } from './list-parts.ts';
import { companies, csv } from './list-parts.ts';
import { makeWorkbook } from './workbook-for-tests.ts';

/** Suppliers of an Indonesian company: `NAME; PT.`, 20 of them a second time as `PT NAME`. */
function legalFormBehind(): LookAlike {
  const rows: string[][] = [['Vendor', 'Negara', 'NPWP']];
  for (let i = 0; i < 80; i++) rows.push([`${(companies[i] as string).toUpperCase()}; PT.`, 'Indonesia', `01.${100 + i}.456.7-011.000`]);
  for (let i = 0; i < 20; i++)
    rows.push([`PT ${(companies[i * 4] as string).toUpperCase()}`, 'Indonesia', `01.${100 + i * 4}.456.7-011.000`]);
  return {
    title: 'names with a legal form behind a semicolon',
    file: 'daftar vendor.csv',
    content: csv(rows),
    flags: ['--client', 'Nusantara AI', '--create-missing'],
    questions: ['CLIENT'],
  };
}

const answers = ['Yes', 'No', 'Unknown', 'N/A', '-', 'TRUE', 'False', 'yes', 'Partial', ''] as const;

/** Answers to security questions: yes, no, unknown and every blank between. */
function triStates(): LookAlike {
  const rows: string[][] = [['Third party', 'Service provided', 'SOC 2 Type II', 'ISO 27001 certified?', 'MFA enforced', 'DPA signed']];
  for (let i = 0; i < 60; i++)
    rows.push([companies[i] as string, 'Labeling', ...[0, 3, 5, 7].map((shift) => answers[(i * 3 + shift) % answers.length] as string)]);
  return {
    title: 'controls in three states',
    file: 'security answers.csv',
    content: csv(rows),
    flags: ['--client', 'Acme AI', '--create-missing'],
    questions: ['CLIENT'],
  };
}

/** A page of sub-processors, copied from a browser: footnotes, links, dates of notice, sections, a last line of fine print. */
function subprocessorPage(): LookAlike {
  const rows: string[][] = [
    ['Acme AI – Sub-processors (last updated: May 3, 2025)', '', ''],
    ['Entity Name', 'Purpose', 'Location'],
  ];
  const decorate = [
    (name: string) => name,
    (name: string) => `${name}¹`,
    (name: string) => `${name}, Inc.[2]`,
    (name: string) => `${name} (effective May 30, 2025)`,
    (name: string) => `${name}*\n100 Main Street\nSpringfield, IL 62701`,
    (name: string) => `[${name}](https://www.${name.toLowerCase().replaceAll(' ', '')}.example)`,
  ];
  for (let i = 0; i < 36; i++) {
    if (i % 12 === 0) rows.push([['Infrastructure', 'Support', 'Analytics'][i / 12] as string, '', '']);
    const name = (decorate[i % decorate.length] as (name: string) => string)(companies[i * 2] as string);
    rows.push([
      name,
      i % 2 === 0 ? 'Cloud hosting' : 'Customer support',
      i % 3 === 0 ? 'United States' : i % 3 === 1 ? 'Ireland' : 'EU, US',
    ]);
  }
  rows.push(['¹ Only for customers that use the voice features.', '', '']);
  return {
    title: 'a page of sub-processors',
    file: 'page.csv',
    content: csv(rows, '\t'),
    flags: ['--client', 'Acme AI', '--create-missing', '--remarks', 'apply'],
    questions: ['CLIENT', 'REMARKS'],
  };
}

/** A German record of processing activities: a row for each activity, with its processor where it has one. */
function processingRecord(): LookAlike {
  const rows: string[][] = [
    ['Verzeichnis von Verarbeitungstätigkeiten nach Art. 30 DSGVO', '', '', '', '', '', ''],
    ['Nr.', 'Verarbeitungstätigkeit', 'Zweck', 'Kategorien betroffener Personen', 'Auftragsverarbeiter', 'AVV vorhanden', 'Löschfrist'],
  ];
  for (let i = 0; i < 45; i++) {
    const processor = i % 5 === 4 ? '-' : `${companies[i % 20]} GmbH & Co. KG`;
    rows.push([
      String(i + 1),
      `Tätigkeit ${i}`,
      'Durchführung',
      'Beschäftigte; Kunden',
      processor,
      ['ja', 'nein', 'unbekannt'][i % 3] as string,
      '10 Jahre',
    ]);
  }
  return {
    title: 'a German record of processing activities',
    file: 'vvt.csv',
    content: Buffer.from(csv(rows, ';').replace('–', '-'), 'latin1'),
    flags: ['--client', 'Beispiel AG', '--client-role', 'VENDOR', '--create-missing'],
    questions: ['CLIENT'],
  };
}

/** The four sheets of a GRC tool: a cover of people, entities, their products, contracts that name entities by reference. */
function fourSheets(): LookAlike {
  const reference = (i: number) => `ENT-${String(i + 1).padStart(3, '0')}`;
  const vendors = companies.slice(40, 70);
  const content = makeWorkbook({
    Entities: [
      ['ref_id', 'name', 'description', 'country', 'parent_entity_ref_id', 'criticality'],
      ...vendors.map((name, i) => [reference(i), name, `Provider ${i}`, i % 2 === 0 ? 'FR' : 'Germany', null, i % 4]),
    ],
    Solutions: [
      ['ref_id', 'name', 'description', 'provider_entity_ref_id'],
      ...vendors.map((_, i) => [`SOL-${i}`, `Product ${i}`, 'Platform', reference(i)]),
    ],
    Contracts: [
      ['ref_id', 'name', 'provider_entity_ref_id', 'start_date', 'end_date', 'annual_expense'],
      ...vendors
        .slice(0, 25)
        .map((_, i) => [
          `CON-${i}`,
          `Contract ${i}`,
          reference(i),
          { date: 45_300 + i },
          i % 5 === 0 ? '9999-12-31' : { date: 46_900 + i },
          1000 * i,
        ]),
    ],
    People: [
      ['First name', 'Last name', 'Phone'],
      ['Ann', 'Lee', '+33 1 23 45 67 89'],
    ],
  });
  return {
    title: 'a workbook of four sheets',
    file: 'third parties.xlsx',
    content,
    flags: ['--client', 'Northwind Bank', '--client-role', 'VENDOR', '--create-missing'],
    questions: ['CLIENT'],
  };
}

/** A DORA register as it is reported: a file a template, codes for headers, templates that are no inventory. */
function doraRegister(): LookAlike {
  const codeOf = (i: number) => `5299${String(i).padStart(14, '0')}${10 + (i % 80)}`;
  const chained = 12;
  const direct = Array.from({ length: 30 }, (_, i) => i + 1);
  const below = Array.from({ length: chained }, (_, i) => 31 + i);
  const table = (columns: string, rows: readonly (readonly (string | number)[])[]) =>
    csv([columns.split(' '), ...rows.map((row) => row.map(String))]);
  const contracts = direct.map((i) => [
    `CA-${i}`,
    codeOf(0),
    codeOf(i),
    'eba_qCO:qx2000',
    'F1',
    'eba_TA:S04',
    '2024-01-15',
    i % 2 === 0 ? '9999-12-31' : '2027-06-30',
    30,
    90,
  ]);
  return {
    title: 'a DORA register of information',
    file: 'b_02.02.csv',
    // A contract has a row for each function that it supports.
    content: table('c0010 c0020 c0030 c0040 c0050 c0060 c0070 c0080 c0100 c0110', [
      ...contracts,
      ...contracts.slice(0, 5).map((row) => row.with(4, 'F2')),
    ]),
    others: {
      'b_01.02.csv': table('c0010 c0020 c0030', [[codeOf(0), 'Northwind Bank AG', 'eba_GA:DE']]),
      'b_02.01.csv': table(
        'c0010 c0020 c0040 c0050',
        contracts.map(([number]) => [number as string, 'eba_CO:x1', 'eba_CU:EUR', 1000]),
      ),
      'b_05.01.csv': table(
        'c0010 c0020 c0050 c0070 c0080',
        [...direct, ...below].map((i) => [codeOf(i), 'eba_qCO:qx2000', companies[i + 100] as string, 'eba_CT:x212', 'eba_GA:IE']),
      ),
      'b_05.02.csv': table('c0010 c0020 c0030 c0040 c0050 c0060', [
        ...direct.map((i) => [`CA-${i}`, 'eba_TA:S04', codeOf(i), 'eba_qCO:qx2000', 1, '']),
        ...below.map((i, at) => [`CA-${at + 1}`, 'eba_TA:S04', codeOf(i), 'eba_qCO:qx2000', 2, codeOf(at + 1)]),
      ]),
      'b_07.01.csv': table(
        'c0010 c0020 c0050',
        contracts.map(([number, , provider]) => [number as string, provider as string, 'eba_ZZ:x959']),
      ),
    },
    flags: [],
    questions: [],
  };
}

/**
 * A DORA register in the regulator's own workbook: a title, the codes of the columns, their names, and their types, above the data.
 * An edition of the template has fewer columns than another one, so only the names are right. Two of the sheets are no inventory.
 */
function doraWorkbook(): LookAlike {
  const codeOf = (i: number) => `2138${String(i).padStart(14, '0')}${10 + (i % 80)}`;
  const sheet = (
    template: string,
    title: string,
    names: readonly string[],
    types: readonly string[],
    rows: readonly (string | number)[][],
  ) => [
    [],
    [null, `TEMPLATE RT.${template.slice(2)}: ${title}`],
    [],
    [null, ...names.map((_, at) => `${template}.${String((at + 1) * 10).padStart(4, '0')}`)],
    [null, ...names],
    [null, ...types],
    ...rows.map((row) => [null, ...row]),
  ];
  const direct = Array.from({ length: 20 }, (_, i) => i + 1);
  const below = Array.from({ length: 8 }, (_, i) => 21 + i);
  const text = 'Alphanumerical';
  const provider = 'Identification code of ICT third-party service provider';
  const content = makeWorkbook({
    'b_01.01': sheet(
      'b_01.01',
      'Entity maintaining the register of information',
      ['LEI of the entity maintaining the register of information', 'Name of the entity', 'Country of the entity '],
      [text, text, 'Country'],
      [[codeOf(0), 'Northwind Bank AG', 'DE']],
    ),
    'b_01.02': sheet(
      'b_01.02',
      'List of entities within the scope of the register',
      ['LEI of the entity ', 'Name of the entity ', 'Country of the entity ', 'Date of last update'],
      [text, text, 'Country', 'Date'],
      [[codeOf(0), 'Northwind Bank AG', 'DE', '2025-03-31']],
    ),
    'b_02.02': sheet(
      'b_02.02',
      'Contractual arrangements – Specific information',
      [
        'Contractual arrangement reference number',
        'LEI of the entity making use of the ICT service(s)',
        provider,
        'Type of ICT services',
        'Start date of the contractual arrangement',
        'End date of the contractual arrangement',
        'Storage of data',
      ],
      [text, text, text, 'Closed set of options', 'Date', 'Date', '[Yes/No]'],
      direct.map((i) => [`CA-${i}`, codeOf(0), codeOf(i), 'S04', '2024-01-15', i % 2 === 0 ? '9999-12-31' : '2027-06-30', 'Yes']),
    ),
    'b_05.01': sheet(
      'b_05.01',
      'ICT third-party service providers',
      [
        provider,
        'Type of code to identify the ICT third-party service provider',
        'Name of the ICT third-party service provider',
        'Country of the ICT third-party service provider’s headquarters',
      ],
      [text, 'Pattern', text, 'Country'],
      [...direct, ...below].map((i) => [codeOf(i), 'LEI', companies[i + 200] as string, 'IE']),
    ),
    'b_05.02': sheet(
      'b_05.02',
      'ICT service supply chains',
      [
        'Contractual arrangement reference number',
        'Type of ICT services',
        provider,
        'Rank',
        'Identification code of the recipient of sub-contracted ICT services',
      ],
      [text, 'Closed set of options', text, 'Natural number', text],
      below.map((i, at) => [`CA-${at + 1}`, 'S04', codeOf(i), 2, codeOf(at + 1)]),
    ),
    'b_07.01': sheet(
      'b_07.01',
      'Assessment of the ICT services',
      ['Contractual arrangement reference number', provider, 'Date of the last audit'],
      [text, text, 'Date'],
      direct.map((i) => [`CA-${i}`, codeOf(i), '2024-11-30']),
    ),
  });
  return { title: "a DORA register in the regulator's workbook", file: 'register of information.xlsx', content, flags: [], questions: [] };
}

/** Spanish: what a public body contracts, with amounts, open ends and processors that are listed several times. */
function spanish(): LookAlike {
  const rows: string[][] = [['Expediente', 'Adjudicatario', 'Objeto del contrato', 'Fecha de inicio', 'Fecha de fin', 'Importe', 'País']];
  for (let i = 0; i < 50; i++)
    rows.push([
      `EXP-${i}`,
      `${companies[i % 30]} S.L.U.`,
      'Mantenimiento',
      `${13 + (i % 15)}/0${(i % 9) + 1}/2023`,
      i % 3 === 0 ? 'indefinido' : '31/12/2027',
      '12.345,67 €',
      'España',
    ]);
  return {
    title: 'a Spanish list of contracts',
    file: 'adjudicatarios.csv',
    content: csv(rows, ';'),
    flags: ['--client', 'Ayuntamiento Ejemplo', '--client-role', 'VENDOR', '--create-missing'],
    questions: ['CLIENT'],
  };
}

export const moreLookAlikes: readonly LookAlike[] = [
  legalFormBehind(),
  triStates(),
  subprocessorPage(),
  processingRecord(),
  fourSheets(),
  doraRegister(),
  doraWorkbook(),
  spanish(),
];

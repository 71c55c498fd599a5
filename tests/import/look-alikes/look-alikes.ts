import type { LookAlike } from './list-parts.ts';
import { companies, csv } from './list-parts.ts';
import { moreLookAlikes } from './more-look-alikes.ts';

/**
 * 47 companies and 400 providers in two columns: 26 repeats, 8 addresses glued to their names, 7 spellings of one company, and 14
 * names in both roles.
 */
function pairs(): LookAlike {
  const clients = [...companies.slice(0, 14), ...Array.from({ length: 33 }, (_, i) => `Orbit ${i + 1} AI`)];
  const spellings = ['Zeta Cloud', 'Zeta Cloud, Inc.', 'ZETA CLOUD', 'Zeta-Cloud', 'Zeta Cloud LLC', 'ZetaCloud Inc', 'zeta cloud*'];
  // The 400th provider is the one of many spellings.
  const providers = [...companies.slice(0, 399)];
  const rows: string[][] = [['AI Company', 'Sub-processor']];
  for (const [at, client] of clients.entries()) {
    for (let i = 0; i < 12; i++) {
      const provider = providers[(at * 12 + i) % 399] as string;
      if (provider === client) continue;
      const address = 'Inc.354 Oyster Point Blvd, South San Francisco, CA 94080';
      const decorated =
        i === 3 ? `${provider}*` : i === 5 ? `${provider} (optional)` : at < 8 && i === 7 ? `${provider}, ${address}` : provider;
      rows.push([client, decorated]);
    }
  }
  for (const [i, spelling] of spellings.entries()) rows.push([clients[20 + i] as string, spelling]);
  for (let i = 0; i < 26; i++) rows.push(rows[1 + i * 7] as string[]);
  return {
    title: 'pairs of client and provider',
    file: 'ai-subprocessors.csv',
    content: csv(rows),
    flags: ['--client-role', 'LAB', '--create-missing'],
    questions: ['CLIENT_ROLE', 'CREATE_MISSING'],
  };
}

/** Title line, semicolons, M/D/YYYY with open and settled dates, a tri-state control, a total. */
function register(): LookAlike {
  const rows: string[][] = [
    ['Northwind Bank – Vendor Register (as of June 30, 2025)', '', '', '', '', '', ''],
    ['', '', '', '', '', '', ''],
    ['Vendor No.', 'Vendor Name', 'Service', 'Contract Start', 'Contract End', 'SOC 2', 'Contact phone'],
  ];
  for (let i = 0; i < 60; i++) {
    const end = i % 5 === 0 ? '12/31/9999' : i % 5 === 1 ? 'open' : `${(i % 12) + 1}/${(i % 9) + 1}/2027`;
    const control = (['Yes', 'No', 'Unknown', 'N/A', 'Partial'] as const)[i % 5] as string;
    rows.push([
      `V-${i}`,
      companies[i] as string,
      'Consulting; strategy',
      `${(i % 12) + 1}/${(i % 11) + 1}/2023`,
      end,
      control,
      `+1 415 555 0${100 + i}`,
    ]);
  }
  rows.push(['', 'Total', '', '', '', '60', '']);
  return {
    title: 'a register with a title line, semicolons and M/D/YYYY',
    file: 'register 2025.csv',
    content: csv(rows, ';'),
    flags: ['--client', 'Northwind Bank', '--client-role', 'VENDOR', '--create-missing', '--date-order', 'month-first'],
    questions: ['CLIENT', 'DATE_ORDER'],
  };
}

/** 7,000 suppliers of a city in 6,500 names: all capitals, 500 in a second spelling, an id column, money. */
function city(): LookAlike {
  const nameOf = (i: number) => `${companies[i % 400]} ${Math.floor(i / 400) + 1}`.toUpperCase();
  const rows: string[][] = [['Supplier Number', 'SUPPLIER NAME', 'TOTAL PAYMENTS', 'TAX ID']];
  for (let i = 0; i < 7000; i++) {
    const owner = i < 6500 ? i : (i - 6500) * 13;
    const shown = i < 6500 ? nameOf(owner) : `${nameOf(owner)}, INC.`;
    rows.push([String(10_000 + i), shown, `$${(1000 + i).toLocaleString('en-US')}`, `${20 + (owner % 70)}-${1_000_000 + owner}`]);
  }
  return {
    title: "a city's 7,000 suppliers",
    file: 'city suppliers.csv',
    content: csv(rows),
    flags: ['--client', 'City of Example', '--create-missing'],
    questions: ['CLIENT'],
  };
}

/** No header at all: names, links, countries. */
function headerless(): LookAlike {
  const rows = companies
    .slice(0, 30)
    .map((name, i) => [name, `https://www.${name.toLowerCase().replace(' ', '')}.example`, i % 2 === 0 ? 'France' : 'DE']);
  return {
    title: 'a headerless list',
    file: 'subprocessors.csv',
    content: csv(rows),
    flags: ['--client', 'Acme AI', '--create-missing'],
    questions: ['CLIENT'],
  };
}

/** 26 columns with long free text, doubled and empty headers, empty rows and columns, notes below. */
function grc(): LookAlike {
  const header = [
    'Third Party',
    'Status',
    'Status',
    '',
    'Description of Services',
    'Business owner',
    'Risk tier',
    'Inherent risk',
    'Residual risk',
    'Review date',
    'Reviewer',
    'Region',
    'Data types',
  ];
  while (header.length < 26) header.push(header.length === 20 ? '' : `Question ${header.length - 12}`);
  const rows: string[][] = [header];
  for (let i = 0; i < 120; i++) {
    const row = header.map((_, column) => (column === 20 ? '' : `answer ${i}.${column}`));
    row[0] = companies[i] as string;
    row[1] = i % 3 === 0 ? 'Active' : i % 3 === 1 ? 'Offboarded' : 'Pending decision';
    row[4] = `Provides services, "as agreed",\nwith ${'long text '.repeat(60)}`;
    row[9] = `2024-0${(i % 9) + 1}-15`;
    rows.push(row);
    if (i % 40 === 39) rows.push(header.map(() => ''));
  }
  rows.push(['Generated by GRC Suite on 2025-01-31', ...new Array(25).fill('')]);
  return {
    title: 'a GRC export of 26 columns',
    file: 'export.csv',
    content: csv(rows),
    flags: ['--client', 'Acme AI', '--create-missing', '--map', 'Review date=attribute'],
    questions: ['CLIENT', 'DATE_MEANING'],
  };
}

/** German, semicolons, windows-1252, dates with points. */
function german(): LookAlike {
  const rows: string[][] = [['Auftragsverarbeiter', 'Zweck der Verarbeitung', 'Vertragsbeginn', 'Vertragsende', 'Land', 'IBAN']];
  for (let i = 0; i < 40; i++) {
    rows.push([
      `${companies[i]} GmbH`,
      'Gehaltsabrechnung für Beschäftigte',
      `0${(i % 9) + 1}.03.2022`,
      i % 2 === 0 ? 'unbefristet' : '31.12.2026',
      'Österreich',
      `DE8937040044053201${3000 + i}`,
    ]);
  }
  const content = Buffer.from(csv(rows, ';'), 'latin1');
  return {
    title: 'a German processing register in windows-1252',
    file: 'verzeichnis.csv',
    content,
    flags: ['--client', 'Beispiel AG', '--client-role', 'VENDOR', '--create-missing'],
    questions: ['CLIENT'],
  };
}

/** A row for each payment repeats the vendors. */
function spend(): LookAlike {
  const rows: string[][] = [['Payee', 'Invoice', 'Amount', 'Description']];
  for (let i = 0; i < 900; i++)
    rows.push([companies[i % 90] as string, `INV-${i}`, `$${(i * 37) % 9000}`, i % 2 === 0 ? 'Software' : 'Services']);
  return {
    title: 'a spend list',
    file: 'spend 2025-03-31.csv',
    content: csv(rows),
    flags: ['--client', 'Acme AI', '--create-missing'],
    questions: ['CLIENT'],
  };
}

/** Names with unquoted commas make some rows one cell too long. */
function unquoted(): LookAlike {
  const lines = ['Supplier,Country,Website,Contract end'];
  for (let i = 0; i < 50; i++)
    lines.push(`${companies[i]}${i % 5 === 0 ? ', Inc.' : ''},${i % 2 === 0 ? 'US' : 'Spain'},https://v${i}.example,2027-01-31`);
  return {
    title: 'rows one cell too long by an unquoted comma',
    file: 'suppliers.csv',
    content: `${lines.join('\n')}\n`,
    flags: ['--client', 'Acme AI', '--create-missing'],
    questions: ['CLIENT'],
  };
}

/** One cell holds several names, each on its own line or bullet. */
function nested(): LookAlike {
  const rows: string[][] = [['Sous-traitant', 'Finalité', 'Pays']];
  for (let i = 0; i < 20; i++)
    rows.push([[companies[i * 3], companies[i * 3 + 1], companies[i * 3 + 2]].map((name) => `• ${name}`).join('\n'), `Lot ${i}`, 'France']);
  return {
    title: 'nested cells',
    file: 'sous-traitants.csv',
    content: csv(rows),
    flags: ['--client', 'Acme AI', '--create-missing'],
    questions: ['CLIENT'],
  };
}

export const lookAlikes: readonly LookAlike[] = [
  pairs(),
  register(),
  city(),
  headerless(),
  grc(),
  german(),
  spend(),
  unquoted(),
  nested(),
  ...moreLookAlikes,
];

import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';

/** The expected figures of an import. */
export interface Figures {
  readonly rows: number;
  readonly organizations: number;
  readonly engagements: number;
  readonly controls: number;
  readonly repeated: number;
  readonly leftOut: number;
  /** Names that differ from an earlier one in spelling alone. */
  readonly respelled: number;
}

function rowsOf(content: string | Buffer, delimiter = ','): string[][] {
  const text = typeof content === 'string' ? content : content.toString('latin1');
  const rows = parse(text, { delimiter, relax_column_count: true, relax_quotes: true }) as string[][];
  return rows.filter((row) => row.some((cell) => cell.trim() !== ''));
}

/** Strips these files' decorations from a name by simple rules. */
function plainName(cell: string): string {
  return cell
    .replace(/, Inc\.\d.*$/, '')
    .replace(/\*$/, '')
    .replace(/ \(optional\)$/, '')
    .replace(/; PT\.$/, '')
    .replace(/, INC\.$/, '')
    .trim();
}

const none = { controls: 0, repeated: 0, leftOut: 0, respelled: 0 };

/**
 * How many texts remain if those are one that differ in case, spaces, dashes or these files' legal forms. Where a name occurs with two
 * legal forms, each of them stays apart.
 */
function countSpelled(names: Iterable<string>): number {
  const formOf = (name: string) => /\b(inc|llc|pt)\b/.exec(name.toLowerCase())?.[0] ?? '';
  const plain = (name: string) =>
    name
      .toLowerCase()
      .replace(/\b(inc|llc|pt)\b\.?/g, '')
      .replace(/[^a-z0-9]/g, '');
  const all = [...names];
  const formsOf = new Map<string, Set<string>>();
  for (const name of all) formsOf.set(plain(name), (formsOf.get(plain(name)) ?? new Set()).add(formOf(name)));
  const isMixed = (name: string) => [...(formsOf.get(plain(name)) ?? [])].filter((form) => form !== '').length > 1;
  return new Set(all.map((name) => (isMixed(name) ? `${plain(name)} ${formOf(name)}` : plain(name)))).size;
}

/** The sheets of a workbook made by `makeWorkbook`: rows of texts, by name. */
function sheetsOf(content: string | Buffer): Record<string, string[][]> {
  const parts = unzipSync(content as Buffer);
  const part = (name: string) => strFromU8(parts[name] as Uint8Array);
  const names = [...part('xl/workbook.xml').matchAll(/<sheet name="([^"]+)"/g)].map(([, name]) => name as string);
  return Object.fromEntries(
    names.map((name, at) => {
      const rows = [...part(`xl/worksheets/sheet${at + 1}.xml`).matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) =>
        [...(row as string).matchAll(/<c [^>]*>(.*?)<\/c>/gs)].map(([, cell]) => (cell as string).replace(/<[^>]+>/g, '')),
      );
      return [name, rows];
    }),
  );
}

/** Expected figures of each look-alike, read independently of the product with csv-parse and a few lines per file. */
export const separateReadings: Readonly<Record<string, (content: string | Buffer, others?: Readonly<Record<string, string>>) => Figures>> =
  {
    'ai-subprocessors.csv'(content) {
      const rows = rowsOf(content).slice(1);
      // An address is no part of a name, but the legal form before it is.
      const nameOf = (cell: string) => plainName(cell.replace(/(Inc\.)\d.*$/, '$1 '));
      const names = new Set(rows.flatMap(([client, provider]) => [client as string, nameOf(provider as string)]));
      const engagements = new Set(rows.map(([client, provider]) => `${client}|${plainName(provider as string)}`));
      const distinct = new Set(rows.map((row) => row.join('|')));
      const respelled = names.size - countSpelled(names);
      const organizations = names.size - respelled;
      return { ...none, rows: rows.length, organizations, engagements: engagements.size, repeated: rows.length - distinct.size, respelled };
    },
    'register 2025.csv'(content) {
      const rows = rowsOf(content, ';').slice(2);
      const vendors = rows.filter(([, name]) => name !== 'Total');
      const controls = vendors.filter((row) => row[5] === 'Yes').length;
      return {
        rows: rows.length,
        organizations: vendors.length + 1,
        engagements: vendors.length,
        controls,
        repeated: 0,
        leftOut: rows.length - vendors.length,
        respelled: 0,
      };
    },
    'city suppliers.csv'(content) {
      const rows = rowsOf(content).slice(1);
      // Each row has a supplier number of its own, so that no spelling joins two of them.
      return { ...none, rows: rows.length, organizations: rows.length + 1, engagements: rows.length };
    },
    'subprocessors.csv'(content) {
      const rows = rowsOf(content);
      return { ...none, rows: rows.length, organizations: rows.length + 1, engagements: rows.length };
    },
    'export.csv'(content) {
      const rows = rowsOf(content).slice(1);
      const vendors = rows.filter((row) => row[1] !== '');
      return {
        ...none,
        rows: rows.length,
        organizations: vendors.length + 1,
        engagements: vendors.length,
        leftOut: rows.length - vendors.length,
      };
    },
    'verzeichnis.csv'(content) {
      const rows = rowsOf(content, ';').slice(1);
      return { ...none, rows: rows.length, organizations: rows.length + 1, engagements: rows.length };
    },
    'spend 2025-03-31.csv'(content) {
      const rows = rowsOf(content).slice(1);
      const names = new Set(rows.map(([name]) => name));
      return { ...none, rows: rows.length, organizations: names.size + 1, engagements: names.size };
    },
    'suppliers.csv'(content) {
      const rows = rowsOf(content).slice(1);
      return { ...none, rows: rows.length, organizations: rows.length + 1, engagements: rows.length };
    },
    'sous-traitants.csv'(content) {
      const rows = rowsOf(content).slice(1);
      const names = new Set(rows.flatMap(([cell]) => (cell as string).split('\n').map((line) => line.slice(2))));
      return { ...none, rows: rows.length, organizations: names.size + 1, engagements: names.size };
    },
    'daftar vendor.csv'(content) {
      const names = rowsOf(content)
        .slice(1)
        .map(([name]) => name as string);
      const vendors = countSpelled(names);
      return {
        ...none,
        rows: names.length,
        organizations: vendors + 1,
        engagements: vendors,
        repeated: names.length - vendors,
        respelled: names.length - vendors,
      };
    },
    'security answers.csv'(content) {
      const rows = rowsOf(content).slice(1);
      const yes = rows.flatMap((row) => row.slice(2)).filter((cell) => /^(yes|true)$/i.test(cell)).length;
      return { ...none, rows: rows.length, organizations: rows.length + 1, engagements: rows.length, controls: yes };
    },
    'page.csv'(content) {
      const rows = rowsOf(content, '\t').slice(2);
      const vendors = rows.filter((row) => row[1] !== '');
      return {
        ...none,
        rows: rows.length,
        organizations: vendors.length + 1,
        engagements: vendors.length,
        leftOut: rows.length - vendors.length,
      };
    },
    'vvt.csv'(content) {
      const rows = rowsOf(content, ';').slice(2);
      const vendors = new Set(rows.map((row) => row[4] as string).filter((name) => name !== '-'));
      const controls = new Set(rows.filter((row) => row[4] !== '-' && row[5] === 'ja').map((row) => row[4]));
      return {
        ...none,
        rows: rows.length,
        organizations: vendors.size + 1,
        engagements: vendors.size,
        controls: controls.size,
        leftOut: rows.filter((row) => row[4] === '-').length,
      };
    },
    'third parties.xlsx'(content) {
      const { Entities = [], Solutions = [], Contracts = [] } = sheetsOf(content);
      const rows = Entities.length + Solutions.length + Contracts.length - 3;
      const products = new Set(Solutions.slice(1).map((row) => row[3]));
      return { ...none, rows, organizations: Entities.length - 1 + 1, engagements: Contracts.length - 1 + products.size };
    },
    'b_02.02.csv'(content, others = {}) {
      const contracts = rowsOf(content).slice(1);
      const links = rowsOf(others['b_05.02.csv'] as string).slice(1);
      const parties = rowsOf(others['b_05.01.csv'] as string).slice(1);
      const entities = rowsOf(others['b_01.02.csv'] as string).slice(1);
      const below = links.filter((row) => row[5] !== '');
      const pairs = new Set([...contracts.map((row) => `${row[1]} ${row[2]}`), ...below.map((row) => `${row[5]} ${row[2]}`)]);
      return {
        ...none,
        rows: contracts.length + links.length + parties.length + entities.length,
        organizations: parties.length + entities.length,
        engagements: pairs.size,
        leftOut: links.length - below.length,
      };
    },
    'register of information.xlsx'(content) {
      const sheets = sheetsOf(content);
      // The data follow a title, codes, names and types. A skipped cell is not in its row.
      const dataOf = (name: string) => (sheets[name] ?? []).slice(6);
      const [entities, contracts, parties, links] = ['b_01.02', 'b_02.02', 'b_05.01', 'b_05.02'].map(dataOf) as [
        string[][],
        string[][],
        string[][],
        string[][],
      ];
      return {
        ...none,
        rows: entities.length + contracts.length + parties.length + links.length + 4,
        organizations: entities.length + parties.length,
        engagements: contracts.length + links.length,
        // The types below each header are no data.
        leftOut: 4,
      };
    },
    'adjudicatarios.csv'(content) {
      const rows = rowsOf(content, ';').slice(1);
      const vendors = new Set(rows.map((row) => row[1]));
      return { ...none, rows: rows.length, organizations: vendors.size + 1, engagements: rows.length };
    },
  };

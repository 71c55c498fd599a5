import { parse } from 'csv-parse/sync';

/** The expected figures of an import. */
export interface Figures {
  readonly rows: number;
  readonly organizations: number;
  readonly engagements: number;
  readonly controls: number;
  readonly repeated: number;
  readonly leftOut: number;
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

const none = { controls: 0, repeated: 0, leftOut: 0 };

/** Expected figures of each look-alike, read independently of the product with csv-parse and a few lines per file. */
export const separateReadings: Readonly<Record<string, (content: string | Buffer) => Figures>> = {
  'ai-subprocessors.csv'(content) {
    const rows = rowsOf(content).slice(1);
    const names = new Set(rows.flatMap(([client, provider]) => [client as string, plainName(provider as string)]));
    const engagements = new Set(rows.map(([client, provider]) => `${client}|${plainName(provider as string)}`));
    const distinct = new Set(rows.map((row) => row.join('|')));
    return { ...none, rows: rows.length, organizations: names.size, engagements: engagements.size, repeated: rows.length - distinct.size };
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
    };
  },
  'city suppliers.csv'(content) {
    const rows = rowsOf(content).slice(1);
    const names = new Set(rows.map((row) => plainName(row[1] as string)));
    return { ...none, rows: rows.length, organizations: names.size + 1, engagements: names.size };
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
};

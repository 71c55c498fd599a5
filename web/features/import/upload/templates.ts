import { CANONICAL_FILES } from '../sentences.ts';

/** A list with its header and one example row. */
export interface Template {
  readonly name: string;
  readonly content: string;
  readonly rows: readonly string[];
}

const VENDOR_LIST: Template = {
  name: 'vendors.csv',
  content: 'Vendors of one client',
  rows: ['Vendor,Website,Country,Service,Start,End', 'Quillmark,quillmark.example,CA,Annotation,2026-03-01,'],
};

const PAIR_LIST: Template = {
  name: 'clients-and-vendors.csv',
  content: 'Clients and their vendors, in pairs',
  rows: ['Client,Vendor,Service', 'Aurelis Labs,Quillmark,Annotation'],
};

/** Templates by kind of list: two for lists of vendors, then the canonical files with their required columns. */
export const TEMPLATES: readonly Template[] = [
  VENDOR_LIST,
  PAIR_LIST,
  ...CANONICAL_FILES.map(({ name, noun, required }) => ({ name, content: noun, rows: [required.replaceAll(', ', ',')] })),
];

/** The template as a link that downloads it. */
export function templateHref({ rows }: Template): string {
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`${rows.join('\r\n')}\r\n`)}`;
}

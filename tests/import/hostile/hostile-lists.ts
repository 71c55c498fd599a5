/** A list as nobody wants to receive it, with the outcome that docs/import.md describes. */
export interface HostileList {
  readonly what: string;
  readonly text: string;
  /** The code of its rejections; null: it is taken. */
  readonly code: string | null;
  /** The organizations besides the client, if it is taken. */
  readonly organizations?: number;
}

const header = 'Vendor,Service,Country,Contract end';
const good = 'Zeta Cloud,Hosting,France,2027-01-31';
const list = (...rows: readonly string[]) => `${[header, ...rows].join('\n')}\n`;
const many = (count: number, row: (i: number) => string) => Array.from({ length: count }, (_, i) => row(i));

/** 40 hostile lists. Every one is a clear rejection or is taken; none is written in part. */
export const hostileLists: readonly HostileList[] = [
  { what: 'has nothing but blanks', text: ' \n\t\n  \n', code: 'EMPTY_FILE' },
  { what: 'has only commas', text: ',,,\n,,,\n', code: 'EMPTY_FILE' },
  { what: 'has only a header', text: list(), code: 'UNKNOWN_KIND' },
  { what: 'is a single word', text: 'vendors', code: 'UNKNOWN_KIND' },
  { what: 'is a poem', text: 'The rain in Spain\nstays mainly in the plain.\n', code: 'UNKNOWN_KIND' },
  { what: 'is JSON', text: '[{"vendor": "Zeta Cloud", "country": "FR"},\n {"vendor": "Omega", "country": "DE"}]\n', code: 'NOT_TEXT' },
  { what: 'is XML', text: '<?xml version="1.0"?>\n<vendors><vendor>Zeta</vendor></vendors>\n', code: 'NOT_TEXT' },
  {
    what: 'is a web page',
    text: '<!DOCTYPE html>\n<html><body><table><tr><td>Zeta</td></tr></table></body></html>\n',
    code: 'NOT_TEXT',
  },
  { what: 'lists people', text: 'First name,Last name,Birthday\nAnn,Lee,1990-01-02\nBob,Ray,1991-02-03\n', code: 'UNKNOWN_KIND' },
  { what: 'lists numbers', text: '1,2,3\n4,5,6\n7,8,9\n', code: 'UNKNOWN_KIND' },
  { what: 'never closes a quote', text: `${header}\n${good}\n"Omega,Support,Italy,\n`, code: 'UNCLOSED_QUOTE' },
  { what: 'goes on after a closing quote', text: list(good, '"Omega"x,Support,Italy,'), code: 'BAD_QUOTE' },
  { what: 'has nothing but a text behind two quotes', text: list(good, '"" Omega'), code: 'BAD_QUOTE' },
  { what: 'has a row that is far too long', text: list(good, 'Omega,1,2,3,4,5,6,7,8,9,10,11'), code: 'RAGGED_ROW' },
  { what: 'has more than 1,000 columns', text: `${header}${',x'.repeat(1000)}\n${good}\n`, code: 'TOO_MANY_COLUMNS' },
  { what: 'has a cell of 5 MB', text: list(good, `${'x'.repeat(5_000_000)},a,b,c`), code: 'CELL_TOO_LARGE' },
  { what: 'doubles its header', text: `Vendor,Vendor,Service,Service\nZeta Cloud,Zeta,Hosting,more\n`, code: null, organizations: 1 },
  { what: 'has no names of columns but one', text: `Vendor,,,\n${good}\n`, code: null, organizations: 1 },
  { what: 'repeats its header', text: list(good, header, good), code: null, organizations: 1 },
  { what: 'has 2,000 equal rows', text: list(...many(2000, () => good)), code: null, organizations: 1 },
  {
    what: 'has one constant id',
    text: `Vendor ID,Vendor\n${many(500, (i) => `1,Vendor ${i} Cloud`).join('\n')}\n`,
    code: null,
    organizations: 500,
  },
  {
    what: 'names __proto__ and constructor',
    text: list('__proto__,a,France,', 'constructor,b,France,', 'hasOwnProperty,c,,'),
    code: null,
    organizations: 3,
  },
  { what: 'has columns __proto__ and toString', text: `Vendor,__proto__,toString\nZeta Cloud,a,b\n`, code: null, organizations: 1 },
  {
    what: 'holds formulas',
    text: list('"=cmd|\' /C calc\'!A0",Hosting,France,', '@SUM(A1),Hosting,,', '+1+1,a,,'),
    code: null,
    organizations: 3,
  },
  {
    what: 'holds scripts',
    text: list('<script>alert(1)</script>,Hosting,France,', "Zeta'); DROP TABLE facts;--,Hosting,,"),
    code: null,
    organizations: 2,
  },
  {
    what: 'holds invisible characters',
    text: list('Zeta\u200b Cloud,Hosting,France,', 'Zeta Cloud\u2060,Hosting,France,'),
    code: null,
    organizations: 1,
  },
  { what: 'holds writing from right to left', text: list('\u202eZeta Cloud,Hosting,France,'), code: null, organizations: 1 },
  {
    what: 'has dates that no calendar has',
    text: list('Zeta Cloud,Hosting,France,2027-02-31', 'Omega,Hosting,,99/99/2024'),
    code: null,
    organizations: 2,
  },
  {
    what: 'has dates of other ages',
    text: list('Zeta Cloud,Hosting,France,0001-01-01', 'Omega,Hosting,,275760-09-13'),
    code: null,
    organizations: 2,
  },
  { what: 'names one organization as client and provider', text: 'Client,Provider\nZeta,Zeta\nOmega,Zeta\n', code: null, organizations: 2 },
  { what: 'names nobody', text: list('n/a,Hosting,France,', '-,Support,,', 'unknown,x,,'), code: 'UNKNOWN_KIND' },
  { what: 'is a circle of engagements', text: 'Client,Provider\nAlpha,Beta\nBeta,Gamma\nGamma,Alpha\n', code: null, organizations: 3 },
  { what: 'ends without a line end', text: `${header}\n${good}`, code: null, organizations: 1 },
  { what: 'ends inside a row', text: `${header}\n${good}\nOmega,Supp`, code: null, organizations: 2 },
  { what: 'has a total that looks like a vendor', text: list(good, 'Total,,,'), code: null, organizations: 1 },
  {
    what: 'has notes below',
    text: list(good, '"Generated by a GRC tool on 2025-01-31",,,', '"* reviewed every year",,,'),
    code: null,
    organizations: 1,
  },
  {
    what: 'has a long preamble',
    text: `${many(30, (i) => `Line ${i} of the cover`).join('\n')}\n${list(good)}`,
    code: null,
    organizations: 1,
  },
  {
    what: 'has empty rows and columns between',
    text: `Vendor,,Service\n,,\nZeta Cloud,,Hosting\n,,\n,,\nOmega,,Support\n`,
    code: null,
    organizations: 2,
  },
  { what: 'has names of 400 characters', text: list(`${'Zeta '.repeat(80)},Hosting,France,`), code: null, organizations: 1 },
  {
    what: 'has accents and other scripts',
    text: list('Zeta Clöud,Hosting,France,', 'Ünïcode Çorp,Hosting,,'),
    code: null,
    organizations: 2,
  },
  {
    what: 'has 300 names one letter apart',
    text: list(...many(300, (i) => `Zeta ${String.fromCharCode(97 + (i % 26))}${Math.floor(i / 26)}loud,Hosting,,`)),
    code: null,
    organizations: 300,
  },
];

/** Four ways to write a text: line ends and encodings. */
export const writings: readonly (readonly [name: string, write: (text: string) => Buffer])[] = [
  ['UTF-8 with line feeds', (text) => Buffer.from(text)],
  ['UTF-8 with a mark and CRLF', (text) => Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`)],
  ['UTF-16 with a mark', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-8 with carriage returns', (text) => Buffer.from(text.replaceAll('\n', '\r'))],
];

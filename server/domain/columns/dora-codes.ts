import type { Assertion, RecordedFact } from '../assertions.ts';
import { fieldIndex } from '../fact-rules.ts';
import type { Attribute } from '../facts.ts';
import { doraTemplates } from './dora-templates.ts';
import { toPlainHeader } from './plain-header.ts';

/** ISO 17442. */
const lei = /^[A-Z0-9]{18}\d{2}$/;
/** The country, the register, a point, and the number in it: Implementing Regulation (EU) 2021/1042, Annex, point 9. */
const euid = /^[A-Z]{2}[^\s.]*\.\S+$/;
const leiName = /(^| )(lei|legal entity identifier)( |$)/;
/** A header with one of these words holds the LEI of another organization. */
const otherName = /(^| )(parent|head office|branch|group)( |$)/;
const euidNames = ['euid', 'european unique identifier'];
const { c0010: providerCode, c0020: providerType } = doraTemplates['b_05.01'];
const codeNames = [doraTemplates['b_01.02'].c0010, providerCode, 'LEI', 'LEI code', 'Legal entity identifier'].map(toRegisterHeader);
const typeName = toRegisterHeader(providerType);
const referenceName = toRegisterHeader(doraTemplates['b_02.02'].c0010);
const organizationTexts = fieldIndex('ORGANIZATION', 'attributes');
const engagementTexts = fieldIndex('ENGAGEMENT', 'attributes');
const engagementClient = fieldIndex('ENGAGEMENT', 'client');

/**
 * The name of a column without what editions of the register write differently: "financial" before an entity, and the number of another
 * column at the end, as in "Currency of the amount reported in RT.02.01.0050".
 */
export function toRegisterHeader(header: string): string {
  return toPlainHeader(header)
    .replace(/ (?:referred )?in (?:rt|b) \d\d \d\d \d{4}$/, '')
    .replace(/ where applicable$/, '')
    .replaceAll('financial entity', 'entity');
}

/** The texts of an organization or engagement, by their name in a register (`toRegisterHeader`). */
export function textsOf({ kind, values }: Pick<Assertion, 'kind' | 'values'>): ReadonlyMap<string, string> {
  const texts = (values[kind === 'ORGANIZATION' ? organizationTexts : engagementTexts] ?? []) as readonly Attribute[];
  return new Map(texts.map(({ name, value }) => [toRegisterHeader(name), value]));
}

/** Whether a text of an organization is its code in a register: an LEI, or another identification code. */
export function isCodeName(header: string): boolean {
  return codeNames.includes(toRegisterHeader(header));
}

/** Whether a column holds the LEI of the organization of its row, and not that of its parent. */
export function isLeiName(header: string): boolean {
  const plain = toPlainHeader(header);
  return leiName.test(plain) && !otherName.test(plain);
}

/** The LEI that a cell holds; undefined: none, or a text of another form. */
export function leiOf(cell: string): string | undefined {
  const text = cell.replace(/\s/g, '').toUpperCase();
  return lei.test(text) ? text : undefined;
}

/** A code of an organization, and how B_05.01.0020 calls its kind. Null: not known. */
export interface RegisterCode {
  readonly code: string;
  readonly type: string | null;
}

/**
 * The codes of an organization in a register: its LEI, else the code of the register that stated one, else its EUID, else its id. Beside an
 * LEI, the EUID is the additional code.
 */
export function registerCodesOf(
  key: string,
  texts: ReadonlyMap<string, string>,
): RegisterCode & { readonly additional: RegisterCode | null } {
  const all = [...texts];
  const first = (isNamed: (name: string) => boolean, form?: RegExp) =>
    all.find(([name, value]) => isNamed(name) && (form?.test(value) ?? true))?.[1];
  const ownEuid = first((name) => euidNames.includes(name), euid);
  const other = ownEuid === undefined ? null : { code: ownEuid, type: 'EUID' };
  const ownLei = first((name) => codeNames.includes(name), lei) ?? first(isLeiName, lei) ?? (lei.test(key) ? key : undefined);
  if (ownLei !== undefined) return { code: ownLei, type: 'LEI', additional: other };
  const stated = first((name) => codeNames.includes(name));
  if (stated !== undefined) return { code: stated, type: stated === ownEuid ? 'EUID' : (texts.get(typeName) ?? null), additional: null };
  return other === null ? { code: key, type: null, additional: null } : { ...other, additional: null };
}

/** The name of an organization in Latin letters, as B_05.01.0060 wants it; null if it has others, which nobody transcribes. */
export function latinNameOf(name: string): string | null {
  return /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]+$/u.test(name) ? name : null;
}

/** Whether an engagement's id is its client's number of the contract, with the client in front: as imports write it. */
function ownNumberOf({ key, values }: Pick<RecordedFact, 'key' | 'values'>): string | undefined {
  const client = values[engagementClient] as string;
  return key.startsWith(`${client}: `) ? key.slice(client.length + 2) : undefined;
}

/** The reference number of a contract: that of its own text, else the client's number for it, else the id of the engagement. */
export function referenceOf(fact: Pick<RecordedFact, 'kind' | 'key' | 'values'>): string {
  return textsOf(fact).get(referenceName) ?? ownNumberOf(fact) ?? fact.key;
}

/** The contracts in whose chains a register lists an engagement; none: in all that lead to it. */
export function chainReferencesOf(texts: ReadonlyMap<string, string>): readonly string[] {
  return texts.get(referenceName)?.split('; ') ?? [];
}

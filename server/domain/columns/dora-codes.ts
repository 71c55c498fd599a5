import type { RecordedFact } from '../assertions.ts';
import { fieldIndex } from '../fact-rules.ts';
import type { Attribute } from '../facts.ts';
import { doraTemplates } from './dora-templates.ts';
import { toPlainHeader } from './plain-header.ts';

/** ISO 17442. */
const lei = /^[A-Z0-9]{18}\d{2}$/;
const codeNames = [doraTemplates['b_01.02'].c0010, doraTemplates['b_05.01'].c0010, 'LEI', 'LEI code', 'Legal entity identifier'].map(
  toPlainHeader,
);
const referenceName = toPlainHeader(doraTemplates['b_02.02'].c0010);
const organizationTexts = fieldIndex('ORGANIZATION', 'attributes');
const engagementTexts = fieldIndex('ENGAGEMENT', 'attributes');
const engagementClient = fieldIndex('ENGAGEMENT', 'client');

/** The texts of an organization or engagement, by plain header: those of a register have the names of its columns. */
export function textsOf({ kind, values }: Pick<RecordedFact, 'kind' | 'values'>): ReadonlyMap<string, string> {
  const texts = (values[kind === 'ORGANIZATION' ? organizationTexts : engagementTexts] ?? []) as readonly Attribute[];
  return new Map(texts.map(({ name, value }) => [toPlainHeader(name), value]));
}

/** Whether a text of an organization is its code in a register: an LEI, or another identification code. */
export function isCodeName(header: string): boolean {
  return codeNames.includes(toPlainHeader(header));
}

/** The code of an organization in a register: its LEI or another identification code where a text states one, else its id. */
export function registerCodeOf(key: string, texts: ReadonlyMap<string, string>): string {
  for (const [name, value] of texts) if (codeNames.includes(name)) return value;
  return key;
}

/** LEI if the code is one. Null: not known. */
export function typeOfCode(code: string): 'LEI' | null {
  return lei.test(code) ? 'LEI' : null;
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

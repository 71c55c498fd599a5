import type { FactKind } from '../../../domain/facts.ts';
import { pairKey, splitPairKey } from '../../../domain/facts.ts';

/** The arrow for a field that names another fact: from the fact (`out`), or towards it (`in`). */
export interface ReferenceShape {
  readonly type: string;
  readonly direction: 'in' | 'out';
}

/** The form of a kind of fact in the graph. */
export interface KindShape {
  /** The label of a node, or the type of a relationship. */
  readonly label: string;
  readonly is: 'node' | 'relationship';
  /** Name of the field -> its arrow. */
  readonly references: Readonly<Record<string, ReferenceShape>>;
}

const into = (type: string): ReferenceShape => ({ type, direction: 'in' });
const outTo = (type: string): ReferenceShape => ({ type, direction: 'out' });

/** Verbs read along the arrows: the client ENGAGES an engagement WITH its provider. */
export const graphShape: Readonly<Record<FactKind, KindShape>> = {
  ORGANIZATION: { label: 'Organization', is: 'node', references: {} },
  ARTIFACT: { label: 'Artifact', is: 'node', references: { owner: into('OWNS') } },
  ENGAGEMENT: { label: 'Engagement', is: 'node', references: { client: into('ENGAGES'), provider: outTo('WITH') } },
  TRANSFER: {
    label: 'Transfer',
    is: 'node',
    references: { artifact: outTo('OF'), sender: into('SENT'), recipient: outTo('TO'), engagement: outTo('UNDER') },
  },
  ACCESS: { label: 'Access', is: 'node', references: { grantee: into('HAS'), grantor: outTo('INTO') } },
  /** The relationship connects its two artifacts. */
  REVEALS: { label: 'REVEALS', is: 'relationship', references: {} },
  CONTROL: { label: 'Control', is: 'node', references: { organization: into('SHOWS'), issuer: outTo('ISSUED_BY') } },
  SOFTWARE_LIST: { label: 'SoftwareList', is: 'node', references: { organization: outTo('LISTS') } },
  ADVISORY: { label: 'Advisory', is: 'node', references: {} },
  AVAILABILITY: { label: 'Availability', is: 'node', references: {} },
  SOFTWARE_STATEMENT: { label: 'SoftwareStatement', is: 'node', references: { organization: into('STATES') } },
};

const isPair: ReadonlySet<FactKind> = new Set<FactKind>(['REVEALS', 'CONTROL']);

/**
 * The key of a fact in the database: an id, or two ids joined by NUL, which no id contains. Graph keys in code point order are
 * in the order of both ids.
 */
export function toGraphKey(kind: FactKind, key: string): string {
  return isPair.has(kind) ? splitPairKey(key).join('\0') : key;
}

export function fromGraphKey(kind: FactKind, graphKey: string): string {
  return isPair.has(kind) ? pairKey(...splitGraphKey(graphKey)) : graphKey;
}

export function splitGraphKey(graphKey: string): [first: string, second: string] {
  const end = graphKey.indexOf('\0');
  return [graphKey.slice(0, end), graphKey.slice(end + 1)];
}

import { type OptionalText, optionalTexts } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { Projection } from '../../../projection/projection.ts';

/** The columns of each kind in a projection. */
const columnsOf = {
  ORGANIZATION: 'organizations',
  ARTIFACT: 'artifacts',
  ENGAGEMENT: 'engagements',
  TRANSFER: 'transfers',
  ACCESS: 'access',
  REVEALS: 'reveals',
} as const satisfies Partial<Record<FactKind, keyof Projection>>;

type TextResolver = (fact: { readonly projection: Projection; readonly index: number }) => string | null;

/** The resolvers of a kind's optional texts. The projection has a column for each (fact-fields.ts). */
export function resolveOptionalTexts<K extends keyof typeof columnsOf>(kind: K): Record<OptionalText<K>, TextResolver> {
  const resolvers = optionalTexts(kind).map((name): [string, TextResolver] => [
    name,
    ({ projection, index }) => {
      const columns = projection[columnsOf[kind]] as unknown as Record<string, { get(index: number): string | null }>;
      return (columns[name] as { get(index: number): string | null }).get(index);
    },
  ]);
  return Object.fromEntries(resolvers) as Record<OptionalText<K>, TextResolver>;
}

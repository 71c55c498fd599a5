import { ExposureError } from '../../domain/errors.ts';
import { organizationRoles } from '../../domain/facts.ts';
import { toPlainName } from '../../domain/names/plain-name.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import { readMissing } from '../resolved-ids.ts';
import { askSearch } from './ask-search.ts';

/** The kinds of record that a person may name in place of giving an id. */
export type NamedKind = 'organization' | 'artifact';

const mostCandidates = 5;

/**
 * The id of the organization or artifact that a text names: its id, or its name or alias in any spelling that differs in case, accents or
 * legal form alone. A guess would be a wrong answer, so a text that several records answer to names none.
 *
 * Throws NOT_FOUND, with the candidates.
 */
export async function getNamed(asker: Asker, kind: NamedKind, text: string): Promise<string> {
  const projection = await asker.facts();
  const { organizations, artifacts } = projection;
  if ((kind === 'organization' ? organizations : artifacts).id.find(text) >= 0) return text;
  if (kind === 'organization' && (await readMissing(asker.questions.store, projection, [text])).has(text)) return text;
  const plain = toPlainName(text);
  const found: number[] = [];
  if (kind === 'artifact') {
    for (let i = 0; i < artifacts.count; i++) if (toPlainName(artifacts.name.get(i)) === plain) found.push(i);
  } else
    for (let i = 0; i < organizations.count; i++)
      if ([organizations.name.get(i), ...organizations.aliases.get(i)].some((name) => toPlainName(name) === plain)) found.push(i);
  const shown = JSON.stringify(text.slice(0, 80));
  if (found.length === 1) return (kind === 'organization' ? organizations : artifacts).id.get(found[0] as number);
  if (found.length > 1)
    throw new ExposureError(
      'NOT_FOUND',
      `${found.length} ${kind}s are called ${shown}: ${listCandidates(projection, kind, found)}. Give an id.`,
    );
  const near = await findNear(asker, kind, text);
  const hint = near.length === 0 ? `\`exposure search\` finds others.` : `Did you mean ${listCandidates(projection, kind, near)}?`;
  throw new ExposureError('NOT_FOUND', `There is no ${kind} ${shown}. ${hint}`);
}

async function findNear(asker: Asker, kind: NamedKind, text: string): Promise<number[]> {
  if (text.length < 1 || text.length > 200) return [];
  const { hits } = await askSearch(asker, text, kind === 'artifact' ? ['ARTIFACT'] : organizationRoles, 50);
  return hits.filter((hit) => hit.kind === kind).map(({ index }) => index);
}

function listCandidates({ organizations, artifacts }: Projection, kind: NamedKind, found: readonly number[]): string {
  const table = kind === 'organization' ? organizations : artifacts;
  const shown = found.slice(0, mostCandidates).map((i) => `${table.id.get(i)} (${table.name.get(i)})`);
  return found.length > mostCandidates ? `${shown.join(', ')} and ${found.length - mostCandidates} more` : shown.join(' or ');
}

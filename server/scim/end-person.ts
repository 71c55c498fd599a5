import type { Tokens } from '../auth/tokens.ts';
import type { ListedPerson } from '../domain/records/listed-person.ts';
import { isSameName, namesOf } from '../domain/records/listed-person.ts';
import type { Questions } from '../questions/questions.ts';
import { endWatchesOf } from '../watches/watch-engine.ts';

/**
 * Ends what a person left here: its tokens are revoked and its watches end. Its sessions end with their next request, because the directory no longer
 * confirms them. Ending twice is harmless, so a provider that got no answer may ask again.
 */
export async function endPerson({ store, clock }: Pick<Questions, 'store' | 'clock'>, tokens: Tokens, person: ListedPerson): Promise<void> {
  const names = namesOf(person);
  const isOfPerson = (name: string | null) => name !== null && names.some((one) => isSameName(one, name));
  for (const { name, owner, revokedAt } of await tokens.list())
    if (revokedAt === null && (isOfPerson(name) || isOfPerson(owner))) await tokens.revoke(name, clock());
  await endWatchesOf({ store, clock }, isOfPerson, `${person.userName} may no longer use this server.`);
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openStore } from '../../server/store/open-store.ts';
import { Serving } from '../graphql/serving.ts';
import { edit, lab, say, vendor } from '../store/assertions-for-tests.ts';

const ranking = 'query($hops: Int) { ranking(first: 1, options: { maxHops: $hops, transferLikelihood: 0.5 }) { totalCount } }';
const serving = new Serving();
const count = 300;

/** Every organization has access to every other, so a ranking takes far longer than the time limit. */
beforeAll(async () => {
  const ids = Array.from({ length: count }, (_, i) => `o${i}`);
  const store = await openStore(serving.environment().EXPOSURE_STORE as string);
  const access = ids.flatMap((grantee) =>
    ids.filter((grantor) => grantor !== grantee).map((grantor) => say('ACCESS', { id: `${grantee}-${grantor}`, grantee, grantor })),
  );
  await store.commit(edit([lab('lab'), ...ids.map((id) => vendor(id)), ...access]));
  await store.close();
  await serving.start({ environment: { EXPOSURE_QUERY_TIMEOUT_MS: '100' } });
});
afterAll(() => serving.stopAndDelete());

describe('a slow question', () => {
  it('[G100] ends with QUERY_TIMEOUT, while the server answers other questions', async () => {
    const [late, ...others] = await Promise.all([
      serving.ask(ranking, { hops: 10 }),
      ...Array.from({ length: 20 }, () => serving.get('{ revision counts { organizations } }')),
    ]);
    expect(late.errors?.map((error) => error.extensions.code)).toEqual(['QUERY_TIMEOUT']);
    for (const other of others) expect(other).toEqual({ revision: 1, counts: { organizations: count + 1 } });
  });

  it('[G100] stops when its client leaves, and the server keeps serving', async () => {
    const leaving = new AbortController();
    const asked = fetch(`${serving.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: ranking, variables: { hops: 9 } }),
      signal: leaving.signal,
    });
    setTimeout(() => leaving.abort(), 30);
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    expect((await serving.get('{ counts { access } }')).counts.access).toBe(count * (count - 1));
  });
});

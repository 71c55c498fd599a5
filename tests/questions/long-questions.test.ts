import { openStore } from '../../server/store/open/open-store.ts';
import { Serving } from '../graphql/serving.ts';
import { edit, lab, say, vendor } from '../store/assertions-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const ranking = 'query($hops: Int) { ranking(first: 1, options: { maxHops: $hops, transferLikelihood: 0.5 }) { totalCount } }';
const serving = new Serving();
const count = 500;

/** Every organization has access to every other, so a ranking takes far longer than the time limit. */
beforeAll(async () => {
  const ids = Array.from({ length: count }, (_, i) => `o${i}`);
  const store = await openStore(serving.environment().EXPOSURE_STORE as string);
  const access = ids.flatMap((grantee) =>
    ids.filter((grantor) => grantor !== grantee).map((grantor) => say('ACCESS', { id: `${grantee}-${grantor}`, grantee, grantor })),
  );
  await store.commit(edit([lab('lab'), ...ids.map((id) => vendor(id)), ...access]));
  await store.close();
  await serving.start({ environment: { EXPOSURE_QUERY_TIMEOUT_MS: '200' } });
});
afterAll(() => serving.stopAndDelete());

describe('a slow question', () => {
  it('[G100] [G315] ends with QUERY_TIMEOUT and says how to wait longer, while the server answers other questions', async () => {
    for (;;) {
      const [late, ...others] = await Promise.all([
        serving.ask(ranking, { hops: 10 }),
        ...Array.from({ length: 20 }, () => serving.ask('{ revision counts { organizations } }')),
      ]);
      expect(late.errors?.map((error) => error.extensions.code)).toEqual(['QUERY_TIMEOUT']);
      // On a busy machine the time can be over before a question has begun. Then the message cannot name the progress of the ranking.
      const hasBegun = late.errors?.[0]?.message.includes('select progress { done total } of this list') === true;
      if (!hasBegun || others.some(({ errors }) => errors?.[0]?.extensions.code === 'QUERY_TIMEOUT')) continue;
      for (const other of others) expect(other).toEqual({ data: { revision: 1, counts: { organizations: count + 1 } } });
      return;
    }
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

  it('[G252] answers with its progress if the client asks for that, goes on between the requests, and has all rows in the end', async () => {
    const long =
      'query($after: String) { ranking(first: 2, after: $after, options: { maxHops: 8, transferLikelihood: 0.5 }) { totalCount edges { node { position } } pageInfo { endCursor } progress { done total } } }';
    const seen: { done: number; total: number | null }[] = [];
    for (;;) {
      const { data, errors } = await serving.ask(long);
      // On a busy machine a request can end before the question made progress. The question goes on.
      if (errors !== undefined) {
        expect(errors.map((error) => error.extensions.code)).toEqual(['QUERY_TIMEOUT']);
        continue;
      }
      const answer = data.ranking;
      if (answer.progress === null) {
        expect(answer).toMatchObject({ totalCount: count + 1, edges: [{ node: { position: 1 } }, { node: { position: 1 } }] });
        // A later page is of the same instant, so it needs no new work.
        const { ranking: next } = await serving.get(long, { after: answer.pageInfo.endCursor });
        expect(next).toMatchObject({ totalCount: count + 1, progress: null });
        break;
      }
      expect(answer).toMatchObject({ totalCount: 0, edges: [] });
      seen.push(answer.progress);
    }
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).toSorted((a, b) => a - b));
    for (const { total } of seen.slice(1)) expect([null, count + 1]).toContain(total);
  });
});

import { ask, type OwnServer, pause } from './own-server.ts';
import { milliseconds, type Report, summarizeTimes } from './report.ts';

const put = 'mutation($input: PutFactsInput!) { putFacts(input: $input) { revision userErrors { message } } }';
const find = 'query($id: ID!) { transfer(id: $id) { portion } }';
const edits = 20;

/**
 * One client writes a fact, and then another asks for it. Its answer waits for the renewed projection. Meanwhile a third client asks
 * `/healthz` again and again: its longest wait is the longest step on the event loop, and what the machine adds.
 */
export async function benchEdits(server: OwnServer, report: Report): Promise<void> {
  const ends = { artifact: 'art-000000', sender: 'org-000000', recipient: 'org-000001' };
  for (const [what, idOf] of [
    ['a new transfer in a series', (i: number) => `edited-${i}`],
    ['a transfer that exists', () => 'edited-0'],
    // Each id sorts behind another transfer of the world. The first one spaces all records.
    ['a new transfer at a place of its own', (i: number) => `t-${String(i * 997).padStart(8, '0')}-edited`],
  ] as const) {
    const written: number[] = [];
    const answered: number[] = [];
    const waits: number[] = [];
    let isOver = false;
    const probe = (async () => {
      while (!isOver) {
        const begin = performance.now();
        await (await fetch(`${server.url}/healthz`)).text();
        waits.push(performance.now() - begin);
        await pause(1);
      }
    })();
    for (let i = 0; i < edits; i++) {
      const id = idOf(i);
      const portion = (i + 1) / edits;
      const begin = performance.now();
      await ask(server.url, put, { input: { transfers: [{ id, ...ends, portion }] } });
      written.push(performance.now() - begin);
      const { transfer } = await ask<{ transfer: { portion: number } | null }>(server.url, find, { id });
      answered.push(performance.now() - begin);
      if (transfer?.portion !== portion) throw new Error(`The answer after edit ${i} lacks it.`);
    }
    isOver = true;
    await probe;
    const [write, answer, wait] = [written, answered, waits].map(summarizeTimes) as [Summary, Summary, Summary];
    report.line(
      `an edit over HTTP, ${what}: written after ${milliseconds(write.median)}, in the next answer of another client after ` +
        `${milliseconds(answer.median)} (p95 ${milliseconds(answer.p95)}); /healthz meanwhile ${milliseconds(wait.max)} at most`,
    );
  }
}

type Summary = ReturnType<typeof summarizeTimes>;

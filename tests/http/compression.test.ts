import { request } from 'node:http';
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync } from 'node:zlib';
import { getIntrospectionQuery } from 'graphql';
import { Serving } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const serving = new Serving();
beforeAll(() => serving.start());
afterAll(() => serving.stopAndDelete());

/** The bytes as they are sent: fetch would unpack them. */
function ask(encoding: string): Promise<{ readonly encoding: string | undefined; readonly bytes: Buffer }> {
  const headers = { 'content-type': 'application/json', 'accept-encoding': encoding };
  return new Promise((resolve, reject) => {
    const asking = request(`${serving.url}/graphql`, { method: 'POST', headers }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () => resolve({ encoding: answer.headers['content-encoding'], bytes: Buffer.concat(pieces) }));
    });
    asking.on('error', reject);
    asking.end(JSON.stringify({ query: getIntrospectionQuery() }));
  });
}

describe('[G367] an answer', () => {
  it('is compressed as its client asks, and not for a client that does not ask', async () => {
    const plain = await ask('identity');
    expect(plain.encoding).toBeUndefined();
    const gzip = await ask('gzip');
    expect([gzip.encoding, gunzipSync(gzip.bytes).equals(plain.bytes)]).toEqual(['gzip', true]);
    const brotli = await ask('gzip, br');
    expect([brotli.encoding, brotliDecompressSync(brotli.bytes).equals(plain.bytes)]).toEqual(['br', true]);
  });

  it('is compressed by Brotli at the quality that costs least, which makes it larger than the usual one', async () => {
    const { bytes: plain } = await ask('identity');
    const usual = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
    expect((await ask('br')).bytes.length).toBeGreaterThan(usual.length);
  });
});

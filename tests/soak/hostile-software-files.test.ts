import { gzipSync } from 'node:zlib';
import { readSoftware } from '../../server/software/read/read-software.ts';
import { cycloneDx, cycloneDxXml, malware, now, spdx, spdx3, zip } from '../software/read/files-for-tests.ts';
import { seed } from '../support/seed.ts';
import { describe, expect, it } from '../support/test.ts';
import { counting, limitMs, randomFrom, rounds } from './scale.ts';

const mb = 1024 ** 2;
const isSoak = process.env.SOAK_SCALE !== undefined;
/** Memory that a file may take beside its own bytes. `npm test` runs this in a process of other tests, whose garbage may be collected meanwhile or later. */
const mostMb = process.env.SOAK_SCALE === undefined ? 1024 : 512;
/** Of processor time, whatever else the machine does. */
const mostMs = 15_000;

const yaml = 'id: PYSEC-2026-2\nmodified: 2026-03-01T00:00:00Z\naffected:\n- package: {ecosystem: PyPI, name: a}\n  versions: ["1", "2"]\n';
const openVex = { '@context': 'https://openvex.dev/ns/v0.2.0', statements: [{ vulnerability: { name: 'CVE-1' }, status: 'fixed' }] };
const csaf = {
  document: { csaf_version: '2.0', category: 'csaf_vex', publisher: { category: 'vendor', name: 'V' }, tracking: { id: 'T' } },
  product_tree: { full_product_names: [{ product_id: 'P', product_identification_helper: { purl: 'pkg:npm/a@1' } }] },
  vulnerabilities: [{ cve: 'CVE-1', product_status: { known_affected: ['P'] } }],
};
const packument = { name: 'a', versions: { '1.0.0': {} }, time: { '1.0.0': '2026-03-24T08:30:00Z' } };
const values = [cycloneDx, spdx, spdx3, malware, [malware, malware], openVex, csaf, packument];
const samples = [
  ...values.map((value) => Buffer.from(JSON.stringify(value))),
  Buffer.from(cycloneDxXml),
  Buffer.from(yaml),
  Buffer.from(`${JSON.stringify(malware)}\n${JSON.stringify(malware)}\n`),
];
const packed = [
  zip({ 'a.json': cycloneDx, 'b/c.xml': cycloneDxXml }),
  gzipSync(JSON.stringify(spdx)),
  zip({ 'a.json.gz': gzipSync(JSON.stringify(malware)) }),
];

const odd = [
  '',
  '0',
  'null',
  '{}',
  '[]',
  '[[[[',
  '"',
  '\\',
  '\u0000',
  '\ud800',
  '&a;',
  '<!DOCTYPE a [<!ENTITY a "b">]>',
  '<![CDATA[',
  '- - - ',
  '*a',
  '&a',
  'pkg:',
  '1e999',
  '%',
  '--- ',
  '\n',
  ',',
  '}',
  ']',
];
const oddValues: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  'pkg:npm/%',
  'x'.repeat(2000),
  [],
  {},
  [[[]]],
  [null],
  { a: { b: [] } },
  '9999-12-31T23:59:59Z',
];

/** Changes bytes: cuts, repeats, swaps, and puts odd pieces in. */
function mutateBytes(bytes: Buffer, random: () => number): Buffer {
  let changed = Buffer.from(bytes);
  for (let left = 1 + Math.floor(random() * 4); left > 0; left--) {
    const at = Math.floor(random() * (changed.length + 1));
    const length = Math.floor(random() * 60);
    const kind = Math.floor(random() * 5);
    const piece = Buffer.from(odd[Math.floor(random() * odd.length)] as string);
    if (kind === 0) changed = Buffer.concat([changed.subarray(0, at), changed.subarray(at + length)]);
    else if (kind === 1) changed = Buffer.concat([changed.subarray(0, at), piece, changed.subarray(at)]);
    else if (kind === 2) changed = Buffer.concat([changed.subarray(0, at + length), changed.subarray(at)]);
    else if (kind === 3 && at < changed.length) changed[at] = Math.floor(random() * 256);
    else changed = changed.subarray(0, at);
  }
  return changed;
}

/** Changes values, so that the JSON stays valid. */
function mutateValue(value: unknown, random: () => number): unknown {
  const copy = structuredClone(value);
  for (let left = 1 + Math.floor(random() * 4); left > 0; left--) {
    let parent = copy as Record<string, unknown>;
    for (let depth = Math.floor(random() * 6); depth >= 0; depth--) {
      const keys = Object.keys(parent);
      const key = keys[Math.floor(random() * keys.length)];
      if (key === undefined) break;
      const child = parent[key];
      if (depth === 0 || typeof child !== 'object' || child === null) {
        parent[key] = random() < 0.3 && typeof child === 'object' ? copy : oddValues[Math.floor(random() * oddValues.length)];
        break;
      }
      parent = child as Record<string, unknown>;
    }
    try {
      JSON.stringify(copy);
    } catch {
      return mutateValue(value, random);
    }
  }
  return copy;
}

/** Reads, and says what came of it. Anything but a reading or a refusal with a code and a way out is thrown. */
function outcomeOf(bytes: Buffer): string {
  try {
    const { lists, records, documents, releases, warnings } = readSoftware(bytes, 'file', now);
    expect(warnings.every(({ message }) => message.length > 0)).toBe(true);
    return lists.length + records.length + documents.length + releases.length > 0 ? 'READ' : 'EMPTY';
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (!/^(BAD_USER_INPUT|LIMIT_EXCEEDED|PAYLOAD_TOO_LARGE)$/.test(code ?? '') || !/^file[^ ]* .*\. .*\.$/s.test(message)) throw error;
    return code as string;
  }
}

describe('hostile software lists and advisories', () => {
  it(
    '[F957] are read or refused, whatever their bytes and values, in JSON, XML, YAML and archives',
    () => {
      const total = rounds(100_000);
      const count = counting('files', total);
      const random = randomFrom(seed);
      const outcomes = new Map<string, number>();
      for (let round = 0; round < total; round++) {
        const kind = random();
        const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)] as T;
        let bytes: Buffer;
        if (kind < 0.4) bytes = Buffer.from(JSON.stringify(mutateValue(pick(values), random)));
        else if (kind < 0.8) bytes = mutateBytes(pick(samples), random);
        else if (kind < 0.9) bytes = mutateBytes(pick(packed), random);
        else bytes = zip({ 'a.json': mutateBytes(pick(samples), random), 'b.json': pick(samples) });
        try {
          const outcome = outcomeOf(bytes);
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        } catch (error) {
          throw new Error(`seed ${seed}, round ${round}: ${bytes.toString('base64')}`, { cause: error });
        }
        count();
      }
      expect(outcomes.get('READ')).toBeGreaterThan(total / 4);
      expect(outcomes.get('BAD_USER_INPUT')).toBeGreaterThan(total / 20);
    },
    limitMs,
  );

  it(
    '[F957] take bounded memory and time at the limits of a file',
    () => {
      const bom = (text: string) => Buffer.from(`{"bomFormat":"CycloneDX","specVersion":"1.5","components":[${text}]}`);
      const fill = (piece: string, bytes: number) => piece.repeat(Math.floor(bytes / piece.length));
      const most = (isSoak ? 64 : 6) * mb - 200;
      /** One at a time: together they would be a gigabyte. */
      const hostile: readonly (readonly [string, () => Buffer])[] = [
        ['brackets', () => Buffer.from(fill('[', most))],
        ['empty objects', () => bom(`${fill('{},', most)}{}`)],
        ['empty arrays', () => Buffer.from(`[${fill('[],', most)}[]]`)],
        ['zeros', () => Buffer.from(`[${fill('0,', most)}0]`)],
        ['backslashes', () => Buffer.from(`["${fill('\\', most)}`)],
        ['quotes', () => Buffer.from(`[${fill('"",', most)}""]`)],
        ['keys', () => Buffer.from(`{${Array.from({ length: 2_000_000 }, (_, index) => `"${index}":0`).join()}}`)],
        ['lines', () => Buffer.from(fill('{}\n', most))],
        ['elements', () => Buffer.from(`<bom xmlns="http://cyclonedx.org/schema/bom/1.5">${fill('<a/>', most)}</bom>`)],
        ['open elements', () => Buffer.from(fill('<a>', most))],
        ['open components', () => Buffer.from(`<bom xmlns="http://cyclonedx.org/schema/bom/1.5">${fill('<a>', most)}`)],
        ['a long text', () => Buffer.from(`<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components>${fill('x', most)}`)],
        ['an attribute', () => Buffer.from(`<bom a="${fill('x', most)}`)],
        ['yaml items', () => Buffer.from(`id: X\n${fill('- ', 4 * mb - 100)}`)],
        ['yaml aliases', () => Buffer.from(`id: &a [x,x,x]\naffected: &b [*a,*a,*a]\nx: [${fill('*b,', mb)}*b]\n`)],
        ['bad purls', () => bom(Array.from({ length: 200_000 }, (_, index) => `{"name":"${index}","purl":"x"}`).join())],
        ['a bomb', () => gzipSync(Buffer.alloc(64 * mb, ' '))],
      ];
      for (const [what, make] of hostile) {
        const bytes = make();
        globalThis.gc?.();
        const before = process.memoryUsage.rss();
        const startedAt = process.cpuUsage();
        const outcome = outcomeOf(bytes);
        const { user, system } = process.cpuUsage(startedAt);
        const ms = (user + system) / 1000;
        const grownMb = (process.memoryUsage.rss() - before) / mb;
        if (isSoak) process.stderr.write(`${what}: ${outcome}, ${Math.round(ms)} ms, ${Math.round(grownMb)} MB\n`);
        expect([what, outcome, ms < mostMs, grownMb < mostMb]).toEqual([what, outcome, true, true]);
      }
    },
    limitMs,
  );
});

import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEntriesBackward, verifyTrail } from '../../server/audit/audit-files.ts';
import { AuditTrail } from '../../server/audit/audit-trail.ts';
import { randomFrom, rounds } from '../soak/scale.ts';
import { seed } from '../support/seed.ts';
import { afterAll, describe, expect, it } from '../support/test.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-audit-'));
const key = 'a key of this test';
let count = 0;
const newPaths = () => ({ trail: join(folder, `${++count}.jsonl`), head: join(folder, `${count}.head`) });
const entry = (i: number) => ({ at: i, by: `person ${i % 3}`, from: '127.0.0.1', action: 'putFacts', subject: `“${i}”\n`, outcome: 'ok' });

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function write(paths: ReturnType<typeof newPaths>, entries: number): Promise<void> {
  const trail = new AuditTrail({ paths, key });
  for (let i = 0; i < entries; i++) trail.record(entry(i));
  await trail.flush();
}

describe('the audit trail', () => {
  it('[V1] holds every entry in order, from several processes at once, also after a crash in the middle of a line', async () => {
    const paths = newPaths();
    await Promise.all([write(paths, 40), write(paths, 40)]);
    appendFileSync(paths.trail, '{"seq":81,"at":');
    expect(await verifyTrail(paths, key)).toEqual([]);
    await write(paths, 20);
    expect(await verifyTrail(paths, key)).toEqual([]);
    const entries = [...readEntriesBackward(paths.trail)];
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_, i) => 100 - i));
    expect(entries[0]).toMatchObject(entry(19));
  });

  it('[S274] goes on after the longest entries, and after a long one that a crash cut short', async () => {
    const paths = newPaths();
    const long = '\u0001'.repeat(500);
    const trail = new AuditTrail({ paths, key });
    for (const at of [1, 2, 3]) {
      trail.record({ at, by: long, from: long, action: long, subject: long, outcome: long });
      await trail.flush();
    }
    expect(readFileSync(paths.trail).length).toBeGreaterThan(3 * 10_000);
    appendFileSync(paths.trail, `{"seq":4,"at":4,"by":"${'x'.repeat(9000)}`);
    await write(paths, 2);
    expect(await verifyTrail(paths, key)).toEqual([]);
    expect([...readEntriesBackward(paths.trail)].map(({ seq }) => seq)).toEqual([5, 4, 3, 2, 1]);
  });

  it('[V442] is written without secrets, wherever an entry holds one, and is sound', async () => {
    const paths = newPaths();
    const secret = 'Zx9_hidden-value.0123456789';
    const trail = new AuditTrail({ paths, key });
    const texts = [`finding a?token=${secret}`, `exposure_0123456789abcdef_${secret}`, `${'x'.repeat(490)}password=${secret}`];
    for (const text of texts) trail.record({ at: 1, by: text, from: text, action: text, subject: text, outcome: text });
    await trail.flush();
    expect(readFileSync(paths.trail, 'utf8')).not.toContain('Zx9_hidden');
    expect([...readEntriesBackward(paths.trail)].at(-1)).toMatchObject({ subject: 'finding a?token=[redacted]' });
    expect(await verifyTrail(paths, key)).toEqual([]);
  });

  it('[V1] is read from its end in pieces', async () => {
    const paths = newPaths();
    await write(paths, 2000);
    expect([...readEntriesBackward(paths.trail)].map(({ at }) => at)).toEqual(Array.from({ length: 2000 }, (_, i) => 1999 - i));
  });

  it(`[V2] shows every edit, cut, insertion and change of order (seed ${seed})`, async () => {
    const paths = newPaths();
    await write(paths, 30);
    const whole = readFileSync(paths.trail);
    const lines = whole.toString().split('\n').slice(0, -1);
    const random = randomFrom(seed);
    const pick = (below: number) => Math.floor(random() * below);
    for (let round = 0; round < rounds(10_000); round++) {
      const changed = [...lines];
      const at = pick(lines.length);
      let bytes: Buffer | string;
      switch (round % 6) {
        case 0:
          bytes = Buffer.from(whole);
          bytes.writeUInt8(bytes.readUInt8(at * 40) ^ (1 << pick(8)), at * 40);
          break;
        case 1:
          changed.splice(at, 1 + pick(5));
          bytes = `${changed.join('\n')}\n`;
          break;
        case 2: {
          const other = (at + 1 + pick(lines.length - 1)) % lines.length;
          [changed[at], changed[other]] = [changed[other] as string, changed[at] as string];
          bytes = `${changed.join('\n')}\n`;
          break;
        }
        case 3:
          changed.splice(at, 0, lines[pick(lines.length)] as string);
          bytes = `${changed.join('\n')}\n`;
          break;
        case 4:
          bytes = whole.subarray(0, pick(whole.length - 1));
          break;
        default:
          changed[at] = (changed[at] as string).replace(/person \d/, 'person 9');
          bytes = `${changed.join('\n')}\n`;
      }
      writeFileSync(paths.trail, bytes);
      expect({ round, isFound: (await verifyTrail(paths, key)).length > 0 }).toEqual({ round, isFound: true });
    }
  });

  it('[V2] cannot be written anew without the key', async () => {
    const paths = newPaths();
    await write(paths, 5);
    const head = readFileSync(paths.head);
    writeFileSync(paths.trail, '');
    const forger = new AuditTrail({ paths, key: 'another key' });
    for (let i = 0; i < 5; i++) forger.record(entry(i));
    await forger.flush();
    expect((await verifyTrail(paths, key)).length).toBeGreaterThan(0);
    writeFileSync(paths.head, head);
    expect((await verifyTrail(paths, key)).length).toBeGreaterThan(0);
  });

  it('[V560] shows a cut at the end also after further entries, and goes on after a head that a crash left behind', async () => {
    const paths = newPaths();
    await write(paths, 5);
    const [whole, early] = [readFileSync(paths.trail, 'utf8'), readFileSync(paths.head)];
    const last = whole.trimEnd().lastIndexOf('\n') + 1;
    for (const further of [1, 3]) {
      writeFileSync(paths.trail, whole.slice(0, last));
      await write(paths, further);
      expect(await verifyTrail(paths, key)).toEqual(['Entry 5 is not the one that the head names.']);
    }
    writeFileSync(paths.trail, '');
    await write(paths, 2);
    expect(await verifyTrail(paths, key)).toEqual(['The trail ends after entry 2, and the head names entry 5: the end was cut off.']);

    writeFileSync(paths.trail, whole);
    await write(paths, 2);
    writeFileSync(paths.head, early);
    await write(paths, 1);
    expect(await verifyTrail(paths, key)).toEqual([]);
    expect(JSON.parse(readFileSync(paths.head, 'utf8'))).toMatchObject({ seq: 8 });
  });

  it('[V3] reports entries that cannot be written, and goes on', async () => {
    const blocked = join(folder, 'a-file');
    writeFileSync(blocked, '');
    const errors: unknown[] = [];
    const paths = { trail: join(blocked, 'x', 'audit.jsonl'), head: join(folder, 'x.head') };
    const trail = new AuditTrail({ paths, key, onError: (error) => errors.push(error) });
    trail.record(entry(1));
    await trail.flush();
    expect(errors).toHaveLength(1);
  });
});

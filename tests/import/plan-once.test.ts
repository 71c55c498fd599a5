import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitImport } from '../../server/import/commit-import.ts';
import type { RejectPolicy } from '../../server/import/import-view.ts';
import type { ReadImport } from '../../server/import/read-import.ts';
import { readImport } from '../../server/import/read-import.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { afterAll, describe, expect, it } from '../support/test.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-plan-once-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const organizations = 'id,name,roles\nlab,Lab,LAB\nvendor,Vendor,VENDOR\n';
const transfers = 'id,artifact,sender,recipient\nt-1,nothing,lab,vendor\n';
const incidents = 'id,name,origins\ni-1,Known,vendor\ni-2,Unknown,nobody\n';

function read(texts: Readonly<Record<string, string>>): Promise<ReadImport> {
  const files = Object.entries(texts).map(([name, text]) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return { name, path };
  });
  return readImport(files, { assertedAt: 1, source: null });
}

let stores = 0;

/** Commits into an empty store. @returns how often the commit planned */
async function commit(texts: Readonly<Record<string, string>>, policy: RejectPolicy) {
  const store = await openStore(`sqlite:${join(folder, `${++stores}.db`)}`);
  let plans = 0;
  const counting = new Proxy(store, {
    get(target, name) {
      if (name === 'preview' || name === 'commit') plans++;
      const member = Reflect.get(target, name) as unknown;
      return typeof member === 'function' ? member.bind(target) : member;
    },
  }) as FactStore;
  try {
    const order = { id: 'import', by: 'somebody', at: 2, createdAt: 1, source: null, assertedAt: null };
    const { isWritten, report } = await commitImport(counting, await read(texts), order, policy);
    return { isWritten, created: report.created, rejected: report.rejected, plans };
  } finally {
    await store.close();
  }
}

const known = incidents.split('\n').slice(0, 2).join('\n');

describe('[F37] an import with incidents', () => {
  it('that is valid is planned once, under either policy', async () => {
    const files = { 'organizations.csv': organizations, 'incidents.csv': known };
    const written = { isWritten: true, created: 3, rejected: 0, plans: 1 };
    expect(await commit(files, 'ALL_OR_NOTHING')).toEqual(written);
    expect(await commit(files, 'SKIP_REJECTED')).toEqual(written);
  });

  it('that names an unknown organization is planned once, under either policy', async () => {
    const files = { 'organizations.csv': organizations, 'incidents.csv': incidents };
    expect(await commit(files, 'ALL_OR_NOTHING')).toMatchObject({ isWritten: false, rejected: 1, plans: 1 });
    expect(await commit(files, 'SKIP_REJECTED')).toEqual({ isWritten: true, created: 3, rejected: 1, plans: 1 });
  });

  it('with a row that the store refuses is planned again only to skip that row', async () => {
    const files = { 'organizations.csv': organizations, 'transfers.csv': transfers, 'incidents.csv': known };
    expect(await commit(files, 'ALL_OR_NOTHING')).toMatchObject({ isWritten: false, rejected: 1, plans: 1 });
    expect(await commit(files, 'SKIP_REJECTED')).toEqual({ isWritten: true, created: 3, rejected: 1, plans: 2 });
  });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tokens } from '../../server/auth/tokens.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-tokens-'));
const now = 1_000_000;
const viewer = { name: 'dashboard', role: 'VIEWER', canExport: false, labs: null, expiresAt: null } as const;
let store: FactStore;
let tokens: Tokens;

beforeAll(async () => {
  store = await openStore(`sqlite:${join(folder, 'facts.db')}`);
  tokens = new Tokens(store);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a token', () => {
  it('[U1] identifies its sender, and a changed or shortened text does not', async () => {
    const text = await tokens.create(viewer, now);
    expect(await tokens.identify(text, now)).toEqual({ name: 'dashboard', role: 'VIEWER', canExport: false, labs: null });
    for (let i = 0; i < text.length; i++) {
      const other = text[i] === 'a' ? 'b' : 'a';
      const changed = text.slice(0, i) + other + text.slice(i + 1);
      // The last character of the secret has two unused bits. The text is compared, not the bits.
      expect(await tokens.identify(changed, now)).toBeUndefined();
    }
    for (const wrong of ['', 'exposure_', text.slice(0, -1), `${text}x`, `${text} `, text.toUpperCase()]) {
      expect(await tokens.identify(wrong, now)).toBeUndefined();
    }
  });

  it('[U1] is stored as a hash only', async () => {
    const text = await tokens.create({ ...viewer, name: 'hashed' }, now);
    const secret = text.slice(-43);
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name)).includes(secret)).toBe(false);
    expect(JSON.stringify(await tokens.list())).not.toContain('hash"');
  });

  it('[U2] is refused after its expiry and after its revocation', async () => {
    const expiring = await tokens.create({ ...viewer, name: 'expiring', expiresAt: now + 10 }, now);
    expect(await tokens.identify(expiring, now + 9)).toBeDefined();
    expect(await tokens.identify(expiring, now + 10)).toBeUndefined();
    const revoked = await tokens.create({ ...viewer, name: 'revoked' }, now);
    expect(await tokens.revoke('revoked', now)).toBe(true);
    expect(await tokens.identify(revoked, now)).toBeUndefined();
    expect(await tokens.revoke('revoked', now)).toBe(false);
    await expect(tokens.revoke('nobody', now)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('[U1] may be bound to labs, and then only reads', async () => {
    const text = await tokens.create({ ...viewer, name: 'of vega', labs: ['vega', 'lyra'] }, now);
    expect(await tokens.identify(text, now)).toMatchObject({ role: 'VIEWER', labs: ['vega', 'lyra'] });
    for (const wrong of [{ labs: [] }, { labs: ['vega'], role: 'ANALYST' } as const]) {
      await expect(tokens.create({ ...viewer, name: 'wrong', ...wrong }, now)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    }
  });

  it('[U2] reserves its name forever, so that every record has one author', async () => {
    await tokens.create({ ...viewer, name: 'ada' }, now);
    await tokens.revoke('ada', now);
    await expect(tokens.create({ ...viewer, name: 'ada' }, now)).rejects.toMatchObject({ code: 'CONFLICT' });
    for (const name of ['', ' ada', 'local', 'a\u0000b', 'x'.repeat(101)]) {
      await expect(tokens.create({ ...viewer, name }, now)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    }
    await expect(tokens.create({ ...viewer, name: 'late', expiresAt: now }, now)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

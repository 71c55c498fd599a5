import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identifyPerson, readGroupRights } from '../../server/auth/open-id.ts';
import { Seal } from '../../server/auth/sessions.ts';
import { readConfig } from '../../server/configuration/config.ts';
import { afterAll, describe, expect, it } from '../support/test.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-groups-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(content: unknown): string {
  const path = join(folder, 'groups.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('the groups of a provider', () => {
  it('[S131] add up: the strongest role, any export, and labs only if each group has some', () => {
    const rights = readGroupRights(
      fileOf({
        groups: {
          readers: { role: 'viewer' },
          writers: { role: 'analyst' },
          'lab a': { role: 'viewer', labs: ['a', 'b'] },
          'lab b': { role: 'viewer', labs: ['b', 'c'], export: true },
        },
      }),
    );
    const of = (...groups: string[]) => identifyPerson('ada', groups, rights);
    expect(of('readers', 'writers')).toEqual({ name: 'ada', role: 'ANALYST', canExport: false, labs: null });
    expect(of('lab b', 'lab a')).toEqual({ name: 'ada', role: 'VIEWER', canExport: true, labs: ['a', 'b', 'c'] });
    expect(of('lab b', 'readers')).toEqual({ name: 'ada', role: 'VIEWER', canExport: true, labs: null });
    expect([of(), of('others'), of('constructor')]).toEqual([undefined, undefined, undefined]);
  });

  it('[S131] in a wrong file stop the start, and the sentence names the place', () => {
    const refusalOf = (content: unknown) => {
      try {
        readGroupRights(fileOf(content));
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    expect(refusalOf('{')).toContain('not JSON');
    expect(refusalOf({ groups: { a: { role: 'owner' } } })).toContain('groups.a.role');
    expect(refusalOf({ groups: { a: { role: 'admin', labs: ['x'] } } })).toContain('its role must be viewer');
    expect(refusalOf({ groups: { a: { role: 'viewer', labs: [] } } })).toContain('groups.a.labs');
    expect(() => readGroupRights(join(folder, 'missing.json'))).toThrow(/cannot be read \(ENOENT\)/);
  });

  it('[S136] need all variables of the provider, and authentication', () => {
    const all = {
      EXPOSURE_OIDC_ISSUER: 'https://login.example.org',
      EXPOSURE_OIDC_CLIENT_ID: 'exposure',
      EXPOSURE_OIDC_GROUPS: 'groups.json',
      EXPOSURE_PUBLIC_URL: 'https://exposure.example.org',
    };
    expect(readConfig({}, all)).toMatchObject({ isAuthRequired: true, openId: { clientId: 'exposure', clientSecret: null } });
    for (const name of Object.keys(all)) expect(() => readConfig({}, { ...all, [name]: '' })).toThrow(new RegExp(`^${name} is not set`));
    expect(() => readConfig({}, { ...all, EXPOSURE_AUTH: 'none' })).toThrow(/expected required/);
    expect(() => readConfig({}, { ...all, EXPOSURE_OIDC_ISSUER: 'http://login.example.org' })).toThrow(/https address/);
    expect(() => readConfig({}, { EXPOSURE_SESSION_SECRET: 'short' })).toThrow(/EXPOSURE_SESSION_SECRET is wrong/);
  });

  it('[S135] a seal opens with its secret and purpose alone, and shows every change', () => {
    const sealed = new Seal('a secret', 'session').close('text');
    expect(new Seal('a secret', 'session').open(sealed)).toBe('text');
    for (const other of [new Seal('another', 'session'), new Seal('a secret', 'log-in')]) expect(other.open(sealed)).toBeUndefined();
    for (let i = 0; i < sealed.length - 1; i++) {
      const changed = sealed.slice(0, i) + (sealed[i] === 'A' ? 'B' : 'A') + sealed.slice(i + 1);
      expect(new Seal('a secret', 'session').open(changed)).toBeUndefined();
    }
    expect(new Seal('a secret', 'session').open('')).toBeUndefined();
  });
});

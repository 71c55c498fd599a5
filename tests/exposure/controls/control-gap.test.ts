import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPolicy } from '../../../server/configuration/read-policy.ts';
import { AccessLevels } from '../../../server/exposure/controls/access-levels.ts';
import { findControlGap } from '../../../server/exposure/controls/control-gap.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { defaultPolicy, requiredAt } from '../../../server/rules/required-controls.ts';
import { afterAll, describe, expect, it } from '../../support/test.ts';
import { toRecordedFacts, world } from '../../support/worlds/world.ts';

const projection = buildProjection(
  toRecordedFacts(
    world()
      .lab('lab', 'other')
      .vendor('vendor', 'tool', 'viewer')
      .artifact('plan', 'lab', { sensitivity: 5 })
      .artifact('guide', 'lab', { sensitivity: 3 })
      .artifact('suite', 'other', { sensitivity: 2 })
      .transfer('t1', 'guide', 'lab', 'vendor', { sentAt: 10, deletionState: 'VERIFIED', deletedAt: 50 })
      .transfer('t2', 'plan', 'lab', 'viewer', { sentAt: 10, form: 'VIEW_ONLY' })
      .transfer('t3', 'suite', 'other', 'lab', { sentAt: 10 })
      .access('a1', 'tool', 'vendor', { validUntil: 40 })
      .access('a2', 'tool', 'lab', { validFrom: 40 })
      .access('a3', 'lab', 'vendor')
      .control('vendor', 'MFA', { evidenceType: 'CERTIFICATE', issuedAt: 20 })
      .control('vendor', 'ENCRYPTION_IN_TRANSIT', { evidenceType: 'SELF_ATTESTED' })
      .control('vendor', 'ENCRYPTION_AT_REST', { evidenceType: 'TESTED', expiresAt: 30, issuer: 'tool' })
      .control('vendor', 'ACCESS_REVIEW', { evidenceType: 'QUESTIONNAIRE', issuer: 'tool' })
      .build(),
  ),
  1,
);

function gap(organization: string, instant: number, withoutIssuers: readonly string[] = []) {
  const indexOf = (id: string) => projection.organizations.id.find(id);
  const question = { policy: defaultPolicy, instant, withoutIssuers: new Set(withoutIssuers.map(indexOf)) };
  return findControlGap(projection, new AccessLevels(projection, instant), question, indexOf(organization));
}

describe('what an organization has access to', () => {
  it.each([
    ['vendor', 20, 3, 'vendor holds a readable copy of guide (sensitivity 3; copy t1).'],
    ['vendor', 50, 0, 'vendor has access to nothing.'],
    ['viewer', 20, 0, 'viewer has access to nothing.'],
    [
      'tool',
      20,
      3,
      'tool can act inside the systems of vendor (access a1), which holds a readable copy of guide (sensitivity 3; copy t1).',
    ],
    ['tool', 40, 5, 'tool can act inside the systems of lab (access a2), which owns plan (sensitivity 5).'],
    ['lab', 20, 2, 'lab holds a readable copy of suite (sensitivity 2; copy t3).'],
    ['other', 20, 0, 'other has access to nothing.'],
  ])('[P66] %s at %d: sensitivity %d', (organization, instant, sensitivity, because) => {
    expect(gap(organization, instant)).toMatchObject({ highestSensitivity: sensitivity, because });
  });
});

describe('a control gap', () => {
  const reasons = (instant: number, without: readonly string[] = []) =>
    gap('vendor', instant, without).missing.map(({ control, reason, leastEvidence }) => `${control} ${reason} ${leastEvidence}`);

  it('[P66] has the first reason that fits, and the least evidence of the highest row for all', () => {
    expect(reasons(25)).toEqual(['ENCRYPTION_IN_TRANSIT TOO_WEAK QUESTIONNAIRE', 'BREACH_NOTICE NO_EVIDENCE QUESTIONNAIRE']);
    // Not issued yet. At its end it is expired.
    expect(reasons(15)[0]).toBe('MFA EXPIRED QUESTIONNAIRE');
    expect(reasons(30)).toContain('ENCRYPTION_AT_REST EXPIRED QUESTIONNAIRE');
    expect(reasons(30, ['tool'])).toEqual([
      'ENCRYPTION_IN_TRANSIT TOO_WEAK QUESTIONNAIRE',
      'ENCRYPTION_AT_REST ISSUER_DISCOUNTED QUESTIONNAIRE',
      'ACCESS_REVIEW ISSUER_DISCOUNTED QUESTIONNAIRE',
      'BREACH_NOTICE NO_EVIDENCE QUESTIONNAIRE',
    ]);
    expect(gap('vendor', 25).met).toEqual(['MFA', 'ENCRYPTION_AT_REST', 'ACCESS_REVIEW']);
    expect(gap('viewer', 25)).toMatchObject({ required: [], met: [], missing: [] });
  });
});

describe('the policy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-policy-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (text: string) => {
    const path = join(folder, 'policy.json');
    writeFileSync(path, text);
    return path;
  };

  it('[P67] requires nothing below its first row, and all of its rows at the highest', () => {
    expect(requiredAt(defaultPolicy, 1)).toEqual({ controls: [], leastEvidence: 'SELF_ATTESTED' });
    expect(requiredAt(defaultPolicy, 5)).toMatchObject({ leastEvidence: 'AUDIT_REPORT' });
    expect(requiredAt(defaultPolicy, 5).controls).toHaveLength(11);
  });

  it('[P67] is what its file says', () => {
    const rows = [{ fromSensitivity: 1, controls: ['MFA'], leastEvidence: 'TESTED' }];
    expect(readPolicy(file(JSON.stringify(rows)))).toEqual(rows);
    expect(readPolicy(null)).toBe(defaultPolicy);
  });

  it.each([
    ['{', 'the file is not JSON'],
    ['[]', 'the file'],
    ['[{"fromSensitivity":6,"controls":["A"],"leastEvidence":"TESTED"}]', '0.fromSensitivity'],
    ['[{"fromSensitivity":1,"controls":[],"leastEvidence":"TESTED"}]', '0.controls'],
    ['[{"fromSensitivity":1,"controls":["A"],"leastEvidence":"HEARSAY"}]', '0.leastEvidence'],
    ['[{"fromSensitivity":1,"controls":["A"],"leastEvidence":"TESTED","more":1}]', 'more'],
    [
      '[{"fromSensitivity":2,"controls":["A"],"leastEvidence":"TESTED"},{"fromSensitivity":2,"controls":["B"],"leastEvidence":"TESTED"}]',
      '1.fromSensitivity: is 2, which is not above 2 in the row before',
    ],
    ['[{"fromSensitivity":2,"controls":["A","A"],"leastEvidence":"TESTED"}]', '0.controls.1: repeats the control A'],
  ])('[P67] the file %s stops the start with a sentence', (text, place) => {
    expect(() => readPolicy(file(text))).toThrow(place);
    expect(() => readPolicy(file(text))).toThrow(/^EXPOSURE_POLICY is ".*"; .*expected a JSON file/);
  });

  it('[P67] a file that cannot be read stops the start', () => {
    expect(() => readPolicy(join(folder, 'none.json'))).toThrow('the file cannot be read (ENOENT)');
  });
});

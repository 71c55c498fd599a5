import {
  beyondWords,
  countStates,
  evidenceLine,
  gapStates,
  metWords,
  recordedBeyond,
  requiredControls,
  unmetWords,
  validityLine,
} from '../../web/shared/controls/control-states.ts';
import type { ControlEvidenceFragment, ControlStatesFragment } from '../../web/shared/generated/operations.ts';
import { describe, expect, it } from '../support/test.ts';

const gap: ControlStatesFragment = {
  highestSensitivity: 4,
  because: 'It holds a readable copy.',
  required: ['MFA', 'ENCRYPTION_IN_TRANSIT', 'ENCRYPTION_AT_REST', 'ACCESS_REVIEW', 'BREACH_NOTICE'],
  met: ['MFA', 'ACCESS_REVIEW'],
  missing: [
    { control: 'ENCRYPTION_IN_TRANSIT', leastEvidence: 'CERTIFICATE', reason: 'TOO_WEAK' },
    { control: 'ENCRYPTION_AT_REST', leastEvidence: 'CERTIFICATE', reason: 'EXPIRED' },
    { control: 'BREACH_NOTICE', leastEvidence: 'CERTIFICATE', reason: 'NO_EVIDENCE' },
  ],
};

type Evidence = ControlEvidenceFragment['edges'][number]['node'];

function evidence(control: string, more: Partial<Evidence> = {}): { node: Evidence } {
  const provenance = { file: null, line: null, assertedBy: 'somebody', source: null, import: null };
  return { node: { control, evidenceType: 'CERTIFICATE', issuedAt: null, expiresAt: null, issuer: null, provenance, ...more } };
}

const issuer = { id: 'northgate', name: 'Northgate' };
const recorded: ControlEvidenceFragment = {
  totalCount: 6,
  edges: [
    evidence('ACCESS_REVIEW', { issuer, expiresAt: '2099-03-15T00:00:00Z' }),
    evidence('BACKGROUND_CHECKS'),
    evidence('ENCRYPTION_AT_REST', { expiresAt: '2026-07-01T00:00:00Z' }),
    evidence('ENCRYPTION_IN_TRANSIT', { evidenceType: 'QUESTIONNAIRE' }),
    evidence('KEY_ROTATION'),
    evidence('MFA'),
  ],
};

const statesOf = (withoutIssuers: readonly string[] = []) =>
  requiredControls(gap, recorded, withoutIssuers).map(({ control, state }) => [control, state]);

describe('[W641] controls in one definition', () => {
  it('each required control is missing, expired, too weak or met; what is recorded beyond is in no figure', () => {
    expect(statesOf()).toEqual([
      ['BREACH_NOTICE', 'MISSING'],
      ['ENCRYPTION_AT_REST', 'EXPIRED'],
      ['ENCRYPTION_IN_TRANSIT', 'TOO_WEAK'],
      ['MFA', 'MET'],
      ['ACCESS_REVIEW', 'MET'],
    ]);
    const counts = countStates(gapStates(gap));
    expect(counts).toEqual({ MISSING: 1, EXPIRED: 1, TOO_WEAK: 1, MET: 2 });
    expect([metWords(counts), unmetWords(counts)]).toEqual(['2 of 5 met', '1 too weak, 1 expired, 1 missing']);
    const beyond = recordedBeyond(gap, recorded);
    expect(beyond.map(({ control }) => control)).toEqual(['BACKGROUND_CHECKS', 'KEY_ROTATION']);
    expect(beyondWords(beyond)).toBe('background checks and key rotation');
  });

  it('evidence of an issuer that does not count is too weak', () => {
    expect(statesOf(['northgate'])).toEqual([
      ['BREACH_NOTICE', 'MISSING'],
      ['ENCRYPTION_AT_REST', 'EXPIRED'],
      ['ENCRYPTION_IN_TRANSIT', 'TOO_WEAK'],
      ['ACCESS_REVIEW', 'TOO_WEAK'],
      ['MFA', 'MET'],
    ]);
    const discounted = requiredControls(gap, recorded, ['northgate']).find(({ control }) => control === 'ACCESS_REVIEW');
    expect(discounted && evidenceLine(discounted)).toBe('certificate, Northgate; its issuer does not count');
  });

  it('says what each needs, and shows no date that is not recorded', () => {
    const lines = requiredControls(gap, recorded).map((row) => [evidenceLine(row), validityLine(row.evidence, row.state)]);
    expect(lines).toEqual([
      ['needs a certificate or better', 'nothing recorded'],
      ['certificate', 'expired Jun 30, 2026'],
      ['questionnaire; needs a certificate or better', 'no end recorded'],
      ['certificate', 'no end recorded'],
      ['certificate, Northgate', 'until Mar 14, 2099'],
    ]);
  });
});

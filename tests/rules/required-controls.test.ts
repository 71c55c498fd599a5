import { evidenceTypes } from '../../server/domain/facts.ts';
import type { Evidence, MissingControlReason } from '../../server/rules/required-controls.ts';
import { defaultPolicy, findMissingReason, isInDate, requiredAt } from '../../server/rules/required-controls.ts';
import { describe, expect, it } from '../support/test.ts';

const unknown = Number.NaN;
const instant = 10;

describe('[R13] the controls that the default policy requires for a sensitivity (semantics §9)', () => {
  const two = ['MFA', 'ENCRYPTION_IN_TRANSIT'];
  const three = [...two, 'ENCRYPTION_AT_REST', 'ACCESS_REVIEW', 'BREACH_NOTICE'];
  const four = [...three, 'ACCESS_LOGGING', 'SUBCONTRACTOR_REGISTER', 'DELETION_EVIDENCE'];
  const five = [...four, 'LEAST_PRIVILEGE', 'ISOLATED_WORKSPACE', 'INDEPENDENT_AUDIT'];

  it.each([
    [0, [], 'SELF_ATTESTED'],
    [1, [], 'SELF_ATTESTED'],
    [2, two, 'SELF_ATTESTED'],
    [3, three, 'QUESTIONNAIRE'],
    [4, four, 'CERTIFICATE'],
    [5, five, 'AUDIT_REPORT'],
  ])('sensitivity %i: %j, at least %s', (sensitivity, controls, leastEvidence) => {
    expect(requiredAt(defaultPolicy, sensitivity)).toEqual({ controls, leastEvidence });
  });
});

describe('[R14] a control is missing for the first reason that fits', () => {
  const certificate: Evidence = {
    evidenceType: evidenceTypes.indexOf('CERTIFICATE'),
    issuedAt: 5,
    expiresAt: 15,
    isDiscounted: false,
  };

  it.each<{ change: Partial<Evidence>; reason: MissingControlReason | undefined }>`
    change                                               | reason
    ${{}}                                                | ${undefined}
    ${{ isDiscounted: true, expiresAt: 1 }}              | ${'ISSUER_DISCOUNTED'}
    ${{ expiresAt: 10, evidenceType: 0 }}                | ${'EXPIRED'}
    ${{ issuedAt: 11 }}                                  | ${'EXPIRED'}
    ${{ evidenceType: 1 }}                               | ${'TOO_WEAK'}
    ${{ evidenceType: evidenceTypes.indexOf('TESTED') }} | ${undefined}
  `('$change: $reason', ({ change, reason }) => {
    expect(findMissingReason({ ...certificate, ...change }, 'CERTIFICATE', instant)).toBe(reason);
  });

  it('without evidence, the reason is NO_EVIDENCE', () => {
    expect(findMissingReason(undefined, 'SELF_ATTESTED', instant)).toBe('NO_EVIDENCE');
  });

  it('unknown dates never make evidence stale', () => {
    expect(isInDate(unknown, unknown, instant)).toBe(true);
    expect(isInDate(10, 11, instant)).toBe(true);
    expect(isInDate(unknown, 10, instant)).toBe(false);
  });
});

import type { FactValue } from '../../server/domain/assertions.ts';
import { factFields } from '../../server/domain/fact-fields.ts';
import type { RuleContext } from '../../server/domain/fact-rules.ts';
import { findFactFaults } from '../../server/domain/fact-rules.ts';
import type { FactKind } from '../../server/domain/facts.ts';
import { parseInstant } from '../../server/domain/instants.ts';
import { describe, expect, it } from '../support/test.ts';

const context: RuleContext = {
  exists: (_kind, key) => key !== 'nobody',
  findFragmentCount: (artifact) => (artifact === 'cut' ? 2 : null),
  isLab: (organization) => organization === 'lab',
};

const complete: Record<FactKind, Record<string, FactValue>> = {
  ORGANIZATION: { id: 'o', name: 'O' },
  ARTIFACT: { id: 'a', name: 'A', type: 'OTHER', owner: 'lab', sensitivity: 3 },
  ENGAGEMENT: { id: 'e', client: 'lab', provider: 'o' },
  TRANSFER: { id: 'T-17', artifact: 'a', sender: 'lab', recipient: 'o' },
  ACCESS: { id: 'x', grantee: 'o', grantor: 'lab' },
  REVEALS: { artifact: 'a', reveals: 'b', degree: 0.5 },
  CONTROL: { organization: 'o', control: 'MFA', evidenceType: 'TESTED' },
  SOFTWARE_LIST: { id: 'o/1', organization: 'o', components: '{"count":0,"columns":{}}' },
  ADVISORY: { id: 'MAL-1', kind: 'MALWARE' },
  AVAILABILITY: { id: 'MAL-1/blog', advisory: 'MAL-1', claimant: 'blog' },
  SOFTWARE_STATEMENT: { id: 'o/MAL-1/blog', organization: 'o', advisory: 'MAL-1', claimant: 'blog', state: 'FIXED' },
};

function faults(kind: FactKind, changes: Record<string, FactValue>) {
  const stated = { ...complete[kind], ...changes };
  return findFactFaults(
    kind,
    factFields[kind].map((spec) => stated[spec.name] ?? spec.default ?? null),
    context,
  );
}

const sentAt = parseInstant('2024-05-02') as number;
const early = parseInstant('2023-01-01', { isEnd: true }) as number;

describe('the rules of facts', () => {
  it.each(Object.keys(complete) as FactKind[])('[S4] a complete %s breaks none', (kind) => {
    expect(faults(kind, {})).toEqual([]);
  });

  it.each<[FactKind, Record<string, FactValue>, string, string | null]>([
    ['ORGANIZATION', { name: null }, 'MISSING_VALUE', 'name'],
    ['ORGANIZATION', { id: '' }, 'BAD_VALUE', 'id'],
    ['ORGANIZATION', { id: 'x'.repeat(10_000) }, 'BAD_VALUE', 'id'],
    ['ORGANIZATION', { id: 'a\0b' }, 'BAD_VALUE', 'id'],
    ['ORGANIZATION', { id: '\ud800' }, 'BAD_VALUE', 'id'],
    ['ORGANIZATION', { name: 'n'.repeat(501) }, 'BAD_VALUE', 'name'],
    ['ORGANIZATION', { roles: ['KING'] }, 'BAD_VALUE', 'roles'],
    ['ARTIFACT', { type: 'BOOK' }, 'BAD_VALUE', 'type'],
    ['ARTIFACT', { sensitivity: 6 }, 'BAD_VALUE', 'sensitivity'],
    ['ARTIFACT', { sensitivity: 2.5 }, 'BAD_VALUE', 'sensitivity'],
    ['ARTIFACT', { valueLowUsd: 0 }, 'BAD_VALUE', 'valueLowUsd'],
    ['ARTIFACT', { valueLowUsd: 2, valueHighUsd: 1 }, 'VALUE_RANGE', 'valueLowUsd'],
    ['ARTIFACT', { valueLowUsd: 1, valueHighUsd: 10_001 }, 'VALUE_RANGE', 'valueHighUsd'],
    ['ARTIFACT', { owner: 'nobody' }, 'UNKNOWN_REFERENCE', 'owner'],
    ['ARTIFACT', { owner: 'o' }, 'OWNER_IS_NOT_A_LAB', 'owner'],
    ['ENGAGEMENT', { provider: 'lab' }, 'SAME_ENDS', 'provider'],
    ['ENGAGEMENT', { startsAt: sentAt, endsAt: early }, 'ENDS_BEFORE_START', 'endsAt'],
    ['TRANSFER', { portion: -0.5 }, 'BAD_VALUE', 'portion'],
    ['TRANSFER', { portion: Number.NaN }, 'BAD_VALUE', 'portion'],
    ['TRANSFER', { id: 'owned:a' }, 'BAD_VALUE', 'id'],
    ['TRANSFER', { id: 'implied:a' }, 'BAD_VALUE', 'id'],
    ['TRANSFER', { recipient: 'lab' }, 'SAME_ENDS', 'recipient'],
    ['TRANSFER', { engagement: 'nobody' }, 'UNKNOWN_REFERENCE', 'engagement'],
    ['TRANSFER', { sentAt, deletedAt: early, deletionState: 'VERIFIED' }, 'ENDS_BEFORE_START', 'deletedAt'],
    ['TRANSFER', { artifact: 'cut', fragments: ['1', '2', '3'] }, 'TOO_MANY_FRAGMENTS', 'fragments'],
    ['ACCESS', { grantor: 'o' }, 'SAME_ENDS', 'grantor'],
    ['ACCESS', { validFrom: sentAt, validUntil: early }, 'ENDS_BEFORE_START', 'validUntil'],
    ['REVEALS', { reveals: 'a' }, 'SAME_ENDS', 'reveals'],
    ['REVEALS', { degree: 0 }, 'BAD_VALUE', 'degree'],
    ['CONTROL', { issuedAt: sentAt, expiresAt: early }, 'ENDS_BEFORE_START', 'expiresAt'],
  ])('[S4] %s with %j is refused as %s', (kind, changes, code, field) => {
    expect(faults(kind, changes).map((fault) => [fault.code, fault.field])).toEqual([[code, field]]);
  });

  it.each<[FactKind, Record<string, FactValue>]>([
    ['TRANSFER', { sentAt, deletedAt: early, deletionState: 'REQUESTED' }],
    ['TRANSFER', { sentAt, deletedAt: sentAt, deletionState: 'VERIFIED' }],
    ['TRANSFER', { artifact: 'cut', fragments: ['1', '2', '2'] }],
    ['TRANSFER', { fragments: ['1', '2', '3'] }],
    ['ARTIFACT', { valueLowUsd: 1, valueHighUsd: 10_000 }],
    ['ARTIFACT', { valueHighUsd: 5 }],
    ['ORGANIZATION', { id: '__proto__' }],
    ['ORGANIZATION', { id: '😀'.repeat(200) }],
    ['ORGANIZATION', { id: ' untrimmed ' }],
  ])('[S5] %s with %j is accepted', (kind, changes) => {
    expect(faults(kind, changes)).toEqual([]);
  });

  it('[S6] each message names the values and the way out', () => {
    expect(faults('TRANSFER', { sentAt, deletedAt: early, deletionState: 'ATTESTED' })[0]?.message).toBe(
      'Transfer T-17 was deleted (2023-01-01) before it was sent (2024-05-02). Correct one of the dates or leave deleted_at empty.',
    );
    expect(faults('ORGANIZATION', { id: 'x'.repeat(10_000) })[0]?.message.length).toBeLessThan(300);
  });
});

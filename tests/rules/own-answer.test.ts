import type { FactValue } from '../../server/domain/assertions.ts';
import { factFields } from '../../server/domain/fact-fields.ts';
import { fieldIndex } from '../../server/domain/fact-rules.ts';
import type { FactKind } from '../../server/domain/facts.ts';
import { mayRespondentChange, weakenOwnWord } from '../../server/rules/own-answer.ts';
import { describe, expect, it } from '../support/test.ts';

/** The fields that `vendor` may change of a recorded fact. */
function changeable(kind: FactKind, key: string, stated: Readonly<Record<string, FactValue>>): string[] {
  const values = factFields[kind].map(({ name }) => stated[name] ?? null);
  return factFields[kind].map(({ name }) => name).filter((_, field) => mayRespondentChange(kind, field, { key, values }, 'vendor'));
}

describe('an organization’s own answer (semantics §12)', () => {
  it('[R542] is no evidence: VERIFIED counts as ATTESTED, and any evidence as SELF_ATTESTED', () => {
    const state = fieldIndex('TRANSFER', 'deletionState');
    const evidence = fieldIndex('CONTROL', 'evidenceType');
    expect(['NONE', 'REQUESTED', 'ATTESTED', 'VERIFIED'].map((value) => weakenOwnWord('TRANSFER', state, value))).toEqual([
      'NONE',
      'REQUESTED',
      'ATTESTED',
      'ATTESTED',
    ]);
    expect(['QUESTIONNAIRE', 'TESTED'].map((value) => weakenOwnWord('CONTROL', evidence, value))).toEqual([
      'SELF_ATTESTED',
      'SELF_ATTESTED',
    ]);
    expect([weakenOwnWord('CONTROL', evidence, undefined), weakenOwnWord('TRANSFER', state + 1, 'VERIFIED')]).toEqual([
      undefined,
      'VERIFIED',
    ]);
  });

  it.each([
    ['a copy in its own custody', 'TRANSFER', 't', { recipient: 'vendor', deletionState: 'ATTESTED' }, ['deletionState', 'deletedAt']],
    ['a copy whose deletion has evidence', 'TRANSFER', 't', { recipient: 'vendor', deletionState: 'VERIFIED' }, []],
    ['a copy at another', 'TRANSFER', 't', { recipient: 'other', deletionState: 'NONE' }, []],
    ['evidence of others', 'CONTROL', 'vendor/MFA', { organization: 'vendor', evidenceType: 'TESTED' }, []],
    ['another organization', 'ORGANIZATION', 'other', { id: 'other' }, []],
    ['an artifact', 'ARTIFACT', 'x', { id: 'x' }, []],
  ] as const)('[R542] changes of %s without an analyst only what it alone can know', (_, kind, key, stated, fields) => {
    expect(changeable(kind, key, stated)).toEqual(fields);
  });

  it('[R542] describes itself, but for its roles, and its self-attested evidence', () => {
    const own = factFields.ORGANIZATION.map(({ name }) => name).filter((name) => name !== 'roles');
    expect(changeable('ORGANIZATION', 'vendor', { id: 'vendor' })).toEqual(own);
    expect(changeable('CONTROL', 'vendor/MFA', { evidenceType: 'SELF_ATTESTED' })).toEqual(factFields.CONTROL.map(({ name }) => name));
  });
});

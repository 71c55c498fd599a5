import type { Assertion, RecordedAssertion } from '../../../server/domain/assertions.ts';
import { factFields } from '../../../server/domain/fact-fields.ts';
import type { FactKind } from '../../../server/domain/facts.ts';
import { planUndo, type UndoPlan } from '../../../server/store/plan/plan-undo.ts';
import type { PriorAnswer, PriorQuestion } from '../../../server/store/plan/prior-questions.ts';
import type { WriteRecord } from '../../../server/store/write-ledger.ts';
import { recordAssertion, WriteLedger } from '../../../server/store/write-ledger.ts';
import { describe, expect, it } from '../../support/test.ts';
import { artifact, lab, retract, say, smallWorld, transfer, vendor } from '../assertions-for-tests.ts';

/** Writes, oldest first: each by an import, or by a person where `importId` is null. */
interface Written {
  readonly importId: string | null;
  readonly by?: string;
  readonly assertions: readonly Assertion[];
}

class Ledger extends WriteLedger {
  constructor(writes: readonly Written[]) {
    super();
    for (const [i, { importId, by = 'ada' }] of writes.entries()) {
      const counts = { created: 1, updated: 0, unchanged: 0, retracted: 0 };
      const sourceKey = importId === null ? `person:${by}` : `import:${importId}`;
      this.add({ seq: i + 1, revision: i + 1, at: 1000 + i, by, sourceKey, importId, ...counts, undo: null } satisfies WriteRecord);
    }
  }

  undo(seq: number): this {
    this.markUndone(seq, { revision: this.writes.length + 1, at: 9000, by: 'ada', changed: 1, isRaising: true });
    return this;
  }
}

/** Plans the undo of an import, answering each question from the writes themselves. */
function plan(writes: readonly Written[], importId: string, ledger = new Ledger(writes)): UndoPlan {
  const recorded = writes.flatMap(({ importId: from, by = 'ada', assertions }, i) =>
    assertions.map((assertion) => recordAssertion(assertion, i + 1, from === null ? `person:${by}` : `import:${from}`, from, by)),
  );
  const planner = planUndo(ledger, importId);
  for (let step = planner.next(); ; step = planner.next(answer(step.value, recorded))) if (step.done === true) return step.value;
}

function answer(question: PriorQuestion, recorded: readonly RecordedAssertion[]): PriorAnswer {
  switch (question.ask) {
    case 'assertions': {
      const found = new Map<string, RecordedAssertion[]>();
      for (const assertion of recorded) {
        if (assertion.kind !== question.kind || !question.keys.includes(assertion.key)) continue;
        found.set(assertion.key, [...(found.get(assertion.key) ?? []), assertion]);
      }
      return found;
    }
    case 'touched': {
      const { after } = question;
      const stated = recorded.filter(({ kind, write }) => kind === question.kind && write === question.write).map(({ key }) => key);
      return stated.sort().filter((key) => after === null || key > after);
    }
    case 'namers': {
      const namers = new Map<FactKind, string[]>();
      for (const { kind, key, values, write } of recorded) {
        const isNaming = factFields[kind].some(
          (spec, i) => spec.type === 'reference' && spec.to === question.kind && question.keys.includes(values[i] as string),
        );
        if (isNaming && write !== question.except) namers.set(kind, [...new Set([...(namers.get(kind) ?? []), key])]);
      }
      return namers;
    }
    default:
      return question satisfies never;
  }
}

const world: Written = { importId: 'i1', assertions: smallWorld };

describe('plan-undo', () => {
  it('[S13] the undo of an import removes all facts that it alone stated', () => {
    expect(plan([world], 'i1')).toMatchObject({
      write: { seq: 1 },
      outcome: { outcome: 'undone', revision: 2, changedCount: smallWorld.length, isRaising: true },
    });
  });

  it('[S13] the undo of a retraction restores the fact', () => {
    const writes = [world, { importId: 'i2', assertions: [retract('TRANSFER', 't1')] }];
    expect(plan(writes, 'i2').outcome).toEqual({ outcome: 'undone', revision: 3, changedCount: 1, isRaising: true });
  });

  it('[S14] undoing the first of two equal imports changes only the provenance of their facts', () => {
    const writes = [world, { importId: 'i2', assertions: smallWorld }];
    expect(plan(writes, 'i1')).toMatchObject({ outcome: { outcome: 'undone', revision: 3, changedCount: 0, isRaising: true } });
    expect(plan(writes, 'i2')).toMatchObject({ outcome: { outcome: 'undone', revision: 2, changedCount: 0, isRaising: false } });
  });

  it('[S15] a fact that still names one of its facts blocks the undo, which names its import and authors', () => {
    const writes = [
      world,
      { importId: 'i2', by: 'bob', assertions: [transfer('t2', 'rubric', 'vega', 'quill')] },
      { importId: null, by: 'eve', assertions: [say('ACCESS', { id: 'x', grantee: 'quill', grantor: 'vega' })] },
    ];
    const { write, outcome } = plan(writes, 'i1');
    expect(write).toBeUndefined();
    expect(outcome).toMatchObject({
      outcome: 'refused',
      dependents: [
        { importId: 'i2', by: 'bob', source: null },
        { importId: null, by: 'eve', source: null },
      ],
      message: expect.stringMatching(
        /^Import i1 cannot be undone: import i2 \(by bob\), edits by eve depend on it\. .* Undo or change these first\.$/,
      ),
    });
  });

  it('[S15] a fact left without a required value blocks the undo', () => {
    const writes = [
      { importId: 'i1', assertions: [lab('vega'), artifact('rubric', 'vega')] },
      { importId: 'i2', by: 'bob', assertions: [say('ARTIFACT', { id: 'rubric', version: '2' })] },
      { importId: 'i3', assertions: [lab('vega')] },
    ];
    expect(plan(writes, 'i1').outcome).toMatchObject({ outcome: 'refused', dependents: [{ importId: 'i2' }] });
  });

  it('[S15] an owner that would no longer be a lab blocks the undo', () => {
    const writes = [
      { importId: null, assertions: [vendor('vega')] },
      { importId: 'i1', assertions: [say('ORGANIZATION', { id: 'vega', roles: ['LAB'] })] },
      { importId: null, by: 'bob', assertions: [artifact('rubric', 'vega')] },
    ];
    expect(plan(writes, 'i1').outcome).toMatchObject({ outcome: 'refused', dependents: [{ importId: null, by: 'bob' }] });
  });

  it('[S15] an undone import stays undone, and an unknown one is NOT_FOUND', () => {
    const ledger = new Ledger([world]).undo(1);
    expect(plan([world], 'i1', ledger)).toEqual({ write: undefined, outcome: { outcome: 'unchanged', revision: 2 } });
    expect(() => plan([world], 'i9')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });
});

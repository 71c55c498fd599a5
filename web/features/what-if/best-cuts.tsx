import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { formatMoney } from '../../shared/format/money.ts';
import { BestCutsDocument, type BlastRadiusInput, type ScenarioActionFragment } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { FailedLine } from '../../shared/lists/answer-frame.tsx';
import { type ScenarioStep, writeScenarioStep } from '../../shared/url/scenario-url.ts';
import classes from './what-if.module.css';
import type { WhatIfSubject } from './what-if-subject.ts';
import { actionDetail, actionTitle } from './what-if-words.ts';

interface BestCutsProps {
  readonly input: BlastRadiusInput;
  readonly names: WhatIfSubject;
  readonly actions: readonly ScenarioStep[];
  readonly onAdd: (action: ScenarioStep) => void;
}

/** The actions that would take most weighted loss out of the radius, had they been done before the widest window. */
export function BestCuts({ input, names, actions, onAdd }: BestCutsProps) {
  const asked = useQuestion(
    BestCutsDocument,
    useMemo(() => ({ input }), [input]),
  );
  const { question } = asked;
  const data = asked.isStale ? null : asked.data;
  const taken = new Set(actions.map(writeScenarioStep));
  return (
    <section className={classes.part} aria-label="Best cuts">
      <h3>Best cuts</h3>
      <p className={classes.note}>
        The actions that would have removed the most, taken before the widest window. Each assumes those above it.
      </p>
      <FailedLine asked={{ ...asked, data }} />
      {data === null && question.phase === 'asking' && <p className={classes.note}>Computing …</p>}
      {data?.bestCuts?.length === 0 && <p className={classes.note}>No single action takes weighted loss out of this radius.</p>}
      <ol className={classes.cuts}>
        {(data?.bestCuts ?? []).map((cut) => {
          const action = stepOf(cut.action);
          if (action === null) return null;
          const isTaken = taken.has(writeScenarioStep(action));
          return (
            <li key={cut.position} title={cut.because}>
              <span>
                <strong>{actionTitle(action, names)}</strong>
                <span className={classes.note}>{actionDetail(action, names)}</span>
                <span className={classes.alone}>Takes out {formatMoney(cut.removedWeightedLossUsd)} of weighted loss.</span>
              </span>
              <Button size="compact-sm" variant="default" disabled={isTaken} onClick={() => onAdd(action)}>
                {isTaken ? 'Added' : 'Add'}
              </Button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function stepOf({ kind, organization, access, owner, at }: ScenarioActionFragment): ScenarioStep | null {
  const id = organization?.id ?? access?.id;
  return id === undefined ? null : { kind, id, owner: owner?.id ?? null, at: new Date(at).toISOString() };
}

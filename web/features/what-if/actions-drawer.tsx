import { CloseButton } from '@mantine/core';
import { useMemo } from 'react';
import { countOf } from '../../shared/format/count.ts';
import { ActionAloneDocument, type BlastRadiusInput } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { FailedLine } from '../../shared/lists/answer-frame.tsx';
import { focusResult } from '../../shared/ui/focus-result.ts';
import { IconAlertTriangle } from '../../shared/ui/icons.tsx';
import { actionInput } from '../../shared/url/action-inputs.ts';
import { type ScenarioStep, writeScenarioStep } from '../../shared/url/scenario-url.ts';
import { AddAction } from './add-action.tsx';
import type { WhatIfAnswer } from './after.ts';
import { BestCuts } from './best-cuts.tsx';
import classes from './what-if.module.css';
import type { WhatIfProps, WhatIfSubject } from './what-if-subject.ts';
import { actionDetail, actionTitle, aloneSentence, suspensionNotice } from './what-if-words.ts';

type ActionsDrawerProps = Pick<WhatIfProps, 'subject' | 'actions' | 'selection' | 'onActions'> & { readonly answer: WhatIfAnswer | null };

/** The actions of a what-if, each with what it does alone; a form for another; the best next ones; what stops, and what cannot be undone. */
export function ActionsDrawer({ subject, actions, selection, onActions, answer }: ActionsDrawerProps) {
  const add = (action: ScenarioStep) => {
    const isKnown = actions.some((each) => writeScenarioStep(each) === writeScenarioStep(action));
    if (!isKnown) onActions([...actions, action]);
  };
  /** The pressed button goes away or is disabled, so the focus moves to the list of actions. */
  const keepFocus = (run: () => void) => {
    focusResult('what-if:actions');
    run();
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must take focus; a named section is a region.
    <section className={classes.drawer} aria-label="Actions" tabIndex={0} data-result="what-if:actions">
      <div className={classes.drawerHead}>
        <h2>Actions</h2>
        <span className={classes.note}>applied in any order</span>
        {actions.length > 0 && (
          <button type="button" className={classes.link} onClick={() => keepFocus(() => onActions([]))}>
            Clear all
          </button>
        )}
      </div>
      {actions.length === 0 && <p className={classes.empty}>Add an action, or take one of the best cuts. Nothing is written.</p>}
      <ul className={classes.cards}>
        {actions.map((action) => (
          <ActionCard
            key={writeScenarioStep(action)}
            action={action}
            subject={subject}
            onRemove={() => keepFocus(() => onActions(actions.filter((each) => each !== action)))}
          />
        ))}
      </ul>
      <AddAction key={selection ?? ''} subject={subject} selection={selection} onAdd={add} />
      <BestCuts input={subject.input} names={subject} actions={actions} onAdd={(action) => keepFocus(() => add(action))} />
      {answer !== null && answer.stopped.totalCount > 0 && (
        <section className={classes.part}>
          <h3>What stops</h3>
          <ul className={classes.plain}>
            {answer.stopped.edges.map(({ node }) => (
              <li key={node.id}>
                {node.client.name} engages {node.provider.name}
                {node.service !== null && `: ${node.service}`}
              </li>
            ))}
          </ul>
          {answer.stopped.totalCount > answer.stopped.edges.length && (
            <p className={classes.note}>
              {countOf(answer.stopped.totalCount - answer.stopped.edges.length, 'more engagement', 'more engagements')}
            </p>
          )}
        </section>
      )}
      {answer !== null && answer.limits.length > 0 && (
        <section className={classes.part}>
          <h3>What this cannot undo</h3>
          <ul className={classes.plain}>
            {answer.limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </section>
      )}
    </section>
  );
}

interface ActionCardProps {
  readonly action: ScenarioStep;
  readonly subject: WhatIfSubject;
  readonly onRemove: () => void;
}

function ActionCard({ action, subject, onRemove }: ActionCardProps) {
  const title = actionTitle(action, subject);
  return (
    <li className={classes.card}>
      <div className={classes.cardHead}>
        <strong>{title}</strong>
        <CloseButton size="sm" aria-label={`Remove: ${title}`} onClick={onRemove} />
      </div>
      <p className={classes.note}>{actionDetail(action, subject)}</p>
      <Alone action={action} input={subject.input} />
      {action.kind === 'SUSPEND' && (
        <p className={classes.notice}>
          <IconAlertTriangle size={16} stroke={1.8} aria-hidden="true" />
          <span>
            <strong>Suspending does not claw data back.</strong> {suspensionNotice(action, subject, subject.widest)}
          </span>
        </p>
      )}
    </li>
  );
}

function Alone({ action, input }: { readonly action: ScenarioStep; readonly input: BlastRadiusInput }) {
  const asked = useQuestion(
    ActionAloneDocument,
    useMemo(() => ({ input, action: actionInput(action) }), [input, action]),
  );
  const { data, isStale, question } = asked;
  if (question.phase === 'failed')
    return <FailedLine asked={{ ...asked, data: null }} missing="The effect of this action alone is not known." />;
  return data?.whatIf == null || isStale ? (
    <p className={classes.note}>…</p>
  ) : (
    <p className={classes.alone}>{aloneSentence(data.whatIf)}</p>
  );
}

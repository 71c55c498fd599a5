import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { countOf } from '../../../shared/format/count.ts';
import { formatLastDay } from '../../../shared/format/instant.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import { IncidentPlanDocument, type IncidentPlanStepFragment } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../../shared/lists/answer-frame.tsx';
import { MoreRowsLine } from '../../../shared/lists/more-rows.tsx';
import { IconCircleCheck } from '../../../shared/ui/icons.tsx';
import { canWrite } from '../../../shared/viewer/viewer.ts';
import { stepWords } from '../incident-words.ts';
import classes from '../incidents.module.css';
import { DueMark } from '../notices/due-mark.tsx';
import { QuestionnaireLinks } from '../notices/questionnaire-links.tsx';
import { TickForm } from './tick-form.tsx';

/** Lists the steps of the plan, ordered by the loss that each removes from a compromise of the same origins now. */
export function PlanTab({ incident }: { readonly incident: string }) {
  const [outcome, setOutcome] = useState<string | null>(null);
  const asked = useQuestion(
    IncidentPlanDocument,
    useMemo(() => ({ incident }), [incident]),
  );
  return (
    <section className={classes.card} aria-label="Plan">
      <p className={classes.note}>
        Once its windows have passed, most steps cannot change this radius. They limit the next compromise of the same origins. The plan is
        ordered by that effect, then by deadline.
      </p>
      {outcome !== null && (
        <p className={classes.outcome}>
          <IconCircleCheck size={16} stroke={1.8} /> {outcome}
        </p>
      )}
      <AnswerFrame asked={asked} waiting="Weighing each step">
        {(data) => {
          const plan = data.incident?.plan ?? [];
          const open = plan.filter(({ doneAt }) => doneAt === null);
          const done = plan.filter(({ doneAt }) => doneAt !== null);
          return plan.length === 0 ? (
            <p className={classes.note}>There is nothing to do: no copy is at a reached organization, and no lab is to be told.</p>
          ) : (
            <>
              <Steps label="Open steps" incident={incident} steps={open} onTicked={setOutcome} />
              {done.length > 0 && (
                <>
                  <h2>{countOf(done.length, 'step is done', 'steps are done')}</h2>
                  <Steps label="Done steps" incident={incident} steps={done} onTicked={setOutcome} />
                </>
              )}
            </>
          );
        }}
      </AnswerFrame>
    </section>
  );
}

interface StepsProps {
  readonly label: string;
  readonly incident: string;
  readonly steps: readonly IncidentPlanStepFragment[];
  readonly onTicked: (sentence: string) => void;
}

/** The most steps that are shown at first, and the most that each click adds. */
const stepsAtOnce = 50;

function Steps({ label, incident, steps, onTicked }: StepsProps) {
  const [shown, setShown] = useState(stepsAtOnce);
  const rows = steps.slice(0, shown);
  const more = () => setShown(shown + stepsAtOnce);
  return (
    <>
      <ol className={classes.steps} aria-label={label}>
        {rows.map((step) => (
          <Step key={step.id} incident={incident} step={step} onTicked={onTicked} />
        ))}
      </ol>
      <MoreRowsLine list={{ rows, totalCount: steps.length, more, isLoading: false, problem: null }} noun="steps" />
    </>
  );
}

interface StepProps {
  readonly incident: string;
  readonly step: IncidentPlanStepFragment;
  readonly onTicked: (sentence: string) => void;
}

function Step({ incident, step, onTicked }: StepProps) {
  const [isOpen, setOpen] = useState(false);
  const { text, contact } = stepWords(step);
  const isDone = step.doneAt !== null;
  return (
    <li data-done={isDone || undefined}>
      <div className={classes.step}>
        <div>
          <strong>{text}</strong>
          {step.action?.kind === 'SUSPEND' && (
            <small>Suspending does not claw data back. It stops new transfers and access; every copy that is there stays.</small>
          )}
          {step.action?.kind === 'ENCRYPT' && <small>The form of a copy has no date, so ticking this off changes no record.</small>}
          <small>
            {step.owner !== null && <>{step.owner} does it. </>}
            {contact !== null && <a href={`mailto:${contact}`}>{contact}</a>}
            {step.ask !== null && (
              <>
                {' '}
                <span data-screen-only>
                  <QuestionnaireLinks holder={step.ask.id} name={step.ask.name} />
                </span>
              </>
            )}
            {isDone && step.doneAt !== null && (
              <>
                {' '}
                Done {formatLastDay(step.doneAt)}. Evidence: {step.evidence}
              </>
            )}
          </small>
        </div>
        <dl>
          <div>
            <dt>Loss removed today</dt>
            <dd>{step.action === null ? '–' : formatMoney(step.removedNowUsd)}</dd>
          </div>
          <div>
            <dt>Loss removed in this incident</dt>
            <dd>{step.action === null ? '–' : formatMoney(step.removedHereUsd)}</dd>
          </div>
        </dl>
        <div className={classes.stepDue}>
          {isDone ? null : step.dueAt === null ? <span className={classes.note}>no deadline</span> : <DueMark dueAt={step.dueAt} />}
        </div>
        {canWrite() && (
          <Button
            data-screen-only
            variant="default"
            size="compact-sm"
            aria-label={`${isDone ? 'Change' : 'Tick off'}: ${text}`}
            aria-expanded={isOpen}
            onClick={() => setOpen((open) => !open)}
          >
            {isDone ? 'Change' : 'Tick off'}
          </Button>
        )}
      </div>
      {isOpen && (
        <TickForm
          incident={incident}
          step={step}
          onDone={(sentence) => {
            setOpen(false);
            if (sentence !== null) onTicked(sentence);
          }}
        />
      )}
    </li>
  );
}

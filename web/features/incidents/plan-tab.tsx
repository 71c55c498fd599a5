import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { askChange, Refused } from '../../shared/changes/ask-change.ts';
import { ChangeForm } from '../../shared/changes/change-form.tsx';
import { countOf } from '../../shared/format/count.ts';
import { formatLastDay } from '../../shared/format/instant.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { formatTypedDate } from '../../shared/format/typed-date.ts';
import type { IncidentPlanStepFragment } from '../../shared/generated/operations.ts';
import { IncidentPlanDocument, TickStepDocument } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { MoreRowsLine } from '../../shared/lists/more-rows.tsx';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { IconCircleCheck } from '../../shared/ui/icons.tsx';
import type { GroupedView } from '../../shared/url/incidents-url.ts';
import { groupedHref, parseGroupedView } from '../../shared/url/incidents-url.ts';
import { navigate, useLocation } from '../../shared/url/location.ts';
import { canWrite } from '../../shared/viewer/viewer.ts';
import { DueMark } from './due-mark.tsx';
import { GroupingButtons } from './grouping-buttons.tsx';
import { stepWords } from './incident-words.ts';
import classes from './incidents.module.css';
import notices from './notices/notices.module.css';
import { QuestionnaireLinks } from './questionnaire-links.tsx';

/** Lists the steps of the plan, ordered by the loss that each removes from a compromise of the same origins now. */
export function PlanTab({ incident }: { readonly incident: string }) {
  const { params } = useLocation();
  const view = parseGroupedView(params, 'flat');
  const show = (change: Partial<GroupedView>) => navigate(groupedHref(incident, 'plan', { ...view, ...change }));
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
              <div className={classes.filters} data-screen-only>
                <GroupingButtons by={view.by} notifier="By holder" onChange={(by) => show({ by, open: [] })} />
              </div>
              {view.by === 'flat' ? (
                <Steps label="Open steps" incident={incident} steps={open} onTicked={setOutcome} />
              ) : (
                <ul className={notices.groups} aria-label={view.by === 'lab' ? 'Open steps by lab' : 'Open steps by holder'}>
                  {groupSteps(open, view.by).map(({ id, name, steps, dueAt }) => {
                    const isOpen = view.open.includes(id);
                    return (
                      <li key={id} className={notices.group}>
                        <div className={notices.stepsRow}>
                          <button
                            type="button"
                            className={notices.groupName}
                            aria-expanded={isOpen}
                            onClick={() => show({ open: isOpen ? view.open.filter((one) => one !== id) : [...view.open, id] })}
                          >
                            <strong>{name}</strong>
                            <small>{countOf(steps.length, 'open step', 'open steps')}</small>
                          </button>
                          {dueAt === null ? <span className={classes.note}>no deadline</span> : <DueMark dueAt={dueAt} />}
                        </div>
                        {isOpen && <Steps label={`Open steps: ${name}`} incident={incident} steps={steps} onTicked={setOutcome} />}
                      </li>
                    );
                  })}
                </ul>
              )}
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

interface StepGroup {
  readonly id: string;
  readonly name: string;
  readonly steps: readonly IncidentPlanStepFragment[];
  /** The first deadline; null if no step has one. */
  readonly dueAt: string | null;
}

/** The steps of each holder, or about the copies of each lab: by the next deadline, then id. Steps about no lab alone come last. */
function groupSteps(steps: readonly IncidentPlanStepFragment[], by: 'lab' | 'notifier'): StepGroup[] {
  const groups = new Map<string, { readonly name: string; readonly steps: IncidentPlanStepFragment[] }>();
  for (const step of steps) {
    const { action, ask } = step;
    const of = by === 'lab' ? (action?.owner ?? null) : (ask ?? action?.organization ?? action?.access?.grantor ?? null);
    const id = of?.id ?? '-';
    const group = groups.get(id) ?? { name: of?.name ?? 'About the copies of several labs', steps: [] };
    group.steps.push(step);
    groups.set(id, group);
  }
  const never = Number.MAX_VALUE;
  const at = ({ dueAt }: StepGroup) => (dueAt === null ? never : Date.parse(dueAt));
  return [...groups]
    .map(([id, group]): StepGroup => {
      const due = group.steps.flatMap(({ dueAt }) => dueAt ?? []).sort((a, b) => Date.parse(a) - Date.parse(b));
      return { id, ...group, dueAt: due[0] ?? null };
    })
    .sort((a, b) => Number(a.id === '-') - Number(b.id === '-') || at(a) - at(b) || (a.id < b.id ? -1 : 1));
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
        <div>
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

interface TickFormProps {
  readonly incident: string;
  readonly step: IncidentPlanStepFragment;
  /** @param outcome what the history says, or null if nothing changed */
  readonly onDone: (outcome: string | null) => void;
}

/** Says who does a step, or when it was done and where the evidence lies. A recall becomes verified deletions with that date. */
function TickForm({ incident, step, onDone }: TickFormProps) {
  const announce = useAnnounce();
  const recorded = {
    RECALL: 'The date of deletion, as the certificate states it. It is recorded as verified for each of these copies.',
    REVOKE_ACCESS: 'When the access ended. It is recorded with that date.',
    REVOKE_ALL_ACCESS: 'When the access ended. It is recorded with that date.',
    SUSPEND: 'When the suspension began. Its access is recorded as ended then.',
    ENCRYPT: 'When the copies were encrypted.',
  };
  return (
    <ChangeForm
      label="Tick off"
      look="bar"
      isOpened
      fields={[
        { name: 'owner', label: 'Who does it', maxLength: 500 },
        {
          name: 'date',
          label: 'Done on, in UTC',
          note: step.action === null ? 'When the answer came.' : recorded[step.action.kind],
          edge: 'end',
        },
        {
          name: 'evidence',
          label: 'Evidence',
          note: 'A step that is done needs some.',
          placeholder: 'certificate 88, ticket 4',
          maxLength: 10_000,
        },
      ]}
      start={{
        owner: step.owner ?? '',
        date: step.doneAt === null ? '' : formatTypedDate(endOfDayBefore(step.doneAt), 'end'),
        evidence: step.evidence ?? '',
      }}
      submit="Save"
      save={async ({ owner, date, evidence }) => {
        const doneAt = date === '' ? null : nextMidnight(date);
        const input = { incident, step: step.id, owner: owner || null, doneAt, evidence: evidence || null };
        const saved = await askChange(TickStepDocument, { input }, (data) => data.tickPlanStep);
        if (saved instanceof Refused) return saved;
        const sentence = saved.incident?.entries.edges[0]?.node.text ?? null;
        announce(sentence ?? 'Saved.');
        onDone(sentence);
      }}
      onCancel={() => onDone(null)}
    />
  );
}

/** A date alone holds for the whole day: the next day's midnight (semantics §1). */
function nextMidnight(end: string): string {
  return end.endsWith('.999Z') ? new Date(Date.parse(end) + 1).toISOString() : end;
}

function endOfDayBefore(doneAt: string): string {
  const at = Date.parse(doneAt);
  return new Date(at % 86_400_000 === 0 ? at - 1 : at).toISOString();
}

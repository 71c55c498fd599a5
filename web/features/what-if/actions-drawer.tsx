import { Button, CloseButton, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useMemo, useState } from 'react';
import { countOf } from '../../shared/format/count.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { DATE_TIME_ADVICE, DATE_TIME_PLACEHOLDER, formatTypedDate, parseTypedDate } from '../../shared/format/typed-date.ts';
import type { BestCutsQuery, BlastRadiusInput, CutOrder, ScenarioActionFragment } from '../../shared/generated/operations.ts';
import { ActionAloneDocument, BestCutsDocument } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { FailedLine } from '../../shared/lists/answer-frame.tsx';
import { focusResult } from '../../shared/ui/focus-result.ts';
import { IconAlertTriangle } from '../../shared/ui/icons.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { actionInput } from '../../shared/url/action-inputs.ts';
import type { ScenarioStep } from '../../shared/url/scenario-url.ts';
import { writeScenarioStep } from '../../shared/url/scenario-url.ts';
import type { WhatIfAnswer } from './after.ts';
import classes from './what-if.module.css';
import type { WhatIfProps, WhatIfSubject } from './what-if-words.ts';
import { actionDetail, actionTitle, aloneSentence, forwardQuestion, futureSuspension, suspensionNotice } from './what-if-words.ts';

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
  const forward = forwardQuestion(actions, subject);
  const ahead = actions.length === 0 ? futureSuspension(subject, Date.now()) : null;
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
      {ahead !== null && (
        <p className={classes.forward}>
          Or look ahead: <Link href={ahead.href}>{ahead.label}</Link>
        </p>
      )}
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
      {forward !== null && (
        <p className={classes.forward}>
          An action after both windows changes nothing of what happened in them.{' '}
          <Link href={forward.href}>Ask forward: a compromise on {forward.day}, with and without these actions</Link>
        </p>
      )}
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

type CutRow = NonNullable<BestCutsQuery['bestCuts']>[number];

interface BestCutsProps {
  readonly input: BlastRadiusInput;
  readonly names: WhatIfSubject;
  readonly actions: readonly ScenarioStep[];
  readonly onAdd: (action: ScenarioStep) => void;
}

const ORDERS: Readonly<Record<CutOrder, { readonly label: string; readonly none: string }>> = {
  WEIGHTED_LOSS: { label: 'Weighted loss', none: 'No single action takes weighted loss out of this radius.' },
  WORST_CASE_LOSS: { label: 'Worst case', none: 'No single action lowers the worst case of this radius.' },
  LABS: { label: 'Labs', none: 'No single action takes all artifacts of a lab out of this radius.' },
};

/** The actions that would lower a figure of the radius most, had they been done before the widest window. */
function BestCuts({ input, names, actions, onAdd }: BestCutsProps) {
  const [by, setBy] = useState<CutOrder>('WEIGHTED_LOSS');
  const asked = useQuestion(
    BestCutsDocument,
    useMemo(() => ({ input, by }), [input, by]),
  );
  const { question } = asked;
  const data = asked.isStale ? null : asked.data;
  const taken = new Set(actions.map(writeScenarioStep));
  return (
    <section className={classes.part} aria-label="Best cuts">
      <h3>Best cuts</h3>
      <p className={classes.note}>
        The actions that would have removed the most from the baseline, taken before the widest window. Each assumes those above it in this
        list.
      </p>
      <SegmentedControl
        size="xs"
        my={8}
        aria-label="What the cuts lower"
        value={by}
        onChange={(value) => setBy(value as CutOrder)}
        data={Object.entries(ORDERS).map(([value, { label }]) => ({ value, label }))}
      />
      <FailedLine asked={{ ...asked, data }} />
      {data === null && question.phase === 'asking' && <p className={classes.note}>Computing …</p>}
      {data?.bestCuts?.length === 0 && <p className={classes.note}>{ORDERS[by].none}</p>}
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
                <span className={classes.alone}>{takesOut(cut, by)}</span>
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

/** The effect of a cut, in the figure that was asked for. */
function takesOut({ removedWeightedLossUsd, removedWorstCaseLossUsd, because }: CutRow, by: CutOrder): string {
  if (by === 'LABS') return because;
  if (by === 'WORST_CASE_LOSS') return `Takes out ${formatMoney(removedWorstCaseLossUsd)} of the worst case.`;
  return `Takes out ${formatMoney(removedWeightedLossUsd)} of weighted loss.`;
}

function stepOf({ kind, organization, access, owner, at }: ScenarioActionFragment): ScenarioStep | null {
  const id = organization?.id ?? access?.id;
  return id === undefined ? null : { kind, id, owner: owner?.id ?? null, at: new Date(at).toISOString() };
}

const KINDS: readonly { readonly value: ScenarioStep['kind']; readonly label: string }[] = [
  { value: 'RECALL', label: 'Recall copies' },
  { value: 'ENCRYPT', label: 'Encrypt copies, key at the owner' },
  { value: 'SUSPEND', label: 'Suspend an organization' },
  { value: 'REVOKE_ALL_ACCESS', label: 'Revoke all access of an organization' },
  { value: 'REVOKE_ACCESS', label: 'Revoke one access' },
];

interface AddActionProps extends Pick<WhatIfProps, 'subject' | 'selection'> {
  readonly onAdd: (action: ScenarioStep) => void;
}

/** A form for one action. A holder or lab that is selected on the canvas is filled in. */
function AddAction({ subject, selection, onAdd }: AddActionProps) {
  const { organizations, labs, accesses, widest } = subject;
  const selected = selection?.startsWith('organization:') ? selection.slice('organization:'.length) : null;
  const isHolder = organizations.some(({ id }) => id === selected);
  const isLab = !isHolder && labs.some(({ id }) => id === selected);
  const [kind, setKind] = useState<ScenarioStep['kind']>('RECALL');
  const [organization, setOrganization] = useState(isHolder && selected !== null ? selected : (organizations[0]?.id ?? ''));
  const [owner, setOwner] = useState(isLab && selected !== null ? selected : '');
  const [access, setAccess] = useState(accesses[0]?.id ?? '');
  const [at, setAt] = useState(() => formatTypedDate(widest.from, 'start'));
  const [problem, setProblem] = useState<string | null>(null);
  const isAboutCopies = kind === 'RECALL' || kind === 'ENCRYPT';
  const isAboutAccess = kind === 'REVOKE_ACCESS';

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const instant = parseTypedDate(at, 'start');
    if (instant === null) {
      setProblem(`When: ${DATE_TIME_ADVICE}`);
      return;
    }
    setProblem(null);
    onAdd({ kind, id: isAboutAccess ? access : organization, owner: isAboutCopies && owner !== '' ? owner : null, at: instant });
  };
  return (
    <form className={classes.add} onSubmit={onSubmit} aria-label="Add an action">
      <NativeSelect
        label="Action"
        size="xs"
        data={KINDS.filter(({ value }) => value !== 'REVOKE_ACCESS' || accesses.length > 0)}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as ScenarioStep['kind'])}
      />
      {isAboutAccess ? (
        <NativeSelect
          label="Access"
          size="xs"
          data={accesses.map(({ id, from, to }) => ({ value: id, label: `${from} → ${to}` }))}
          value={access}
          onChange={(event) => setAccess(event.currentTarget.value)}
        />
      ) : (
        <NativeSelect
          label="Organization"
          size="xs"
          data={organizations.map(({ id, name }) => ({ value: id, label: name }))}
          value={organization}
          onChange={(event) => setOrganization(event.currentTarget.value)}
        />
      )}
      {isAboutCopies && (
        <NativeSelect
          label="Whose artifacts"
          size="xs"
          data={[{ value: '', label: 'All labs' }, ...labs.map(({ id, name }) => ({ value: id, label: name }))]}
          value={owner}
          onChange={(event) => setOwner(event.currentTarget.value)}
        />
      )}
      <TextInput
        label="When, in UTC"
        size="xs"
        placeholder={DATE_TIME_PLACEHOLDER}
        value={at}
        onChange={(event) => setAt(event.currentTarget.value)}
        error={problem}
      />
      <Button type="submit" variant="default">
        Add action
      </Button>
    </form>
  );
}

import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { countOf } from '../../../shared/format/count.ts';
import { DATE_TIME_ADVICE, DATE_TIME_PLACEHOLDER, formatTypedDate, parseTypedDate } from '../../../shared/format/typed-date.ts';
import type { BlastRadiusInput } from '../../../shared/generated/operations.ts';
import { focusResult } from '../../../shared/ui/focus-result.ts';
import type { ComparedSide, Comparison } from '../../../shared/url/comparison-url.ts';
import { NO_COMPARISON } from '../../../shared/url/comparison-url.ts';
import type { ScenarioStep } from '../../../shared/url/scenario-url.ts';
import { fieldsOf, parseWindows } from '../../../shared/windows/window-fields.ts';
import { WindowInputs } from '../../../shared/windows/window-inputs.tsx';
import frame from '../what-if.module.css';
import type { ActionNames } from '../what-if-words.ts';
import classes from './compare.module.css';

type CompareFormProps = Pick<CompareProps, 'here' | 'comparison' | 'savedActions' | 'onChange'> & {
  readonly there: ComparedSide;
  readonly onSwap: () => void;
};

/** The form of the other side. A field that equals the view stays out of the address. */
export function CompareForm({ here, there, comparison, savedActions, onChange, onSwap }: CompareFormProps) {
  const [core, setCore] = useState(() => fieldsOf(there.core));
  const [widest, setWidest] = useState(() => fieldsOf(there.widest));
  const [knownAt, setKnownAt] = useState(textOf(there.knownAt));
  const choices = actionChoices(here, comparison, savedActions);
  const [choice, setChoice] = useState(() => choices.findIndex(({ actions }) => isEqual(actions, there.actions)));
  const [problem, setProblem] = useState<string | null>(null);
  // The form is made anew for each comparison, and so the pressed button leaves the page.
  const show = (next: Comparison) => {
    focusResult('compare:before');
    onChange(next);
  };

  const compare = (knownAt: string) => {
    const windows = parseWindows(core, widest);
    // The text shows only the minute: an unchanged one keeps its instant.
    const known = knownAt === textOf(there.knownAt) ? there.knownAt : knownAt.trim() === '' ? null : parseTypedDate(knownAt, 'end');
    if (typeof windows === 'string') return setProblem(windows);
    if (known === null && knownAt.trim() !== '') return setProblem(`Known at: ${DATE_TIME_ADVICE}`);
    if (known !== null && Date.parse(known) > Date.now()) return setProblem('Known at: this is in the future. Choose an earlier date.');
    setProblem(null);
    const actions = choices[choice]?.actions ?? [];
    show({
      ...comparison,
      isOpen: true,
      core: isEqual(fieldsOf(here.core), core) ? null : windows.core,
      widest: isEqual(fieldsOf(here.widest), widest) ? null : windows.widest,
      knownAt: known === here.knownAt ? null : (known ?? 'now'),
      actions: isEqual(actions, here.actions) ? null : actions,
    });
  };
  const apply = (event: FormEvent) => {
    event.preventDefault();
    compare(knownAt);
  };
  return (
    <form className={`${frame.drawer} ${classes.form}`} aria-label="What “before” is" onSubmit={apply}>
      <div>
        <h2 tabIndex={-1} data-result="compare:before">
          Before
        </h2>
        <p className={frame.note}>What the view is compared with. All times are UTC.</p>
      </div>
      <WindowInputs label="Core" value={core} onChange={setCore} />
      <WindowInputs label="Widest" value={widest} onChange={setWidest} />
      <TextInput
        label="As known at"
        description="The records as they were then. Blank: now."
        placeholder={DATE_TIME_PLACEHOLDER}
        value={knownAt}
        onChange={(event) => setKnownAt(event.currentTarget.value)}
      />
      <button
        type="button"
        className={frame.link}
        onClick={() => compare(formatTypedDate(new Date(Date.now() - WEEK_MS).toISOString(), 'end'))}
      >
        As known a week ago
      </button>
      <NativeSelect
        label="Actions"
        description="To compare two what-ifs, keep one in the what-if and change it."
        data={choices.map(({ label }, value) => ({ value: String(value), label }))}
        value={String(choice)}
        onChange={(event) => setChoice(Number(event.currentTarget.value))}
      />
      {problem !== null && (
        <p className={frame.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit">Compare</Button>
        <Button
          variant="default"
          onClick={() => {
            focusResult('compare:before');
            onSwap();
          }}
        >
          Swap sides
        </Button>
        <Button variant="default" onClick={() => show({ ...NO_COMPARISON, isOpen: true })}>
          Reset
        </Button>
      </div>
    </form>
  );
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

function textOf(knownAt: string | null): string {
  return knownAt === null ? '' : formatTypedDate(knownAt, 'end');
}

interface ActionChoice {
  readonly label: string;
  readonly actions: readonly ScenarioStep[];
}

/** The sets of actions that "before" can have, each once. */
function actionChoices(here: ComparedSide, { actions: kept }: Comparison, saved: readonly ScenarioStep[]): readonly ActionChoice[] {
  const counted = (count: number) => countOf(count, 'action', 'actions');
  const all: readonly ActionChoice[] = [
    { label: 'None, as recorded', actions: [] },
    { label: `Those of this view: ${counted(here.actions.length)}`, actions: here.actions },
    { label: `Those kept: ${counted(kept?.length ?? 0)}`, actions: kept ?? [] },
    { label: `Those of the incident: ${counted(saved.length)}`, actions: saved },
  ];
  return all.filter(({ actions }, i) => all.findIndex((other) => isEqual(other.actions, actions)) === i);
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export interface CompareProps {
  readonly title: string;
  /** The question of the view, which the sides override. */
  readonly input: BlastRadiusInput;
  /** The view's own side. */
  readonly here: ComparedSide;
  readonly comparison: Comparison;
  /** Actions saved with the incident. */
  readonly savedActions: readonly ScenarioStep[];
  readonly names: ActionNames;
  readonly onChange: (comparison: Comparison) => void;
  /** Puts the other side in the view's place, and the view's side in the other's. */
  readonly onSwap: (there: ComparedSide) => void;
  readonly onClose: () => void;
}

/** The other side: the view's own, with what the comparison changes. */
export function otherSide(here: ComparedSide, { origins, core, widest, knownAt, actions }: Comparison): ComparedSide {
  return {
    origins: origins ?? here.origins,
    core: core ?? here.core,
    widest: widest ?? here.widest,
    knownAt: knownAt === 'now' ? null : (knownAt ?? here.knownAt),
    actions: actions ?? here.actions,
  };
}

/** The server's input for a side. */
export function inputOfSide(input: BlastRadiusInput, { origins, core, widest, knownAt }: ComparedSide): BlastRadiusInput {
  const { knownAt: _, ...rest } = input;
  return {
    ...rest,
    ...(origins !== null && { origins: [...origins], suspectedOrigins: [] }),
    core: { from: core.from, to: core.to },
    widest: { from: widest.from, to: widest.to },
    ...(knownAt === null ? {} : { knownAt }),
  };
}

import { Button, Checkbox, Radio, Switch } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { type Fault, Refused, sendChange } from '../../shared/changes/ask-change.ts';
import { type ChangeField, ChangeForm } from '../../shared/changes/change-form.tsx';
import { countOf } from '../../shared/format/count.ts';
import { TIER_WORDS } from '../../shared/format/words.ts';
import type { BlastRadiusInput, WatchChange, WatchInput, WatchLineFragment } from '../../shared/generated/operations.ts';
import { EndpointChoicesDocument, SaveWatchDocument } from '../../shared/generated/operations.ts';
import { instantsInWords } from '../../shared/graphql/error-sentence.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { isRedacting } from '../../shared/url/shared-parameters.ts';
import { isAdmin } from '../../shared/viewer/viewer.ts';
import type { Watchable } from '../../shared/watches/watchable.ts';
import { optionsInWords, windowsInWords } from '../../shared/windows/asked-words.ts';
import { deleteWatch, type ListedWatch, refreshWatches } from './inbox-store.ts';
import classes from './watch-form.module.css';
import { KIND_ICONS } from './watch-icons.tsx';
import { asksInWords, isAsking, KIND_WORDS, toldSentences, type WatchCondition } from './watch-words.ts';

interface WatchFormProps {
  /** The questions that may be asked: those of a new watch, or that of a saved one. */
  readonly choices: readonly Watchable[];
  readonly watches: readonly ListedWatch[];
  /** In a dialog, the name takes the focus. */
  readonly isDialog?: boolean;
  readonly onSaved: (watch: WatchLineFragment) => void;
  readonly onDeleted: () => void;
}

/** The settings of a watch: of a saved one, or of a new one. Of several questions one is chosen first. */
export function WatchForm({ choices, watches, ...rest }: WatchFormProps) {
  const [chosen, setChosen] = useState(0);
  const choice = choices[chosen] ?? (choices[0] as Watchable);
  const watch = watches.find((one) => isAsking(one, choice)) ?? null;
  // The question would be saved with the stand-ins.
  if (isRedacting()) return <p>Names are hidden. Show them again to change a watch.</p>;
  return (
    <div className={classes.whole}>
      {choices.length > 1 && (
        <Radio.Group label="What to watch" value={String(chosen)} onChange={(value) => setChosen(Number(value))}>
          <div className={classes.choices}>
            {choices.map(({ title }, i) => (
              <Radio key={title} value={String(i)} label={title} />
            ))}
          </div>
        </Radio.Group>
      )}
      <Settings key={`${chosen} ${watch?.id}`} asks={choice} watch={watch} {...rest} />
    </div>
  );
}

/** The question of a saved watch, to be asked again. */
export function asksOf(watch: WatchLineFragment): Watchable {
  const { incident, radius, lab, artifact, findings, advisory, source } = watch.settings;
  return {
    title: asksInWords(watch),
    asks: {
      ...{ kind: watch.kind, incident, lab, artifact, findings, advisory, source },
      radius: radius === null ? null : (JSON.parse(radius) as BlastRadiusInput),
    },
  };
}

interface SettingsProps extends Omit<WatchFormProps, 'choices' | 'watches'> {
  readonly asks: Watchable;
  readonly watch: WatchLineFragment | null;
}

const NOTHING = {};

type NumberField = 'worstCaseLossUsd' | 'affectedLabs' | 'count' | 'withinHours' | 'first';
/** The changes and the endpoints are lists, with commas; a mute is a word or nothing. */
type Texts = Readonly<Record<NumberField | 'name' | 'on' | 'minTier' | 'endpoints' | 'isMuted', string>>;

const TIER_CHOICES = [
  { value: '', label: 'Any tier' },
  { value: 'POSSIBLE', label: `${TIER_WORDS.POSSIBLE.word} or exposed` },
  { value: 'EXPOSED', label: `${TIER_WORDS.EXPOSED.word} only` },
];

function Settings({ asks, watch, isDialog = false, onSaved, onDeleted }: SettingsProps) {
  const { kind } = asks.asks;
  const words = KIND_WORDS[kind];
  const announce = useAnnounce();
  const toldId = useId();
  const all = Object.keys(words.on) as WatchChange[];
  const settings = watch?.settings;
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState<Texts | null>(null);
  const start: Texts = {
    name: watch?.name ?? asks.title,
    on: (settings?.on ?? all).join(),
    minTier: settings?.minTier ?? '',
    worstCaseLossUsd: textOf(settings?.worstCaseLossUsd),
    affectedLabs: textOf(settings?.affectedLabs),
    count: textOf(settings?.count),
    withinHours: textOf(kind === 'NOTICE' ? (settings?.withinHours ?? 24) : null),
    first: textOf(kind === 'RANKING' ? (settings?.first ?? 10) : null),
    endpoints: watch?.endpoints.map(({ id }) => id).join() ?? '',
    isMuted: watch?.isMuted ? 'muted' : '',
  };
  const conditionOf = (texts: Texts): WatchCondition => ({
    on: all.filter((change) => itemsOf(texts.on).includes(change)),
    minTier: (texts.minTier || null) as WatchCondition['minTier'],
    ...numbersOf(texts),
  });

  const save = async (texts: Texts) => {
    setProblem(null);
    const wrong = wrongFields(texts);
    if (wrong.length > 0) return new Refused(...wrong);
    const condition = conditionOf(texts);
    const input: WatchInput = {
      ...asks.asks,
      ...(watch === null ? {} : { id: watch.id }),
      name: texts.name,
      ...condition,
      on: condition.on.length === all.length ? null : [...condition.on],
      isMuted: texts.isMuted !== '',
      ...(isAdmin() ? { endpoints: [...itemsOf(texts.endpoints)] } : {}),
    };
    const payload = await sendChange(SaveWatchDocument, { input }, (data) => data.saveWatch);
    if (payload instanceof Refused) return payload;
    if (payload.watch === null) return new Refused({ message: 'The server gave no answer. Try again.' });
    await refreshWatches();
    announce(`${payload.watch.name} is saved.`);
    setSaved(texts);
    onSaved(payload.watch);
    return undefined;
  };

  const fieldsOf = (texts: Texts): readonly ChangeField<keyof Texts>[] => {
    const { worstCaseLossUsd, affectedLabs, count } = conditionOf(texts);
    const hasThreshold = worstCaseLossUsd !== null || affectedLabs !== null || count !== null;
    const threshold = { placeholder: 'any', isNumber: true } as const;
    const fields: readonly (ChangeField<keyof Texts> | false)[] = [
      { name: 'name', label: 'Name', maxLength: 500, isFirst: isDialog },
      kind === 'NOTICE' && { name: 'withinHours', label: 'Hours before the term', isNumber: true },
      kind === 'RANKING' && { name: 'first', label: 'How many are the first', isNumber: true },
      all.length > 1 && {
        name: 'on',
        label: `Tell me when ${words.thing}`,
        draw: (text, onText) => (
          <Choices
            label={`Tell me when ${words.thing}`}
            note={hasThreshold ? 'With a figure below, only the figure counts.' : undefined}
            choices={all.map((change) => ({ value: change, label: words.on[change] ?? '' }))}
            isDisabled={hasThreshold}
            text={text}
            onText={onText}
          />
        ),
      },
      words.hasTier && { name: 'minTier', label: 'At least', choices: TIER_CHOICES },
      words.hasLoss && { name: 'worstCaseLossUsd', label: 'Worst case, US dollars', note: TOLD_AT, ...threshold },
      words.hasLabs && { name: 'affectedLabs', label: 'Labs affected', note: TOLD_AT, ...threshold },
      words.hasCount && { name: 'count', label: `Number of ${words.rows[1]}`, note: TOLD_AT, ...threshold },
      isAdmin() && {
        name: 'endpoints',
        label: 'Endpoints',
        draw: (text, onText) => <EndpointChoice text={text} onText={onText} />,
      },
      {
        name: 'isMuted',
        label: 'Mute',
        draw: (text, onText) => (
          <Switch
            checked={text !== ''}
            onChange={(event) => onText(event.currentTarget.checked ? 'muted' : '')}
            label="Mute"
            description="Events still stand in the history, read from the start."
          />
        ),
      },
    ];
    return fields.filter((field) => field !== false);
  };
  const toldCount = ({ isMuted, endpoints }: Texts) => {
    if (isMuted !== '') return 0;
    return isAdmin() ? itemsOf(endpoints).length : (watch?.endpointCount ?? 0);
  };

  return (
    <ChangeForm
      label={watch === null ? 'New watch' : 'Settings of the watch'}
      start={start}
      fields={fieldsOf}
      submit={watch === null ? 'Watch' : watch.isEnded ? 'Begin anew' : 'Save'}
      submitDescribedBy={toldId}
      save={save}
      head={
        <>
          {watch?.failure != null && (
            <p className={classes.failure} role="status">
              {watch.isEnded ? 'This watch has ended. ' : 'This watch cannot be asked. '}
              {instantsInWords(watch.failure)} {watch.isEnded ? 'Save begins it anew.' : 'It is asked again after the next change.'}
            </p>
          )}
          <AsksCard asks={asks} />
        </>
      }
      more={(texts) => (
        <>
          {saved !== null && isSame(texts, saved) && <span className={classes.saved}>Saved</span>}
          {watch !== null && <EndWatch watch={watch} onProblem={setProblem} onDeleted={onDeleted} />}
        </>
      )}
    >
      {(texts) => (
        <>
          <div className={classes.told} id={toldId} aria-live="polite">
            {toldSentences(kind, conditionOf(texts)).map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
            <p>
              {watch === null ? 'What is so now is the start, and is not told. ' : ''}
              Events stand in your inbox for 30 days; nobody else sees them
              {toldCount(texts) === 0
                ? ', and nothing leaves the server.'
                : `, but they go to ${countOf(toldCount(texts), 'endpoint', 'endpoints')} of webhooks.`}
            </p>
          </div>
          {problem !== null && (
            <p className={classes.problem} role="alert">
              {problem}
            </p>
          )}
        </>
      )}
    </ChangeForm>
  );
}

const TOLD_AT = 'Told once it is reached.';

function itemsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(',');
}

function isSame(texts: Texts, saved: Texts): boolean {
  return (Object.keys(saved) as (keyof Texts)[]).every((name) => texts[name].trim() === saved[name]);
}

interface ChoicesProps {
  readonly label: string;
  readonly note?: string | undefined;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly isDisabled?: boolean;
  /** The chosen values, with commas. */
  readonly text: string;
  readonly onText: (text: string) => void;
}

function Choices({ label, note, choices, isDisabled = false, text, onText }: ChoicesProps) {
  const inOrder = (chosen: readonly string[]) => choices.flatMap(({ value }) => (chosen.includes(value) ? [value] : []));
  return (
    <Checkbox.Group label={label} description={note} value={[...itemsOf(text)]} onChange={(next) => onText(inOrder(next).join())}>
      <div className={classes.checks}>
        {choices.map((choice) => (
          <Checkbox key={choice.value} value={choice.value} label={choice.label} disabled={isDisabled} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

/** Endpoints of webhooks that get the events too. Nothing where there are none. */
function EndpointChoice(props: Pick<ChoicesProps, 'text' | 'onText'>) {
  const { data } = useQuestion(EndpointChoicesDocument, NOTHING);
  if (data === null || data.endpoints.length === 0) return null;
  const choices = data.endpoints.map(({ id, url, state }) => ({ value: id, label: state === 'DISABLED' ? `${url} (disabled)` : url }));
  return <Choices label="Send signed webhooks to" choices={choices} {...props} />;
}

function AsksCard({ asks }: { readonly asks: Watchable }) {
  const Icon = KIND_ICONS[asks.asks.kind];
  return (
    <div className={classes.asks}>
      <span className={classes.label}>What it asks</span>
      <div className={classes.card}>
        <Icon size={16} stroke={1.7} />
        <div>
          <strong>{asks.title}</strong>
          <p>{askedHow(asks)}</p>
        </div>
      </div>
    </div>
  );
}

/** Says which parts of a question may change by themselves. */
function askedHow({ asks }: Watchable): ReactNode {
  switch (asks.kind) {
    case 'RADIUS': {
      if (asks.incident != null)
        return `As it is saved${asks.radius == null ? '' : ', with the changes that the page shows'}. A change of the incident counts as a change.`;
      const { hasCore, core, widest, options } = asks.radius ?? {};
      if (core == null && widest == null) return 'As held now: what ends or begins by itself counts as a change.';
      const windows = hasCore === false ? `no core, ${windowsInWords({ widest })}` : windowsInWords({ core, widest });
      return `In UTC: ${windows}; ${optionsInWords(options ?? {})}.`;
    }
    case 'LAB':
      return 'Each artifact as the open incident shows it that harms it most.';
    case 'ARTIFACT':
      return 'Each organization as the only origin, as held now.';
    case 'FINDINGS':
      return 'Without those that somebody has accepted.';
    case 'NOTICE':
      return 'As the incident and its terms are now.';
    case 'ADVISORY':
      return 'What the software lists say.';
    case 'EDITION':
      return 'The last committed import of the source, kind by kind.';
    case 'RANKING':
      return 'Each organization as the only origin, as held now. Equal losses share a position.';
  }
}

interface EndWatchProps {
  readonly watch: Pick<WatchLineFragment, 'id' | 'name'>;
  readonly size?: 'sm' | 'compact-sm';
  readonly onProblem: (problem: string | null) => void;
  readonly onDeleted: () => void;
}

/** Two steps, because its events go with it. */
export function EndWatch({ watch, size, onProblem, onDeleted }: EndWatchProps) {
  const look = size === undefined ? {} : { size };
  const [isAsking, setAsking] = useState(false);
  const [isEnding, setEnding] = useState(false);
  const announce = useAnnounce();
  const end = async () => {
    setEnding(true);
    const failed = await deleteWatch(watch.id);
    setEnding(false);
    onProblem(failed);
    if (failed !== null) return;
    announce(`${watch.name} has ended, and its events are deleted.`);
    onDeleted();
  };
  if (!isAsking)
    return (
      <Button variant="default" {...look} aria-label={`End this watch: ${watch.name}`} onClick={() => setAsking(true)}>
        End this watch
      </Button>
    );
  return (
    <span className={classes.sure}>
      <span>Its events are deleted too.</span>
      <Button variant="default" {...look} loading={isEnding} onClick={end} ref={focusOnce}>
        End and delete
      </Button>
      <Button variant="subtle" {...look} onClick={() => setAsking(false)}>
        Keep
      </Button>
    </span>
  );
}

function focusOnce(button: HTMLButtonElement | null): void {
  button?.focus();
}

function textOf(value: number | null | undefined): string {
  return value == null ? '' : String(value);
}

/** `50,000,000`, `$50M`, `900K`. NaN if it is no number; null if it is empty. */
function parseNumber(text: string): number | null {
  if (text.trim() === '') return null;
  const [, digits = '', unit = ''] = /^\$?\s*(\d[\d,]*(?:\.\d+)?)\s*([kmb]?)$/i.exec(text.trim()) ?? [];
  const factor = { '': 1, k: 1e3, m: 1e6, b: 1e9 }[unit.toLowerCase()] ?? 1;
  return digits === '' ? Number.NaN : Number(digits.replaceAll(',', '')) * factor;
}

const NUMBERS: readonly NumberField[] = ['worstCaseLossUsd', 'affectedLabs', 'count', 'withinHours', 'first'];

function numbersOf(texts: Texts): Record<NumberField, number | null> {
  const parsed = NUMBERS.map((field) => {
    const value = parseNumber(texts[field]);
    return [field, value === null || Number.isNaN(value) ? null : value] as const;
  });
  return Object.fromEntries(parsed) as Record<NumberField, number | null>;
}

/** Fields whose text is no number, or no whole one where one is counted. The server knows the rest. */
function wrongFields(typed: Texts): Fault[] {
  return NUMBERS.flatMap((field) => {
    const value = parseNumber(typed[field]);
    if (value === null) return [];
    const isWrong = Number.isNaN(value) || (field !== 'worstCaseLossUsd' && !Number.isInteger(value));
    const advice =
      field === 'worstCaseLossUsd'
        ? 'enter an amount, such as 50,000,000 or $50M.'
        : `enter a whole number, such as ${countOf(3, '', '').trim()}.`;
    return isWrong ? [{ path: [field], message: `“${typed[field].trim()}” is no number: ${advice}` }] : [];
  });
}

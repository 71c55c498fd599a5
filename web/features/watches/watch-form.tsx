import { Button, Checkbox, NativeSelect, Radio, Switch, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useId, useRef, useState } from 'react';
import { countOf } from '../../shared/format/count.ts';
import { TIER_WORDS } from '../../shared/format/words.ts';
import type { BlastRadiusInput, SaveWatchMutation, WatchChange, WatchInput, WatchLineFragment } from '../../shared/generated/operations.ts';
import { EndpointChoicesDocument, SaveWatchDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { errorSentence, instantsInWords } from '../../shared/graphql/error-sentence.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { isRedacting } from '../../shared/url/shared-parameters.ts';
import { isAdmin } from '../../shared/viewer/viewer.ts';
import type { Watchable } from '../../shared/watches/watchable.ts';
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

type Fault = NonNullable<SaveWatchMutation['saveWatch']>['userErrors'][number];
type NumberField = 'worstCaseLossUsd' | 'affectedLabs' | 'count' | 'withinHours' | 'first';

function Settings({ asks, watch, isDialog = false, onSaved, onDeleted }: SettingsProps) {
  const { kind } = asks.asks;
  const words = KIND_WORDS[kind];
  const announce = useAnnounce();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const all = Object.keys(words.on) as WatchChange[];
  const settings = watch?.settings;
  const [name, setName] = useState(watch?.name ?? asks.title);
  const [on, setOn] = useState<readonly WatchChange[]>(settings?.on ?? all);
  const [minTier, setMinTier] = useState(settings?.minTier ?? null);
  const [typed, setTyped] = useState<Readonly<Record<NumberField, string>>>({
    worstCaseLossUsd: textOf(settings?.worstCaseLossUsd),
    affectedLabs: textOf(settings?.affectedLabs),
    count: textOf(settings?.count),
    withinHours: textOf(settings?.withinHours ?? 24),
    first: textOf(settings?.first ?? 10),
  });
  const [isMuted, setMuted] = useState(watch?.isMuted ?? false);
  const [endpoints, setEndpoints] = useState<readonly string[]>(watch?.endpoints.map((endpoint) => endpoint.id) ?? []);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const [isSaved, setSaved] = useState(false);

  const condition: WatchCondition = { on, minTier, ...numbersOf(typed) };
  const faultOf = (field: string) => {
    const found = faults.find(({ path }) => path?.[0] === field);
    return found === undefined ? null : instantsInWords(found.message);
  };
  const shown = ['name', 'on', 'minTier', 'endpoints', ...Object.keys(typed)];
  const others = faults.filter(({ path }) => !shown.includes(path?.[0] ?? ''));

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    const wrong = wrongFields(typed, kind);
    setFaults(wrong);
    if (wrong.length > 0) return focusFault(form.current);
    setSaving(true);
    const input: WatchInput = {
      ...asks.asks,
      ...(watch === null ? {} : { id: watch.id }),
      name: name.trim(),
      on: on.length === all.length ? null : [...on],
      minTier: words.hasTier ? minTier : null,
      worstCaseLossUsd: words.hasLoss ? condition.worstCaseLossUsd : null,
      affectedLabs: words.hasLabs ? condition.affectedLabs : null,
      count: words.hasCount ? condition.count : null,
      ...(kind === 'NOTICE' ? { withinHours: condition.withinHours } : {}),
      ...(kind === 'RANKING' ? { first: condition.first } : {}),
      isMuted,
      ...(isAdmin() ? { endpoints: [...endpoints] } : {}),
    };
    try {
      const { data } = await client.mutate({ mutation: SaveWatchDocument, variables: { input } });
      const payload = data?.saveWatch;
      setFaults(payload?.userErrors ?? []);
      if (payload?.watch == null) {
        focusFault(form.current);
        return;
      }
      await refreshWatches();
      announce(`${payload.watch.name} is saved.`);
      setSaved(true);
      onSaved(payload.watch);
    } catch (error) {
      setProblem(errorSentence(error));
    } finally {
      setSaving(false);
    }
  };
  const type = (field: NumberField) => ({
    value: typed[field],
    error: faultOf(field),
    onChange: (event: { currentTarget: HTMLInputElement }) => setTyped({ ...typed, [field]: event.currentTarget.value }),
  });
  const told = isMuted ? 0 : isAdmin() ? endpoints.length : (watch?.endpointCount ?? 0);
  const hasThreshold = condition.worstCaseLossUsd !== null || condition.affectedLabs !== null || condition.count !== null;

  return (
    <form
      ref={form}
      className={classes.form}
      onSubmit={save}
      onChange={() => setSaved(false)}
      aria-label={watch === null ? 'New watch' : 'Settings of the watch'}
      noValidate
    >
      {watch?.failure != null && (
        <p className={classes.failure} role="status">
          {watch.isEnded ? 'This watch has ended. ' : 'This watch cannot be asked. '}
          {instantsInWords(watch.failure)} {watch.isEnded ? 'Save begins it anew.' : 'It is asked again after the next change.'}
        </p>
      )}
      <TextInput
        label="Name"
        value={name}
        error={faultOf('name')}
        maxLength={500}
        {...(isDialog ? { 'data-autofocus': true } : {})}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <AsksCard asks={asks} />
      {kind === 'NOTICE' && <TextInput label="Hours before the term" inputMode="numeric" {...type('withinHours')} />}
      {kind === 'RANKING' && <TextInput label="How many are the first" inputMode="numeric" {...type('first')} />}
      {all.length > 1 && (
        <Checkbox.Group
          label={`Tell me when ${words.thing}`}
          description={hasThreshold ? 'With a figure below, only the figure counts.' : undefined}
          error={faultOf('on')}
          value={[...on]}
          onChange={(next) => setOn(all.filter((change) => next.includes(change)))}
        >
          <div className={classes.checks}>
            {all.map((change) => (
              <Checkbox key={change} value={change} label={words.on[change]} disabled={hasThreshold} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      {words.hasTier && (
        <NativeSelect
          label="At least"
          value={minTier ?? ''}
          error={faultOf('minTier')}
          data={[
            { value: '', label: 'Any tier' },
            { value: 'POSSIBLE', label: `${TIER_WORDS.POSSIBLE.word} or exposed` },
            { value: 'EXPOSED', label: `${TIER_WORDS.EXPOSED.word} only` },
          ]}
          onChange={(event) => setMinTier((event.currentTarget.value || null) as typeof minTier)}
        />
      )}
      {words.hasCount && (
        <fieldset className={classes.thresholds}>
          <legend>Only when a figure is reached</legend>
          {words.hasLoss && (
            <TextInput label="Worst case, US dollars" placeholder="any" inputMode="decimal" {...type('worstCaseLossUsd')} />
          )}
          {words.hasLabs && <TextInput label="Labs affected" placeholder="any" inputMode="numeric" {...type('affectedLabs')} />}
          <TextInput label={`Number of ${words.rows[1]}`} placeholder="any" inputMode="numeric" {...type('count')} />
        </fieldset>
      )}
      {isAdmin() && <EndpointChoice chosen={endpoints} fault={faultOf('endpoints')} onChange={setEndpoints} />}
      <div className={classes.told} id={`${id}-told`} aria-live="polite">
        {toldSentences(kind, condition).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <p>
          {watch === null ? 'What is so now is the start, and is not told. ' : ''}
          Events stand in your inbox for 30 days; nobody else sees them
          {told === 0 ? ', and nothing leaves the server.' : `, but they go to ${countOf(told, 'endpoint', 'endpoints')} of webhooks.`}
        </p>
      </div>
      <Switch
        checked={isMuted}
        onChange={(event) => setMuted(event.currentTarget.checked)}
        label="Mute"
        description="Events still stand in the history, read from the start."
      />
      {[...others.map(({ message }) => instantsInWords(message)), ...(problem === null ? [] : [problem])].map((message) => (
        <p key={message} className={classes.problem} role="alert">
          {message}
        </p>
      ))}
      <div className={classes.buttons}>
        <Button type="submit" loading={isSaving} aria-describedby={`${id}-told`}>
          {watch === null ? 'Watch' : watch.isEnded ? 'Begin anew' : 'Save'}
        </Button>
        {isSaved && <span className={classes.saved}>Saved</span>}
        {watch !== null && <EndWatch watch={watch} onProblem={setProblem} onDeleted={onDeleted} />}
      </div>
    </form>
  );
}

interface EndpointChoiceProps {
  readonly chosen: readonly string[];
  readonly fault: string | null;
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Endpoints of webhooks that get the events too. Nothing where there are none. */
function EndpointChoice({ chosen, fault, onChange }: EndpointChoiceProps) {
  const { data } = useQuestion(EndpointChoicesDocument, NOTHING);
  if (data === null || data.endpoints.length === 0) return null;
  return (
    <Checkbox.Group label="Send signed webhooks to" error={fault} value={[...chosen]} onChange={onChange}>
      <div className={classes.checks}>
        {data.endpoints.map(({ id, url, state }) => (
          <Checkbox key={id} value={id} label={state === 'DISABLED' ? `${url} (disabled)` : url} />
        ))}
      </div>
    </Checkbox.Group>
  );
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
      const { core, widest } = asks.radius ?? {};
      return core == null && widest == null
        ? 'As held now: what ends or begins by itself counts as a change.'
        : 'With the windows and options that the page shows.';
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

function numbersOf(typed: Readonly<Record<NumberField, string>>): Record<NumberField, number | null> {
  const parsed = Object.entries(typed).map(([field, text]) => {
    const value = parseNumber(text);
    return [field, value === null || Number.isNaN(value) ? null : value] as const;
  });
  return Object.fromEntries(parsed) as Record<NumberField, number | null>;
}

/** Fields whose text is no number, or no whole one where one is counted. The server knows the rest. */
function wrongFields(typed: Readonly<Record<NumberField, string>>, kind: WatchInput['kind']): Fault[] {
  const taken: Readonly<Record<NumberField, boolean>> = {
    worstCaseLossUsd: KIND_WORDS[kind].hasLoss,
    affectedLabs: KIND_WORDS[kind].hasLabs,
    count: KIND_WORDS[kind].hasCount,
    withinHours: kind === 'NOTICE',
    first: kind === 'RANKING',
  };
  return (Object.keys(typed) as NumberField[]).flatMap((field) => {
    const value = parseNumber(typed[field]);
    if (!taken[field] || value === null) return [];
    const isWrong = Number.isNaN(value) || (field !== 'worstCaseLossUsd' && !Number.isInteger(value));
    const advice =
      field === 'worstCaseLossUsd'
        ? 'enter an amount, such as 50,000,000 or $50M.'
        : `enter a whole number, such as ${countOf(3, '', '').trim()}.`;
    return isWrong ? [{ code: 'BAD_VALUE', path: [field], message: `“${typed[field].trim()}” is no number: ${advice}` }] : [];
  });
}

/** The focus is on the first field at fault, once it is marked. */
function focusFault(form: HTMLFormElement | null): void {
  setTimeout(() => form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-error] input')?.focus());
}

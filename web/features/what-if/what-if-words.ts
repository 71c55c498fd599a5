import type { FlowRadius } from '../../canvas/flows/flow-radius.ts';
import type { LanesRadius, NodeKey } from '../../canvas/lanes/lanes-props.ts';
import { countOf, formatCount, joinSome } from '../../shared/format/count.ts';
import { formatDay, formatInstant } from '../../shared/format/instant.ts';
import { formatMoney } from '../../shared/format/money.ts';
import type { ActionAloneQuery, BlastRadiusInput, ChangeKind } from '../../shared/generated/operations.ts';
import { radiusHref } from '../../shared/url/blast-radius-url.ts';
import type { Suspect } from '../../shared/url/radius-options-url.ts';
import type { ScenarioStep } from '../../shared/url/scenario-url.ts';

/** The names that titles of actions need. */
export type ActionNames = Pick<WhatIfSubject, 'organizations' | 'labs' | 'accesses'>;

function nameOf(list: ActionNames['organizations'], id: string): string {
  return list.find((each) => each.id === id)?.name ?? id;
}

/** "Recall Aurelis Labs' copies", "Revoke access: Quillmark → Bluefinch". */
export function actionTitle({ kind, id, owner }: ScenarioStep, names: ActionNames): string {
  const whose = owner === null ? 'all copies' : `the copies of ${nameOf(names.labs, owner)}`;
  switch (kind) {
    case 'SUSPEND':
      return `Suspend ${nameOf(names.organizations, id)}`;
    case 'RECALL':
      return `Recall ${whose}`;
    case 'ENCRYPT':
      return `Encrypt ${whose}`;
    case 'REVOKE_ALL_ACCESS':
      return `Revoke all access of ${nameOf(names.organizations, id)}`;
    case 'REVOKE_ACCESS': {
      const access = names.accesses.find((each) => each.id === id);
      return access === undefined ? `Revoke access ${id}` : `Revoke access: ${access.from} → ${access.to}`;
    }
  }
}

export function actionDetail({ kind, id, at }: ScenarioStep, names: ActionNames): string {
  const when = formatInstant(at);
  switch (kind) {
    case 'SUSPEND':
      return `from ${when}`;
    case 'RECALL':
      return `from ${nameOf(names.organizations, id)}, verified deleted ${when}`;
    case 'ENCRYPT':
      return `at ${nameOf(names.organizations, id)} from ${when}, key held by the owner`;
    case 'REVOKE_ALL_ACCESS':
    case 'REVOKE_ACCESS':
      return `ends on ${when}`;
  }
}

/** "Alone: 4 leave, 4 weaken, worst case $35.9M", or that it changes nothing. */
export function aloneSentence({ changeCounts, baseline, scenario }: NonNullable<ActionAloneQuery['whatIf']>): string {
  const count = (kind: ChangeKind) => changeCounts.find((each) => each.kind === kind)?.count ?? 0;
  const parts = [
    count('LEFT') > 0 ? countOf(count('LEFT'), 'leaves', 'leave') : null,
    count('WEAKENED') > 0 ? countOf(count('WEAKENED'), 'weakens', 'weaken') : null,
  ].filter((part) => part !== null);
  const isSame = parts.length === 0 && scenario.summary.worstCaseLossUsd === baseline.summary.worstCaseLossUsd;
  if (isSame) return 'Changes nothing in this radius.';
  return `Alone: ${[...parts, `worst case ${formatMoney(scenario.summary.worstCaseLossUsd)}`].join(', ')}.`;
}

/** The notice that a suspension always carries (semantics §8). */
export function suspensionNotice({ id, at }: ScenarioStep, names: ActionNames, widest: WhatIfSubject['widest']): string {
  const name = nameOf(names.organizations, id);
  const late = isLate({ at }, widest) ? ' This is after both windows, so it changes nothing in this radius.' : '';
  return `It stops new transfers and access from ${formatInstant(at)} on. ${name} keeps every copy it already holds.${late}`;
}

/** Whether an action comes after both windows, so that it changes nothing in the radius. */
function isLate({ at }: Pick<ScenarioStep, 'at'>, { to }: WhatIfSubject['widest']): boolean {
  return Date.parse(at) > Date.parse(to);
}

const DAY_MS = 86_400_000;

type ForwardSubject = Pick<WhatIfSubject, 'origins' | 'suspects' | 'options' | 'widest'>;

/**
 * The question that looks forward from actions that come after both windows: a compromise of the same organizations on the day after the last
 * of them, with the actions and without, side by side. Both windows are that day, without the incident's scope, which says what was touched
 * then (semantics §12). Null if no action is late.
 */
export function forwardQuestion(
  actions: readonly ScenarioStep[],
  { origins, suspects, options, widest }: ForwardSubject,
): { readonly day: string; readonly href: string } | null {
  const late = actions.filter((action) => isLate(action, widest));
  if (late.length === 0) return null;
  const from = (Math.floor(Math.max(...late.map(({ at }) => Date.parse(at))) / DAY_MS) + 1) * DAY_MS;
  const window = { from: new Date(from).toISOString(), to: new Date(from + DAY_MS - 1).toISOString() };
  const question = { origins, suspects: suspects.length === 0 ? null : suspects, hasCore: null, incident: null, knownAt: null, ...options };
  return { day: formatDay(window.from), href: radiusHref({ ...question, core: window, widest: window }, actions) };
}

/**
 * The way to ask what a suspension of all origins from tomorrow would change for a compromise on the day after. Null while a window reaches
 * that far.
 */
export function futureSuspension(
  subject: ForwardSubject & Pick<WhatIfSubject, 'organizations'>,
  now: number,
): { readonly label: string; readonly href: string } | null {
  const at = new Date((Math.floor(now / DAY_MS) + 1) * DAY_MS).toISOString();
  const actions = subject.origins.map((id): ScenarioStep => ({ kind: 'SUSPEND', id, owner: null, at }));
  const forward = forwardQuestion(actions, subject);
  if (forward === null) return null;
  const names = subject.organizations.filter(({ id }) => subject.origins.includes(id)).map(({ name }) => name);
  return { label: `Suspend ${joinSome(names, 3)} from ${formatDay(at)}, with a compromise on ${forward.day}`, href: forward.href };
}

/** "12 left the radius, 5 weakened, 8 stayed." */
export function changeSentence(counts: readonly { readonly kind: ChangeKind; readonly count: number }[]): string {
  const parts = counts.map(({ kind, count }) => `${formatCount(count)} ${CHANGE_WORDS[kind]}`);
  return parts.length === 0 ? 'Nothing is in either radius.' : `${parts.join(', ')}.`;
}

/** "10 fewer", "2 more", "unchanged". */
export function differenceInWords(before: number, after: number): string {
  if (before === after) return 'unchanged';
  return after < before ? `${countOf(before - after, 'fewer', 'fewer')}` : `${countOf(after - before, 'more', 'more')}`;
}

/** "−80%", "unchanged". */
export function shareOfLoss(before: number, after: number): string {
  if (before === after || before === 0) return 'unchanged';
  const percent = Math.round(((after - before) / before) * 100);
  if (percent === 0) return after < before ? 'less than 1% lower' : 'less than 1% higher';
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent)}%`;
}

export const CHANGE_WORDS: Readonly<Record<ChangeKind, string>> = {
  LEFT: 'left the radius',
  WEAKENED: 'weakened',
  STAYED: 'stayed',
  STRENGTHENED: 'strengthened',
  JOINED: 'joined',
};

/** The blast radius that a what-if changes, as the page shows it. */
export interface WhatIfSubject {
  readonly title: string;
  readonly input: BlastRadiusInput;
  readonly lanes: LanesRadius;
  /** Null while unknown. */
  readonly flows: FlowRadius | null;
  /** Lines stop being a picture: the difference is drawn as a matrix. */
  readonly isLarge: boolean;
  /** Ids of the compromised organizations. */
  readonly origins: readonly string[];
  /** Those that may have been compromised. */
  readonly suspects: readonly Suspect[];
  /** Of the answer, whether stated or default. */
  readonly options: { readonly maxHops: number; readonly transferLikelihood: number; readonly minDegree: number };
  /** The reached organizations, origins first. */
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
  readonly labs: readonly { readonly id: string; readonly name: string }[];
  /** Access facts over which the compromise passes. */
  readonly accesses: readonly { readonly id: string; readonly from: string; readonly to: string }[];
  /** RFC 3339. */
  readonly widest: { readonly from: string; readonly to: string };
  /** The windows and hops in words. */
  readonly asked: string;
}

export interface WhatIfProps {
  readonly subject: WhatIfSubject;
  readonly actions: readonly ScenarioStep[];
  readonly selection: NodeKey | null;
  readonly onSelect: (selection: NodeKey | null) => void;
  readonly onActions: (actions: readonly ScenarioStep[]) => void;
  /** The actions that were kept to be compared with others; null: none. */
  readonly kept: readonly ScenarioStep[] | null;
  readonly onKeep: () => void;
  readonly onCompare: () => void;
  readonly onClose: () => void;
}

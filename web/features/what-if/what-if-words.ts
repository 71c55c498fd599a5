import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatInstant } from '../../shared/format/instant.ts';
import { formatMoney } from '../../shared/format/money.ts';
import type { ActionAloneQuery, ChangeKind } from '../../shared/generated/operations.ts';
import type { ScenarioStep } from '../../shared/url/scenario-url.ts';
import type { WhatIfSubject } from './what-if-subject.ts';

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
  const late = at > widest.to ? ' This is after both windows, so it changes nothing in this radius.' : '';
  return `It stops new transfers and access from ${formatInstant(at)} on. ${name} keeps every copy it already holds.${late}`;
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

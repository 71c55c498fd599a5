import { type IdMap, type Parameter, statedList } from './address-table.ts';
import { readInstant, shortInstant } from './params.ts';

const KINDS = ['SUSPEND', 'RECALL', 'ENCRYPT', 'REVOKE_ALL_ACCESS', 'REVOKE_ACCESS'] as const;

/** An action of a scenario (semantics §8), by ids alone. */
export interface ScenarioStep {
  readonly kind: (typeof KINDS)[number];
  /** An organization; for REVOKE_ACCESS, an access fact. */
  readonly id: string;
  /** Only this lab's artifacts; null: all. For RECALL and ENCRYPT. */
  readonly owner: string | null;
  /** RFC 3339. */
  readonly at: string;
}

/** `RECALL:quillmark/aurelis@2026-09-18T00:00Z`. Ids are percent-encoded, so that any of them may hold a separator. */
export function writeScenarioStep({ kind, id, owner, at }: ScenarioStep): string {
  const of = owner === null ? '' : `/${encodeURIComponent(owner)}`;
  return `${kind}:${encodeURIComponent(id)}${of}@${shortInstant(at)}`;
}

/** Null if the text is malformed, so that an old or broken link still opens. */
export function parseScenarioStep(text: string): ScenarioStep | null {
  const [, word, id, owner, time] = /^([A-Z_]+):([^/@]+)(?:\/([^/@]+))?@(.+)$/.exec(text) ?? [];
  const kind = KINDS.find((each) => each === word);
  const at = readInstant(time ?? null);
  if (kind === undefined || id === undefined || at === null) return null;
  const hasOwner = kind === 'RECALL' || kind === 'ENCRYPT';
  if (owner !== undefined && !hasOwner) return null;
  try {
    return { kind, id: decodeURIComponent(id), owner: owner === undefined ? null : decodeURIComponent(owner), at };
  } catch {
    return null;
  }
}

function mapStepIds(step: ScenarioStep, map: IdMap): ScenarioStep | null {
  const id = map(step.id, step.kind === 'REVOKE_ACCESS' ? 'record' : 'organization');
  const owner = step.owner === null ? null : map(step.owner, 'organization');
  // Without its lab, an action would mean all labs.
  return id === null || (owner === null && step.owner !== null) ? null : { ...step, id, owner };
}

/** Actions in an address; null: not stated. */
export function scenarioSteps(name: string, words: string): Parameter<readonly ScenarioStep[] | null> {
  return statedList(
    name,
    { read: parseScenarioStep, write: writeScenarioStep, mapIds: mapStepIds },
    { words, expected: 'an action, an id and a time, such as SUSPEND:quillmark@2026-09-18', instead: () => 'It is left out.' },
  );
}

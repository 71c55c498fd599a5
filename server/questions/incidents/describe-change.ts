import type { Incident, IncidentWindow } from '../../domain/incident.ts';
import { causeNames } from '../../domain/incident.ts';
import { formatDay } from '../../exposure/sentence-formats.ts';

/**
 * The changes of a save to an incident, as sentences. Empty if nothing changed.
 *
 * @param before undefined for a new incident
 * @param nameOf the name of an organization
 */
export function describeIncidentChange(before: Incident | undefined, after: Incident, nameOf: (id: string) => string): string {
  const list = (ids: readonly string[]) => ids.map(nameOf).join(', ');
  if (before === undefined) return `The incident was opened with ${list(after.origins)} as origin.`;
  const sentences: string[] = [];
  const say = (noun: string, was: string, is: string) => {
    if (was !== is) sentences.push(`${noun}: ${was} → ${is}.`);
  };
  const added = after.origins.filter((id) => !before.origins.includes(id));
  const removed = before.origins.filter((id) => !after.origins.includes(id));
  say('Name', before.name, after.name);
  say('State', before.state, after.state);
  say('Cause', causeNames[before.cause], causeNames[after.cause]);
  say('Discovered', formatMaybe(before.discoveredAt), formatMaybe(after.discoveredAt));
  if (added.length > 0) sentences.push(`Origins added: ${list(added)}.`);
  if (removed.length > 0) sentences.push(`Origins removed: ${list(removed)}.`);
  say('Core window', formatWindow(before.core), formatWindow(after.core));
  say('Widest window', formatWindow(before.widest), formatWindow(after.widest));
  for (const [name, noun] of options) say(noun, `${before[name]}`, `${after[name]}`);
  if (JSON.stringify(before.scope) !== JSON.stringify(after.scope)) {
    sentences.push(
      after.scope.length === 0 ? 'The claimed scope was removed.' : `The claimed scope changed: ${list(after.scope.map((s) => s.origin))}.`,
    );
  }
  if (JSON.stringify(before.scenario) !== JSON.stringify(after.scenario)) {
    sentences.push(`The actions under consideration changed: ${before.scenario.length} → ${after.scenario.length}.`);
  }
  return sentences.join(' ');
}

const options = [
  ['maxHops', 'Most hops'],
  ['transferLikelihood', 'Chance along transfers'],
  ['minDegree', 'Least degree'],
] as const;

function formatMaybe(instant: number | null): string {
  return instant === null ? 'not known' : formatDay(instant);
}

function formatWindow(window: IncidentWindow | null): string {
  return window === null ? 'none' : `${formatDay(window.from)} to ${formatDay(window.to)}`;
}

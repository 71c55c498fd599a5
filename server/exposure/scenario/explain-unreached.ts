import { rowOf } from '../../projection/csr.ts';
import { none } from '../../projection/projection.ts';
import type { BlastRadius } from '../radius/blast-radius.ts';
import type { ReachedOrganization, SpreadStep } from '../radius/radius-types.ts';
import { SpreadSteps } from '../radius/spread-steps.ts';
import { formatDay } from '../sentence-formats.ts';

/**
 * Explains why an organization that one radius reaches is not reached in another: names the first step of its likeliest walk that no
 * longer holds. The two radii may be from different facts.
 *
 * @param was the organization as reached in `before`
 */
export function explainUnreached(before: BlastRadius, after: BlastRadius, was: ReachedOrganization): string {
  const name = before.projection.organizations.name.get(was.organization);
  const why = whyNot(before, after, was);
  return `${name} is not reached${why === undefined ? '' : `: ${why}`}.`;
}

function whyNot(before: BlastRadius, after: BlastRadius, { organization, path }: ReachedOrganization): string | undefined {
  const { id, name } = before.projection.organizations;
  const start = path[0]?.from ?? organization;
  if (!after.input.origins.includes(after.projection.organizations.id.find(id.get(start)))) return `${name.get(start)} is not an origin`;
  for (const step of path) {
    const why = step.access === none ? whyNotSent(before, after, step) : whyNoAccess(before, after, step.access);
    if (why !== undefined) return why;
  }
  const { maxHops } = after.input;
  return path.length > maxHops
    ? `that takes ${path.length === 1 ? '1 step' : `${path.length} steps`}, and the limit is ${maxHops}`
    : undefined;
}

function whyNoAccess(before: BlastRadius, after: BlastRadius, access: number): string | undefined {
  const { projection, input, scenario } = after;
  const id = before.projection.access.id.get(access);
  const now = projection.access.id.find(id);
  if (now < 0) return `access ${id} is not among the facts`;
  if (new SpreadSteps(projection, input, scenario).isAccessOpen(now)) return undefined;
  const until = scenario?.accessUntil(now) ?? Infinity;
  return until <= input.widest.from ? `access ${id} ends on ${formatDay(until)}` : `access ${id} is not open in the widest window`;
}

function whyNotSent(before: BlastRadius, after: BlastRadius, { from, to }: SpreadStep): string | undefined {
  const { id, name } = before.projection.organizations;
  const { projection, input, scenario } = after;
  if (input.transferLikelihood === 0) return 'compromise does not pass along transfers';
  const [sender, recipient] = [from, to].map((organization) => projection.organizations.id.find(id.get(organization))) as [number, number];
  const steps = new SpreadSteps(projection, input, scenario);
  const sent = sender < 0 ? [] : rowOf(projection.organizations.sent, sender);
  if (sent.some((t) => projection.transfers.recipient[t] === recipient && steps.isTransferOpen(t))) return undefined;
  return `no copy that ${name.get(from)} sent to ${name.get(to)} is in its custody in the widest window`;
}

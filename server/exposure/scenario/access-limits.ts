import type { Projection } from '../../projection/projection.ts';
import { none } from '../../projection/projection.ts';
import type { BlastRadius, ReachedOrganization } from '../radius/radius-types.ts';
import { SpreadSteps } from '../radius/spread-steps.ts';
import { formatDay } from '../sentence-formats.ts';

/**
 * What the end of access at an instant leaves, in sentences: what was open in the widest window by then, and who is reached in
 * another way. The first is named, the others are counted.
 *
 * @param rows access facts that end, ascending
 * Complexity: O(rows + reached organizations).
 */
export function limitsOfAccess({ projection, input, scenario, reached }: BlastRadius, rows: ArrayLike<number>, at: number): string[] {
  const { access, organizations } = projection;
  const before = new SpreadSteps(projection, input);
  const after = new SpreadSteps(projection, input, scenario);
  const valid = Array.from(rows).filter((a) => before.isAccessOpen(a));
  const open = valid.filter((a) => after.isAccessOpen(a));
  const limits: string[] = [];
  const [first] = open;
  if (first !== undefined) {
    const grantor = organizations.name.get(access.grantor[first] as number);
    const what =
      open.length === 1
        ? `Access ${access.id.get(first)} to ${grantor} was open`
        : `${open.length} access facts (the first is ${access.id.get(first)} to ${grantor}) were open`;
    limits.push(
      `${what} in the widest window before ${formatDay(at)}: compromise that spread over ${open.length === 1 ? 'it' : 'them'} by then remains.`,
    );
  }
  const ended = new Set(valid.filter((a) => !after.isAccessOpen(a)).map((a) => access.grantor[a] as number));
  const [still, ...others] = reached.filter(({ organization }) => ended.has(organization));
  if (still !== undefined) {
    const name = organizations.name.get(still.organization);
    const more =
      others.length === 0 ? '' : others.length === 1 ? ' So is 1 other organization.' : ` So are ${others.length} other organizations.`;
    limits.push(`${name} is still reached${describeWay(projection, still)}.${more}`);
  }
  return limits;
}

/**
 * Why it changes nothing that access of one grantee ends: there is none, the grantee is not reached, or none of it met the widest
 * window; undefined where it may change something.
 */
export function explainIdleAccess(
  { projection, input, reached }: BlastRadius,
  grantee: number,
  rows: ArrayLike<number>,
): string | undefined {
  const name = projection.organizations.name.get(grantee);
  const [first] = Array.from(rows);
  if (first === undefined) return `${name} has no access to end.`;
  const what = rows.length === 1 ? `access ${projection.access.id.get(first)}` : `the access of ${name}`;
  if (!reached.some(({ organization }) => organization === grantee)) return `Ending ${what} changes nothing: ${name} is not reached.`;
  const steps = new SpreadSteps(projection, input);
  if (Array.from(rows).some((a) => steps.isAccessOpen(a))) return undefined;
  return `Ending ${what} changes nothing: ${rows.length === 1 ? 'it was not' : 'none of it was'} open in the widest window.`;
}

function describeWay({ access, organizations }: Projection, { path }: ReachedOrganization): string {
  const last = path[path.length - 1];
  if (last === undefined) return ': it is an origin';
  const from = organizations.name.get(last.from);
  return last.access === none ? `, from ${from} along what it sent` : `, from ${from} over access ${access.id.get(last.access)}`;
}

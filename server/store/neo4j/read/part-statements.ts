import type { FactKind } from '../../../domain/facts.ts';
import { graphKindOf } from '../graph/graph-model.ts';
import { graphShape } from '../graph/graph-shape.ts';

/*
 * What a part of the facts is read by. `$seq` is the number of the latest event that counts: facts that a later one spoke of
 * are left out. Closures may pass through such facts: they then find more than is needed.
 */

const published = (variable: string) => `${variable}.touched <= $seq`;

const isValid = `(access.validFrom IS NULL OR access.validFrom <= $to)
      AND (access.validUntil IS NULL OR access.validUntil > $from)
      AND (access.validFrom IS NULL OR access.validUntil IS NULL OR access.validFrom < access.validUntil)`;

const isPossiblyLive = `(transfer.sentAt IS NULL OR transfer.sentAt <= $to)
      AND (transfer.deletionState <> 'VERIFIED' OR transfer.deletedAt IS NULL
        OR (transfer.deletedAt > $from AND (transfer.sentAt IS NULL OR transfer.sentAt < transfer.deletedAt)))`;

/**
 * From nodes bound as the list `newest`, step by step, each step from those alone that the one before found first: a path of
 * variable length would be looked for from each start anew, and with many starts that is most of the graph many times.
 * Leaves the lists `newest` and `seen`.
 *
 * @param step matches from `(from)` to `(found)`
 */
function stepByStep(steps: number, step: string): string {
  const each = Array.from(
    { length: steps },
    (_, i) => `CALL (newest, seen) {
  UNWIND newest AS from
  ${step}
  WITH DISTINCT found, seen WHERE NOT found IN seen
  RETURN collect(found) AS found${i}
}
WITH found${i} AS newest, seen + found${i} AS seen`,
  );
  return `WITH newest, newest AS seen\n${each.join('\n')}`;
}

/**
 * All that is led to from the list `newest`: the first steps one by one, and what is farther away as paths of any length from
 * the few found last. Leaves the list `seen`.
 *
 * @param rest a path of any length from `(from)` to `(far)`
 */
function closure(step: string, rest: string): string {
  return `${stepByStep(4, step)}
CALL (newest) {
  UNWIND newest AS from
  ${rest}
  RETURN collect(DISTINCT far) AS rest
}
WITH seen + rest AS seen`;
}

/** `$starts`: ids of organizations; `$from`, `$to`: the window. Rows: ids. */
export function spreadStatement(maxSteps: number, alongTransfers: boolean): string {
  const overAccess = `MATCH (from)-[:HAS]->(access:Access)-[:INTO]->(found:Organization)
    WHERE ${published('access')} AND ${isValid}
    RETURN found`;
  const overTransfers = `MATCH (from)-[:SENT]->(transfer:Transfer)-[:TO]->(found:Organization)
    WHERE ${published('transfer')} AND ${isPossiblyLive}
    RETURN found`;
  const step = `CALL (from) {
    ${alongTransfers ? `${overAccess}\n    UNION\n    ${overTransfers}` : overAccess}
  }`;
  return `MATCH (start:Organization) WHERE start.id IN $starts
WITH collect(start) AS newest
${stepByStep(maxSteps, step)}
UNWIND seen AS organization
RETURN organization.id`;
}

/** Hinted, as the planner may think that a look at all relationships of a type is less work than one at these. */
const organizationAt = 'MATCH (organization:Organization {id: key}) USING INDEX organization:Organization(id)';
const artifactAt = 'MATCH (artifact:Artifact {id: key}) USING INDEX artifact:Artifact(id)';

/** `$organizations`. Rows: ids. */
export const artifactsHandled = `UNWIND $organizations AS key
${organizationAt}
CALL (organization) {
  MATCH (organization)-[:SENT]->(transfer:Transfer)-[:OF]->(artifact:Artifact) WHERE ${published('transfer')} RETURN artifact
  UNION
  MATCH (organization)<-[:TO]-(transfer:Transfer)-[:OF]->(artifact:Artifact) WHERE ${published('transfer')} RETURN artifact
}
WITH DISTINCT artifact
RETURN artifact.id`;

/** `$artifacts`. Rows for `decodeFact` of TRANSFER. */
export const transfersOf = graphKindOf('TRANSFER').readFound(`UNWIND $artifacts AS key
${artifactAt}
WITH artifact AS of
MATCH (of)<-[:OF]-(fact:Transfer)
WHERE ${published('fact')}`);

/** `$artifacts`. Rows for `decodeFact` of ENGAGEMENT. */
export const engagementsOfTransfers = graphKindOf('ENGAGEMENT').readFound(`UNWIND $artifacts AS key
${artifactAt}
MATCH (artifact)<-[:OF]-(transfer:Transfer)-[:UNDER]->(fact:Engagement)
WHERE ${published('transfer')} AND ${published('fact')}
WITH DISTINCT fact`);

/** `$artifacts`, `$minDegree`. Rows for `decodeFact` of REVEALS. */
export const revealsFrom = graphKindOf('REVEALS').readFound(`MATCH (start:Artifact) WHERE start.id IN $artifacts
WITH collect(start) AS newest
${closure(
  'MATCH (from)-[step:REVEALS]->(found:Artifact) WHERE step.degree >= $minDegree',
  'MATCH (from)-[path:REVEALS*0..]->(far:Artifact) WHERE all(step IN path WHERE step.degree >= $minDegree)',
)}
UNWIND seen AS artifact
WITH DISTINCT artifact
MATCH (artifact)-[fact:REVEALS]->(:Artifact)
WHERE ${published('fact')}`);

/** `$organizations`. Rows for `decodeFact` of ENGAGEMENT. */
export const engagementsAbove = graphKindOf('ENGAGEMENT').readFound(`MATCH (start:Organization) WHERE start.id IN $organizations
WITH collect(start) AS newest
${closure('MATCH (from)<-[:WITH]-(:Engagement)<-[:ENGAGES]-(found:Organization)', 'MATCH (from)<-[:WITH|ENGAGES*0..]-(far:Organization)')}
UNWIND seen AS organization
WITH DISTINCT organization
MATCH (organization)<-[:WITH]-(fact:Engagement)
WHERE ${published('fact')}`);

/** `$named`: ids of organizations, of artifacts for REVEALS. Rows for `decodeFact`. */
export function factsNaming(kind: 'ACCESS' | 'ENGAGEMENT' | 'CONTROL' | 'REVEALS'): string {
  const { label, is, references } = graphShape[kind];
  const types = Object.values(references).map(({ type }) => type);
  const match =
    is === 'node'
      ? `${organizationAt}\nMATCH (organization)-[:${types.join('|')}]-(fact:${label})`
      : `${artifactAt}\nMATCH (artifact)-[fact:${label}]-(:Artifact)`;
  return graphKindOf(kind).readFound(`UNWIND $named AS key\n${match}\nWHERE ${published('fact')}\nWITH DISTINCT fact`);
}

/** One row. Quicker than any look at the facts, as the database keeps these numbers; for where nobody is writing above `$seq`. */
export function countOf(kind: FactKind): string {
  return graphKindOf(kind).count;
}

/** As `countOf`, whoever is writing. */
export function countPublished(kind: FactKind): string {
  const { label, is } = graphShape[kind];
  return `MATCH ${is === 'node' ? `(fact:${label})` : `()-[fact:${label}]->()`} WHERE ${published('fact')} RETURN count(fact)`;
}

/** One row where a fact that was there before was changed by an event that is not published. A look at all facts of the kind. */
export function changedUnpublished(kind: FactKind): string {
  const { label, is } = graphShape[kind];
  const pattern = is === 'node' ? `(fact:${label})` : `()-[fact:${label}]->()`;
  return `MATCH ${pattern} WHERE fact.touched > $seq AND fact.writes[0] <= $seq RETURN 1 LIMIT 1`;
}

/** Likewise, where it was taken out of the graph. */
export const removedUnpublished = 'MATCH (former:ExposureFormer) WHERE former.touched > $seq AND former.writes[0] <= $seq RETURN 1 LIMIT 1';

import { endsOf, type KindWithEnds } from '../../../domain/fact-rules.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { graphKindOf } from '../graph/graph-model.ts';
import { graphShape, type ReferenceShape } from '../graph/graph-shape.ts';

/*
 * The statements that read a part of the facts. `$seq` is the number of the last published event: facts that a later event states
 * are left out. A closure may pass through such facts, and then finds a superset.
 */

const published = (variable: string) => `${variable}.touched <= $seq`;

const isValid = `(access.validFrom IS NULL OR access.validFrom <= $to)
      AND (access.validUntil IS NULL OR access.validUntil > $from)
      AND (access.validFrom IS NULL OR access.validUntil IS NULL OR access.validFrom < access.validUntil)`;

const isPossiblyLive = `(transfer.sentAt IS NULL OR transfer.sentAt <= $to)
      AND (transfer.deletionState <> 'VERIFIED' OR transfer.deletedAt IS NULL
        OR (transfer.deletedAt > $from AND (transfer.sentAt IS NULL OR transfer.sentAt < transfer.deletedAt)))`;

/**
 * A breadth-first search from the nodes in the list `newest`. Each step starts from the new nodes of the step before. A path of
 * variable length would search again from each start, and with many starts would pass through most of the graph many times.
 * Nodes are grouped to find the new ones, because `IN` goes through its whole list for each. Returns the lists `newest` and `seen`.
 *
 * @param step matches from `(from)` to `(found)`
 */
function stepByStep(steps: number, step: string): string {
  const each = Array.from(
    { length: steps },
    (_, i) => `CALL (newest) {
  UNWIND newest AS from
  ${step}
  RETURN collect(DISTINCT found) AS found${i}
}
UNWIND [node IN seen | [node, 0]] + [node IN found${i} | [node, 1]] AS pair
WITH pair[0] AS node, min(pair[1]) AS isNew
WITH collect(node) AS seen, collect(CASE isNew WHEN 1 THEN node END) AS newest`,
  );
  return `WITH newest, newest AS seen\n${each.join('\n')}`;
}

/**
 * Everything reachable from the nodes in the list `newest`: the first steps one by one, the rest as paths of any length from the
 * few nodes found last. Returns the list `seen`.
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

/** Hinted: the planner may otherwise scan all relationships of a type. */
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
export const transfersOf = graphKindOf('TRANSFER').readFound(
  `UNWIND $artifacts AS key
${artifactAt}
MATCH (artifact)<-[:OF]-(fact:Transfer)
WHERE ${published('fact')}`,
  'artifact',
);

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

/** `$named`: ids of organizations, of artifacts for REVEALS. Rows for `decodeFact`. */
export function factsNaming(kind: 'ACCESS' | 'CONTROL' | 'REVEALS'): string {
  const { label, is, references } = graphShape[kind];
  const types = Object.values(references).map(({ type }) => type);
  const match =
    is === 'node'
      ? `${organizationAt}\nMATCH (organization)-[:${types.join('|')}]-(fact:${label})`
      : `${artifactAt}\nMATCH (artifact)-[fact:${label}]-(:Artifact)`;
  return graphKindOf(kind).readFound(`UNWIND $named AS key\n${match}\nWHERE ${published('fact')}\nWITH DISTINCT fact`);
}

/** Rows for `decodeFact` of ACCESS. Scans all access facts. */
export const accessWithSoftware = graphKindOf('ACCESS').readFound(
  `MATCH (fact:Access) WHERE fact.software IS NOT NULL AND ${published('fact')}`,
);

/** One row. The database keeps this count, so it reads no facts. Correct only while no write is staged. */
export function countOf(kind: FactKind): string {
  return graphKindOf(kind).count;
}

/** As `countOf`, but correct even while a write is staged. */
export function countPublished(kind: FactKind): string {
  const { label, is } = graphShape[kind];
  return `MATCH ${is === 'node' ? `(fact:${label})` : `()-[fact:${label}]->()`} WHERE ${published('fact')} RETURN count(fact)`;
}

/** `$groups`: lists of ids of organizations. One row: the number of facts whose two ends are in one list. */
export function countWithin(kind: KindWithEnds): string {
  const types = endsOf[kind].map((field) => (graphShape[kind].references[field] as ReferenceShape).type).join('|');
  return `UNWIND $groups AS ids
UNWIND tail(ids) AS key
${organizationAt}
MATCH (organization)-[:${types}]-(fact:${graphShape[kind].label})-[:${types}]-(other:Organization)
WHERE other.id IN ids AND ${published('fact')}
RETURN count(DISTINCT fact)`;
}

/** One row if a staged event has changed a published fact of the kind. Scans all facts of the kind. */
export function changedUnpublished(kind: FactKind): string {
  const { label, is } = graphShape[kind];
  const pattern = is === 'node' ? `(fact:${label})` : `()-[fact:${label}]->()`;
  return `MATCH ${pattern} WHERE fact.touched > $seq AND fact.writes[0] <= $seq RETURN 1 LIMIT 1`;
}

/** One row if a staged event has removed a published fact from the graph. */
export const removedUnpublished = 'MATCH (former:ExposureFormer) WHERE former.touched > $seq AND former.writes[0] <= $seq RETURN 1 LIMIT 1';

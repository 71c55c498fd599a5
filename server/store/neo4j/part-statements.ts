import type { FactKind } from '../../domain/facts.ts';
import { graphKindOf } from './graph-model.ts';
import { graphShape } from './graph-shape.ts';

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
 * `$starts`: ids of organizations; `$from`, `$to`: the window. Rows: ids.
 *
 * Step by step in one statement, each step from those alone that the one before found first: a path of variable length would
 * be looked for from each start anew.
 */
export function spreadStatement(maxSteps: number, alongTransfers: boolean): string {
  const steps = Array.from({ length: maxSteps }, (_, i) => {
    const overAccess = `MATCH (from)-[:HAS]->(access:Access)-[:INTO]->(found:Organization)
    WHERE ${published('access')} AND ${isValid}
    RETURN found`;
    const overTransfers = `MATCH (from)-[:SENT]->(transfer:Transfer)-[:TO]->(found:Organization)
    WHERE ${published('transfer')} AND ${isPossiblyLive}
    RETURN found`;
    return `CALL (newest, seen) {
  UNWIND newest AS from
  CALL (from) {
    ${alongTransfers ? `${overAccess}\n    UNION\n    ${overTransfers}` : overAccess}
  }
  WITH DISTINCT found, seen WHERE NOT found IN seen
  RETURN collect(found) AS found${i}
}
WITH found${i} AS newest, seen + found${i} AS seen`;
  });
  return `MATCH (start:Organization) WHERE start.id IN $starts
WITH collect(start) AS newest
WITH newest, newest AS seen
${steps.join('\n')}
UNWIND seen AS organization
RETURN organization.id`;
}

/** `$organizations`. Rows: ids. */
export const artifactsHandled = `UNWIND $organizations AS key
MATCH (organization:Organization {id: key})
CALL (organization) {
  MATCH (organization)-[:SENT]->(transfer:Transfer)-[:OF]->(artifact:Artifact) WHERE ${published('transfer')} RETURN artifact
  UNION
  MATCH (organization)<-[:TO]-(transfer:Transfer)-[:OF]->(artifact:Artifact) WHERE ${published('transfer')} RETURN artifact
}
WITH DISTINCT artifact
RETURN artifact.id`;

/** `$artifacts`. Rows for `decodeFact` of TRANSFER. */
export const transfersOf = graphKindOf('TRANSFER').readFound(`UNWIND $artifacts AS key
MATCH (:Artifact {id: key})<-[:OF]-(fact:Transfer)
WHERE ${published('fact')}`);

/** `$artifacts`. Rows for `decodeFact` of ENGAGEMENT. */
export const engagementsOfTransfers = graphKindOf('ENGAGEMENT').readFound(`UNWIND $artifacts AS key
MATCH (:Artifact {id: key})<-[:OF]-(transfer:Transfer)-[:UNDER]->(fact:Engagement)
WHERE ${published('transfer')} AND ${published('fact')}
WITH DISTINCT fact`);

/** `$artifacts`, `$minDegree`. Rows for `decodeFact` of REVEALS. */
export const revealsFrom = graphKindOf('REVEALS').readFound(`MATCH (start:Artifact) WHERE start.id IN $artifacts
MATCH (start)-[path:REVEALS*0..]->(artifact:Artifact)
WHERE all(step IN path WHERE step.degree >= $minDegree)
WITH DISTINCT artifact
MATCH (artifact)-[fact:REVEALS]->(:Artifact)
WHERE ${published('fact')}`);

/** `$organizations`. Rows for `decodeFact` of ENGAGEMENT. */
export const engagementsAbove = graphKindOf('ENGAGEMENT').readFound(`MATCH (end:Organization) WHERE end.id IN $organizations
MATCH (end)<-[:WITH|ENGAGES*0..]-(fact)
WITH DISTINCT fact WHERE fact:Engagement AND ${published('fact')}`);

/** `$named`: ids of organizations, of artifacts for REVEALS. Rows for `decodeFact`. */
export function factsNaming(kind: 'ACCESS' | 'ENGAGEMENT' | 'CONTROL' | 'REVEALS'): string {
  const { label, is } = graphShape[kind];
  const pattern = is === 'node' ? `(:Organization {id: key})--(fact:${label})` : `(:Artifact {id: key})-[fact:${label}]-(:Artifact)`;
  return graphKindOf(kind).readFound(`UNWIND $named AS key\nMATCH ${pattern}\nWHERE ${published('fact')}\nWITH DISTINCT fact`);
}

/** One row where a fact that was there before was changed by an event that is not published. A look at all facts of the kind. */
export function changedUnpublished(kind: FactKind): string {
  const { label, is } = graphShape[kind];
  const pattern = is === 'node' ? `(fact:${label})` : `()-[fact:${label}]->()`;
  return `MATCH ${pattern} WHERE fact.touched > $seq AND fact.writes[0] <= $seq RETURN 1 LIMIT 1`;
}

/** Likewise, where it was taken out of the graph. */
export const removedUnpublished = 'MATCH (former:ExposureFormer) WHERE former.touched > $seq AND former.writes[0] <= $seq RETURN 1 LIMIT 1';

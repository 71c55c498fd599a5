import neo4j, { type Driver, type Session } from 'neo4j-driver';
import { factFields } from '../../server/domain/fact-fields.ts';
import { type FactKind, factKinds } from '../../server/domain/facts.ts';
import { graphShape, type ReferenceShape } from '../../server/store/neo4j/graph/graph-shape.ts';

/*
 * The bare driver, without the product's code: the baseline for the adapter. It knows only the shape of the graph.
 */

/** A transfer to write: its ends, and its properties as the database stores them. */
export interface BareTransfer {
  readonly sender: string;
  readonly recipient: string;
  readonly artifact: string;
  readonly properties: Record<string, unknown>;
}

/** Integers stay integers, so that they can be written again. */
export async function readBareTransfers(url: string): Promise<BareTransfer[]> {
  const rows: BareTransfer[] = [];
  await withSession(url, { useBigInt: true }, (session) =>
    forEachRow(
      session,
      `MATCH (s:Organization)-[:SENT]->(t:Transfer)-[:TO]->(r:Organization) MATCH (t)-[:OF]->(a:Artifact)
       RETURN s.id, r.id, a.id, properties(t)`,
      ([sender, recipient, artifact, properties]) => rows.push({ sender, recipient, artifact, properties } as BareTransfer),
    ),
  );
  return rows.sort((a, b) => ((a.properties.id as string) < (b.properties.id as string) ? -1 : 1));
}

/** The plain loop: batches of 10,000, each a managed transaction. Throws if an end of a transfer is missing. */
export async function writeBareTransfers(url: string, rows: readonly BareTransfer[]): Promise<void> {
  const query = `UNWIND $rows AS row
    MATCH (s:Organization {id: row.sender}) MATCH (r:Organization {id: row.recipient}) MATCH (a:Artifact {id: row.artifact})
    CREATE (s)-[:SENT]->(t:Transfer)-[:TO]->(r) CREATE (t)-[:OF]->(a) SET t = row.properties RETURN count(*)`;
  await withSession(url, { disableLosslessIntegers: true }, async (session) => {
    for (let start = 0; start < rows.length; start += 10_000) {
      const batch = rows.slice(start, start + 10_000);
      const count = await session.executeWrite(async (transaction) => {
        const { records } = await transaction.run(query, { rows: batch });
        return records[0]?.get(0) as number;
      });
      if (count !== batch.length) throw new Error(`${batch.length - count} transfers name a record that does not exist.`);
    }
  });
}

/**
 * Reads every fact with the facts that it names, one scalar per column, in the order of the database. This is the fastest statement
 * that we found: it reads all properties of a fact at once. @returns the number of rows
 */
export async function readBareFacts(url: string): Promise<number> {
  let count = 0;
  await withSession(url, { disableLosslessIntegers: true }, async (session) => {
    for (const kind of factKinds) {
      await forEachRow(session, readStatement(kind), () => {
        count++;
      });
    }
  });
  return count;
}

function readStatement(kind: FactKind): string {
  const { label, is, references } = graphShape[kind];
  const recorded = ['write', 'assertedAt', 'file', 'line', 'source'].map((name) => `own.${name}`);
  if (is === 'relationship')
    return `MATCH (a:Artifact)-[fact:${label}]->(b:Artifact)
      WITH a.id AS artifact, b.id AS reveals, properties(fact) AS own
      RETURN artifact, reveals, own.degree, own.basis, ${recorded}`;
  const ends = Object.entries(references).map(([name, reference]) => {
    const isRequired = factFields[kind].some((spec) => spec.name === name && spec.isRequired);
    return `${isRequired ? 'MATCH' : 'OPTIONAL MATCH'} ${arrow(reference, name)}`;
  });
  const named = Object.keys(references).map((name) => `${name}.id AS ${name}`);
  const columns = factFields[kind].map(({ name }) => (name in references ? name : `own.${name}`));
  return [`MATCH (fact:${label})`, ...ends, `WITH ${[...named, 'properties(fact) AS own']}`, `RETURN ${[...columns, ...recorded]}`].join(
    '\n',
  );
}

function arrow({ type, direction }: ReferenceShape, name: string): string {
  return direction === 'out' ? `(fact)-[:${type}]->(${name})` : `(fact)<-[:${type}]-(${name})`;
}

export interface BareQuestion {
  readonly origin: string;
  readonly core: { readonly from: number; readonly to: number };
  readonly widest: { readonly from: number; readonly to: number };
}

/** The artifacts that an organization holds or owns, each with the strongest tier of its copies there (0 exposed, 1 possible, 2 contained). */
export async function askBareRadius(session: Session, { origin, core, widest }: BareQuestion): Promise<Map<string, number>> {
  const { records } = await session.executeRead((transaction) =>
    transaction.run(radiusStatement, {
      origin,
      coreFrom: neo4j.int(core.from),
      coreTo: neo4j.int(core.to),
      widestFrom: neo4j.int(widest.from),
      widestTo: neo4j.int(widest.to),
    }),
  );
  return new Map(records.map((record) => [record.get(0) as string, record.get(2) as number]));
}

const radiusStatement = `
  MATCH (o:Organization {id: $origin})
  CALL (o) {
    MATCH (o)<-[:TO]-(t:Transfer)-[:OF]->(a:Artifact)
    WITH a, t, t.form IN ['PLAINTEXT', 'ENCRYPTED_KEY_AT_HOLDER'] AS isReadable, coalesce(t.sentAt, t.assertedAt) AS since,
      CASE WHEN t.deletionState IN ['ATTESTED', 'VERIFIED'] THEN t.deletedAt END AS ended,
      CASE WHEN t.deletionState = 'VERIFIED' THEN t.deletedAt END AS gone
    RETURN a.id AS artifact,
      CASE
        WHEN isReadable AND t.confidence >= 0.499999999 AND since <= $coreTo
          AND (ended IS NULL OR (ended > since AND ended > $coreFrom)) THEN 0
        WHEN (t.sentAt IS NULL OR t.sentAt <= $widestTo)
          AND (gone IS NULL OR (gone > $widestFrom AND (t.sentAt IS NULL OR gone > t.sentAt))) THEN CASE WHEN isReadable THEN 1 ELSE 2 END
      END AS tier
    UNION ALL
    MATCH (o)-[:OWNS]->(a:Artifact) RETURN a.id AS artifact, 0 AS tier
  }
  WITH artifact, min(tier) AS tier WHERE tier IS NOT NULL
  RETURN artifact, $origin, tier`;

/** The shortest possible query. */
export async function askNothing(session: Session): Promise<void> {
  await session.executeRead((transaction) => transaction.run('RETURN 1'));
}

export async function withSession<T>(
  url: string,
  config: { readonly disableLosslessIntegers?: boolean; readonly useBigInt?: boolean },
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const driver: Driver = neo4j.driver(url, neo4j.auth.basic('', ''), config);
  const session = driver.session({ fetchSize: -1 });
  try {
    return await work(session);
  } finally {
    await session.close();
    await driver.close();
  }
}

function forEachRow(session: Session, query: string, see: (cells: unknown[]) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    session.run(query).subscribe({
      onNext: (record) => see((record as unknown as { _fields: unknown[] })._fields),
      onCompleted: () => resolve(),
      onError: reject,
    });
  });
}

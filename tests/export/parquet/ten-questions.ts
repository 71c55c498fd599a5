import { readFileSync } from 'node:fs';
import { formatInstant } from '../../../server/domain/instants.ts';
import type { ParquetRow } from './read-parquet.ts';

/** A question of docs/parquet.md, with the SQL and the answer that stand there. */
export interface DocumentedQuestion {
  readonly title: string;
  readonly sql: string;
  readonly columns: readonly string[];
  /** Cells as they stand in the document. An empty one is null. */
  readonly rows: readonly (readonly string[])[];
}

const page = readFileSync(new URL('../../../docs/parquet.md', import.meta.url), 'utf8');
const block = (language: string) => new RegExp(`^\`\`\`sql${language}\\n([\\s\\S]*?)^\`\`\``, 'm');

/**
 * The statements that make the views, without their last `;`.
 *
 * @param folder with the files
 * @param organization that the questions are about
 */
export function viewsOf(engine: 'duckdb' | 'spark', folder: string, organization = asked.organization): string[] {
  return [engine, 'both'].flatMap((language) =>
    (block(` ${language}`).exec(page)?.[1] ?? '')
      .replaceAll("'facts/", `'${folder}/`)
      .replaceAll(`'${asked.organization}'`, `'${organization}'`)
      .split(/;\n/)
      .filter((statement) => statement.trim() !== ''),
  );
}

export const documentedQuestions: readonly DocumentedQuestion[] = page
  .split(/^### (?=\d+\. )/m)
  .slice(1)
  .map((rest) => {
    const [section] = rest.split(/^## /m) as [string];
    const [header, , ...rows] = [...section.matchAll(/^\| (.*) \|$/gm)].map(([, row]) =>
      (row as string).split(' | ').map((cell) => cell.trim()),
    );
    return {
      title: section.slice(0, section.indexOf('\n')),
      sql: block('').exec(section)?.[1] ?? '',
      columns: header ?? [],
      rows,
    };
  });

/** The second question, with chains of reveals of any length, as the document says for DuckDB. */
export function askWholeRadius(): string {
  const leads = (block(' reveals').exec(page)?.[1] ?? '').trim();
  const sql = documentedQuestions[1]?.sql ?? '';
  return sql.replace('WITH held', 'WITH RECURSIVE held').replace(/leads AS \([\s\S]*?\n\)/, leads);
}

/** A value as a cell of an answer in the document. */
export function toCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return value instanceof Date ? formatInstant(value.getTime()) : String(value);
}

/** The rows of each table, as the files have them. */
export type Tables = (name: string) => readonly ParquetRow[];

const at = Date.parse;
/** The subject and the windows of the questions: those of docs/parquet.md. */
export const asked = {
  organization: 'quillmark',
  core: { from: at('2026-09-24T08:30:00Z'), to: at('2026-09-24T11:25:00Z') },
  widest: { from: at('2026-09-19T00:00:00Z'), to: at('2026-10-01T00:00:00Z') },
};

/** Semantics §2. Null: an open end. */
function meets(window: { readonly from: number; readonly to: number }, from: unknown, until: unknown): boolean {
  const [a, b] = [(from as number | null) ?? -Infinity, (until as number | null) ?? Infinity];
  return a < b && a <= window.to && b > window.from;
}

/** Answers the ten questions by plain loops over the rows of the files. */
export function answerByHand(tables: Tables): string[][][] {
  const organizations = byId(tables('organizations'));
  const artifacts = byId(tables('artifacts'));
  const transfers = byId(tables('transfers'));
  const met = tables('copies').map((copy) => {
    const artifact = artifacts.get(copy.artifact) as ParquetRow;
    return {
      copy,
      artifact,
      owner: artifact.owner as string,
      worstUsd: (artifact.value_high_usd ?? artifact.value_low_usd ?? 0) as number,
      isReadable: copy.form === 'PLAINTEXT' || copy.form === 'ENCRYPTED_KEY_AT_HOLDER',
      isDefinite: meets(asked.core, copy.definite_from, copy.definite_until),
      isPossible: meets(asked.widest, copy.possible_from, copy.possible_until),
    };
  });
  const elsewhere = met.filter(({ copy, owner, isPossible }) => isPossible && copy.holder !== owner);

  const hops = new Map<unknown, number>([[asked.organization, 0]]);
  for (let hop = 1; hop <= 2; hop++) {
    const before = new Set(hops.keys());
    for (const { grantee, grantor, valid_from, valid_until } of tables('access'))
      if (before.has(grantee) && !hops.has(grantor) && meets(asked.widest, valid_from, valid_until)) hops.set(grantor, hop);
  }
  const reached = [...hops].sort(by(([id, hop]) => [hop, id])).map(([id, hop]) => [id, organizations.get(id)?.name, hop]);

  const tierOf = new Map<unknown, number>();
  const note = (artifact: unknown, tier: number) => tierOf.set(artifact, Math.min(tier, tierOf.get(artifact) ?? 3));
  for (const { copy, isReadable, isDefinite, isPossible } of met) {
    const hop = hops.get(copy.holder);
    if (hop === undefined || !isPossible) continue;
    note(copy.artifact, !isReadable ? 3 : hop === 0 && isDefinite && (copy.confidence as number) >= 0.5 ? 1 : 2);
  }
  const reveals = tables('reveals');
  for (const [artifact, tier] of [...tierOf]) {
    if (tier === 3) continue;
    for (const first of reveals.filter((one) => one.artifact === artifact)) {
      if ((first.degree as number) >= 0.05) note(first.reveals, tier);
      for (const next of reveals.filter((one) => one.artifact === first.reveals))
        if ((first.degree as number) * (next.degree as number) >= 0.05) note(next.reveals, tier);
    }
  }
  const radius = ['EXPOSED', 'POSSIBLE', 'CONTAINED'].flatMap((state, i) => {
    const found = [...tierOf].filter(([, tier]) => tier === i + 1).map(([artifact]) => artifacts.get(artifact)?.owner);
    return found.length === 0 ? [] : [[state, found.length, new Set(found).size]];
  });

  const holders = elsewhere
    .filter(({ copy }) => copy.artifact === 'a-eval-a2')
    .sort(by(({ copy }) => [copy.holder, copy.id]))
    .map(({ copy }) => [copy.holder, copy.kind, copy.rank, copy.form, instant(copy.possible_from), instant(copy.possible_until)]);

  const ranks = grouped(
    elsewhere.filter(({ copy }) => copy.kind === 'TRANSFERRED' && ((copy.rank ?? 0) as number) >= 2),
    ({ owner, copy }) => [owner, copy.rank],
  ).map(([key, found]) => [...key, found.length, new Set(found.map(({ copy }) => copy.holder)).size]);

  const concentration = grouped(
    elsewhere.filter(({ isReadable }) => isReadable),
    ({ copy }) => [copy.holder],
  )
    .map(([[holder], found]): [unknown, number, number, number] => {
      const each = new Map(found.map((one) => [one.artifact.id, one]));
      const worst = [...each.values()].reduce((sum, { worstUsd }) => sum + worstUsd, 0);
      return [holder, new Set(found.map(({ owner }) => owner)).size, each.size, worst];
    })
    .sort((a, b) => b[3] - a[3] || compare(a[0], b[0]))
    .slice(0, 5);

  const gaps = tables('copies')
    .filter(({ kind }) => kind === 'CUSTODY_GAP')
    .sort(by(({ holder, artifact, id }) => [holder, artifact, id]))
    .map(({ holder, artifact, transfer }) => [holder, artifact, transfer]);

  const claims = grouped(
    tables('copies').filter((copy) => copy.kind === 'TRANSFERRED' && copy.deletion_state === 'ATTESTED'),
    ({ holder }) => [holder],
  )
    .map(([[holder], found]): [unknown, number, unknown] => {
      const dates = found.flatMap(({ transfer }) => (transfers.get(transfer)?.deleted_at ?? []) as number);
      return [holder, found.length, dates.length === 0 ? null : instant(Math.min(...dates))];
    })
    .sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));

  const relied = tables('engagements').filter(({ starts_at, ends_at }) => {
    return ((starts_at ?? -Infinity) as number) <= asked.widest.to && ((ends_at ?? Infinity) as number) > asked.widest.from;
  });
  const clientsOf = (providers: readonly unknown[]) =>
    relied.flatMap(({ client, provider }) => (providers.includes(provider) ? [client] : []));
  const direct = clientsOf([asked.organization]);
  const steps = new Map([...clientsOf(direct).map((client) => [client, 2] as const), ...direct.map((client) => [client, 1] as const)]);
  const blind = [...steps]
    .filter(([client]) => ((organizations.get(client) as ParquetRow).roles as readonly string[]).includes('LAB'))
    .filter(([client]) => !met.some(({ copy, owner }) => copy.holder === asked.organization && owner === client))
    .sort(by(([client]) => [client]))
    .map(([client, step]) => [client, organizations.get(client)?.name, step]);

  const trusted = new Set(
    elsewhere.filter(({ isReadable, artifact }) => isReadable && (artifact.sensitivity as number) >= 4).map(({ copy }) => copy.holder),
  );
  const expired = tables('controls')
    .filter(({ organization, expires_at }) => trusted.has(organization) && ((expires_at ?? Infinity) as number) <= asked.widest.to)
    .sort(by(({ organization, control }) => [organization, control]))
    .map(({ organization, control, expires_at }) => [organization, control, instant(expires_at)]);

  const lists = byId(tables('software_lists'));
  const named = tables('advisory_packages')
    .flatMap((affected) =>
      tables('software_components').flatMap((component) => {
        const isNamed = component.package === affected.package && (affected.versions as readonly unknown[]).includes(component.version);
        return isNamed ? [{ list: lists.get(component.list) as ParquetRow, component, affected }] : [];
      }),
    )
    .sort(by(({ list }) => [list.organization, list.id]))
    .map(({ list, component, affected }) => [list.organization, list.id, instant(list.described_at), component.version, affected.advisory]);

  const answers = [reached, radius, holders, ranks, concentration, gaps, claims, blind, expired, named];
  return answers.map((rows) => rows.map((row) => row.map(toCell)));
}

function byId(rows: readonly ParquetRow[]): ReadonlyMap<unknown, ParquetRow> {
  return new Map(rows.map((row) => [row.id, row]));
}

function instant(value: unknown): string | null {
  return typeof value === 'number' ? formatInstant(value) : null;
}

function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  return (a as string | number) < (b as string | number) ? -1 : 1;
}

function by<T>(keysOf: (row: T) => readonly unknown[]): (a: T, b: T) => number {
  return (a, b) => {
    const others = keysOf(b);
    for (const [i, key] of keysOf(a).entries()) if (key !== others[i]) return compare(key, others[i]);
    return 0;
  };
}

/** The rows with equal keys together, in the order of the keys. */
function grouped<T>(rows: readonly T[], keyOf: (row: T) => readonly unknown[]): (readonly [key: readonly unknown[], rows: readonly T[]])[] {
  const groups = new Map<string, [readonly unknown[], T[]]>();
  for (const row of rows) {
    const key = keyOf(row);
    const name = JSON.stringify(key);
    const group = groups.get(name) ?? [key, []];
    groups.set(name, group);
    group[1].push(row);
  }
  return [...groups.values()].sort(by(([key]) => key));
}

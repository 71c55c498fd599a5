import { formatCsvRecord } from '../csv/csv-record.ts';
import type { RecordedFact } from '../domain/assertions.ts';
import type { RegisterCode } from '../domain/columns/dora-codes.ts';
import { chainReferencesOf, latinNameOf, referenceOf, registerCodesOf, textsOf, toRegisterHeader } from '../domain/columns/dora-codes.ts';
import type { DoraTemplate } from '../domain/columns/dora-templates.ts';
import { doraTemplates } from '../domain/columns/dora-templates.ts';
import { compareCodePoints } from '../domain/compare.ts';
import { fieldIndex } from '../domain/fact-rules.ts';
import { getOrInsert } from '../domain/get-or-insert.ts';
import type { FactStore, KnownAt } from '../store/fact-store.ts';
import type { ExportPiece } from './export-facts.ts';
import { exportFacts } from './export-facts.ts';

/** canonical: all facts. dora: the engagements, as the tables of a DORA register of information. */
export const exportFormats = ['canonical', 'dora'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The facts as the files of a format. @param at absent: now */
export function exportAs(format: ExportFormat, store: FactStore, at?: KnownAt): AsyncGenerator<ExportPiece> {
  return format === 'dora' ? exportDora(store, at) : exportFacts(store, at);
}

interface Party extends RegisterCode {
  readonly id: string;
  readonly name: string;
  readonly additional: RegisterCode | null;
  readonly country: string | null;
  /** A lab, or an entity of the register that stated it. */
  readonly isEntity: boolean;
  /** By name (`toRegisterHeader`). */
  readonly texts: ReadonlyMap<string, string>;
}

interface Contract extends ChainLink {
  readonly reference: string;
  readonly service: string | null;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  readonly noticeHours: number | null;
  readonly texts: ReadonlyMap<string, string>;
}

const batch = 1000;
/** An import keeps at most 100 texts of a column. */
const mostReferences = 100;
const dayMs = 86_400_000;
/** The value that a register's template asks for where its row is a link between its codes. */
const link = 'true';
const noTexts: ReadonlyMap<string, string> = new Map();
const entityCode = toRegisterHeader(doraTemplates['b_01.02'].c0010);
const providerCode = toRegisterHeader(doraTemplates['b_05.01'].c0010);
const functionName = toRegisterHeader(doraTemplates['b_02.02'].c0050);

/**
 * The engagements now, as the 15 tables of the DORA register of information, in the register's order.
 *
 * - `b_01.01` has a row if there is one entity; else nobody knows which one maintains the register. `b_01.02` lists the entities.
 * - `b_02.01`, `b_02.02`, `b_03.01` to `b_03.03` and `b_04.01` have a row for each direct contract: its client signs it and uses the
 *   service. A provider that is itself an entity stands in `b_03.03`, any other in `b_03.02`.
 * - `b_05.01` lists the providers, `b_05.02` each link of the supply chains with its rank and recipient. A link whose own text names
 *   contracts stands below these only.
 * - `b_06.01` lists the functions that contracts name. No fact speaks of `b_01.03`, `b_02.03`, `b_07.01` and `b_99.01`: they have a header.
 *
 * All columns of a template are there. A column that no fact speaks of has the text that an import of a register kept under its name,
 * else nothing. The register's notice periods are those to end a contract, so the hours to give notice of a breach stand in a file of
 * their own, if there are any.
 *
 * Importing the files into the same store changes nothing. Into an empty store, it gives the same engagements between organizations of
 * the same names.
 *
 * Memory: names and texts of the organizations and engagements.
 */
export async function* exportDora(store: FactStore, at?: KnownAt): AsyncGenerator<ExportPiece> {
  const parties = new Map<string, Party>();
  const contracts: Contract[] = [];
  for await (const { kind, facts } of store.readFacts(at, ['ORGANIZATION', 'ENGAGEMENT'])) {
    if (kind === 'ORGANIZATION') for (const fact of facts) parties.set(fact.key, toParty(fact));
    if (kind === 'ENGAGEMENT') for (const fact of facts) contracts.push(toContract(fact));
  }
  const partyOf = (id: string): Party =>
    parties.get(id) ?? { id, name: id, ...registerCodesOf(id, noTexts), country: null, isEntity: false, texts: noTexts };
  const codeOf = (id: string): string => partyOf(id).code;
  const typeOf = (id: string): string | null => partyOf(id).type;
  const chains = findSupplyChains(contracts, (id) => partyOf(id).isEntity);
  const entities = byCode(chains.entities.map(partyOf));
  const isEntity = new Set(chains.entities);
  const direct = withUniqueReferences(chains.direct);

  const [only, another] = entities;
  const describeEntity = (party: Party): Row => ({ c0010: party.code, c0020: party.name, c0030: party.country });
  yield* table('b_01.01', only === undefined || another !== undefined ? [] : [describeEntity(only)]);
  yield* table(
    'b_01.02',
    entities.map((party) => withTexts('b_01.02', party.texts.has(entityCode) ? party.texts : noTexts, describeEntity(party))),
  );
  yield* table('b_01.03', []);
  yield* table(
    'b_02.01',
    direct.map(({ reference, texts }) => withTexts('b_02.01', texts, { c0010: reference })),
  );
  yield* table(
    'b_02.02',
    direct.map((contract) =>
      withTexts('b_02.02', contract.texts, {
        c0010: contract.reference,
        c0020: codeOf(contract.client),
        c0030: codeOf(contract.provider),
        c0040: typeOf(contract.provider),
        c0060: contract.service,
        c0070: toDay(contract.startsAt),
        c0080: contract.endsAt === null ? '9999-12-31' : toDay(contract.endsAt - 1),
      }),
    ),
  );
  yield* table('b_02.03', []);
  yield* table(
    'b_03.01',
    direct.map(({ reference, client: signing }) => ({ c0010: reference, c0020: codeOf(signing), c0030: link })),
  );
  yield* table(
    'b_03.02',
    direct
      .filter((contract) => !isEntity.has(contract.provider))
      .map((contract) => {
        const { code, type } = partyOf(contract.provider);
        return withTexts('b_03.02', contract.texts, { c0010: contract.reference, c0020: code, c0030: type });
      }),
  );
  yield* table(
    'b_03.03',
    direct
      .filter((contract) => isEntity.has(contract.provider))
      .map((contract) => ({ c0010: contract.reference, c0020: codeOf(contract.provider), c0031: link })),
  );
  yield* table(
    'b_04.01',
    direct.map(({ reference, client: using }) => ({ c0010: reference, c0020: codeOf(using) })),
  );
  yield* table(
    'b_05.01',
    byCode([...new Set(contracts.map((contract) => contract.provider))].map(partyOf)).map((party) =>
      withTexts('b_05.01', party.texts.has(providerCode) ? party.texts : noTexts, {
        c0010: party.code,
        c0020: party.type,
        c0030: party.additional?.code ?? null,
        c0040: party.additional?.type ?? null,
        c0050: party.name,
        c0060: latinNameOf(party.name),
        c0080: party.country,
      }),
    ),
  );
  const isIn = findLinks(direct, chains);
  yield* table('b_05.02', listLinks());
  yield* table('b_06.01', listFunctions(direct, codeOf));
  yield* table('b_07.01', []);
  yield* table('b_99.01', []);
  yield* noticeTable(
    direct.filter(({ noticeHours: hours }) => hours !== null),
    codeOf,
  );

  function* listLinks(): Generator<Row> {
    for (const contract of direct) {
      const { code: provider, type } = partyOf(contract.provider);
      yield { c0010: contract.reference, c0020: contract.service, c0030: provider, c0040: type, c0050: '1' };
      for (const { link: below, rank } of chains.chainOf(contract, (one) => isIn(one, contract))) {
        yield {
          c0010: contract.reference,
          c0020: below.service,
          c0030: codeOf(below.provider),
          c0040: typeOf(below.provider),
          c0050: String(rank),
          c0060: codeOf(below.client),
          c0070: typeOf(below.client),
        };
      }
    }
  }
}

/**
 * Whether a link of a supply chain stands below a contract. A link that names contracts stands below these only; if none of them leads to
 * it, it stands wherever its client does, so that no engagement is left out.
 */
function findLinks(direct: readonly Contract[], chains: SupplyChains<Contract>): (below: Contract, contract: Contract) => boolean {
  const namedBy = new Map<string, ReadonlySet<string>>();
  for (const contract of direct) {
    for (const { link: below } of chains.chainOf(contract)) {
      if (namedBy.has(below.id)) continue;
      const references = chainReferencesOf(below.texts);
      // A longer list of references may have been cut.
      if (references.length > 0 && references.length < mostReferences) namedBy.set(below.id, new Set(references));
    }
  }
  const isNamed = (below: Contract, { reference }: Contract) => namedBy.get(below.id)?.has(reference) ?? true;
  const placed = new Set<string>();
  for (const contract of direct)
    for (const { link: below } of chains.chainOf(contract, (one) => isNamed(one, contract))) placed.add(below.id);
  for (const id of namedBy.keys()) if (!placed.has(id)) namedBy.delete(id);
  return isNamed;
}

function byCode(parties: readonly Party[]): Party[] {
  return [...parties].sort((a, b) => compareCodePoints(a.code, b.code) || compareCodePoints(a.id, b.id));
}

/** The functions that contracts name, with the entity that uses the service. */
function* listFunctions(direct: readonly Contract[], codeOf: (id: string) => string): Generator<Row> {
  const seen = new Set<string>();
  for (const { texts, client: using } of direct) {
    for (const id of texts.get(functionName)?.split('; ') ?? []) {
      const row = { c0010: id, c0040: codeOf(using) };
      const key = JSON.stringify(row);
      if (seen.has(key)) continue;
      seen.add(key);
      yield row;
    }
  }
}

/** A contract whose reference number another one has too is named by its id. */
function withUniqueReferences(contracts: readonly Contract[]): Contract[] {
  const counts = new Map<string, number>();
  for (const { reference } of contracts) counts.set(reference, (counts.get(reference) ?? 0) + 1);
  return contracts.map((contract) => (counts.get(contract.reference) === 1 ? contract : { ...contract, reference: contract.id }));
}

/** A row, with the texts of its fact in the columns that it leaves empty. */
function withTexts(template: DoraTemplate, texts: ReadonlyMap<string, string>, row: Row): Row {
  if (texts.size === 0) return row;
  const kept = Object.entries(doraTemplates[template]).map(([code, header]) => [
    code,
    row[code] ?? texts.get(toRegisterHeader(header)) ?? null,
  ]);
  return Object.fromEntries(kept);
}

function* noticeTable(contracts: readonly Contract[], codeOf: (id: string) => string): Generator<ExportPiece> {
  if (contracts.length === 0) return;
  const { c0010, c0020, c0030 } = doraTemplates['b_02.02'];
  const rows = contracts.map(({ reference, client: using, provider: providing, noticeHours: hours }) =>
    formatCsvRecord([reference, codeOf(using), codeOf(providing), String(hours)]),
  );
  yield { file: 'b_02.02-breach-notice.csv', text: formatCsvRecord([c0010, c0020, c0030, 'Breach notice hours']) + rows.join('') };
}

type Row = Readonly<Record<string, string | null>>;

function* table(template: DoraTemplate, rows: Iterable<Row>): Generator<ExportPiece> {
  const file = `${template}.csv`;
  const columns = Object.keys(doraTemplates[template]);
  let text = formatCsvRecord(columns);
  let count = 0;
  for (const row of rows) {
    text += formatCsvRecord(columns.map((column) => row[column] ?? null));
    if (++count % batch !== 0) continue;
    yield { file, text };
    text = '';
  }
  yield { file, text };
}

const name = fieldIndex('ORGANIZATION', 'name');
const roles = fieldIndex('ORGANIZATION', 'roles');
const country = fieldIndex('ORGANIZATION', 'country');
const [client, provider, service] = [
  fieldIndex('ENGAGEMENT', 'client'),
  fieldIndex('ENGAGEMENT', 'provider'),
  fieldIndex('ENGAGEMENT', 'service'),
];
const [startsAt, endsAt] = [fieldIndex('ENGAGEMENT', 'startsAt'), fieldIndex('ENGAGEMENT', 'endsAt')];
const noticeHours = fieldIndex('ENGAGEMENT', 'noticeHours');

function toParty(fact: RecordedFact): Party {
  const { key, values } = fact;
  const texts = textsOf(fact);
  return {
    id: key,
    name: (values[name] ?? key) as string,
    ...registerCodesOf(key, texts),
    country: (values[country] ?? null) as string | null,
    isEntity: ((values[roles] ?? []) as readonly string[]).includes('LAB') || texts.has(entityCode),
    texts,
  };
}

function toContract(fact: RecordedFact): Contract {
  const { key, values } = fact;
  return {
    id: key,
    client: values[client] as string,
    provider: values[provider] as string,
    reference: referenceOf(fact),
    service: (values[service] ?? null) as string | null,
    startsAt: (values[startsAt] ?? null) as number | null,
    endsAt: (values[endsAt] ?? null) as number | null,
    noticeHours: (values[noticeHours] ?? null) as number | null,
    texts: textsOf(fact),
  };
}

function toDay(instant: number | null): string | null {
  return instant === null ? null : new Date(Math.floor(instant / dayMs) * dayMs).toISOString().slice(0, 10);
}

/** Client and provider of one engagement, by organization ids. */
interface ChainLink {
  readonly id: string;
  readonly client: string;
  readonly provider: string;
}

interface SupplyChains<L extends ChainLink> {
  /** Organizations whose own contracts the register lists, by id. */
  readonly entities: readonly string[];
  /** Engagements whose client is an entity, by client, then provider, then id. */
  readonly direct: readonly L[];
  /**
   * The engagements below a direct one, nearest first. The rank of the direct provider is 1.
   *
   * @param isIn whether the chain has an engagement, and goes on below it; default: all
   */
  chainOf(direct: L, isIn?: (link: L) => boolean): Generator<{ readonly link: L; readonly rank: number }>;
}

/**
 * Splits engagements into direct contracts and the chains below them.
 *
 * An entity is a client that counts as one, or that nobody engages. Where a cycle of engagements hangs on no entity, its first client by
 * id becomes one, so that every engagement has a place. A chain ends where an entity begins: that entity's own contracts are direct.
 *
 * Complexity: O(n log n) for n engagements; a chain costs its own length.
 */
export function findSupplyChains<L extends ChainLink>(links: readonly L[], isEntity: (organization: string) => boolean): SupplyChains<L> {
  const sorted = [...links].sort(
    (a, b) => compareCodePoints(a.client, b.client) || compareCodePoints(a.provider, b.provider) || compareCodePoints(a.id, b.id),
  );
  const byClient = new Map<string, L[]>();
  for (const link of sorted) getOrInsert(byClient, link.client, () => []).push(link);
  const providers = new Set(sorted.map(({ provider }) => provider));
  const entities = new Set([...byClient.keys()].filter((client) => isEntity(client) || !providers.has(client)));

  const reached = new Set<string>();
  const reach = (start: string) => {
    const waiting = [start];
    for (let client = waiting.pop(); client !== undefined; client = waiting.pop()) {
      if (reached.has(client)) continue;
      reached.add(client);
      for (const { provider } of byClient.get(client) ?? []) waiting.push(provider);
    }
  };
  for (const entity of entities) reach(entity);
  for (const client of byClient.keys()) {
    if (reached.has(client)) continue;
    entities.add(client);
    reach(client);
  }

  return {
    entities: [...entities].sort(compareCodePoints),
    direct: sorted.filter(({ client }) => entities.has(client)),
    *chainOf(direct, isIn = () => true) {
      const seen = new Set<string>([direct.provider]);
      let level = entities.has(direct.provider) ? [] : [direct.provider];
      for (let rank = 2; level.length > 0; rank++) {
        const next: string[] = [];
        for (const link of level.flatMap((client) => byClient.get(client) ?? [])) {
          if (!isIn(link)) continue;
          yield { link, rank };
          if (seen.has(link.provider) || entities.has(link.provider)) continue;
          seen.add(link.provider);
          next.push(link.provider);
        }
        level = next;
      }
    },
  };
}

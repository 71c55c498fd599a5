import type { RecordedFact } from '../../domain/assertions.ts';
import type { DoraTemplate } from '../../domain/columns/dora-templates.ts';
import { doraTemplates } from '../../domain/columns/dora-templates.ts';
import { toPlainHeader } from '../../domain/columns/plain-header.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import type { Attribute } from '../../domain/facts.ts';
import type { FactStore, KnownAt } from '../../store/fact-store.ts';
import { formatCsvRecord } from '../csv.ts';
import type { ExportPiece } from '../export-facts.ts';
import type { ChainLink } from './supply-chains.ts';
import { findSupplyChains } from './supply-chains.ts';

interface Party {
  readonly id: string;
  readonly name: string;
  /** Its LEI or another identification code where an attribute states one, else its id. */
  readonly code: string;
  readonly country: string | null;
  /** A lab, or an entity of the register that stated it. */
  readonly isEntity: boolean;
}

interface Contract extends ChainLink {
  readonly reference: string;
  readonly service: string | null;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
}

const batch = 1000;
const dayMs = 86_400_000;
/** ISO 17442. */
const lei = /^[A-Z0-9]{18}\d{2}$/;
const codeNames = new Set(
  [doraTemplates['b_01.02'].c0010, doraTemplates['b_05.01'].c0010, 'LEI', 'LEI code', 'Legal entity identifier'].map(toPlainHeader),
);
const entityName = toPlainHeader(doraTemplates['b_01.02'].c0010);
const referenceName = toPlainHeader(doraTemplates['b_02.02'].c0010);

/**
 * The engagements now, as tables of the DORA register of information (Implementing Regulation (EU) 2024/2956, Annex I): b_01.02 and
 * b_05.01 describe the organizations, b_02.02 has a row for each direct contract, b_05.02 one for each link of the supply chains,
 * with its rank and recipient. All columns of a template are there; a column that no fact speaks of is empty.
 *
 * Importing the files into an empty store gives the same engagements between organizations of the same names.
 *
 * Memory: names of the organizations, and ids of the engagements.
 */
export async function* exportDora(store: FactStore, at?: KnownAt): AsyncGenerator<ExportPiece> {
  const parties = new Map<string, Party>();
  const contracts: Contract[] = [];
  for await (const { kind, facts } of store.readFacts(at)) {
    if (kind === 'ORGANIZATION') for (const fact of facts) parties.set(fact.key, toParty(fact));
    if (kind === 'ENGAGEMENT') for (const fact of facts) contracts.push(toContract(fact));
  }
  const partyOf = (id: string): Party => parties.get(id) ?? { id, name: id, code: id, country: null, isEntity: false };
  const chains = findSupplyChains(contracts, (id) => partyOf(id).isEntity);
  const byCode = (ids: Iterable<string>) => [...new Set(ids)].map(partyOf).sort((a, b) => compareCodePoints(a.code, b.code));

  yield* table(
    'b_01.02',
    byCode(chains.entities).map(({ code, name, country }) => ({ c0010: code, c0020: name, c0030: country })),
  );
  yield* table(
    'b_02.02',
    chains.direct.map((contract) => ({
      c0010: contract.reference,
      c0020: partyOf(contract.client).code,
      c0030: partyOf(contract.provider).code,
      c0040: typeOf(partyOf(contract.provider)),
      c0060: contract.service,
      c0070: toDay(contract.startsAt),
      c0080: contract.endsAt === null ? '9999-12-31' : toDay(contract.endsAt - 1),
    })),
  );
  yield* table(
    'b_05.01',
    byCode(contracts.map(({ provider }) => provider)).map((party) => ({
      c0010: party.code,
      c0020: typeOf(party),
      c0050: party.name,
      c0080: party.country,
    })),
  );
  yield* table('b_05.02', listLinks(chains.direct));

  function* listLinks(direct: readonly Contract[]): Generator<Row> {
    for (const contract of direct) {
      const provider = partyOf(contract.provider);
      yield { c0010: contract.reference, c0020: contract.service, c0030: provider.code, c0040: typeOf(provider), c0050: '1' };
      for (const { link, rank } of chains.chainOf(contract)) {
        const [below, recipient] = [partyOf(link.provider), partyOf(link.client)];
        yield {
          c0010: contract.reference,
          c0020: link.service,
          c0030: below.code,
          c0040: typeOf(below),
          c0050: String(rank),
          c0060: recipient.code,
          c0070: typeOf(recipient),
        };
      }
    }
  }
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
const organizationTexts = fieldIndex('ORGANIZATION', 'attributes');
const [client, provider, service] = [
  fieldIndex('ENGAGEMENT', 'client'),
  fieldIndex('ENGAGEMENT', 'provider'),
  fieldIndex('ENGAGEMENT', 'service'),
];
const [startsAt, endsAt] = [fieldIndex('ENGAGEMENT', 'startsAt'), fieldIndex('ENGAGEMENT', 'endsAt')];
const engagementTexts = fieldIndex('ENGAGEMENT', 'attributes');

function toParty({ key, values }: RecordedFact): Party {
  const texts = (values[organizationTexts] ?? []) as readonly Attribute[];
  const stated = texts.find((text) => codeNames.has(toPlainHeader(text.name)))?.value;
  return {
    id: key,
    name: (values[name] ?? key) as string,
    code: stated ?? key,
    country: (values[country] ?? null) as string | null,
    isEntity: ((values[roles] ?? []) as readonly string[]).includes('LAB') || texts.some((text) => toPlainHeader(text.name) === entityName),
  };
}

function toContract({ key, values }: RecordedFact): Contract {
  const texts = (values[engagementTexts] ?? []) as readonly Attribute[];
  const own = values[client] as string;
  return {
    id: key,
    client: own,
    provider: values[provider] as string,
    // An import puts the client in front of the contract's own number.
    reference:
      texts.find((text) => toPlainHeader(text.name) === referenceName)?.value ??
      (key.startsWith(`${own}: `) ? key.slice(own.length + 2) : key),
    service: (values[service] ?? null) as string | null,
    startsAt: (values[startsAt] ?? null) as number | null,
    endsAt: (values[endsAt] ?? null) as number | null,
  };
}

function typeOf({ code }: Party): string | null {
  return lei.test(code) ? 'LEI' : null;
}

function toDay(instant: number | null): string | null {
  return instant === null ? null : new Date(Math.floor(instant / dayMs) * dayMs).toISOString().slice(0, 10);
}

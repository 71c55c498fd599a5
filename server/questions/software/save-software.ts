import type { Assertion } from '../../domain/assertions.ts';
import { hasLoneSurrogate } from '../../domain/fact-rules.ts';
import { quote } from '../../domain/fact-sentences.ts';
import { madeKey, type SoftwareKind } from '../../domain/facts.ts';
import { describeInstant } from '../../domain/instants.ts';
import { PackedAssertions } from '../../domain/packed/packed-assertions.ts';
import { claimValues, statementValues } from '../../software/recorded-facts.ts';
import type { SoftwareStatement } from '../../software/software-facts.ts';
import { readPurl } from '../../software/versions/purl.ts';
import type { Author } from '../../store/fact-write.ts';
import type { Asker } from '../asker.ts';
import type { Fault } from '../records/faults.ts';
import { askRevision, writeFacts } from '../write-facts.ts';
import { askSoftware } from './ask-software.ts';

export interface ClaimInput {
  /** Null: each affected package. */
  readonly package: string | null;
  readonly versions: readonly string[];
  readonly from: number | null;
  readonly until: number | null;
  readonly source: string;
}

/**
 * Saves what one source claims of an advisory's packages. The claims replace all that the source claimed before; no claims take these back
 * (semantics §13.1). Nothing is saved if there is a fault.
 */
export async function saveAvailability(
  asker: Asker,
  input: { readonly advisory: string; readonly source: string; readonly claims: readonly ClaimInput[] },
  author: Author,
): Promise<Fault[]> {
  const { claims: claimed, source } = input;
  const records = await askSoftware(asker);
  const advisory = records.advisory(input.advisory);
  if (advisory === undefined) return [unknownAdvisory(input.advisory)];
  const faults = [
    ...findTextFaults({ source }),
    ...claimed.flatMap((claim, at) => findClaimFaults(claim, source, ['availabilities', `${at}`])),
  ];
  if (faults.length > 0) return faults;
  const packages = advisory.affected.map((one) => one.package);
  const claims = claimed.flatMap(({ package: stated, versions, from, until }) =>
    (stated === null ? packages : [readPurl(stated)?.package as string]).map((name) => ({ package: name, versions, from, until })),
  );
  if (claimed.length > 0 && claims.length === 0) {
    const message = `The advisory ${advisory.id} names no affected package. Name the package of each claim.`;
    return [{ code: 'MISSING_VALUE', message, path: ['availabilities', '0', 'package'] }];
  }
  const key = madeKey(advisory.id, source);
  const earlier = records.claims.filter((one) => one.source === source && records.advisory(one.advisory)?.id === advisory.id);
  const replaced = new Set(earlier.map((one) => one.key));
  if (claims.length > 0) replaced.delete(key);
  const assertions = [...replaced].map((old) => retraction('AVAILABILITY', old, author));
  if (claims.length > 0) assertions.push(statement('AVAILABILITY', key, claimValues(key, advisory.id, source, claims), source, author));
  return (await write(asker, assertions, author)).faults;
}

/** Saves what an organization says about itself and an advisory. A later statement of one source replaces the earlier one. */
export async function saveSoftwareStatement(asker: Asker, stated: SoftwareStatement, author: Author): Promise<Fault[]> {
  const { organization, advisory, source } = stated;
  const faults = findTextFaults({ organization, advisory, source });
  if (faults.length > 0) return faults;
  const key = madeKey(organization, advisory, source);
  return (await write(asker, [statement('SOFTWARE_STATEMENT', key, statementValues(key, stated), source, author)], author)).faults;
}

export interface RetractionInput {
  readonly lists: readonly string[];
  /** Ids or aliases. All records of the advisory are taken back; claims about it stay. */
  readonly advisories: readonly string[];
  readonly statements: readonly { readonly organization: string; readonly advisory: string; readonly source: string }[];
}

/** Takes facts of software back. All of them, or none if there is a fault. */
export async function retractSoftware(
  asker: Asker,
  { lists, advisories, statements }: RetractionInput,
  author: Author,
): Promise<{ readonly revision: number; readonly retracted: number; readonly faults: readonly Fault[] }> {
  const records = await askSoftware(asker);
  const named = new Map<string, { readonly kind: SoftwareKind; readonly key: string; readonly path: string[] }>();
  const add = (kind: SoftwareKind, key: string, path: string[]) => named.set(`${kind} ${key}`, { kind, key, path });
  for (const [at, id] of lists.entries()) add('SOFTWARE_LIST', id, ['lists', `${at}`]);
  for (const [at, id] of advisories.entries())
    for (const record of records.advisory(id)?.records ?? [id]) add('ADVISORY', record, ['advisories', `${at}`]);
  for (const [at, { organization, advisory, source }] of statements.entries()) {
    const path = ['statements', `${at}`];
    const faults = findTextFaults({ organization, advisory, source }, path);
    if (faults.length > 0) return { revision: await askRevision(asker), retracted: 0, faults };
    const meant = records.advisory(advisory)?.id ?? advisory;
    const found = records.statements.filter(
      (one) => one.organization === organization && one.source === source && (records.advisory(one.advisory)?.id ?? one.advisory) === meant,
    );
    if (found.length === 0) add('SOFTWARE_STATEMENT', madeKey(organization, advisory, source), path);
    for (const { key } of found) add('SOFTWARE_STATEMENT', key, path);
  }
  const all = [...named.values()];
  const { revision, retracted, faults } = await write(
    asker,
    all.map(({ kind, key }) => retraction(kind, key, author)),
    author,
    all.map(({ path }) => path),
  );
  return { revision, retracted, faults };
}

async function write(asker: Asker, assertions: readonly Assertion[], author: Author, paths: readonly string[][] = []) {
  if (assertions.length === 0) return { revision: await askRevision(asker), retracted: 0, faults: [] as Fault[] };
  const { revision, isWritten, counts, violations } = await writeFacts(asker, { ...author, assertions: PackedAssertions.of(assertions) });
  const faults = violations.map(({ assertion, code, field, message }): Fault => {
    const own = field === null ? [] : [field === 'claimant' ? 'source' : field];
    return { code, message, path: [...(paths[assertion] ?? []), ...own] };
  });
  return { revision, retracted: isWritten ? counts.RETRACTED : 0, faults };
}

function statement(kind: SoftwareKind, key: string, values: Assertion['values'], source: string, { at }: Author): Assertion {
  return { kind, key, isRetraction: false, values, assertedAt: at, source, file: null, line: null };
}

function retraction(kind: SoftwareKind, key: string, { at }: Author): Assertion {
  return { kind, key, isRetraction: true, values: [], assertedAt: at, source: null, file: null, line: null };
}

function unknownAdvisory(id: string): Fault {
  const message = `There is no advisory ${quote(id)}. Import its record first, or name it by an id or alias of a record.`;
  return { code: 'UNKNOWN_REFERENCE', message, path: ['advisory'] };
}

/** Keys are made of these texts. */
function findTextFaults(texts: Readonly<Record<string, string>>, path: string[] = []): Fault[] {
  return Object.entries(texts).flatMap(([name, text]) => {
    if (hasLoneSurrogate(text))
      return [{ code: 'BAD_VALUE', message: `The ${name} holds a lone surrogate; expected valid Unicode.`, path: [...path, name] }];
    return text.trim() === '' ? [{ code: 'MISSING_VALUE', message: `The ${name} is empty. Name it.`, path: [...path, name] }] : [];
  });
}

function findClaimFaults(claim: ClaimInput, source: string, path: string[]): Fault[] {
  const { package: stated, from, until } = claim;
  const faults: Fault[] = [];
  const add = (code: string, field: string, message: string) => faults.push({ code, message, path: [...path, field] });
  if (stated !== null && readPurl(stated) === undefined)
    add('BAD_VALUE', 'package', `The package ${quote(stated)} cannot be read: expected a package URL such as pkg:pypi/litellm.`);
  else if (stated !== null && readPurl(stated)?.version !== null)
    add(
      'BAD_VALUE',
      'package',
      `The package ${quote(stated)} has a version. Write the package URL without it, and the version into versions.`,
    );
  if (from !== null && until !== null && until < from)
    add(
      'ENDS_BEFORE_START',
      'until',
      `The claim ends (${describeInstant(until)}) before it begins (${describeInstant(from)}). Correct one of the two.`,
    );
  if (claim.source !== source)
    add(
      'BAD_VALUE',
      'source',
      `The claim is of ${quote(claim.source)}, and what is saved is of ${quote(source)}. Save the claims of each source for themselves.`,
    );
  return faults;
}

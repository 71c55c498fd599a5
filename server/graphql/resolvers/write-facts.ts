import type { Assertion, FactValue } from '../../domain/assertions.ts';
import { ExposureError } from '../../domain/errors.ts';
import { factFields, factNouns } from '../../domain/fact-fields.ts';
import { hasLoneSurrogate, textsIn } from '../../domain/fact-rules.ts';
import type { FactKind } from '../../domain/facts.ts';
import { pairKey } from '../../domain/facts.ts';
import { PackedAssertions } from '../../domain/packed/packed-assertions.ts';
import { askRevision, writeFacts } from '../../questions/write-facts.ts';
import type { FactWrite, WriteOutcome } from '../../store/fact-write.ts';
import type { Context } from '../context.ts';
import type { MutationResolvers, PutFactsInput, RetractFactsInput, UserError } from '../generated/resolvers.ts';

/** The input field of each kind of fact. */
const inputLists = [
  ['organizations', 'ORGANIZATION'],
  ['artifacts', 'ARTIFACT'],
  ['transfers', 'TRANSFER'],
  ['access', 'ACCESS'],
  ['engagements', 'ENGAGEMENT'],
  ['reveals', 'REVEALS'],
  ['controls', 'CONTROL'],
] as const satisfies readonly (readonly [keyof PutFactsInput & keyof RetractFactsInput, FactKind])[];

const maxFacts = 10_000;

export const factMutations = {
  putFacts: async (_, { input }, context) => {
    const write = new DirectWrite(context, input);
    for (const [list, kind] of inputLists) {
      for (const [i, fact] of (input[list] ?? []).entries()) write.put(kind, [list, `${i}`], fact);
    }
    const { outcome, userErrors } = await write.commit(input.ifRevision);
    const count = (effect: 'CREATED' | 'UPDATED' | 'UNCHANGED') => (outcome?.isWritten ? outcome.counts[effect] : 0);
    return {
      revision: outcome?.revision ?? (await write.revision()),
      created: count('CREATED'),
      updated: count('UPDATED'),
      unchanged: count('UNCHANGED'),
      userErrors,
    };
  },
  retractFacts: async (_, { input }, context) => {
    const write = new DirectWrite(context, input);
    for (const [list, kind] of inputLists) {
      for (const [i, key] of (input[list] ?? []).entries())
        write.retract(kind, [list, `${i}`], typeof key === 'string' ? { id: key } : key);
    }
    const { outcome, userErrors } = await write.commit(undefined);
    return {
      revision: outcome?.revision ?? (await write.revision()),
      retracted: outcome?.isWritten ? outcome.counts.RETRACTED : 0,
      userErrors,
    };
  },
} satisfies MutationResolvers;

/** One edit by a person, written completely or not at all. An edit states all fields: a missing field becomes unknown or its default. */
class DirectWrite {
  readonly #context: Context;
  readonly #assertions: Assertion[] = [];
  readonly #paths: string[][] = [];
  readonly #errors: UserError[] = [];
  readonly #seen = new Map<string, string[]>();

  constructor(context: Context, input: PutFactsInput | RetractFactsInput) {
    this.#context = context;
    const count = inputLists.reduce((sum, [list]) => sum + (input[list]?.length ?? 0), 0);
    if (count > maxFacts) {
      throw new ExposureError(
        'BAD_USER_INPUT',
        `The input has ${count.toLocaleString('en-US')} facts; expected at most 10,000. Import a file for more.`,
      );
    }
  }

  put(kind: FactKind, path: string[], fact: object): void {
    const stated = new Map<string, unknown>(Object.entries(fact));
    const values = factFields[kind].map(({ name, type, isInternal }): FactValue | undefined => {
      if (isInternal === true) return undefined;
      const value = stated.get(name) ?? null;
      if (type === 'attributes')
        return value === null ? [] : [...(value as { name: string; value: string }[])].map(({ name, value }) => ({ name, value }));
      // An empty list of fragment names means that they are unknown.
      if (name === 'fragments' && Array.isArray(value) && value.length === 0) return null;
      return value as FactValue;
    });
    this.#add(kind, path, stated, {
      isRetraction: false,
      values,
      assertedAt: (stated.get('assertedAt') as number | null | undefined) ?? this.#context.now,
      source: (stated.get('source') as string | null | undefined) ?? null,
    });
  }

  retract(kind: FactKind, path: string[], key: object): void {
    this.#add(kind, path, new Map<string, unknown>(Object.entries(key)), {
      isRetraction: true,
      values: [],
      assertedAt: this.#context.now,
      source: null,
    });
  }

  #add(
    kind: FactKind,
    path: string[],
    stated: ReadonlyMap<string, unknown>,
    rest: Pick<Assertion, 'isRetraction' | 'values' | 'assertedAt' | 'source'>,
  ): void {
    const names = factFields[kind].filter((field) => field.isKey).map((field) => field.name);
    const parts = names.map((name) => String(stated.get(name) ?? ''));
    const broken = factFields[kind].find(({ name }) => textsIn(stated.get(name) as FactValue | undefined).some(hasLoneSurrogate))?.name;
    if (broken !== undefined) {
      this.#errors.push({
        code: 'BAD_VALUE',
        message: `The ${broken} contains a lone surrogate; expected valid Unicode.`,
        path: [...path, broken],
      });
      return;
    }
    const key = parts.length === 1 ? (parts[0] as string) : pairKey(parts[0] as string, parts[1] as string);
    const seen = `${kind} ${key}`;
    const first = this.#seen.get(seen);
    if (first !== undefined) {
      const message = `The same ${factNouns[kind].one} is already at ${first.join('.')}; list it once.`;
      this.#errors.push({ code: 'DIFFERING_ROWS', message, path });
      return;
    }
    this.#seen.set(seen, path);
    this.#assertions.push({ kind, key, ...rest, file: null, line: null });
    this.#paths.push(path);
  }

  async commit(ifRevision: number | null | undefined): Promise<{ outcome: WriteOutcome | undefined; userErrors: UserError[] }> {
    if (this.#errors.length > 0) return { outcome: undefined, userErrors: this.#errors };
    if (this.#assertions.length === 0) return { outcome: undefined, userErrors: [] };
    const write: FactWrite = {
      by: this.#context.by,
      at: this.#context.now,
      assertions: PackedAssertions.of(this.#assertions),
      ...(typeof ifRevision === 'number' && { ifRevision }),
    };
    const outcome = await writeFacts(this.#context, write);
    const userErrors = outcome.violations.map(({ assertion, code, field, message }) => ({
      code,
      message,
      path: [...(this.#paths[assertion] as string[]), ...(field === null ? [] : [field])],
    }));
    return { outcome, userErrors };
  }

  revision(): Promise<number> {
    return askRevision(this.#context);
  }
}

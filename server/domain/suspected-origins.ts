/**
 * Suspected origins (semantics §13.4): organizations that may have been compromised. This file has their form in a question, in an
 * incident, and as text in `incidents.csv`, in addresses and on the command line.
 */

export interface SuspectedOrigin<Id = string> {
  readonly organization: Id;
  /** The chance that it was compromised, in (0, 1]. */
  readonly likelihood: number;
}

/** A suspected origin as stated. Without a likelihood, it has the default. */
export interface StatedSuspect<Id = string> {
  readonly organization: Id;
  readonly likelihood?: number | null | undefined;
}

const defaultLikelihood = 1;

/**
 * One entry for each suspected organization that is no origin, in the order of their first mention: the larger likelihood counts.
 *
 * @param origins the organizations that are origins
 */
export function joinSuspected<Id>(suspected: readonly StatedSuspect<Id>[], origins: Iterable<Id>): SuspectedOrigin<Id>[] {
  const isOrigin = new Set(origins);
  const joined = new Map<Id, number>();
  for (const { organization, likelihood } of suspected) {
    if (!isOrigin.has(organization)) joined.set(organization, Math.max(likelihood ?? defaultLikelihood, joined.get(organization) ?? 0));
  }
  return [...joined].map(([organization, likelihood]) => ({ organization, likelihood }));
}

/** The fault of the likelihood of a suspected origin; undefined: none. */
export function findLikelihoodFault({ organization, likelihood }: StatedSuspect): string | undefined {
  const value = likelihood ?? defaultLikelihood;
  if (value > 0 && value <= 1) return undefined;
  return `The likelihood of the suspected origin "${organization.slice(0, 80)}" is ${value}; expected a number above 0, at most 1.`;
}

/** `id`, or `id:likelihood`. A `\` escapes each `:`, `;` and `\` in the id. */
export function formatSuspect({ organization, likelihood }: SuspectedOrigin): string {
  const id = organization.replace(/[:;\\]/g, '\\$&');
  return likelihood === defaultLikelihood ? id : `${id}:${likelihood}`;
}

const decimal = /^\d+(\.\d+)?(e-?\d+)?$/i;

/** The inverse of `formatSuspect`, or a sentence about what is wrong with the text. The likelihood may be out of range. */
export function parseSuspect(text: string): StatedSuspect | string {
  let organization = '';
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] as string;
    if (letter === ':') {
      const number = text.slice(i + 1);
      if (decimal.test(number)) return { organization, likelihood: Number(number) };
      return `The suspected origin "${text.slice(0, 80)}" has "${number.slice(0, 80)}" after the colon; expected a likelihood, such as 0.4. Write a colon in an id as "\\:".`;
    }
    if (letter !== '\\') organization += letter;
    else {
      const escaped = text[++i];
      if (escaped !== ':' && escaped !== ';' && escaped !== '\\')
        return `The suspected origin "${text.slice(0, 80)}" has a "\\" that escapes nothing; write a "\\" in an id as "\\\\".`;
      organization += escaped;
    }
  }
  return { organization };
}

/** The parts of a cell between the `;` that no `\` escapes. Empty parts are left out. */
export function splitSuspects(cell: string): string[] {
  return (cell.match(/(?:\\.|[^;\\]|\\$)+/gsu) ?? []).filter((part) => part !== '');
}

/** The person or token that decides on a retraction, or carries it out. */
export interface Retractor {
  readonly name: string;
  /** An administrator may retract whatever is recorded. So may the local command line. */
  readonly isAdministrator: boolean;
}

/**
 * Whether everyone who takes part in a retraction may make it. It needs an administrator, or the one person who imported all that goes.
 *
 * @param retractors who decided, and who commits
 * @param importedBy the authors of the statements that the retraction ends
 */
export function mayRetract(retractors: readonly Retractor[], importedBy: readonly string[]): boolean {
  return retractors.every(({ name, isAdministrator }) => isAdministrator || importedBy.every((author) => author === name));
}

/** Why the retraction is refused, and what else can be done. Call it if `mayRetract` is false. */
export function describeRetractionRefusal(retractors: readonly Retractor[], importedBy: readonly string[]): string {
  const refused = retractors.find((retractor) => !mayRetract([retractor], importedBy)) as Retractor;
  const others = importedBy.filter((author) => author !== refused.name).sort();
  const shown = others.slice(0, 3).join(', ') + (others.length > 3 ? ` and ${others.length - 3} more` : '');
  return `${refused.name} may not remove what ${shown} imported: that needs an administrator, or the person who imported all of it. End it on a date or keep it instead, or ask an administrator.`;
}

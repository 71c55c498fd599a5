interface Dated {
  readonly issuedAt: string | null;
  readonly expiresAt: string | null;
}

/** Whether evidence is in date now: issued before, not expired; an unknown end is none (semantics §9). */
export function areControlsInDate({ issuedAt, expiresAt }: Dated, now = Date.now()): boolean {
  return (issuedAt === null || Date.parse(issuedAt) <= now) && (expiresAt === null || Date.parse(expiresAt) > now);
}

import type { OrganizationRole } from '../../../shared/generated/operations.ts';

const NO_LAB =
  /\b(banks?|banque|banco|bancorp|sparkasse|insurance|insurer|assurances?|versicherung(en)?|seguros|city|county|council|ministry|department|agency|authority|ville|commune|mairie|stadt|gemeinde|ministerium|ayuntamiento|hospital|clinic|klinik(um)?|universit\S*|college|school|airlines?|airport)\b/i;

/** The role to propose for a new client: a lab, unless its name says otherwise. */
export function likelyRole(name: string): OrganizationRole {
  return NO_LAB.test(name) ? 'VENDOR' : 'LAB';
}

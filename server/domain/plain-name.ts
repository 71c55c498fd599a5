/** Legal forms as they end a name, without dots: of companies that somebody may have as a vendor. */
const legalForms = new Set(
  (
    'inc incorporated corp corporation co company llc llp lp plc ltd limited pbc pty pte pvt gmbh mbh ag kg kgaa ohg ug ev eg se sa sas sasu sarl ' +
    'srl spa sl slu snc bv nv vof cv ab as asa aps oy oyj oü sia uab doo dd sro zrt kft nyrt kk gk sdn bhd fze fzco llc oao ooo zao ltda sab'
  ).split(' '),
);

/**
 * A name without case, accents and legal form: what two names of one organization have in common (semantics §9).
 * "Älpha, Inc." and "ALPHA GmbH & Co. KG" are both "alpha". A name that is nothing but a legal form stays.
 */
export function toPlainName(name: string): string {
  const words = foldAccents(name)
    .split(/\s+/)
    .filter((word) => word !== '');
  let end = words.length;
  while (end > 1 && isLegalForm(words[end - 1] as string)) {
    end--;
    // "& Co.", "and Company": what joins it goes too.
    while (end > 1 && /^(&|\+|and|und|et|y)$/.test(words[end - 1] as string)) end--;
  }
  return words
    .slice(0, end)
    .join(' ')
    .replace(/[,;]+$/, '');
}

/** Lower case, without accents. */
export function foldAccents(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Whether a word, already folded, is a legal form: "inc.", "l.l.c.", "a/s,". */
export function isLegalForm(word: string): boolean {
  return legalForms.has(word.replace(/[.,/()]/g, ''));
}

export interface HelpText {
  /** The rest of the title, after "What is". */
  readonly title: string;
  readonly meaning: string;
  /** Heading of docs/concepts.md. */
  readonly section: string;
}

/** The terms of the semantics in one or two sentences, for help cards. */
export const HELP_TERMS = {
  windows: {
    title: 'the core and the widest window',
    meaning:
      'Core window: when the attacker was certainly inside. Widest window: when the attacker may have been inside. The core lies within the widest.',
    section: 'when-a-copy-was-there',
  },
  tier: {
    title: 'a tier',
    meaning:
      'Exposed: readable in the core window. Possible: cannot be ruled out. Contained: held, but not readable. An artifact takes the tier of its strongest way in.',
    section: 'what-is-exposed-tiers',
  },
  exposed: {
    title: 'the tier Exposed',
    meaning: 'A readable copy was certainly at a compromised organization during the core window. Only an origin can have one.',
    section: 'what-is-exposed-tiers',
  },
  possible: {
    title: 'the tier Possible',
    meaning: 'A readable copy cannot be ruled out: its dates are uncertain, or the organization is reached and not an origin.',
    section: 'what-is-exposed-tiers',
  },
  contained: {
    title: 'the tier Contained',
    meaning: 'A copy is held but not readable: it is view only, or only the owner has the key.',
    section: 'what-is-exposed-tiers',
  },
  origin: {
    title: 'an origin',
    meaning: 'An organization that you name as compromised. Only origins are known to be compromised.',
    section: 'what-is-exposed-tiers',
  },
  way: {
    title: 'a way in',
    meaning: 'One route to an artifact: a copy of it, or a copy of another artifact that reveals it. The strongest way decides the tier.',
    section: 'what-is-exposed-tiers',
  },
  usable: {
    title: 'a usable portion',
    meaning: 'The disclosed portion reaches what the artifact needs to be of use. Pieces that are useless alone can be usable together.',
    section: 'how-much-portion-worst-case-weighted-loss',
  },
  volume: {
    title: 'what was carried',
    meaning:
      'How many items, and how many bytes, the readable copies in the radius carried. At least as much as the largest copy, at most as much as all together. If a transfer states no number, only the least is known.',
    section: 'how-much-portion-worst-case-weighted-loss',
  },
  likelihood: {
    title: 'the chance',
    meaning: 'The likelihood that the compromise reaches the holder: 100% at an origin, then the product along the best path of accesses.',
    section: 'how-it-spreads-hops',
  },
  otherCopies: {
    title: 'an other copy',
    meaning: 'A copy of an affected artifact at an organization that the compromise did not reach. Include it in a recall.',
    section: 'through-whom-chains-rank-notifiers',
  },
  lowerBound: {
    title: 'at least this much',
    meaning: 'What is not known counts at its worst, and what nobody recorded cannot be counted. The truth may be more.',
    section: 'unknowns',
  },
  rank: {
    title: 'a rank',
    meaning: 'The number of transfers from the owner to the holder: 1 for a third party, 2 for a fourth party, and so on.',
    section: 'through-whom-chains-rank-notifiers',
  },
  reveals: {
    title: 'a reveal',
    meaning: 'A reader of one artifact learns a share of another, even if nobody sent the other. This share is the degree of the reveal.',
    section: 'the-world',
  },
  portion: {
    title: 'a portion',
    meaning: 'The share of the artifact that may be disclosed. It is a range if several copies may overlap.',
    section: 'how-much-portion-worst-case-weighted-loss',
  },
  simulation: {
    title: 'the simulated loss',
    meaning:
      'Each run draws which accesses the attacker uses, which doubtful copies are read, and what each artifact is worth. The same facts give the same figures. It assumes the compromise; it does not predict one.',
    section: 'how-likely-simulated-loss',
  },
  weightedLoss: {
    title: 'weighted loss',
    meaning:
      'The mean value times the portion, times the likelihood that the holder is compromised. Possible exposure has half the weight. Only the best way in counts, so it is a lower bound.',
    section: 'how-much-portion-worst-case-weighted-loss',
  },
  worstCase: {
    title: 'the worst case',
    meaning:
      'The high value times the highest portion, summed over exposed and possible artifacts. Artifacts without a value count as 0. A run of the simulation can exceed the worst case: its values vary from low to high, the worst case counts the high value once.',
    section: 'how-much-portion-worst-case-weighted-loss',
  },
  blindSpot: {
    title: 'a blind spot',
    meaning:
      'A lab that depends on a reached organization and has no artifact in the radius. The lab may not be safe: the records do not say what the organization holds. Ask.',
    section: 'missing-records-dependents-and-blind-spots',
  },
  dependents: {
    title: 'a dependent',
    meaning: 'An organization that relies, directly or through others, on one that the compromise reaches.',
    section: 'missing-records-dependents-and-blind-spots',
  },
  notifier: {
    title: 'a notifier',
    meaning: 'An organization on the custody chain of an exposed or possible artifact. It must notify upstream, up to the owner.',
    section: 'through-whom-chains-rank-notifiers',
  },
  integrity: {
    title: 'integrity',
    meaning:
      'Every copy that an attacker at the origin could have altered before it was sent on. A leak is one risk; tampering is another.',
    section: 'tampering-integrity',
  },
  hops: {
    title: 'a hop',
    meaning: 'One step of spread: from an organization to another in whose systems it can act. Custody is not adjacency.',
    section: 'how-it-spreads-hops',
  },
  concentration: {
    title: 'the Herfindahl index',
    meaning:
      'The sum of the squared shares of a lab’s value over its direct holders. 1: one holder has everything. Near 0: spread over many.',
    section: 'how-much-portion-worst-case-weighted-loss',
  },
} as const satisfies Readonly<Record<string, HelpText>>;

export type HelpTerm = keyof typeof HELP_TERMS;

/** The help card of each tier. */
export const TIER_TERMS = { EXPOSED: 'exposed', POSSIBLE: 'possible', CONTAINED: 'contained' } as const;

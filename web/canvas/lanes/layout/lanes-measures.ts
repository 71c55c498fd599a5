/** The height of a row of a card, and what a card has above and below its rows. */
export const rowPitch = 21;
export const cardPadding = 5;
/** The height of the head of a bundled card, and the gap below the card. */
export const headHeight = 41;
export const briefGap = 3;
/** Between the middles of plates, with the bands between them. */
export const platePitch = 72;

/** Measures of a drawing in pixels. */
export interface LaneMeasures {
  /** The radius is bundled: the lab stands above its rows, and holders are plates. Else the lab stands right of its rows. */
  readonly isBundled: boolean;
  readonly cardWidth: number;
  /** From the left edge of a card to its lab. */
  readonly labInset: number;
  readonly originX: number;
  /** Distance of two hops. */
  readonly leastStep: number;
  readonly mostStep: number;
  /** From the last hop to the cards. */
  readonly gap: number;
  /** Longest name of an artifact and of a lab, in characters. */
  readonly mostName: number;
  readonly mostTitle: number;
}

const roomy: LaneMeasures = {
  isBundled: false,
  cardWidth: 442,
  labInset: 232,
  originX: 70,
  leastStep: 132,
  mostStep: 184,
  gap: 210,
  mostName: 26,
  mostTitle: 24,
};
/** For two drawings side by side. */
const compact: LaneMeasures = {
  isBundled: false,
  cardWidth: 310,
  labInset: 182,
  originX: 52,
  leastStep: 84,
  mostStep: 120,
  gap: 132,
  mostName: 20,
  mostTitle: 13,
};

const bundled: LaneMeasures = {
  isBundled: true,
  cardWidth: 264,
  labInset: 8,
  originX: 64,
  leastStep: 156,
  mostStep: 206,
  gap: 168,
  mostName: 30,
  mostTitle: 20,
};

/** @param isCompact the drawing is one of two side by side */
export function measuresOf(isBundled: boolean, isCompact: boolean): LaneMeasures {
  if (isBundled) return bundled;
  return isCompact ? compact : roomy;
}

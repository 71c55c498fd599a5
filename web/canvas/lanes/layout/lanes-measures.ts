/** Measures of a drawing in pixels. */
export interface LaneMeasures {
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

export const roomy: LaneMeasures = {
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
export const compact: LaneMeasures = {
  cardWidth: 310,
  labInset: 182,
  originX: 46,
  leastStep: 84,
  mostStep: 120,
  gap: 132,
  mostName: 20,
  mostTitle: 13,
};

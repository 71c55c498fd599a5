/** Scrolls the nearest strip that is wider than its place, so that a tab in it is in sight. The page itself does not move. */
export function showInStrip(tab: HTMLElement | null): void {
  let strip = tab?.parentElement ?? null;
  while (strip !== null && strip.scrollWidth <= strip.clientWidth) strip = strip.parentElement;
  if (tab === null || strip === null) return;
  const [own, box] = [tab.getBoundingClientRect(), strip.getBoundingClientRect()];
  strip.scrollLeft += own.left - box.left - (strip.clientWidth - own.width) / 2;
}

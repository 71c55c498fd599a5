import { SharedValue, useShared } from './shared-value.ts';

/** How large a reader wants the labels of all canvases, in percent. Canvases are laid out again for it. */
export const LABEL_SIZES = [100, 125, 150] as const;
export type LabelSize = (typeof LABEL_SIZES)[number];

const storageKey = 'exposure-label-size';
const chosen = new SharedValue(kept());
chosen.subscribe(show);
show();

export function setLabelSize(size: LabelSize): void {
  try {
    localStorage.setItem(storageKey, String(size));
  } catch {
    // Without storage, the choice holds until the page is closed.
  }
  chosen.set(size);
}

/** Draws the page again when another size is chosen. */
export const useLabelSize = (): LabelSize => useShared(chosen);

/** How many pixels of the screen one pixel of an element has. Canvases are zoomed by the label size. */
export function scaleOf(element: HTMLElement): number {
  return element.offsetWidth === 0 ? 1 : element.getBoundingClientRect().width / element.offsetWidth;
}

function kept(): LabelSize {
  try {
    return LABEL_SIZES.find((size) => String(size) === localStorage.getItem(storageKey)) ?? 100;
  } catch {
    return 100;
  }
}

/** Style sheets zoom the canvases by `--label-size`. */
function show(): void {
  document.documentElement.style.setProperty('--label-size', String(chosen.current / 100));
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { JSHandle, Locator, Page } from 'playwright-core';

/** Seconds of a practiced person by the keystroke-level model (Card, Moran and Newell 1980). */
const KEY_S = 0.2;
const CLICK_S = 1.3;
const THOUGHT_S = 1.35;

/** The most presses of Tab on the way to a control. */
const MAX_TABS = 150;
const LIMIT_MS = 20_000;
const GRACE_MS = 300;

export interface Walk {
  readonly clicks: number;
  readonly keys: number;
  /** Thoughts, clicks and keys by the keystroke-level model. */
  readonly personSeconds: number;
  /** The seconds from each act until the page showed what the next act needs. */
  readonly pageSeconds: number;
  /** The parts that the page showed while no element had the focus. */
  readonly lostFocus: readonly string[];
}

/** Does a job on a page with the mouse, or by the keyboard alone, and counts what it takes. Each act but a key costs one thought. */
export class Walker {
  #clicks = 0;
  #keys = 0;
  #thoughts = 0;
  #pageMs = 0;
  #since = performance.now();
  /** A page begins without a focus. */
  #hadFocus = false;
  readonly #lostFocus: string[] = [];

  readonly page: Page;
  readonly hand: 'mouse' | 'keyboard';

  constructor(page: Page, hand: 'mouse' | 'keyboard') {
    this.page = page;
    this.hand = hand;
  }

  get result(): Walk {
    return {
      clicks: this.#clicks,
      keys: this.#keys,
      personSeconds: this.#thoughts * THOUGHT_S + this.#clicks * CLICK_S + this.#keys * KEY_S,
      pageSeconds: this.#pageMs / 1000,
      lostFocus: this.#lostFocus,
    };
  }

  /** Presses a button, link, tab, radio or checkbox. */
  async press(target: Locator): Promise<void> {
    await this.until(target);
    this.#thoughts++;
    if (this.hand === 'mouse') return this.#click(target);
    const isRadio = (await target.getAttribute('type')) === 'radio';
    await this.#reach(target);
    const isChecked = (await target.getAttribute('type')) === 'checkbox';
    if (!isRadio) await this.#key(isChecked ? 'Space' : 'Enter');
  }

  /** Puts a text into a field. A field that has the focus needs no click. */
  async fill(target: Locator, text: string): Promise<void> {
    await this.until(target);
    this.#thoughts++;
    if (!(await this.#has(target))) {
      if (this.hand === 'mouse') await this.#click(target);
      else await this.#reach(target);
    }
    if ((await target.inputValue()) !== '') await this.#key('Control+a');
    await this.#type(text);
  }

  /** Chooses an option of a native list. With the keyboard, its first letters choose it. */
  async pick(target: Locator, option: string): Promise<void> {
    await this.until(target);
    this.#thoughts++;
    if (this.hand === 'mouse') {
      await this.#click(target);
      this.#clicks++;
      await this.page.keyboard.press('Escape');
      this.#since = performance.now();
      await target.selectOption({ label: option });
    } else {
      await this.#reach(target);
      await this.#type(option.slice(0, 3));
    }
  }

  /** Chooses an option of a list that opens below its field. With the keyboard, arrows choose it. */
  async choose(target: Locator, option: string): Promise<void> {
    await this.press(target);
    const options = this.page.getByRole('option');
    await this.until(options.first());
    const at = (await options.allInnerTexts()).findIndex((text) => text.startsWith(option));
    if (this.hand === 'mouse') return this.#click(options.nth(at));
    for (let i = 0; i <= at; i++) await this.#key('ArrowDown');
    await this.#key('Enter');
  }

  /** Finds something by the search of the top bar, and opens the first result. */
  async search(text: string, found: RegExp): Promise<void> {
    const box = this.page.getByRole('banner').getByRole('textbox');
    await this.until(box);
    this.#thoughts++;
    if (this.hand === 'mouse') await this.#click(box);
    else await this.#key('/');
    await this.#type(text);
    await this.until(this.page.getByRole('option', { name: found }).first());
    await this.#key('Enter');
  }

  /** Types into what has the focus, and takes the first option that is offered. */
  async typeAndTake(text: string, found: RegExp): Promise<void> {
    this.#thoughts++;
    await this.#type(text);
    await this.until(this.page.getByRole('option', { name: found }).first());
    await this.#key('Enter');
  }

  /** Goes to a view of the top bar: by its tab, or by `G` and its letter. */
  async view(name: string, letter: string): Promise<void> {
    const tab = this.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name });
    if (this.hand === 'mouse') return this.press(tab);
    await this.until(tab);
    this.#thoughts++;
    await this.#key('g');
    await this.#key(letter);
  }

  /** Waits until the page shows something, and counts the time since the last act. */
  async until(target: Locator): Promise<void> {
    const deadline = performance.now() + LIMIT_MS;
    while (!(await target.first().isVisible())) {
      if (performance.now() > deadline) throw new Error(`The page never showed ${target}.`);
      await sleep(5);
    }
    await this.page.evaluate('new Promise(requestAnimationFrame)');
    this.#pageMs += performance.now() - this.#since;
    this.#since = performance.now();
    if (!(await this.#isFocusLost())) this.#hadFocus = true;
    else if (this.#hadFocus) {
      // The page gives an act the time to move the focus itself.
      await sleep(GRACE_MS);
      if (await this.#isFocusLost()) this.#lostFocus.push(String(target));
      this.#since = performance.now();
    }
  }

  #isFocusLost(): Promise<boolean> {
    return this.page.evaluate('document.activeElement === null || document.activeElement === document.body');
  }

  async #click(target: Locator): Promise<void> {
    this.#clicks++;
    await target.scrollIntoViewIfNeeded();
    this.#since = performance.now();
    await target.click();
  }

  async #key(key: string): Promise<void> {
    this.#keys++;
    this.#since = performance.now();
    await this.page.keyboard.press(key);
  }

  async #type(text: string): Promise<void> {
    this.#keys += text.length;
    await this.page.keyboard.type(text);
    this.#since = performance.now();
  }

  #has(target: Locator): Promise<boolean> {
    return target.evaluate(hasFocus);
  }

  /** Moves the focus by Tab or Shift-Tab, whichever is shorter; by arrows among tabs, radios and the entries of a menu. */
  async #reach(target: Locator): Promise<void> {
    if (await this.#has(target)) return;
    const stop = await target.evaluateHandle(firstStop);
    await this.#tabTo(stop);
    const [next, previous] = (await target.getAttribute('role')) === 'tab' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowDown', 'ArrowUp'];
    const step = await target.evaluate(stepsFrom, stop);
    for (let i = 0; i < Math.abs(step); i++) await this.#key(step > 0 ? next : previous);
  }

  async #tabTo(target: JSHandle<HTMLElement | SVGElement>): Promise<void> {
    const start = await this.page.evaluateHandle(() => document.activeElement as HTMLElement);
    const presses = async (key: string, most: number) => {
      for (let i = 0; i <= most; i++) {
        if (await target.evaluate(hasFocus)) return i;
        await this.page.keyboard.press(key);
      }
      return Number.POSITIVE_INFINITY;
    };
    const forward = await presses('Tab', MAX_TABS);
    await start.evaluate((element) => element.focus());
    const back = await presses('Shift+Tab', Math.min(forward, MAX_TABS));
    const least = Math.min(forward, back);
    if (!Number.isFinite(least)) throw new Error(`Tab never reached ${await target.evaluate((element) => element.outerHTML)}.`);
    await target.evaluate((element) => element.focus());

    this.#keys += least;
  }
}

function hasFocus(element: Element): boolean {
  return element === document.activeElement;
}

/** The stop of Tab in the group of an element: the chosen tab or radio, an open menu, or the element itself. */
function firstStop(element: HTMLElement | SVGElement): HTMLElement | SVGElement {
  const menu = element.closest<HTMLElement>('[role="menu"]');
  if (menu !== null)
    return document.activeElement instanceof HTMLElement && menu.contains(document.activeElement) ? document.activeElement : menu;
  const tab = element.closest('[role="tablist"]')?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]');
  const radios = element instanceof HTMLInputElement && element.type === 'radio' ? [...document.getElementsByName(element.name)] : [];
  return tab ?? radios.find((each) => (each as HTMLInputElement).checked) ?? element;
}

/** The presses of an arrow from the stop of a group to an element of it. Up, if negative. */
function stepsFrom(element: Element, stop: Element): number {
  const role = element.getAttribute('role');
  const group =
    role === 'menuitem' || role === 'tab'
      ? [...(element.closest('[role="menu"], [role="tablist"]')?.querySelectorAll(`[role="${role}"]`) ?? [])]
      : [...document.getElementsByName((element as HTMLInputElement).name ?? '-')];
  return Math.max(0, group.indexOf(element)) - (group.includes(stop) ? group.indexOf(stop) : role === 'menuitem' ? -1 : 0);
}

import type { Page } from 'playwright-core';

const namesOfFocused = `(() => {
  const element = document.activeElement;
  const label = element.id === '' ? null : document.querySelector('label[for="' + CSS.escape(element.id) + '"]');
  return [element.getAttribute('aria-label'), label?.textContent, element.matches('a, button') ? element.textContent : null].filter(Boolean);
})()`;

/** Moves the focus to a control by Tab alone, or backward by Shift-Tab. Throws if 80 presses do not reach it. */
export async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press(key);
    const names = (await page.evaluate(namesOfFocused)) as string[];
    if (names.some((one) => name.test(one))) return;
  }
  throw new Error(`${key} never reached ${name}.`);
}

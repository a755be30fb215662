import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach } from 'vitest';

/** What jsdom lacks: sizes, their observer, and modal dialogs. */

class NoResizes implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

globalThis.ResizeObserver = NoResizes;
// Rows of lists are low, whatever they are in is high, so all rows are in sight.
const height = {
  get(this: Element) {
    return this.hasAttribute('data-index') ? 32 : 4_000;
  },
};
const width = { get: () => 1_200 };
Object.defineProperties(HTMLElement.prototype, { offsetHeight: height, offsetWidth: width });
Object.defineProperties(Element.prototype, { clientHeight: height, clientWidth: width });
Element.prototype.scrollTo = () => undefined;
Element.prototype.scrollIntoView = () => undefined;
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close() {
  this.open = false;
};

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  window.history.replaceState(null, '', '/');
});

afterEach(cleanup);

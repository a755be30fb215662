// Whether a page can be used by everybody; see README.md.
import axe from 'axe-core';

/** What axe-core finds in a page, each as a line; an empty list is as it should be. */
export async function findings(page) {
  // Not as a script of the page, which its policy would refuse.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => (await globalThis.axe.run()).violations);
  return violations.flatMap(({ id, help, nodes }) => nodes.map(node => `${id}: ${help}: ${node.target.join(' ')}\n${node.failureSummary}`));
}

/** Stops or closes what was started, the last first; a failure keeps none of the others running. */
export async function stopAll(...started) {
  const failures = [];
  for (const thing of started.filter(Boolean).reverse()) {
    try {
      await (thing.stop?.() ?? thing.close?.());
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new AggregateError(failures, failures.map(failure => failure.message).join('\n'));
}

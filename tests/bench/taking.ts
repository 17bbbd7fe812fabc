/** Gives one item after the other. @throws RangeError when all are taken */
export function taking<Item>(items: readonly Item[]): () => Item {
  const rest = items.values();
  return () => {
    const { value, done } = rest.next();
    if (done) throw new RangeError(`more than the ${items.length} that were prepared`);
    return value;
  };
}

interface Keyed { key: string; name: string }

/**
 * Names with keys: a name that is there already keeps its key, so that what
 * rests on it stays; a new one gets a key that is free.
 */
export function keyed(names: readonly string[], have: readonly Keyed[], wish: string): Keyed[] {
  const taken = new Set(have.map((h) => h.key));
  const fresh = () => {
    for (let n = 1; ; n++) {
      const key = `${wish}-${n}`;
      if (!taken.has(key)) { taken.add(key); return key; }
    }
  };
  return names.map((n) => n.trim()).filter(Boolean).map((name) => ({ name, key: have.find((h) => h.name === name)?.key ?? fresh() }));
}

/** Lower case, digits and single hyphens: a name that is safe in a path, a URL and a Grafana uid. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** `qagent-latency` → `QagentLatency`: how alert names are written. */
export function pascalCase(text: string): string {
  return text.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `qagent-latency` → `Qagent latency`: words as a title. */
export function titleCase(text: string): string {
  const words = text.replace(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `platform/slow-requests` → `Slow requests`: the title of a document whose author gave none; its namespace is not part of it. */
export function titleOfName(name: string): string {
  return titleCase(name.slice(name.lastIndexOf('/') + 1));
}

/** `a`, `b` and `c`: the names in a sentence. */
export function enumerate(items: readonly string[], conjunction = 'and'): string {
  if (items.length <= 1) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`;
}

/** 1 rule, 2 rules. */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}

/**
 * Edits from one text to another: insertions, deletions, substitutions and swaps of neighbours.
 * Source: Damerau–Levenshtein distance, optimal string alignment variant, https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance
 */
export function editDistance(left: string, right: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const current = [i];
    for (let j = 1; j <= right.length; j++) {
      const cost = left[i - 1] === right[j - 1] ? 0 : 1;
      let best = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + cost);
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        best = Math.min(best, beforePrevious[j - 2]! + 1);
      }
      current.push(best);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[right.length]!;
}

/**
 * The candidate that the author most likely meant, or nothing when none is near (at most a third of the letters differ).
 * The only one of that name in some namespace is meant in any case.
 */
export function closest(name: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates];
  const [homonym, ...others] = all.filter((candidate) => candidate.endsWith(`/${name}`));
  if (homonym !== undefined && others.length === 0 && !all.includes(name)) return homonym;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of all) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * The candidate of which a name is surely a slip: at most two edits away, and not by other digits alone, which tell
 * series like `rate5m` and `rate1h` apart. Stricter than `closest`, for where a name may be right as it is.
 */
export function slipOf(name: string, candidates: Iterable<string>): string | undefined {
  const digitless = (text: string) => text.replace(/\d+/g, '0');
  const near = [...candidates].filter((candidate) => {
    if (Math.abs(candidate.length - name.length) > 2 || digitless(candidate) === digitless(name)) return false;
    return editDistance(name.toLowerCase(), candidate.toLowerCase()) <= 2;
  });
  return closest(name, near);
}

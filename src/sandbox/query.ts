/**
 * The parameters of a request in AWS's query protocol: `Action=AssumeRole&Tags.member.1.Key=team&…`, from the query
 * string and a form body together.
 */
export class Params {
  readonly #values: ReadonlyMap<string, string>;

  constructor(values: Iterable<readonly [string, string]>) {
    this.#values = new Map(values);
  }

  static parse(search: string, body: string): Params {
    return new Params([...new URLSearchParams(search), ...new URLSearchParams(body)]);
  }

  /** The value, or undefined where it was not sent. An empty value is a value. */
  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** The members of a list in their order: `members('Tags')` gives one Params for `Tags.member.1`, `.2` … each. */
  members(name: string): readonly Params[] {
    const found = new Map<number, [string, string][]>();
    for (const [key, value] of this.#values) {
      const [, index, rest] = key.startsWith(`${name}.`)
        ? (/^member\.(\d+)(?:\.(.*))?$/.exec(key.slice(name.length + 1)) ?? [])
        : [];
      if (index === undefined) continue;
      const fields = found.get(Number(index)) ?? [];
      fields.push([rest ?? '', value]);
      found.set(Number(index), fields);
    }
    return [...found].sort(([a], [b]) => a - b).map(([, fields]) => new Params(fields));
  }

  /** The members of a list of plain strings. */
  strings(name: string): readonly string[] {
    return this.members(name).map((member) => member.get('') ?? '');
  }

  toObject(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#values);
  }
}

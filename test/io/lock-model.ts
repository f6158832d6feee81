/**
 * The lock of src/io/lock.ts as a machine of single steps, each as atomic as the system call it stands for, so that
 * every interleaving of a few processes can be walked. A process may die before any step.
 */
type Step =
  | 'look'
  | 'walk'
  | 'judge'
  | 'start'
  | 'join'
  | 'verify'
  | 'undo'
  | 'hold'
  | 'endTerm'
  | 'endLine'
  | 'sweep'
  | 'unlink'
  | 'done'
  | 'dead';

interface Process {
  readonly step: Step;
  /** How often it may still take the lock, or sweep. */
  readonly tries: number;
  readonly token: number;
  /** The last file of the line it has seen, or made. */
  readonly length: number;
  /** The maker of that file. */
  readonly maker: number;
}

export interface State {
  readonly processes: readonly Process[];
  /** `K`: its token and its maker. */
  readonly first?: { readonly token: number; readonly maker: number };
  /** `K.token.number`, to its maker. */
  readonly line: Readonly<Record<string, number>>;
  readonly nextToken: number;
}

/** Ways to get it wrong, to show that the walk would notice. */
export type Mistake = 'no verify' | 'line before term' | 'tokens again' | 'sweep all';

export function begin(tries: readonly number[]): State {
  return {
    processes: tries.map((left) => ({ step: 'look', tries: left, token: 0, length: 0, maker: -1 })),
    line: {},
    nextToken: 1,
  };
}

const holds = ({ step }: Process): boolean => step === 'hold' || step === 'endTerm';
export const holders = (state: State): number => state.processes.filter(holds).length;

/** Every state that one step of one process, or its death, can lead to. */
export function successors(state: State, mistake?: Mistake): State[] {
  return state.processes.flatMap((process, who) => {
    if (process.step === 'done' || process.step === 'dead') return [];
    return [...stepsOf(state, who, process, mistake), withProcess(state, who, { ...process, step: 'dead' })];
  });
}

function withProcess(state: State, who: number, process: Process): State {
  return { ...state, processes: state.processes.map((one, index) => (index === who ? process : one)) };
}

const without = (state: State, name: string): State['line'] =>
  Object.fromEntries(Object.entries(state.line).filter(([one]) => one !== name));

export function stepsOf(state: State, who: number, process: Process, mistake?: Mistake): State[] {
  const { token, length, maker, tries } = process;
  const go = (step: Step, changes: Partial<Process> = {}, files: Partial<State> = {}): State[] => [
    withProcess({ ...state, ...files }, who, { ...process, step, ...changes }),
  ];
  const over = (files: Partial<State> = {}): State[] =>
    go(tries > 1 ? 'look' : 'done', { tries: tries - 1, token: 0, length: 0, maker: -1 }, files);
  const own = `${token}.${length}`;
  const next = `${token}.${length + 1}`;
  switch (process.step) {
    case 'look': {
      const sweeps = Object.keys(state.line).flatMap((name) => {
        const [of = '', number = ''] = name.split('.');
        return go('sweep', { token: Number(of), length: Number(number) });
      });
      const { first } = state;
      return [
        ...sweeps,
        ...(first ? go('walk', { ...first, length: 0 }) : go('start', { token: 0, length: 0, maker: -1 })),
      ];
    }
    case 'walk': {
      const found = state.line[next];
      return found === undefined ? go('judge') : go('walk', { length: length + 1, maker: found });
    }
    case 'judge':
      return state.processes[maker]?.step === 'dead' ? go('join') : over();
    case 'start': {
      if (state.first) return go('look');
      const fresh = mistake === 'tokens again' ? 1 : state.nextToken;
      return go(
        'hold',
        { token: fresh, length: 0 },
        { first: { token: fresh, maker: who }, nextToken: state.nextToken + 1 },
      );
    }
    case 'join':
      if (state.line[next] !== undefined) return go('look');
      return go(
        mistake === 'no verify' ? 'hold' : 'verify',
        { length: length + 1 },
        { line: { ...state.line, [next]: who } },
      );
    case 'verify':
      return go(state.first?.token === token ? 'hold' : 'undo');
    case 'undo':
      return go('look', {}, { line: without(state, own) });
    case 'hold':
      if (mistake === 'line before term' && length > 0)
        return go('hold', { length: length - 1 }, { line: without(state, own) });
      return go('endTerm');
    case 'endTerm': {
      const { processes, line, nextToken } = state;
      return [withProcess({ processes, line, nextToken }, who, { ...process, step: 'endLine' })];
    }
    case 'endLine':
      return length > 0 ? go('endLine', { length: length - 1 }, { line: without(state, own) }) : over();
    case 'sweep':
      return mistake === 'sweep all' || state.first?.token !== token ? go('unlink') : over();
    case 'unlink':
      return over({ line: without(state, own) });
    case 'done':
    case 'dead':
      return [];
  }
}
